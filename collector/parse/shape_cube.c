#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shape_cube.h"

#define TOTAL_MAX 1000000000000000ULL

/* In version 1 "id" and "size" stand in "dimension". */
static const struct json_value *
of_cube(const struct json_value *node, const char *name)
{
	const struct json_value *v = value_member(node, name);

	return v != NULL ? v
			 : value_member(value_member(node, "dimension"), name);
}

static struct json_value
place_of(const struct json_value *v)
{
	return (struct json_value){ .line = v->line, .column = v->column };
}

/* ---- categories -------------------------------------------------------- */

/* "%" or "thousands of persons"; without a label the unit's base, with what
 * it is multiplied by. */
static struct slice
unit_text(struct shape *s, const struct json_value *unit)
{
	static const char *const names[] = { "label", "symbol", "unit" };
	struct slice base = value_text(value_member(unit, "base"));
	uint64_t power = 0;

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct json_value *v = value_member(unit, names[i]);

		if (value_text(v).len > 0)
			return v->text;
	}
	if (!value_number(value_member(unit, "multiplier"), &power)
	    || power == 0)
		return base;
	return slice_of(arena_printf(s->mem, "%.*s ×10^%" PRIu64,
	    slice_width(base), base.ptr, power));
}

struct category_parts {
	struct value_index labels, units;
};

static void
category_set(struct shape *s, struct cube_category *c, struct slice code,
    const struct json_value *at, const struct category_parts *parts)
{
	const struct json_value *label = index_find(&parts->labels, code);
	const struct json_value *unit = index_find(&parts->units, code);

	c->code = code;
	c->at = c->label_at = c->unit_at = place_of(at);
	if (label != NULL) {
		c->label = label->text;
		c->label_at = place_of(label);
	}
	if (unit != NULL) {
		c->unit = unit_text(s, unit);
		c->unit_at = place_of(unit);
	}
}

static bool
refuse_count(struct shape *s, const struct json_value *at,
    const struct cube_dim *d, size_t n)
{
	return shape_refuse(s, at,
	    "dimension '%.*s' has %zu categories where 'size' says %zu",
	    slice_width(d->id), d->id.ptr, n, d->n);
}

/* ["A", "B"]: in their order. */
static bool
from_array(struct shape *s, struct cube_dim *d, const struct json_value *index,
    const struct category_parts *parts)
{
	size_t i = 0;

	if (index->n != d->n)
		return refuse_count(s, index, d, index->n);
	for (const struct json_value *v = index->child; v != NULL; v = v->next)
		category_set(s, &d->categories[i++], v->text, v, parts);
	return true;
}

/* {"A": 1, "B": 0}: each says its place. */
static bool
from_object(struct shape *s, struct cube_dim *d, const struct json_value *index,
    const struct category_parts *parts)
{
	if (index->n != d->n)
		return refuse_count(s, index, d, index->n);
	for (const struct json_value *v = index->child; v != NULL;
	     v = v->next) {
		uint64_t place;

		if (!value_number(v, &place) || place >= d->n
		    || d->categories[place].at.line > 0)
			return shape_refuse(s, v,
			    "'%.*s' is no place of its own for category '%.*s' "
			    "of '%.*s'",
			    slice_width(v->text), v->text.ptr,
			    slice_width(v->key), v->key.ptr, slice_width(d->id),
			    d->id.ptr);
		category_set(s, &d->categories[place], v->key, v, parts);
	}
	return true;
}

/* Without "index" there is one category, which its label names, or its unit. */
static bool
from_label(struct shape *s, struct cube_dim *d,
    const struct json_value *category, const struct category_parts *parts)
{
	const struct json_value *names = value_member(category, "label");

	if (names == NULL)
		names = value_member(category, "unit");
	if (!value_is(names, JSON_OBJECT) || names->n != 1 || d->n != 1)
		return shape_refuse(s, category,
		    "dimension '%.*s' has no 'index' that says the order of "
		    "its categories",
		    slice_width(d->id), d->id.ptr);
	category_set(s, &d->categories[0], names->child->key, names->child,
	    parts);
	return true;
}

