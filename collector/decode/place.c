#include <string.h>

#include "kpid/place.h"

#define EVERY_BYTE 0x0101010101010101ULL
#define HIGH_BITS  0x8080808080808080ULL

struct place
place_first(void)
{
	return (struct place){ .line = 1 };
}

/* Whether one of the eight bytes is CR or LF: most words hold neither, which
 * is what makes counting lines cheaper than reading the text. */
static bool
word_has_line_end(uint64_t word)
{
	uint64_t lf = word ^ '\n' * EVERY_BYTE;
	uint64_t cr = word ^ '\r' * EVERY_BYTE;

	lf = (lf - EVERY_BYTE) & ~lf;
	cr = (cr - EVERY_BYTE) & ~cr;
	return ((lf | cr) & HIGH_BITS) != 0;
}

static void
place_step(struct place *at, char c)
{
	at->offset++;
	if (c == '\n' || c == '\r') {
		if (c == '\r' || !at->cr)
			at->line++;
		at->line_start = at->offset;
	}
	at->cr = c == '\r';
}

void
place_advance(struct place *at, struct slice text)
{
	const char *p = text.ptr, *end = text.ptr + text.len;

	while (p < end) {
		uint64_t word;

		if (end - p >= 8) {
			memcpy(&word, p, sizeof(word));
			if (!word_has_line_end(word)) {
				at->offset += 8;
				at->cr = false;
				p += 8;
				continue;
			}
		}
		for (int i = 0; i < 8 && p < end; i++)
			place_step(at, *p++);
	}
}

uint32_t
place_column(const struct place *at)
{
	return (uint32_t)(at->offset - at->line_start + 1);
}
