/* Labels and names: the text by which two of them are the same. */
#include "kpid/label.h"

#include <stdlib.h>
#include <string.h>
#include <uninorm.h>
#include <unistr.h>

static bool
is_ascii(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] >= 0x80)
			return false;
	return true;
}

/* Variation selectors pick a glyph; the others have no width and no meaning
 * in a name, and are left by copying out of web pages. */
static bool
is_invisible(ucs4_t c)
{
	return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF)
	    || (c >= 0x200B && c <= 0x200D) || c == 0xFEFF || c == 0xAD;
}

static bool
is_blank(ucs4_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x2028
	    || c == 0x3000 || c == 0xA0;
}

/* 総　数 is 総数; between Latin words a blank says something. */
static bool
blank_counts(ucs4_t before, ucs4_t after)
{
	return before != 0 && before < 0x250 && after < 0x250;
}

/* Folds NFKC text into out, which has room for len bytes; returns how many. */
static size_t
fold(const uint8_t *text, size_t len, char *out)
{
	ucs4_t before = 0;
	bool blank = false;
	size_t n = 0;

	for (size_t i = 0, step; i < len; i += step) {
		ucs4_t c = text[i];

		step = (size_t)u8_mbtouc(&c, text + i, len - i);
		if (is_invisible(c))
			continue;
		if (is_blank(c)) {
			blank = true;
			continue;
		}
		if (blank && blank_counts(before, c))
			out[n++] = ' ';
		memcpy(out + n, text + i, step);
		n += step;
		before = c;
		blank = false;
	}
	return n;
}

char *
label_key(struct slice label, struct arena *mem)
{
	const uint8_t *text = (const uint8_t *)label.ptr;
	uint8_t stack[512], *nfkc = NULL;
	size_t len = label.len;

	if (!is_ascii(label)) {
		size_t room = sizeof(stack);

		nfkc = u8_normalize(UNINORM_NFKC, text, len, stack, &room);
		if (nfkc != NULL) { /* NULL: not UTF-8, as it stands */
			text = nfkc;
			len = room;
		}
	}
	char *out = arena_alloc(mem, len + 1);

	out[fold(text, len, out)] = '\0';
	if (nfkc != stack)
		free(nfkc);
	return out;
}

/* Is there anything inside that fold would change? */
static bool
is_spread(struct slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c <= ' ' || c == 0xC2 || c == 0xE2 || c == 0xEF || c == 0xF3
		    || (c == 0xE3 && i + 2 < s.len
			&& memcmp(s.ptr + i, "\xe3\x80\x80", 3) == 0))
			return true;
	}
	return false;
}

struct slice
label_squeeze(struct slice label, struct arena *mem)
{
	char *out;

	label = slice_trim(label);
	if (!is_spread(label))
		return label;
	out = arena_alloc(mem, label.len + 1);
	return (struct slice){ out,
		fold((const uint8_t *)label.ptr, label.len, out) };
}
