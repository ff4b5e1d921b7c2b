/*
 * A sink that writes rows down as text, so that tests compare what a parser
 * gave with what a reader expects:
 *
 *	3: 202037|上田市|~		the row of line 3; ~ is null
 *	bad 4.2 [raw text] reason	line 4 column 2
 *	sheet 表1			a sheet begins
 *	legend [-] 計数のない場合	what a mark means
 *	partial there is more		the body says it is a part
 *	extra 3.7 a.b			a member that no column names; when
 *					extras is set
 *
 * Line ends inside a cell are written \n and \r. With places on, each cell is
 * followed by @line.column, and each row by [as it was written].
 */
#ifndef TEST_SUPPORT_ROWS_H
#define TEST_SUPPORT_ROWS_H

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/table.h"

struct seen {
	struct buf text;
	bool places, extras;
	size_t stop_after; /* rows until the sink fails; 0: none */
	size_t rows;
};

static inline void
seen_put(struct seen *s, struct slice text)
{
	bool ok = true;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		ok &= c == '\n' ? buf_puts(&s->text, "\\n")
		    : c == '\r' ? buf_puts(&s->text, "\\r")
				: buf_put(&s->text, &c, 1);
	}
	cr_assert(ok);
}

static inline bool
seen_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct seen *s = ctx;
	bool ok = buf_printf(&s->text, "%u: ", row->line);

	if (s->stop_after > 0 && s->rows++ == s->stop_after)
		return err_set(err, KPID_EDB, "enough");
	for (size_t i = 0; i < row->n; i++) {
		const struct cell *c = &row->cells[i];

		ok &= buf_puts(&s->text, i > 0 ? "|" : "");
		seen_put(s, c->kind == CELL_NULL ? slice_of("~") : c->text);
		if (s->places)
			ok &=
			    buf_printf(&s->text, "@%u.%u", c->line, c->column);
	}
	if (s->places && row->raw.ptr != NULL) {
		ok &= buf_puts(&s->text, " [");
		seen_put(s, row->raw);
		ok &= buf_puts(&s->text, "]");
	}
	cr_assert(ok && buf_puts(&s->text, "\n"));
	return true;
}

static inline bool
seen_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	struct seen *s = ctx;

	(void)err;
	cr_assert(buf_printf(&s->text, "bad %u.%u [", line, column));
	seen_put(s, raw);
	cr_assert(buf_printf(&s->text, "] %s\n", reason));
	return true;
}

static inline bool
seen_sheet(void *ctx, struct slice name, struct kpid_err *err)
{
	struct seen *s = ctx;

	(void)err;
	cr_assert(buf_puts(&s->text, "sheet "));
	seen_put(s, name);
	cr_assert(buf_puts(&s->text, "\n"));
	return true;
}

static inline bool
seen_legend(void *ctx, struct slice mark, struct slice meaning,
    struct kpid_err *err)
{
	struct seen *s = ctx;

	(void)err;
	cr_assert(buf_puts(&s->text, "legend ["));
	seen_put(s, mark);
	cr_assert(buf_puts(&s->text, "] "));
	seen_put(s, meaning);
	cr_assert(buf_puts(&s->text, "\n"));
	return true;
}

static inline bool
seen_partial(void *ctx, const char *text, struct kpid_err *err)
{
	struct seen *s = ctx;

	(void)err;
	cr_assert(buf_printf(&s->text, "partial %s\n", text));
	return true;
}

static inline bool
seen_extra(void *ctx, struct slice name, uint32_t line, uint32_t column,
    struct kpid_err *err)
{
	struct seen *s = ctx;

	(void)err;
	cr_assert(buf_printf(&s->text, "extra %u.%u ", line, column));
	seen_put(s, name);
	cr_assert(buf_puts(&s->text, "\n"));
	return true;
}

static inline struct row_sink
seen_sink(struct seen *s)
{
	return (struct row_sink){
		.ctx = s,
		.row = seen_row,
		.bad = seen_bad,
		.sheet = seen_sheet,
		.legend = seen_legend,
		.partial = seen_partial,
		.extra = s->extras ? seen_extra : NULL,
	};
}

/* What was seen, NUL-terminated. */
static inline const char *
seen_text(struct seen *s)
{
	cr_assert(buf_put(&s->text, "", 1));
	s->text.len--;
	return s->text.ptr;
}

static inline void
seen_init(struct seen *s)
{
	*s = (struct seen){ 0 };
	buf_init(&s->text, 64 << 20);
}

static inline void
seen_release(struct seen *s)
{
	buf_release(&s->text);
}

/* The piece [from, to) in memory of its own, of exactly its size: a parser
 * that reads past it, or keeps a slice of it, is found by the sanitizer. */
static inline struct slice
piece_new(struct slice text, size_t from, size_t to)
{
	char *copy = malloc(to - from + (to == from));

	cr_assert(copy != NULL);
	memcpy(copy, text.ptr + from, to - from);
	return (struct slice){ copy, to - from };
}

static inline void
piece_free(struct slice piece)
{
	free((void *)(uintptr_t)piece.ptr);
}

#endif