static bool
dim_fill(struct shape *s, struct cube_dim *d, const struct json_value *node)
{
	const struct json_value *category = value_member(node, "category");
	const struct json_value *index = value_member(category, "index");
	const struct category_parts parts = {
		index_members(value_member(category, "label"), s->mem),
		index_members(value_member(category, "unit"), s->mem),
	};

	if (category == NULL)
		return shape_refuse(s, node,
		    "dimension '%.*s' has no 'category'", slice_width(d->id),
		    d->id.ptr);
	s->kept += d->n * sizeof(*d->categories);
	if (d->n > LIMIT_JSON_META_BYTES / sizeof(*d->categories)
	    || s->kept > LIMIT_JSON_META_BYTES)
		return shape_refuse(s, node,
		    "the categories take more than %d bytes "
		    "(LIMIT_JSON_META_BYTES)",
		    LIMIT_JSON_META_BYTES);
	d->categories = arena_array(s->mem, d->n, sizeof(*d->categories));
	if (value_is(index, JSON_ARRAY))
		return from_array(s, d, index, &parts);
	if (value_is(index, JSON_OBJECT))
		return from_object(s, d, index, &parts);
	return from_label(s, d, category, &parts);
}

/* ---- dimensions -------------------------------------------------------- */

static const struct json_value *
dim_node(const struct json_value *all, struct slice id)
{
	const struct json_value *node = all->child;

	while (node != NULL && !slice_eq(node->key, id))
		node = node->next;
	return node;
}

/* What "size" says, or without it how many categories there are. */
static bool
dim_size(struct shape *s, const struct json_value *node,
    const struct json_value *size, uint64_t *out)
{
	const struct json_value *category = value_member(node, "category");
	const struct json_value *list = value_member(category, "index");

	if (size != NULL)
		return value_number(size, out) && *out <= TOTAL_MAX
		    ? true
		    : shape_refuse(s, size, "a 'size' is no number");
	*out = list != NULL ? list->n : 1;
	return true;
}

static bool
dim_make(struct shape *s, struct cube *c, const struct json_value *id,
    const struct json_value *size)
{
	struct cube_dim *d = &c->dims[c->n_dims++];
	const struct json_value *node =
	    dim_node(value_member(c->node, "dimension"), id->text);
	uint64_t n = 0;

	d->id = id->text;
	if (node == NULL)
		return shape_refuse(s, id, "dimension '%.*s' is not there",
		    slice_width(d->id), d->id.ptr);
	if (!dim_size(s, node, size, &n))
		return false;
	d->n = (size_t)n;
	c->total *= n;
	if (c->total > TOTAL_MAX)
		return shape_refuse(s, id, "the data set is too large");
	return dim_fill(s, d, node);
}

/* A publisher leaves out sizes of one category: then they say how many values
 * there are, and no more. */
static bool
check_total(struct shape *s, const struct cube *c,
    const struct json_value *size)
{
	uint64_t total = 1, n;

	for (const struct json_value *v = size->child; v != NULL; v = v->next)
		if (!value_number(v, &n) || n > TOTAL_MAX
		    || (total *= n) > TOTAL_MAX)
			return shape_refuse(s, v, "a 'size' is no number");
	if (total == c->total)
		return true;
	return shape_refuse(s, size,
	    "'size' says %" PRIu64 " values where the categories give %" PRIu64,
	    total, c->total);
}

static bool
check_once(struct shape *s, const struct cube *c, const struct json_value *id)
{
	for (size_t i = 0; i < c->n_dims; i++)
		if (slice_eq(c->dims[i].id, id->text))
			return shape_refuse(s, id,
			    "'id' names the dimension '%.*s' twice",
			    slice_width(id->text), id->text.ptr);
	return true;
}

