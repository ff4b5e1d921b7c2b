/* Words of a URL that stand for a period or an organization. */
#include "kpid/url_words.h"

#include <stdio.h>
#include <string.h>

#include "kpid/config.h"
#include "suggest.h"

#define TEXT_MAX 32

/* Numbers that words are made of. */
enum figure {
	FIGURE_YEAR,
	FIGURE_MONTH,
	FIGURE_DAY,
	FIGURE_LAST_DAY,
	FIGURE_QUARTER,
	FIGURE_FISCAL_QUARTER,
	FIGURE_FISCAL_YEAR,
	FIGURE_ERA_YEAR,
	FIGURE_ERA_FISCAL_YEAR,
	FIGURE_NONE
};

static const struct word {
	const char *name;
	enum url_word_of of;
	enum figure figure;
	int width; /* 2: the last two digits, with zeros */
} words[] = {
	{ "yyyy", URL_WORD_YEAR, FIGURE_YEAR, 0 },
	{ "yy", URL_WORD_YEAR, FIGURE_YEAR, 2 },
	{ "mm", URL_WORD_MONTH, FIGURE_MONTH, 2 },
	{ "m", URL_WORD_MONTH, FIGURE_MONTH, 0 },
	{ "dd", URL_WORD_DAY, FIGURE_DAY, 2 },
	{ "d", URL_WORD_DAY, FIGURE_DAY, 0 },
	{ "last_dd", URL_WORD_MONTH, FIGURE_LAST_DAY, 2 },
	{ "q", URL_WORD_QUARTER, FIGURE_QUARTER, 0 },
	{ "fq", URL_WORD_QUARTER, FIGURE_FISCAL_QUARTER, 0 },
	{ "fy", URL_WORD_FISCAL_YEAR, FIGURE_FISCAL_YEAR, 0 },
	{ "fyy", URL_WORD_FISCAL_YEAR, FIGURE_FISCAL_YEAR, 2 },
	{ "era", URL_WORD_FISCAL_YEAR, FIGURE_NONE, 0 },
	{ "R", URL_WORD_FISCAL_YEAR, FIGURE_NONE, 0 },
	{ "r", URL_WORD_FISCAL_YEAR, FIGURE_NONE, 0 },
	{ "era_year", URL_WORD_YEAR, FIGURE_ERA_YEAR, 0 },
	{ "ee", URL_WORD_YEAR, FIGURE_ERA_YEAR, 2 },
	{ "era_fy", URL_WORD_FISCAL_YEAR, FIGURE_ERA_FISCAL_YEAR, 0 },
	{ "era_fyy", URL_WORD_FISCAL_YEAR, FIGURE_ERA_FISCAL_YEAR, 2 },
	{ "org", URL_WORD_ORG, FIGURE_NONE, 0 },
	{ "org5", URL_WORD_ORG, FIGURE_NONE, 5 },
	{ "pref", URL_WORD_ORG, FIGURE_NONE, 2 },
};

/* The first year of each, and its first day. */
static const struct era {
	const char *name;
	char letter;
	struct civil first;
} eras[] = {
	{ "令和", 'R', { 2019, 5, 1 } },
	{ "平成", 'H', { 1989, 1, 8 } },
	{ "昭和", 'S', { 1926, 12, 25 } },
	{ "大正", 'T', { 1912, 7, 30 } },
	{ "明治", 'M', { 1868, 1, 25 } },
};

static const struct word *
word_find(struct slice name)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (slice_is(name, words[i].name))
			return &words[i];
	return NULL;
}

enum url_word_of
url_word_of(struct slice name)
{
	const struct word *w = word_find(name);

	return w == NULL ? URL_WORD_UNKNOWN : w->of;
}

const char *
url_word_like(struct slice name, struct arena *mem)
{
	struct suggestion s;

	suggestion_begin(&s, slice_dup(name, mem));
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		suggestion_offer(&s, words[i].name);
	return s.best;
}

static int
fiscal_year(struct civil date)
{
	return date.month < 4 ? date.year - 1 : date.year;
}

static bool
not_before(struct civil date, struct civil first)
{
	return date.year != first.year  ? date.year > first.year
	    : date.month != first.month ? date.month > first.month
					: date.day >= first.day;
}

/* The era at a period's end, in which a year counts at least 1: 令和元年度
 * began in 平成, 昭和63年度 ended in 平成. */
static const struct era *
era_of(struct civil last, int year)
{
	const size_t n = ARRAY_LEN(eras);

	for (size_t i = 0; i < n; i++)
		if (not_before(last, eras[i].first)
		    && year >= eras[i].first.year)
			return &eras[i];
	return &eras[n - 1];
}

/* The year that {ee} counts: of a fiscal year its own. */
static int
year_of(const struct url_place *p)
{
	const struct civil last = civil_from_day(p->last);

	return p->every == SPAN_FISCAL_YEAR ? fiscal_year(last) : last.year;
}

