/* Units of rows: from what a table prints to what the indicator is in. */
#include "kpid/units.h"

#include "normaliser.h"
#include "value_rule.h"

static bool
same_unit(struct slice a, struct slice b)
{
	int power = 0;

	return unit_factor(a, b, &power) && power == 0;
}

/* The row says nothing else than the contract. */
static bool
own_scale(const struct contract_value *v, const char *to, int *scale)
{
	*scale = v->scale;
	if (v->scale_set || v->unit == NULL || to == NULL)
		return true;
	return unit_factor(slice_of(v->unit), slice_of(to), scale);
}

static bool
row_scale(const struct contract_value *v, struct slice unit, const char *to,
    int *scale)
{
	if (unit.len == 0)
		return own_scale(v, to, scale);
	if (v->unit != NULL && same_unit(unit, slice_of(v->unit)))
		return own_scale(v, to, scale);
	if (to == NULL) /* nothing is known of the indicator */
		return v->unit == NULL && own_scale(v, to, scale);
	if (!unit_factor(unit, slice_of(to), scale))
		return false;
	/* A scale without a unit is of the unit that fits to it. */
	return !v->scale_set || v->unit != NULL || *scale == v->scale;
}

static bool
is_of(const struct unit_seen *u, const struct indicator *ind, struct slice unit)
{
	return u->indicator == ind && slice_eq(u->text, unit);
}

/* Most rows say what the one before said. */
static const struct unit_seen *
seen(struct value_rule *rule, const struct indicator *ind, struct slice unit)
{
	if (rule->n_units > 0 && is_of(&rule->units[rule->last], ind, unit))
		return &rule->units[rule->last];
	for (size_t i = 0; i < rule->n_units; i++)
		if (is_of(&rule->units[i], ind, unit)) {
			rule->last = i;
			return &rule->units[i];
		}
	return NULL;
}

bool
unit_scale(struct normaliser *n, const struct row_key *key,
    const struct value_plan *p, int *scale)
{
	const struct indicator *ind =
	    p->indicator != NULL ? p->indicator : key->indicator;
	struct value_rule *rule = p->rule;
	const struct unit_seen *known = seen(rule, ind, key->unit);
	struct unit_seen new = { .indicator = ind };

	if (known == NULL) {
		new.ok = row_scale(p->value, key->unit,
		    ind == NULL ? NULL : ind->unit, &new.scale);
		known = &new;
		if (rule->n_units < UNITS_SEEN_MAX) {
			new.text = (struct slice){ slice_dup(key->unit, n->mem),
				key->unit.len };
			rule->units[rule->n_units++] = new;
		}
	}
	if (known->ok)
		*scale = known->scale;
	return known->ok;
}
