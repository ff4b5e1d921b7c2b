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
	const char	*ptr;
	size_t		 len;
};

#define SLICE_FMT	"%.*s"		/* for printf, with SLICE_ARG */

struct slice slice_of(const char *s);		/* s borrowed, NULL is empty */
bool slice_is(struct slice s, const char *text);	/* byte for byte */
bool slice_eq(struct slice a, struct slice b);
struct slice slice_trim(struct slice s);	/* ASCII blanks and U+3000 */
int slice_width(struct slice s);		/* length as int, for %.*s */
char *slice_dup(struct slice s, struct arena *mem);	/* NUL-terminated */

/* A buffer that refuses to grow past max: appending fails and says so,
 * leaving what was there. Release it, or declare it with CLEANUP. */
struct buf {
	char	*ptr;
	size_t	 len, cap, max;
};

void buf_init(struct buf *b, size_t max);
void buf_release(struct buf *b);
void buf_clear(struct buf *b);			/* keeps the memory */
MUST_CHECK bool buf_put(struct buf *b, const void *p, size_t len);
MUST_CHECK bool buf_puts(struct buf *b, const char *s);
PRINTF(2, 3) MUST_CHECK bool buf_printf(struct buf *b, const char *fmt, ...);
struct slice buf_slice(const struct buf *b);	/* valid until the next put */

/* Lower-case hexadecimal of len bytes into out[2 * len + 1]. */
void hex_encode(const uint8_t *p, size_t len, char *out);
/* 2 * len hexadecimal digits into len bytes; false when they are not. */
MUST_CHECK bool hex_decode(const char *hex, uint8_t *out, size_t len);

#endif
