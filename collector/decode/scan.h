/*
 * The readings of bytes: how far they go, and what stopped them.
 *
 * Functions over one piece of memory; the decoder keeps what lies between
 * pieces. All but UTF-8 write text to `out`, which holds TEXT_GROWTH bytes for
 * each byte read. Double-byte encodings are read as the WHATWG Encoding
 * Standard says, but for errors, which are errors here.
 */
#ifndef KPID_DECODE_SCAN_H
#define KPID_DECODE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tables.h"

/* Of one byte come at most so many of UTF-8. */
#define TEXT_GROWTH 3

struct scan {
	size_t used;          /* bytes read as whole characters */
	size_t text;          /* bytes of UTF-8 made of them */
	size_t bad;           /* length of the bad sequence at used, or 0 */
	const char *why;      /* what it is, when that can be said; or NULL */
	bool nul;             /* the bad sequence is a NUL */
	bool cut;             /* the last character needs more bytes */
	size_t wide;          /* characters beyond ASCII (UTF-8 only) */
	size_t kana;          /* half-width kana (CP932 only) */
	size_t private_use;   /* private-use characters, and */
	size_t first_private; /* where in the text the first of them stands */
};

/* Writes a code point as UTF-8; returns what follows it. */
char *utf8_put(char *out, uint32_t code_point);
/* U+E000..F8FF, and planes 15 and 16. */
static inline bool
is_private_use(uint32_t c)
{
	return (c >= 0xe000 && c <= 0xf8ff) || c >= 0xf0000;
}

/* Counts a private-use character that follows s->text. */
void scan_private_use(struct scan *s);

/* Strict UTF-8: no surrogates, no overlong forms, nothing past U+10FFFF, no
 * NUL. The bytes themselves are the text. */
struct scan utf8_scan(const uint8_t *p, size_t len);
struct scan cp932_scan(const struct cp932_table *table, const uint8_t *p,
    size_t len, char *out);
/* Surrogates in pairs only, no NUL; a mark was taken off before. */
struct scan utf16_scan(bool big_endian, const uint8_t *p, size_t len,
    char *out);
struct scan euc_jp_scan(const struct cp932_table *table,
    const struct jis0212_table *supplement, const uint8_t *p, size_t len,
    char *out);

enum jis_set { JIS_ASCII, JIS_ROMAN, JIS_KATAKANA, JIS_DOUBLE };

/* What ISO-2022-JP has designated; { 0 } is its beginning. */
struct jis_state {
	enum jis_set set;
	bool escaped; /* and nothing has come since */
	bool seen;    /* an escape sequence, anywhere */
};

struct scan jis_scan(const struct cp932_table *table, struct jis_state *state,
    const uint8_t *p, size_t len, char *out);

#endif
