#include "ascii.h"
#include "scan.h"

#define FIRST      0xa1
#define LAST       0xfe
#define KANA       0x8e /* one byte of half-width kana follows */
#define KANA_LAST  0xdf
#define SUPPLEMENT 0x8f /* two bytes of JIS X 0212 follow */

struct euc_jp {
	const struct cp932_table *table;
	const struct jis0212_table *supplement;
};

static bool
is_half(uint8_t c)
{
	return c >= FIRST && c <= LAST;
}

/* Bytes of the character that begins with lead; 1 for what is none. */
static size_t
length_of(uint8_t lead)
{
	if (lead == SUPPLEMENT)
		return 3;
	return lead == KANA || is_half(lead) ? 2 : 1;
}

/* The first of n bytes that cannot stand where it does; n: all can. */
static size_t
first_misfit(const uint8_t *p, size_t n)
{
	if (length_of(p[0]) == 1)
		return 0;
	for (size_t i = 1; i < n; i++)
		if (!is_half(p[i]) || (p[0] == KANA && p[i] > KANA_LAST))
			return i;
	return n;
}

static uint16_t
unit_of(const struct euc_jp *e, const uint8_t *p)
{
	if (p[0] == KANA)
		return (uint16_t)(0xff61 + p[1] - FIRST);
	if (p[0] == SUPPLEMENT)
		return jis0212_unit(e->supplement, (unsigned)p[1] - FIRST,
		    (unsigned)p[2] - FIRST);
	return jis0208_unit(e->table, (unsigned)p[0] - FIRST,
	    (unsigned)p[1] - FIRST);
}

/* One character beyond ASCII, or what is wrong with it. */
static char *
euc_jp_character(const struct euc_jp *e, const uint8_t *p, size_t len,
    struct scan *s, char *out)
{
	size_t n = length_of(p[0]), have = n < len ? n : len;
	size_t misfit = first_misfit(p, have);
	uint16_t unit;

	if (misfit < have) {
		s->bad = misfit + 1;
		return out;
	}
	if (have < n) {
		s->cut = true;
		return out;
	}
	unit = unit_of(e, p);
	if (unit == 0) {
		s->bad = n;
		return out;
	}
	s->used += n;
	return utf8_put(out, unit);
}

struct scan
euc_jp_scan(const struct cp932_table *table,
    const struct jis0212_table *supplement, const uint8_t *p, size_t len,
    char *out)
{
	const struct euc_jp e = { table, supplement };
	struct scan s = { 0 };
	char *o = out;

	for (;;) {
		size_t plain = ascii_copy(p + s.used, len - s.used, o);

		o += plain;
		s.used += plain;
		while (s.used < len && p[s.used] >= 0x80 && !s.cut && !s.bad)
			o = euc_jp_character(&e, p + s.used, len - s.used, &s,
			    o);
		s.nul = s.used < len && p[s.used] == 0;
		if (s.nul)
			s.bad = 1;
		if (s.used == len || s.cut || s.bad > 0)
			break;
	}
	s.text = (size_t)(o - out);
	return s;
}
