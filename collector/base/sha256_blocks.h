/* SHA-256 by the processor's own instructions, where it has them. */
#ifndef BASE_SHA256_BLOCKS_H
#define BASE_SHA256_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SHA256_BLOCK 64

/* The constants of FIPS 180-4, section 4.2.2. */
extern const uint32_t sha256_k[64];

/* Has the processor instructions for it? Asking takes a microsecond. */
bool sha256_is_fast(void);
/* Mixes n blocks of 64 bytes in; only where sha256_is_fast. */
void sha256_blocks_fast(uint32_t state[8], const uint8_t *p, size_t n);

#endif
