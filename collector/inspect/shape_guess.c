/* What the columns of JSON with a name (and SDMX-CSV) are, by that name. */
#include <string.h>

#include "guess.h"

/* Columns that a format calls so. */
struct named {
	enum feed_format format;
	const char *column;
	enum role role;
};

static const struct named named[] = {
	{ FORMAT_ESTAT, "time", ROLE_PERIOD },
	{ FORMAT_ESTAT, "time_name", ROLE_IGNORE },
	{ FORMAT_ESTAT, "area", ROLE_ORG },
	{ FORMAT_ESTAT, "area_name", ROLE_IGNORE },
	{ FORMAT_ESTAT, "unit", ROLE_UNIT },
	{ FORMAT_ESTAT, "value", ROLE_VALUE },
	{ FORMAT_ESTAT, "annotation", ROLE_IGNORE },
	{ FORMAT_JSON_STAT, "value", ROLE_VALUE },
	{ FORMAT_JSON_STAT, "status", ROLE_STATUS },
	{ FORMAT_JSON_STAT, "unit", ROLE_IGNORE },
	{ FORMAT_SDMX_JSON, "TIME_PERIOD", ROLE_PERIOD },
	{ FORMAT_SDMX_JSON, "TIME_PERIOD_name", ROLE_IGNORE },
	{ FORMAT_SDMX_JSON, "OBS_VALUE", ROLE_VALUE },
	{ FORMAT_SDMX_JSON, "OBS_STATUS", ROLE_STATUS },
	{ FORMAT_SDMX_CSV, "TIME_PERIOD", ROLE_PERIOD },
	{ FORMAT_SDMX_CSV, "OBS_VALUE", ROLE_VALUE },
	{ FORMAT_SDMX_CSV, "OBS_STATUS", ROLE_STATUS },
	{ FORMAT_SDMX_CSV, "STRUCTURE", ROLE_IGNORE },
	{ FORMAT_SDMX_CSV, "STRUCTURE_ID", ROLE_IGNORE },
	{ FORMAT_SDMX_CSV, "ACTION", ROLE_IGNORE },
	{ FORMAT_SDMX_CSV, "DATAFLOW", ROLE_IGNORE },
	{ FORMAT_SDMX_CSV, "SERIES_KEY", ROLE_IGNORE },
	{ FORMAT_SDMX_CSV, "OBS_KEY", ROLE_IGNORE },
	{ FORMAT_WORLD_BANK, "date", ROLE_PERIOD },
	{ FORMAT_WORLD_BANK, "value", ROLE_VALUE },
	{ FORMAT_WORLD_BANK, "indicator_name", ROLE_IGNORE },
	{ FORMAT_WORLD_BANK, "country_name", ROLE_IGNORE },
	{ FORMAT_WORLD_BANK, "iso3", ROLE_IGNORE },
	{ FORMAT_WORLD_BANK, "unit", ROLE_IGNORE },
	{ FORMAT_WORLD_BANK, "obs_status", ROLE_STATUS },
	{ FORMAT_WORLD_BANK, "decimal", ROLE_IGNORE },
};

static struct column *
column_named(struct guess *g, const char *name)
{
	for (size_t i = 0; i < g->n_columns; i++)
		if (strcmp(g->columns[i].name, name) == 0)
			return &g->columns[i];
	return NULL;
}

/* A dimension has its name beside its code; the code is kept. */
static bool
is_name_of_another(struct guess *g, const struct column *c)
{
	size_t len = strlen(c->name);

	return len > 5 && strcmp(c->name + len - 5, "_name") == 0
	    && column_named(g, arena_strndup(g->mem, c->name, len - 5)) != NULL;
}

static bool
is_dimension(struct guess *g, const struct column *c, bool behind_value)
{
	if (g->format == FORMAT_SDMX_CSV)
		return !behind_value;
	return column_named(g, arena_printf(g->mem, "%s_name", c->name))
	    != NULL;
}

/* JSON-stat has no name for time: it is the dimension that reads as one. */
static void
find_time(struct guess *g)
{
	struct column *best = NULL;

	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];
		size_t whens = c->whens[WHEN_FULL] + c->whens[WHEN_DIGITS];

		if (c->role != ROLE_NONE || c->filled == 0
		    || whens * 10 < c->filled * 9)
			continue;
		if (best == NULL || c->n_distinct > best->n_distinct)
			best = c;
	}
	if (best != NULL)
		best->role = ROLE_PERIOD;
}

static void
add_dimension(struct guess *g, const struct column *c)
{
	const char *name = ascii_name(c->name, g->mem);

	if (*name == '\0')
		name = arena_printf(g->mem, "c%zu", c->number);
	if (g->draft.dimensions == NULL)
		g->draft.dimensions = json_object();
	(void)json_object_set_new(g->draft.dimensions, name,
	    json_column(c->reference));
}

/* e-Stat's tab, and the World Bank's indicator, say what is counted. */
static bool
names_indicator(const struct guess *g, const struct column *c)
{
	return (g->format == FORMAT_ESTAT && strcmp(c->name, "tab_name") == 0)
	    || (g->format == FORMAT_WORLD_BANK
		&& strcmp(c->name, "indicator") == 0);
}

static void
assign(struct guess *g)
{
	bool behind_value = false;

	for (size_t i = 0; i < ARRAY_LEN(named); i++) {
		struct column *c = named[i].format == g->format
		    ? column_named(g, named[i].column)
		    : NULL;

		if (c != NULL)
			c->role = named[i].role;
	}
	if (g->format == FORMAT_JSON_STAT
	    || (g->format != FORMAT_ESTAT
		&& column_named(g, "TIME_PERIOD") == NULL
		&& column_named(g, "date") == NULL))
		find_time(g);
	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];

		behind_value |= c->role == ROLE_VALUE;
		if (c->role != ROLE_NONE)
			continue;
		if (names_indicator(g, c)) {
			c->role = ROLE_LABEL;
			g->by_label = c;
			g->draft.indicator = json_column(c->reference);
			continue;
		}
		if (g->format == FORMAT_ESTAT && strcmp(c->name, "tab") == 0)
			c->role = ROLE_IGNORE;
		else if (is_name_of_another(g, c))
			c->role = ROLE_IGNORE;
		else if (is_dimension(g, c, behind_value)) {
			c->role = ROLE_LABEL;
			add_dimension(g, c);
		} else
			c->role = ROLE_IGNORE;
	}
}

bool
shape_guess(struct guess *g)
{
	bool period = false, value = false;

	assign(g);
	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];

		if (c->role == ROLE_PERIOD && !period) {
			g->draft.period = json_column(c->reference);
			period = true;
		}
		if (c->role == ROLE_ORG)
			g->draft.organization = json_column(c->reference);
		if (c->role == ROLE_STATUS && c->filled == 0)
			c->role = ROLE_IGNORE;
		if (c->role == ROLE_VALUE) {
			c->role = ROLE_NONE;
			value = true;
		}
	}
	return period && value;
}
