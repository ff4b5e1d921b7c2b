/*
 * 128 bits of what was said, whatever the order it was said in.
 *
 * Sums of mixed words: good against chance, not against somebody who looks
 * for a collision, who could only make us miss a change of his own.
 */
#ifndef LOAD_DIGEST_H
#define LOAD_DIGEST_H

#include "kpid/bytes.h"

struct digest {
	uint64_t a, b;
};

/* "00112233-4455-6677-8899-aabbccddeeff" */
#define DIGEST_TEXT_MAX 37
#define DIGEST_BYTES    16

/* One statement. Numbers count by value: 1.5 is 1.50, -0 is 0; an empty value
 * is a missing one. */
struct digest digest_statement(int32_t period, char status, struct slice value);
/* d followed by a text. */
struct digest digest_text(struct digest d, const char *text);
/* d followed by another digest, or a number. */
struct digest digest_join(struct digest d, struct digest next);
struct digest digest_number(struct digest d, uint64_t n);
/* Takes d into a sum that forgets the order. */
void digest_add(struct digest *sum, struct digest d);
/* As PostgreSQL sends a uuid. */
void digest_bytes(struct digest d, unsigned char out[DIGEST_BYTES]);
/* As people write a uuid. */
void digest_format(struct digest d, char out[DIGEST_TEXT_MAX]);

#endif
