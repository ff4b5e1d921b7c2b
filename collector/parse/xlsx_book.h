/*
 * A workbook without its cells: sheets, shared strings, styles, and the
 * merged ranges of one sheet. Private to this room.
 */
#ifndef PARSE_XLSX_BOOK_H
#define PARSE_XLSX_BOOK_H

#include "xlsx_part.h"
#include "xlsx_value.h"

struct xlsx_sheet {
	const char *name;
	const char *relation; /* its id */
	const char *part;     /* NULL: its file is not there */
	bool hidden;
	bool table; /* a sheet of cells, not a chart */
};

/* Texts that cells name by number, one behind the other. */
struct xlsx_strings {
	struct buf text;
	struct buf ends; /* uint32_t each: where a text ends; a 0 before */
};

struct xlsx_book {
	zip_t *zip;
	struct arena *mem;
	const char *part; /* of the workbook itself */
	struct xlsx_sheet *sheets;
	size_t n_sheets, cap_sheets;
	bool date1904;
	struct xlsx_relations relations;
	struct xlsx_strings strings;
	enum xlsx_style *styles; /* by the number that cells have */
	size_t n_styles, cap_styles;
};

/* Sheets, relations and styles; everything in mem. Ended by xlsx_book_close,
 * also when it failed. */
MUST_CHECK bool xlsx_book_open(int fd, struct arena *mem, struct xlsx_book *out,
    struct kpid_err *err);
void xlsx_book_close(struct xlsx_book *b);

/* The part that the workbook has for a type of relation, or NULL. */
const char *xlsx_book_part(const struct xlsx_book *b, const char *type);

MUST_CHECK bool xlsx_styles_read(struct xlsx_book *b, struct kpid_err *err);
/* Of a cell's style number. */
enum xlsx_style xlsx_style_of(const struct xlsx_book *b, uint32_t number);

MUST_CHECK bool xlsx_strings_read(struct xlsx_book *b, struct kpid_err *err);
/* false: there is no string of that number. Borrowed from b. */
MUST_CHECK bool xlsx_string(const struct xlsx_book *b, uint32_t number,
    struct slice *out);

/* _x000D_ is a carriage return, _x005F_ a low line: in place. */
struct slice xlsx_unescape(char *text, size_t len);

#define XLSX_ROWS    1048576
#define XLSX_COLUMNS 16384

/* C5: column and row from 1 on. A reference without a row has row 0. */
MUST_CHECK bool xlsx_reference(const char *text, uint32_t *column,
    uint32_t *row);

struct xlsx_merge {
	uint32_t row, column, last_row, last_column;
	struct slice text; /* of its first cell; own memory */
};

/* Merged ranges in the order of their first cells. */
struct xlsx_merges {
	struct xlsx_merge *list;
	size_t n, cap;
	size_t next;              /* the first that has not begun */
	struct xlsx_merge **open; /* begun, and not ended above this row */
	size_t n_open;
	size_t kept; /* bytes of texts */
};

MUST_CHECK bool xlsx_merges_read(const struct xlsx_book *b, const char *part,
    struct xlsx_merges *out, struct kpid_err *err);
void xlsx_merges_free(struct xlsx_merges *m);
/* Takes the ranges of a row into `open`, and drops those that ended. Rows come
 * in order; one may be left out. */
void xlsx_merges_row(struct xlsx_merges *m, uint32_t row);
/* Keeps the text of a range's first cell for the rows below. */
MUST_CHECK bool xlsx_merge_keep(struct xlsx_merges *m, struct xlsx_merge *range,
    struct slice text, struct kpid_err *err);
/* Does any open range reach down to this row with a text? */
bool xlsx_merges_reach(const struct xlsx_merges *m, uint32_t row);

#endif
