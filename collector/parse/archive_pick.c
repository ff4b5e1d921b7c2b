#include "archive_pick.h"

#include <string.h>

#include "kpid/label.h"
#include "kpid/pattern.h"

#define LISTED 12 /* names in a message */

const char *
names_listed(const struct names *all, struct arena *mem)
{
	CLEANUP(buf_release) struct buf text;
	size_t shown = 0;
	bool ok = true;

	buf_init(&text, KPID_ERR_MAX);
	for (size_t i = 0; i < all->n; i++) {
		if (!all->shown[i])
			continue;
		if (shown++ < LISTED && ok)
			ok = buf_printf(&text, "%s'%s'", shown > 1 ? ", " : "",
			    all->list[i]);
	}
	if (shown > LISTED && ok)
		ok = buf_printf(&text, " and %zu more", shown - LISTED);
	return arena_printf(mem, "%.*s%s", (int)text.len,
	    text.len > 0 ? text.ptr : "", ok ? "" : " and more");
}

static size_t
pick_name(const struct names *all, const char *name, bool *taken)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		taken[i] = strcmp(all->list[i], name) == 0;
		n += taken[i];
	}
	return n;
}

static size_t
pick_label(const struct names *all, const char *name, bool *taken)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *wanted = label_key(slice_of(name), &mem);
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		const char *key = label_key(slice_of(all->list[i]), &mem);

		taken[i] = strcmp(key, wanted) == 0;
		n += taken[i];
	}
	return n;
}

bool
names_pick(const struct names *all, const struct pick *pick, struct arena *mem,
    bool *taken, size_t *n, struct kpid_err *err)
{
	struct slice groups[PATTERN_GROUPS];
	struct pattern *pattern;

	*n = 0;
	if (pick->name != NULL) {
		*n = pick_name(all, pick->name, taken);
		if (*n == 0)
			*n = pick_label(all, pick->name, taken);
		return true;
	}
	if (!pattern_new(pick->pattern, mem, &pattern, err))
		return false;
	for (size_t i = 0; i < all->n; i++) {
		if (all->shown[i]
		    && !pattern_find(pattern, slice_of(all->list[i]), groups,
			&taken[i], err))
			return false;
		*n += taken[i];
	}
	return true;
}
