/* Rules between columns; each says what is wrong and what to do. */
#include <string.h>

#include "target_rules.h"

struct rules {
	const struct config *cfg;
	const char *file;
	struct problems *all;
};

static const char *
field(const json_t *row, const char *key)
{
	return json_string_value(json_object_get(row, key));
}

static int
line_of(const json_t *row)
{
	return (int)json_integer_value(json_object_get(row, "line"));
}

static bool
field_is(const json_t *row, const char *key, const char *text)
{
	const char *value = field(row, key);

	return value != NULL && strcmp(value, text) == 0;
}

/* Stocks are not summed and flows are not "the latest": either would be
 * nonsense that looks like a number. */
static bool
aggregate_fits(const struct indicator *ind, const char *aggregate)
{
	static const char *const legal[] = {
		[MEASURE_STOCK] = " latest mean ",
		[MEASURE_RATIO] = " latest mean ratio_of_sums ",
		[MEASURE_FLOW] = " sum ",
		[MEASURE_FLOW_YTD] = " ytd ",
	};
	char word[32];

	(void)snprintf(word, sizeof(word), " %s ", aggregate);
	if (strcmp(aggregate, "ratio_of_sums") == 0
	    && (ind->numerator == NULL || ind->denominator == NULL))
		return false;
	return strstr(legal[ind->measure], word) != NULL;
}

static void
check_indicator(const struct rules *r, const json_t *row)
{
	const char *code = field(row, "indicator");
	const char *aggregate = field(row, "aggregate");
	const char *unit = field(row, "unit");
	const struct indicator *ind;

	if (code == NULL)
		return;
	ind = config_indicator(r->cfg, code);
	if (ind == NULL)
		problem_add(r->all, r->file, line_of(row),
		    "unknown indicator '%s'. HINT: declare it in "
		    "indicators.json",
		    code);
	else if (unit != NULL && strcmp(unit, ind->unit) != 0)
		problem_add(r->all, r->file, line_of(row),
		    "unit '%s', but '%s' is in '%s'. HINT: a target stands in "
		    "its indicator's unit",
		    unit, code, ind->unit);
	else if (aggregate != NULL && !aggregate_fits(ind, aggregate))
		problem_add(r->all, r->file, line_of(row),
		    "aggregate '%s' does not fit '%s'. HINT: stock and ratio: "
		    "latest or mean; flow: sum; flow_ytd: ytd; a ratio with "
		    "both parts: ratio_of_sums",
		    aggregate, code);
}

static void
require(const struct rules *r, const json_t *row, const char *key)
{
	if (field(row, key) == NULL)
		problem_add(r->all, r->file, line_of(row),
		    "comparator '%s' needs '%s'", field(row, "comparator"),
		    key);
}

static void
check_comparator(const struct rules *r, const json_t *row)
{
	static const struct {
		const char *comparator, *needs[4];
	} needs[] = {
		{ "at_least", { "value", "indicator", "aggregate" } },
		{ "at_most", { "value", "indicator", "aggregate" } },
		{ "between", { "value", "value_high", "indicator" } },
		{ "more_than_last_year", { "indicator", "aggregate" } },
		{ "less_than_last_year", { "indicator", "aggregate" } },
		{ "each_period_at_least", { "calendar", "indicator" } },
	};

	for (size_t i = 0; i < ARRAY_LEN(needs); i++)
		for (size_t k = 0;
		     field_is(row, "comparator", needs[i].comparator) && k < 4
		     && needs[i].needs[k] != NULL;
		     k++)
			require(r, row, needs[i].needs[k]);
	if (field_is(row, "path", "plan")
	    && json_array_size(json_object_get(row, "plan")) == 0)
		problem_add(r->all, r->file, line_of(row),
		    "path 'plan' without steps. HINT: write them in column "
		    "'計画' as R6.10〜R7.3:4");
	if (!field_is(row, "path", "plan") && !field_is(row, "path", "seasonal")
	    && json_array_size(json_object_get(row, "plan")) > 0)
		problem_add(r->all, r->file, line_of(row),
		    "steps are planned but the path is neither 'plan' nor "
		    "'seasonal'");
}

static bool
number(const json_t *row, const char *key, double *out)
{
	const char *text = field(row, key);
	json_t *value =
	    text == NULL ? NULL : json_loads(text, JSON_DECODE_ANY, NULL);

	if (!json_is_number(value)) {
		json_decref(value);
		return false;
	}
	*out = json_number_value(value);
	json_decref(value);
	return true;
}

/* A level that began beyond its target is judged as one to be kept there:
 * lawful, and often two numbers in each other's place. */
static void
check_baseline(const struct rules *r, const json_t *row)
{
	const bool least = field_is(row, "comparator", "at_least");
	double from, to;

	if ((!least && !field_is(row, "comparator", "at_most"))
	    || !field_is(row, "aggregate", "latest")
	    || !number(row, "baseline", &from) || !number(row, "value", &to)
	    || (least ? from <= to : from >= to))
		return;
	problem_warn(r->all, r->file, line_of(row),
	    "the baseline %s is past the target %s already: it is judged as a "
	    "level to be kept. HINT: are 目標値, 基準値 and 条件 what is meant?",
	    field(row, "baseline"), field(row, "value"));
}

static void
check_owner(const struct rules *r, const json_t *row)
{
	const char *owner = field(row, "owner");

	if (owner != NULL && strchr(owner, '@') == NULL)
		problem_add(r->all, r->file, line_of(row),
		    "'%s' is no mail address", owner);
}

static void
check_unique(const struct rules *r, const json_t *rows, size_t at, json_t *seen)
{
	const json_t *row = json_array_get(rows, at);
	const char *target = field(row, "target");
	const json_t *before =
	    target == NULL ? NULL : json_object_get(seen, target);

	if (target == NULL)
		return;
	if (before != NULL)
		problem_add(r->all, r->file, line_of(row),
		    "target '%s' stands in line %d already", target,
		    (int)json_integer_value(before));
	else
		(void)json_object_set_new(seen, target,
		    json_integer(line_of(row)));
}

/* A target hangs on a goal that the goal file has, when there is one. */
static void
check_goal(const struct rules *r, const json_t *row, const json_t *goals)
{
	const char *goal = field(row, "goal");
	const json_t *g;
	size_t i;

	if (json_array_size(goals) == 0 || goal == NULL)
		return;
	json_array_foreach(goals, i, g) if (field_is(g, "goal", goal)) return;
	problem_add(r->all, r->file, line_of(row),
	    "goal %s does not stand in the goal file", goal);
}

void
target_rules_check(const struct config *cfg, const struct plan_files *files,
    const json_t *targets, const json_t *goals, struct problems *all)
{
	const struct rules r = { cfg, files->targets, all };
	json_t *seen = json_object();

	for (size_t i = 0; i < json_array_size(targets); i++) {
		const json_t *row = json_array_get(targets, i);

		check_indicator(&r, row);
		check_comparator(&r, row);
		check_baseline(&r, row);
		target_dims_check(cfg, files->targets, row, all);
		check_owner(&r, row);
		check_goal(&r, row, goals);
		check_unique(&r, targets, i, seen);
	}
	json_decref(seen);
}
