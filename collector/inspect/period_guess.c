/*
 * What each value is of: the column (or columns) of its period, the header,
 * the title, the file's name.
 */
#include <stdlib.h>
#include <string.h>

#include "guess.h"
#include "kpid/label.h"

static const char *const year_names[] = { "年", "年度", "西暦", "年次", "暦年",
	"会計年度", "西暦年", "調査年", "調査年度", "対象年", "対象年度",
	"Year", "year", "YEAR", NULL };
static const char *const month_names[] = { "月", "対象月", "Month", "month",
	"MONTH", NULL };
static const char *const day_names[] = { "日", "Day", "day", NULL };
static const char *const era_names[] = { "明治", "大正", "昭和", "平成", "令和",
	"M", "T", "S", "H", "R", NULL };
/* The period of a table, and not of something in it. */
static const char *const period_names[] = { "年月", "年月日", "時点", "期間",
	"対象期間", "対象年月", "調査年月", "調査年月日", "基準日",
	"算出基準日", "集計日", "年次", "日付", "時間軸", "time", "Time",
	"date", "Date", "period", "TIME_PERIOD", "time_code", "時間軸(月)",
	"時間軸(年)", "年度", "年", "西暦", "和暦", NULL };

static const struct column *
column_of(const struct guess *g, enum when when, const char *const *names)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		const struct column *c = &g->columns[i];

		if (c->role == ROLE_NONE && c->filled > 0
		    && c->whens[when] * 10 >= c->filled * 8
		    && (names == NULL || key_is(c->key, names)))
			return c;
	}
	return NULL;
}

/* Whole numbers below a name that says what they are. */
static struct column *
named_figures(struct guess *g, const char *const *names, long max)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];
		bool ok = c->role == ROLE_NONE && c->filled > 0
		    && c->digits * 10 >= c->filled * 8 && key_is(c->key, names);

		for (size_t k = 0; ok && k < c->n_distinct; k++)
			ok = is_total(c->distinct[k], g->mem)
			    || (strtol(c->distinct[k], NULL, 10) <= max);
		if (ok)
			return c;
	}
	return NULL;
}

static void
take(struct guess *g, const struct column *c)
{
	g->columns[c->number - 1].role = ROLE_PERIOD;
}

/* 2024, 令和6 or 令和6年度 below a name that says year. */
static struct column *
year_column(struct guess *g)
{
	struct column *c = named_figures(g, year_names, 9999);

	for (size_t i = 0; c == NULL && i < g->n_columns; i++)
		if (g->columns[i].role == ROLE_NONE
		    && key_is(g->columns[i].key, year_names)
		    && g->columns[i].whens[WHEN_FULL] > 0)
			c = &g->columns[i];
	return c;
}

/* 年 | 月 (| 日), and 元号 | 年. */
static bool
from_columns(struct guess *g)
{
	struct column *year = year_column(g);
	struct column *month = named_figures(g, month_names, 12);
	struct column *day = named_figures(g, day_names, 31);
	const char *text, *after;

	if (year == NULL || month == NULL || year->n_distinct == 0)
		return false;
	after = strstr(year->distinct[0], "年") != NULL ? ""
	    : strstr(year->name, "年度") != NULL        ? "年度"
							: "年";
	text = arena_printf(g->mem, "{%s}%s{%s}月", year->reference, after,
	    month->reference);
	if (day != NULL)
		text = arena_printf(g->mem, "%s{%s}日", text, day->reference);
	period_set(g, "text", text);
	if (year->digits > 0 && strlen(year->distinct[0]) < 3)
		period_era(g, year);
	take(g, year);
	take(g, month);
	fill_down_guess(g, year);
	fill_down_guess(g, month);
	if (day != NULL)
		take(g, day);
	return true;
}

