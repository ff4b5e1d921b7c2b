/* rooms: base config */
/* The key tables and config/schema say the same. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../collector/config/keys.h"

static const json_t *
property(const json_t *schema, const char *name)
{
	return json_object_get(json_object_get(schema, "properties"), name);
}

static bool
holds(const json_t *array, const char *text)
{
	const json_t *item;
	size_t i;

	json_array_foreach((json_t *)array, i, item)
	{
		if (strcmp(json_string_value(item), text) == 0)
			return true;
	}
	return false;
}

static const char *
text(const json_t *schema, const char *name)
{
	const char *value = json_string_value(json_object_get(schema, name));

	return value == NULL ? "" : value;
}

static void
compare_words(const struct key *key, const json_t *schema, const char *at)
{
	const json_t *words = json_object_get(schema, "enum");
	size_t n = 0;

	if (key->words == NULL) {
		cr_expect_null(words, "%s: words in the schema alone", at);
		return;
	}
	for (; key->words[n] != NULL; n++)
		cr_expect(holds(words, key->words[n]), "%s: '%s'", at,
		    key->words[n]);
	cr_expect_eq(json_array_size(words), n, "%s: words", at);
}

static void
compare_text(const struct key *key, const json_t *schema, const char *at)
{
	cr_expect_str_eq(text(schema, "type"), "string", "%s", at);
	cr_expect_str_eq(text(schema, "pattern"),
	    key->pattern == NULL ? "" : key->pattern, "%s: pattern", at);
	if (key->words == NULL && key->kind != KEY_INSTANT)
		cr_expect_eq(json_object_get(schema, "minLength") == NULL,
		    key->empty, "%s: may be empty", at);
	compare_words(key, schema, at);
}

static void
compare_number(const struct key *key, const json_t *schema, const char *at)
{
	cr_expect_str_eq(text(schema, "type"), "integer", "%s", at);
	cr_expect_eq(json_integer_value(json_object_get(schema, "minimum")),
	    key->min, "%s: minimum", at);
	cr_expect_eq(json_integer_value(json_object_get(schema, "maximum")),
	    key->max, "%s: maximum", at);
}

static void
compare_default(const struct key *key, const json_t *schema, const char *at)
{
	const json_t *fallback = json_object_get(schema, "default");
	char number[32];

	if (key->fallback == NULL || fallback == NULL) {
		cr_expect(key->fallback == NULL && fallback == NULL,
		    "%s: a default in one of the two", at);
		return;
	}
	(void)snprintf(number, sizeof(number), "%lld",
	    (long long)json_integer_value(fallback));
	cr_expect_str_eq(json_is_integer(fallback)
		? number
		: json_string_value(fallback),
	    key->fallback, "%s: default", at);
}

static void compare(const struct keys *keys, const json_t *schema,
    const char *at);

/* An array of parts, or an object of them by any name. */
static void
compare_parts(const struct key *key, const json_t *schema, const char *at)
{
	bool array = key->kind == KEY_TEXTS || key->kind == KEY_PATHS
	    || key->kind == KEY_LIST;
	const json_t *part =
	    json_object_get(schema, array ? "items" : "additionalProperties");
	const json_t *names = json_object_get(schema, "propertyNames");

	cr_expect_str_eq(text(schema, "type"), array ? "array" : "object", "%s",
	    at);
	cr_assert_not_null(part, "%s: parts", at);
	if (key->sub == NULL) {
		compare_text(key, part, at);
		return;
	}
	cr_expect_eq(json_integer_value(json_object_get(schema, "minItems")),
	    key->kind == KEY_LIST && key->required, "%s: may be empty", at);
	if (key->kind == KEY_MEMBERS)
		cr_expect_str_eq(text(names, "pattern"), key->pattern, "%s",
		    at);
	compare(key->sub, part, at);
}

