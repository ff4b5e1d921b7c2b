#include "ascii.h"
#include "scan.h"

static bool
is_lead(uint8_t c)
{
	return (c >= 0x81 && c <= 0x9f) || (c >= 0xe0 && c <= 0xfc);
}

/* Three bytes of UTF-8, and nothing to be said of it. */
static bool
is_common(uint16_t unit)
{
	return (unit >= 0x800 && unit < 0xe000) || unit >= 0xf900;
}

/* The pairs that p begins with, as far as they are common ones. Returns the
 * bytes read and moves out on. Writes a byte too many, for which a pair always
 * leaves room. */
static size_t
cp932_pairs(const struct cp932_table *table, const uint8_t *p, size_t len,
    char **out)
{
	char *o = *out;
	size_t n = 0;

	for (; n + 1 < len && p[n] >= 0x80; n += 2) {
		uint32_t unit = cp932_unit(table, p[n], p[n + 1]), utf8;

		if (!is_common((uint16_t)unit))
			break;
		utf8 = htole32(0x8080e0 | unit >> 12 | (unit & 0xfc0) << 2
		    | (unit & 0x3f) << 16);
		memcpy(o, &utf8, 4);
		o += 3;
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
		return utf8_put(out, 0xff61U + p[0] - 0xa1);
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
	if (is_private_use(unit))
		scan_private_use(s);
	s->used += 2;
	return utf8_put(out, unit);
}

struct scan
cp932_scan(const struct cp932_table *table, const uint8_t *p, size_t len,
    char *out)
{
	struct scan s = { 0 };
	char *o = out;

	for (;;) {
		size_t plain = ascii_copy(p + s.used, len - s.used, o);

		o += plain;
		s.used += plain;
		s.used += cp932_pairs(table, p + s.used, len - s.used, &o);
		while (s.used < len && p[s.used] >= 0x80 && !s.cut && !s.bad) {
			s.text = (size_t)(o - out);
			o = cp932_character(table, p + s.used, len - s.used, &s,
			    o);
		}
		s.nul = s.used < len && p[s.used] == 0;
		if (s.nul)
			s.bad = 1;
		if (s.used == len || s.cut || s.bad > 0)
			break;
	}
	s.text = (size_t)(o - out);
	return s;
}
