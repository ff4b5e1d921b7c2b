/*
 * The two readings of bytes: how far they go, and what stopped them.
 *
 * Pure functions over one piece of memory; the decoder keeps the state
 * between pieces.
 */
#ifndef KPID_DECODE_SCAN_H
#define KPID_DECODE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scan {
	size_t used;          /* bytes read as whole characters */
	size_t bad;           /* length of the bad sequence at used, or 0 */
	bool cut;             /* the last character needs more bytes */
	bool wide;            /* characters beyond ASCII (UTF-8 only) */
	size_t kana;          /* half-width kana (CP932 only) */
	size_t private_use;   /* private-use characters, and */
	size_t first_private; /* where the first of them stands */
};

/* Bytes of ASCII without NUL that p begins with, 8 at a time. */
size_t ascii_run(const uint8_t *p, size_t len);

/* Strict UTF-8: no surrogates, no overlong forms, nothing past U+10FFFF, no
 * NUL. The bytes themselves are the text. */
struct scan utf8_scan(const uint8_t *p, size_t len);

#define CP932_LEADS  (0xfc - 0x81 + 1)
#define CP932_TRAILS (0xfc - 0x40 + 1)
/* Of one byte of CP932 come at most so many of UTF-8. */
#define CP932_GROWTH 3

/* One UTF-16 unit for each pair of bytes, 0 where there is no character. */
struct cp932_table {
	uint16_t unit[CP932_LEADS][CP932_TRAILS];
};

/* Fills a zeroed table from the C library's converter; a C library without
 * it ends the process. */
void cp932_table_build(struct cp932_table *table);
/* The unit of a pair; 0 for what is no pair. */
uint16_t cp932_unit(const struct cp932_table *table, uint8_t lead,
    uint8_t trail);
/* Strict CP932 to UTF-8; out holds CP932_GROWTH * len bytes. */
struct scan cp932_scan(const struct cp932_table *table, const uint8_t *p,
    size_t len, char *out, size_t *out_len);

/* Whether bytes seen so far are EUC-JP; begin with { 0 }. */
struct euc_jp {
	uint8_t lead; /* of the character that is open, or 0 */
	uint8_t skip; /* bytes of JIS X 0212 still to come */
	bool broken;
};

/* Counts what fits EUC-JP and what does not; characters may be cut. */
void euc_jp_push(struct euc_jp *e, const struct cp932_table *table,
    const uint8_t *p, size_t len);
/* At the end: was all of it EUC-JP, with no character cut? */
bool euc_jp_clean(const struct euc_jp *e);

#endif
