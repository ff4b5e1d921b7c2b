/* The sink of body_read while loading. */
#include <stdlib.h>
#include <string.h>

#include "intake.h"
#include "kpid/json_text.h"
#include "row.h"

#define REJECT_BYTES   (LIMIT_ROW_BYTES + 4096) /* the longest, and a reason */
#define FINDINGS_BYTES (16 << 20)
#define FINDINGS_MAX   10000 /* told per delivery; counted beyond */

void
intake_init(struct intake *in)
{
	*in = (struct intake){ 0 };
	tray_init(&in->rows);
	tray_init(&in->rejects);
	buf_init(&in->row, REJECT_BYTES);
	buf_init(&in->findings, FINDINGS_BYTES);
}

void
intake_release(struct intake *in)
{
	tray_release(&in->rows);
	tray_release(&in->rejects);
	buf_release(&in->row);
	buf_release(&in->findings);
}

void
intake_begin(struct intake *in, struct taken *t)
{
	in->now = t;
	t->rows_from = t->rows_to = tray_length(&in->rows);
	t->rejects_from = t->rejects_to = tray_length(&in->rejects);
}

void
intake_end(struct intake *in, bool keep)
{
	struct taken *t = in->now;

	if (!keep) {
		tray_cut(&in->rows, t->rows_from);
		tray_cut(&in->rejects, t->rejects_from);
	}
	t->rows_to = tray_length(&in->rows);
	t->rejects_to = tray_length(&in->rejects);
}

void
taken_release(struct taken *t)
{
	free(t->series);
	t->series = NULL;
	shape_release(&t->shape);
}

/* Ordinals come in order, though one may have no row at all. */
static struct taken_series *
series_at(struct taken *t, const struct series_key *key)
{
	if (key->ordinal >= t->cap_series) {
		t->cap_series = key->ordinal < 128 ? 256 : key->ordinal * 2;
		t->series =
		    reallocarray(t->series, t->cap_series, sizeof(*t->series));
		if (t->series == NULL)
			fatal("out of memory");
	}
	while (t->n_series <= key->ordinal)
		t->series[t->n_series++] = (struct taken_series){ 0 };
	return &t->series[key->ordinal];
}

/* Remembers a series when first something is said of it. */
static bool
take_series(struct intake *in, const struct series_key *key,
    struct taken_series **out, struct kpid_err *err)
{
	struct taken_series *s = series_at(in->now, key);

	*out = s;
	if (s->key != NULL)
		return true;
	s->key = key;
	return in->stream == NULL || stream_name(in->stream, key, err);
}

/* A period beyond all that came before is no repeat, whichever way they
 * run; any other may be one. */
static bool
is_beyond(struct taken_series *s, int32_t first)
{
	if (s->rows == 0)
		s->first = s->last = first;
	else if (first > s->last)
		s->last = first;
	else if (first < s->first)
		s->first = first;
	else
		return false;
	return true;
}

static bool
is_nonzero(struct slice value)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.ptr[i] >= '1' && value.ptr[i] <= '9')
			return true;
	return false;
}

static bool
take_observation(void *ctx, const struct observation *o, struct kpid_err *err)
{
	struct intake *in = ctx;
	struct taken *t = in->now;
	struct taken_series *s;
	const int32_t first = o->period.first;
	const bool known = o->missing == MISSING_NONE;
	unsigned char row[ROW_MAX];

	if (!take_series(in, o->series, &s, err))
		return false;
	t->repeats |= !is_beyond(s, first);
	t->nonzero = t->nonzero || (known && is_nonzero(o->value));
	t->rows++;
	s->rows++;
	digest_add(&s->sum,
	    digest_statement(first, row_status(o),
		known ? o->value : (struct slice){ NULL, 0 }));
	shape_count(&t->shape, first);

	const size_t len = row_put(o, row);

	return in->stream != NULL ? stream_row(in->stream, o->series, row, err)
				  : tray_put(&in->rows, row, len, err);
}

