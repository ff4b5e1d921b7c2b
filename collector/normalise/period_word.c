/* The words and numbers that periods are made of. */
#include <string.h>

#include "numeral.h"
#include "period_grammar.h"

const char scan_unreadable[] = "not a year, month, day or span that is read";

bool
scan_refuse(const char **why, const char *text)
{
	*why = text;
	return false;
}

enum scanned
scanned_if(bool read)
{
	return read ? SCAN_READ : SCAN_REFUSED;
}

bool
scan_word(struct scan *s, const char *word)
{
	size_t len = strlen(word);

	if (s->rest.len < len || memcmp(s->rest.ptr, word, len) != 0)
		return false;
	s->rest.ptr += len;
	s->rest.len -= len;
	return true;
}

/* 十, 二十, 二十九, 三十一: the tens of dates. */
static void
add_ten(struct scan *s, int *value, int *digits)
{
	size_t len = 0;

	if (!scan_word(s, "十"))
		return;
	*value = (*digits == 0 ? 1 : *value) * 10;
	int ones = numeral_digit(s->rest.ptr, s->rest.ptr + s->rest.len, &len);

	if (ones >= 0 && len == 3) {
		*value += ones;
		s->rest.ptr += len;
		s->rest.len -= len;
	}
	*digits = 2;
}

bool
scan_number(struct scan *s, int max, int *out, int *digits)
{
	int value = 0, n = 0, d;
	size_t len = 0, script = 0;

	while (n < max
	    && (d = numeral_digit(s->rest.ptr, s->rest.ptr + s->rest.len, &len))
		>= 0
	    && (script == 0 || len == script)) {
		value = value * 10 + d;
		script = len;
		n++;
		s->rest.ptr += len;
		s->rest.len -= len;
	}
	if (max > 1 && n <= 1 && script != 1)
		add_ten(s, &value, &n);
	if (n == 0)
		return false;
	*out = value;
	*digits = n;
	return true;
}