static bool
dims_make(struct shape *s, struct cube *c)
{
	const struct json_value *id = of_cube(c->node, "id");
	const struct json_value *size = of_cube(c->node, "size");
	const struct json_value *v;

	if (!value_is(value_member(c->node, "dimension"), JSON_OBJECT)
	    || !value_is(id, JSON_ARRAY) || !value_is(size, JSON_ARRAY)
	    || id->n == 0)
		return shape_refuse(s, c->node,
		    "the data set has no 'dimension' with an 'id' and a "
		    "'size'");
	c->dims = arena_array(s->mem, id->n, sizeof(*c->dims));
	c->total = 1;
	if (size->n > id->n)
		return shape_refuse(s, size,
		    "'size' has %zu entries where 'id' names %zu dimensions",
		    size->n, id->n);
	v = id->n == size->n ? size->child : NULL;
	for (const struct json_value *i = id->child; i != NULL; i = i->next) {
		if (!check_once(s, c, i) || !dim_make(s, c, i, v))
			return false;
		v = v != NULL ? v->next : NULL;
	}
	return check_total(s, c, size);
}

/* ---- status ------------------------------------------------------------ */

/* One for all, one for each, or by place. */
static void
status_make(struct shape *s, struct cube *c)
{
	const struct json_value *status = value_member(c->node, "status");
	size_t i = 0;

	if (status == NULL)
		return;
	c->status_at = status;
	if (status->kind == JSON_OBJECT) {
		c->status_index = index_members(status, s->mem);
		c->n_statuses = status->n;
	} else if (status->kind != JSON_ARRAY) {
		c->status = status->text;
	} else if (status->n == 1) {
		c->status = status->child->text;
	} else if (status->n == c->total) {
		c->statuses =
		    arena_array(s->mem, status->n, sizeof(*c->statuses));
		for (const struct json_value *v = status->child; v != NULL;
		     v = v->next)
			c->statuses[i++] = v;
		c->n_statuses = status->n;
	}
}

const struct json_value *
cube_status(const struct cube *c, uint64_t place)
{
	const struct value_entry *e;
	char key[24];
	int len;

	if (c->statuses != NULL) {
		c->status_used[place] = true;
		return c->statuses[place];
	}
	if (c->status_index.n == 0)
		return NULL;
	len = snprintf(key, sizeof(key), "%" PRIu64, place);
	e = index_entry(&c->status_index, (struct slice){ key, (size_t)len });
	if (e == NULL)
		return NULL;
	c->status_used[e - c->status_index.list] = true;
	return e->value;
}

/* The i-th status, and its place. */
static const struct json_value *
status_at(const struct cube *c, size_t i, uint64_t *place)
{
	*place = i;
	if (c->statuses != NULL)
		return c->statuses[i];
	return slice_number(c->status_index.list[i].key, place)
	    ? c->status_index.list[i].value
	    : NULL;
}

const struct json_value *
cube_status_unused(const struct cube *c, size_t *at, uint64_t *place)
{
	while (*at < c->n_statuses) {
		size_t i = (*at)++;
		const struct json_value *v =
		    c->status_used[i] ? NULL : status_at(c, i, place);

		if (v != NULL && v->text.len > 0 && *place < c->total)
			return v;
	}
	return NULL;
}

static bool
check_lengths(struct shape *s, const struct cube *c)
{
	const struct json_value *status = value_member(c->node, "status");

	if (c->values->kind == JSON_ARRAY && c->values->n != c->total)
		return shape_refuse(s, c->values,
		    "'value' has %zu values where 'size' says %" PRIu64,
		    c->values->n, c->total);
	if (value_is(status, JSON_ARRAY) && status->n != 1
	    && status->n != c->total)
		return shape_refuse(s, status,
		    "'status' has %zu entries where 'size' says %" PRIu64,
		    status->n, c->total);
	return true;
}

bool
cube_make(struct shape *s, const struct json_value *node, struct cube *out)
{
	out->node = node;
	out->values = value_member(node, "value");
	if (!dims_make(s, out) || !check_lengths(s, out))
		return false;
	status_make(s, out);
	out->status_used =
	    arena_array(s->mem, out->n_statuses, sizeof(*out->status_used));
	return true;
}
