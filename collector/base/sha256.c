#include <string.h>

#include "kpid/sha256.h"
#include "sha256_blocks.h"

/* From here on the processor is asked: on a virtual one the question itself
 * takes as long as so many bytes. */
#define MANY_BYTES (16 << 10)

/* Names of variables and functions are those of FIPS 180-4, section 6.2. */
const uint32_t sha256_k[64] = { 0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5,
	0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
	0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
	0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138,
	0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624,
	0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
	0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f,
	0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2 };

static uint32_t
rotr(uint32_t x, int n)
{
	return x >> n | x << (32 - n);
}

static uint32_t
big_endian(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8
	    | p[3];
}

static void
schedule(const uint8_t block[64], uint32_t w[64])
{
	for (int t = 0; t < 16; t++)
		w[t] = big_endian(block + 4 * t);
	for (int t = 16; t < 64; t++) {
		uint32_t x = w[t - 15], y = w[t - 2];

		w[t] = w[t - 16] + w[t - 7]
		    + (rotr(x, 7) ^ rotr(x, 18) ^ x >> 3)
		    + (rotr(y, 17) ^ rotr(y, 19) ^ y >> 10);
	}
}

/* Variables a to h are v[-t], v[1 - t] .. of a ring: nothing is moved. */
static void
compress(uint32_t state[8], const uint8_t block[64])
{
	uint32_t w[64], v[8];

	schedule(block, w);
	memcpy(v, state, sizeof(v));
	for (unsigned t = 0; t < 64; t++) {
		const uint32_t a = v[(0 - t) & 7], b = v[(1 - t) & 7];
		const uint32_t c = v[(2 - t) & 7], e = v[(4 - t) & 7];
		const uint32_t f = v[(5 - t) & 7], g = v[(6 - t) & 7];
		uint32_t t1 = v[(7 - t) & 7]
		    + (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25))
		    + ((e & f) ^ (~e & g)) + sha256_k[t] + w[t];
		uint32_t t2 = (rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22))
		    + ((a & b) ^ (a & c) ^ (b & c));

		v[(3 - t) & 7] += t1;
		v[(7 - t) & 7] = t1 + t2;
	}
	for (int i = 0; i < 8; i++)
		state[i] += v[i];
}

static void
mix(struct sha256 *s, const uint8_t *p, size_t n)
{
	if (!s->asked && s->len >= MANY_BYTES) {
		s->asked = true;
		s->fast = sha256_is_fast();
	}
	if (s->fast) {
		sha256_blocks_fast(s->state, p, n);
		return;
	}
	for (; n > 0; n--, p += SHA256_BLOCK)
		compress(s->state, p);
}

void
sha256_init(struct sha256 *s)
{
	*s = (struct sha256){ .state = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372,
				  0xa54ff53a, 0x510e527f, 0x9b05688c,
				  0x1f83d9ab, 0x5be0cd19 } };
}

void
sha256_update(struct sha256 *s, const void *p, size_t len)
{
	const uint8_t *in = p;
	const size_t held = s->len % SHA256_BLOCK;

	s->len += len;
	if (held > 0) {
		size_t n =
		    SHA256_BLOCK - held < len ? SHA256_BLOCK - held : len;

		memcpy(s->block + held, in, n);
		in += n;
		len -= n;
		if (held + n < SHA256_BLOCK)
			return;
		mix(s, s->block, 1);
	}
	mix(s, in, len / SHA256_BLOCK);
	if (len % SHA256_BLOCK > 0)
		memcpy(s->block, in + len - len % SHA256_BLOCK,
		    len % SHA256_BLOCK);
}

void
sha256_final(struct sha256 *s, uint8_t out[SHA256_LEN])
{
	static const uint8_t padding[64] = { 0x80 };
	uint64_t bits = s->len * 8;
	uint8_t length[8];

	for (int i = 0; i < 8; i++)
		length[i] = (uint8_t)(bits >> (56 - 8 * i));
	sha256_update(s, padding, 1 + (119 - s->len % 64) % 64);
	sha256_update(s, length, sizeof(length));
	for (int i = 0; i < SHA256_LEN; i++)
		out[i] = (uint8_t)(s->state[i / 4] >> (24 - 8 * (i % 4)));
}

void
sha256_of(const void *p, size_t len, uint8_t out[SHA256_LEN])
{
	struct sha256 s;

	sha256_init(&s);
	sha256_update(&s, p, len);
	sha256_final(&s, out);
}
