/* PostgreSQL's binary wire forms, big-endian. */
#ifndef LOAD_NUMERIC_H
#define LOAD_NUMERIC_H

#include <stddef.h>
#include <stdint.h>

#include "kpid/bytes.h"
#include "kpid/limits.h"

/* The most bytes numeric_put writes: 4 int16 and base-10,000 digits. */
#define NUMERIC_MAX (8 + 2 * (LIMIT_NUMBER_DIGITS / 4 + 3))

/* Writes 4 bytes, and returns that. */
size_t int32_put(int32_t value, unsigned char *out);
/* Writes 2 bytes, and returns that. */
size_t int16_put(int16_t value, unsigned char *out);

/* Canonical decimal text (-?digits[.digits], at most LIMIT_NUMBER_DIGITS) as
 * numeric_send would write it, display scale included. Returns its length. */
size_t numeric_put(struct slice text, unsigned char out[NUMERIC_MAX]);

#endif
