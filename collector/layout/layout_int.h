/*
 * What the parts of layout share: where it is in the grid, and how its rows
 * become the table's.
 */
#ifndef LAYOUT_INT_H
#define LAYOUT_INT_H

#include "capture.h"
#include "fill_down.h"
#include "kpid/layout.h"
#include "note.h"
#include "row_test.h"
#include "search.h"
#include "unpivot.h"
#include "window.h"

enum layout_state {
	LAYOUT_SEARCHING, /* for the header */
	LAYOUT_UNITS,     /* below it */
	LAYOUT_ROWS,
	LAYOUT_ENDED /* by `until` */
};

struct layout {
	const struct feed *feed;
	const struct contract *c;
	struct table_sink out;
	enum layout_state state;

	struct window window;
	bool begun;  /* the window counts rows */
	bool forced; /* what comes is the header again, no need to look */
	uint32_t header_rows, units;
	struct search search;
	const char *sheet; /* its name, in sheet_mem; NULL: no sheets */
	struct arena sheet_mem;
	uint32_t bad_line; /* first row above the header that was none.. */
	char bad_reason[96];
	struct notes notes; /* above the header */

	/* The header that holds. */
	struct arena header_mem;
	struct table_header header; /* the grid's, and what captures add */
	size_t width;               /* columns of the grid */
	uint32_t units_upto;        /* number of the last row of units */
	struct cell *cells;         /* of one row to send */

	bool strict; /* ragged rows are bad */
	bool wider;  /* ..or may be wider than the header: told once */
	struct captures captures;
	struct tests where, except, until;
	struct fill_down fill;
	struct unpivoter unpivot;
	bool plain; /* rows pass as they came */
};

/* Header and units are complete: sends the header; rows follow. */
MUST_CHECK bool layout_header(struct layout *l, struct kpid_err *err);
/* A row below the header. *again: it is the header again, and not taken. */
MUST_CHECK bool layout_row(struct layout *l, const struct row *row, bool *again,
    struct kpid_err *err);

#endif
