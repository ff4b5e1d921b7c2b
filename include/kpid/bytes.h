/*
 * Byte slices and a growing buffer with a stated maximum.
 *
 * A slice is borrowed memory with a length, not NUL-terminated; who owns it
 * is said where it is handed over.
 */
#ifndef KPID_BYTES_H
#define KPID_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kpid/arena.h"
#include "kpid/error.h"

struct slice {
	const char *ptr;
	size_t len;
};

#define SLICE_FMT "%.*s" /* for printf, with SLICE_ARG */

/* s is borrowed; NULL is the empty slice. */
struct slice slice_of(const char *s);
/* Byte for byte. */
bool slice_is(struct slice s, const char *text);
/* Byte for byte; two empty ones are equal, wherever they point. */
bool slice_eq(struct slice a, struct slice b);
/* Without ASCII blanks and U+3000 on either side; borrowed from s. */
struct slice slice_trim(struct slice s);
/* Its length as printf wants it for %.*s, INT_MAX at the most. */
int slice_width(struct slice s);
/* A copy with a NUL behind it, in mem. */
char *slice_dup(struct slice s, struct arena *mem);

/* A buffer that refuses to grow past max: appending fails and says so,
 * leaving what was there. Release it, or declare it with CLEANUP. */
struct buf {
	char *ptr;
	size_t len, cap, max;
};

/* Empty; memory is taken as it grows, up to max bytes. */
void buf_init(struct buf *b, size_t max);
/* Twice is fine; what was borrowed of it is gone. */
void buf_release(struct buf *b);
/* Empties it and keeps the memory. */
void buf_clear(struct buf *b);
/* All of it or nothing. */
MUST_CHECK bool buf_put(struct buf *b, const void *p, size_t len);
/* Without the NUL. */
MUST_CHECK bool buf_puts(struct buf *b, const char *s);
/* All of it or nothing; the NUL is not counted. */
PRINTF(2, 3) MUST_CHECK bool buf_printf(struct buf *b, const char *fmt, ...);
/* What is in it: valid until the next put. */
struct slice buf_slice(const struct buf *b);

/* Lower-case hexadecimal of len bytes into out[2 * len + 1]. */
void hex_encode(const uint8_t *p, size_t len, char *out);
/* 2 * len hexadecimal digits into len bytes; false when they are not. */
MUST_CHECK bool hex_decode(const char *hex, uint8_t *out, size_t len);

#endif
