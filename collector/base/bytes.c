#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/bytes.h"

struct slice
slice_of(const char *s)
{
	return (struct slice){ s, s == NULL ? 0 : strlen(s) };
}

bool
slice_eq(struct slice a, struct slice b)
{
	return a.len == b.len
	    && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool
slice_is(struct slice s, const char *text)
{
	return slice_eq(s, slice_of(text));
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Bytes of the blank that s begins with: 0 when it begins with none. */
static size_t
blank_ahead(struct slice s)
{
	if (s.len > 0 && is_blank(s.ptr[0]))
		return 1;
	return s.len >= 3 && memcmp(s.ptr, "\u3000", 3) == 0 ? 3 : 0;
}

static size_t
blank_behind(struct slice s)
{
	if (s.len > 0 && is_blank(s.ptr[s.len - 1]))
		return 1;
	return s.len >= 3 && memcmp(s.ptr + s.len - 3, "\u3000", 3) == 0 ? 3
									 : 0;
}

struct slice
slice_trim(struct slice s)
{
	size_t n;

	while ((n = blank_ahead(s)) > 0) {
		s.ptr += n;
		s.len -= n;
	}
	while ((n = blank_behind(s)) > 0)
		s.len -= n;
	return s;
}

int
slice_width(struct slice s)
{
	return s.len > INT_MAX ? INT_MAX : (int)s.len;
}

char *
slice_dup(struct slice s, struct arena *mem)
{
	return arena_strndup(mem, s.ptr, s.len);
}

void
buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){ .max = max };
}

void
buf_release(struct buf *b)
{
	free(b->ptr);
	*b = (struct buf){ .max = b->max };
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
}

/* Room for len bytes more, or false when that is over the maximum. */
MUST_CHECK static bool
buf_room(struct buf *b, size_t len)
{
	size_t cap = b->cap == 0 ? 256 : b->cap;

	if (len > b->max - b->len)
		return false;
	if (b->cap - b->len >= len)
		return true;
	while (cap - b->len < len)
		cap = cap > b->max / 2 ? b->max : 2 * cap;
	b->ptr = realloc(b->ptr, cap);
	if (b->ptr == NULL)
		fatal("out of memory");
	b->cap = cap;
	return true;
}

bool
buf_put(struct buf *b, const void *p, size_t len)
{
	if (!buf_room(b, len))
		return false;
	if (len > 0)
		memcpy(b->ptr + b->len, p, len);
	b->len += len;
	return true;
}

bool
buf_puts(struct buf *b, const char *s)
{
	return buf_put(b, s, strlen(s));
}

/* vsnprintf writes a NUL that is no part of the buffer: it goes where the
 * next put begins, or, at the very end, into a text of its own. */
bool
buf_printf(struct buf *b, const char *fmt, ...)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	va_list ap, again;
	char *text;
	int len;

	va_start(ap, fmt);
	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (len < 0 || !buf_room(b, (size_t)len)) {
		va_end(again);
		return false;
	}
	text = b->cap - b->len > (size_t)len
	    ? b->ptr + b->len
	    : arena_alloc(&mem, (size_t)len + 1);
	(void)vsnprintf(text, (size_t)len + 1, fmt, again);
	va_end(again);
	if (len > 0 && text != b->ptr + b->len)
		memcpy(b->ptr + b->len, text, (size_t)len);
	b->len += (size_t)len;
	return true;
}

struct slice
buf_slice(const struct buf *b)
{
	return (struct slice){ b->ptr, b->len };
}

void
hex_encode(const uint8_t *p, size_t len, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		out[2 * i] = digits[p[i] >> 4];
		out[2 * i + 1] = digits[p[i] & 15];
	}
	out[2 * len] = '\0';
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool
hex_decode(const char *hex, uint8_t *out, size_t len)
{
	if (strlen(hex) != 2 * len)
		return false;
	for (size_t i = 0; i < 2 * len; i++) {
		if (hex_digit(hex[i]) < 0)
			return false;
	}
	for (size_t i = 0; i < len; i++)
		out[i] = (uint8_t)(hex_digit(hex[2 * i]) << 4
		    | hex_digit(hex[2 * i + 1]));
	return true;
}
