/*
 * Every size that the outside decides has its limit here, with the reason.
 * A limit that is met is an error that names it; nothing is cut in silence.
 */
#ifndef KPID_LIMITS_H
#define KPID_LIMITS_H

/* Bytes of one fetched body. A feed may lower or raise it ("max_bytes"). */
#define LIMIT_BODY_BYTES      (8LL << 30)
/* Bytes of one configuration, goal or target file. */
#define LIMIT_CONFIG_BYTES    (16 << 20)
/* Bytes of one cell: longer than any remark seen in real tables (64 KiB is
 * the most that a spreadsheet saves), short enough to bound a row. */
#define LIMIT_CELL_BYTES      (1 << 20)
/* Cells of one row. XLSX ends at 16,384 columns. */
#define LIMIT_ROW_CELLS       16384
/* Bytes of one row, all cells together. */
#define LIMIT_ROW_BYTES       (16 << 20)
/* Nesting of JSON. */
#define LIMIT_JSON_DEPTH      64
/* Digits of one number, before and after the point together; PostgreSQL's
 * numeric carries far more, no statistic does. */
#define LIMIT_NUMBER_DIGITS   1000
/* Different series of one delivery: 1,741 municipalities x 500. */
#define LIMIT_DELIVERY_SERIES 1000000
/* Bytes of one rendered mail. */
#define LIMIT_MAIL_BYTES      (4 << 20)
/* Bytes of a response header line block, and of a redirect chain. */
#define LIMIT_REDIRECTS       5
/* Bytes read at once from a body: one arena and one chunk buffer live. */
#define CHUNK_BYTES           (256 << 10)

#endif
