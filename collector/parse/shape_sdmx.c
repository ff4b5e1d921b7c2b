/*
 * SDMX-JSON, versions 1.0 and 2.0: observations in series, or flat with all
 * dimensions in their keys.
 */
#include <inttypes.h>
#include <string.h>

#include "shape_sdmx.h"

/* A data set of the message, and the attributes of parts of its keys: of
 * "0::1" the mask is 1, 0, 1. */
struct sdmx_set {
	const struct json_value *node;
	const struct sdmx_structure *structure;
	struct value_index groups;
	uint64_t masks[SDMX_MASKS];
	size_t n_masks;
};

struct sdmx {
	struct sdmx_structure *structures;
	size_t n_structures;
	struct sdmx_set *sets;
	size_t n_sets;
	uint64_t pos[SDMX_DIMS]; /* of the observation under way */
	size_t n_pos;
};

/* Version 1.0 of 2014 has no "data" around them. */
static const struct json_value *
of_message(const struct json_value *root, const char *name)
{
	const struct json_value *v = value_member(root, name);

	return v != NULL ? v : value_member(value_member(root, "data"), name);
}

static bool
is_sdmx(const struct json_value *root)
{
	return of_message(root, "dataSets") != NULL
	    || (of_message(root, "structure") != NULL
		&& value_member(root, "header") != NULL);
}

/* ---- first pass -------------------------------------------------------- */

static bool
structures_make(struct shape *s, const struct json_value *root)
{
	struct sdmx *x = s->of;
	const struct json_value *list = of_message(root, "structures");

	if (list == NULL)
		list = of_message(root, "structure");
	if (list == NULL)
		return shape_refuse(s, root,
		    "the SDMX-JSON message has no 'structure', without which "
		    "its codes say nothing");
	x->structures = arena_array(s->mem,
	    list->kind == JSON_ARRAY ? list->n : 1, sizeof(*x->structures));
	for (const struct json_value *v = value_first(list); v != NULL;
	     v = value_next(list, v))
		if (!sdmx_structure_make(s, v,
			&x->structures[x->n_structures++]))
			return false;
	return true;
}

static uint64_t
mask_of(struct slice key)
{
	uint64_t mask = 0, bit = 1;

	for (size_t i = 0; i < key.len; i++) {
		if (key.ptr[i] == ':')
			bit <<= 1;
		else
			mask |= bit;
	}
	return mask;
}

static bool
groups_make(struct shape *s, struct sdmx_set *set)
{
	const struct json_value *groups =
	    value_member(set->node, "dimensionGroupAttributes");

	set->groups = index_members(groups, s->mem);
	for (size_t i = 0; i < set->groups.n; i++) {
		uint64_t mask = mask_of(set->groups.list[i].key);
		size_t k = 0;

		while (k < set->n_masks && set->masks[k] != mask)
			k++;
		if (k == SDMX_MASKS)
			return shape_refuse(s, groups,
			    "more than %d kinds of keys", SDMX_MASKS);
		set->masks[k] = mask;
		set->n_masks += k == set->n_masks;
	}
	return true;
}

static bool
set_make(struct shape *s, const struct json_value *node, struct sdmx_set *out)
{
	const struct sdmx *x = s->of;
	struct slice action = value_text(value_member(node, "action"));
	uint64_t structure = 0;

	(void)!value_number(value_member(node, "structure"), &structure);
	if (structure >= x->n_structures)
		return shape_refuse(s, node,
		    "the data set refers to structure %" PRIu64
		    ", there are %zu",
		    structure, x->n_structures);
	if (slice_is(action, "Delete") || slice_is(action, "D"))
		return shape_refuse(s, node,
		    "the data set is a list of what is to be deleted (action "
		    "'%.*s'). HINT: ask the publisher for all data, not for "
		    "the changes",
		    slice_width(action), action.ptr);
	out->node = node;
	out->structure = &x->structures[structure];
	return groups_make(s, out);
}

/* A text, or an object with one: "title" since version 1.0, before it
 * "message"; "detail" says more. */
static struct slice
error_title(const struct json_value *e)
{
	static const char *const names[] = { "title", "message", "detail" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct slice text = value_text(value_member(e, names[i]));

		if (text.len > 0)
			return text;
	}
	return value_is(e, JSON_STRING) ? e->text : value_text(NULL);
}

