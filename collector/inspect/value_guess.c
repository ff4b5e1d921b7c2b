/* Columns of figures; labels that name them; or rows that are counted. */
#include <string.h>

#include "guess.h"
#include "kpid/label.h"

static bool
is_figures(const struct guess *g, const struct column *c)
{
	return !is_category(g, c) && c->role == ROLE_NONE && c->numbers > 0
	    && (c->numbers + c->marks) * 10 >= c->filled * 6
	    && c->padded * 10 <= c->filled && !is_code_name(c->key);
}

/* No., 1, 2, 3: the place of a row is no figure. */
static bool
is_serial(const struct column *c)
{
	return c->rising && c->number == 1 && c->unit == NULL;
}

/* Nothing but … so far; it is a figure when others are. */
static bool
is_all_marks(const struct column *c)
{
	return c->role == ROLE_NONE && c->marks > 0 && c->marks == c->filled
	    && *c->name != '\0';
}

static size_t
count_figures(struct guess *g)
{
	size_t n = 0;

	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];

		if (is_figures(g, c) && is_serial(c))
			c->role = ROLE_IGNORE;
		n += is_figures(g, c);
	}
	return n;
}

static const char *
unit_before(const struct column *c)
{
	const struct column *before = c - 1;

	return before->unit != NULL ? before->unit : unit_by_name(before->key);
}

/* Of what a change is: people before all else. */
static const char *
unit_of_change(const struct guess *g, const struct column *c)
{
	for (size_t i = 0; i < g->n_columns; i++)
		if (strstr(g->columns[i].key, "人口") != NULL)
			return "人";
	return unit_before(c);
}

/* 計 is the sum of what stands before it, or of 男 and 女 behind it. */
static const char *
unit_beside_total(const struct guess *g, const struct column *c)
{
	static const char *const sexes[] = { "男", "男性", "女", "女性", NULL };

	if (c->number < g->n_columns && key_is(c[1].key, sexes))
		return c[1].unit != NULL ? c[1].unit : "人";
	return unit_before(c);
}

/* 前月比 of 人口, in people where it is a whole number. */
static bool
is_change(const struct column *c)
{
	static const char *const words[] = { "増減", "前月比", "前年比",
		"前月差", "前年差", "前年度比", NULL };

	return c->decimals == 0 && key_has(c->key, words)
	    && unit_by_name(c->key) == NULL;
}

static json_t *
value_of(struct guess *g, struct column *c)
{
	struct figure f = { c->name, c->unit, c->number, c->decimals };
	json_t *value = json_column(c->reference);
	const char *unit, *code;

	/* うち子ども is a part of what stands before it, 計 is its sum. */
	if (f.unit == NULL && c->number > 1 && is_change(c))
		f.unit = unit_of_change(g, c);
	else if (f.unit == NULL && c->number > 1
	    && (strncmp(c->key, "うち", strlen("うち")) == 0
		|| is_total(c->key, g->mem)))
		f.unit = unit_beside_total(g, c);

	c->role = ROLE_VALUE;
	if (g->by_label != NULL) /* the labels have their indicators */
		return value;
	code = indicator_for(g, &f, &unit);
	(void)json_object_set_new(value, "indicator", json_string(code));
	(void)json_object_set_new(value, "unit", json_string(unit));
	if (c->date != NULL)
		(void)json_object_set_new(value, "period",
		    json_string(c->date));
	return value;
}

static int
most_decimals(const struct guess *g)
{
	int most = 0;

	for (size_t i = 0; i < g->n_columns; i++)
		if ((g->columns[i].role == ROLE_WIDE
			|| g->columns[i].role == ROLE_VALUE)
		    && g->columns[i].decimals > most)
			most = g->columns[i].decimals;
	return most;
}

/* The unit that stands beside a label, in the first row that has it. */
static const char *
unit_beside(const struct guess *g, const char *label)
{
	const struct column *unit = NULL;

	for (size_t i = 0; i < g->n_columns; i++)
		if (g->columns[i].role == ROLE_UNIT)
			unit = &g->columns[i];
	for (size_t r = g->at.first; unit != NULL && r < g->at.last; r++) {
		const struct seen_row *row = &g->sample.rows[r];

		if (row_is_data(g, r)
		    && strcmp(seen_at(row, g->by_label->number - 1), label)
			== 0)
			return seen_at(row, unit->number - 1);
	}
	return NULL;
}

