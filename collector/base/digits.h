/*
 * Fixed-width reading for dates and instants; private to base.
 */
#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include <stdbool.h>

#include "kpid/bytes.h"

/* Both take what they read off the front of *s; on failure *s is as before. */
MUST_CHECK bool take_digits(struct slice *s, int n, int *out);
/* Moves *s past c when it begins with it; else leaves *s alone. */
MUST_CHECK bool take_char(struct slice *s, char c);
/* YYYY-MM-DD; any digits. */
MUST_CHECK bool take_date(struct slice *s, int date[3]);

#endif
