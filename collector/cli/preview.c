/* kpid preview: everything but writing. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gather.h"
#include "kpid/body.h"
#include "kpid/json_text.h"
#include "kpid/limits.h"
#include "text.h"

/* One observation or reject as text; \u001f is the longest that a byte gets. */
#define PIECE_BYTES ((size_t)6 * LIMIT_ROW_BYTES + 65536)
#define SHOWN       20 /* first observations for people */

/*
 * For JSON, observations are printed as they come; rejects and findings wait
 * in temporary files, so that memory does not grow with the body.
 */
struct preview {
	struct cli *cli;
	FILE *rejects, *findings;
	struct buf piece;
	uint64_t n, n_rejects, n_findings;
};

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

/* A cell may hold what a terminal takes for a command. */
static void
make_visible(char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			*text = ' ';
}

static bool
text_observation(void *ctx, const struct observation *o, struct kpid_err *err)
{
	struct preview *p = ctx;
	const char *missing = missing_text(o->missing);
	char period[PERIOD_TEXT_MAX], value[64], place[32], raw[128];

	(void)err;
	if (p->n++ >= SHOWN)
		return true;
	(void)period_text(o->period, period);
	(void)snprintf(value, sizeof(value), "%.*s",
	    missing != NULL ? 60 : slice_width(o->value),
	    missing != NULL ? missing : o->value.ptr);
	(void)snprintf(place, sizeof(place), "%u:%u", o->line, o->column);
	(void)snprintf(raw, sizeof(raw), "%.*s", slice_width(o->raw),
	    o->raw.ptr);
	make_visible(raw);
	text_print(place, 9, false);
	text_print(raw, 16, true);
	fputs("  ", stdout);
	text_print(value, 14, true);
	printf(" %c  ", o->status);
	text_print(period, 12, false);
	printf("%06d  %s %s\n", o->series->org, o->series->indicator,
	    strcmp(o->series->dims, "{}") == 0 ? "" : o->series->dims);
	return true;
}

static bool
text_reject(void *ctx, const struct reject *r, struct kpid_err *err)
{
	struct preview *p = ctx;
	char raw[256];

	(void)err;
	if (p->n_rejects++ >= SHOWN)
		return true;
	(void)snprintf(raw, sizeof(raw), "%.*s", slice_width(r->raw),
	    r->raw.ptr);
	make_visible(raw);
	fprintf(p->rejects, "line %u column %u: %s: '%s'\n", r->line, r->column,
	    r->reason, raw);
	return true;
}

static bool
text_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	struct preview *p = ctx;

	(void)err;
	if (p->n_findings++ < SHOWN)
		fprintf(p->findings, "line %u column %u: %s%s%s\n", f->line,
		    f->column, f->text,
		    f->suggestion != NULL ? "\n    contract: " : "",
		    f->suggestion != NULL ? f->suggestion : "");
	return true;
}

static void
copy_out(FILE *f)
{
	char chunk[4096];
	size_t n;

	rewind(f);
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		(void)fwrite(chunk, 1, n, stdout);
}

static bool
read_json(struct preview *p, const struct body *body, struct kpid_err *err)
{
	const struct observation_sink sink = { p, json_observation, json_reject,
		json_finding };
	uint64_t read;

	fputs("{\"observations\":[", stdout);
	/* A refusal stands in the document, after what was read before it. */
	(void)!body_read(body, &sink, &p->cli->mem, &read, err);
	fputs("],\n\"rejects\":[", stdout);
	copy_out(p->rejects);
	fputs("],\n\"findings\":[", stdout);
	copy_out(p->findings);
	fputs("]", stdout);
	if (err->msg[0] != '\0') {
		buf_clear(&p->piece);
		if (json_put_text(&p->piece, slice_of(err->msg)))
			printf(",\n\"error\":%.*s", (int)p->piece.len,
			    p->piece.ptr);
	}
	puts("}");
	return err->msg[0] == '\0';
}