/* The decimals of the figures in a label's rows. */
static int
decimals_beside(const struct guess *g, const char *label)
{
	struct arena scratch = { 0 };
	int most = 0;

	for (size_t r = g->at.first; r < g->at.last; r++) {
		const struct seen_row *row = &g->sample.rows[r];

		if (!row_is_data(g, r)
		    || strcmp(seen_at(row, g->by_label->number - 1), label)
			!= 0)
			continue;
		for (size_t i = 0; i < g->n_columns; i++) {
			struct look look = { 0 };

			if (g->columns[i].role == ROLE_WIDE
			    || g->columns[i].role == ROLE_VALUE)
				look = look_at(seen_at(row, i), &scratch);
			if (look.decimals > most)
				most = look.decimals;
		}
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return most;
}

/* Each label an indicator of its own. */
static void
map_labels(struct guess *g)
{
	const struct column *c = g->by_label;
	json_t *map = json_object();

	for (size_t i = 0; i < c->n_distinct; i++) {
		const char *label = c->distinct[i], *unit, *code;
		struct figure f = { label, unit_beside(g, label), i + 1,
			decimals_beside(g, label) };

		if (is_total(label, g->mem) && c->n_distinct > 1)
			continue;
		code = indicator_for(g, &f, &unit);
		(void)json_object_set_new(map, one_line(label, g->mem),
		    json_string(code));
	}
	(void)json_object_set_new(g->draft.indicator, "map", map);
}

static void
wide_value(struct guess *g)
{
	const char *made =
	    json_string_value(json_object_get(g->draft.unpivot, "value"));
	json_t *value = json_column(made);
	struct figure f = { "", NULL, 0, most_decimals(g) };
	const char *unit, *code;

	for (size_t i = 0; i < g->n_columns; i++)
		if (g->columns[i].role == ROLE_WIDE && f.unit == NULL)
			f.unit = g->columns[i].unit;
	json_append(&g->draft.values, value);
	if (g->by_label != NULL)
		return;
	code = indicator_for(g, &f, &unit);
	(void)json_object_set_new(value, "indicator", json_string(code));
	(void)json_object_set_new(value, "unit", json_string(unit));
}

static void
unit_column(struct guess *g)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];

		if (c->role != ROLE_UNIT || g->draft.unit != NULL)
			continue;
		g->draft.unit = json_column(c->reference);
		/* One unit for all is the value's, too. */
		for (size_t k = 0; c->n_distinct == 1 && k < g->n_columns; k++)
			if (g->columns[k].unit == NULL)
				g->columns[k].unit = c->distinct[0];
	}
}

/* At most two of the labels that usually part records. */
static void
count_dimensions(struct guess *g)
{
	json_t *kept = NULL, *source;
	const char *name;

	json_object_foreach(g->draft.dimensions, name, source)
	{
		const char *column =
		    json_string_value(json_object_get(source, "column"));

		for (size_t i = 0; i < g->n_columns; i++) {
			struct column *c = &g->columns[i];

			if (strcmp(c->reference, column) != 0)
				continue;
			if (known_name(c->key) != NULL && c->n_distinct > 1
			    && c->n_distinct <= 30
			    && c->filled * 10 >= g->n_data * 9
			    && json_object_size(kept) < 2) {
				if (kept == NULL)
					kept = json_object();
				(void)json_object_set(kept, name, source);
			} else
				c->role = ROLE_IGNORE;
		}
	}
	json_decref(g->draft.dimensions);
	g->draft.dimensions = kept;
}

void
count_guess(struct guess *g)
{
	struct figure f = { "", "件", 0, 0 };
	json_t *value = json_object();
	const char *unit, *code;

	for (size_t i = 0; i < g->n_columns; i++)
		if (g->columns[i].role == ROLE_VALUE
		    || g->columns[i].role == ROLE_NONE)
			g->columns[i].role = ROLE_IGNORE;
	json_decref(g->draft.indicators);
	g->draft.indicators = NULL;
	g->flows = g->stocks = NULL;
	json_decref(g->draft.values);
	g->draft.values = NULL;
	count_dimensions(g);
	code = indicator_for(g, &f, &unit);
	(void)json_object_set_new(value, "count", json_true());
	(void)json_object_set_new(value, "indicator", json_string(code));
	json_append(&g->draft.values, value);
	if (has_days(g))
		(void)json_object_set_new(g->draft.period, "as",
		    json_string("month"));
	(void)json_object_del(g->draft.period, "frequency");
	doubt(g, "whether each row is one case: the rows are counted%s",
	    has_days(g) ? " by month" : "");
}

/* Where each value says of when it is, nothing else may. */
static void
leave_period(struct guess *g)
{
	size_t i;
	json_t *value;

	json_array_foreach(g->draft.values, i, value)
	{
		if (json_object_get(value, "period") == NULL)
			return;
	}
	json_decref(g->draft.period);
	g->draft.period = NULL;
}

bool
value_guess(struct guess *g)
{
	size_t n;

	unit_column(g);
	if (g->wide.n > 0) {
		wide_value(g);
		if (g->by_label != NULL)
			map_labels(g);
		return true;
	}
	n = count_figures(g);
	if (n == 0)
		return false;
	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];

		if (is_figures(g, c) || is_all_marks(c))
			json_append(&g->draft.values, value_of(g, c));
	}
	if (g->by_label != NULL)
		map_labels(g);
	leave_period(g);
	return true;
}