static bool
refuse_errors(struct shape *s, const struct json_value *errors)
{
	struct slice title = error_title(value_first(errors));

	return shape_refuse(s, NULL,
	    "the message has no data%s%.*s. HINT: look at the feed's URL",
	    title.len > 0 ? "; it says: " : "", slice_width(title), title.ptr);
}

/* Errors beside data concern a part of them. */
static bool
sdmx_fine(struct shape *s, const struct json_value *root)
{
	const struct json_value *errors = value_member(root, "errors");
	const struct json_value *sets = of_message(root, "dataSets");
	struct slice code, title;

	if (errors == NULL || errors->n == 0 || (sets != NULL && sets->n > 0))
		return true;
	code = value_text(value_member(value_first(errors), "code"));
	title = error_title(value_first(errors));
	return shape_refuse(s, NULL,
	    "the SDMX service answers with an error%s%.*s%s%.*s",
	    code.len > 0 ? " " : "", slice_width(code), code.ptr,
	    title.len > 0 ? ": " : "", slice_width(title), title.ptr);
}

static bool
sdmx_document(struct shape *s, const struct json_value *root)
{
	struct sdmx *x = s->of;
	const struct json_value *sets = of_message(root, "dataSets");
	size_t n = 0;

	if (!value_is(sets, JSON_ARRAY) || sets->n == 0)
		return refuse_errors(s, value_member(root, "errors"));
	if (!structures_make(s, root))
		return false;
	x->sets = arena_array(s->mem, sets->n, sizeof(*x->sets));
	for (const struct json_value *v = sets->child; v != NULL; v = v->next) {
		const struct json_value *o = value_member(v, "observations");
		const struct json_value *e = value_member(v, "series");

		n += (o != NULL ? o->n : 0) + (e != NULL ? e->n : 0);
		if (!set_make(s, v, &x->sets[x->n_sets++]))
			return false;
	}
	return n > 0 ? true : refuse_errors(s, value_member(root, "errors"));
}

/* ---- second pass ------------------------------------------------------- */

/* Codes of a key "0:3" into the cells of the dimensions. */
static bool
set_key(struct shape *s, const struct sdmx_parts *dims, struct slice key,
    const struct json_value *at)
{
	struct sdmx *x = s->of;
	const char *p = key.ptr, *end = key.ptr + key.len;

	for (size_t i = 0; i < dims->n; i++) {
		const char *colon = p == NULL || p > end
		    ? NULL
		    : memchr(p, ':', (size_t)(end - p));
		const char *upto = colon != NULL ? colon : end;
		uint64_t index;

		if (p > end
		    || !slice_number((struct slice){ p, (size_t)(upto - p) },
			&index)
		    || (i + 1 == dims->n) != (colon == NULL))
			return shape_refuse(s, at,
			    "the key '%.*s' does not fit %zu dimensions",
			    slice_width(key), key.ptr, dims->n);
		if (!sdmx_set_dim(s, &dims->list[i], index, at))
			return false;
		x->pos[x->n_pos++] = index;
		p = upto + 1;
	}
	return true;
}

static bool
set_dataset(struct shape *s, const struct sdmx_set *set)
{
	struct sdmx *x = s->of;
	const struct sdmx_parts *dims = &set->structure->parts[SDMX_DIM_SET];
	const struct sdmx_parts *attrs = &set->structure->parts[SDMX_ATTR_SET];
	const struct json_value *given = value_member(set->node, "attributes");

	x->n_pos = 0;
	for (size_t i = 0; i < dims->n; i++) {
		if (!sdmx_set_dim(s, &dims->list[i], 0, set->node))
			return false;
		x->pos[x->n_pos++] = 0;
	}
	if (given != NULL)
		return sdmx_set_all(s, attrs, given, 0);
	/* Early messages: the only value is the one that holds. */
	for (size_t i = 0; i < attrs->n; i++) {
		const struct sdmx_part *p = &attrs->list[i];
		struct json_value first = { .kind = JSON_NUMBER,
			.line = set->node->line,
			.column = set->node->column,
			.text = { "0", 1 } };

		if (!sdmx_set(s, p, p->n == 1 ? &first : NULL))
			return false;
	}
	return true;
}

