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
#include "kpid/config.h"
#include "kpid/decode.h"
#include "kpid/table.h"

/*
 * Refuses a body that is no table text at all by what it is, with what to do:
 * an HTML page, a PDF, an Excel 97-2003 workbook, one with a password, an
 * archive that is not read, a saved response head, a response saved with the
 * lengths of its chunks. head: the first bytes as they came, out of their
 * envelope (kpid/archive.h), before decoding, 1,024 of them or more, or all.
 */
MUST_CHECK bool parse_refuse(struct slice head, struct kpid_err *err);
/* The same of JSON, where the contract expects text: what servers answer with
 * status 200 when they mean an error. */
MUST_CHECK bool parse_refuse_json(struct slice head, struct kpid_err *err);

struct csv_dialect {
	char delimiter;
	char quote; /* '\0': no character quotes */
};

struct csv;

/* Lives in mem; growing buffers inside are freed by csv_free. */
struct csv *csv_new(struct csv_dialect dialect, struct arena *mem);
/* Rows it gave are gone; NULL is fine. */
void csv_free(struct csv *p);
/*
 * text is cut anywhere between characters; last: no more comes. LF, CRLF and
 * CR end a row; a quoted field may hold any of them. Empty lines are no rows.
 * Rows may differ in length: what a table's rows must be is for layout to say;
 * each carries its raw text. A row with a character after a closing quote goes
 * to sink->bad. A quote never closed is an error that names the line where it
 * opened.
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
 * records), "$.groups[*].label" for the records "$.groups[*].rows[*]" (of what
 * the record lies in: before the records there). Documents may follow one
 * another, as a line each. A member whose name begins with $ or @ is written "['$']". A path
 * that finds nothing gives CELL_NULL at the place of the record.
 *
 * Numbers keep their own digits; one with an exponent becomes plain digits
 * (1.50e3 is 1500), its token is the cell's raw. true and false are the texts
 * "true" and "false". A record with an object or array where a column expects
 * one value goes to sink->bad; in a column from the root that is an error, as
 * is a member that stands twice on a path. sink->extra is told of members that
 * no path asks for: of the first hundred names.
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

/* Text that can be read again from its start, as often as asked. */
struct text_source {
	void *ctx;
	bool (*read)(void *ctx, const struct text_sink *to,
	    struct kpid_err *err);
};

/*
 * The JSON of statistical offices, by its name and without paths. Each row is
 * one observation; the first row sent is the header:
 *
 *   estat       tab tab_name cat01 cat01_name .. area area_name time time_name
 *               unit value annotation (dimensions that are there, in the order
 *               of CLASS_INF)
 *   ckan        the fields as named
 *   json-stat   each dimension's id and its id + "_name", value, status, unit
 *   sdmx-json   each dimension's id and its id + "_name", OBS_VALUE, each
 *               attribute's id
 *   world-bank  indicator indicator_name country country_name iso3 date value
 *               unit obs_status decimal
 *
 * Reads the text twice: once for what its codes mean (at most
 * LIMIT_JSON_META_BYTES), once for the values, one at a time. Several
 * documents one behind the other are the pages of one answer. An error that
 * the body tells (e-Stat STATUS, CKAN success) is an error with its text, and
 * so is one without any data (e-Stat STATUS 1); a body that says that more
 * pages follow and does not have them is told to sink->partial. What a sparse
 * JSON-stat "value" leaves out is no row, unless it has a status: then it is
 * a CELL_NULL, as null is. With several
 * JSON-stat data sets a column `dataset` comes first. Each cell has the place
 * of its own token: codes and names that stand in the explaining part have
 * theirs there. A body of another of these formats is refused by its name.
 */
MUST_CHECK bool shape_read(enum feed_format format,
    const struct text_source *text, const struct row_sink *sink,
    struct arena *mem, struct kpid_err *err);

/*
 * SDMX-CSV 1.0 and 2.0: the separator is found in the first line, names are
 * freed of their labels ("DIM_1: Dimension 1") and codes of theirs.
 */
struct sdmx_csv;
struct sdmx_csv *sdmx_csv_new(struct arena *mem);
void sdmx_csv_free(struct sdmx_csv *p);
MUST_CHECK bool sdmx_csv_push(struct sdmx_csv *p, struct slice text, bool last,
    const struct row_sink *sink, struct kpid_err *err);

/*
 * What a fetcher follows pages by (next_page_fn of kpid/fetch.h): e-Stat's
 * NEXT_KEY, CKAN's total, the World Bank's pages. *next: the URL of the page
 * that comes next, in mem; NULL when this was the last, or the format of the
 * feed's first contract has no pages. false: it is no page of that format, or
 * one that tells an error.
 */
struct page;
MUST_CHECK bool page_next(const struct page *page, struct arena *mem,
    const char **next, struct kpid_err *err);

/* What a fetcher tells of an HTTP error (error_text_fn of kpid/fetch.h): the
 * body's own message, where the format of the feed's first contract says how
 * errors are told. In mem; NULL: it tells none. */
const char *error_text(const struct feed *feed, struct slice body,
    struct arena *mem);

#endif
