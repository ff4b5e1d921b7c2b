/*
 * A push parser: what stands open at the end of a piece of text is copied,
 * everything else is handed on as slices of that piece.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "csv_scan.h"
#include "kpid/limits.h"
#include "kpid/parse.h"

enum csv_state {
	BETWEEN_ROWS,
	AT_CELL, /* a row is open, its next cell not begun */
	IN_PLAIN,
	IN_QUOTED,
	AFTER_QUOTE /* the closing one, or half of a pair */
};

#define FIRST_CELLS  64
#define REASON_BYTES 96

struct csv {
	struct csv_dialect dialect;
	struct csv_marks marks; /* what ends a plain cell */
	struct arena *mem;
	enum csv_state state;
	const char *at, *end;  /* the piece of text being read */
	const char *cell_from; /* the open cell, in this piece */
	const char *row_from;  /* the open row, in this piece */
	uint32_t line;
	bool cr; /* a row just ended in CR */
	uint32_t row_line, cell_line;
	struct cell *cells;
	size_t n, cap;
	size_t expected; /* cells of the first row, or 0 */
	size_t kept;     /* cells[0..kept) are in row_mem */
	struct buf part; /* open cell: what cannot be borrowed */
	struct buf raw;  /* open row: its earlier pieces */
	struct arena row_mem;
	uint32_t bad_column; /* text after a closing quote; or 0 */
	uint32_t bad_line;
};

struct csv *
csv_new(struct csv_dialect dialect, struct arena *mem)
{
	struct csv *p = arena_alloc(mem, sizeof(*p));

	p->dialect = dialect;
	p->marks = csv_marks_of(dialect.delimiter);
	p->mem = mem;
	p->line = 1;
	p->cap = FIRST_CELLS;
	p->cells = arena_array(mem, p->cap, sizeof(*p->cells));
	buf_init(&p->part, LIMIT_CELL_BYTES + 1); /* a quote to drop */
	buf_init(&p->raw, LIMIT_ROW_BYTES);
	return p;
}

void
csv_free(struct csv *p)
{
	if (p == NULL)
		return;
	buf_release(&p->part);
	buf_release(&p->raw);
	arena_release(&p->row_mem);
}

static bool
refuse_long_cell(const struct csv *p, struct kpid_err *err)
{
	return err_set(err, KPID_EPARSE,
	    "line %" PRIu32 " column %zu: the "
	    "cell is longer than %d bytes (LIMIT_CELL_BYTES). HINT: a quote "
	    "that is never closed swallows what follows it",
	    p->cell_line, p->n + 1, LIMIT_CELL_BYTES);
}

static bool
refuse_long_row(const struct csv *p, struct kpid_err *err)
{
	return err_set(err, KPID_EPARSE,
	    "line %" PRIu32 ": the row is longer "
	    "than %d bytes (LIMIT_ROW_BYTES)",
	    p->row_line, LIMIT_ROW_BYTES);
}

/* Moves what was read of the open cell out of the text. */
static bool
keep_part(struct csv *p, const char *upto, struct kpid_err *err)
{
	bool ok =
	    buf_put(&p->part, p->cell_from, (size_t)(upto - p->cell_from));

	p->cell_from = upto;
	return ok ? true : refuse_long_cell(p, err);
}

static bool
grow_cells(struct csv *p, struct kpid_err *err)
{
	struct cell *more;

	if (p->n == LIMIT_ROW_CELLS)
		return err_set(err, KPID_EPARSE,
		    "line %" PRIu32 ": the row "
		    "has more than %d cells (LIMIT_ROW_CELLS)",
		    p->row_line, LIMIT_ROW_CELLS);
	more = arena_array(p->mem, 2 * p->cap, sizeof(*more));
	memcpy(more, p->cells, p->n * sizeof(*more));
	p->cells = more;
	p->cap *= 2;
	return true;
}