static int
era_year(const struct url_place *p, int year)
{
	const struct era *e = era_of(civil_from_day(p->last), year);

	return year - e->first.year + 1;
}

static int
figure(enum figure what, const struct url_place *p)
{
	const struct civil first = civil_from_day(p->first);

	switch (what) {
	case FIGURE_YEAR:
		return first.year;
	case FIGURE_MONTH:
		return first.month;
	case FIGURE_DAY:
		return first.day;
	case FIGURE_LAST_DAY:
		return civil_from_day(p->last).day;
	case FIGURE_QUARTER:
		return (first.month - 1) / 3 + 1;
	case FIGURE_FISCAL_QUARTER:
		return (first.month + 8) % 12 / 3 + 1;
	case FIGURE_FISCAL_YEAR:
		return fiscal_year(first);
	case FIGURE_ERA_YEAR:
		return era_year(p, year_of(p));
	case FIGURE_ERA_FISCAL_YEAR:
		return era_year(p, fiscal_year(first));
	case FIGURE_NONE:
		break;
	}
	return 0;
}

static void
word_text(const struct word *w, const struct url_place *p, char out[TEXT_MAX])
{
	const struct era *e = era_of(civil_from_day(p->last), year_of(p));

	if (w->of == URL_WORD_ORG)
		(void)snprintf(out, TEXT_MAX, "%.*s",
		    w->width > 0 ? w->width : 6, p->org);
	else if (strcmp(w->name, "era") == 0)
		(void)snprintf(out, TEXT_MAX, "%s", e->name);
	else if (w->figure == FIGURE_NONE)
		(void)snprintf(out, TEXT_MAX, "%c",
		    w->name[0] == 'R' ? e->letter : e->letter - 'A' + 'a');
	else if (w->width == 2)
		(void)snprintf(out, TEXT_MAX, "%02d",
		    figure(w->figure, p) % 100);
	else
		(void)snprintf(out, TEXT_MAX, "%d", figure(w->figure, p));
}

/* All that is not ASCII, as %XX. */
static const char *
encoded(const char *text, struct arena *mem)
{
	char *out = arena_alloc(mem, 3 * strlen(text) + 1), *to = out;

	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x80)
			*to++ = *text;
		else
			to += snprintf(to, 4, "%%%02X", (unsigned char)*text);
	*to = '\0';
	return out;
}

const char *
url_words_fill(const char *url, const struct url_place *place,
    struct arena *mem)
{
	const char *from = url, *full = "";
	struct slice name;
	char text[TEXT_MAX];

	for (const char *at = url; (at = url_secret_find(at, &name)) != NULL;
	     at++) {
		const struct word *w = word_find(name);

		if (w == NULL || (w->of == URL_WORD_ORG && place->org == NULL))
			continue;
		word_text(w, place, text);
		full = arena_printf(mem, "%s%.*s%s", full, (int)(at - from),
		    from, encoded(text, mem));
		from = name.ptr + name.len + 1;
	}
	return from == url ? url : arena_printf(mem, "%s%s", full, from);
}

/* How many months a period of a kind has, and the month in which one begins;
 * 0: it is made of days. */
static int
months_of(enum span_kind every, int *from)
{
	*from = every == SPAN_FISCAL_YEAR ? 4 : 1;
	return every == SPAN_MONTH                            ? 1
	    : every == SPAN_QUARTER                           ? 3
	    : every == SPAN_HALF                              ? 6
	    : every == SPAN_YEAR || every == SPAN_FISCAL_YEAR ? 12
							      : 0;
}

/* The first day of a month counted from January of the year 0. */
static int32_t
month_first(int month)
{
	int32_t day = DAY_MIN;

	(void)!civil_to_day((struct civil){ month / 12, month % 12 + 1, 1 },
	    &day);
	return day;
}

struct url_place
url_place_of(enum span_kind every, int32_t day)
{
	struct url_place at = { .every = every, .first = day, .last = day };
	const struct civil date = civil_from_day(day);
	int from, months = months_of(every, &from);

	if (every == SPAN_WEEK) {
		at.first = day - civil_weekday(day) + 1;
		at.last = at.first + 6;
	}
	if (months == 0)
		return at;
	int month = date.year * 12 + date.month - from;

	month = month - month % months + from - 1;
	at.first = month_first(month);
	at.last = month_first(month + months) - 1;
	return at;
}

struct url_place
url_place_step(const struct url_place *place, int n)
{
	const struct civil date = civil_from_day(place->first);
	int from, months = months_of(place->every, &from);

	if (months == 0)
		return url_place_of(place->every,
		    place->first + n * (place->every == SPAN_WEEK ? 7 : 1));
	return url_place_of(place->every,
	    month_first(date.year * 12 + date.month - 1 + n * months));
}

size_t
url_place_text(const struct url_place *place, char out[PERIOD_TEXT_MAX])
{
	return period_text((struct period){ .kind = place->every,
			       .first = place->first,
			       .last = place->last },
	    out);
}
