/*
 * Asks kpid/block.h about every byte at every place, beside a plain loop;
 * for each of its two versions.
 */
#ifndef TEST_SUPPORT_BLOCK_CHECK_H
#define TEST_SUPPORT_BLOCK_CHECK_H

#include <criterion/criterion.h>

#include "kpid/block.h"

/* All 256 bytes in four blocks, the order turned by `from`. */
static inline void
block_fill(char *p, unsigned from)
{
	for (unsigned i = 0; i < 256; i++)
		p[i] = (char)(uint8_t)(i * 7 + from);
}

static inline void
block_check_one(const char *p, int c)
{
	uint64_t equal = 0, greater = 0;

	for (int i = 0; i < BLOCK_BYTES; i++) {
		equal |= (uint64_t)(p[i] == (char)c) << i;
		greater |= (uint64_t)((int8_t)p[i] > (int8_t)c) << i;
	}
	cr_assert_eq(block_equal(p, (char)c), equal, "equal to %02x", c & 255);
	cr_assert_eq(block_greater(p, (int8_t)c), greater, "greater than %02x",
	    c & 255);
	cr_assert_eq(block_count(greater),
	    (uint32_t)__builtin_popcountll(greater));
}

static inline void
block_check(void)
{
	char bytes[256];

	for (unsigned from = 0; from < 256; from += 5) {
		block_fill(bytes, from);
		for (int at = 0; at < 256; at += BLOCK_BYTES)
			for (int c = -128; c < 128; c++)
				block_check_one(bytes + at, c);
	}
}

#endif
