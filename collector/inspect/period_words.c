/*
 * What words say of the periods: 年度, 各月1日現在, 累計. They stand in the
 * name of a column or above the table; what is seen and not used is a doubt.
 */
#include <string.h>

#include "guess.h"
#include "kpid/normalise.h"

/* What the cells of the period are by themselves. */
struct kinds {
	size_t years, fiscal, months;
	const char *first; /* a cell, or NULL */
	bool named;        /* every year says 年 */
};

static void
count_kind(struct guess *g, const char *text, struct kinds *k)
{
	struct look look = look_at(text, g->mem);
	enum span_kind kind = look.period.kind;
	bool whole = look.when == WHEN_FULL || look.when == WHEN_DIGITS;

	if (look.when == WHEN_NONE)
		return;
	k->first = k->first == NULL ? text : k->first;
	if (look.when == WHEN_YEAR || (whole && kind == SPAN_YEAR))
		k->years++;
	k->fiscal += whole && kind == SPAN_FISCAL_YEAR;
	k->months += look.when == WHEN_MONTH || (whole && kind == SPAN_MONTH);
	k->named &= strstr(text, "年") != NULL;
}

/* Its name may have two parts: 2020年/男. */
static void
count_name(struct guess *g, const char *name, struct kinds *k)
{
	const char *slash = strchr(name, '/');

	if (slash == NULL) {
		count_kind(g,
		    without_result(without_brackets(name, g->mem), g->mem), k);
		return;
	}
	count_kind(g, arena_strndup(g->mem, name, (size_t)(slash - name)), k);
	count_kind(g, slash + 1, k);
}

static struct kinds
kinds_of_period(struct guess *g)
{
	struct kinds k = { .named = true };

	for (size_t i = 0; i < g->n_columns; i++) {
		const struct column *c = &g->columns[i];

		if (c->role == ROLE_WIDE && !g->wide.orgs)
			count_name(g, c->name, &k);
		for (size_t n = 0; c->role == ROLE_PERIOD && n < c->n_distinct;
		     n++)
			count_kind(g, c->distinct[n], &k);
	}
	return k;
}

static const char *
told_above(struct guess *g, const char *pattern, const char **taken)
{
	for (size_t r = 0; r < g->at.top; r++)
		for (size_t i = 0; i < g->sample.rows[r].n; i++) {
			const char *text = g->sample.rows[r].cells[i].text;

			if (*text != '\0'
			    && text_takes(g, text, pattern, taken))
				return text;
		}
	return NULL;
}

/* A name that is of the period: of its column, or in the corner. */
static bool
names_period(const struct guess *g, const struct column *c)
{
	return c->role == ROLE_PERIOD || (g->wide.n > 0 && c->number == 1);
}

/* The name of a column in which it is. */
static const char *
told_in_name(struct guess *g, bool of_period, const char *pattern,
    const char **taken)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		const struct column *c = &g->columns[i];

		if (*c->name != '\0' && names_period(g, c) == of_period
		    && text_takes(g, c->name, pattern, taken))
			return c->name;
	}
	return NULL;
}

/* The text above the table or of the period's name in which it is. */
static const char *
told_by(struct guess *g, const char *pattern, const char **taken)
{
	const char *text = told_above(g, pattern, taken);

	return text != NULL ? text : told_in_name(g, true, pattern, taken);
}

/* In the name of a figure it may be true of that alone. */
static void
tell_unused(struct guess *g, const char *pattern)
{
	const char *taken, *name = told_in_name(g, false, pattern, &taken);

	if (name != NULL)
		doubt(g,
		    "of which day the values are: '%s' says so of one column, "
		    "and was not used",
		    name);
}

static bool
has_key(const struct guess *g, const char *key)
{
	return json_object_get(g->draft.period, key) != NULL;
}

/* 年度 over R1, R2, ..: the column's name, or a title's word. */
static void
fiscal_years(struct guess *g, const struct kinds *k)
{
	const char *taken, *text;
	bool named = false;

	if (k->years == 0 || k->months > 0 || has_key(g, "as")
	    || !has_key(g, "column"))
		return;
	for (size_t i = 0; i < g->n_columns; i++)
		named |= g->columns[i].role == ROLE_PERIOD
		    && strstr(g->columns[i].key, "年度") != NULL;
	text = told_by(g, "(?<![0-9０-９元前翌当本今昨])年度", &taken);
	if (named || text != NULL)
		period_set(g, "as", "fiscal_year");
	if (!named && text != NULL)
		doubt(g,
		    "whether the years ('%s') are fiscal years, as '%s' says "
		    "and was written",
		    k->first, one_line(text, g->mem));
	else if (named && k->named && k->fiscal == 0)
		doubt(g,
		    "whether years such as '%s' are fiscal years, as the "
		    "column's name says and was written",
		    k->first);
	else if (!named && !k->named && g->wide.n > 0)
		doubt(g,
		    "whether the years ('%s') are calendar years, as was "
		    "written, or fiscal years (\"as\": \"fiscal_year\")",
		    k->first);
}

/* A year's cell with this day behind it, as a template; NULL: unreadable. */
static const char *
day_of_year(struct guess *g, const struct kinds *k, const char *day)
{
	const char *column =
	    json_string_value(json_object_get(g->draft.period, "column"));
	const char *year = strstr(k->first, "年") != NULL ? "" : "年";
	const char *cell = arena_printf(g->mem, "%s%s%s", k->first, year, day);
	struct look look = look_at(cell, g->mem);

	if (column == NULL || has_key(g, "inherit") || has_key(g, "era")
	    || look.when != WHEN_FULL || look.period.kind != SPAN_DAY)
		return NULL;
	return arena_printf(g->mem, "{%s}%s%s", column, year, day);
}

