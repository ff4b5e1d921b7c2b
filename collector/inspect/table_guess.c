/* One sample from its header to a whole draft. */
#include <string.h>

#include "guess.h"
#include "kpid/file.h"

/* Formats whose columns are known by name. */
static bool
is_shape(const struct guess *g)
{
	return g->format != FORMAT_CSV && g->format != FORMAT_XLSX
	    && g->format != FORMAT_JSON && g->format != FORMAT_CKAN;
}

static bool
has_layout(const struct guess *g)
{
	return g->format == FORMAT_CSV || g->format == FORMAT_XLSX;
}

static bool
place_table(struct guess *g, struct kpid_err *err)
{
	if (!has_layout(g)) {
		g->at = (struct table_place){ 0, 1, 0, 1, g->sample.n };
		return g->sample.n > 1
		    ? true
		    : err_set(err, KPID_EPARSE,
			"no table was found: there are no records");
	}
	if (header_guess(&g->sample, g->mem, &g->at))
		return true;
	return err_set(err, KPID_EPARSE,
	    "no table was found: there is no row of names above rows of "
	    "figures");
}

static void
count_data(struct guess *g)
{
	g->n_data = 0;
	for (size_t r = g->at.first; r < g->at.last; r++)
		g->n_data += row_is_data(g, r);
}

/* Names that can be looked for; else only the row's number says where. */
static bool
has_names(const struct guess *g)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		const struct column *c = &g->columns[i];

		if (c->role != ROLE_NONE && c->role != ROLE_WIDE
		    && *c->name != '\0')
			return true;
	}
	return false;
}

void
header_write(struct guess *g, bool by_row)
{
	const struct sample *s = &g->sample;
	const size_t bottom = g->at.top + g->at.rows - 1;
	const uint32_t rows = header_rows(s, &g->at);
	json_t *header = json_object();

	if (by_row || !has_names(g))
		(void)json_object_set_new(header, "row",
		    json_integer(s->rows[g->at.top].number));
	if (rows > 1)
		(void)json_object_set_new(header, "rows", json_integer(rows));
	if (g->at.units > 0)
		(void)json_object_set_new(header, "units",
		    json_integer(s->rows[bottom + g->at.units].number
			- s->rows[bottom].number));
	if (g->repeats)
		(void)json_object_set_new(header, "repeats", json_true());
	json_decref(g->draft.header);
	g->draft.header = NULL;
	if (json_object_size(header) > 0)
		g->draft.header = header;
	else
		json_decref(header);
}

static bool
no_period(struct kpid_err *err)
{
	return err_set(err, KPID_EPARSE,
	    "no table was found: nothing says of when the figures are: no "
	    "column, no title and not the file's name. HINT: give the file a "
	    "name with its period (population_2024-09.csv)");
}

/* Roles by the names of a format, or by what stands in the columns. */
static bool
find_roles(struct guess *g, struct kpid_err *err)
{
	if (is_shape(g)) {
		if (!shape_guess(g))
			return no_period(err);
		org_constant(g);
		return true;
	}
	columns_assign(g);
	wide_guess(g);
	if (!period_guess(g))
		return no_period(err);
	period_words(g);
	org_guess(g);
	label_guess(g);
	return true;
}

/* One row for each organization and no date: a list, but not of cases. */
static bool
is_register(const struct guess *g)
{
	if (has_days(g))
		return false;
	for (size_t i = 0; i < g->n_columns; i++) {
		const struct column *c = &g->columns[i];

		if (c->role == ROLE_ORG
		    && (c->n_distinct == DISTINCT_MAX
			|| c->n_distinct == c->filled))
			return true;
	}
	return g->n_data < 100;
}

static bool
find_values(struct guess *g, struct kpid_err *err)
{
	if (value_guess(g))
		return true;
	if (is_shape(g) || g->n_data == 0 || is_register(g))
		return err_set(err, KPID_EPARSE,
		    "no table was found: there are no figures in it");
	count_guess(g);
	return true;
}

static void
name_feed(struct guess *g)
{
	char *name = arena_strdup(g->mem, g->stem);
	const char *title = g->title;

	for (char *c = name; *c != '\0'; c++)
		if (*c == '_')
			*c = '-';
	if (title == NULL)
		title = g->file != NULL ? path_base(g->file) : name;
	g->draft.feed = json_string(name);
	g->draft.title = json_string(title);
	g->draft.url = json_string(url_without_keys(g));
}

/* What stands right of the last name cannot be named. */
static size_t
width_of_header(struct guess *g)
{
	size_t width = 0;

	for (size_t r = 0; r < g->at.rows; r++) {
		const struct seen_row *row = &g->sample.rows[g->at.top + r];

		if (row->n > width)
			width = row->n;
	}
	if (width < g->sample.width && g->format == FORMAT_CSV)
		doubt(g,
		    "what stands behind column %zu, where the header ends and "
		    "some rows do not",
		    width);
	return width;
}

bool
table_guess(struct guess *g, struct kpid_err *err)
{
	if (!place_table(g, err))
		return false;
	g->n_columns = width_of_header(g);
	g->columns = arena_array(g->mem, g->n_columns + 1, sizeof(*g->columns));
	rows_guess(g);
	above_guess(g);
	columns_look(g);
	count_data(g);
	if (!find_roles(g, err) || !find_values(g, err))
		return false;
	if (has_layout(g))
		totals_guess(g);
	mark_guess(g);
	comma_guess(g);
	ignore_guess(g);
	if (has_layout(g))
		header_write(g, false);
	name_feed(g);
	return true;
}