static void
compare_key(const struct key *key, const json_t *schema, const char *at)
{
	cr_expect_str_neq(text(schema, "description"), "", "%s: description",
	    at);
	compare_default(key, schema, at);
	switch (key->kind) {
	case KEY_OBJECT:
		compare(key->sub, schema, at);
		break;
	case KEY_INT:
	case KEY_LONG:
		compare_number(key, schema, at);
		break;
	case KEY_FLAG:
		cr_expect_str_eq(text(schema, "type"), "boolean", "%s", at);
		break;
	case KEY_TEXTS:
	case KEY_PATHS:
	case KEY_PAIRS:
	case KEY_LIST:
	case KEY_MEMBERS:
		compare_parts(key, schema, at);
		break;
	case KEY_NOTE:
		cr_expect_str_eq(text(schema, "type"), "string", "%s", at);
		break;
	case KEY_TEXT:
	case KEY_PATH:
	case KEY_CHAR:
	case KEY_CHOICE:
	case KEY_SWITCH:
	case KEY_INSTANT:
		compare_text(key, schema, at);
		break;
	}
}

static void
compare_one_of(const struct keys *keys, const json_t *schema, const char *at)
{
	const json_t *one_of = json_object_get(schema, "oneOf");
	size_t want = keys->one_of[0] == NULL ? 0 : 2;

	cr_expect_eq(json_array_size(one_of), want, "%s: oneOf", at);
	for (size_t i = 0; i < want; i++)
		cr_expect(holds(json_object_get(json_array_get(one_of, i),
				    "required"),
			      keys->one_of[i]),
		    "%s: %s", at, keys->one_of[i]);
}

static void
compare(const struct keys *keys, const json_t *schema, const char *at)
{
	size_t n_required = 0;

	cr_expect(json_is_false(json_object_get(schema,
		      "additionalProperties")),
	    "%s: additionalProperties", at);
	cr_expect_eq(json_object_size(json_object_get(schema, "properties")),
	    keys->n, "%s: number of keys", at);
	for (size_t i = 0; i < keys->n; i++) {
		const struct key *key = &keys->list[i];
		char below[200];

		(void)snprintf(below, sizeof(below), "%s/%s", at, key->name);
		cr_assert_not_null(property(schema, key->name), "%s", below);
		cr_expect_eq(holds(json_object_get(schema, "required"),
				 key->name),
		    key->required, "%s: required", below);
		n_required += key->required;
		compare_key(key, property(schema, key->name), below);
	}
	cr_expect_eq(json_array_size(json_object_get(schema, "required")),
	    n_required, "%s: required", at);
	compare_one_of(keys, schema, at);
}

static void
compare_file(const char *path, const struct keys *keys)
{
	json_error_t error;
	json_t *schema = json_load_file(path, JSON_REJECT_DUPLICATES, &error);

	cr_assert_not_null(schema, "%s: %s", path, error.text);
	cr_expect_str_eq(text(schema, "$schema"),
	    "https://json-schema.org/draft/2020-12/schema");
	compare(keys, schema, path);
	json_decref(schema);
}

Test(config_keys, the_schemas_say_what_the_tables_say)
{
	compare_file("config/schema/kpid.schema.json", &service_keys);
	compare_file("config/schema/feed.schema.json", &feed_keys);
	compare_file("config/schema/indicators.schema.json", &indicator_keys);
}

/* Offsets and sizes are typed by hand: a member must lie in its struct. */
static void
check_offsets(const struct keys *keys, size_t size)
{
	for (size_t i = 0; i < keys->n; i++) {
		const struct key *key = &keys->list[i];

		cr_expect_lt(key->at, size, "%s", key->name);
		cr_expect_lt(key->also, size, "%s", key->name);
		if (key->sub == NULL)
			continue;
		cr_expect(key->kind != KEY_OBJECT
			|| key->at + key->sub->size <= size,
		    "%s", key->name);
		cr_expect_lt(key->sub->line_at, key->sub->size, "%s",
		    key->name);
		check_offsets(key->sub, key->sub->size);
	}
}

Test(config_keys, members_lie_in_their_structs)
{
	check_offsets(&service_keys, sizeof(struct service));
	check_offsets(&feed_keys, sizeof(struct feed));
	check_offsets(&indicator_keys, sizeof(struct indicator_file));
}
