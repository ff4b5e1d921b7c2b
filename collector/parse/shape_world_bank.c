/* The World Bank's API, version 2: [ {page ..}, [ observation .. ] ]. */
#include <inttypes.h>

#include "shape.h"

enum {
	INDICATOR,
	INDICATOR_NAME,
	COUNTRY,
	COUNTRY_NAME,
	ISO3,
	DATE,
	VALUE,
	UNIT,
	STATUS,
	DECIMAL,
	COLUMNS
};

struct world_bank {
	uint64_t page, pages, total, values;
};

static bool
is_world_bank(const struct json_value *root)
{
	const struct json_value *head = value_element(root, 0);

	return value_member(head, "page") != NULL
	    || value_member(head, "message") != NULL;
}

static bool
refuse_message(struct shape *s, const struct json_value *message)
{
	const struct json_value *m = value_first(message);
	struct slice key = value_text(value_member(m, "key"));
	struct slice text = value_text(value_member(m, "value"));

	if (m == NULL)
		return shape_refuse(s, NULL,
		    "the World Bank answers with an error and does not say "
		    "which");
	return shape_refuse(s, NULL,
	    "the World Bank answers with an error: %.*s: %.*s",
	    slice_width(key), key.ptr, slice_width(text), text.ptr);
}

static bool
world_bank_fine(struct shape *s, const struct json_value *root)
{
	const struct json_value *message =
	    value_member(value_element(root, 0), "message");

	return message == NULL || refuse_message(s, message);
}

static bool
world_bank_document(struct shape *s, const struct json_value *root)
{
	struct world_bank *w = s->of;
	const struct json_value *head = value_element(root, 0);
	const struct json_value *list = value_element(root, 1);
	uint64_t page = 0;

	(void)!value_number(value_member(head, "page"), &page);
	(void)!value_number(value_member(head, "pages"), &w->pages);
	(void)!value_number(value_member(head, "total"), &w->total);
	if (s->documents > 0 && page != w->page + 1)
		return shape_refuse(s, head,
		    "page %" PRIu64 " follows page %" PRIu64, page, w->page);
	w->page = page;
	w->values += list != NULL ? list->n : 0;
	return true;
}

static bool
world_bank_columns(struct shape *s)
{
	static const char *const names[COLUMNS] = { "indicator",
		"indicator_name", "country", "country_name", "iso3", "date",
		"value", "unit", "obs_status", "decimal" };
	const struct world_bank *w = s->of;
	size_t at;

	if (w->values == 0)
		return shape_refuse(s, NULL,
		    "the answer has no data. HINT: look at the country and the "
		    "date in the feed's URL");
	for (size_t i = 0; i < COLUMNS; i++)
		if (!shape_column(s, slice_of(names[i]), &at))
			return false;
	return true;
}

static bool
world_bank_tell(struct shape *s)
{
	const struct world_bank *w = s->of;

	if (w->total > w->values)
		return shape_partial(s,
		    "%" PRIu64 " of %" PRIu64 " observations are here, up to "
		    "page %" PRIu64 " of %" PRIu64,
		    w->values, w->total, w->page, w->pages);
	return true;
}

static void
set_pair(struct shape *s, size_t column, const struct json_value *v)
{
	shape_set_value(s, column, value_member(v, "id"));
	shape_set_value(s, column + 1, value_member(v, "value"));
}

static bool
world_bank_item(struct shape *s, const struct shape_item *item)
{
	static const struct {
		size_t column;
		const char *member;
	} members[] = {
		{ ISO3, "countryiso3code" },
		{ DATE, "date" },
		{ VALUE, "value" },
		{ UNIT, "unit" },
		{ STATUS, "obs_status" },
		{ DECIMAL, "decimal" },
	};
	const struct json_value *v = item->value;

	if (v->kind != JSON_OBJECT)
		return shape_refuse(s, v, "an observation is no object");
	shape_row(s, v);
	set_pair(s, INDICATOR, value_member(v, "indicator"));
	set_pair(s, COUNTRY, value_member(v, "country"));
	for (size_t i = 0; i < ARRAY_LEN(members); i++)
		shape_set_value(s, members[i].column,
		    value_member(v, members[i].member));
	return shape_send(s);
}

static const char *const lists[][SHAPE_STEPS] = {
	{ "#1" },
};

const struct shape_kind shape_world_bank = {
	.name = "world-bank",
	.title = "the World Bank's API",
	.looked_for = "'page' in the first part of a list",
	.is = is_world_bank,
	.fine = world_bank_fine,
	.lists = { .paths = lists, .n = ARRAY_LEN(lists), .single = true },
	.paged = true,
	.size = sizeof(struct world_bank),
	.document = world_bank_document,
	.columns = world_bank_columns,
	.tell = world_bank_tell,
	.item = world_bank_item,
};
