#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/arena.h"

/* Blocks grow from the first to the second, so that a small unit of work is
 * cheap (thousands of transfers wait with an arena each) and a big one does
 * not call malloc often. */
#define BLOCK_FIRST ((size_t)1 << 10)
#define BLOCK_MOST  ((size_t)1 << 20)

/* From here on the system has fresh pages, which are zero and cost nothing
 * before they are touched: a table that stays mostly empty is cheap. */
#define BLOCK_FRESH ((size_t)128 << 10)

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	size_t dirty; /* what comes after so many bytes is zero already */
	alignas(max_align_t) unsigned char mem[];
};

static struct arena_block *
block_new(const struct arena_block *newest, size_t len)
{
	size_t size = newest == NULL ? BLOCK_FIRST : 2 * newest->size;
	struct arena_block *block;

	if (size > BLOCK_MOST)
		size = BLOCK_MOST;
	if (size < len)
		size = len;
	const bool fresh = size >= BLOCK_FRESH;

	block = fresh ? calloc(1, sizeof(*block) + size)
		      : malloc(sizeof(*block) + size);
	if (block == NULL)
		fatal("out of memory");
	block->next = NULL;
	block->used = 0;
	block->size = size;
	block->dirty = fresh ? 0 : size;
	return block;
}

static size_t
min_size(size_t a, size_t b)
{
	return a < b ? a : b;
}

void *
arena_alloc(struct arena *mem, size_t len)
{
	const size_t align = alignof(max_align_t);
	struct arena_block *block = mem->blocks;
	void *p;

	if (len > SIZE_MAX / 4)
		fatal("out of memory: %zu bytes asked for", len);
	len = len == 0 ? align : (len + align - 1) & ~(align - 1);
	if (block == NULL || block->size - block->used < len) {
		block = block_new(block, len);
		block->next = mem->blocks;
		mem->blocks = block;
	}
	p = block->mem + block->used;
	if (block->dirty > block->used)
		memset(p, 0, min_size(len, block->dirty - block->used));
	block->used += len;
	return p;
}

void *
arena_array(struct arena *mem, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		fatal("out of memory: %zu elements of %zu bytes", n, size);
	return arena_alloc(mem, n * size);
}

char *
arena_strndup(struct arena *mem, const char *s, size_t len)
{
	char *copy = arena_alloc(mem, len + 1);

	if (len > 0)
		memcpy(copy, s, len);
	return copy;
}

char *
arena_strdup(struct arena *mem, const char *s)
{
	return arena_strndup(mem, s, strlen(s));
}

char *
arena_printf(struct arena *mem, const char *fmt, ...)
{
	char most[256]; /* are not longer, and formatted once */
	va_list ap, again;
	char *text;
	int len;

	va_start(ap, fmt);
	va_copy(again, ap);
	len = vsnprintf(most, sizeof(most), fmt, ap);
	va_end(ap);
	if (len < 0)
		fatal("could not format '%s'", fmt);
	text = arena_alloc(mem, (size_t)len + 1);
	if ((size_t)len < sizeof(most))
		memcpy(text, most, (size_t)len);
	else
		(void)vsnprintf(text, (size_t)len + 1, fmt, again);
	va_end(again);
	return text;
}

void
arena_release(struct arena *mem)
{
	struct arena_block *next;

	for (struct arena_block *b = mem->blocks; b != NULL; b = next) {
		next = b->next;
		free(b);
	}
	mem->blocks = NULL;
}

/* Keeps the largest ordinary block: one huge request must not stay resident
 * for the rest of the loop. */
void
arena_reset(struct arena *mem)
{
	struct arena_block *keep = NULL, *next;

	for (struct arena_block *b = mem->blocks; b != NULL; b = next) {
		next = b->next;
		if (b->size > BLOCK_MOST
		    || (keep != NULL && b->size <= keep->size)) {
			free(b);
			continue;
		}
		free(keep);
		keep = b;
	}
	if (keep != NULL) {
		keep->next = NULL;
		if (keep->dirty < keep->used)
			keep->dirty = keep->used;
		keep->used = 0;
	}
	mem->blocks = keep;
}
