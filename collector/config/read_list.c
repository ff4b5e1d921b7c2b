/* Values that hold others: lists, and objects whose members have any name. */
#include <string.h>

#include "kpid/file.h"
#include "read.h"

static void
set_list(const struct key *key, void *base, const void *list, size_t n)
{
	memcpy((char *)base + key->at, &list, sizeof(list));
	memcpy((char *)base + key->also, &n, sizeof(n));
}

static void
check_filled(const struct place *p, const struct key *key)
{
	if (key->filled && json_array_size(p->json) == 0)
		document_problem(p->d, p->pointer, "'%s' must not be empty",
		    key->name);
}

void
read_texts(const struct place *p, const struct key *key, void *base)
{
	size_t n = json_array_size(p->json), used = 0;
	const char **list = arena_array(p->d->mem, n, sizeof(*list));

	for (size_t i = 0; i < n; i++) {
		struct place element = { p->d, json_array_get(p->json, i),
			pointer_element(p->pointer, i, p->d->scratch) };

		if (!json_is_string(element.json)) {
			document_problem(p->d, element.pointer,
			    "'%s' must hold nothing but texts", key->name);
			continue;
		}
		if (text_check(&element, key, json_string_value(element.json)))
			list[used++] = place_text(&element, key);
	}
	check_filled(p, key);
	set_list(key, base, list, used);
}

void
read_pairs(const struct place *p, const struct key *key, void *base)
{
	size_t n = json_object_size(p->json), used = 0;
	struct pair *list = arena_array(p->d->mem, n, sizeof(*list));
	json_t *value, *object = (json_t *)p->json;
	const char *name;

	json_object_foreach(object, name, value)
	{
		struct place member = { p->d, value,
			pointer_member(p->pointer, slice_of(name),
			    p->d->scratch) };

		if (!json_is_string(value)) {
			document_problem(p->d, member.pointer,
			    "'%s' of '%s' must be a text", name, key->name);
			continue;
		}
		if (name_check(&member, key, name)
		    && text_check(&member, key, json_string_value(value)))
			list[used++] =
			    (struct pair){ arena_strdup(p->d->mem, name),
				    place_text(&member, key) };
	}
	set_list(key, base, list, used);
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

void
read_list(const struct place *p, const struct key *key, void *base)
{
	size_t n = json_array_size(p->json), used = 0;
	char *list = arena_array(p->d->mem, n, key->sub->size);

	for (size_t i = 0; i < n; i++) {
		struct place element = { p->d, json_array_get(p->json, i),
			pointer_element(p->pointer, i, p->d->scratch) };

		used +=
		    read_element(&element, key, list + used * key->sub->size);
	}
	check_filled(p, key);
	set_list(key, base, list, used);
}

void
read_one_or_list(const struct place *p, const struct key *key, void *base)
{
	char *one;

	if (json_is_array(p->json)) {
		read_list(p, key, base);
		return;
	}
	one = arena_alloc(p->d->mem, key->sub->size);
	if (read_element(p, key, one))
		set_list(key, base, one, 1);
}

void
read_members(const struct place *p, const struct key *key, void *base)
{
	size_t n = json_object_size(p->json), used = 0;
	char *list = arena_array(p->d->mem, n, key->sub->size);
	json_t *value, *object = (json_t *)p->json;
	const char *name;

	json_object_foreach(object, name, value)
	{
		struct place member = { p->d, value,
			pointer_member(p->pointer, slice_of(name),
			    p->d->scratch) };
		char *out = list + used * key->sub->size;
		const char *copy;

		if (!name_check(&member, key, name)
		    || !read_element(&member, key, out))
			continue;
		copy = arena_strdup(p->d->mem, name);
		memcpy(out + key->sub->name_at, &copy, sizeof(copy));
		used++;
	}
	set_list(key, base, list, used);
}
