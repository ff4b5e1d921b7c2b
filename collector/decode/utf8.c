#include <string.h>

#include "scan.h"

#define EVERY_BYTE 0x0101010101010101ULL
#define HIGH_BITS  0x8080808080808080ULL

/* A byte of a word shows its high bit when it is beyond ASCII, and less one
 * when it was NUL: one test for both. */
static bool
word_is_plain(const uint8_t *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
	return ((word | (word - EVERY_BYTE)) & HIGH_BITS) == 0;
}

size_t
ascii_run(const uint8_t *p, size_t len)
{
	size_t n = 0;

	while (len - n >= 8 && word_is_plain(p + n))
		n += 8;
	while (n < len && p[n] != 0 && p[n] < 0x80)
		n++;
	return n;
}

/* Length of a character by its first byte; 0: none begins so. */
static int
lead_length(uint8_t lead)
{
	if (lead >= 0xe0 && lead <= 0xef)
		return 3;
	if (lead >= 0xc2 && lead <= 0xdf)
		return 2;
	if (lead >= 0xf0 && lead <= 0xf4)
		return 4;
	return 0;
}

/* The second byte carries all that is special: overlong forms (e0, f0),
 * surrogates (ed), the end of Unicode (f4). */
static bool
second_fits(uint8_t lead, uint8_t second)
{
	if (second < 0x80 || second > 0xbf)
		return false;
	switch (lead) {
	case 0xe0:
		return second >= 0xa0;
	case 0xed:
		return second <= 0x9f;
	case 0xf0:
		return second >= 0x90;
	case 0xf4:
		return second <= 0x8f;
	default:
		return true;
	}
}

/* Kana and kanji, nearly all that is not ASCII here: three bytes of which the
 * second is not restricted. */
static bool
is_common(const uint8_t *p, size_t len)
{
	return len >= 3 && p[0] >= 0xe1 && p[0] <= 0xec && (p[1] & 0xc0) == 0x80
	    && (p[2] & 0xc0) == 0x80;
}

/* Length of the character at p; 0: more bytes are needed; negative: that many
 * bytes are no character. */
static int
utf8_character(const uint8_t *p, size_t len)
{
	int n = lead_length(p[0]);

	if (n == 0)
		return -1;
	for (int i = 1; i < n; i++) {
		if ((size_t)i == len)
			return 0;
		if (i == 1 ? !second_fits(p[0], p[1]) : (p[i] & 0xc0) != 0x80)
			return -(i + 1);
	}
	return n;
}

/* U+E000..F8FF, and planes 15 and 16. */
static bool
is_private_use(const uint8_t *p)
{
	return p[0] == 0xee || (p[0] == 0xef && p[1] < 0xa4)
	    || (p[0] == 0xf3 && p[1] >= 0xb0) || p[0] == 0xf4;
}

static void
note_private_use(struct scan *s)
{
	if (s->private_use++ == 0)
		s->first_private = s->used;
}

struct scan
utf8_scan(const uint8_t *p, size_t len)
{
	struct scan s = { 0 };

	for (;;) {
		int n;

		for (; is_common(p + s.used, len - s.used); s.used += 3)
			s.wide = true;
		s.used += ascii_run(p + s.used, len - s.used);
		if (s.used == len)
			return s;
		if (is_common(p + s.used, len - s.used))
			continue;
		n = utf8_character(p + s.used, len - s.used);
		if (n <= 0) {
			s.cut = n == 0;
			s.bad = (size_t)-n;
			return s;
		}
		s.wide = true;
		if (p[s.used] >= 0xee && is_private_use(p + s.used))
			note_private_use(&s);
		s.used += (size_t)n;
	}
}
