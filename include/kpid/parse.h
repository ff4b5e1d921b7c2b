/*
 * UTF-8 text to table rows, streaming.
 *
 * Knows formats (RFC 4180 CSV and its relatives, JSON by path), nothing of
 * indicators or periods. Memory does not grow with the body; a field or a row
 * over its limit (kpid/limits.h) is an error that names it.
 */
#ifndef KPID_PARSE_H
#define KPID_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "kpid/arena.h"
#include "kpid/bytes.h"
#include "kpid/error.h"
#include "kpid/table.h"

/*
 * Refuses a body that is no table text at all by what it is, with what to do:
 * an HTML page, a PDF, a workbook, an archive, a saved response head. head:
 * the first bytes as they came, before decoding, 1,024 of them or all.
 */
MUST_CHECK bool parse_refuse(struct slice head, struct kpid_err *err);

struct csv_dialect {
	char delimiter;
	char quote;   /* '\0': no character quotes */
	bool lenient; /* rows may differ in length */
};

struct csv;

/* Lives in mem; growing buffers inside are freed by csv_free. */
struct csv *csv_new(struct csv_dialect dialect, struct arena *mem);
/* Rows it gave are gone; NULL is fine. */
void csv_free(struct csv *p);
/*
 * text is cut anywhere between characters; last: no more comes. LF, CRLF and
 * CR end a row; a quoted field may hold any of them. Empty lines are no rows.
 * Strict: a row whose number of cells differs from the first row's goes to
 * sink->bad, as does a row with a character after a closing quote. A quote
 * never closed is an error that names the line where it opened.
 */
MUST_CHECK bool csv_push(struct csv *p, struct slice text, bool last,
    const struct row_sink *sink, struct kpid_err *err);

/*
 * JSON records by path. records: "$" "$.data[*]" "$.*" "$.a['b c'][*].rows[*]".
 * [*] also takes an object that stands where the list should, as one record;
 * null there is no record; nothing there is an error.
 *
 * columns: paths inside a record: "name", "a.b", "[3]", "a[0].b", "@key" (the
 * record's own member name), "@index" (its 0-based place), "@value" (a record
 * that is no object), "$.meta.date" (from the root: must stand before the
 * records). A member whose name begins with $ or @ is written "['$']". A path
 * that finds nothing gives CELL_NULL at the place of the record.
 *
 * Numbers keep their own digits; true and false are the texts "true" and
 * "false"; objects and arrays where a scalar is expected are an error naming
 * the path, as is a member that stands twice on a path.
 */
struct json_table;

/* false: a path that cannot be read. */
MUST_CHECK bool json_table_new(const char *records, const char *const *columns,
    size_t n_columns, struct arena *mem, struct json_table **out,
    struct kpid_err *err);
/* NULL is fine. */
void json_table_free(struct json_table *p);
/* The first row sent is the header: the columns as given. */
MUST_CHECK bool json_table_push(struct json_table *p, struct slice text,
    bool last, const struct row_sink *sink, struct kpid_err *err);

#endif
