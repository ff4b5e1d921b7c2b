#include "kpid/block.h"
#include "kpid/place.h"

struct place
place_first(void)
{
	return (struct place){ .line = 1 };
}

/* Line ends of text: each CR, and each LF that does not follow one. *cr: the
 * byte before was CR, and so it is told on. */
static uint32_t
count_lines(struct slice text, bool *cr)
{
	uint64_t before = *cr;
	uint32_t lines = 0;
	size_t n = 0;

	for (; text.len - n >= BLOCK_BYTES; n += BLOCK_BYTES) {
		uint64_t lfs = block_equal(text.ptr + n, '\n');
		uint64_t crs = block_equal(text.ptr + n, '\r');

		lines += block_count(crs | (lfs & ~(crs << 1 | before)));
		before = crs >> 63;
	}
	*cr = before != 0;
	for (; n < text.len; n++) {
		char c = text.ptr[n];

		lines += c == '\r' || (c == '\n' && !*cr);
		*cr = c == '\r';
	}
	return lines;
}

static bool
is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

void
place_advance(struct place *at, struct slice text)
{
	const char *p = text.ptr + text.len;

	at->line += count_lines(text, &at->cr);
	at->offset += text.len;
	while (p > text.ptr && !is_line_end(p[-1]))
		p--;
	if (p > text.ptr)
		at->line_start =
		    at->offset - (uint64_t)(text.ptr + text.len - p);
}

uint32_t
place_column(const struct place *at)
{
	return (uint32_t)(at->offset - at->line_start + 1);
}
