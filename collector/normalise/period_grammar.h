/*
 * One period in squeezed text: 令和6年9月末, R6.9.30, 2024/9, FY2024, 202409.
 */
#ifndef NORMALISE_PERIOD_GRAMMAR_H
#define NORMALISE_PERIOD_GRAMMAR_H

#include "period_scan.h"

/* What became of a text that may be of some form. */
enum scanned {
	SCAN_NONE, /* it is of another form */
	SCAN_READ,
	SCAN_REFUSED /* it is of this one, and *why says what is wrong */
};

struct scan {
	struct slice rest;
	const struct era *bare_era; /* of bare years; or NULL */
	const struct era *era;      /* that the text names */
	int year;                   /* of a range's begin, and then read */
	int month;                  /* of a range's begin */
	bool fiscal;                /* the year is a 年度 */
	bool two_eras;              /* 平成31年・令和元年 */
	struct period_parts *above; /* the row above; or NULL */
};

/* Why a text is no period, when nothing better is known. */
extern const char scan_unreadable[];

/* Sets *why; false. */
bool scan_refuse(const char **why, const char *text);
enum scanned scanned_if(bool read);

/* Reads all of s->rest as one period. */
MUST_CHECK bool grammar_period(struct scan *s, struct reading *out,
    const char **why);

/* A period of `kind` that begins on d, and on which the era was in force. */
MUST_CHECK bool scan_make(const struct scan *s, enum span_kind kind,
    struct civil d, struct reading *out, const char **why);
/* n months from the first of this one. */
MUST_CHECK bool scan_make_months(const struct scan *s, struct civil d, int n,
    struct reading *out, const char **why);

/* The year: of an era (元 is 1), of four digits, or bare with a known era;
 * into s->year and s->era. */
MUST_CHECK bool scan_year(struct scan *s, const char **why);
/* A second name of the same year behind it: 令和6(2024)年, 平成31/令和元年. */
MUST_CHECK bool scan_pair(struct scan *s, const char **why);

/* Behind 年 or 年度 (s->fiscal): 9月末, 第2四半期, 上期, nothing. */
MUST_CHECK bool scan_year_rest(struct scan *s, struct reading *out,
    const char **why);
/* Behind 9月, which has been taken: 末, 30日. */
MUST_CHECK bool scan_month_rest(struct scan *s, struct civil d,
    struct reading *out, const char **why);
/* Behind a day: nothing, its weekday, or midnight, which exports add. */
MUST_CHECK bool scan_day_rest(struct scan *s, struct civil d,
    struct reading *out, const char **why);
/* A quarter or a half of s->year, and nothing behind it. */
MUST_CHECK enum scanned scan_part(struct scan *s, struct reading *out,
    const char **why);

/* Behind the month `first` of s->year: -3. of 1-3., months by their numbers
 * alone. */
MUST_CHECK enum scanned scan_months_by_number(struct scan *s, int first,
    struct reading *out, const char **why);

/* 9月末, 第2四半期, 30日: parts without their year, which comes from the begin
 * of the range or the row above. */
MUST_CHECK enum scanned scan_without_year(struct scan *s, struct reading *out,
    const char **why);

/* Ten, eight, six or four digits and nothing else: e-Stat's time codes,
 * 20240930, 202409, 2024. *out untouched when they are no period. */
MUST_CHECK bool compact_period(struct slice digits, struct reading *out,
    const char **why);
/* Whether a year that stands alone, in western digits, is one. */
bool compact_year(int year, const char **why);

/* What SDMX's TIME_PERIOD has beside ISO 8601: 2014-T1, 2014-A1, 2014-M01,
 * 2014M01, 2014-D032, 2014-04-01/P1M. */
MUST_CHECK enum scanned sdmx_period(struct slice text, struct reading *out,
    const char **why);

/* Jan 2018, 2018-Jan, 24 October 2011, October 24, 2011. */
MUST_CHECK enum scanned english_period(struct slice text, struct reading *out,
    const char **why);

/* Takes the word off the front of s->rest; false when it is not there. */
bool scan_word(struct scan *s, const char *word);

/* Takes a number of at most max digits (ASCII, or kanji with 十). */
bool scan_number(struct scan *s, int max, int *out, int *digits);

#endif
