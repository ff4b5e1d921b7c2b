#include <stdio.h>
#include <string.h>

#include "read.h"
#include "suggest.h"

static const struct key *
find_key(const struct keys *keys, const char *name)
{
	for (size_t i = 0; i < keys->n; i++) {
		if (strcmp(keys->list[i].name, name) == 0)
			return &keys->list[i];
	}
	return NULL;
}

/* 'a', 'b', 'c' */
static const char *
names_of(const struct keys *keys, struct arena *mem)
{
	const char *names = "";

	for (size_t i = 0; i < keys->n; i++) {
		if (keys->list[i].kind == KEY_NOTE)
			continue;
		names = arena_printf(mem, "%s%s'%s'", names,
		    *names == '\0' ? "" : ", ", keys->list[i].name);
	}
	return names;
}

static void
unknown_key(const struct place *p, const struct keys *keys, const char *name)
{
	struct suggestion s;

	suggestion_begin(&s, name);
	for (size_t i = 0; i < keys->n; i++)
		suggestion_offer(&s, keys->list[i].name);
	if (s.best != NULL)
		document_problem(p->d, p->pointer,
		    "unknown key '%s'. HINT: did you mean '%s'?", name, s.best);
	else
		document_problem(p->d, p->pointer,
		    "unknown key '%s'. HINT: known here are %s", name,
		    names_of(keys, p->d->scratch));
}

/* " in 'contract'", or nothing for the whole file. */
static const char *
inside(const struct place *p)
{
	const char *slash = strrchr(p->pointer, '/');

	if (slash == NULL)
		return "";
	return arena_printf(p->d->scratch, " in '%s'", p->pointer + 1);
}

static void
check_missing(const struct place *p, const struct keys *keys)
{
	for (size_t i = 0; i < keys->n; i++) {
		if (keys->list[i].required
		    && json_object_get(p->json, keys->list[i].name) == NULL)
			document_problem(p->d, p->pointer, "missing key '%s'%s",
			    keys->list[i].name, inside(p));
	}
}

/* 'a', 'b' <last> 'c' */
static const char *
listed(const char *const *names, size_t n, const char *last, struct arena *mem)
{
	const char *out = "";

	for (size_t i = 0; i < n; i++)
		out = arena_printf(mem, "%s%s'%s'", out,
		    i == 0           ? ""
			: i + 1 == n ? last
				     : ", ",
		    names[i]);
	return out;
}

/* Of `one_of` exactly one, or at most one, is given. */
static void
check_one(const struct place *p, const struct keys *keys)
{
	const char *given[ARRAY_LEN(keys->one_of)];
	size_t n = 0, n_given = 0;

	for (; n < ARRAY_LEN(keys->one_of) && keys->one_of[n] != NULL; n++)
		if (json_object_get(p->json, keys->one_of[n]) != NULL)
			given[n_given++] = keys->one_of[n];
	if (n > 0 && n_given == 0 && !keys->none_fine)
		document_problem(p->d, p->pointer, "missing key %s%s",
		    listed(keys->one_of, n, " or ", p->d->scratch), inside(p));
	if (n_given > 1)
		document_problem(p->d, p->pointer,
		    "%s%s%s. HINT: keep one of them",
		    n_given == 2 ? "both " : "",
		    listed(given, n_given, " and ", p->d->scratch), inside(p));
}

/* Where p stands, into the int at `line_at` of out; 0 for nowhere. */
static void
set_line(const struct place *p, size_t line_at, void *out)
{
	int line;

	if (line_at == 0)
		return;
	line = positions_line(p->d->places, p->pointer, p->d->scratch);
	memcpy((char *)out + line_at, &line, sizeof(line));
}

void
read_object(const struct place *p, const struct keys *keys, void *out)
{
	const char *name;
	json_t *value, *object = (json_t *)p->json;

	set_line(p, keys->line_at, out);
	json_object_foreach(object, name, value)
	{
		const struct key *key = find_key(keys, name);
		struct place member = { p->d, value,
			pointer_member(p->pointer, slice_of(name),
			    p->d->scratch) };

		if (key == NULL) {
			unknown_key(&member, keys, name);
			continue;
		}
		set_line(&member, key->line_at, out);
		read_value(&member, key, out);
	}
	check_missing(p, keys);
	check_one(p, keys);
}

static void
fill_defaults(const struct document *d, const struct keys *keys, void *out)
{
	for (size_t i = 0; i < keys->n; i++) {
		const struct key *key = &keys->list[i];

		if (key->kind == KEY_OBJECT)
			fill_defaults(d, key->sub, (char *)out + key->at);
		else if (key->fallback != NULL)
			fallback_set(d, key, out);
	}
}

static const void *
image_of(const struct document *d, const struct keys *keys)
{
	struct defaults *made = *d->defaults;
	void *image;

	while (made != NULL && made->keys != keys)
		made = made->next;
	if (made != NULL)
		return made->image;
	image = arena_alloc(d->mem, keys->size);
	fill_defaults(d, keys, image);
	made = arena_alloc(d->mem, sizeof(*made));
	*made = (struct defaults){ keys, image, *d->defaults };
	*d->defaults = made;
	return image;
}

void
read_defaults(const struct document *d, const struct keys *keys, void *out)
{
	memcpy(out, image_of(d, keys), keys->size);
}

void
document_read(const struct document *d, const struct keys *keys, void *out)
{
	struct place root = { d, d->root, "" };

	read_defaults(d, keys, out);
	read_object(&root, keys, out);
}
