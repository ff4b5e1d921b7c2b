/*
 * Reads JSON in pieces of a given size into the text of what was seen; an
 * error is the last line of it.
 */
#ifndef TEST_SUPPORT_JSON_READ_H
#define TEST_SUPPORT_JSON_READ_H

#include "kpid/parse.h"
#include "rows.h"

#define COLUMNS_MAX 8

static inline bool
json_read_pieces(struct json_table *p, struct slice text, size_t first,
    size_t size, struct seen *s, struct kpid_err *err)
{
	const struct row_sink sink = seen_sink(s);
	bool ok = true;

	for (size_t from = 0, to = first; ok; from = to, to += size) {
		struct slice piece;

		if (to > text.len)
			to = text.len;
		piece = piece_new(text, from, to);
		ok = json_table_push(p, piece, to == text.len, &sink, err);
		piece_free(piece);
		if (to == text.len)
			break;
	}
	return ok;
}

/* columns ends in NULL. */
static inline void
json_read(const char *records, const char *const columns[COLUMNS_MAX],
    struct slice text, size_t first, size_t size, struct seen *s)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct kpid_err err = { 0 };
	struct json_table *p = NULL;
	size_t n = 0;

	while (n < COLUMNS_MAX && columns[n] != NULL)
		n++;
	if (!json_table_new(records, columns, n, &mem, &p, &err)
	    || !json_read_pieces(p, text, first, size, s, &err))
		cr_assert(buf_printf(&s->text, "error %s\n", err.msg));
	json_table_free(p);
}

#endif
