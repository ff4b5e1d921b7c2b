/*
 * Civil dates, periods and their text; no locale, no time zone, no clock.
 *
 * A day is an int32_t: days since 2000-01-01, PostgreSQL's own epoch, so that
 * COPY BINARY sends it as it is. A period is a whole stretch of days, never a
 * timestamp. Instants (2024-09-30) are periods of one day.
 */
#ifndef KPID_CIVIL_H
#define KPID_CIVIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kpid/bytes.h"
#include "kpid/error.h"

#define DAY_MIN (-730119) /* 0001-01-01 */
#define DAY_MAX 2921939   /* 9999-12-31 */

struct civil {
	int year, month, day; /* 1..9999, 1..12, 1..31 */
};

/* false when there is no such date; *out untouched then. */
MUST_CHECK bool civil_to_day(struct civil date, int32_t *out);
/* Proleptic Gregorian; any day is good. */
struct civil civil_from_day(int32_t day);
/* 28 to 31; month is 1 to 12. */
int civil_month_length(int year, int month);
/* 1 Monday .. 7 Sunday. */
int civil_weekday(int32_t day);

/* How long a period is; its text in the database is span_text(). */
enum span_kind {
	SPAN_DAY,
	SPAN_WEEK,
	SPAN_MONTH,
	SPAN_QUARTER,
	SPAN_HALF,
	SPAN_YEAR,
	SPAN_FISCAL_YEAR,
	SPAN_MONTHS,
	SPAN_DAYS
};

struct period {
	enum span_kind kind;
	int32_t first, last; /* both inside */
	int n;               /* SPAN_MONTHS, SPAN_DAYS: how many */
};

#define SPAN_TEXT_MAX   16
#define PERIOD_TEXT_MAX 24 /* 2024-04-01/2024-09-30 and NUL */

/*
 * The period that begins on `first` and is `kind` long. Stretches of whole
 * months that are a month, a calendar quarter, half, year or an April fiscal
 * year take that kind by themselves. false: it does not begin there.
 */
MUST_CHECK bool period_make(enum span_kind kind, struct civil first,
    struct period *out);
/* Any stretch first..last (last >= first); takes the narrowest kind that
 * names it: April to March is SPAN_FISCAL_YEAR, January to June SPAN_HALF. */
struct period period_between(int32_t first, int32_t last);

/* D W M Q S A FY, P6M, P10D. Returns its length. */
size_t span_text(struct period p, char out[SPAN_TEXT_MAX]);
/* 2024-09-30, 2024-W36, 2024-09, 2024-Q3, 2024-S1, 2024, FY2024, or
 * first/last for any other stretch. Returns its length. */
size_t period_text(struct period p, char out[PERIOD_TEXT_MAX]);
/* Reads what period_text writes; nothing else. */
MUST_CHECK bool period_parse(struct slice text, struct period *out);

/* SDMX CL_FREQ code of a series whose periods are like this (FY is ours);
 * SPAN_MONTHS and SPAN_DAYS answer "A" unless 6 ("S"), 3 ("Q") or 1 ("M"). */
const char *period_frequency(struct period p);

/* Instants are microseconds since 1970-01-01T00:00:00Z. */
typedef int64_t usec; /* the one typedef: a unit as a type */

/* 2024-10-01T09:00:00+09:00, 2024-10-01 09:00:00Z or +09, fractions to six
 * digits; a zone is required. */
MUST_CHECK bool instant_parse(struct slice text, usec *out);
#define INSTANT_TEXT_MAX 40
/* ISO 8601 in UTC with "Z"; microseconds only when there are some. */
size_t instant_text(usec t, char out[INSTANT_TEXT_MAX]);

#endif
