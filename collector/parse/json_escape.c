#include <string.h>

#include "json_escape.h"

#define HALF_PAIR "an escape is half of a surrogate pair"

/* The value of a hexadecimal digit, or -1. */
static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* A \uXXXX is complete. NULL: it is good. */
static const char *
judge(struct json_escapes *e)
{
	bool high = e->value >= 0xd800 && e->value <= 0xdbff;
	bool low = e->value >= 0xdc00 && e->value <= 0xdfff;
	bool awaited = e->high;

	e->state = ESCAPE_NONE;
	e->high = high;
	if (e->value == 0)
		return "the escape \\u0000 is no text";
	return low == awaited ? NULL : HALF_PAIR;
}

static const char *
step_hex(struct json_escapes *e, char c)
{
	int digit = hex_value(c);

	if (digit < 0) { /* no escape: the JSON reader will say so */
		*e = (struct json_escapes){ 0 };
		return NULL;
	}
	e->value = e->value * 16 + (unsigned)digit;
	return ++e->digits == 4 ? judge(e) : NULL;
}

static const char *
step_begun(struct json_escapes *e, char c)
{
	if (c == 'u') {
		e->state = ESCAPE_HEX;
		e->digits = 0;
		e->value = 0;
		return NULL;
	}
	e->state = ESCAPE_NONE;
	return e->high ? HALF_PAIR : NULL;
}

size_t
json_escapes_push(struct json_escapes *e, struct slice text, const char **why)
{
	size_t n = 0;

	while (n < text.len) {
		const char *bad = NULL, *next;

		if (e->state == ESCAPE_HEX) {
			bad = step_hex(e, text.ptr[n]);
		} else if (e->state == ESCAPE_BEGUN) {
			bad = step_begun(e, text.ptr[n]);
		} else if (e->high && text.ptr[n] != '\\') {
			bad = HALF_PAIR;
		} else {
			next = memchr(text.ptr + n, '\\', text.len - n);
			if (next == NULL)
				return text.len;
			n = (size_t)(next - text.ptr);
			e->state = ESCAPE_BEGUN;
		}
		if (bad != NULL) {
			*why = bad;
			return n;
		}
		n++;
	}
	return text.len;
}
