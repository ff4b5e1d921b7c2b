/*
 * The beginning of a JSON text made whole again, its shape and its records.
 */
#include "json_guess.h"

#include <string.h>

#include "kpid/limits.h"

#define COLUMNS_MAX 400
#define DEPTH_MAX   8

/* Where a text can be cut so that its brackets can be closed. */
struct cut {
	size_t at, depth;
	char open[LIMIT_JSON_DEPTH];
};

static struct cut
last_cut(struct slice text)
{
	struct cut now = { 0 }, last = { 0 };
	bool quoted = false;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (quoted) {
			if (c == '\\')
				i++;
			quoted = c != '"';
			continue;
		}
		if (c == '"')
			quoted = true;
		else if ((c == '{' || c == '[') && now.depth < LIMIT_JSON_DEPTH)
			now.open[now.depth++] = c == '{' ? '}' : ']';
		else if ((c == '}' || c == ']') && now.depth > 0)
			now.depth--;
		else if (c == ',') {
			now.at = i;
			last = now;
		}
	}
	return last;
}

/* The text as a document; cut and closed where only its beginning is there. */
static json_t *
load(struct slice text, struct arena *mem, json_error_t *why)
{
	json_t *root =
	    json_loadb(text.ptr, text.len, JSON_DISABLE_EOF_CHECK, why);
	struct cut cut;
	char *whole;

	if (root != NULL)
		return root;
	cut = last_cut(text);
	if (cut.at == 0)
		return NULL;
	whole = arena_alloc(mem, cut.at + cut.depth + 1);
	memcpy(whole, text.ptr, cut.at);
	for (size_t i = 0; i < cut.depth; i++)
		whole[cut.at + i] = cut.open[cut.depth - 1 - i];
	return json_loadb(whole, cut.at + cut.depth, 0, why);
}

static bool
has(const json_t *object, const char *key)
{
	return json_object_get(object, key) != NULL;
}

static bool
is_cube(const json_t *o)
{
	const char *class = json_string_value(json_object_get(o, "class"));

	if (class != NULL
	    && (strcmp(class, "dataset") == 0
		|| strcmp(class, "collection") == 0))
		return true;
	return has(o, "dimension") && has(o, "value");
}

/* JSON-stat 1: {"oecd": {"dimension": .., "value": ..}}. */
static bool
is_bundle(const json_t *root)
{
	json_t *one;
	const char *key;

	json_object_foreach((json_t *)root, key, one)
	{
		if (is_cube(one))
			return true;
	}
	return false;
}

static bool
is_world_bank(const json_t *root)
{
	return json_is_array(root) && has(json_array_get(root, 0), "pages")
	    && json_is_array(json_array_get(root, 1));
}

static bool
is_ckan(const json_t *root)
{
	const json_t *result = json_object_get(root, "result");

	return has(root, "success")
	    && (has(result, "records") || has(root, "error"));
}

static bool
is_sdmx(const json_t *root)
{
	return has(root, "dataSets")
	    || has(json_object_get(root, "data"), "dataSets");
}

static bool
named_shape(const json_t *root, struct json_shape *out)
{
	if (has(root, "GET_STATS_DATA") || has(root, "GET_STATS_LIST"))
		*out =
		    (struct json_shape){ FORMAT_ESTAT, "estat", NULL, NULL, 0 };
	else if (is_ckan(root))
		*out =
		    (struct json_shape){ FORMAT_CKAN, "ckan", NULL, NULL, 0 };
	else if (is_sdmx(root))
		*out = (struct json_shape){ FORMAT_SDMX_JSON, "sdmx-json", NULL,
			NULL, 0 };
	else if (is_world_bank(root))
		*out = (struct json_shape){ FORMAT_WORLD_BANK, "world-bank",
			NULL, NULL, 0 };
	else if (is_cube(root) || is_bundle(root))
		*out = (struct json_shape){ FORMAT_JSON_STAT, "json-stat", NULL,
			NULL, 0 };
	else
		return false;
	return true;
}

/* A member's name as a step of a path. */
static const char *
step_of(const char *key, bool first, struct arena *mem)
{
	if (*key == '\0' || strpbrk(key, ".[]'\"$@ ") != NULL)
		return strchr(key, '\'') == NULL
		    ? arena_printf(mem, "['%s']", key)
		    : arena_printf(mem, "[\"%s\"]", key);
	return first ? arena_strdup(mem, key) : arena_printf(mem, ".%s", key);
}

/* The list of objects that has the most of them. */
struct search {
	struct arena *mem;
	const json_t *best;
	const char *path;
	size_t n;
};

static size_t
objects_in(const json_t *list)
{
	size_t i, n = 0;
	json_t *one;

	json_array_foreach((json_t *)list, i, one)
	{
		n += json_is_object(one);
	}
	return n;
}

static void
find_records(struct search *s, const json_t *at, const char *path, int depth)
{
	json_t *one;
	const char *key;

	if (json_is_array(at) && objects_in(at) > s->n) {
		s->best = at;
		s->n = objects_in(at);
		s->path = arena_printf(s->mem, "%s[*]", path);
	}
	if (depth == DEPTH_MAX || !json_is_object(at))
		return;
	json_object_foreach((json_t *)at, key, one)
	{
		const char *step = step_of(key, false, s->mem);

		find_records(s, one, arena_printf(s->mem, "%s%s", path, step),
		    depth + 1);
	}
}

