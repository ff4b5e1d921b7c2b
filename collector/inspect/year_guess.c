/* Years: in names of columns, carried on, said twice, with a time of day. */
#include <stdlib.h>
#include <string.h>

#include "guess.h"
#include "kpid/label.h"

bool
is_year_one(const char *text, struct arena *mem)
{
	const char *key = label_key(slice_of(text), mem);

	return strtol(key, NULL, 10) == 1 && key[0] == '1';
}

bool
goes_on(const struct column *c, struct arena *mem)
{
	struct look first;

	if (c->n_distinct < 2)
		return false;
	first = look_at(c->distinct[0], mem);
	if (first.when != WHEN_FULL
	    || (first.period.kind != SPAN_YEAR
		&& first.period.kind != SPAN_FISCAL_YEAR))
		return false;
	for (size_t i = 1; i < c->n_distinct; i++) {
		const char *key = label_key(slice_of(c->distinct[i]), mem);

		if (key[0] != '\0' && key[strspn(key, "0123456789")] == '\0'
		    && (strlen(key) > 2 || strtol(key, NULL, 10) == 0))
			return false;
	}
	return true;
}

bool
years_in_names(struct guess *g)
{
	const char *first = NULL, *newest = NULL;
	bool differ = false;

	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];

		c->date = c->role == ROLE_NONE && c->numbers * 2 > c->filled
		    ? year_in_name(c->name, g->mem)
		    : NULL;
		if (c->date == NULL)
			continue;
		if (first == NULL)
			first = c->date;
		differ |= strcmp(first, c->date) != 0;
		if (newest == NULL
		    || look_at(c->date, g->mem).period.last
			> look_at(newest, g->mem).period.last)
			newest = c->date;
	}
	if (differ) {
		period_set(g, "constant", newest);
		doubt(g,
		    "of when the values are: each column's own year was "
		    "written, and '%s' for those that name none",
		    newest);
		return true;
	}
	for (size_t i = 0; i < g->n_columns; i++)
		g->columns[i].date = NULL;
	return false;
}

void
leave_years(struct guess *g)
{
	static const char *const names[] = { "年", "年度", "西暦", "西暦年",
		"和暦", "年次", "暦年", "会計年度", "Year", "year", "YEAR",
		NULL };

	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];

		if (c->role == ROLE_NONE && c->filled > 0
		    && key_is(c->key, names)
		    && (c->whens[WHEN_DIGITS] + c->whens[WHEN_FULL]) * 10
			>= c->filled * 9)
			c->role = ROLE_IGNORE;
	}
}

void
cut_times(struct guess *g, const struct column *c)
{
	if (c->n_distinct == 0 || !look_at(c->distinct[0], g->mem).time)
		return;
	period_set(g, "pattern",
	    strstr(c->distinct[0], "日") != NULL
		? "^[^日]+日"
		: "^[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}");
	doubt(g,
	    "whether the days of '%s' are days here: a time stands behind "
	    "them, and was left out",
	    c->reference);
}
