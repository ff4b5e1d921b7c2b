/*
 * A row is read when all of it is there: within a piece of text as slices of
 * that piece; one that spans pieces is put together first.
 */
#include <inttypes.h>
#include <string.h>

#include "csv_scan.h"
#include "kpid/limits.h"

#define FIRST_CELLS 64

struct csv {
	struct csv_dialect dialect;
	struct arena *mem;
	struct csv_marks marks;
	uint32_t line; /* of what is read next */
	bool cr;       /* CR ended the line before */

	const char *row_from, *cell_from;
	const char *closed; /* the quote that closes the open cell, or NULL */
	bool doubled;       /* quotes stand doubled in the open cell */
	uint32_t row_line, cell_line;
	uint32_t bad_line, bad_column; /* text after a closing quote; or 0 */
	struct cell *cells;
	size_t n, cap;
	struct arena row_mem; /* cells that had doubled quotes */
	bool row_mem_used;

	struct buf part;     /* a row that was cut: its earlier pieces */
	enum csv_state open; /* ..and how they end */
};

struct csv *
csv_new(struct csv_dialect dialect, struct arena *mem)
{
	struct csv *p = arena_alloc(mem, sizeof(*p));

	p->dialect = dialect;
	p->mem = mem;
	p->line = 1;
	p->cap = FIRST_CELLS;
	p->cells = arena_array(mem, p->cap, sizeof(*p->cells));
	buf_init(&p->part, LIMIT_ROW_BYTES + 1); /* its line end */
	return p;
}

void
csv_free(struct csv *p)
{
	if (p == NULL)
		return;
	buf_release(&p->part);
	arena_release(&p->row_mem);
}

static bool
refuse_long_cell(const struct csv *p, struct kpid_err *err)
{
	return err_set(err, KPID_EPARSE,
	    "line %" PRIu32 " column %zu: the cell is longer than %d bytes "
	    "(LIMIT_CELL_BYTES). HINT: a quote that is never closed swallows "
	    "what follows it",
	    p->cell_line, p->n + 1, LIMIT_CELL_BYTES);
}

static bool
refuse_long_row(const struct csv *p, struct kpid_err *err)
{
	return err_set(err, KPID_EPARSE,
	    "line %" PRIu32 ": the row is longer than %d bytes "
	    "(LIMIT_ROW_BYTES)",
	    p->line, LIMIT_ROW_BYTES);
}

static bool
grow_cells(struct csv *p, struct kpid_err *err)
{
	struct cell *more;

	if (p->n == LIMIT_ROW_CELLS)
		return err_set(err, KPID_EPARSE,
		    "line %" PRIu32 ": the row has more than %d cells "
		    "(LIMIT_ROW_CELLS)",
		    p->row_line, LIMIT_ROW_CELLS);
	more = arena_array(p->mem, 2 * p->cap, sizeof(*more));
	memcpy(more, p->cells, p->n * sizeof(*more));
	p->cells = more;
	p->cap *= 2;
	return true;
}

/* A copy in which two quotes are one. */
static struct slice
undouble(struct csv *p, struct slice text)
{
	char *copy = arena_strndup(&p->row_mem, text.ptr, text.len);
	size_t n = 0;

	p->row_mem_used = true;
	for (size_t i = 0; i < text.len; i++) {
		copy[n++] = text.ptr[i];
		i += text.ptr[i] == p->dialect.quote;
	}
	return (struct slice){ copy, n };
}

/* Blanks around quotes are no part of the cell: a, "1,000" is written so. */
static bool
all_blank(const char *from, const char *end)
{
	while (from < end && csv_is_blank(*from))
		from++;
	return from == end;
}

/* The text of a cell in quotes whose end stands at `end`. */
static struct slice
quoted_text(struct csv *p, const char *end)
{
	const char *from = p->cell_from + 1;
	struct slice text = { from, (size_t)(p->closed - from) };

	if (!all_blank(p->closed + 1, end) && p->bad_column == 0) {
		p->bad_column = (uint32_t)p->n + 1;
		p->bad_line = p->line;
	}
	if (p->doubled)
		text = undouble(p, text);
	p->closed = NULL;
	p->doubled = false;
	return text;
}

/* Closes the open cell before `end`, behind which the next one begins. */
static bool
end_cell(struct csv *p, const char *end, struct kpid_err *err)
{
	struct slice text = { p->cell_from, (size_t)(end - p->cell_from) };

	if (p->closed != NULL)
		text = quoted_text(p, end);
	if (text.len > LIMIT_CELL_BYTES)
		return refuse_long_cell(p, err);
	if (p->n == p->cap && !grow_cells(p, err))
		return false;
	p->cells[p->n] = (struct cell){
		.text = text,
		.line = p->cell_line,
		.column = (uint32_t)p->n + 1,
	};
	p->n++;
	p->cell_line = p->line;
	p->cell_from = end + 1;
	return true;
}

static void
begin_row(struct csv *p, const char *from)
{
	p->row_from = p->cell_from = from;
	p->row_line = p->cell_line = p->line;
	p->n = 0;
	p->bad_column = 0;
	p->closed = NULL;
	p->doubled = false;
	if (p->row_mem_used) {
		arena_reset(&p->row_mem);
		p->row_mem_used = false;
	}
}