static void
add_column(struct json_shape *shape, const char *path)
{
	for (size_t i = 0; i < shape->n_columns; i++)
		if (strcmp(shape->columns[i], path) == 0)
			return;
	if (shape->n_columns < COLUMNS_MAX)
		shape->columns[shape->n_columns++] = path;
}

/* Scalars of a record; those of objects in it by their path. */
static void
add_members(struct json_shape *shape, const json_t *record, const char *before,
    struct arena *mem)
{
	json_t *one;
	const char *key;

	json_object_foreach((json_t *)record, key, one)
	{
		const char *path = arena_printf(mem, "%s%s", before,
		    step_of(key, *before == '\0', mem));

		if (json_is_object(one) && strlen(path) < 200)
			add_members(shape, one, path, mem);
		else if (!json_is_array(one) && !json_is_object(one))
			add_column(shape, path);
	}
}

static bool
is_nested(const json_t *root, const char *path)
{
	json_t *one;
	size_t i;
	bool object = false, other = false;

	(void)path;
	json_array_foreach((json_t *)root, i, one)
	{
		if (json_is_object(one))
			object = true;
		else if (!json_is_null(one))
			other = true;
	}
	return object && other;
}

/* A member that is an object in one record and a figure in another would
 * stop the reading: such a column is not taken. */
static void
drop_nested(struct json_shape *shape)
{
	size_t n = 0;

	for (size_t i = 0; i < shape->n_columns; i++) {
		bool parent = false;
		size_t len = strlen(shape->columns[i]);

		for (size_t k = 0; k < shape->n_columns && !parent; k++)
			parent = k != i
			    && strncmp(shape->columns[k], shape->columns[i],
				   len)
				== 0
			    && (shape->columns[k][len] == '.'
				|| shape->columns[k][len] == '[');
		if (!parent)
			shape->columns[n++] = shape->columns[i];
	}
	shape->n_columns = n;
}

/* The one member that is a list of objects in every record, or NULL. */
static const char *
inner_list(const json_t *records)
{
	const char *found = NULL, *key;
	json_t *one, *member;
	size_t i;

	json_array_foreach((json_t *)records, i, one)
	{
		const char *own = NULL;

		json_object_foreach(one, key, member)
		{
			if (objects_in(member) == 0)
				continue;
			if (own != NULL)
				return NULL;
			own = key;
		}
		if (own == NULL || (found != NULL && strcmp(own, found) != 0))
			return NULL;
		found = own;
	}
	return found;
}

/* { label, data: [ { year, value } ] }: the inner ones are the records, and
 * what stands around them belongs to each. */
static void
add_inner(struct json_shape *shape, const json_t *records, const char *key,
    struct arena *mem)
{
	const char *outer = shape->records;
	json_t *one, *inner;
	size_t i, k;

	shape->records =
	    arena_printf(mem, "%s%s[*]", outer, step_of(key, false, mem));
	json_array_foreach((json_t *)records, i, one)
	{
		if (i >= 200)
			break;
		add_members(shape, one, outer, mem);
		json_array_foreach(json_object_get(one, key), k, inner)
		{
			if (k < 200)
				add_members(shape, inner, "", mem);
		}
	}
}

static bool
records_of(const json_t *root, struct arena *mem, struct json_shape *out,
    struct kpid_err *err)
{
	struct search s = { .mem = mem };
	json_t *one;
	size_t i;

	find_records(&s, root, "$", 0);
	if (s.n == 0 || is_nested(s.best, s.path))
		return err_set(err, KPID_EPARSE,
		    "no table was found: the JSON has no list of records. "
		    "HINT: a contract can name its values one by one");
	*out = (struct json_shape){ FORMAT_JSON, "json", s.path,
		arena_array(mem, COLUMNS_MAX, sizeof(char *)), 0 };
	if (inner_list(s.best) != NULL)
		add_inner(out, s.best, inner_list(s.best), mem);
	else
		json_array_foreach((json_t *)s.best, i, one)
		{
			if (i < 200)
				add_members(out, one, "", mem);
		}
	drop_nested(out);
	return true;
}

/* Documents one behind the other, a line each: each is a record. */
static bool
lines_of(struct slice head, struct arena *mem, struct json_shape *out)
{
	size_t n = 0;

	*out = (struct json_shape){ FORMAT_JSON, "json", "$",
		arena_array(mem, COLUMNS_MAX, sizeof(char *)), 0 };
	while (n < 200 && head.len > 0) {
		json_error_t why;
		json_t *one = json_loadb(head.ptr, head.len,
		    JSON_DISABLE_EOF_CHECK, &why);

		if (!json_is_object(one)) {
			json_decref(one);
			break;
		}
		add_members(out, one, "", mem);
		json_decref(one);
		head.ptr += why.position;
		head.len -= (size_t)why.position;
		n++;
	}
	drop_nested(out);
	return n > 1;
}

bool
json_guess(struct slice head, struct arena *mem, struct json_shape *out,
    struct kpid_err *err)
{
	json_error_t why;
	json_t *root = load(head, mem, &why);
	bool ok;

	if (root == NULL)
		return err_set(err, KPID_EPARSE,
		    "the body begins as JSON does, but is none: line %d: %s",
		    why.line, why.text);
	ok = named_shape(root, out)
	    || (json_is_object(root) && lines_of(head, mem, out))
	    || records_of(root, mem, out, err);
	json_decref(root);
	return ok;
}
