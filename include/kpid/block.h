/*
 * Looking at 64 bytes at once: one bit for each that is of a kind.
 *
 * Bit i is the byte p[i]. With SSE2 where the machine has it, else eight bytes
 * a word.
 */
#ifndef KPID_BLOCK_H
#define KPID_BLOCK_H

#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#else
#include <endian.h>
#endif

#define BLOCK_BYTES 64

#ifdef __SSE2__

static inline __m128i
block_part(const char *p, int i)
{
	return _mm_loadu_si128((const __m128i *)p + i);
}

static inline uint64_t
block_bits(__m128i a, __m128i b, __m128i c, __m128i d)
{
	uint32_t low = (uint32_t)_mm_movemask_epi8(a)
	    | (uint32_t)_mm_movemask_epi8(b) << 16;
	uint32_t high = (uint32_t)_mm_movemask_epi8(c)
	    | (uint32_t)_mm_movemask_epi8(d) << 16;

	return low | (uint64_t)high << 32;
}

/* Bytes that are c. */
static inline uint64_t
block_equal(const char *p, char c)
{
	const __m128i all = _mm_set1_epi8(c);

	return block_bits(_mm_cmpeq_epi8(block_part(p, 0), all),
	    _mm_cmpeq_epi8(block_part(p, 1), all),
	    _mm_cmpeq_epi8(block_part(p, 2), all),
	    _mm_cmpeq_epi8(block_part(p, 3), all));
}

/* Bytes greater than c, both with a sign: 80..ff are the least. */
static inline uint64_t
block_greater(const char *p, int8_t c)
{
	const __m128i all = _mm_set1_epi8(c);

	return block_bits(_mm_cmpgt_epi8(block_part(p, 0), all),
	    _mm_cmpgt_epi8(block_part(p, 1), all),
	    _mm_cmpgt_epi8(block_part(p, 2), all),
	    _mm_cmpgt_epi8(block_part(p, 3), all));
}

#else

#define BLOCK_EVERY 0x0101010101010101ULL
#define BLOCK_LOW   0x7f7f7f7f7f7f7f7fULL

static inline uint64_t
block_word(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
	return le64toh(word); /* the first byte is the lowest */
}

/* The high bits of the eight bytes, as the lowest byte. */
static inline uint64_t
block_gather(uint64_t word)
{
	return ((word >> 7 & BLOCK_EVERY) * 0x0102040810204080ULL) >> 56;
}

static inline uint64_t
block_equal(const char *p, char c)
{
	uint64_t found = 0;

	for (int i = 0; i < BLOCK_BYTES / 8; i++) {
		uint64_t x = block_word(p + 8 * i) ^ (uint8_t)c * BLOCK_EVERY;

		found |= block_gather(~(((x & BLOCK_LOW) + BLOCK_LOW) | x))
		    << 8 * i;
	}
	return found;
}

static inline uint64_t
block_greater(const char *p, int8_t c)
{
	unsigned least = (uint8_t)(c ^ 0x80); /* the order without a sign */
	uint64_t found = 0;

	for (int i = 0; i < BLOCK_BYTES / 8; i++) {
		uint64_t x = block_word(p + 8 * i) ^ ~BLOCK_LOW;
		uint64_t sum =
		    (x & BLOCK_LOW) + (127 - (least & 127)) * BLOCK_EVERY;

		found |= block_gather(least < 128 ? sum | x : sum & x) << 8 * i;
	}
	return found;
}

#endif

/* Bits that are set. */
static inline uint32_t
block_count(uint64_t bits)
{
	bits -= bits >> 1 & 0x5555555555555555ULL;
	bits = (bits & 0x3333333333333333ULL)
	    + (bits >> 2 & 0x3333333333333333ULL);
	bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0fULL;
	return (uint32_t)(bits * 0x0101010101010101ULL >> 56);
}

#endif
