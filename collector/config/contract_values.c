/* The values of a contract: columns of numbers, or rows that are counted. */
#include <string.h>

#include "check.h"
#include "kpid/units.h"

static bool
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static const char *
value_pointer(const struct check *k, size_t i, const char *key)
{
	const char *pointer = pointer_element("/values", i, k->d->scratch);

	return key == NULL ? pointer
			   : arena_printf(k->d->scratch, "%s/%s", pointer, key);
}

/* It may name one that could not be read: that is a problem already. */
static bool
names_key(const struct check *k, size_t i, const char *key)
{
	return json_object_get(json_array_get(check_json(k, "values"), i), key)
	    != NULL;
}

/* Rows that are counted have no cell to read. */
static void
check_count(const struct check *k, size_t i)
{
	static const char *const keys[] = { "unit", "scale", "pattern",
		"status" };
	const struct contract_value *value = &k->c->values[i];

	if (names_key(k, i, "count") && !names_key(k, i, "column")
	    && !value->count)
		check_problem(k, value_pointer(k, i, "count"),
		    "'count' is true, or there is a 'column'");
	for (size_t j = 0; value->count && j < ARRAY_LEN(keys); j++)
		if (names_key(k, i, keys[j]))
			check_problem(k, value_pointer(k, i, keys[j]),
			    "'%s' is for a column, not for a count", keys[j]);
}

/* The indicator that all numbers of the value are of; NULL when rows say. */
static const struct indicator *
fixed_indicator(const struct check *k, const struct contract_value *value)
{
	const char *code = value->indicator != NULL ? value->indicator
						    : k->c->indicator.constant;

	return code == NULL ? NULL : config_indicator(k->cfg, code);
}

static void
check_scale(const struct check *k, size_t i)
{
	const struct contract_value *value = &k->c->values[i];
	const struct indicator *it = fixed_indicator(k, value);
	int power;

	if (it == NULL || it->unit == NULL || value->unit == NULL
	    || value->count)
		return;
	if (!unit_factor(slice_of(value->unit), slice_of(it->unit), &power)) {
		if (!value->scale_set)
			check_problem(k, value_pointer(k, i, "unit"),
			    "'%s' is not known to be a multiple of '%s', the "
			    "unit of '%s'. HINT: 'scale' says what it is: 3 "
			    "for thousands, 0 for another name of the same",
			    value->unit, it->unit, it->code);
	} else if (value->scale_set && value->scale != power) {
		check_problem(k, value_pointer(k, i, "scale"),
		    "'scale' is %d, but from '%s' to '%s', the unit of '%s', "
		    "it is %d. HINT: leave it out",
		    value->scale, value->unit, it->unit, it->code, power);
	}
}

/* One that is computed has no other source. */
static void
check_derived(const struct check *k, const char *below,
    const struct indicator *it)
{
	if (it != NULL && it->derived.kind != DERIVED_NOT)
		check_problem(k, below,
		    "'%s' is computed from other indicators (%s, line %d). "
		    "HINT: take it out of the contract, or take 'derived' out "
		    "of the indicator",
		    it->code, it->file, it->derived.line);
}

/* A running total that is taken for the month's own would be added up. */
static void
check_measure(const struct check *k, const char *below, const char *code)
{
	const struct indicator *it =
	    code == NULL ? NULL : config_indicator(k->cfg, code);
	bool fiscal = k->c->period_as == PERIOD_AS_FISCAL_YEAR_TO_DATE;

	check_derived(k, below, it);
	if ((!fiscal && k->c->period_as != PERIOD_AS_YEAR_TO_DATE) || it == NULL
	    || it->measure == MEASURE_FLOW_YTD)
		return;
	check_problem(k, below,
	    "'%s' is a '%s', but the period is read as '%s': a total since %s. "
	    "HINT: an indicator of running totals has the measure 'flow_ytd'",
	    code, measure_words[it->measure],
	    fiscal ? "fiscal_year_to_date" : "year_to_date",
	    fiscal ? "April" : "January");
}

