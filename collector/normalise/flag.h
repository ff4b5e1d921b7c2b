/*
 * Status flags: marks beside a number that say how good it is (1,234p, ※45).
 */
#ifndef NORMALISE_FLAG_H
#define NORMALISE_FLAG_H

#include "kpid/config.h"

/*
 * Trims a value cell and cuts its footnote marks and flags off: *status is
 * what the flags say (untouched without one). A mark alone in its cell stays.
 * false: two flags say two things.
 */
MUST_CHECK bool flags_cut(const struct contract *c, struct slice *text,
    char *status);

#endif
