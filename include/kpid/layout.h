/*
 * A grid to a table: which row is the header, where the rows begin and end.
 *
 * Finds the header, joins its rows into names, takes notes above it and the
 * titles of sections as columns, fills down, leaves rows out, makes columns
 * rows (unpivot). Knows nothing of numbers, periods or indicators: texts are
 * only compared. Rows between the header and the table's end that are no
 * table rows (too short or long in a strict contract) go to bad.
 *
 * Rows are counted as a spreadsheet does: a row of several lines is one, an
 * empty line is one too; in a workbook, as its sheet does. A header of several
 * rows begins with a row that has one of the labels looked for (or, when the
 * contract's columns are, a part of one).
 *
 * In a row: what ends the table or begins a section is looked for first, then
 * blanks are filled down, then tests leave rows out, then raggedness is
 * judged. A test without a column sees the row as it stood. A row that is left
 * out fills down all the same; a ragged one does not.
 *
 * Memory: the rows of the header, one row.
 */
#ifndef KPID_LAYOUT_H
#define KPID_LAYOUT_H

#include <stdbool.h>

#include "kpid/arena.h"
#include "kpid/config.h"
#include "kpid/error.h"
#include "kpid/table.h"

/* What captures may ask for beside the grid; either may be NULL. */
struct body_name {
	const char *file; /* "h29_08.csv" */
	const char *url;
};

/* What is laid out, and by what. */
struct layout_spec {
	const struct feed *feed; /* for messages */
	const struct contract *contract;
	const struct body_name *name;
};

struct layout;

/* Lives in mem; what spec points at and out are borrowed. false: a pattern
 * cannot be read, or a capture finds nothing in the name. */
MUST_CHECK bool layout_new(const struct layout_spec *spec,
    const struct table_sink *out, struct arena *mem, struct layout **l,
    struct kpid_err *err);
/* NULL is fine. */
void layout_free(struct layout *l);
/* What the parser is given. */
struct row_sink layout_sink(struct layout *l);
/* After the last row: a grid without its header is an error that says what
 * was looked for and what came nearest. */
MUST_CHECK bool layout_end(struct layout *l, struct kpid_err *err);

#endif
