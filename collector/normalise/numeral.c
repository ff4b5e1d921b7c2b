/* The character map: full-width forms, signs, blanks, kanji digits. */
#include "numeral.h"

#include <string.h>
#include <unistr.h>

/* Characters of tables and the ASCII character that each stands for. */
static const struct {
	ucs4_t first, last;
	char ascii;
} stand_ins[] = {
	{ '\t', '\r', ' ' }, { 0x00A0, 0x00A0, ' ' }, /* no-break space */
	{ 0x2002, 0x2003, ' ' }, { 0x2009, 0x2009, ' ' },
	{ 0x202F, 0x202F, ' ' }, { 0x3000, 0x3000, ' ' },
	{ 0x2010, 0x2015, '-' }, /* hyphens and dashes */
	{ 0x2212, 0x2212, '-' }, /* minus sign */
	{ 0x25B2, 0x25B3, '-' }, /* triangles: negative, in */
				 /* Japanese accounts */
	{ 0x301C, 0x301C, '~' }, /* wave dash */
};

/* The ASCII character that stands for c, or 0. */
static char
ascii_for(ucs4_t c)
{
	if (c >= 0xFF01 && c <= 0xFF5E)
		return (char)(c - 0xFF01 + '!');
	for (size_t i = 0; i < ARRAY_LEN(stand_ins); i++)
		if (c >= stand_ins[i].first && c <= stand_ins[i].last)
			return stand_ins[i].ascii;
	return 0;
}

size_t
numeral_fold(struct slice cell, char *out)
{
	const uint8_t *p = (const uint8_t *)cell.ptr;
	size_t n = 0;

	for (size_t i = 0, step; i < cell.len; i += step) {
		ucs4_t c = p[i];

		step =
		    c < 0x80 ? 1 : (size_t)u8_mbtouc(&c, p + i, cell.len - i);
		char ascii = c < 0x80 && c >= ' ' ? 0 : ascii_for(c);

		if (ascii != 0) {
			out[n++] = ascii;
		} else {
			memcpy(out + n, p + i, step);
			n += step;
		}
	}
	return n;
}

int
numeral_digit(const char *p, const char *end, size_t *len)
{
	static const struct {
		const char *text;
		int value;
	} digits[] = {
		{ "〇", 0 },
		{ "零", 0 },
		{ "一", 1 },
		{ "二", 2 },
		{ "三", 3 },
		{ "四", 4 },
		{ "五", 5 },
		{ "六", 6 },
		{ "七", 7 },
		{ "八", 8 },
		{ "九", 9 },
	};

	if (p < end && *p >= '0' && *p <= '9') {
		*len = 1;
		return *p - '0';
	}
	if (end - p < 3)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(digits); i++)
		if (memcmp(p, digits[i].text, 3) == 0) {
			*len = 3;
			return digits[i].value;
		}
	return -1;
}
