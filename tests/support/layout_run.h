/*
 * A layout fed with a grid that is drawn as text, and what it sends, as text.
 *
 * A grid has a row on each line, its cells between bars; ~ is null, a cell
 * that begins with ^ is covered by a merged one, $ is a line break within a
 * cell. An empty line is no row. "!sheet NAME" begins a sheet, "!bad REASON"
 * is a row that is none. What is sent:
 *
 *	h2: 年|人口[千人]|=名		header of line 2; = is no column of the grid
 *	3: 2024|~			row of line 3
 *	bad 4.2 [raw] reason
 *	error ..			the last line, when it failed
 *
 * With places on, each name and cell is followed by @line.column.
 */
#ifndef TEST_SUPPORT_LAYOUT_RUN_H
#define TEST_SUPPORT_LAYOUT_RUN_H

#include <criterion/criterion.h>
#include <inttypes.h>
#include <string.h>

#include "kpid/layout.h"

#define LAID_CELLS 64

struct laid {
	struct feed feed;
	struct contract c;
	struct body_name name;
	struct arena mem;
	struct buf told;
	bool places;
	struct layout *l;
	uint32_t line, sheet;
	const struct row *given; /* the row the layout was given last.. */
	size_t same;             /* ..and how often it was passed on as it is */
};

static inline void
laid_put(struct laid *d, struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		cr_assert(buf_put(&d->told,
		    text.ptr[i] == '\n' ? "$" : &text.ptr[i], 1));
}

static inline void
laid_place(struct laid *d, uint32_t line, uint32_t column)
{
	if (d->places)
		cr_assert(buf_printf(&d->told, "@%" PRIu32 ".%" PRIu32, line,
		    column));
}

static inline bool
laid_header(void *ctx, const struct table_header *h, struct kpid_err *err)
{
	struct laid *d = ctx;

	(void)err;
	cr_assert(buf_printf(&d->told, "h%" PRIu32 ": ", h->line));
	for (size_t i = 0; i < h->n; i++) {
		const struct table_column *c = &h->columns[i];

		cr_assert(buf_puts(&d->told, i > 0 ? "|" : ""));
		if (c->number == 0)
			cr_assert(buf_puts(&d->told, "="));
		laid_put(d, c->name);
		if (c->unit.ptr != NULL)
			cr_assert(buf_printf(&d->told, "[%.*s]",
			    slice_width(c->unit), c->unit.ptr));
		laid_place(d, c->line, c->column);
	}
	cr_assert(buf_puts(&d->told, "\n"));
	return true;
}

static inline bool
laid_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct laid *d = ctx;

	(void)err;
	d->same += row == d->given;
	cr_assert(buf_printf(&d->told, "%" PRIu32 ": ", row->line));
	for (size_t i = 0; i < row->n; i++) {
		const struct cell *c = &row->cells[i];

		cr_assert(buf_puts(&d->told, i > 0 ? "|" : ""));
		cr_assert(buf_puts(&d->told,
		    c->kind == CELL_MERGED ? "^" : ""));
		laid_put(d, c->kind == CELL_NULL ? slice_of("~") : c->text);
		laid_place(d, c->line, c->column);
	}
	cr_assert(buf_puts(&d->told, "\n"));
	return true;
}

static inline bool
laid_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	struct laid *d = ctx;

	(void)err;
	cr_assert(buf_printf(&d->told,
	    "bad %" PRIu32 ".%" PRIu32 " [%.*s] %s\n", line, column,
	    slice_width(raw), raw.ptr, reason));
	return true;
}

static inline void
laid_init(struct laid *d)
{
	*d = (struct laid){
		.feed = { .name = "a", .file = "feeds/a.json" },
		.c = { .header = { .rows = 1, .join = "/" }, .line = 7 },
	};
	buf_init(&d->told, 16 << 20);
}

static inline void
laid_release(struct laid *d)
{
	buf_release(&d->told);
	arena_release(&d->mem);
}

/* One row of the drawing, in memory of its own that is gone afterwards. */
static inline bool
laid_give(struct laid *d, const struct row_sink *sink, const char *from,
    size_t len, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct cell cells[LAID_CELLS] = { 0 };
	char *text = arena_strndup(&mem, from, len);
	struct row row = { cells, 0, d->line, { text, len } };

	for (char *p = text; *p != '\0'; p++)
		*p = *p == '$' ? '\n' : *p;
	for (char *at = text, *end; at != NULL; at = end) {
		struct cell *c = &cells[row.n++];

		cr_assert(row.n < LAID_CELLS);
		end = strchr(at, '|');
		c->line = d->line;
		c->column = (uint32_t)row.n;
		c->text = (struct slice){ at,
			end != NULL ? (size_t)(end - at) : strlen(at) };
		if (slice_is(c->text, "~"))
			c->kind = CELL_NULL;
		if (*at == '^') {
			c->kind = CELL_MERGED;
			c->text = (struct slice){ at + 1, c->text.len - 1 };
		}
		end = end != NULL ? end + 1 : NULL;
	}
	if (d->c.format == FORMAT_XLSX)
		row.raw = (struct slice){ 0 };
	for (const char *p = text; *p != '\0'; p++)
		d->line += *p == '\n';
	d->given = &row;
	return sink->row(sink->ctx, &row, err);
}

static inline bool
laid_line(struct laid *d, const struct row_sink *sink, const char *from,
    size_t len, struct kpid_err *err)
{
	if (len > 7 && strncmp(from, "!sheet ", 7) == 0) {
		d->line = d->sheet++ * LINES_PER_SHEET;
		return sink->sheet(sink->ctx,
		    (struct slice){ from + 7, len - 7 }, err);
	}
	d->line++;
	if (len > 5 && strncmp(from, "!bad ", 5) == 0)
		return sink->bad(sink->ctx, d->line, 2,
		    (struct slice){ "raw", 3 },
		    slice_dup((struct slice){ from + 5, len - 5 }, &d->mem),
		    err);
	return len == 0 || laid_give(d, sink, from, len, err);
}

/* What comes of the grid under the contract as it now is. */
static inline const char *
laid(struct laid *d, const char *grid)
{
	const struct table_sink out = { .ctx = d,
		.header = laid_header,
		.row = laid_row,
		.bad = laid_bad };
	struct kpid_err err = { 0 };
	struct layout *l = NULL;
	bool ok = layout_new(&(struct layout_spec){ &d->feed, &d->c, &d->name },
	    &out, &d->mem, &l, &err);
	size_t len;

	buf_clear(&d->told);
	d->line = d->sheet = 0;
	d->same = 0;
	for (const char *at = grid; ok && *at != '\0'; at += len) {
		const struct row_sink sink = layout_sink(l);

		len = strcspn(at, "\n");
		ok = laid_line(d, &sink, at, len, &err);
		len += at[len] == '\n';
	}
	ok = ok && layout_end(l, &err);
	layout_free(l);
	if (!ok)
		cr_assert(buf_printf(&d->told, "error %s\n", err.msg));
	cr_assert(buf_put(&d->told, "", 1));
	d->told.len--;
	return d->told.ptr;
}

#endif
