/* Names that are nearly the same, for messages. */
#ifndef NORMALISE_NEAREST_H
#define NORMALISE_NEAREST_H

#include "kpid/bytes.h"

/* How many characters must change to make a of b; both in UTF-8. Names of
 * more than 63 characters count as entirely different (SIZE_MAX). */
size_t nearest_distance(const char *a, const char *b);

/* The name most like `wanted`, or NULL when none is like it at all: at most
 * half of its characters may differ. */
const char *nearest_name(const char *wanted, const char *const *names,
    size_t n);

#endif
