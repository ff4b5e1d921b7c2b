/* The period of a table whose columns are periods. */
#include <stdlib.h>
#include <string.h>

#include "guess.h"
#include "kpid/label.h"

const char *
without_result(const char *part, struct arena *mem)
{
	static const char *const words[] = { "の実績値", "の実績", "実績値",
		"実績", "決算額", "決算" };
	size_t len = strlen(part);

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		size_t n = strlen(words[i]);

		if (len > n && strcmp(part + len - n, words[i]) == 0)
			return slice_dup(slice_trim((struct slice){
					     part, len - n }),
			    mem);
	}
	return part;
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

/* Days across the header: 3月末 of each year. */
static void
wide_frequency(struct guess *g)
{
	const char **names =
	    arena_array(g->mem, g->n_columns + 1, sizeof(*names));
	const char *code;
	size_t n = 0;

	for (size_t i = 0; i < g->n_columns; i++)
		if (g->columns[i].role == ROLE_WIDE)
			names[n++] = g->columns[i].name;
	code = days_apart(names, n, g->mem);
	if (code != NULL && *code != '\0' && strcmp(code, "D") != 0)
		period_set(g, "frequency", code);
}

bool
period_from_wide(struct guess *g)
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
		take_period(g, months);
		period_set(g, "text",
		    arena_printf(g->mem, "{%s}%s{%s}", w->period,
			w->when == WHEN_DIGITS ? "年" : "", months->reference));
	} else {
		period_set(g, "column", w->period);
		wide_frequency(g);
	}
	if (w->inherited)
		period_inherit(g);
	else if (w->bare) {
		wide_range(g, &first, &last);
		period_set(g, "era", era_guess(g, first, last));
	}
	return true;
}
