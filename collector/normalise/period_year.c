/* The years of periods, by era or not, and what makes of them a period. */
#include <string.h>

#include "period_grammar.h"

/* Years that a bare one may be away from the row above: more is another era
 * whose name is missing. */
#define YEAR_STEP_MAX 10

bool
scan_make(const struct scan *s, enum span_kind kind, struct civil d,
    struct reading *out, const char **why)
{
	if (!period_make(kind, d, &out->period))
		return scan_refuse(why, "no such date");
	if (s->era == NULL || s->two_eras || kind == SPAN_YEAR
	    || kind == SPAN_FISCAL_YEAR)
		return true;
	return era_covers(s->era, out->period.first, out->period.last, why);
}

bool
scan_make_months(const struct scan *s, struct civil d, int n,
    struct reading *out, const char **why)
{
	int after = d.month - 1 + n - 1;
	struct civil last = { d.year + after / 12, after % 12 + 1, 1 };
	struct reading end = { 0 };

	if (!scan_make(s, SPAN_MONTH, d, out, why)
	    || !scan_make(s, SPAN_MONTH, last, &end, why))
		return false;
	out->period = period_between(out->period.first, end.period.last);
	return true;
}

/* A bare year below 平成24年 is one of 平成. */
static bool
inherited_year(struct scan *s, int n, const char **why)
{
	struct period_parts *above = s->above;

	if (!era_western_year(above->era, n, &s->year, why))
		return false;
	s->era = above->era;
	int step = s->year - above->year;

	if (step <= YEAR_STEP_MAX && step >= -YEAR_STEP_MAX)
		return true;
	*above = (struct period_parts){ 0 };
	return scan_refuse(why,
	    "a year far from the one above it, and no era: the era must "
	    "stand where it changes");
}

/* Of one or two digits. */
static bool
bare_year(struct scan *s, const struct era *known, int n, const char **why)
{
	if (known == NULL && s->above != NULL && s->above->era != NULL)
		return inherited_year(s, n, why);
	if (known == NULL)
		return scan_refuse(why,
		    "a year of one or two digits and no era; the contract can "
		    "name it (period.era), or take it from the row above "
		    "(period.inherit)");
	s->era = known;
	return era_western_year(known, n, &s->year, why);
}

bool
scan_year(struct scan *s, const char **why)
{
	int n = 0, digits = 0;

	s->era = era_take(&s->rest);
	const struct era *known = s->era != NULL ? s->era : s->bare_era;

	if (known != NULL && scan_word(s, "元")) {
		s->era = known;
		return era_western_year(s->era, 1, &s->year, why);
	}
	if (s->era == NULL && scan_word(s, "元年")) {
		if (s->above != NULL)
			*s->above = (struct period_parts){ 0 };
		return scan_refuse(why, "元年 without its era");
	}
	if (!scan_number(s, s->era != NULL ? 3 : 4, &n, &digits))
		return scan_refuse(why, scan_unreadable);
	if (s->era == NULL && digits == 4) {
		s->year = n;
		return true;
	}
	if (digits > 2)
		return scan_refuse(why, "a year of three digits");
	return bare_year(s, known, n, why);
}

/* Behind another name of the year: the same year, and nothing of it left. */
static bool
same_year(struct scan *s, struct scan *pair, const char **why)
{
	if (pair->year != s->year)
		return scan_refuse(why, "two years that are not the same");
	s->two_eras = s->era != NULL && pair->era != NULL;
	return true;
}

/* 平成31年・令和元年, 平成31/令和元年度: the year in which the era changed. */
static bool
other_era(struct scan *s, const char **why)
{
	struct scan pair = *s;

	if (s->era == NULL
	    || (!scan_word(&pair, "・") && !scan_word(&pair, "･")
		&& !scan_word(&pair, "/")))
		return true;
	struct slice name = pair.rest;

	if (era_take(&name) == NULL || !scan_year(&pair, why))
		return true; /* H31/4: a month */
	s->rest = pair.rest;
	return same_year(s, &pair, why);
}

bool
scan_pair(struct scan *s, const char **why)
{
	if (s->rest.len == 0 || *s->rest.ptr != '(')
		return other_era(s, why);
	const char *close = memchr(s->rest.ptr, ')', s->rest.len);

	if (close == NULL)
		return scan_refuse(why, "a parenthesis that is not closed");
	size_t len = (size_t)(close - s->rest.ptr);
	struct scan pair = { .bare_era = s->bare_era,
		.rest = { s->rest.ptr + 1, len - 1 } };
	const char *unused = NULL;

	if (!scan_year(&pair, &unused))
		return true; /* not a year: (9月末), for those behind */
	if (!scan_word(&pair, "年度"))
		(void)scan_word(&pair, "年");
	if (pair.rest.len > 0)
		return true;
	s->rest = (struct slice){ close + 1, s->rest.len - len - 1 };
	return same_year(s, &pair, why);
}
