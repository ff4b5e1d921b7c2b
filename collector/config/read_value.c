/* One function for each kind of value; those of lists: read_list.c. */
#include <stdlib.h>
#include <string.h>

#include "kpid/file.h"
#include "read.h"

/* Sets the bool that key->also names, if it names one. */
static void
set_given(const struct key *key, void *base)
{
	bool given = true;

	if (key->also != 0)
		memcpy((char *)base + key->also, &given, sizeof(given));
}

const char *
place_text(const struct place *p, const struct key *key)
{
	const char *text = json_string_value(p->json);

	return key->kind == KEY_PATH || key->kind == KEY_PATHS
	    ? path_join(p->d->dir, text, p->d->mem)
	    : arena_strdup(p->d->mem, text);
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
	const char *text = json_string_value(p->json);

	if (!text_check(p, key, text) || !form_check(p, key, text))
		return;
	text = place_text(p, key);
	memcpy((char *)base + key->at, &text, sizeof(text));
	set_given(key, base);
}

static void
read_char(const struct place *p, const struct key *key, void *base)
{
	const char *text = json_string_value(p->json);
	char c = text[0];
	bool printable = c > 0x20 && c < 0x7f;

	if (c == '\0' && key->empty) {
		*((char *)base + key->at) = c;
		return;
	}
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

/* As it was written but for zeros at the end: nothing here computes. */
static void
read_decimal(const struct place *p, const struct key *key, void *base)
{
	double value = json_number_value(p->json);
	const char *copy = NULL;
	char *text;

	if (json_is_false(p->json)) {
		if (key->empty)
			memcpy((char *)base + key->at, &copy, sizeof(copy));
		else
			document_problem(p->d, p->pointer,
			    "'%s' must be a number, not false", key->name);
		return;
	}
	if (value < (double)key->min || value > (double)key->max) {
		document_problem(p->d, p->pointer,
		    "'%s' must be from %lld to %lld", key->name, key->min,
		    key->max);
		return;
	}
	text = json_dumps(p->json, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
	if (text == NULL)
		fatal("out of memory");
	copy = arena_strdup(p->d->mem, text);
	free(text);
	memcpy((char *)base + key->at, &copy, sizeof(copy));
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
read_sub(const struct place *p, const struct key *key, void *base)
{
	read_object(p, key->sub, (char *)base + key->at);
	set_given(key, base);
}

static const struct {
	json_type type;
	const char *want;
	void (*read)(const struct place *p, const struct key *key, void *base);
} kinds[] = {
	[KEY_NOTE] = { JSON_STRING, "a text", read_note },
	[KEY_TEXT] = { JSON_STRING, "a text", read_text },
	[KEY_PATTERN] = { JSON_STRING, "a text", read_text },
	[KEY_TEMPLATE] = { JSON_STRING, "a text", read_text },
	[KEY_PATH] = { JSON_STRING, "a path", read_text },
	[KEY_CHAR] = { JSON_STRING, "a text", read_char },
	[KEY_INT] = { JSON_INTEGER, "a whole number", read_number },
	[KEY_LONG] = { JSON_INTEGER, "a whole number", read_number },
	[KEY_NUMBER] = { JSON_REAL, "a number or false", read_decimal },
	[KEY_FLAG] = { JSON_TRUE, "true or false", read_flag },
	[KEY_CHOICE] = { JSON_STRING, "a text", read_word },
	[KEY_SWITCH] = { JSON_STRING, "a text", read_word },
	[KEY_INSTANT] = { JSON_STRING, "a text", read_instant },
	[KEY_TEXTS] = { JSON_ARRAY, "a list of texts", read_texts },
	[KEY_PATHS] = { JSON_ARRAY, "a list of paths", read_texts },
	[KEY_PAIRS] = { JSON_OBJECT, "an object", read_pairs },
	[KEY_OBJECT] = { JSON_OBJECT, "an object", read_sub },
	[KEY_LIST] = { JSON_ARRAY, "a list", read_list },
	[KEY_ONE_OR_LIST] = { JSON_OBJECT, "an object or a list of objects",
	    read_one_or_list },
	[KEY_MEMBERS] = { JSON_OBJECT, "an object", read_members },
};

/* Beside the one type that the table names. */
static bool
takes_too(const struct key *key, json_type type)
{
	return (type == JSON_FALSE && key->kind == KEY_FLAG)
	    || (type == JSON_ARRAY && key->kind == KEY_ONE_OR_LIST)
	    || (key->kind == KEY_NUMBER
		&& (type == JSON_INTEGER || type == JSON_FALSE));
}

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

	if (type == kinds[key->kind].type || takes_too(key, type))
		kinds[key->kind].read(p, key, base);
	else
		document_problem(p->d, p->pointer, "'%s' must be %s, not %s",
		    key->name, kinds[key->kind].want, found[type]);
}

static json_t *
fallback_json(const struct key *key)
{
	if (key->kind == KEY_INT || key->kind == KEY_LONG)
		return json_integer(strtoll(key->fallback, NULL, 10));
	if (key->kind == KEY_FLAG)
		return json_boolean(strcmp(key->fallback, "true") == 0);
	if (key->kind == KEY_NUMBER)
		return json_loads(key->fallback, JSON_DECODE_ANY, NULL);
	return json_string(key->fallback);
}

/* Through the same functions as what a file says, so that the table cannot
 * hold a default that a file could not. */
void
fallback_set(const struct document *d, const struct key *key, void *base)
{
	json_t *json = fallback_json(key);
	struct place p = { d, json, "" };

	if (json == NULL)
		fatal("out of memory");
	read_value(&p, key, base);
	json_decref(json);
}
