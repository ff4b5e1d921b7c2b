/*
 * SDMX-CSV 1.0 and 2.0, on top of CSV: what the first line says of the rest.
 */
#include <inttypes.h>
#include <string.h>

#include "kpid/limits.h"
#include "kpid/parse.h"

struct sdmx_column {
	bool labelled; /* "DIM_1: Dimension 1": cells are "A: Value A" */
};

struct sdmx_csv {
	struct arena *mem;
	struct buf first; /* the first line, until the separator is known */
	struct csv *csv;
	struct sdmx_column *columns; /* NULL: the header is to come */
	size_t n, action;            /* action: its column, or n */
	struct cell *cells;
	size_t cap;
	const struct row_sink *sink; /* of the push under way */
};

struct sdmx_csv *
sdmx_csv_new(struct arena *mem)
{
	struct sdmx_csv *p = arena_alloc(mem, sizeof(*p));

	p->mem = mem;
	buf_init(&p->first, LIMIT_ROW_BYTES);
	return p;
}

void
sdmx_csv_free(struct sdmx_csv *p)
{
	if (p == NULL)
		return;
	csv_free(p->csv);
	buf_release(&p->first);
}

/* ---- the separator ----------------------------------------------------- */

/* Stands most often in the line, outside quotes and outside the brackets that
 * say how values are put together: STRUCTURE[;]. */
static char
separator_of(struct slice line)
{
	static const char marks[] = { ',', ';', '\t' };
	size_t count[ARRAY_LEN(marks)] = { 0 }, best = 0;
	bool quoted = false, bracket = false;

	for (size_t i = 0; i < line.len; i++) {
		char c = line.ptr[i];

		quoted ^= c == '"';
		if (!quoted && (c == '\n' || c == '\r'))
			break;
		bracket = !quoted && (c == '[' || (bracket && c != ']'));
		for (size_t k = 0; k < ARRAY_LEN(marks); k++)
			count[k] += !quoted && !bracket && c == marks[k];
	}
	for (size_t k = 1; k < ARRAY_LEN(marks); k++)
		if (count[k] > count[best])
			best = k;
	return marks[best];
}

/* ---- the header -------------------------------------------------------- */

/* Where ": " stands, or the end. */
static size_t
code_len(struct slice text)
{
	const char *colon =
	    text.len < 2 ? NULL : memmem(text.ptr, text.len, ": ", 2);

	return colon == NULL ? text.len : (size_t)(colon - text.ptr);
}

/* Without brackets: "CONTACT[].NAME[]" is CONTACT.NAME. */
static struct slice
name_of(struct sdmx_csv *p, struct slice text, bool *several)
{
	char *name = arena_alloc(p->mem, text.len + 1);
	size_t n = 0, len = code_len(text);
	bool bracket = false;

	for (size_t i = 0; i < len; i++) {
		*several |= text.ptr[i] == '[';
		bracket |= text.ptr[i] == '[';
		if (!bracket)
			name[n++] = text.ptr[i];
		bracket &= text.ptr[i] != ']';
	}
	return (struct slice){ name, n };
}

static void
cells_room(struct sdmx_csv *p, size_t n)
{
	if (n <= p->cap)
		return;
	p->cap = 2 * n;
	p->cells = arena_array(p->mem, p->cap, sizeof(*p->cells));
}

static bool
take_header(struct sdmx_csv *p, struct row *row, struct kpid_err *err)
{
	p->columns = arena_array(p->mem, row->n, sizeof(*p->columns));
	p->n = p->action = row->n;
	for (size_t i = 0; i < row->n; i++) {
		struct slice text = slice_trim(row->cells[i].text);
		bool several = false;

		p->cells[i].text = name_of(p, text, &several);
		p->columns[i].labelled = code_len(text) < text.len && !several;
		if (slice_is(p->cells[i].text, "ACTION"))
			p->action = i;
	}
	if (slice_is(p->cells[0].text, "STRUCTURE")
	    || slice_is(p->cells[0].text, "DATAFLOW"))
		return p->sink->row(p->sink->ctx, row, err);
	return err_set(err, KPID_EPARSE,
	    "line %" PRIu32
	    ": this is no SDMX-CSV: the first column is '%.*s' and not "
	    "DATAFLOW or STRUCTURE. HINT: any other CSV is \"format\": \"csv\"",
	    row->line, slice_width(p->cells[0].text), p->cells[0].text.ptr);
}

/* ---- rows -------------------------------------------------------------- */

static bool
is_deletion(const struct sdmx_csv *p, const struct row *row)
{
	return p->action < row->n && slice_is(row->cells[p->action].text, "D");
}

static bool
on_row(void *ctx, const struct row *given, struct kpid_err *err)
{
	struct sdmx_csv *p = ctx;
	struct row row = *given;

	cells_room(p, given->n);
	memcpy(p->cells, given->cells, given->n * sizeof(*p->cells));
	row.cells = p->cells;
	if (p->columns == NULL)
		return take_header(p, &row, err);
	if (is_deletion(p, &row))
		return p->sink->bad(p->sink->ctx, row.line,
		    row.cells[p->action].column, row.raw,
		    "the row says that an observation is to be deleted "
		    "(ACTION D)",
		    err);
	for (size_t i = 0; i < row.n && i < p->n; i++) {
		struct cell *c = &p->cells[i];
		size_t len =
		    p->columns[i].labelled ? code_len(c->text) : c->text.len;

		if (len == c->text.len)
			continue;
		c->raw = cell_raw(c);
		c->text.len = len;
	}
	return p->sink->row(p->sink->ctx, &row, err);
}

static bool
on_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	const struct sdmx_csv *p = ctx;

	return p->sink->bad(p->sink->ctx, line, column, raw, reason, err);
}

/* ---- text -------------------------------------------------------------- */

static bool
csv_take(struct sdmx_csv *p, struct slice text, bool last, struct kpid_err *err)
{
	const struct row_sink rows = { .ctx = p, .row = on_row, .bad = on_bad };

	return csv_push(p->csv, text, last, &rows, err);
}

/* Keeps text until the first line is whole; true: the CSV reader is there. */
static bool
begin(struct sdmx_csv *p, struct slice text, bool last, struct slice *out,
    struct kpid_err *err)
{
	struct csv_dialect dialect = { .quote = '"' };
	struct slice line;

	if (!buf_put(&p->first, text.ptr, text.len))
		return err_set(err, KPID_EPARSE,
		    "the first line is longer than %d bytes (LIMIT_ROW_BYTES)",
		    LIMIT_ROW_BYTES);
	line = p->first.len > 0 ? buf_slice(&p->first) : slice_of("");
	if (!last && memchr(line.ptr, '\n', line.len) == NULL
	    && memchr(line.ptr, '\r', line.len) == NULL)
		return true;
	dialect.delimiter = separator_of(line);
	p->csv = csv_new(dialect, p->mem);
	*out = line;
	return true;
}

bool
sdmx_csv_push(struct sdmx_csv *p, struct slice text, bool last,
    const struct row_sink *sink, struct kpid_err *err)
{
	struct slice line = { NULL, 0 };

	p->sink = sink;
	if (p->csv != NULL)
		return csv_take(p, text, last, err);
	if (!begin(p, text, last, &line, err))
		return false;
	if (p->csv == NULL)
		return true;
	if (!csv_take(p, line, last, err))
		return false;
	buf_release(&p->first);
	return true;
}
