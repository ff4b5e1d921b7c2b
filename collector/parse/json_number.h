/* JSON numbers as plain decimal digits. */
#ifndef KPID_PARSE_JSON_NUMBER_H
#define KPID_PARSE_JSON_NUMBER_H

#include "kpid/arena.h"
#include "kpid/bytes.h"

/*
 * 2.50e+3 is 2500, 1.0E-2 is 0.010: the same number, no digit lost, in mem.
 * Not true (*plain untouched): it has no exponent, or would have more than
 * LIMIT_NUMBER_DIGITS digits.
 */
bool json_number_plain(struct slice number, struct arena *mem,
    struct slice *plain);

#endif
