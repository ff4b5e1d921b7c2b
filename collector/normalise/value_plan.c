/* The values of a contract, made ready: indicators, periods, series. */
#include <string.h>

#include "normaliser.h"

/* The order of a value's own dimensions, by name. */
static size_t *
dims_order(const struct contract_value *v, struct arena *mem)
{
	size_t *order = arena_array(mem, v->n_dims, sizeof(*order));

	for (size_t i = 0; i < v->n_dims; i++) {
		size_t at = i;

		for (; at > 0
		     && strcmp(v->dims[order[at - 1]].from, v->dims[i].from)
			 > 0;
		     at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
	return order;
}

/* A period of the value's own, which says its year itself. */
static bool
constant_period(struct normaliser *n, struct value_plan *p,
    struct kpid_err *err)
{
	struct period_rule rule = n->period_rule;
	const char *why = "unreadable";

	if (p->value->period == NULL)
		return true;
	rule.inherit = false;
	p->period_set = true;
	return period_read_by(slice_of(p->value->period), &rule, &p->period,
		   &why)
	    || err_set(err, KPID_ECONFIG, "%s:%d: period '%s': %s",
		n->feed->file, p->value->line, p->value->period, why);
}

static bool
plan_value(struct normaliser *n, const struct contract_value *v,
    struct value_plan *p, struct kpid_err *err)
{
	*p = (struct value_plan){ .value = v,
		.column = NO_COLUMN,
		.status = NO_COLUMN,
		.order = dims_order(v, n->mem) };
	buf_init(&p->dims, DIMS_MAX);
	if (v->indicator != NULL)
		p->indicator = indicator_of(n, v->indicator);
	return (v->pattern == NULL
		   || pattern_new(v->pattern, n->mem, &p->pattern, err))
	    && constant_period(n, p, err);
}

bool
value_plans_new(struct normaliser *n, struct kpid_err *err)
{
	const struct contract *c = n->contract;

	n->values = arena_array(n->mem, c->n_values, sizeof(*n->values));
	n->n_values = c->n_values;
	for (size_t i = 0; i < c->n_values; i++)
		if (!plan_value(n, &c->values[i], &n->values[i], err))
			return false;
	return true;
}

void
value_plans_place(struct normaliser *n)
{
	for (size_t i = 0; i < n->n_values; i++) {
		n->values[i].column = n->map.values[i];
		n->values[i].status = n->map.statuses[i];
	}
}

void
value_plans_release(struct normaliser *n)
{
	for (size_t i = 0; i < n->n_values; i++)
		buf_release(&n->values[i].dims);
	n->n_values = 0;
}

struct period
value_period(const struct row_key *key, const struct value_plan *p)
{
	return p->period_set ? p->period : key->period;
}

static bool
no_indicator(const struct normaliser *n, const struct value_plan *p,
    struct kpid_err *err)
{
	return err_set(err, KPID_ECONFIG,
	    "%s:%d: the value '%s' "
	    "names no indicator, nor does the contract",
	    n->feed->file, p->value->line,
	    p->value->column == NULL ? "count" : p->value->column);
}

/* Is it the wanted one, as far as its owner knows without its dimensions as
 * text? Their number is the same only for the same text. */
static bool
is_known(const struct series *s, const struct series_want *want,
    const struct value_plan *p, uint64_t dims)
{
	return s != NULL && s->key.org == want->org && s->by == p
	    && s->dims == dims && s->key.indicator == want->indicator
	    && s->kind == want->period.kind && s->n == want->period.n;
}

static bool
find_series(struct normaliser *n, struct series_want *want,
    struct value_plan *p, struct series **out, struct kpid_err *err)
{
	if (n->contract->frequency != NULL)
		want->instants = n->contract->frequency;
	if (!dims_of_value(n, p, &want->dims, err)
	    || !series_intern(&n->series, want, out, err))
		return false;
	(*out)->by = p;
	(*out)->dims = n->dims.at->number;
	return true;
}

/* Tables go through their series in the same order again and again: what came
 * next the last time comes next, or the same one does. */
bool
value_series(struct normaliser *n, const struct row_key *key,
    struct value_plan *p, struct series_key **out, struct kpid_err *err)
{
	const struct indicator *indicator =
	    p->indicator != NULL ? p->indicator : key->indicator;
	const uint64_t dims = n->dims.at->number;
	struct series *s = p->last;

	if (indicator == NULL)
		return no_indicator(n, p, err);
	struct series_want want = { .indicator = indicator->code,
		.org = key->org,
		.instants = "D",
		.period = value_period(key, p) };

	if (s != NULL && is_known(s->next, &want, p, dims)) {
		s = s->next;
	} else if (!is_known(s, &want, p, dims)) {
		if (!find_series(n, &want, p, &s, err))
			return false;
		if (p->last != NULL)
			p->last->next = s;
	}
	p->last = s;
	*out = &s->key;
	return true;
}
