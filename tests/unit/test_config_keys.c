/* rooms: base config */
/* The key tables and config/schema say the same. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../collector/config/keys.h"
#include "../../collector/config/template.h"
#include "kpid/pattern.h"

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

/* What an editor offers must be taken. */
static void
check_examples(const struct key *key, const json_t *schema, const char *at)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const json_t *examples = json_object_get(schema, "examples");
	const json_t *example;
	struct kpid_err err = { 0 };
	struct pattern *pattern;
	size_t i;

	json_array_foreach((json_t *)examples, i, example)
	{
		const char *value = json_string_value(example);

		cr_assert_not_null(value, "%s: an example that is no text", at);
		if (key->kind == KEY_PATTERN)
			cr_expect(pattern_new(value, &mem, &pattern, &err),
			    "%s: %s", at, err.msg);
		if (key->kind == KEY_TEMPLATE)
			cr_expect(template_check(value, &err), "%s: %s", at,
			    err.msg);
	}
	cr_expect_eq(strcmp(text(schema, "format"), "regex") == 0,
	    key->kind == KEY_PATTERN, "%s: format", at);
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
	check_examples(key, schema, at);
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

/* A number, or false where that is fine. */
static void
compare_decimal(const struct key *key, const json_t *schema, const char *at)
{
	const json_t *either = json_object_get(schema, "oneOf");
	const json_t *part = json_array_get(either, 0);

	cr_expect_eq(either != NULL, key->empty, "%s: false is fine", at);
	cr_expect(either == NULL
		|| json_is_false(json_object_get(json_array_get(either, 1),
		    "const")),
	    "%s: false", at);
	part = part == NULL ? schema : part;
	cr_expect_str_eq(text(part, "type"), "number", "%s", at);
	cr_expect_eq(json_number_value(json_object_get(part, "minimum")),
	    (double)key->min, "%s: minimum", at);
	cr_expect_eq(json_number_value(json_object_get(part, "maximum")),
	    (double)key->max, "%s: maximum", at);
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
	if (json_is_string(fallback))
		(void)snprintf(number, sizeof(number), "%s",
		    json_string_value(fallback));
	else if (json_is_boolean(fallback))
		(void)snprintf(number, sizeof(number), "%s",
		    json_is_true(fallback) ? "true" : "false");
	else
		(void)snprintf(number, sizeof(number), "%.15g",
		    json_number_value(fallback));
	cr_expect_str_eq(number, key->fallback, "%s: default", at);
}

static void compare(const struct keys *keys, const json_t *schema,
    const char *at);

/* An array of parts, or an object of them by any name. */
static void
compare_parts(const struct key *key, const json_t *schema, const char *at)
{
	bool array = key->kind == KEY_TEXTS || key->kind == KEY_PATHS
	    || key->kind == KEY_LIST || key->kind == KEY_ONE_OR_LIST;
	const json_t *part =
	    json_object_get(schema, array ? "items" : "additionalProperties");
	const json_t *names = json_object_get(schema, "propertyNames");

	cr_expect_str_eq(text(schema, "type"), array ? "array" : "object", "%s",
	    at);
	cr_assert_not_null(part, "%s: parts", at);
	cr_expect_eq(json_integer_value(json_object_get(schema, "minItems")),
	    key->filled, "%s: may be empty", at);
	cr_expect_str_eq(text(names, "pattern"),
	    key->names == NULL ? "" : key->names, "%s: names", at);
	if (key->sub == NULL)
		compare_text(key, part, at);
	else
		compare(key->sub, part, at);
}

/* An object, or a list of such. */
static void
compare_either(const struct key *key, const json_t *schema, const char *at)
{
	const json_t *either = json_object_get(schema, "oneOf");

	cr_assert_eq(json_array_size(either), 2, "%s: one or a list", at);
	compare(key->sub, json_array_get(either, 0), at);
	compare_parts(key, json_array_get(either, 1), at);
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
	case KEY_NUMBER:
		compare_decimal(key, schema, at);
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
	case KEY_ONE_OR_LIST:
		compare_either(key, schema, at);
		break;
	case KEY_NOTE:
		cr_expect_str_eq(text(schema, "type"), "string", "%s", at);
		break;
	case KEY_TEXT:
	case KEY_PATTERN:
	case KEY_TEMPLATE:
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
	size_t want = 0;

	for (; want < ARRAY_LEN(keys->one_of) && keys->one_of[want] != NULL;
	     want++)
		cr_expect(holds(json_object_get(json_array_get(one_of, want),
				    "required"),
			      keys->one_of[want]),
		    "%s: %s", at, keys->one_of[want]);
	/* None of them is an alternative of its own. */
	cr_expect_eq(json_array_size(one_of), want + keys->none_fine,
	    "%s: oneOf", at);
	if (keys->none_fine)
		cr_expect_not_null(json_object_get(json_array_get(one_of, want),
				       "not"),
		    "%s: none", at);
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

/* The part that "#/$defs/test" or "file.json#/properties/x" names. */
static json_t *
referenced(json_t *root, const char *ref)
{
	const char *hash = strchr(ref, '#'), *name = hash + 1;
	json_t *part = root;
	char path[200];

	cr_assert_not_null(hash, "%s", ref);
	if (hash > ref) {
		(void)snprintf(path, sizeof(path), "config/schema/%.*s",
		    (int)(hash - ref), ref);
		part = json_load_file(path, 0, NULL);
	} else {
		json_incref(part);
	}
	while (part != NULL && *name == '/') {
		size_t len = strcspn(name + 1, "/");
		json_t *member =
		    json_incref(json_object_getn(part, name + 1, len));

		json_decref(part);
		part = member;
		name += len + 1;
	}
	cr_assert_not_null(part, "%s", ref);
	return part;
}

/* Puts in the place of every $ref what it names. */
static void
expand(json_t *root, json_t *part)
{
	const char *ref = json_string_value(json_object_get(part, "$ref"));
	json_t *member;
	const char *name;
	size_t i;

	if (ref != NULL) {
		json_t *def = referenced(root, ref);

		cr_assert_eq(json_object_del(part, "$ref"), 0);
		cr_assert_eq(json_object_update_missing(part, def), 0);
		json_decref(def);
	}
	json_object_foreach(part, name, member) expand(root, member);
	json_array_foreach(part, i, member) expand(root, member);
}

static void
compare_file(const char *path, const struct keys *keys)
{
	json_error_t error;
	json_t *schema = json_load_file(path, JSON_REJECT_DUPLICATES, &error);

	cr_assert_not_null(schema, "%s: %s", path, error.text);
	expand(schema, schema);
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
		cr_expect_lt(key->sub->name_at, key->sub->size, "%s",
		    key->name);
		check_offsets(key->sub, key->sub->size);
	}
}

Test(config_keys, members_lie_in_their_structs)
{
	check_offsets(&service_keys, sizeof(struct service));
	check_offsets(&feed_keys, sizeof(struct feed_file));
	check_offsets(&indicator_keys, sizeof(struct indicator_file));
}
