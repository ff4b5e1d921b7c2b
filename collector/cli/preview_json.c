/* The observations, rejects and findings of a body as one JSON document. */
#include "preview.h"

#include <errno.h>
#include <string.h>

#include "kpid/json_text.h"

static bool
write_piece(struct preview *p, FILE *to, bool ok, struct kpid_err *err)
{
	if (!ok)
		return err_set(err, KPID_EINTERNAL, "a piece over its limit");
	if (fwrite(p->piece.ptr, 1, p->piece.len, to) != p->piece.len)
		return err_set(err, KPID_ESPOOL, "could not write: %s",
		    strerror(errno));
	return true;
}

static bool
put_series(struct buf *b, const struct series_key *k)
{
	return json_put_key(b, "series") && buf_puts(b, "{")
	    && json_put_key(b, "indicator")
	    && json_put_text(b, slice_of(k->indicator))
	    && buf_printf(b, ",\"org\":\"%06d\"", k->org)
	    && json_put_key(b, "frequency")
	    && json_put_text(b, slice_of(k->frequency))
	    && buf_printf(b, ",\"dims\":%s}", k->dims);
}

static bool
put_place(struct buf *b, uint32_t line, uint32_t column, struct slice raw)
{
	return buf_printf(b, ",\"line\":%u,\"column\":%u", line, column)
	    && json_put_key(b, "raw") && json_put_text(b, raw);
}

static bool
json_observation(void *ctx, const struct observation *o, struct kpid_err *err)
{
	struct preview *p = ctx;
	struct buf *b = &p->piece;
	const char *missing = missing_text(o->missing);
	char period[PERIOD_TEXT_MAX];

	buf_clear(b);
	(void)period_text(o->period, period);
	bool ok = buf_puts(b, p->n++ == 0 ? "\n{" : ",\n{")
	    && put_series(b, o->series)
	    && buf_printf(b,
		",\"period\":\"%s\",\"value\":%.*s,\"missing\":"
		"%s%s%s,\"status\":\"%c\"",
		period, missing != NULL ? 4 : slice_width(o->value),
		missing != NULL ? "null" : o->value.ptr,
		missing != NULL ? "\"" : "", missing != NULL ? missing : "null",
		missing != NULL ? "\"" : "", o->status)
	    && put_place(b, o->line, o->column, o->raw) && buf_puts(b, "}");

	return write_piece(p, stdout, ok, err);
}

static bool
json_reject(void *ctx, const struct reject *r, struct kpid_err *err)
{
	struct preview *p = ctx;
	struct buf *b = &p->piece;

	buf_clear(b);
	bool ok = buf_printf(b, "%s{\"line\":%u,\"column\":%u",
		      p->n_rejects++ == 0 ? "\n" : ",\n", r->line, r->column)
	    && json_put_key(b, "raw") && json_put_text(b, r->raw)
	    && json_put_key(b, "reason")
	    && json_put_text(b, slice_of(r->reason)) && buf_puts(b, "}");

	return write_piece(p, p->rejects, ok, err);
}

static bool
json_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	struct preview *p = ctx;
	struct buf *b = &p->piece;

	buf_clear(b);
	bool ok = buf_printf(b, "%s{\"line\":%u,\"column\":%u",
		      p->n_findings++ == 0 ? "\n" : ",\n", f->line, f->column)
	    && json_put_key(b, "kind") && json_put_text(b, slice_of(f->kind))
	    && json_put_key(b, "text") && json_put_text(b, slice_of(f->text))
	    && json_put_key(b, "suggestion")
	    && (f->suggestion == NULL
		    ? buf_puts(b, "null")
		    : json_put_text(b, slice_of(f->suggestion)))
	    && buf_puts(b, "}");

	return write_piece(p, p->findings, ok, err);
}

bool
preview_json(struct preview *p, struct kpid_err *err)
{
	const struct observation_sink sink = { p, json_observation, json_reject,
		json_finding };
	const struct observation_sink checked = repeats_sink(p->repeats, &sink);
	uint64_t read;

	fputs("{\"observations\":[", stdout);
	/* A refusal stands in the document, after what was read before it. */
	(void)!(preview_published(p, &checked, err)
	    && body_read(p->body, &checked, &p->cli->mem, &read, err));
	fputs("],\n\"rejects\":[", stdout);
	preview_copy(p->rejects);
	fputs("],\n\"findings\":[", stdout);
	preview_copy(p->findings);
	fputs("]", stdout);
	if (p->published[0] != '\0')
		printf(",\n\"published_at\":\"%s\"", p->published);
	if (err->msg[0] != '\0') {
		buf_clear(&p->piece);
		if (json_put_text(&p->piece, slice_of(err->msg)))
			printf(",\n\"error\":%.*s", (int)p->piece.len,
			    p->piece.ptr);
	}
	puts("}");
	return err->msg[0] == '\0';
}
