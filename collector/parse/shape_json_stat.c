/*
 * JSON-stat: a data set, a collection of them, and the bundle of version 1,
 * which is an object of them.
 *
 * What a sparse "value" object does not have is no observation, unless it has
 * a status of its own; a null in it or in a list is one that is missing.
 */
#include <inttypes.h>

#include "shape_cube.h"

#define CUBES_MAX 1000

struct json_stat {
	struct cube *cubes;
	size_t n;
	bool several;
	const struct cube *current;
	size_t dataset, value, status, unit;
};

static const char *const not_bundled[] = { "dimension", "link", "role",
	"extension", NULL };
static const char *const item_steps[] = { "link", "item", NULL };

static bool
has_data(const struct json_value *v)
{
	return value_member(v, "dimension") != NULL
	    && value_member(v, "value") != NULL;
}

static bool
is_bundle(const struct json_value *root)
{
	const struct json_value *m =
	    value_is(root, JSON_OBJECT) ? root->child : NULL;

	while (m != NULL && !has_data(m))
		m = m->next;
	return m != NULL;
}

static bool
is_json_stat(const struct json_value *root)
{
	struct slice class = value_text(value_member(root, "class"));

	return slice_is(class, "dataset") || slice_is(class, "collection")
	    || slice_is(class, "dimension") || has_data(root)
	    || is_bundle(root);
}

/* { "class": "error", "status": "404", "label": ".." }; Eurostat writes a list
 * of such things, { "error": [ .. ] }. */
static bool
json_stat_fine(struct shape *s, const struct json_value *root)
{
	const struct json_value *e = value_member(root, "error");
	struct slice status, label;

	e = value_is(e, JSON_ARRAY) ? e->child : e;
	if (slice_is(value_text(value_member(root, "class")), "error"))
		e = root;
	if (e == NULL || e->kind == JSON_NULL || has_data(root) || has_data(e))
		return true;
	status = value_text(value_member(e, "status"));
	label = value_text(value_member(e, "label"));
	if (label.len == 0)
		label = e->text;
	return shape_refuse(s, NULL,
	    "the server answers with a JSON-stat error%s%.*s%s%.*s",
	    status.len > 0 ? " " : "", slice_width(status), status.ptr,
	    label.len > 0 ? ": " : "", slice_width(label), label.ptr);
}

/* ---- first pass -------------------------------------------------------- */

static bool
cube_add(struct shape *s, const struct json_value *node, size_t place)
{
	struct json_stat *j = s->of;
	struct slice label = value_text(value_member(node, "label"));
	struct cube *c = &j->cubes[j->n];
	bool named = node->key.len > 0;

	if (!value_is(value_member(node, "dimension"), JSON_OBJECT)
	    || value_member(node, "value") == NULL)
		return true;
	if (j->n == CUBES_MAX)
		return shape_refuse(s, node, "more than %d data sets",
		    CUBES_MAX);
	j->n++;
	c->place = place;
	c->name = named     ? node->key
	    : label.len > 0 ? label
			    : slice_of(arena_printf(s->mem, "%zu", place + 1));
	return cube_make(s, node, c);
}

static bool
cubes_add(struct shape *s, const struct json_value *list)
{
	const struct json_value *v;
	size_t place = 0;

	for (v = list->child; v != NULL; v = v->next)
		if (!cube_add(s, v, place++))
			return false;
	return true;
}

static bool
json_stat_document(struct shape *s, const struct json_value *root)
{
	struct json_stat *j = s->of;
	const struct json_value *items = value_at(root, item_steps);

	j->cubes = arena_array(s->mem, CUBES_MAX, sizeof(*j->cubes));
	if (value_member(root, "dimension") != NULL)
		return cube_add(s, root, 0);
	return cubes_add(s, value_is(items, JSON_ARRAY) ? items : root);
}

static bool
columns_of(struct shape *s, struct cube *c)
{
	for (size_t i = 0; i < c->n_dims; i++)
		if (!shape_column_pair(s, c->dims[i].id, &c->dims[i].column))
			return false;
	return true;
}

