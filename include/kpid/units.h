/*
 * Units of Japanese and international statistics: 千円 is 1,000 円.
 *
 * Only powers of ten: what needs another factor is another unit.
 */
#ifndef KPID_UNITS_H
#define KPID_UNITS_H

#include <stdbool.h>

#include "kpid/bytes.h"

/*
 * A number of `from` times 10^*power10 is one of `to`: 千円 to 円 is 3. Names
 * are compared as labels; "(千円)" and "単位：千円" are 千円, ％ is パーセント.
 * false: one is no multiple of the other, as far as known.
 */
bool unit_factor(struct slice from, struct slice to, int *power10);

#endif