/* （各年4月1日現在） above years. */
static bool
days_of_years(struct guess *g, const struct kinds *k)
{
	static const char pattern[] =
	    "(?:(?:各|毎)年度?|^|[（(\\s　・])[\\s　]*"
	    "([0-9０-９]{1,2}月(?:[0-9０-９]{1,2}日|末日?))[\\s　]*"
	    "(?:現在|時点)";
	const char *day, *text, *form;

	if (k->months > 0 || k->years + k->fiscal == 0)
		return false;
	text = told_by(g, pattern, &day);
	if (text == NULL) {
		tell_unused(g, pattern);
		return false;
	}
	form = day_of_year(g, k, day);
	if (form == NULL || (k->years > 0 && k->fiscal > 0)) {
		doubt(g,
		    "of which day of the year the values are: '%s' says so, "
		    "and only the years were written",
		    one_line(text, g->mem));
		return false;
	}
	json_decref(g->draft.period);
	g->draft.period = NULL;
	period_set(g, "text", form);
	period_set(g, "frequency", "A");
	return true;
}

/* 人口（各月1日現在） above months. */
static void
first_days(struct guess *g, const struct kinds *k)
{
	static const char pattern[] =
	    "(?:各|毎)月[\\s　]*(?:[1１一]日|初)|月初|"
	    "[（(][\\s　]*[1１]日[\\s　]*現在";
	const char *taken;
	const char *text = told_by(g, pattern, &taken);

	if (text == NULL)
		tell_unused(g, pattern);
	if (text == NULL || has_key(g, "frequency"))
		return;
	if (k->months == 0 || has_key(g, "as")) {
		doubt(g,
		    "of which day the values are: '%s' says so, and was not "
		    "used",
		    one_line(text, g->mem));
		return;
	}
	period_set(g, "as", "first_day");
	period_set(g, "frequency", "M");
}

/* Sheets for each year have a day of each. */
static bool
is_yearly(struct guess *g)
{
	struct look look = { 0 };

	if (g->sheet != NULL
	    && json_object_get(g->draft.sheet, "pattern") != NULL)
		look = look_at(g->sheet, g->mem);
	return look.when == WHEN_FULL
	    && (look.period.kind == SPAN_YEAR
		|| look.period.kind == SPAN_FISCAL_YEAR);
}

/* A day that stands once, above the table or in its header. */
static void
single_day(struct guess *g)
{
	const char *text =
	    json_string_value(json_object_get(g->draft.period, "constant"));
	struct look look;

	if (text == NULL && g->draft.captures != NULL && has_key(g, "text"))
		text = g->beside;
	if (text == NULL || has_key(g, "frequency"))
		return;
	look = look_at(text, g->mem);
	if (look.when != WHEN_FULL || look.period.kind != SPAN_DAY)
		return;
	period_set(g, "frequency", is_yearly(g) ? "A" : "M");
	doubt(g,
	    "how often dates such as '%s' come: there is only one, and %s was "
	    "written",
	    text, is_yearly(g) ? "yearly" : "monthly");
}

static bool
is_running(const char *name)
{
	return strstr(name, "累計") != NULL || strstr(name, "累積") != NULL;
}

/* Do all columns of figures run on? *name: of one that does. */
static bool
all_run_on(struct guess *g, const char **name)
{
	size_t figures = 0, running = 0;
	const char *taken;

	*name = NULL;
	for (size_t i = 0; i < g->n_columns; i++) {
		const struct column *c = &g->columns[i];

		if (c->role != ROLE_NONE || c->numbers * 2 <= c->filled)
			continue;
		figures++;
		running += is_running(c->name);
		if (is_running(c->name))
			*name = c->name;
	}
	if (g->wide.n > 0 || *name == NULL)
		*name = told_above(g, "累計|累積", &taken);
	return g->wide.n > 0 || figures == running;
}

/* 件数（累計） of months from April on is since April. */
static void
running_totals(struct guess *g, const struct kinds *k)
{
	const char *name;
	bool all = all_run_on(g, &name);
	struct look first;

	if (name == NULL || k->months == 0)
		return;
	first = look_at(k->first, g->mem);
	if (all && !has_key(g, "as")
	    && (g->wide.from_april
		|| (first.when != WHEN_MONTH
		    && civil_from_day(first.period.first).month == 4))) {
		period_set(g, "as", "fiscal_year_to_date");
		g->to_date = true;
		doubt(g,
		    "whether '%s' and the like run since April of each "
		    "fiscal year, as was written",
		    name);
		return;
	}
	doubt(g,
	    "since when '%s' runs: since April it wants \"measure\": "
	    "\"flow_ytd\" and \"as\": \"fiscal_year_to_date\"",
	    name);
}

void
period_words(struct guess *g)
{
	const struct kinds k = kinds_of_period(g);

	if (g->draft.period == NULL)
		return;
	single_day(g);
	if (k.first == NULL)
		return;
	if (!days_of_years(g, &k))
		fiscal_years(g, &k);
	first_days(g, &k);
	running_totals(g, &k);
}
