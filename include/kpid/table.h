/*
 * The one table type that every format ends in.
 *
 * A parser sends a grid: rows of cells, each of which knows where it stood.
 * Layout (kpid/layout.h) finds the table in the grid and sends its columns
 * and rows. Nothing behind this type knows where a table came from.
 */
#ifndef KPID_TABLE_H
#define KPID_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "kpid/bytes.h"
#include "kpid/error.h"

enum cell_kind {
	CELL_TEXT,  /* text, or a number as written */
	CELL_NULL,  /* JSON null, or a path that found nothing */
	CELL_MERGED /* covered by a merged cell: text is that one's, which
		     * names what stands here and is no value of its own */
};

struct cell {
	struct slice text; /* UTF-8, quotes taken off; borrowed */
	struct slice raw;  /* as it stood, where text was made of it (a
			    * workbook's dates); else ptr is NULL */
	uint32_t line;     /* 1-based line of the body where it begins; XLSX:
			    * row of the sheet, see LINES_PER_SHEET */
	uint32_t column;   /* CSV, XLSX: 1-based field; JSON: 1-based byte */
	enum cell_kind kind;
};

/* Row r of a workbook's sheet s (0 is the first) is line s * this + r. */
#define LINES_PER_SHEET 1048576

struct row {
	const struct cell *cells;
	size_t n;
	uint32_t line;    /* where the row begins */
	struct slice raw; /* as it was written; ptr NULL: not known */
};

/* As it stood in the body. */
static inline struct slice
cell_raw(const struct cell *c)
{
	return c->raw.ptr != NULL ? c->raw : c->text;
}

/*
 * Who takes a grid. A row and its cells are borrowed for the call. row
 * returning false stops the parser, which returns false with the same err.
 * bad is told of a row that cannot be read as one (raw: as far as known); the
 * rest of the body goes on; it too may stop by returning false.
 */
struct row_sink {
	void *ctx;
	bool (*row)(void *ctx, const struct row *row, struct kpid_err *err);
	bool (*bad)(void *ctx, uint32_t line, uint32_t column, struct slice raw,
	    const char *reason, struct kpid_err *err);
	/* NULL, or told before its first row that a sheet begins. */
	bool (*sheet)(void *ctx, struct slice name, struct kpid_err *err);
	/* NULL, or told what a mark means where the body itself says so. */
	bool (*legend)(void *ctx, struct slice mark, struct slice meaning,
	    struct kpid_err *err);
	/* NULL, or told that the body says it is only a part: text says of
	 * what. */
	bool (*partial)(void *ctx, const char *text, struct kpid_err *err);
	/* NULL, or told once of each name of what rows have beside the
	 * columns: a member of a JSON record that no path asks for, by path. */
	bool (*extra)(void *ctx, struct slice name, uint32_t line,
	    uint32_t column, struct kpid_err *err);
};

/* For who does not look at the rows, or at what cannot be read as one. */
bool row_skip(void *ctx, const struct row *row, struct kpid_err *err);
bool bad_skip(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err);

/* A column of a table, borrowed for the call. */
struct table_column {
	struct slice name; /* header cells joined; may be empty or repeated */
	struct slice unit; /* of its units row; ptr NULL: there is none */
	uint32_t line, column; /* where the name stands; 0, 0: captured */
	uint32_t number;       /* 1-based in the grid; 0: made by layout */
	const struct table_column *of; /* unpivot: the columns of the grid.. */
	size_t n_of;                   /* ..whose cells stand below it */
};

struct table_header {
	const struct table_column *columns;
	size_t n;
	uint32_t line; /* of its first row */
	/* Cells above it that may say a unit: 単位：千円, (thousand yen) */
	const struct cell *notes;
	size_t n_notes;
};

/*
 * Who takes a table: its header, then its rows, cell i below column i, as many
 * as there are columns (a short row is filled up with blank cells). A header
 * that comes again (another block or sheet) replaces the one before. The rest
 * as in row_sink.
 */
struct table_sink {
	void *ctx;
	bool (*header)(void *ctx, const struct table_header *h,
	    struct kpid_err *err);
	bool (*row)(void *ctx, const struct row *row, struct kpid_err *err);
	bool (*bad)(void *ctx, uint32_t line, uint32_t column, struct slice raw,
	    const char *reason, struct kpid_err *err);
	bool (*legend)(void *ctx, struct slice mark, struct slice meaning,
	    struct kpid_err *err);
	bool (*partial)(void *ctx, const char *text, struct kpid_err *err);
	/* CSV whose rows may be wider than the header: of the first cell that
	 * is, whose text it is given. */
	bool (*extra)(void *ctx, struct slice name, uint32_t line,
	    uint32_t column, struct kpid_err *err);
};

#endif
