/* One function for each kind of value. */
#include <stdlib.h>
#include <string.h>

#include "kpid/file.h"
#include "read.h"

/* Stores n in the bool that key->also names, or in the size_t. */
static void
set_given(const struct key *key, void *base)
{
	bool given = true;

	if (key->also != 0)
		memcpy((char *)base + key->also, &given, sizeof(given));
}

static void
set_list(const struct key *key, void *base, const void *list, size_t n)
{
	memcpy((char *)base + key->at, &list, sizeof(list));
	memcpy((char *)base + key->also, &n, sizeof(n));
}

static const char *
text_of(const struct place *p)
{
	return arena_strdup(p->d->mem, json_string_value(p->json));
}

static void
read_note(const struct place *p, const struct key *key, void *base)
{
	(void)p;
	(void)key;
	(void)base;
}

static void
read_text(const struct place *p, const struct key *key, void *base)
{
	const char *text = text_of(p);

	if (!text_check(p, key, text))
		return;
	if (key->kind == KEY_PATH)
		text = path_join(p->d->dir, text, p->d->mem);
	memcpy((char *)base + key->at, &text, sizeof(text));
	set_given(key, base);
}

static void
read_char(const struct place *p, const struct key *key, void *base)
{
	const char *text = json_string_value(p->json);
	char c = text[0];
	bool printable = c > 0x20 && c < 0x7f;

	/* A letter or a digit would cut words and numbers apart. */
	if (strlen(text) != 1 || (!printable && c != '\t' && c != ' ')
	    || strspn(text,
		   "abcdefghijklmnopqrstuvwxyz0123456789"
		   "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
		> 0) {
		document_problem(p->d, p->pointer,
		    "'%s' must be one ASCII "
		    "character that is no letter and no digit",
		    key->name);
		return;
	}
	*((char *)base + key->at) = c;
}

static void
read_number(const struct place *p, const struct key *key, void *base)
{
	long long value = json_integer_value(p->json);
	int small;

	if (value < key->min || value > key->max) {
		document_problem(p->d, p->pointer,
		    "'%s' must be from %lld to %lld, not %lld", key->name,
		    key->min, key->max, value);
		return;
	}
	small = (int)value;
	if (key->kind == KEY_INT)
		memcpy((char *)base + key->at, &small, sizeof(small));
	else
		memcpy((char *)base + key->at, &value, sizeof(value));
	set_given(key, base);
}

static void
read_flag(const struct place *p, const struct key *key, void *base)
{
	*(bool *)((char *)base + key->at) = json_is_true(p->json);
}

static void
read_word(const struct place *p, const struct key *key, void *base)
{
	int place = word_place(p, key, json_string_value(p->json));

	if (place < 0)
		return;
	if (key->kind == KEY_SWITCH)
		*(bool *)((char *)base + key->at) = place == 1;
	else
		memcpy((char *)base + key->at, &place, sizeof(place));
}

static void
read_instant(const struct place *p, const struct key *key, void *base)
{
	const char *text = json_string_value(p->json);
	usec at;

	if (!instant_parse(slice_of(text), &at)) {
		document_problem(p->d, p->pointer,
		    "'%s' must be a time with "
		    "its zone such as '2024-10-01T09:00:00+09:00', not '%s'",
		    key->name, text);
		return;
	}
	memcpy((char *)base + key->at, &at, sizeof(at));
	set_given(key, base);
}

static void
read_texts(const struct place *p, const struct key *key, void *base)
{
	size_t n = json_array_size(p->json), used = 0;
	const char **list = arena_array(p->d->mem, n, sizeof(*list));

	for (size_t i = 0; i < n; i++) {
		struct place element = { p->d, json_array_get(p->json, i),
			pointer_element(p->pointer, i, p->d->mem) };

		if (!json_is_string(element.json)) {
			document_problem(p->d, element.pointer,
			    "'%s' must hold nothing but texts", key->name);
			continue;
		}
		if (!text_check(&element, key, text_of(&element)))
			continue;
		list[used++] = key->kind == KEY_PATHS
		    ? path_join(p->d->dir, text_of(&element), p->d->mem)
		    : text_of(&element);
	}
	set_list(key, base, list, used);
}

static void
read_pairs(const struct place *p, const struct key *key, void *base)
{
	size_t n = json_object_size(p->json), used = 0;
	struct pair *list = arena_array(p->d->mem, n, sizeof(*list));
	json_t *value, *object = (json_t *)p->json;
	const char *name;

	json_object_foreach(object, name, value)
	{
		struct place member = { p->d, value,
			pointer_member(p->pointer, slice_of(name), p->d->mem) };

		if (!json_is_string(value)) {
			document_problem(p->d, member.pointer,
			    "'%s' of '%s' must be a text", name, key->name);
			continue;
		}
		if (text_check(&member, key, text_of(&member)))
			list[used++] =
			    (struct pair){ arena_strdup(p->d->mem, name),
				    text_of(&member) };
	}
	set_list(key, base, list, used);
}

static void
read_sub(const struct place *p, const struct key *key, void *base)
{
	read_object(p, key->sub, (char *)base + key->at);
	set_given(key, base);
}

/* One element of a list or one member: false when it is no object. */
MUST_CHECK static bool
read_element(const struct place *p, const struct key *key, void *out)
{
	if (!json_is_object(p->json)) {
		document_problem(p->d, p->pointer,
		    "'%s' must hold nothing but objects", key->name);
		return false;
	}
	read_defaults(p->d, key->sub, out);
	read_object(p, key->sub, out);
	return true;
}

static void
read_list(const struct place *p, const struct key *key, void *base)
{
	size_t n = json_array_size(p->json), used = 0;
	char *list = arena_array(p->d->mem, n, key->sub->size);

	for (size_t i = 0; i < n; i++) {
		struct place element = { p->d, json_array_get(p->json, i),
			pointer_element(p->pointer, i, p->d->mem) };

		used +=
		    read_element(&element, key, list + used * key->sub->size);
	}
	if (n == 0 && key->required)
		document_problem(p->d, p->pointer, "'%s' must not be empty",
		    key->name);
	set_list(key, base, list, used);
}

static void
read_members(const struct place *p, const struct key *key, void *base)
{
	size_t n = json_object_size(p->json), used = 0;
	char *list = arena_array(p->d->mem, n, key->sub->size);
	json_t *value, *object = (json_t *)p->json;
	const char *name;

	json_object_foreach(object, name, value)
	{
		struct place member = { p->d, value,
			pointer_member(p->pointer, slice_of(name), p->d->mem) };
		char *out = list + used * key->sub->size;
		const char *copy = arena_strdup(p->d->mem, name);

		if (!text_check(&member, key, copy)
		    || !read_element(&member, key, out))
			continue;
		memcpy(out + key->sub->name_at, &copy, sizeof(copy));
		used++;
	}
	set_list(key, base, list, used);
}

static const struct {
	json_type type;
	const char *want;
	void (*read)(const struct place *p, const struct key *key, void *base);
} kinds[] = {
	[KEY_NOTE] = { JSON_STRING, "a text", read_note },
	[KEY_TEXT] = { JSON_STRING, "a text", read_text },
	[KEY_PATH] = { JSON_STRING, "a path", read_text },
	[KEY_CHAR] = { JSON_STRING, "a text", read_char },
	[KEY_INT] = { JSON_INTEGER, "a whole number", read_number },
	[KEY_LONG] = { JSON_INTEGER, "a whole number", read_number },
	[KEY_FLAG] = { JSON_TRUE, "true or false", read_flag },
	[KEY_CHOICE] = { JSON_STRING, "a text", read_word },
	[KEY_SWITCH] = { JSON_STRING, "a text", read_word },
	[KEY_INSTANT] = { JSON_STRING, "a text", read_instant },
	[KEY_TEXTS] = { JSON_ARRAY, "a list of texts", read_texts },
	[KEY_PATHS] = { JSON_ARRAY, "a list of paths", read_texts },
	[KEY_PAIRS] = { JSON_OBJECT, "an object", read_pairs },
	[KEY_OBJECT] = { JSON_OBJECT, "an object", read_sub },
	[KEY_LIST] = { JSON_ARRAY, "a list", read_list },
	[KEY_MEMBERS] = { JSON_OBJECT, "an object", read_members },
};

void
read_value(const struct place *p, const struct key *key, void *base)
{
	static const char *const found[] = { [JSON_OBJECT] = "an object",
		[JSON_ARRAY] = "a list",
		[JSON_STRING] = "a text",
		[JSON_INTEGER] = "a number",
		[JSON_REAL] = "a number with decimals",
		[JSON_TRUE] = "true",
		[JSON_FALSE] = "false",
		[JSON_NULL] = "null" };
	json_type type = json_typeof(p->json);

	if (type == kinds[key->kind].type
	    || (type == JSON_FALSE && kinds[key->kind].type == JSON_TRUE))
		kinds[key->kind].read(p, key, base);
	else
		document_problem(p->d, p->pointer, "'%s' must be %s, not %s",
		    key->name, kinds[key->kind].want, found[type]);
}

/* Through the same functions as what a file says, so that the table cannot
 * hold a default that a file could not. */
void
fallback_set(const struct document *d, const struct key *key, void *base)
{
	bool number = key->kind == KEY_INT || key->kind == KEY_LONG;
	json_t *json = number ? json_integer(strtoll(key->fallback, NULL, 10))
			      : json_string(key->fallback);
	struct place p = { d, json, "" };

	if (json == NULL)
		fatal("out of memory");
	read_value(&p, key, base);
	json_decref(json);
}