/* 昭和 | 23 | 年: the era in a column of its own. */
static bool
from_era_column(struct guess *g)
{
	for (size_t i = 0; i + 1 < g->n_columns; i++) {
		struct column *era = &g->columns[i], *year = era + 1;
		bool ok = era->role == ROLE_NONE && era->n_distinct > 0
		    && year->digits * 2 > year->filled;

		for (size_t k = 0; ok && k < era->n_distinct; k++)
			ok = key_is(era->distinct[k], era_names);
		if (!ok)
			continue;
		period_set(g, "text",
		    arena_printf(g->mem, "{%s}{%s}年", era->reference,
			year->reference));
		take(g, era);
		take(g, year);
		fill_down_guess(g, era);
		return true;
	}
	return false;
}

static size_t
when_share(const struct column *c)
{
	return c->whens[WHEN_FULL] + c->whens[WHEN_DIGITS] + c->whens[WHEN_YEAR]
	    + c->whens[WHEN_MONTH];
}

/* Four digits that are years by what they are, whatever they are called. */
static bool
are_years(const struct guess *g, const struct column *c)
{
	long least = 9999, most = 0;

	if (c->n_distinct < 3 || c->unit != NULL || c->digits < c->filled
	    || g->n_columns < 2)
		return false;
	for (size_t i = 0; i < c->n_distinct; i++) {
		long n = strtol(c->distinct[i], NULL, 10);

		least = n < least ? n : least;
		most = n > most ? n : most;
	}
	return least >= 1850 && most <= 2100
	    && (size_t)(most - least) < 2 * c->n_distinct;
}

/* Figures are years only where the name says so, or they can be no other. */
static bool
are_bare_figures(const struct guess *g, const struct column *c)
{
	return c->whens[WHEN_DIGITS] * 2 > c->filled
	    && !key_is(c->key, period_names) && strstr(c->key, "年") == NULL
	    && strstr(c->key, "日") == NULL && !are_years(g, c);
}

/* A month alone says no year. */
static bool
lacks_year(const struct column *c)
{
	return c->whens[WHEN_FULL] + c->whens[WHEN_DIGITS] == 0
	    && (c->whens[WHEN_MONTH] + c->whens[WHEN_PART]) * 2 > c->filled;
}

/* Could this column be the period? A bigger answer is a better one. */
static int
fitness(const struct guess *g, const struct column *c)
{
	int score = 10;

	if (c->role != ROLE_NONE || c->filled == 0
	    || when_share(c) * 10 < c->filled * 7 || are_bare_figures(g, c)
	    || lacks_year(c))
		return 0;
	if (key_is(c->key, period_names))
		score += 20;
	if (c->n_distinct > 1)
		score += 40;
	if (c->number == 1)
		score += 5;
	/* 人口算出基準日 is of a figure beside the table's own. */
	if (strstr(c->key, "人口") != NULL)
		score -= 5;
	return score;
}

static struct column *
best_column(struct guess *g)
{
	struct column *best = NULL;
	int most = 0;

	for (size_t i = 0; i < g->n_columns; i++) {
		int score = fitness(g, &g->columns[i]);

		if (score > most) {
			most = score;
			best = &g->columns[i];
		}
	}
	return best;
}

/* "{年}" and a month: 令和6 wants 年 between them, 2024年度 nothing. */
static const char *
year_with_month(struct guess *g, const char *text, const char *sample)
{
	const char *key = label_key(slice_of(sample), g->mem);
	bool has_year = strstr(key, "年") != NULL;
	bool fiscal = strstr(key, "年度") != NULL;

	if (!g->wide.from_april || fiscal)
		return has_year ? text : arena_printf(g->mem, "%s年", text);
	doubt(g,
	    "whether '%s' is a fiscal year: its months begin in April, so it "
	    "was taken as one",
	    sample);
	return arena_printf(g->mem, has_year ? "%s度" : "%s年度", text);
}

