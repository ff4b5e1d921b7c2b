/*
 * Codes of the database and their words: statuses, modifiers, paths. Each
 * language has its tables; looking up a code is the same for all.
 */
#ifndef KPID_NOTIFY_VOCABULARY_H
#define KPID_NOTIFY_VOCABULARY_H

#include <stddef.h>

#include "letter.h"

struct word {
	const char *code, *text;
};

/* The text of code, or `fallback` (may be NULL) when it is not listed. */
const char *word_of(const struct word *words, size_t n, const char *code,
    const char *fallback);

/* before + addition with `joint` between, or the one that is there. */
const char *joined(const struct letter *letter, const char *before,
    const char *joint, const char *addition);

/* The words of each modifier with `joint` between; NULL without any. */
const char *modifier_words(const struct letter *letter,
    const struct fact_target *t, const struct word *words, size_t n,
    const char *joint);

/* The rate per month that people are to read: whole things as whole, cut so
 * that keeping to it does reach the target. NULL: nothing to do. */
const char *monthly_rate(const struct letter *letter,
    const struct fact_target *t);

/* A number of the forecast, as exact as target and actual value are. */
const char *forecast_shown(const struct letter *letter,
    const struct fact_target *t, const char *number);

/* The pace index as it was judged, cut to two places so that 0.5999 is not
 * printed as the 0.60 it did not reach; NULL when there was none. */
const char *pace_shown(const struct letter *letter,
    const struct fact_target *t);

/* Is the gap against the exact expectation while a whole one is printed? */
bool gap_is_exact(const struct fact_target *t);

/* The source's URL when a reader of the mail can open it, else NULL. */
const char *web_address(const struct fact_source *source);

/* Is it counted in per cent, so that a difference is in points? */
bool in_per_cent(const struct fact_target *t);

/* Does the target ask for less rather than more? */
bool wants_less(const struct fact_target *t);

/* Is the number worth telling? Of a year whose shape nobody knows the chance
 * alone is: it rests on what targets usually come to, and so does the number,
 * which looks odd beside a slow start. */
bool forecast_told(const struct fact_forecast *f);

#endif
