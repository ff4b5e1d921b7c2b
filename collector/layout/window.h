/*
 * The rows of a grid that may be the header's: copies of the last few, each
 * with its number as a spreadsheet counts it (a row of several lines is one,
 * an empty line is one too).
 */
#ifndef LAYOUT_WINDOW_H
#define LAYOUT_WINDOW_H

#include <stdbool.h>

#include "kpid/arena.h"
#include "kpid/config.h"
#include "kpid/table.h"

struct window_row {
	struct row row; /* lives in mem */
	uint32_t number;
	struct arena mem;
};

struct window {
	struct window_row *rows; /* by number */
	size_t n, cap;
	uint32_t line, number; /* where the row before ended; its number */
};

/* Room for cap rows, in mem; release it. */
void window_init(struct window *w, size_t cap, struct arena *mem);
void window_release(struct window *w);
/* Empty; rows are counted from the one behind this line. */
void window_begin(struct window *w, uint32_t line);
/* The number of the row that begins on line; raw as in struct row. */
uint32_t window_number(struct window *w, uint32_t line, struct slice raw);
/* A copy; there must be room. */
void window_keep(struct window *w, const struct row *row, uint32_t number);
/* Forgets the first row. */
void window_drop(struct window *w);

/* "line 5", in a workbook "row 5": for messages. */
struct where {
	char text[24];
};
struct where where_is(const struct contract *c, uint32_t line);

/* No text, or JSON null. */
bool cell_is_blank(const struct cell *c);
/* Without blanks on either side; empty for JSON null. */
struct slice cell_words(const struct cell *c);
/* No cell has a text of its own (one that a merged cell covers has none). */
bool row_is_blank(const struct row *row);

#endif
