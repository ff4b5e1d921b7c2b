/* The rows of a body's tables, each from its header to its end. */
#include "kpid/normalise.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "kpid/limits.h"
#include "normaliser.h"

#define VALUE_MAX (2 * LIMIT_NUMBER_DIGITS)

struct slice
cell_clip(struct slice text)
{
	if (text.len <= CLIP_BYTES)
		return text;
	text.len = CLIP_BYTES;
	while (text.len > 0
	    && ((unsigned char)text.ptr[text.len] & 0xC0) == 0x80)
		text.len--;
	return text;
}

const char *
normaliser_reason(struct normaliser *n, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(n->reason, sizeof(n->reason), fmt, ap);
	va_end(ap);
	return n->reason;
}

struct normaliser *
normaliser_new(const struct config *cfg, const struct feed *feed,
    struct arena *mem)
{
	struct normaliser *n = arena_alloc(mem, sizeof(*n));

	n->cfg = cfg;
	n->feed = feed;
	n->mem = mem;
	n->series.mem = mem;
	buf_init(&n->value, VALUE_MAX);
	return n;
}

static void
table_release(struct normaliser *n)
{
	fields_release(n);
	value_plans_release(n);
	dims_release(n);
}

void
normaliser_free(struct normaliser *n)
{
	if (n == NULL)
		return;
	table_release(n);
	buf_release(&n->value);
	arena_release(&n->scratch);
	arena_release(&n->header_mem);
}

/* What the contract says without a header. */
static bool
prepare(struct normaliser *n, struct kpid_err *err)
{
	const char *why = NULL;

	if (!period_rule_new(n->contract, &n->period_rule, &why))
		return err_set(err, KPID_ECONFIG, "%s:%d: era '%s': %s",
		    n->feed->file, n->contract->period.line, n->contract->era,
		    why);
	org_reader_begin(&n->orgs, n->contract, n->mem, &n->scratch);
	indicator_names(n);
	dims_prepare(n);
	n->prepared = true;
	return fields_new(n, err) && value_plans_new(n, err);
}

/* They are the header's only for its call. Labels that were read below others
 * are read anew. */
static void
keep_notes(struct normaliser *n, const struct table_header *h)
{
	if (n->n_notes + h->n_notes > 0)
		memo_clear(n->fields[FIELD_INDICATOR].memo);
	n->notes = arena_array(&n->header_mem, h->n_notes, sizeof(*n->notes));
	n->n_notes = h->n_notes;
	for (size_t i = 0; i < h->n_notes; i++) {
		struct slice text = h->notes[i].text;

		n->notes[i] = h->notes[i];
		n->notes[i].text =
		    (struct slice){ slice_dup(text, &n->header_mem), text.len };
	}
}

static bool
take_header(void *ctx, const struct table_header *h, struct kpid_err *err)
{
	struct normaliser *n = ctx;

	if (!n->prepared && !prepare(n, err))
		return false;
	arena_reset(&n->header_mem); /* it may come again on every page */
	if (!mapping_read(n->feed, n->contract, h, &n->header_mem, &n->map,
		err))
		return false;
	keep_notes(n, h);
	fields_place(n);
	value_plans_place(n);
	if (!fields_constants(n, err) || !values_prepare(n, err))
		return false;
	n->found = arena_array(&n->header_mem, h->n, sizeof(*n->found));
	n->header_line = h->line;
	dims_forget(n);
	/* Another block: its first row says its year itself */
	n->period_rule.above = (struct period_parts){ 0 };
	if (n->contract->inherit)
		memo_clear(n->fields[FIELD_PERIOD].memo);
	return finding_columns(n, h, err) && finding_header_units(n, h, err);
}

static bool
cell_is_blank(const struct cell *c)
{
	if (c->kind == CELL_NULL || c->text.len == 0)
		return true;
	/* Nothing that begins like this is a blank or U+3000 */
	unsigned char head = (unsigned char)c->text.ptr[0];

	return (head <= ' ' || head == 0xE3) && slice_trim(c->text).len == 0;
}

static bool
is_blank(const struct row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (!cell_is_blank(&row->cells[i]))
			return false;
	return true;
}

