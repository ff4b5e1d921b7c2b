/* Refusals of names: the candidates, the city of a ward, the nearest name. */
#include "org_refuse.h"

#include <string.h>

#include "kpid/label.h"
#include "org_list.h"

#define LIST_MAX 300 /* bytes of candidates in a message */

static const struct org_entry *
entry_of(size_t spelling)
{
	return &org_entries[org_spellings[spelling].entry];
}

const char *
org_why_several(const char *key, size_t first, size_t n, struct arena *mem)
{
	CLEANUP(buf_release) struct buf list = { 0 };
	bool all = true;

	buf_init(&list, LIST_MAX);
	for (size_t i = 0; all && i < n; i++) {
		const struct org_entry *e = entry_of(first + i);

		all = buf_printf(&list, "%s%06d %s%s", i > 0 ? ", " : "",
		    e->code, e->prefecture, e->district);
	}
	return arena_printf(mem,
	    "several have the name '%s': %.*s%s. "
	    "HINT: organization.text '{都道府県}{市区町村}', or "
	    "organization.map",
	    key, slice_width(buf_slice(&list)), list.ptr,
	    all ? "" : ", and others");
}

const char *
org_why_shared_ward(const char *key, size_t first, struct arena *mem)
{
	return arena_printf(mem,
	    "several have the name '%s': %06d %s, and "
	    "wards of designated cities. HINT: organization.text "
	    "'東京都{市区町村}', or organization.map",
	    key, entry_of(first)->code, entry_of(first)->prefecture);
}

/* The city that a ward's name begins with, or NULL. */
static const struct org_entry *
city_of_ward(struct slice name)
{
	static const char city[] = "市", ward[] = "区";
	size_t len = strlen(city);

	if (name.len < len || memcmp(name.ptr + name.len - len, ward, len) != 0)
		return NULL;
	for (size_t i = 0; i + len < name.len; i++) {
		size_t first = 0;

		if (memcmp(name.ptr + i, city, len) == 0
		    && org_list_find((struct slice){ name.ptr, i + len },
			   &first)
			== 1)
			return entry_of(first);
	}
	return NULL;
}

/* Which names are compared: all of the prefecture, or of the country. */
static const struct org_entry *
nearest(const char *name, const struct org_entry *prefecture,
    struct arena *scratch)
{
	const char **names =
	    arena_array(scratch, org_n_entries, sizeof(*names));
	const struct org_entry **entries =
	    arena_array(scratch, org_n_entries, sizeof(const void *));
	size_t n = 0;

	for (size_t i = 0; i < org_n_entries; i++) {
		const struct org_entry *e = &org_entries[i];

		if (prefecture != NULL
		    && (e->name[0] == '\0'
			|| e->code / 10000 != prefecture->code / 10000))
			continue;
		entries[n] = e;
		names[n++] = e->name[0] == '\0' ? e->prefecture : e->name;
	}

	const char *near = nearest_name(name, names, n);

	for (size_t i = 0; near != NULL && i < n; i++)
		if (names[i] == near)
			return entries[i];
	return NULL;
}

/* Behind 郡, where there is one: the name of the town. */
static const char *
town_of(const char *name)
{
	const char *district = strstr(name, "郡");

	return district == NULL || district[strlen("郡")] == '\0'
	    ? name
	    : district + strlen("郡");
}

const char *
org_why_unknown(const char *key, struct arena *mem, struct arena *scratch)
{
	const struct org_entry *prefecture = org_list_prefecture(slice_of(key));
	const char *name =
	    key + (prefecture == NULL ? 0 : strlen(prefecture->prefecture));
	const struct org_entry *city = city_of_ward(slice_of(name));

	if (city != NULL)
		return arena_printf(mem,
		    "'%s' is a ward of %s (%06d): "
		    "wards of designated cities are known by code only. "
		    "HINT: organization.map { \"%s\": \"its code\" }",
		    key, city->name, city->code, key);

	const struct org_entry *near =
	    nearest(town_of(name), prefecture, scratch);

	if (near == NULL)
		return arena_printf(mem,
		    "no local government is called '%s'. HINT: "
		    "organization.map for a former or another name, "
		    "rows.except for a total",
		    key);
	return arena_printf(mem,
	    "no local government is called '%s'; the nearest is %06d "
	    "%s%s%s. HINT: organization.map for a former or another name",
	    key, near->code, near->prefecture, near->district, near->name);
}
