/*
 * numeric on the wire: number of digits, weight of the first, sign, display
 * scale, then base-10,000 digits without leading or trailing zeros.
 */
#include <stdbool.h>
#include <string.h>

#include "numeric.h"

#define SIGN_NEGATIVE 0x4000

size_t
int16_put(int16_t value, unsigned char *out)
{
	out[0] = (unsigned char)((uint16_t)value >> 8);
	out[1] = (unsigned char)((uint16_t)value & 0xff);
	return 2;
}

size_t
int32_put(int32_t value, unsigned char *out)
{
	uint32_t v = (uint32_t)value;

	out[0] = (unsigned char)(v >> 24);
	out[1] = (unsigned char)(v >> 16 & 0xff);
	out[2] = (unsigned char)(v >> 8 & 0xff);
	out[3] = (unsigned char)(v & 0xff);
	return 4;
}

/* The decimal digit at place p: 0 is the ones, -1 the tenths. */
static int
digit_at(struct slice whole, struct slice fraction, long p)
{
	if (p >= 0)
		return (size_t)p < whole.len
		    ? whole.ptr[whole.len - 1 - (size_t)p] - '0'
		    : 0;
	return (size_t)(-p) <= fraction.len ? fraction.ptr[-p - 1] - '0' : 0;
}

static int16_t
group_at(struct slice whole, struct slice fraction, long group)
{
	int value = 0;

	for (long p = group * 4 + 3; p >= group * 4; p--)
		value = value * 10 + digit_at(whole, fraction, p);
	return (int16_t)value;
}

size_t
numeric_put(struct slice text, unsigned char out[NUMERIC_MAX])
{
	bool negative = text.len > 0 && text.ptr[0] == '-';
	struct slice whole = { text.ptr + negative, text.len - negative };
	struct slice fraction = { NULL, 0 };
	const char *point = memchr(whole.ptr, '.', whole.len);
	size_t at = 8;

	if (point != NULL) {
		fraction.ptr = point + 1;
		fraction.len = (size_t)(whole.ptr + whole.len - fraction.ptr);
		whole.len = (size_t)(point - whole.ptr);
	}
	long first = whole.len > 0 ? ((long)whole.len - 1) / 4 : -1;
	long last = -(((long)fraction.len + 3) / 4);

	while (first >= last && group_at(whole, fraction, first) == 0)
		first--;
	while (last <= first && group_at(whole, fraction, last) == 0)
		last++;
	for (long g = first; g >= last; g--)
		at += int16_put(group_at(whole, fraction, g), out + at);
	bool zero = first < last;

	(void)int16_put((int16_t)((at - 8) / 2), out);
	(void)int16_put((int16_t)(zero ? 0 : first), out + 2);
	(void)int16_put(negative && !zero ? SIGN_NEGATIVE : 0, out + 4);
	(void)int16_put((int16_t)fraction.len, out + 6);
	return at;
}
