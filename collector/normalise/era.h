/*
 * The eras since 1868: their names, and the days on which they were in force.
 */
#ifndef NORMALISE_ERA_H
#define NORMALISE_ERA_H

#include "kpid/civil.h"

struct era {
	const char *name, *abbreviation, *letter, *ligature;
	struct civil first, last;
	const char *why; /* what to say of a day outside it */
};

/*
 * The era whose name, abbreviation (令6), letter (R6) or ligature (U+32FF)
 * stands at the beginning; *text is moved behind it. A letter or an
 * abbreviation counts only before a figure or 元. NULL: there is none.
 */
const struct era *era_take(struct slice *text);

/* The era that a configuration names: 令和, R or the ligature. NULL: none. */
const struct era *era_named(const char *name);

/* The western year of the era's n-th. A year that it did not have is
 * refused, 平成31年 and 昭和64年 are years that it had. */
MUST_CHECK bool era_western_year(const struct era *e, int n, int *year,
    const char **why);

/* Was the era in force on one of these days at least? In 明治 the calendar
 * was another one until 1872: days before 1873 are refused. */
MUST_CHECK bool era_covers(const struct era *e, int32_t first, int32_t last,
    const char **why);

#endif
