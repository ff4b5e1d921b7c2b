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
	"時間軸(年)", "年度", "年", "西暦", "和暦", "Year", "year", "YEAR",
	NULL };

const struct column *
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

void
take_period(struct guess *g, const struct column *c)
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

/* 4月, or M04 as a period of its year. */
static struct column *
month_column(struct guess *g)
{
	static const char *const names[] = { "period", "Period", "PERIOD",
		NULL };
	const struct column *c = column_of(g, WHEN_MONTH, NULL);

	if (c == NULL)
		c = column_of(g, WHEN_PART, NULL);
	for (size_t i = 0; c == NULL && i < g->n_columns; i++) {
		const struct column *p = &g->columns[i];
		bool ok = p->role == ROLE_NONE && p->n_distinct > 0
		    && key_is(p->key, names);

		for (size_t k = 0; ok && k < p->n_distinct; k++)
			ok = strchr("MQS", p->distinct[k][0]) != NULL
			    && strlen(p->distinct[k]) == 3;
		if (ok)
			c = p;
	}
	return c == NULL ? NULL : &g->columns[c->number - 1];
}

/* What a template puts behind the year: 年度 where its column is called so. */
static const char *
behind_year(const struct column *year, const struct column *month)
{
	const char *text = year->distinct[0];
	bool fiscal = strstr(year->name, "年度") != NULL;

	/* M01 needs no word between. */
	if (strpbrk(month->distinct[0], "MQS") != NULL)
		return "";
	if (strstr(text, "年") == NULL)
		return fiscal ? "年度" : "年";
	return fiscal && strstr(text, "年度") == NULL ? "度" : "";
}

/* 年 | 月 (| 日), and 元号 | 年. */
static bool
from_columns(struct guess *g)
{
	struct column *year = year_column(g);
	struct column *month = named_figures(g, month_names, 12);
	struct column *day = named_figures(g, day_names, 31);
	const char *text, *after, *unit = "月";

	if (month == NULL) { /* 11月 */
		month = month_column(g);
		unit = "";
	}
	if (year == NULL || month == NULL || year->n_distinct == 0
	    || month->n_distinct == 0)
		return false;
	after = behind_year(year, month);
	text = arena_printf(g->mem, "{%s}%s{%s}%s", year->reference, after,
	    month->reference, unit);
	if (day != NULL)
		text = arena_printf(g->mem, "%s{%s}日", text, day->reference);
	period_set(g, "text", text);
	if (year->digits > 0 && strlen(year->distinct[0]) < 3)
		period_era(g, year);
	take_period(g, year);
	take_period(g, month);
	fill_down_guess(g, year);
	fill_down_guess(g, month);
	if (day != NULL)
		take_period(g, day);
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
		take_period(g, era);
		take_period(g, year);
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

/* 1年, 2年 and 3年 of a school. */
static bool
are_classes(const struct guess *g, const struct column *c)
{
	return c->whens[WHEN_YEAR] == c->filled && c->n_distinct > 0
	    && is_year_one(c->distinct[0], g->mem);
}

/* Could this column be the period? A bigger answer is a better one. */
static int
fitness(const struct guess *g, const struct column *c)
{
	int score = 10;

	if (c->role != ROLE_NONE || c->filled == 0
	    || (when_share(c) * 10 < c->filled * 7 && !goes_on(c, g->mem))
	    || are_bare_figures(g, c) || lacks_year(c) || are_classes(g, c))
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
const char *
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
const char *
year_of_months(struct guess *g)
{
	struct column *c = best_column(g);
	const char *text;

	if (c == NULL)
		c = named_figures(g, year_names, 9999);
	if (c != NULL) {
		const char *sample = c->n_distinct > 0 ? c->distinct[0] : "";

		take_period(g, c);
		fill_down_guess(g, c);
		if (c->whens[WHEN_YEAR] > 0 && c->whens[WHEN_FULL] == 0)
			period_era(g, c);
		else if (c->whens[WHEN_YEAR] > 0)
			period_inherit(g);
		if (strstr(c->key, "年度") != NULL
		    && strstr(sample, "年度") == NULL)
			return arena_printf(g->mem, "{%s}%s", c->reference,
			    strstr(sample, "年") == NULL ? "年度" : "度");
		return year_with_month(g,
		    arena_printf(g->mem, "{%s}", c->reference), sample);
	}
	text = beside_guess(g, false, true);
	return text == NULL ? NULL : year_with_month(g, text, g->beside);
}

/* 4月, 5月, .. down the rows; the year stands beside. */
static bool
from_month_rows(struct guess *g)
{
	const struct column *months = column_of(g, WHEN_MONTH, NULL);
	const char *year, *unit = "";

	if (months == NULL)
		months = column_of(g, WHEN_PART, NULL);
	if (months == NULL) {
		months = named_figures(g, month_names, 12);
		unit = "月";
	}
	if (months == NULL || months->n_distinct == 0)
		return false;
	take_period(g, months);
	g->wide.from_april = months->whens[WHEN_PART] > 0
	    || strtol(label_key(slice_of(months->distinct[0]), g->mem), NULL,
		   10)
		== 4;
	year = year_of_months(g);
	if (year == NULL)
		return false;
	period_set(g, "text",
	    arena_printf(g->mem, "%s{%s}%s", year, months->reference, unit));
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

	if (g->wide.n > 0 && !g->wide.orgs)
		return period_from_wide(g);
	if (from_columns(g) || from_era_column(g)) {
		leave_years(g);
		return true;
	}
	best = best_column(g);
	if (best != NULL) {
		period_column(g, best);
		leave_years(g);
		return true;
	}
	if (from_month_rows(g) || from_header(g) || years_in_names(g))
		return true;
	return period_beside(g);
}
