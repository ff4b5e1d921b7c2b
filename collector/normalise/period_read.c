/* Period cells: what they say, moved and made what the contract wants. */
#include "kpid/normalise.h"

#include "period_rule.h"

bool
period_rule_new(const struct contract *c, struct period_rule *out,
    const char **why)
{
	struct period_rule rule = {
		.as = c->period_as,
		.inherit = c->inherit,
		.shift = c->shift,
		.opening = c->opening,
	};

	for (size_t i = 0; i < c->n_values; i++)
		rule.bucket = rule.bucket || c->values[i].count;
	if (c->era != NULL)
		rule.era = era_named(c->era);
	if (c->era != NULL && rule.era == NULL) {
		*why = "an era in the contract that is none";
		return false;
	}
	*out = rule;
	return true;
}

bool
period_read_by(struct slice cell, struct period_rule *rule, struct period *out,
    const char **why)
{
	struct reading r = { 0 };
	struct period p = { 0 };

	if (!period_scan(cell, rule->era, rule->inherit ? &rule->above : NULL,
		&r, why))
		return false;
	rule->above = r.parts;
	if (!period_shift(&r, rule->shift, why)
	    || (rule->opening && !period_opening(&r, why))
	    || !period_convert(&r, rule, &p, why))
		return false;
	*out = p;
	return true;
}

bool
period_read(struct slice cell, enum period_as as, const char *era,
    struct period *out, const char **why)
{
	const struct contract c = { .period_as = as, .era = era };
	struct period_rule rule;

	return period_rule_new(&c, &rule, why)
	    && period_read_by(cell, &rule, out, why);
}
