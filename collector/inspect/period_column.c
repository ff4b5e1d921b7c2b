/* What a contract says of one column of periods. */
#include <stdlib.h>
#include <string.h>

#include "guess.h"
#include "kpid/label.h"

static const char *const day_names[] = { "日", "Day", "day", NULL };

static json_t *
period_of(struct guess *g)
{
	if (g->draft.period == NULL)
		g->draft.period = json_object();
	return g->draft.period;
}

void
period_set(struct guess *g, const char *key, const char *text)
{
	json_set_text(&g->draft.period, key, text);
}

void
period_inherit(struct guess *g)
{
	(void)json_object_set_new(period_of(g), "inherit", json_true());
}

/* The least and the greatest of a column's era-less years. */
static void
bare_range(const struct column *c, struct guess *g, long *first, long *last)
{
	*first = 99;
	*last = 0;
	for (size_t i = 0; i < c->n_distinct; i++) {
		const char *key = label_key(slice_of(c->distinct[i]), g->mem);
		long n = strtol(key, NULL, 10);

		if (n < 1 || n > 99)
			continue;
		*first = n < *first ? n : *first;
		*last = n > *last ? n : *last;
	}
}

void
period_era(struct guess *g, const struct column *c)
{
	long first, last;

	bare_range(c, g, &first, &last);
	period_set(g, "era", era_guess(g, first, last));
}

/* The other dates of the table are no part of its series. */
static void
leave_other_dates(struct guess *g, const struct column *chosen)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];

		if (c == chosen || c->role != ROLE_NONE || c->filled == 0
		    || c->whens[WHEN_FULL] * 10 < c->filled * 8)
			continue;
		c->role = ROLE_IGNORE;
		doubt(g,
		    "whether '%s' or '%s' is the period: the first was taken, "
		    "the other is left out",
		    chosen->reference, c->reference);
	}
}

/* a), 注1) behind periods: marks that a contract names. */
static void
footnotes(struct guess *g, const struct column *c)
{
	for (size_t i = 0; i < c->n_distinct; i++) {
		const char *text = c->distinct[i];
		struct look look = look_at(text, g->mem);
		const char *mark = strrchr(text, ' ');

		if (look.when != WHEN_NONE || mark == NULL || strlen(mark) > 8
		    || mark[strlen(mark) - 1] != ')')
			continue;
		const char *rest = slice_dup(slice_trim((struct slice){
						 text, (size_t)(mark - text) }),
		    g->mem);

		if (look_at(rest, g->mem).when == WHEN_NONE)
			continue;
		size_t k;
		json_t *have;
		bool told = false;

		json_array_foreach(g->draft.footnotes, k, have)
		{
			told |= strcmp(json_string_value(have), mark + 1) == 0;
		}
		if (!told)
			json_append(&g->draft.footnotes, json_string(mark + 1));
	}
}

const char *
days_apart(const char *const *texts, size_t n, struct arena *mem)
{
	int32_t least = INT32_MAX, before = 0;
	bool days = false;

	for (size_t i = 0; i < n; i++) {
		struct look look = look_at(texts[i], mem);
		int32_t gap;

		if (look.when != WHEN_FULL || look.period.kind != SPAN_DAY)
			continue;
		gap = look.period.first > before ? look.period.first - before
						 : before - look.period.first;
		if (days && gap > 0 && gap < least)
			least = gap;
		before = look.period.first;
		days = true;
	}
	if (!days)
		return NULL;
	if (least == INT32_MAX)
		return "";
	return least < 6  ? "D"
	    : least < 27  ? "W"
	    : least < 80  ? "M"
	    : least < 170 ? "Q"
	    : least < 350 ? "S"
			  : "A";
}

static void
frequency(struct guess *g, const struct column *c)
{
	const char *code = days_apart(c->distinct, c->n_distinct, g->mem);

	if (code == NULL)
		return;
	if (*code == '\0') {
		period_set(g, "frequency", "M");
		doubt(g,
		    "how often the dates of '%s' come: there is only one, and "
		    "monthly was written",
		    c->reference);
		return;
	}
	period_set(g, "frequency", code);
}

void
period_column(struct guess *g, struct column *c)
{
	period_set(g, "column", c->reference);
	if (c->whens[WHEN_YEAR] > 0 && c->whens[WHEN_FULL] == 0)
		period_era(g, c);
	if (c->whens[WHEN_FULL] > 0
	    && (c->whens[WHEN_YEAR] + c->whens[WHEN_MONTH] > 0
		|| (c->digits > 0 && goes_on(c, g->mem))))
		period_inherit(g);
	cut_times(g, c);
	frequency(g, c);
	c->role = ROLE_PERIOD;
	fill_down_guess(g, c);
	footnotes(g, c);
	leave_other_dates(g, c);
}

bool
has_days(const struct guess *g)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		const struct column *c = &g->columns[i];

		if (c->role == ROLE_PERIOD
		    && (key_is(c->key, day_names)
			|| days_apart(c->distinct, c->n_distinct, g->mem)
			    != NULL))
			return true;
	}
	return false;
}