/* The year of months that stand in the header or in a column. */
static const char *
year_of_months(struct guess *g)
{
	struct column *c = best_column(g);
	const char *text;

	if (c == NULL)
		c = named_figures(g, year_names, 9999);
	if (c != NULL) {
		const char *sample = c->n_distinct > 0 ? c->distinct[0] : "";

		take(g, c);
		fill_down_guess(g, c);
		if (c->whens[WHEN_YEAR] > 0 && c->whens[WHEN_FULL] == 0)
			period_era(g, c);
		else if (c->whens[WHEN_YEAR] > 0)
			period_inherit(g);
		if (strstr(c->key, "年度") != NULL
		    && strstr(sample, "年") == NULL)
			return arena_printf(g->mem, "{%s}年度", c->reference);
		return year_with_month(g,
		    arena_printf(g->mem, "{%s}", c->reference), sample);
	}
	text = beside_guess(g, false, true);
	return text == NULL ? NULL : year_with_month(g, text, g->beside);
}

static void
wide_range(struct guess *g, long *first, long *last)
{
	*first = 99;
	*last = 0;
	for (size_t i = 0; i < g->n_columns; i++) {
		long n = strtol(label_key(slice_of(g->columns[i].name), g->mem),
		    NULL, 10);

		if (g->columns[i].role != ROLE_WIDE || n < 1 || n > 99)
			continue;
		*first = n < *first ? n : *first;
		*last = n > *last ? n : *last;
	}
}

static bool
from_wide(struct guess *g)
{
	const struct wide *w = &g->wide;
	const struct column *months = column_of(g, WHEN_MONTH, NULL);
	long first, last;
	const char *year;

	if (w->when == WHEN_MONTH || w->when == WHEN_PART) {
		year = w->with_year ? year_with_month(g,
			   arena_printf(g->mem, "{%s}", made_name(g, "年")),
			   "年度")
				    : year_of_months(g);
		if (year == NULL)
			return false;
		period_set(g, "text",
		    arena_printf(g->mem, "%s{%s}", year, w->period));
		return true;
	}
	if (months != NULL) {
		take(g, months);
		period_set(g, "text",
		    arena_printf(g->mem, "{%s}%s{%s}", w->period,
			w->when == WHEN_DIGITS ? "年" : "", months->reference));
	} else
		period_set(g, "column", w->period);
	if (w->inherited)
		period_inherit(g);
	else if (w->bare) {
		wide_range(g, &first, &last);
		period_set(g, "era", era_guess(g, first, last));
	}
	return true;
}

/* 4月, 5月, .. down the rows; the year stands beside. */
static bool
from_month_rows(struct guess *g)
{
	const struct column *months = column_of(g, WHEN_MONTH, NULL);
	const char *year;

	if (months == NULL)
		return false;
	take(g, months);
	g->wide.from_april = months->n_distinct > 0
	    && strtol(label_key(slice_of(months->distinct[0]), g->mem), NULL,
		   10)
		== 4;
	year = year_of_months(g);
	if (year == NULL)
		return false;
	period_set(g, "text",
	    arena_printf(g->mem, "%s{%s}", year, months->reference));
	return true;
}

/* 交付枚数（H29.8.31時点）: the last of the dates in the header. */
static bool
from_header(struct guess *g)
{
	const char *best = NULL;
	int32_t newest = INT32_MIN;

	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];
		const char *date = date_in_name(c->name, g->mem);
		struct look look;

		if (date == NULL)
			continue;
		look = look_at(date, g->mem);
		c->date = date;
		if (look.period.last >= newest) {
			newest = look.period.last;
			best = date;
		}
	}
	if (best == NULL)
		return false;
	period_set(g, "constant", best);
	doubt(g,
	    "of when the values are: '%s' stands in the header and was written "
	    "into the contract, which holds for this file only",
	    best);
	return true;
}

bool
period_guess(struct guess *g)
{
	struct column *best;
	const char *text;

	if (g->wide.n > 0)
		return from_wide(g);
	if (from_columns(g) || from_era_column(g))
		return true;
	best = best_column(g);
	if (best != NULL) {
		period_column(g, best);
		return true;
	}
	if (from_month_rows(g) || from_header(g))
		return true;
	text = beside_guess(g, true, true);
	if (text != NULL)
		period_set(g, "text", text);
	return text != NULL;
}
