#include <iconv.h>
#include <string.h>

#include "kpid/error.h"
#include "scan.h"

static bool
is_lead(uint8_t c)
{
	return (c >= 0x81 && c <= 0x9f) || (c >= 0xe0 && c <= 0xfc);
}

/*
 * Fills the row of one lead byte. The converter stops at a pair that is no
 * character and leaves the input exactly there; what it wrote until then are
 * the characters before it, one unit each.
 */
static void
build_row(iconv_t cd, uint8_t lead, uint16_t row[CP932_TRAILS])
{
	char pairs[2 * CP932_TRAILS];

	for (size_t t = 0; t < CP932_TRAILS; t++) {
		pairs[2 * t] = (char)lead;
		pairs[2 * t + 1] = (char)(0x40 + t);
	}
	for (size_t t = 0; t < CP932_TRAILS; t++) {
		char *in = pairs + 2 * t, *out = (char *)(row + t);
		size_t in_left = sizeof(pairs) - 2 * t;
		size_t out_left = in_left;

		(void)iconv(cd, &in, &in_left, &out, &out_left);
		t = CP932_TRAILS - in_left / 2;
	}
}

void
cp932_table_build(struct cp932_table *table)
{
	iconv_t cd =
	    iconv_open(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? "UTF-16LE"
								 : "UTF-16BE",
		"CP932");

	if (cd == (iconv_t)-1)
		fatal("the C library cannot read CP932. "
		      "HINT: install its character set converters (gconv)");
	for (int lead = 0x81; lead <= 0xfc; lead++)
		if (is_lead((uint8_t)lead))
			build_row(cd, (uint8_t)lead, table->unit[lead - 0x81]);
	(void)iconv_close(cd);
}

uint16_t
cp932_unit(const struct cp932_table *table, uint8_t lead, uint8_t trail)
{
	if (!is_lead(lead) || trail < 0x40 || trail > 0xfc)
		return 0;
	return table->unit[lead - 0x81][trail - 0x40];
}

static char *
put_unit(char *out, uint16_t unit)
{
	if (unit < 0x800) {
		*out++ = (char)(0xc0 | unit >> 6);
	} else {
		*out++ = (char)(0xe0 | unit >> 12);
		*out++ = (char)(0x80 | (unit >> 6 & 0x3f));
	}
	*out++ = (char)(0x80 | (unit & 0x3f));
	return out;
}

static bool
is_private_use(uint16_t unit)
{
	return unit >= 0xe000 && unit <= 0xf8ff;
}

/* The pairs that p begins with, as far as nothing is to be said of them.
 * Returns the bytes read and moves out on. */
static size_t
cp932_pairs(const struct cp932_table *table, const uint8_t *p, size_t len,
    char **out)
{
	char *o = *out;
	size_t n = 0;

	for (; n + 1 < len; n += 2) {
		uint16_t unit = cp932_unit(table, p[n], p[n + 1]);

		if (unit == 0 || is_private_use(unit))
			break;
		o = put_unit(o, unit);
	}
	*out = o;
	return n;
}

/* One character beyond ASCII, or what is wrong with it. */
static char *
cp932_character(const struct cp932_table *table, const uint8_t *p, size_t len,
    struct scan *s, char *out)
{
	uint16_t unit;

	if (p[0] >= 0xa1 && p[0] <= 0xdf) {
		s->kana++;
		s->used++;
		return put_unit(out, (uint16_t)(0xff61 + p[0] - 0xa1));
	}
	if (!is_lead(p[0])) {
		s->bad = 1;
		return out;
	}
	if (len == 1) {
		s->cut = true;
		return out;
	}
	unit = cp932_unit(table, p[0], p[1]);
	if (unit == 0) {
		s->bad = 2;
		return out;
	}
	if (is_private_use(unit) && s->private_use++ == 0)
		s->first_private = s->used;
	s->used += 2;
	return put_unit(out, unit);
}

struct scan
cp932_scan(const struct cp932_table *table, const uint8_t *p, size_t len,
    char *out, size_t *out_len)
{
	struct scan s = { 0 };
	char *o = out;

	for (;;) {
		size_t plain = ascii_run(p + s.used, len - s.used);

		memcpy(o, p + s.used, plain);
		o += plain;
		s.used += plain;
		s.used += cp932_pairs(table, p + s.used, len - s.used, &o);
		while (s.used < len && p[s.used] >= 0x80 && !s.cut && !s.bad)
			o = cp932_character(table, p + s.used, len - s.used, &s,
			    o);
		if (s.used < len && p[s.used] == 0)
			s.bad = 1;
		if (s.used == len || s.cut || s.bad > 0)
			break;
	}
	*out_len = (size_t)(o - out);
	return s;
}
