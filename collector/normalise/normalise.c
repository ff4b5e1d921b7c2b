/* The rows of one table, from its header to its end. */
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

const struct cell *
row_cell(const struct row *row, size_t column, struct cell *absent)
{
	if (column < row->n)
		return &row->cells[column];
	*absent = (struct cell){ .line = row->line,
		.text = slice_of(""),
		.column = (uint32_t)column + 1 };
	return absent;
}

struct normaliser *
normaliser_new(const struct config *cfg, const struct feed *feed,
    struct arena *mem)
{
	struct normaliser *n = arena_alloc(mem, sizeof(*n));

	n->cfg = cfg;
	n->feed = feed;
	n->contract = &feed->contract;
	n->mem = mem;
	n->series.mem = mem;
	n->periods = arena_alloc(mem, sizeof(*n->periods));
	n->orgs = arena_alloc(mem, sizeof(*n->orgs));
	n->labels = arena_alloc(mem, sizeof(*n->labels));
	n->statuses = arena_alloc(mem, sizeof(*n->statuses));
	buf_init(&n->value, VALUE_MAX);
	buf_init(&n->dims_text, DIMS_MAX);
	row_key_prepare(n);
	return n;
}

void
normaliser_free(struct normaliser *n)
{
	if (n == NULL)
		return;
	buf_release(&n->value);
	buf_release(&n->dims_text);
	arena_release(&n->scratch);
}

static bool
read_header(struct normaliser *n, const struct row *row, struct kpid_err *err)
{
	if (!row_key_check(n, err)
	    || !mapping_read(n->feed, row, n->mem, &n->map, err))
		return false;
	n->found = arena_array(n->mem, row->n, sizeof(*n->found));
	n->header_line = row->line;
	n->mapped = true;
	return finding_columns(n, row, err);
}

static bool
is_blank(const struct row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (row->cells[i].kind != CELL_NULL
		    && slice_trim(row->cells[i].text).len > 0)
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

static bool
hand_reject(struct normaliser *n, const struct reject *reject,
    struct kpid_err *err)
{
	n->read++;
	return n->out->reject(n->out->ctx, reject, err);
}

static bool
read_row(struct normaliser *n, const struct row *row, struct kpid_err *err)
{
	struct reject reject = { 0 };
	struct row_key key;

	n->rows++;
	if (!row_key_read(n, row, &key, &reject, err))
		return reject.reason != NULL && hand_reject(n, &reject, err);
	for (size_t i = 0; i < n->contract->n_values; i++) {
		n->read++;
		if (!value_read(n, row, &key, i, err))
			return false;
	}
	return true;
}

static bool
before_header(const struct normaliser *n, uint32_t line)
{
	return n->contract->format == FORMAT_CSV
	    && line < n->contract->header_row;
}

static bool
take_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct normaliser *n = ctx;

	if (!n->mapped)
		return before_header(n, row->line) || read_header(n, row, err);
	if (is_blank(row))
		return true;
	if (n->contract->format == FORMAT_JSON)
		note_found(n, row);
	return read_row(n, row, err);
}

static bool
take_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	struct normaliser *n = ctx;

	if (!n->mapped && before_header(n, line))
		return true;
	if (!n->mapped)
		return err_set(err, KPID_ECONTRACT,
		    "line %" PRIu32 " column %" PRIu32
		    ": the header cannot be read: %s. "
		    "HINT: the contract says that it stands on line %zu",
		    line, column, reason, n->contract->header_row);
	n->rows++;
	return hand_reject(n,
	    &(struct reject){
		.line = line, .column = column, .raw = raw, .reason = reason },
	    err);
}

struct row_sink
normaliser_sink(struct normaliser *n, const struct observation_sink *out)
{
	n->out = out;
	return (struct row_sink){ .ctx = n, .row = take_row, .bad = take_bad };
}

bool
normaliser_end(struct normaliser *n, struct kpid_err *err)
{
	bool json = n->contract->format == FORMAT_JSON;

	if (!n->mapped)
		return err_set(err, KPID_ECONTRACT,
		    "the body ends before its "
		    "header, which the contract says is on line %zu",
		    json ? (size_t)1 : n->contract->header_row);
	if (n->rows == 0 && json)
		return err_set(err, KPID_ECONTRACT,
		    "no record at '%s' has "
		    "any of the contract's paths. HINT: an answer without "
		    "data, or other keys than before?",
		    n->contract->records);
	if (n->rows == 0)
		return err_set(err, KPID_ECONTRACT,
		    "no row of data below the "
		    "header on line %" PRIu32,
		    n->header_line);
	return json ? finding_empty_paths(n, err) : true;
}

uint64_t
normaliser_read(const struct normaliser *n)
{
	return n->read;
}
