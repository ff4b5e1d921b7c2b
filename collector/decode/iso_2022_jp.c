#include "scan.h"

#define ESC       0x1b
#define SHIFT_OUT 0x0e
#define SHIFT_IN  0x0f

static const struct escape {
	uint8_t second, third;
	enum jis_set set;
} escapes[] = {
	{ '(', 'B', JIS_ASCII },
	{ '(', 'J', JIS_ROMAN },
	{ '(', 'I', JIS_KATAKANA },
	{ '$', '@', JIS_DOUBLE },
	{ '$', 'B', JIS_DOUBLE },
};

/* The escape of two bytes behind ESC; NULL: there is none. *second: whether
 * one begins with the first of them. */
static const struct escape *
find_escape(const uint8_t *p, size_t len, bool *second)
{
	*second = len == 0;
	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++) {
		if (len == 0 || p[0] != escapes[i].second)
			continue;
		*second = true;
		if (len > 1 && p[1] == escapes[i].third)
			return &escapes[i];
	}
	return NULL;
}

/* An escape of three bytes, or what is wrong with it. One with nothing behind
 * the one before is an error of the standard: it could hide text. */
static void
jis_escape(struct jis_state *state, const uint8_t *p, size_t len,
    struct scan *s)
{
	bool second;
	const struct escape *e = find_escape(p + 1, len - 1, &second);

	if (e == NULL && second && len < 3) {
		s->cut = true;
		return;
	}
	if (e == NULL || state->escaped) {
		s->bad = second ? 3 : 2;
		s->why = e == NULL ? "an escape that it does not have"
				   : "it follows another escape, with nothing "
				     "between them";
		return;
	}
	state->set = e->set;
	state->escaped = state->seen = true;
	s->used += 3;
}

/* The character of one byte in the set that is designated; 0: none. */
static uint32_t
jis_single(enum jis_set set, uint8_t c)
{
	if (set == JIS_KATAKANA)
		return c >= 0x21 && c <= 0x5f ? 0xff61U + c - 0x21 : 0;
	if (c >= 0x80 || c == SHIFT_OUT || c == SHIFT_IN)
		return 0;
	if (set == JIS_ROMAN && c == 0x5c)
		return 0xa5;
	if (set == JIS_ROMAN && c == 0x7e)
		return 0x203e;
	return c;
}

static bool
is_half(uint8_t c)
{
	return c >= 0x21 && c <= 0x7e;
}

/* The character of two bytes; 0 and what is wrong, when there is none. */
static uint32_t
jis_double(const struct cp932_table *table, const uint8_t *p, size_t len,
    struct scan *s)
{
	uint32_t unit = 0;

	if (!is_half(p[0])) {
		s->bad = 1;
		if (p[0] == '\n' || p[0] == '\r')
			s->why = "a line ends in the middle of kanji";
		return 0;
	}
	if (len < 2) {
		s->cut = true;
		return 0;
	}
	if (is_half(p[1]))
		unit = jis0208_unit(table, p[0] - 0x21U, p[1] - 0x21U);
	if (unit == 0)
		s->bad = 2;
	return unit;
}

static char *
jis_character(const struct cp932_table *table, struct jis_state *state,
    const uint8_t *p, size_t len, struct scan *s, char *out)
{
	uint32_t c;

	if (p[0] == ESC) {
		jis_escape(state, p, len, s);
		return out;
	}
	if (state->set == JIS_DOUBLE) {
		c = jis_double(table, p, len, s);
	} else {
		c = jis_single(state->set, p[0]);
		s->bad = c == 0;
	}
	if (c == 0) {
		s->nul = p[0] == 0;
		return out;
	}
	state->escaped = false;
	s->used += state->set == JIS_DOUBLE ? 2 : 1;
	return utf8_put(out, c);
}

struct scan
jis_scan(const struct cp932_table *table, struct jis_state *state,
    const uint8_t *p, size_t len, char *out)
{
	struct scan s = { 0 };
	char *o = out;

	while (s.used < len && !s.cut && s.bad == 0)
		o = jis_character(table, state, p + s.used, len - s.used, &s,
		    o);
	s.text = (size_t)(o - out);
	return s;
}
