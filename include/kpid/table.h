/*
 * The one table type that every format ends in.
 *
 * A table is a stream of rows of cells; each cell knows where it stood. The
 * first row that a JSON parser sends is its header (the paths asked for); a
 * CSV parser sends every row of the file, the header among them. Nothing
 * behind this type knows where a table came from.
 */
#ifndef KPID_TABLE_H
#define KPID_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "kpid/bytes.h"
#include "kpid/error.h"

enum cell_kind {
	CELL_TEXT, /* text, or a number as written */
	CELL_NULL  /* JSON null, or a path that found nothing */
};

struct cell {
	struct slice text; /* UTF-8, quotes taken off; borrowed */
	uint32_t line;     /* 1-based line of the body where it begins */
	uint32_t column;   /* CSV: 1-based field; JSON: 1-based byte */
	enum cell_kind kind;
};

struct row {
	const struct cell *cells;
	size_t n;
	uint32_t line; /* where the row begins */
};

/*
 * Who takes the rows. A row and its cells are borrowed for the call. row
 * returning false stops the parser, which returns false with the same err.
 * bad is told of a row that cannot be read as one (raw: as far as known); the
 * rest of the body goes on; it too may stop by returning false.
 */
struct row_sink {
	void *ctx;
	bool (*row)(void *ctx, const struct row *row, struct kpid_err *err);
	bool (*bad)(void *ctx, uint32_t line, uint32_t column, struct slice raw,
	    const char *reason, struct kpid_err *err);
};

#endif
