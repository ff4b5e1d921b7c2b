#include "kpid/block.h"
#include "kpid/place.h"

struct place
place_first(void)
{
	return (struct place){ .line = 1 };
}

static bool
is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Few bytes, in one pass: a line ends by each CR, and by each LF that does not
 * follow one. */
static void
pass_bytes(struct place *at, struct slice text)
{
	for (size_t n = 0; n < text.len; n++) {
		char c = text.ptr[n];

		if ((unsigned char)c <= '\r' && is_line_end(c)) {
			at->line += c == '\r' || !at->cr;
			at->line_start = at->offset + n + 1;
		}
		at->cr = c == '\r';
	}
	at->offset += text.len;
}

/* The same for as many bytes as are whole blocks. */
static void
pass_blocks(struct place *at, struct slice text)
{
	const char *p = text.ptr + text.len;
	uint64_t before = at->cr;

	for (size_t n = 0; n < text.len; n += BLOCK_BYTES) {
		uint64_t lfs = block_equal(text.ptr + n, '\n');
		uint64_t crs = block_equal(text.ptr + n, '\r');

		at->line += block_count(crs | (lfs & ~(crs << 1 | before)));
		before = crs >> 63;
	}
	at->cr = before != 0;
	at->offset += text.len;
	while (p > text.ptr && !is_line_end(p[-1]))
		p--;
	if (p > text.ptr)
		at->line_start =
		    at->offset - (uint64_t)(text.ptr + text.len - p);
}

void
place_advance(struct place *at, struct slice text)
{
	size_t blocks = text.len - text.len % BLOCK_BYTES;

	if (blocks > 0)
		pass_blocks(at, (struct slice){ text.ptr, blocks });
	pass_bytes(at, (struct slice){ text.ptr + blocks, text.len - blocks });
}

uint32_t
place_column(const struct place *at)
{
	return (uint32_t)(at->offset - at->line_start + 1);
}