static void
check_measures(const struct check *k)
{
	const struct contract *c = k->c;

	check_measure(k, "/indicator/constant", c->indicator.constant);
	for (size_t i = 0; i < c->n_indicator_map; i++)
		check_measure(k,
		    pointer_member("/indicator/map",
			slice_of(c->indicator_map[i].from), k->d->scratch),
		    c->indicator_map[i].to);
	for (size_t i = 0; i < c->n_values; i++)
		check_measure(k, value_pointer(k, i, "indicator"),
		    c->values[i].indicator);
}

static void
check_dimensions(const struct check *k, size_t i)
{
	const struct contract_value *value = &k->c->values[i];
	const char *at = value_pointer(k, i, "dimensions");

	for (size_t j = 0; j < value->n_dims; j++)
		for (size_t d = 0; d < k->c->n_dims; d++)
			if (same(value->dims[j].from, k->c->dims[d].name))
				check_problem(k,
				    pointer_member(at,
					slice_of(value->dims[j].from),
					k->d->scratch),
				    "the dimension '%s' comes from line %d "
				    "already",
				    value->dims[j].from,
				    k->c->dims[d].source.line);
}

static bool
same_dims(const struct contract_value *a, const struct contract_value *b)
{
	if (a->n_dims != b->n_dims)
		return false;
	for (size_t i = 0; i < a->n_dims; i++)
		if (!same(a->dims[i].from, b->dims[i].from)
		    || !same(a->dims[i].to, b->dims[i].to))
			return false;
	return true;
}

/* Two of the same place and the same series. */
static void
check_unique(const struct check *k, size_t i)
{
	const struct contract_value *value = &k->c->values[i], *other;

	for (size_t j = 0; j < i; j++) {
		other = &k->c->values[j];
		if (!same(value->column, other->column)
		    || !same(value->indicator, other->indicator)
		    || !same(value->period, other->period)
		    || !same_dims(value, other))
			continue;
		if (value->column != NULL)
			check_problem(k, value_pointer(k, i, NULL),
			    "the column '%s' stands on line %d already",
			    value->column, other->line);
		else
			check_problem(k, value_pointer(k, i, NULL),
			    "the rows are counted on line %d already",
			    other->line);
	}
}

/* A column that is read and not read. */
static void
check_ignored(const struct check *k, size_t i)
{
	const struct contract_value *value = &k->c->values[i];

	for (size_t j = 0; value->column != NULL && j < k->c->n_ignore; j++)
		if (k->c->format == FORMAT_JSON
			? same(value->column, k->c->ignore[j])
			: same_label(value->column, k->c->ignore[j],
			    k->d->scratch))
			check_problem(k,
			    pointer_element("/ignore", j, k->d->scratch),
			    "the column '%s' is read: see line %d. HINT: take "
			    "it out of 'ignore' or of 'values'",
			    value->column, value->line);
}

static void
check_value(const struct check *k, size_t i)
{
	const struct contract_value *value = &k->c->values[i];

	if (value->indicator != NULL)
		indicator_check(k->d,
		    arena_printf(k->d->scratch, "%s%s", k->pointer,
			value_pointer(k, i, "indicator")),
		    k->cfg, value->indicator);
	if (!names_key(k, i, "indicator") && check_json(k, "indicator") == NULL
	    && (value->column != NULL || value->count))
		check_problem(k, value_pointer(k, i, NULL),
		    "no indicator for the %s%s%s. HINT: 'indicator' here, or "
		    "one in the contract for all values",
		    value->count ? "count" : "column '",
		    value->count ? "" : value->column, value->count ? "" : "'");
	check_count(k, i);
	check_scale(k, i);
	check_dimensions(k, i);
	check_unique(k, i);
	check_ignored(k, i);
}

void
check_values(const struct check *k)
{
	const json_t *json = check_json(k, "values");

	if (json == NULL)
		check_problem(k, "", "missing key 'values' in '%s'",
		    k->pointer + 1);
	check_measures(k);
	/* One that could not be read is a problem already. */
	for (size_t i = 0;
	     i < k->c->n_values && k->c->n_values == json_array_size(json); i++)
		check_value(k, i);
}
