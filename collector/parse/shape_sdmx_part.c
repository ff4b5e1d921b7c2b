#include <inttypes.h>

#include "shape_sdmx.h"

/* ---- what the structure says ------------------------------------------- */

static void
values_of(struct shape *s, struct sdmx_part *p, const struct json_value *values)
{
	if (!value_is(values, JSON_ARRAY))
		return;
	p->values = arena_array(s->mem, values->n, sizeof(*p->values));
	for (const struct json_value *v = values->child; v != NULL; v = v->next)
		p->values[p->n++] = v;
}

static bool
part_make(struct shape *s, const struct json_value *node, bool named,
    struct sdmx_part *out)
{
	out->id = value_text(value_member(node, "id"));
	out->missing = value_member(node, "default");
	values_of(s, out, value_member(node, "values"));
	if (out->id.len == 0)
		return shape_refuse(s, node,
		    "a dimension, measure or attribute has no 'id'");
	return named ? shape_column_pair(s, out->id, &out->column)
		     : shape_column(s, out->id, &out->column);
}

static bool
parts_make(struct shape *s, const struct json_value *list, bool named,
    struct sdmx_parts *out)
{
	if (!value_is(list, JSON_ARRAY))
		return true;
	out->list = arena_array(s->mem, list->n, sizeof(*out->list));
	for (const struct json_value *v = list->child; v != NULL; v = v->next)
		if (!part_make(s, v, named, &out->list[out->n++]))
			return false;
	return true;
}

/* Version 1 has one measure and does not say so. */
static bool
measure_make(struct shape *s, struct sdmx_parts *out)
{
	if (out->n > 0)
		return true;
	out->list = arena_array(s->mem, 1, sizeof(*out->list));
	out->n = 1;
	out->list->id = slice_of("OBS_VALUE");
	return shape_column(s, out->list->id, &out->list->column);
}

bool
sdmx_structure_make(struct shape *s, const struct json_value *node,
    struct sdmx_structure *out)
{
	static const struct {
		const char *steps[3];
		bool named;
	} levels[SDMX_LEVELS] = {
		[SDMX_DIM_SET] = { { "dimensions", "dataSet" }, true },
		[SDMX_DIM_SERIES] = { { "dimensions", "series" }, true },
		[SDMX_DIM_OBS] = { { "dimensions", "observation" }, true },
		[SDMX_MEASURE] = { { "measures", "observation" }, false },
		[SDMX_ATTR_SET] = { { "attributes", "dataSet" }, false },
		[SDMX_ATTR_GROUP] = { { "attributes", "dimensionGroup" },
		    false },
		[SDMX_ATTR_SERIES] = { { "attributes", "series" }, false },
		[SDMX_ATTR_OBS] = { { "attributes", "observation" }, false },
	};
	const struct sdmx_parts *p = out->parts;

	for (size_t i = 0; i < SDMX_LEVELS; i++) {
		if (!parts_make(s, value_at(node, levels[i].steps),
			levels[i].named, &out->parts[i]))
			return false;
		if (i == SDMX_MEASURE && !measure_make(s, &out->parts[i]))
			return false;
	}
	if (p[SDMX_DIM_SET].n + p[SDMX_DIM_SERIES].n + p[SDMX_DIM_OBS].n
	    > SDMX_DIMS)
		return shape_refuse(s, node, "more than %d dimensions",
		    SDMX_DIMS);
	return true;
}

/* ---- cells ------------------------------------------------------------- */

/* "A" for a code, else what it says: some values have no id. */
static const struct json_value *
code_of(const struct json_value *v)
{
	static const char *const names[] = { "id", "value", "name" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct json_value *m = value_member(v, names[i]);

		if (m != NULL)
			return value_is(m, JSON_OBJECT) ? m->child : m;
	}
	return value_is(v, JSON_OBJECT) ? v->child : v;
}

static bool
find_value(struct shape *s, const struct sdmx_part *p, uint64_t index,
    const struct json_value *at, const struct json_value **out)
{
	if (index >= p->n)
		return shape_refuse(s, at,
		    "'%.*s' has no value %" PRIu64 ", it has %zu",
		    slice_width(p->id), p->id.ptr, index, p->n);
	*out = p->values[index];
	return true;
}

bool
sdmx_set_dim(struct shape *s, const struct sdmx_part *p, uint64_t index,
    const struct json_value *at)
{
	const struct json_value *v = NULL, *name;

	if (!find_value(s, p, index, at, &v))
		return false;
	shape_set_value(s, p->column, code_of(v));
	name = value_member(v, "name");
	shape_set_value(s, p->column + 1,
	    value_is(name, JSON_OBJECT) ? name->child : name);
	return true;
}

/* An index where the structure has values, else the value itself; of texts in
 * several languages the first. */
static bool
resolve(struct shape *s, const struct sdmx_part *p, const struct json_value *v,
    const struct json_value **out)
{
	uint64_t index;

	*out = v;
	if (v->kind == JSON_OBJECT)
		*out = v->child;
	if (v->kind != JSON_NUMBER || p->n == 0)
		return true;
	if (!value_number(v, &index))
		return shape_refuse(s, v, "'%.*s' is no index of '%.*s'",
		    slice_width(v->text), v->text.ptr, slice_width(p->id),
		    p->id.ptr);
	if (!find_value(s, p, index, v, out))
		return false;
	*out = code_of(*out);
	return true;
}

/* Several values of one attribute: "A;B". */
static bool
set_joined(struct shape *s, const struct sdmx_part *p,
    const struct json_value *list)
{
	struct arena *mem = &s->walk.one_mem;
	const char *text = "";

	for (const struct json_value *v = list->child; v != NULL; v = v->next) {
		const struct json_value *one;
		struct slice add;

		if (!resolve(s, p, v, &one))
			return false;
		add = value_text(one);
		text = arena_printf(mem, "%s%s%.*s", text,
		    v == list->child ? "" : ";", slice_width(add), add.ptr);
	}
	shape_set(s, p->column, slice_of(text), list);
	return true;
}

bool
sdmx_set(struct shape *s, const struct sdmx_part *p, const struct json_value *v)
{
	const struct json_value *one;

	if (v == NULL || v->kind == JSON_NULL)
		v = p->missing;
	if (v == NULL)
		return true;
	if (v == p->missing) {
		shape_set_value(s, p->column, v);
		return true;
	}
	if (v->kind == JSON_ARRAY)
		return set_joined(s, p, v);
	if (!resolve(s, p, v, &one))
		return false;
	shape_set_value(s, p->column, one);
	return true;
}

bool
sdmx_set_all(struct shape *s, const struct sdmx_parts *parts,
    const struct json_value *list, size_t skip)
{
	const struct json_value *v = value_element(list, skip);

	for (size_t i = 0; i < parts->n; i++) {
		if (!sdmx_set(s, &parts->list[i], v))
			return false;
		if (v != NULL)
			v = v->next;
	}
	return true;
}
