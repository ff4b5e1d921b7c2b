/* Observations and rejects as binary COPY rows. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/json_text.h"
#include "numeric.h"
#include "stage.h"

#define STAGE_BYTES    (64 << 10) /* handed to libpq at once */
#define FINDINGS_BYTES (16 << 20)
#define FINDINGS_MAX   10000 /* told per delivery; counted beyond */

void
stage_init(struct stage *s, struct db *db)
{
	*s = (struct stage){ .db = db };
	/* The longest raw text, its places and its reason beside it. */
	buf_init(&s->buf, STAGE_BYTES + LIMIT_ROW_BYTES + 4096);
	buf_init(&s->findings, FINDINGS_BYTES);
}

void
stage_release(struct stage *s)
{
	buf_release(&s->buf);
	buf_release(&s->findings);
}

bool
stage_flush(struct stage *s, struct kpid_err *err)
{
	bool ok =
	    s->buf.len == 0 || db_copy_put(s->db, s->buf.ptr, s->buf.len, err);

	buf_clear(&s->buf);
	return ok;
}

/* A field: its length and bytes; p NULL is SQL null. */
static bool
put_field(struct stage *s, const void *p, size_t len)
{
	unsigned char head[4];

	(void)int32_put(p != NULL ? (int32_t)len : -1, head);
	return buf_put(&s->buf, head, 4)
	    && (p == NULL || buf_put(&s->buf, p, len));
}

static bool
put_int(struct stage *s, int32_t value)
{
	unsigned char bytes[4];

	return put_field(s, bytes, int32_put(value, bytes));
}

static bool
put_columns(struct stage *s, int16_t n)
{
	unsigned char head[2];

	return buf_put(&s->buf, head, int16_put(n, head));
}

static bool
end_row(struct stage *s, bool fits, struct kpid_err *err)
{
	/* What stands in the buffer of it would break the next ones: the
	 * batch ends, and the others are loaded without this one. */
	if (!fits)
		return err_set(err, KPID_EDB, "a row over its limit");
	return s->buf.len < STAGE_BYTES || stage_flush(s, err);
}

/* Remembers a series at its first row; ordinals come in order. */
static void
note_series(struct staged_delivery *d, const struct series_key *series)
{
	if (series == NULL || series->ordinal < d->n_series)
		return;
	if (d->n_series == d->cap_series) {
		d->cap_series = d->cap_series == 0 ? 256 : d->cap_series * 2;
		d->series =
		    reallocarray(d->series, d->cap_series, sizeof(*d->series));
		if (d->series == NULL)
			fatal("out of memory");
	}
	d->series[d->n_series++] = series;
}

/* The store's one letter: a missing value's reason, or the flag. */
static char
status_letter(const struct observation *o)
{
	static const char letters[] = {
		[MISSING_NOT_APPLICABLE] = 'M',
		[MISSING_SUPPRESSED] = 'Q',
		[MISSING_NOT_COLLECTED] = 'L',
		[MISSING_NOT_AVAILABLE] = 'O',
		[MISSING_ERROR] = 'e',
	};
	return o->missing == MISSING_NONE ? o->status : letters[o->missing];
}

static bool
stage_observation(void *ctx, const struct observation *o, struct kpid_err *err)
{
	struct stage *s = ctx;
	unsigned char number[NUMERIC_MAX];
	const bool known = o->missing == MISSING_NONE;
	size_t len = known ? numeric_put(o->value, number) : 0;
	char status = status_letter(o);

	note_series(s->now, o->series);
	return end_row(s,
	    put_columns(s, 9) && put_int(s, s->now->delivery)
		&& put_int(s, (int32_t)o->series->ordinal)
		&& put_int(s, o->period.first) && put_int(s, (int32_t)o->line)
		&& put_int(s, (int32_t)o->column) && put_field(s, &status, 1)
		&& put_field(s, known ? number : NULL, len)
		&& put_field(s, NULL, 0) && put_field(s, NULL, 0),
	    err);
}

static bool
stage_reject(void *ctx, const struct reject *r, struct kpid_err *err)
{
	struct stage *s = ctx;
	const char *raw = r->raw.ptr != NULL ? r->raw.ptr : "";
	bool ok = put_columns(s, 9) && put_int(s, s->now->delivery);

	note_series(s->now, r->series);
	if (r->series != NULL)
		ok = ok && put_int(s, (int32_t)r->series->ordinal)
		    && put_int(s, r->period.first);
	else
		ok = ok && put_field(s, NULL, 0) && put_field(s, NULL, 0);
	return end_row(s,
	    ok && put_int(s, (int32_t)r->line) && put_int(s, (int32_t)r->column)
		&& put_field(s, NULL, 0) && put_field(s, NULL, 0)
		&& put_field(s, raw, r->raw.len)
		&& put_field(s, r->reason, strlen(r->reason)),
	    err);
}

static bool
put_text_or_null(struct buf *b, const char *key, const char *text)
{
	return json_put_key(b, key)
	    && (text == NULL ? buf_puts(b, "null")
			     : json_put_text(b, slice_of(text)));
}

static bool
stage_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	struct stage *s = ctx;
	struct staged_delivery *d = s->now;
	struct buf *b = &s->findings;
	const size_t before = b->len;

	if (f->holds && !d->holds) {
		d->holds = true;
		if (f->line == 0)
			(void)err_set(&d->held_by, KPID_ECONTRACT, "%s",
			    f->text);
		else
			(void)err_set(&d->held_by, KPID_ECONTRACT,
			    "line %u: %s", f->line, f->text);
	}
	if (d->findings++ >= FINDINGS_MAX)
		return true;
	bool ok = buf_printf(b, "%s{\"delivery\":%d,\"line\":%u,\"col\":%u",
		      b->len == 0 ? "[" : ",", d->delivery, f->line, f->column)
	    && put_text_or_null(b, "kind", f->kind)
	    && put_text_or_null(b, "text", f->text)
	    && put_text_or_null(b, "text_ja", f->text_ja)
	    && put_text_or_null(b, "suggestion", f->suggestion)
	    && buf_puts(b, "}");

	if (ok)
		return true;
	b->len = before; /* the others' must stay whole */
	return err_set(err, KPID_ECONTRACT,
	    "more findings than can be kept (%d MB)", FINDINGS_BYTES >> 20);
}

struct observation_sink
stage_sink(struct stage *s)
{
	return (struct observation_sink){ s, stage_observation, stage_reject,
		stage_finding };
}

static bool
put_text(struct stage *s, const char *text)
{
	return put_field(s, text, strlen(text));
}

static bool
put_jsonb(struct stage *s, const char *text)
{
	size_t len = strlen(text);
	unsigned char head[5];

	(void)int32_put((int32_t)len + 1, head);
	head[4] = 1; /* jsonb's wire version */
	return buf_put(&s->buf, head, 5) && buf_put(&s->buf, text, len);
}

static bool
put_series(struct stage *s, int delivery, const struct series_key *k,
    struct kpid_err *err)
{
	return end_row(s,
	    put_columns(s, 7) && put_int(s, delivery)
		&& put_int(s, (int32_t)k->ordinal) && put_int(s, k->org)
		&& put_text(s, k->indicator) && put_text(s, k->frequency)
		&& put_text(s, k->span) && put_jsonb(s, k->dims),
	    err);
}

bool
stage_series(struct stage *s, const struct staged_delivery *deliveries,
    size_t n, struct kpid_err *err)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < deliveries[i].n_series; k++)
			if (!put_series(s, deliveries[i].delivery,
				deliveries[i].series[k], err))
				return false;
	return stage_flush(s, err);
}
