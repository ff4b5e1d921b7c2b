/*
 * One period in squeezed text: 令和6年9月末, R6.9.30, 2024/9, FY2024, 202409.
 */
#ifndef NORMALISE_PERIOD_GRAMMAR_H
#define NORMALISE_PERIOD_GRAMMAR_H

#include "period_scan.h"

struct scan {
	struct slice rest;
	const struct era *bare_era; /* of bare years; or NULL */
	const struct era *era;      /* that the text names */
	int year;                   /* inherited, and then read */
};

/* Reads all of s->rest as one period. */
MUST_CHECK bool grammar_period(struct scan *s, struct reading *out,
    const char **why);

/* Ten, eight, six or four digits and nothing else: e-Stat's time codes,
 * 20240930, 202409, 2024. *out untouched when they are no period. */
MUST_CHECK bool compact_period(struct slice digits, struct reading *out,
    const char **why);

/* Takes the word off the front of s->rest; false when it is not there. */
bool scan_word(struct scan *s, const char *word);

/* Takes a number of at most max digits (ASCII, or kanji with 十). */
bool scan_number(struct scan *s, int max, int *out, int *digits);

#endif
