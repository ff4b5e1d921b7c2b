/*
 * A row of a sheet while its cells come in, and the way it is sent: gaps
 * filled, merged ranges spread. Private to this room.
 */
#ifndef PARSE_XLSX_ROW_H
#define PARSE_XLSX_ROW_H

#include "kpid/table.h"
#include "xlsx_book.h"

struct xlsx_row {
	const struct row_sink *sink;
	const char *sheet; /* for messages */
	struct xlsx_merges merges;
	struct arena mem;   /* of texts; emptied for each row */
	struct cell *cells; /* own memory */
	size_t n, cap;
	uint32_t number; /* of this row; 0: none yet */
	uint32_t base;   /* line of row 0 */
	size_t bytes;    /* of texts in the row */
	uint64_t filled; /* cells of the sheet that its file does not hold */
};

void xlsx_row_free(struct xlsx_row *r);
/* Sends what merged ranges leave in the rows between. Rows come in order. */
MUST_CHECK bool xlsx_row_begin(struct xlsx_row *r, uint32_t number,
    struct kpid_err *err);
/* Cells come in order; texts are borrowed until the row is sent. */
MUST_CHECK bool xlsx_row_put(struct xlsx_row *r, uint32_t column,
    struct slice text, struct slice raw, struct kpid_err *err);
/* A row without any text is not sent. */
MUST_CHECK bool xlsx_row_end(struct xlsx_row *r, struct kpid_err *err);

#endif
