/* The SHA instructions of x86: ten times as fast as any C. */
#include "sha256_blocks.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

bool
sha256_is_fast(void)
{
	unsigned a, b, c, d;

	return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_1) != 0
	    && (c & bit_SSSE3) != 0 && __get_cpuid_count(7, 0, &a, &b, &c, &d)
	    && (b & bit_SHA) != 0;
}

/* Names are those of Intel's description: the state as ABEF and CDGH. */
__attribute__((target("sha,sse4.1"))) static void
mix_block(__m128i *abef, __m128i *cdgh, const uint8_t *p)
{
	const __m128i order =
	    _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
	const __m128i abef_before = *abef, cdgh_before = *cdgh;
	__m128i m[4];

	for (int i = 0; i < 4; i++)
		m[i] = _mm_shuffle_epi8(
		    _mm_loadu_si128((const __m128i *)(const void *)p + i),
		    order);
	for (int i = 0; i < 16; i++) {
		const __m128i next = m[(i + 3) % 4];
		const __m128i k = _mm_add_epi32(m[i % 4],
		    _mm_loadu_si128((const __m128i *)(const void *)(sha256_k
			+ 4 * i)));

		*cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, k);
		*abef = _mm_sha256rnds2_epu32(*abef, *cdgh,
		    _mm_shuffle_epi32(k, 0x0e));
		m[i % 4] = _mm_sha256msg2_epu32(
		    _mm_add_epi32(_mm_sha256msg1_epu32(m[i % 4],
				      m[(i + 1) % 4]),
			_mm_alignr_epi8(next, m[(i + 2) % 4], 4)),
		    next);
	}
	*abef = _mm_add_epi32(*abef, abef_before);
	*cdgh = _mm_add_epi32(*cdgh, cdgh_before);
}

__attribute__((target("sha,sse4.1"))) void
sha256_blocks_fast(uint32_t state[8], const uint8_t *p, size_t n)
{
	__m128i *const out = (__m128i *)(void *)state;
	const __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128(out), 0xb1);
	const __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128(out + 1), 0x1b);
	__m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
	__m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);

	for (; n > 0; n--, p += SHA256_BLOCK)
		mix_block(&abef, &cdgh, p);
	const __m128i feba = _mm_shuffle_epi32(abef, 0x1b);
	const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xb1);

	_mm_storeu_si128(out, _mm_blend_epi16(feba, dchg, 0xf0));
	_mm_storeu_si128(out + 1, _mm_alignr_epi8(dchg, feba, 8));
}

#else

bool
sha256_is_fast(void)
{
	return false;
}

void
sha256_blocks_fast(uint32_t state[8], const uint8_t *p, size_t n)
{
	(void)state;
	(void)p;
	(void)n;
}

#endif