/* A field: its length and bytes; p NULL is SQL null. */
static bool
put_field(struct buf *b, const void *p, size_t len)
{
	unsigned char head[4];

	(void)int32_put(p != NULL ? (int32_t)len : -1, head);
	return buf_put(b, head, 4) && (p == NULL || buf_put(b, p, len));
}

static bool
put_int(struct buf *b, int32_t value)
{
	unsigned char bytes[4];

	return put_field(b, bytes, int32_put(value, bytes));
}

/* Series and period: those of the cell, where they could be read. */
static bool
put_key(struct buf *b, const struct reject *r)
{
	if (r->series == NULL)
		return put_field(b, NULL, 0) && put_field(b, NULL, 0);
	return put_int(b, (int32_t)r->series->ordinal)
	    && put_int(b, r->period.first);
}

static struct digest
key_digest(const struct series_key *k)
{
	struct digest d = digest_number((struct digest){ 0 }, (uint64_t)k->org);

	d = digest_text(d, k->indicator);
	d = digest_text(d, k->frequency);
	return digest_text(digest_text(d, k->span), k->dims);
}

static bool
note_reject(struct intake *in, const struct reject *r, struct kpid_err *err)
{
	struct taken *t = in->now;
	struct taken_series *s;

	t->tainted |= r->series == NULL;
	if (r->series == NULL)
		return true;
	digest_add(&t->unreadable,
	    digest_number(key_digest(r->series), (uint32_t)r->period.first));
	return take_series(in, r->series, &s, err);
}

static bool
take_reject(void *ctx, const struct reject *r, struct kpid_err *err)
{
	struct intake *in = ctx;
	struct buf *b = &in->row;
	const char *raw = r->raw.ptr != NULL ? r->raw.ptr : "";
	unsigned char head[2];

	if (!note_reject(in, r, err))
		return false;
	buf_clear(b);
	if (!buf_put(b, head, int16_put(9, head))
	    || !put_int(b, in->now->delivery) || !put_key(b, r)
	    || !put_int(b, (int32_t)r->line) || !put_int(b, (int32_t)r->column)
	    || !put_field(b, NULL, 0) || !put_field(b, NULL, 0)
	    || !put_field(b, raw, r->raw.len)
	    || !put_field(b, r->reason, strlen(r->reason)))
		return err_set(err, KPID_ECONTRACT, "a row over its limit");
	return tray_put(&in->rejects, b->ptr, b->len, err);
}

static bool
put_text_or_null(struct buf *b, const char *key, const char *text)
{
	return json_put_key(b, key)
	    && (text == NULL ? buf_puts(b, "null")
			     : json_put_text(b, slice_of(text)));
}

static void
note_holding(struct taken *t, const struct finding *f)
{
	if (!f->holds || t->holds)
		return;
	t->holds = true;
	if (f->line == 0)
		(void)err_set(&t->held_by, KPID_ECONTRACT, "%s", f->text);
	else
		(void)err_set(&t->held_by, KPID_ECONTRACT, "line %u: %s",
		    f->line, f->text);
}

static bool
take_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	struct intake *in = ctx;
	struct taken *t = in->now;
	struct buf *b = &in->findings;
	const size_t before = b->len;

	note_holding(t, f);
	if (t->findings++ >= FINDINGS_MAX)
		return true;
	bool ok = buf_printf(b, "%s{\"delivery\":%d,\"line\":%u,\"col\":%u",
		      b->len == 0 ? "[" : ",", t->delivery, f->line, f->column)
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
intake_sink(struct intake *in)
{
	return (struct observation_sink){ in, take_observation, take_reject,
		take_finding };
}

struct digest
taken_digest(const struct taken *t, bool *known)
{
	struct digest all = digest_number(t->unreadable, t->tainted);

	for (size_t i = 0; i < t->n_series; i++)
		if (t->series[i].rows > 0)
			digest_add(&all,
			    digest_join(key_digest(t->series[i].key),
				t->series[i].sum));
	*known = !t->repeats;
	return all;
}
