/*
 * Reads a named JSON shape in pieces of a given size into the text of what was
 * seen; an error is the last line of it.
 */
#ifndef TEST_SUPPORT_SHAPE_RUN_H
#define TEST_SUPPORT_SHAPE_RUN_H

#include "kpid/parse.h"
#include "rows.h"

struct shape_case {
	const char *in, *want, *why;
};

struct shape_text {
	struct slice text;
	size_t size; /* of a piece */
};

static inline bool
shape_text_read(void *ctx, const struct text_sink *to, struct kpid_err *err)
{
	const struct shape_text *t = ctx;
	bool ok = true;

	for (size_t from = 0; ok && from < t->text.len; from += t->size) {
		size_t left = t->text.len - from;
		struct slice piece = piece_new(t->text, from,
		    from + (left < t->size ? left : t->size));

		ok = to->text(to->ctx, piece, err);
		piece_free(piece);
	}
	return ok;
}

static inline void
shape_run(enum feed_format format, struct slice in, size_t size, struct seen *s)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct shape_text text = { in, size };
	const struct text_source source = { &text, shape_text_read };
	const struct row_sink sink = seen_sink(s);
	struct kpid_err err = { 0 };

	if (!shape_read(format, &source, &sink, &mem, &err))
		cr_assert(buf_printf(&s->text, "error %s\n", err.msg));
}

/* Each case in pieces of every size up to 40 bytes, and whole. */
static inline void
shape_expect(enum feed_format format, const struct shape_case *table, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t size = 1; size <= 41; size++) {
			CLEANUP(seen_release) struct seen s;

			seen_init(&s);
			shape_run(format, slice_of(table[i].in),
			    size == 41 ? 1 << 20 : size, &s);
			cr_expect_str_eq(seen_text(&s), table[i].want,
			    "row %zu (%s) in pieces of %zu: got\n%s", i,
			    table[i].why, size, seen_text(&s));
		}
}

#endif
