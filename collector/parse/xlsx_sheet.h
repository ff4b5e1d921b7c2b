/*
 * The cells of one sheet. Private to this room.
 */
#ifndef PARSE_XLSX_SHEET_H
#define PARSE_XLSX_SHEET_H

#include "kpid/table.h"
#include "xlsx_book.h"

/* index: the sheet's place in the book, whose strings are read. */
MUST_CHECK bool xlsx_sheet_read(const struct xlsx_book *b, size_t index,
    const struct row_sink *sink, struct kpid_err *err);

/* Has any cell of the part a text? */
MUST_CHECK bool xlsx_sheet_holds(const struct xlsx_book *b, const char *part,
    bool *out, struct kpid_err *err);

#endif