/* Closes the open cell before upto. */
static bool
end_cell(struct csv *p, const char *upto, struct kpid_err *err)
{
	struct slice text = { p->cell_from, (size_t)(upto - p->cell_from) };

	if (p->part.len > 0) {
		if (!keep_part(p, upto, err))
			return false;
		text.len = p->part.len;
		text.ptr = arena_strndup(&p->row_mem, p->part.ptr, text.len);
		buf_clear(&p->part);
	}
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
	return true;
}

static void
forget_row(struct csv *p)
{
	if (p->row_mem.blocks != NULL)
		arena_reset(&p->row_mem);
	buf_clear(&p->raw);
	p->n = p->kept = 0;
	p->bad_column = 0;
	p->state = BETWEEN_ROWS;
}

/* The row as it was written, up to upto. */
static bool
raw_row(struct csv *p, const char *upto, struct slice *raw,
    struct kpid_err *err)
{
	size_t len = (size_t)(upto - p->row_from);

	*raw = (struct slice){ p->row_from, len };
	if (p->raw.len > 0) {
		if (!buf_put(&p->raw, p->row_from, len))
			return refuse_long_row(p, err);
		*raw = buf_slice(&p->raw);
	}
	return raw->len <= LIMIT_ROW_BYTES ? true : refuse_long_row(p, err);
}

static bool
send_ragged(struct csv *p, struct slice raw, const struct row_sink *sink,
    struct kpid_err *err)
{
	char reason[REASON_BYTES];
	size_t first = p->n < p->expected ? p->n : p->expected;

	(void)snprintf(reason, sizeof(reason),
	    "the row has %zu cells where "
	    "the first row has %zu",
	    p->n, p->expected);
	return sink->bad(sink->ctx, p->row_line, (uint32_t)first + 1, raw,
	    reason, err);
}

static bool
send_row(struct csv *p, struct slice raw, const struct row_sink *sink,
    struct kpid_err *err)
{
	struct row row = { p->cells, p->n, p->row_line };

	if (p->bad_column > 0)
		return sink->bad(sink->ctx, p->bad_line, p->bad_column, raw,
		    "text follows a closing quote", err);
	if (p->expected == 0)
		p->expected = p->n;
	if (p->n != p->expected && !p->dialect.lenient)
		return send_ragged(p, raw, sink, err);
	return sink->row(sink->ctx, &row, err);
}

/* Closes the open row before upto, where its line end stands. */
static bool
end_row(struct csv *p, const char *upto, const struct row_sink *sink,
    struct kpid_err *err)
{
	struct slice raw;

	if (!raw_row(p, upto, &raw, err) || !send_row(p, raw, sink, err))
		return false;
	forget_row(p);
	return true;
}

/* A plain or closed cell ended at p->at: with the row, or before the next. */
static bool
after_cell(struct csv *p, const struct row_sink *sink, struct kpid_err *err)
{
	const char *ended = p->at++;

	if (*ended == p->dialect.delimiter) {
		p->state = AT_CELL;
		return true;
	}
	p->cr = *ended == '\r';
	p->line++;
	return end_row(p, ended, sink, err);
}

static void
step_between(struct csv *p)
{
	char c = *p->at;

	if (c == '\n' || c == '\r') {
		if (c == '\r' || !p->cr)
			p->line++;
		p->cr = c == '\r';
		p->at++;
		return;
	}
	p->cr = false;
	p->row_from = p->at;
	p->row_line = p->line;
	p->state = AT_CELL;
}

static void
step_at_cell(struct csv *p)
{
	bool quoted = *p->at == p->dialect.quote;

	p->at += quoted;
	p->state = quoted ? IN_QUOTED : IN_PLAIN;
	p->cell_from = p->at;
	p->cell_line = p->line;
}

static bool
step_plain(struct csv *p, const struct row_sink *sink, struct kpid_err *err)
{
	p->at = csv_plain_end(&p->marks, p->at, p->end);
	if (p->at == p->end)
		return true;
	return end_cell(p, p->at, err) && after_cell(p, sink, err);
}

