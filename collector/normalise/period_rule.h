/*
 * How the contract wants its periods, and what the row above leaves to the
 * next one.
 */
#ifndef NORMALISE_PERIOD_RULE_H
#define NORMALISE_PERIOD_RULE_H

#include "kpid/config.h"
#include "period_scan.h"

struct period_rule {
	enum period_as as;
	const struct era *era; /* of bare years, or NULL */
	bool bucket;  /* rows are counted: a day is taken as what holds it */
	bool inherit; /* what a cell leaves out comes from the row above */
	int shift;    /* months added to what was read */
	bool opening; /* of a day's morning: counts as the day before */
	struct period_parts above; /* of the row above */
};

/* false: the era is none. */
MUST_CHECK bool period_rule_new(const struct contract *c,
    struct period_rule *out, const char **why);

/* As period_read, by a rule; a cell that is read is the row above from now
 * on. */
MUST_CHECK bool period_read_by(struct slice cell, struct period_rule *rule,
    struct period *out, const char **why);

/* Moves a reading by months: the last of September becomes the last of
 * October when an end of a month is meant, else its 30th. */
MUST_CHECK bool period_shift(struct reading *r, int months, const char **why);
/* The day before: a stock of the morning of 1 April is that of 31 March, and
 * ends the year that it closes. */
MUST_CHECK bool period_opening(struct reading *r, const char **why);
/* A reading as what the rule wants. */
MUST_CHECK bool period_convert(const struct reading *r,
    const struct period_rule *rule, struct period *out, const char **why);

#endif