static void
note_found(struct normaliser *n, const struct row *row)
{
	for (size_t i = 0; i < row->n && i < n->map.n; i++)
		if (row->cells[i].kind != CELL_NULL)
			n->found[i] = true;
}

/* What the first row without a key says, for the case that all are so. */
static void
keyless_note(struct normaliser *n, const struct reject *r)
{
	struct keyless_row *first = &n->first_keyless;
	const struct slice raw =
	    cell_clip(slice_trim(r->raw.ptr == NULL ? slice_of("") : r->raw));

	first->line = r->line;
	(void)snprintf(first->raw, sizeof(first->raw), "%.*s", slice_width(raw),
	    raw.ptr);
	(void)snprintf(first->reason, sizeof(first->reason), "%s", r->reason);
}

static bool
hand_reject(struct normaliser *n, const struct reject *reject,
    struct kpid_err *err)
{
	n->read++;
	if (n->keyless++ == 0)
		keyless_note(n, reject);
	return n->out->reject(n->out->ctx, reject, err);
}

static bool
take_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct normaliser *n = ctx;
	struct reject reject = { 0 };
	struct row_key key;

	if (is_blank(row))
		return true;
	if (n->contract->format == FORMAT_JSON)
		note_found(n, row);
	n->rows++;
	if (!row_key_read(n, row, &key, &reject, err))
		return reject.reason != NULL && hand_reject(n, &reject, err);
	for (size_t i = 0; i < n->n_values && !key.ignored; i++) {
		struct value_plan *p = &n->values[i];

		n->read += p->column != NO_COLUMN;
		if (!value_read(n, row, &key, p, err))
			return false;
	}
	return true;
}

static bool
take_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	struct normaliser *n = ctx;

	n->rows++;
	return hand_reject(n,
	    &(struct reject){
		.line = line, .column = column, .raw = raw, .reason = reason },
	    err);
}

static bool
take_legend(void *ctx, struct slice mark, struct slice meaning,
    struct kpid_err *err)
{
	struct normaliser *n = ctx;

	(void)err;
	legend_add(&n->legend, mark, meaning, n->mem);
	return true;
}

static bool
take_partial(void *ctx, const char *text, struct kpid_err *err)
{
	return finding_partial(ctx, text, err);
}

static bool
take_extra(void *ctx, struct slice name, uint32_t line, uint32_t column,
    struct kpid_err *err)
{
	return finding_extra(ctx, name, line, column, err);
}

struct table_sink
normaliser_begin(struct normaliser *n, const struct contract *c,
    const struct observation_sink *out)
{
	table_release(n);
	n->contract = c;
	n->out = out;
	n->prepared = false;
	n->map = (struct mapping){ 0 };
	n->rows = n->keyless = 0;
	n->header_line = 0;
	n->n_notes = 0;
	n->counts = NULL;
	n->legend = (struct legend){ 0 };
	return (struct table_sink){ .ctx = n,
		.header = take_header,
		.row = take_row,
		.bad = take_bad,
		.legend = take_legend,
		.partial = take_partial,
		.extra = take_extra };
}

bool
normaliser_end(struct normaliser *n, struct kpid_err *err)
{
	bool json = n->contract->format == FORMAT_JSON;

	if (n->rows == 0 && json)
		return err_set(err, KPID_ECONTRACT,
		    "no record at '%s' has "
		    "any of the contract's paths. HINT: an answer without "
		    "data, or other keys than before?",
		    n->contract->records);
	if (n->rows == 0 && n->contract->format != FORMAT_CSV
	    && n->contract->format != FORMAT_XLSX)
		return err_set(err, KPID_ECONTRACT,
		    "the answer has no data: a table without rows");
	if (n->rows == 0)
		return err_set(err, KPID_ECONTRACT,
		    "no row of data below the "
		    "header on line %" PRIu32,
		    n->header_line);
	return values_end(n, err) && finding_unreadable(n, err)
	    && (!json || finding_empty_paths(n, err));
}

uint64_t
normaliser_read(const struct normaliser *n)
{
	return n->read;
}