/* Sends the open row, which ends before `end`. */
static bool
send_row(struct csv *p, const char *end, const struct row_sink *sink,
    struct kpid_err *err)
{
	struct row row = { .line = p->row_line };

	row.raw = (struct slice){ p->row_from, (size_t)(end - p->row_from) };
	if (!end_cell(p, end, err))
		return false;
	if (p->bad_column > 0)
		return sink->bad(sink->ctx, p->bad_line, p->bad_column, row.raw,
		    "text follows a closing quote", err);
	row.cells = p->cells;
	row.n = p->n;
	return sink->row(sink->ctx, &row, err);
}

/* A line end outside quotes: of a row, or of an empty line. */
static bool
end_line(struct csv *p, const char *end, const struct row_sink *sink,
    struct kpid_err *err)
{
	bool empty = end == p->row_from;

	if (!empty && !send_row(p, end, sink, err))
		return false;
	if (!empty || *end == '\r' || !p->cr)
		p->line++;
	p->cr = *end == '\r';
	begin_row(p, end + 1);
	return true;
}

/* Finds the quote that closes the open cell; without one the marks are used
 * up. */
static void
find_closing(struct csv *p)
{
	const char quote = p->dialect.quote;
	const char *at;

	while ((at = csv_marks_next(&p->marks)) != NULL) {
		if (*at == '\r' || (*at == '\n' && at[-1] != '\r'))
			p->line++;
		if (*at != quote)
			continue;
		if (at + 1 == p->marks.end || at[1] != quote) {
			p->closed = at;
			return;
		}
		(void)csv_marks_next(&p->marks);
		p->doubled = true;
	}
}

/* Sends the rows that are whole in text. p->row_from is then where the last
 * one begins, which is not, or the end of text. */
static bool
read_rows(struct csv *p, struct slice text, const struct row_sink *sink,
    struct kpid_err *err)
{
	const char *at;

	csv_marks_begin(&p->marks, p->dialect, text);
	begin_row(p, text.ptr);
	while ((at = csv_marks_next(&p->marks)) != NULL) {
		if (*at == p->dialect.delimiter) {
			if (!end_cell(p, at, err))
				return false;
		} else if (*at == p->dialect.quote) {
			if (all_blank(p->cell_from, at)) {
				p->cell_from = at;
				find_closing(p);
			}
		} else if (!end_line(p, at, sink, err)) {
			return false;
		}
	}
	return true;
}

/* The text is gone after this call: keeps what is of the open row. A row that
 * is too long is read as far as it goes, to say what is too long about it. */
static bool
keep_part(struct csv *p, struct slice text, const struct row_sink *sink,
    struct kpid_err *err)
{
	if (buf_put(&p->part, text.ptr, text.len))
		return true;
	if (!read_rows(p, buf_slice(&p->part), sink, err))
		return false;
	p->line = p->row_line;
	return refuse_long_row(p, err);
}

/* Completes the row that was cut. What is left of text follows it. */
static bool
join_part(struct csv *p, struct slice *text, const struct row_sink *sink,
    struct kpid_err *err)
{
	const char *end = csv_row_end(p->dialect, &p->open, *text);
	struct slice piece = *text;

	if (end != NULL)
		piece.len = (size_t)(end - text->ptr);
	if (!keep_part(p, piece, sink, err))
		return false;
	text->ptr += piece.len;
	text->len -= piece.len;
	if (end == NULL)
		return true;
	if (!read_rows(p, buf_slice(&p->part), sink, err))
		return false;
	buf_clear(&p->part);
	return true;
}

/* The last row of a body that does not end in a line end. */
static bool
finish(struct csv *p, const struct row_sink *sink, struct kpid_err *err)
{
	struct slice text = buf_slice(&p->part);
	const char *end;

	if (text.len == 0)
		return true;
	if (!read_rows(p, text, sink, err))
		return false;
	end = text.ptr + text.len;
	if (p->closed == NULL && p->cell_from < end
	    && *p->cell_from == p->dialect.quote) {
		if (end - p->cell_from > LIMIT_CELL_BYTES)
			return refuse_long_cell(p, err);
		return err_set(err, KPID_EPARSE,
		    "line %" PRIu32 " column %zu: the quote that opens here is "
		    "never closed",
		    p->cell_line, p->n + 1);
	}
	return send_row(p, end, sink, err);
}

bool
csv_push(struct csv *p, struct slice text, bool last,
    const struct row_sink *sink, struct kpid_err *err)
{
	if (p->part.len > 0 && text.len > 0 && !join_part(p, &text, sink, err))
		return false;
	if (text.len > 0) {
		const char *end = text.ptr + text.len;

		if (!read_rows(p, text, sink, err))
			return false;
		text.ptr = p->row_from;
		text.len = (size_t)(end - p->row_from);
		p->line = p->row_line;
		p->open = AT_CELL;
		(void)csv_row_end(p->dialect, &p->open, text);
		if (!keep_part(p, text, sink, err))
			return false;
	}
	return last ? finish(p, sink, err) : true;
}
