/*
 * CKAN, datastore_search and datastore_search_sql: records as objects, or as
 * lists in the order of the fields (records_format=lists).
 */
#include <inttypes.h>

#include "shape.h"

struct ckan {
	bool fields; /* the columns are known */
	uint64_t records, total;
	bool total_known, truncated;
};

static const struct json_value *
result_of(const struct json_value *root)
{
	return value_member(root, "result");
}

static bool
is_ckan(const struct json_value *root)
{
	return value_member(root, "success") != NULL
	    && (result_of(root) != NULL || value_member(root, "error") != NULL);
}

/* ---- first pass -------------------------------------------------------- */

/* {"__type": .., "message": ..}, or a member for each parameter that is
 * wrong: {"resource_id": ["Not found"]}. */
static bool
refuse_error(struct shape *s, const struct json_value *error)
{
	struct slice type = value_text(value_member(error, "__type"));
	const struct json_value *m = value_member(error, "message");
	struct slice text;

	if (m == NULL && value_is(error, JSON_OBJECT))
		for (m = error->child; m != NULL && slice_is(m->key, "__type");)
			m = m->next;
	if (m == NULL) {
		text = error->kind == JSON_STRING ? error->text : type;
		return shape_refuse(s, NULL, "CKAN answers with an error%s%.*s",
		    text.len > 0 ? ": " : " and does not say which",
		    slice_width(text), text.ptr);
	}
	text = value_text(m->kind == JSON_ARRAY ? m->child : m);
	if (!slice_is(m->key, "message"))
		return shape_refuse(s, NULL,
		    "CKAN answers with an error: %.*s: %.*s: %.*s",
		    slice_width(type), type.ptr, slice_width(m->key),
		    m->key.ptr, slice_width(text), text.ptr);
	return shape_refuse(s, NULL, "CKAN answers with an error: %.*s%s%.*s",
	    slice_width(type), type.len > 0 ? type.ptr : "",
	    type.len > 0 ? ": " : "", slice_width(text), text.ptr);
}

static bool
ckan_fine(struct shape *s, const struct json_value *root)
{
	const struct json_value *error = value_member(root, "error");
	const struct json_value *success = value_member(root, "success");

	if (success == NULL || slice_is(success->text, "true"))
		return true;
	if (error != NULL)
		return refuse_error(s, error);
	return shape_refuse(s, NULL,
	    "CKAN answers with an error and does not say which");
}

static bool
add_column(struct shape *s, const struct json_value *at, struct slice name)
{
	size_t column;

	if (name.len == 0)
		return shape_refuse(s, at, "a field has no 'id'");
	return shape_column(s, name, &column);
}

/* Without "fields" the first record names them. */
static bool
take_fields(struct shape *s, const struct json_value *fields)
{
	struct ckan *c = s->of;
	const struct json_value *v;

	if (c->fields)
		return true;
	c->fields = value_is(fields, JSON_ARRAY) || s->sample != NULL;
	if (value_is(fields, JSON_ARRAY)) {
		for (v = fields->child; v != NULL; v = v->next)
			if (!add_column(s, v,
				value_text(value_member(v, "id"))))
				return false;
		return true;
	}
	if (!value_is(s->sample, JSON_OBJECT))
		return true;
	for (v = s->sample->child; v != NULL; v = v->next)
		if (!add_column(s, v, v->key))
			return false;
	return true;
}

static bool
ckan_document(struct shape *s, const struct json_value *root)
{
	struct ckan *c = s->of;
	const struct json_value *result = result_of(root);
	const struct json_value *records = value_member(result, "records");

	if (records == NULL)
		return shape_refuse(s, result,
		    "the answer of CKAN has no 'records'. HINT: the feed's URL "
		    "must call datastore_search?resource_id=..");
	c->records += records->n;
	c->truncated |=
	    slice_is(value_text(value_member(result, "records_truncated")),
		"true");
	c->total_known = value_number(value_member(result, "total"), &c->total)
	    && !slice_is(value_text(value_member(result,
			     "total_was_estimated")),
		"true");
	return take_fields(s, value_member(result, "fields"));
}

static bool
ckan_columns(struct shape *s)
{
	const struct ckan *c = s->of;

	if (s->n == 0)
		return shape_refuse(s, NULL,
		    "the answer of CKAN has neither fields nor records");
	if (c->total_known && s->documents > 1 && c->records > c->total)
		return shape_refuse(s, NULL,
		    "the pages have %" PRIu64 " records where CKAN says "
		    "%" PRIu64 ": the table changed in between, or the server "
		    "does not heed \"offset\"",
		    c->records, c->total);
	return true;
}

static bool
ckan_tell(struct shape *s)
{
	const struct ckan *c = s->of;

	if (c->total_known && c->records < c->total)
		return shape_partial(s,
		    "%" PRIu64 " of %" PRIu64 " records are here", c->records,
		    c->total);
	if (c->truncated)
		return shape_partial(s, "CKAN says that it cut the records");
	return true;
}

/* ---- second pass ------------------------------------------------------- */

static bool
set_field(struct shape *s, const struct json_value *m)
{
	for (size_t i = 0; i < s->n; i++) {
		if (!slice_eq(s->names[i], m->key))
			continue;
		if (s->cells[i].kind != CELL_NULL)
			return shape_refuse(s, m, "the record has '%.*s' twice",
			    slice_width(m->key), m->key.ptr);
		shape_set_value(s, i, m);
		return true;
	}
	return shape_refuse(s, m, "the record has '%.*s', which is no field",
	    slice_width(m->key), m->key.ptr);
}

static bool
set_list(struct shape *s, const struct json_value *list)
{
	size_t i = 0;

	if (list->n != s->n)
		return shape_refuse(s, list,
		    "the record has %zu values where there are %zu fields",
		    list->n, s->n);
	for (const struct json_value *v = list->child; v != NULL; v = v->next)
		shape_set_value(s, i++, v);
	return true;
}

static bool
ckan_item(struct shape *s, const struct shape_item *item)
{
	shape_row(s, item->value);
	if (item->value->kind == JSON_ARRAY)
		return set_list(s, item->value) && shape_send(s);
	if (item->value->kind != JSON_OBJECT)
		return shape_refuse(s, item->value, "a record is no object");
	for (const struct json_value *m = item->value->child; m != NULL;
	     m = m->next)
		if (!set_field(s, m))
			return false;
	return shape_send(s);
}

static const char *const lists[][SHAPE_STEPS] = {
	{ "result", "records" },
};

const struct shape_kind shape_ckan = {
	.name = "ckan",
	.title = "CKAN (datastore_search)",
	.looked_for = "'success' with 'result'",
	.is = is_ckan,
	.fine = ckan_fine,
	.lists = { .paths = lists, .n = ARRAY_LEN(lists), .single = true },
	.paged = true,
	.size = sizeof(struct ckan),
	.document = ckan_document,
	.columns = ckan_columns,
	.tell = ckan_tell,
	.item = ckan_item,
};
