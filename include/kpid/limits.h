/*
 * Every size that the outside decides has its limit here, with the reason.
 * A limit that is met is an error that names it; nothing is cut in silence.
 */
#ifndef KPID_LIMITS_H
#define KPID_LIMITS_H

/* Bytes of one fetched body. A feed may lower or raise it ("max_bytes"). */
#define LIMIT_BODY_BYTES           (8LL << 30)
/* Bytes of bodies that wait for the database, unless the configuration says
 * otherwise ("spool"): a week of a thousand feeds of 2 MB, on a disk that has
 * more. */
#define LIMIT_SPOOL_BYTES          (16LL << 30)
/* Bytes of one configuration, goal or target file. */
#define LIMIT_CONFIG_BYTES         (16 << 20)
/* Bytes of one cell: longer than any remark seen in real tables (64 KiB is
 * the most that a spreadsheet saves), short enough to bound a row. */
#define LIMIT_CELL_BYTES           (1 << 20)
/* Cells of one row. XLSX ends at 16,384 columns. */
#define LIMIT_ROW_CELLS            16384
/* Bytes of one row, all cells together. */
#define LIMIT_ROW_BYTES            (16 << 20)
/* Rows above a header that is searched for: notes on a cover are shorter. */
#define LIMIT_HEADER_ROWS          1000
/* Bytes of the JSON that explains codes (CLASS_INF, structure, dimension):
 * 20,000 codes of e-Stat take 4 MB. */
#define LIMIT_JSON_META_BYTES      (32 << 20)
/* Bytes of a workbook's shared strings, unpacked. */
#define LIMIT_SHARED_STRINGS_BYTES (32 << 20)
/* Merged ranges of one sheet: a form of 4,800 cells has 860. */
#define LIMIT_MERGED_RANGES        100000
/* Bytes of one sheet as XML, unpacked: a million rows of thirty columns take
 * 1 GB. It bounds time, not memory: a bomb packs a thousand to one. */
#define LIMIT_SHEET_BYTES          (2LL << 30)
/* Bytes of a workbook's other parts (sheet list, styles), each unpacked: 64,000
 * styles, where Excel ends, take 8 MB. */
#define LIMIT_WORKBOOK_BYTES       (32LL << 20)
/* Cells of one sheet that its file does not hold but a row needs: blank ones
 * between two others, those below a merged one. A million rows, a hundred of
 * them each. */
#define LIMIT_FILLED_CELLS         100000000
/* Nesting of XML; sheets take 6, shared strings 5. */
#define LIMIT_XML_DEPTH            64
/* Members of a zip archive; a workbook with pictures has some hundreds. */
#define LIMIT_ARCHIVE_MEMBERS      100000
/* Pages of one answer. */
#define LIMIT_PAGES                10000
/* Groups that the rows of one table are counted into. */
#define LIMIT_COUNT_GROUPS         200000
/* Nesting of JSON. */
#define LIMIT_JSON_DEPTH           64
/* Digits of one number, before and after the point together; PostgreSQL's
 * numeric carries far more, no statistic does. */
#define LIMIT_NUMBER_DIGITS        1000
/* Different series of one delivery: 1,741 municipalities x 500. */
#define LIMIT_DELIVERY_SERIES      1000000
/* Bytes of one rendered mail. */
#define LIMIT_MAIL_BYTES           (4 << 20)
/* Bytes of a response header line block, and of a redirect chain. */
#define LIMIT_REDIRECTS            5
/* Bytes read at once from a body: one arena and one chunk buffer live. */
#define CHUNK_BYTES                (256 << 10)

#endif
