#include "scan.h"

static uint32_t
unit_at(bool big_endian, const uint8_t *p)
{
	return (uint32_t)(big_endian ? p[0] << 8 | p[1] : p[1] << 8 | p[0]);
}

/* The other half of a pair whose first is high, or what is wrong. */
static uint32_t
join_pair(bool big_endian, const uint8_t *p, size_t len, struct scan *s)
{
	uint32_t high = unit_at(big_endian, p), low;

	if (high >= 0xdc00) {
		s->bad = 2;
		s->why = "the second half of a pair without its first";
		return 0;
	}
	if (len < 4) {
		s->cut = true;
		return 0;
	}
	low = unit_at(big_endian, p + 2);
	if (low < 0xdc00 || low > 0xdfff) {
		s->bad = 2;
		s->why = "the first half of a pair without its second";
		return 0;
	}
	return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

static char *
utf16_character(bool big_endian, const uint8_t *p, size_t len, struct scan *s,
    char *out)
{
	uint32_t c;

	if (len < 2) {
		s->cut = true;
		return out;
	}
	c = unit_at(big_endian, p);
	if (c == 0) {
		s->nul = true;
		s->bad = 2;
		return out;
	}
	if (c >= 0xd800 && c <= 0xdfff)
		c = join_pair(big_endian, p, len, s);
	if (c == 0)
		return out;
	if (is_private_use(c))
		scan_private_use(s);
	s->used += c >= 0x10000 ? 4 : 2;
	return utf8_put(out, c);
}

struct scan
utf16_scan(bool big_endian, const uint8_t *p, size_t len, char *out)
{
	struct scan s = { 0 };
	char *o = out;

	while (s.used < len && !s.cut && s.bad == 0) {
		o = utf16_character(big_endian, p + s.used, len - s.used, &s,
		    o);
		s.text = (size_t)(o - out);
	}
	return s;
}