static bool
read_text(struct preview *p, const struct body *body, struct kpid_err *err)
{
	const struct observation_sink sink = { p, text_observation, text_reject,
		text_finding };
	uint64_t read;
	bool ok;

	puts("place              raw cell           value    period      "
	     "series");
	ok = body_read(body, &sink, &p->cli->mem, &read, err);
	if (p->n > SHOWN)
		printf("... and %llu more\n",
		    (unsigned long long)(p->n - SHOWN));
	if (p->n_rejects > 0)
		printf("\nrejected (%llu):\n",
		    (unsigned long long)p->n_rejects);
	copy_out(p->rejects);
	if (p->n_findings > 0)
		printf("\nfindings (%llu):\n",
		    (unsigned long long)p->n_findings);
	copy_out(p->findings);
	return ok;
}

static bool
read_body(struct cli *cli, const struct feed *feed, int fd,
    struct kpid_err *err)
{
	const struct body body = { &cli->cfg, feed, fd, NULL };
	struct preview p = {
		.cli = cli, .rejects = tmpfile(), .findings = tmpfile()
	};
	bool ok;

	if (p.rejects == NULL || p.findings == NULL)
		return err_set(err, KPID_ESPOOL,
		    "could not make a temporary "
		    "file: %s",
		    strerror(errno));
	buf_init(&p.piece, PIECE_BYTES);
	ok = cli->json ? read_json(&p, &body, err) : read_text(&p, &body, err);
	buf_release(&p.piece);
	(void)fclose(p.rejects);
	(void)fclose(p.findings);
	return ok;
}

/* A feed by name, or the path of a feed file. */
static bool
find_feed(struct cli *cli, const struct feed **out, struct kpid_err *err)
{
	const char *name = cli->args[0];
	struct problems all = { .mem = &cli->mem };
	struct feed *feed = arena_alloc(&cli->mem, sizeof(*feed));

	*out = config_feed(&cli->cfg, name);
	if (*out != NULL)
		return true;
	if (access(name, F_OK) != 0)
		return err_set(err, KPID_EUSAGE,
		    "no feed '%s' in the "
		    "configuration, and no such file",
		    name);
	if (config_load_feed(name, &cli->cfg, &cli->mem, feed, &all)) {
		*out = feed;
		return true;
	}
	for (size_t i = 0; i < all.n; i++)
		fprintf(stderr, "%s:%d: %s\n", all.list[i].file,
		    all.list[i].line, all.list[i].text);
	return err_set(err, KPID_ECONFIG,
	    "the feed file '%s' has %zu "
	    "problem%s",
	    name, all.n, all.n == 1 ? "" : "s");
}

static bool
fetch_body(struct cli *cli, const struct feed *feed, const char *url, int *fd,
    struct kpid_err *err)
{
	const struct wanted wanted = { &feed, 1, url, NULL };
	struct spool *spool;
	struct spool_meta meta;
	struct gathered g;

	if (!spool_open(cli->cfg.state_dir, &cli->mem, &spool, err)
	    || !gather(cli, spool, &wanted, &g, err))
		return false;
	if (g.list[0].outcome != FETCH_BODY) {
		*err = g.list[0].err;
		return false;
	}
	return spool_read(spool, g.list[0].meta.id, &cli->mem, &meta, fd, err)
	    && spool_remove(spool, g.list[0].meta.id, err);
}

static bool
open_body(struct cli *cli, const struct feed *feed, int *fd,
    struct kpid_err *err)
{
	const char *where = cli->n_args > 1 ? cli->args[1] : NULL;

	if (where == NULL || strstr(where, "://") != NULL)
		return fetch_body(cli, feed, where, fd, err);
	*fd = open(where, O_RDONLY | O_CLOEXEC);
	return *fd >= 0 ? true
			: err_set(err, KPID_EFETCH, "could not open '%s': %s",
			    where, strerror(errno));
}

int
cmd_preview(struct cli *cli)
{
	struct kpid_err err = { 0 };
	const struct feed *feed;
	int fd = -1;
	bool ok;

	if (!find_feed(cli, &feed, &err) || !open_body(cli, feed, &fd, &err))
		return cli_fail(&err);
	ok = read_body(cli, feed, fd, &err);
	(void)close(fd);
	return ok ? EXIT_DONE : cli_fail(&err);
}
