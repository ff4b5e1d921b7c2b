/* rooms: base config normalise */
/* From the unit that a table prints to the one the indicator is in. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../../collector/normalise/normaliser.h"
#include "../../collector/normalise/value_rule.h"

#define REFUSED 99

static const struct {
	const char *row; /* of the row; NULL: it says none */
	const char *own; /* of the contract's value */
	const char *to;  /* of the indicator; NULL: it is not known */
	bool set;        /* the contract's scale.. */
	int scale, out;
	const char *why;
} rows[] = {
	{ NULL, NULL, "円", false, 0, 0, "nobody says anything" },
	{ NULL, "円", "円", false, 0, 0, "the same" },
	{ NULL, "千円", "円", false, 0, 3, "thousands" },
	{ NULL, "百万円", "円", false, 0, 6, "millions" },
	{ NULL, "円", "千円", false, 0, -3, "the other way" },
	{ NULL, "万人", "人", false, 0, 4, "ten thousands" },
	{ NULL, "千円", NULL, false, 0, 0, "an unknown indicator" },
	{ NULL, "千円", "円", true, 3, 3, "given" },
	{ NULL, NULL, "円", true, 3, 3, "given without a unit" },
	{ NULL, "人", "円", false, 0, REFUSED, "people are no money" },
	{ "千円", "千円", "円", false, 0, 3, "the row says the same" },
	{ "（千円）", "千円", "円", false, 0, 3, "in parentheses" },
	{ "百万円", "千円", "円", false, 0, 6, "the row knows better" },
	{ "円", "千円", "円", true, 3, 0, "even than a given scale" },
	{ "千円", "千円", "円", true, 3, 3, "and agrees with it" },
	{ "千円", NULL, "円", false, 0, 3, "the row alone" },
	{ "千円", NULL, "円", true, 3, 3, "as the scale says" },
	{ "百万円", NULL, "円", true, 3, REFUSED, "not as the scale says" },
	{ "人", "千円", "円", false, 0, REFUSED, "no money" },
	{ "人", NULL, "円", false, 0, REFUSED, "the same without a unit" },
	{ "人", NULL, NULL, false, 0, 0, "nothing to compare with" },
	{ "千人", "人", NULL, false, 0, REFUSED, "not the contract's" },
	{ "人", "人", NULL, true, 2, 2, "the contract's, scaled" },
};

struct case_of {
	struct normaliser n;
	struct value_rule rule;
	struct contract_value value;
	struct indicator indicator;
	struct value_plan plan;
	struct row_key key;
};

static int
scale_of(struct case_of *c)
{
	int scale = REFUSED;

	return unit_scale(&c->n, &c->key, &c->plan, &scale) ? scale : REFUSED;
}

Test(unit_scale, follows_from_both_units)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena mem = { 0 };
		static struct case_of c;

		memset(&c, 0, sizeof(c));
		c.n.mem = &mem;
		c.indicator.unit = rows[i].to;
		c.value = (struct contract_value){ .unit = rows[i].own,
			.scale_set = rows[i].set,
			.scale = rows[i].scale };
		c.plan = (struct value_plan){ .value = &c.value,
			.indicator = &c.indicator,
			.rule = &c.rule };
		c.key.unit = slice_of(rows[i].row);
		for (int again = 0; again < 2; again++)
			cr_expect_eq(scale_of(&c), rows[i].out,
			    "row %zu (%s), time %d", i, rows[i].why, again);
		arena_release(&mem);
	}
}

/* Each row may name its own indicator and unit. */
Test(unit_scale, is_by_row)
{
	static const char *const units[] = { "円", "千円", "億円", "人" };
	static const int scales[] = { 0, 3, 8, REFUSED };
	static const struct indicator yen = { .unit = "円" };
	static const struct indicator people = { .unit = "人" };
	static struct case_of c;
	struct arena mem = { 0 };

	c.n.mem = &mem;
	c.plan = (struct value_plan){ .value = &c.value, .rule = &c.rule };
	for (size_t i = 0; i < 3 * ARRAY_LEN(units); i++) {
		size_t u = i % ARRAY_LEN(units);

		c.key.unit = slice_of(units[u]);
		c.key.indicator = &yen;
		cr_expect_eq(scale_of(&c), scales[u], "%s to yen", units[u]);
		c.key.indicator = &people;
		cr_expect_eq(scale_of(&c), u == 3 ? 0 : REFUSED, "%s to people",
		    units[u]);
	}
	arena_release(&mem);
}

/* Rows of rubbish: more units than are remembered are read all the same. */
Test(unit_scale, more_units_than_are_remembered)
{
	static const struct indicator yen = { .unit = "円" };
	static struct case_of c;
	struct arena mem = { 0 };
	char text[32];

	c.n.mem = &mem;
	c.plan = (struct value_plan){
		.value = &c.value, .indicator = &yen, .rule = &c.rule
	};
	for (int i = 0; i < 2 * UNITS_SEEN_MAX; i++) {
		(void)snprintf(text, sizeof(text), "何%d", i);
		c.key.unit = slice_of(text);
		cr_expect_eq(scale_of(&c), REFUSED, "%s", text);
	}
	c.key.unit = slice_of("千円");
	cr_expect_eq(scale_of(&c), 3);
	arena_release(&mem);
}