/* The attributes of each partial key that the observation has. */
static bool
set_groups(struct shape *s, const struct sdmx_set *set)
{
	const struct sdmx *x = s->of;
	const struct sdmx_parts *parts =
	    &set->structure->parts[SDMX_ATTR_GROUP];
	const struct json_value *v;
	char key[SDMX_DIMS * 21 + 1];

	for (size_t m = 0; m < set->n_masks; m++) {
		struct buf b = { key, 0, sizeof(key), sizeof(key) };

		for (size_t i = 0; i < x->n_pos; i++)
			if ((i > 0 && !buf_puts(&b, ":"))
			    || ((set->masks[m] >> i & 1) != 0
				&& !buf_printf(&b, "%" PRIu64, x->pos[i])))
				return shape_refuse(s, set->node,
				    "a key is too long");
		v = value_is(index_find(&set->groups, buf_slice(&b)),
			JSON_ARRAY)
		    ? index_find(&set->groups, buf_slice(&b))->child
		    : NULL;
		for (size_t i = 0; v != NULL && i < parts->n; i++) {
			if (v->kind != JSON_NULL
			    && !sdmx_set(s, &parts->list[i], v))
				return false;
			v = v->next;
		}
	}
	return true;
}

/* One observation: [value, attribute, ..]; what stands behind the attributes
 * are annotations. */
static bool
send_obs(struct shape *s, const struct sdmx_set *set,
    const struct json_value *series, struct slice key,
    const struct json_value *obs)
{
	const struct sdmx_parts *p = set->structure->parts;
	const struct json_value *first =
	    value_is(obs, JSON_ARRAY) ? obs->child : obs;
	size_t measures = p[SDMX_MEASURE].n;

	if (first == NULL)
		return shape_refuse(s, obs, "the observation is empty");
	s->row_line = first->line;
	shape_row(s, obs->kind == JSON_ARRAY ? obs : set->node);
	if (!set_dataset(s, set))
		return false;
	if (series != NULL
	    && (!set_key(s, &p[SDMX_DIM_SERIES], series->key, series)
		|| !sdmx_set_all(s, &p[SDMX_ATTR_SERIES],
		    value_member(series, "attributes"), 0)))
		return false;
	if (!set_key(s, &p[SDMX_DIM_OBS], key, obs) || !set_groups(s, set))
		return false;
	if (obs->kind != JSON_ARRAY) {
		shape_set_value(s, p[SDMX_MEASURE].list->column, obs);
		return shape_send(s);
	}
	return sdmx_set_all(s, &p[SDMX_MEASURE], obs, 0)
	    && sdmx_set_all(s, &p[SDMX_ATTR_OBS], obs, measures)
	    && shape_send(s);
}

static bool
sdmx_item(struct shape *s, const struct shape_item *item)
{
	const struct sdmx *x = s->of;
	const struct sdmx_set *set =
	    &x->sets[item->path[item->depth - 2].index];
	const struct json_value *all;
	struct json_value series = *item->value;

	if (strcmp(item->path[item->depth - 1].name, "observations") == 0)
		return send_obs(s, set, NULL, item->key, item->value);
	series.key = item->key;
	all = value_member(&series, "observations");
	if (!value_is(all, JSON_OBJECT))
		return true;
	for (const struct json_value *o = all->child; o != NULL; o = o->next)
		if (!send_obs(s, set, &series, o->key, o))
			return false;
	return true;
}

static const char *const lists[][SHAPE_STEPS] = {
	{ "dataSets", "*", "observations" },
	{ "dataSets", "*", "series" },
	{ "data", "dataSets", "*", "observations" },
	{ "data", "dataSets", "*", "series" },
};

const struct shape_kind shape_sdmx = {
	.name = "sdmx-json",
	.title = "SDMX-JSON",
	.looked_for = "'dataSets' with 'structure'",
	.is = is_sdmx,
	.fine = sdmx_fine,
	.lists = { .paths = lists, .n = ARRAY_LEN(lists) },
	.size = sizeof(struct sdmx),
	.document = sdmx_document,
	.item = sdmx_item,
};
