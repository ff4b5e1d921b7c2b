/*
 * SHA-256 (FIPS 180-4), streaming. What names a body and a contract; not for
 * passwords.
 */
#ifndef KPID_SHA256_H
#define KPID_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SHA256_LEN 32

struct sha256 {
	uint32_t state[8];
	uint64_t len;      /* bytes taken so far */
	uint8_t block[64]; /* len % 64 bytes to be mixed in */
	bool asked;        /* whether.. */
	bool fast;         /* ..the processor has instructions for it */
};

/* Also begins anew. */
void sha256_init(struct sha256 *s);
/* Any cut between two calls will do. */
void sha256_update(struct sha256 *s, const void *p, size_t len);
/* The state is spent after it: begin again with sha256_init. */
void sha256_final(struct sha256 *s, uint8_t out[SHA256_LEN]);

/* All three at once. */
void sha256_of(const void *p, size_t len, uint8_t out[SHA256_LEN]);

#endif
