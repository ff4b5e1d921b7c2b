/*
 * The inner loops of the CSV parser: which bytes mean something, and where a
 * row ends.
 */
#ifndef KPID_PARSE_CSV_SCAN_H
#define KPID_PARSE_CSV_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "kpid/parse.h"

/* Walks over the marks of a text: delimiters, quotes, LF, CR, found for 64
 * bytes at once. */
struct csv_marks {
	char delimiter, quote;
	const char *block; /* the bytes that found is of */
	uint64_t found;    /* bit i: block[i] is a mark not yet given */
	const char *at;    /* first byte not looked at */
	const char *end;
};

/* Begins to walk over text. */
void csv_marks_begin(struct csv_marks *m, struct csv_dialect dialect,
    struct slice text);
/* The next block that has marks; false: there is none. */
bool csv_marks_fill(struct csv_marks *m);

/* The next mark, or NULL. */
static inline const char *
csv_marks_next(struct csv_marks *m)
{
	const char *mark;

	if (m->found == 0 && !csv_marks_fill(m))
		return NULL;
	mark = m->block + __builtin_ctzll(m->found);
	m->found &= m->found - 1;
	return mark;
}

/* A blank that is no delimiter. */
static inline bool
csv_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

enum csv_state {
	AT_CELL, /* nothing but blanks of it so far */
	IN_PLAIN,
	IN_QUOTED,
	AFTER_QUOTE /* the closing one, or half of a pair */
};

/* What follows the end of the row that is open at the beginning of text, or
 * NULL: it goes on, in *state. */
const char *csv_row_end(struct csv_dialect dialect, enum csv_state *state,
    struct slice text);

#endif
