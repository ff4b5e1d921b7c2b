/* What the fields of an observation are read from. */
#include <string.h>

#include "check.h"
#include "kpid/pattern.h"
#include "template.h"

static bool
same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* A constant is as it is written: nothing is looked up or cut out. */
static void
check_constant(const struct check *k, const char *below, const json_t *source)
{
	static const char *const keys[] = { "map", "pattern", "rewrite",
		"ignore" };

	if (json_object_get(source, "constant") == NULL)
		return;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (json_object_get(source, keys[i]) != NULL)
			check_problem(k,
			    arena_printf(k->d->scratch, "%s/%s", below,
				keys[i]),
			    "'%s' is for a column, not for a constant",
			    keys[i]);
}

/* "{3}-{2}-{1}" names groups that the pattern has. */
static void
check_rewrite(const struct check *k, const char *below, const struct source *s)
{
	CLEANUP(arena_release) struct arena scratch = { 0 };
	const char *at = arena_printf(k->d->scratch, "%s/rewrite", below);
	struct kpid_err err = { 0 };
	struct pattern *p;
	struct slice rest, name;

	if (s->rewrite == NULL)
		return;
	if (s->pattern == NULL) {
		check_problem(k, at,
		    "'rewrite' puts together what 'pattern' takes, and there "
		    "is none");
		return;
	}
	if (!pattern_new(s->pattern, &scratch, &p, &err))
		return;
	rest = slice_of(s->rewrite);
	while (template_next(&rest, &name))
		if (group_number(name) < 1
		    || group_number(name) > pattern_groups(p))
			check_problem(k, at,
			    "'pattern' has no group '%.*s'; it has %zu",
			    slice_width(name), name.ptr, pattern_groups(p));
}

static bool
values_name_periods(const struct contract *c)
{
	for (size_t i = 0; i < c->n_values; i++)
		if (c->values[i].period == NULL)
			return false;
	return c->n_values > 0;
}

static void
check_rewrites(const struct check *k)
{
	const struct contract *c = k->c;

	check_rewrite(k, "/period", &c->period);
	check_rewrite(k, "/organization", &c->organization);
	check_rewrite(k, "/indicator", &c->indicator);
	for (size_t i = 0; i < c->n_dims; i++)
		check_rewrite(k,
		    pointer_member("/dimensions", slice_of(c->dims[i].name),
			k->d->scratch),
		    &c->dims[i].source);
}

static void
check_period(const struct check *k)
{
	const json_t *json = check_json(k, "period");
	bool own = values_name_periods(k->c);
	bool said = json_object_get(json, "column") != NULL
	    || json_object_get(json, "constant") != NULL
	    || json_object_get(json, "text") != NULL;

	check_constant(k, "/period", json);
	if (said && own)
		check_problem(k, "/period",
		    "the period is never read: every value names its own");
	if (said || own)
		return;
	if (json == NULL)
		check_problem(k, "", "missing key 'period' in '%s'",
		    k->pointer + 1);
	else if (json_is_object(json))
		check_problem(k, "/period",
		    "missing key 'column', 'constant' or 'text' in '%s/period'",
		    k->pointer + 1);
}

static void
check_organization(const struct check *k)
{
	const struct contract *c = k->c;
	bool given = check_json(k, "organization") != NULL;

	check_constant(k, "/organization", check_json(k, "organization"));
	if (!given && k->cfg->organization == NULL)
		check_problem(k, "",
		    "no organization. HINT: 'organization' here or in the "
		    "configuration itself says whose values these are");
	else if (!given && c->format == FORMAT_WORLD_BANK)
		check_problem(k, "",
		    "no organization. HINT: values of the World Bank are "
		    "those of countries: {\"constant\": \"000000\"} is Japan "
		    "as a whole");
	organization_check(k->d,
	    arena_printf(k->d->scratch, "%s/organization/constant", k->pointer),
	    c->organization.constant);
	for (size_t i = 0; i < c->n_org_map; i++)
		organization_check(k->d,
		    pointer_member(arena_printf(k->d->scratch,
				       "%s/organization/map", k->pointer),
			slice_of(c->org_map[i].from), k->d->scratch),
		    c->org_map[i].to);
}

/* A map alone is for the columns that values name. */
static void
check_status(const struct check *k)
{
	const json_t *json = check_json(k, "status");

	if (!json_is_object(json) || json_object_get(json, "column") != NULL)
		return;
	for (size_t i = 0; i < k->c->n_values; i++)
		if (k->c->values[i].status != NULL)
			return;
	check_problem(k, "/status", "missing key 'column' in '%s/status'",
	    k->pointer + 1);
}

static const char *
map_pointer(const struct check *k, size_t i)
{
	return pointer_member("/indicator/map",
	    slice_of(k->c->indicator_map[i].from), k->d->scratch);
}

/* A label that is read and not read. */
static void
check_ignored_labels(const struct check *k)
{
	const struct contract *c = k->c;

	for (size_t i = 0; i < c->n_indicator_map; i++)
		for (size_t j = 0; j < c->n_indicator_ignore; j++)
			if (same_label(c->indicator_map[i].from,
				c->indicator_ignore[j], k->d->scratch))
				check_problem(k, map_pointer(k, i),
				    "'%s' is listed under 'ignore' too",
				    c->indicator_map[i].from);
}

static void
check_indicator(const struct check *k)
{
	const struct contract *c = k->c;
	bool used = false;

	check_constant(k, "/indicator", check_json(k, "indicator"));
	for (size_t i = 0; i < c->n_values; i++)
		used = used || c->values[i].indicator == NULL;
	if (source_declared(&c->indicator) && !used && c->n_values > 0)
		check_problem(k, "/indicator",
		    "'indicator' is never used: every value names its own");
	if (c->indicator.constant != NULL)
		indicator_check(k->d,
		    arena_printf(k->d->scratch, "%s/indicator/constant",
			k->pointer),
		    k->cfg, c->indicator.constant);
	for (size_t i = 0; i < c->n_indicator_map; i++)
		indicator_check(k->d,
		    arena_printf(k->d->scratch, "%s%s", k->pointer,
			map_pointer(k, i)),
		    k->cfg, c->indicator_map[i].to);
	check_ignored_labels(k);
}

static void
check_dimensions(const struct check *k)
{
	const json_t *json = check_json(k, "dimensions");
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)json, name, value) check_constant(k,
	    pointer_member("/dimensions", slice_of(name), k->d->scratch),
	    value);
}

/* A mark that says both says nothing: "0" and "no value", a status and
 * nothing at all. */
static void
check_marks(const struct check *k, const char *list, const char *const *marks,
    size_t n)
{
	bool zero = strcmp(list, "zero") == 0;
	const struct pair *pairs = zero ? k->c->missing : k->c->flags;
	size_t n_pairs = zero ? k->c->n_missing : k->c->n_flags;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n_pairs; j++)
			if (same(marks[i], pairs[j].from))
				check_problem(k,
				    pointer_element(arena_printf(k->d->scratch,
							"/%s", list),
					i, k->d->scratch),
				    "'%s' is listed under '%s' too", marks[i],
				    zero ? "missing" : "flags");
}

void
check_fields(const struct check *k)
{
	check_period(k);
	check_organization(k);
	check_indicator(k);
	check_dimensions(k);
	check_rewrites(k);
	check_status(k);
	check_marks(k, "zero", k->c->zero, k->c->n_zero);
	check_marks(k, "footnotes", k->c->footnotes, k->c->n_footnotes);
}