static bool
json_stat_columns(struct shape *s)
{
	struct json_stat *j = s->of;

	if (j->n == 0)
		return shape_refuse(s, NULL,
		    "the JSON-stat document has no data set with 'dimension' "
		    "and 'value'. HINT: a collection may only name other "
		    "documents; give the URL of one of them");
	j->several = j->n > 1;
	if (j->several && !shape_column(s, slice_of("dataset"), &j->dataset))
		return false;
	for (size_t i = 0; i < j->n; i++)
		if (!columns_of(s, &j->cubes[i]))
			return false;
	return shape_column(s, slice_of("value"), &j->value)
	    && shape_column(s, slice_of("status"), &j->status)
	    && shape_column(s, slice_of("unit"), &j->unit);
}

/* ---- second pass ------------------------------------------------------- */

static const struct cube *
cube_of(struct json_stat *j, const struct shape_item *item)
{
	size_t place = item->depth == 1 ? 0
	    : item->depth == 2          ? item->path[0].index
					: item->path[2].index;

	if (j->current != NULL && j->current->place == place)
		return j->current;
	for (size_t i = 0; i < j->n; i++)
		if (j->cubes[i].place == place)
			j->current = &j->cubes[i];
	return j->current;
}

static void
set_dims(struct shape *s, const struct cube *c, uint64_t place)
{
	const struct json_stat *j = s->of;

	for (size_t i = c->n_dims; i-- > 0; place /= c->dims[i].n) {
		const struct cube_dim *d = &c->dims[i];
		const struct cube_category *k = &d->categories[place % d->n];

		shape_set(s, d->column, k->code, &k->at);
		if (k->label.len > 0)
			shape_set(s, d->column + 1, k->label, &k->label_at);
		if (k->unit.len > 0)
			shape_set(s, j->unit, k->unit, &k->unit_at);
	}
}

static void
set_status(struct shape *s, const struct cube *c, uint64_t place)
{
	const struct json_stat *j = s->of;

	if (c->status.len > 0)
		shape_set(s, j->status, c->status, c->status_at);
	else
		shape_set_value(s, j->status, cube_status(c, place));
}

static void
row_begin(struct shape *s, const struct cube *c, const struct json_value *at,
    uint64_t place)
{
	const struct json_stat *j = s->of;

	shape_row(s, at);
	if (j->several)
		shape_set(s, j->dataset, c->name, c->node);
	set_dims(s, c, place);
}

static bool
json_stat_item(struct shape *s, const struct shape_item *item)
{
	struct json_stat *j = s->of;
	const struct cube *c = cube_of(j, item);
	uint64_t place = item->index;

	if (c == NULL)
		return true;
	if (c->values->kind == JSON_OBJECT && !slice_number(item->key, &place))
		place = c->total;
	if (place >= c->total)
		return shape_refuse(s, item->value,
		    "'%.*s' is no place of a value; there are %" PRIu64,
		    slice_width(item->key), item->key.ptr, c->total);
	row_begin(s, c, c->values, place);
	set_status(s, c, place);
	shape_set_value(s, j->value, item->value);
	return shape_send(s);
}

/* A status without a value says why there is none, as null in a list does. */
static bool
json_stat_end(struct shape *s)
{
	struct json_stat *j = s->of;

	for (size_t i = 0; i < j->n; i++) {
		const struct cube *c = &j->cubes[i];
		const struct json_value *status;
		uint64_t place = 0;
		size_t at = 0;

		while ((status = cube_status_unused(c, &at, &place)) != NULL) {
			s->row_line = status->line;
			row_begin(s, c, status, place);
			shape_set_value(s, j->status, status);
			if (!shape_send(s))
				return false;
		}
	}
	return true;
}

static const char *const lists[][SHAPE_STEPS] = {
	{ "value" },
	{ "*", "value" },
	{ "link", "item", "*", "value" },
};

const struct shape_kind shape_json_stat = {
	.name = "json-stat",
	.title = "JSON-stat",
	.looked_for = "'dimension' with 'value'",
	.is = is_json_stat,
	.fine = json_stat_fine,
	.lists = { .paths = lists,
	    .n = ARRAY_LEN(lists),
	    .not_first = not_bundled },
	.size = sizeof(struct json_stat),
	.document = json_stat_document,
	.columns = json_stat_columns,
	.item = json_stat_item,
	.end = json_stat_end,
};