static void
step_quoted(struct csv *p)
{
	const char *from = p->at;
	const char *quote =
	    memchr(from, p->dialect.quote, (size_t)(p->end - from));

	p->at = quote != NULL ? quote : p->end;
	p->line += csv_lines(from, p->at, &p->cr);
	if (quote == NULL)
		return;
	p->cr = false;
	p->at++;
	p->state = AFTER_QUOTE;
}

/*
 * Behind a quote inside a quoted cell: a second one makes one character of
 * the two; anything else shows that it was the closing one. The quote itself
 * is the byte before, perhaps of the piece before, and then it is in part.
 */
static bool
step_after_quote(struct csv *p, const struct row_sink *sink,
    struct kpid_err *err)
{
	const char *quote = p->cell_from < p->at ? p->at - 1 : p->at;

	if (*p->at == p->dialect.quote) {
		if (!keep_part(p, p->at, err))
			return false;
		p->cell_from = ++p->at;
		p->state = IN_QUOTED;
		return true;
	}
	if (csv_is_mark(&p->marks, *p->at)) {
		if (quote == p->at)
			p->part.len--;
		return end_cell(p, quote, err) && after_cell(p, sink, err);
	}
	if (p->bad_column == 0) {
		p->bad_column = (uint32_t)p->n + 1;
		p->bad_line = p->line;
	}
	p->state = IN_PLAIN;
	return true;
}

static bool
step(struct csv *p, const struct row_sink *sink, struct kpid_err *err)
{
	switch (p->state) {
	case BETWEEN_ROWS:
		step_between(p);
		return true;
	case AT_CELL:
		step_at_cell(p);
		return true;
	case IN_PLAIN:
		return step_plain(p, sink, err);
	case IN_QUOTED:
		step_quoted(p);
		return true;
	case AFTER_QUOTE:
		return step_after_quote(p, sink, err);
	}
	return err_set(err, KPID_EINTERNAL, "no such state of a CSV parser");
}

/* The text is gone after this call: keeps what the open row needs of it. */
static bool
keep_row(struct csv *p, struct kpid_err *err)
{
	if (p->state == BETWEEN_ROWS)
		return true;
	if (p->state != AT_CELL && !keep_part(p, p->end, err))
		return false;
	for (; p->kept < p->n; p->kept++) {
		struct slice *text = &p->cells[p->kept].text;

		text->ptr = arena_strndup(&p->row_mem, text->ptr, text->len);
	}
	if (!buf_put(&p->raw, p->row_from, (size_t)(p->end - p->row_from)))
		return refuse_long_row(p, err);
	return true;
}

/* Closes the last row of a body that does not end in a line end. */
static bool
finish(struct csv *p, const struct row_sink *sink, struct kpid_err *err)
{
	const char *upto = p->end;

	if (p->state == BETWEEN_ROWS)
		return true;
	if (p->state == IN_QUOTED)
		return err_set(err, KPID_EPARSE,
		    "line %" PRIu32 " column %zu:"
		    " the quote that opens here is never closed",
		    p->cell_line, p->n + 1);
	if (p->state == AT_CELL) {
		p->cell_from = upto;
		p->cell_line = p->line;
	}
	if (p->state == AFTER_QUOTE) {
		/* The closing quote is the last byte of what is kept. */
		p->part.len--;
	}
	return end_cell(p, upto, err) && end_row(p, upto, sink, err);
}

bool
csv_push(struct csv *p, struct slice text, bool last,
    const struct row_sink *sink, struct kpid_err *err)
{
	p->at = p->cell_from = p->row_from = text.ptr;
	p->end = text.ptr + text.len;
	while (p->at < p->end)
		if (!step(p, sink, err))
			return false;
	if (text.len > 0 && !keep_row(p, err))
		return false;
	p->cell_from = p->row_from = p->end;
	return last ? finish(p, sink, err) : true;
}
