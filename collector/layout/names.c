/* Which column a name means. */
#include "names.h"

#include <string.h>

#include "kpid/label.h"

#define LIST_MAX 400 /* bytes of names in a message */

void
names_of(const struct table_column *columns, size_t n, struct arena *mem,
    struct names *out)
{
	out->columns = columns;
	out->n = n;
	out->keys = arena_array(mem, n, sizeof(*out->keys));
	for (size_t i = 0; i < n; i++)
		out->keys[i] = label_key(columns[i].name, mem);
}

/* The number behind the last '#', or 0; *base is what stands before it. */
static uint32_t
number_behind(const char *name, struct slice *base)
{
	const char *hash = strrchr(name, '#');
	uint32_t n = 0;

	if (hash == NULL || strlen(hash + 1) > 5)
		return 0;
	for (const char *p = hash + 1; *p != '\0'; p++) {
		if (*p < '0' || *p > '9')
			return 0;
		n = n * 10 + (uint32_t)(*p - '0');
	}
	*base = (struct slice){ name, (size_t)(hash - name) };
	return n;
}

bool
name_is_number(const char *name)
{
	struct slice base = { 0 };

	return number_behind(name, &base) > 0 && slice_trim(base).len == 0;
}

/* The nth (1 is the first) of this key. */
static size_t
nth_of(const struct names *names, const char *key, uint32_t nth)
{
	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->keys[i], key) == 0 && --nth == 0)
			return i;
	return NO_COLUMN;
}

size_t
names_find(const struct names *names, const char *name, struct arena *mem,
    size_t *again)
{
	const char *key = label_key(slice_of(name), mem);
	size_t found = nth_of(names, key, 1);
	struct slice base = { 0 };
	uint32_t number;

	*again = nth_of(names, key, 2);
	if (found != NO_COLUMN)
		return found;
	number = number_behind(name, &base);
	if (number == 0)
		return NO_COLUMN;
	if (slice_trim(base).len > 0)
		return nth_of(names, label_key(base, mem), number);
	for (size_t i = 0; i < names->n; i++)
		if (names->columns[i].number == number)
			return i;
	return NO_COLUMN;
}

void
names_list(struct buf *list, const char *name)
{
	if (!buf_printf(list, "%s'%s'", list->len > 0 ? ", " : "", name))
		return; /* for reading, not for counting */
}

void
names_list_all(struct buf *list, const struct names *names)
{
	CLEANUP(arena_release) struct arena mem = { 0 };

	for (size_t i = 0; i < names->n; i++)
		if (names->keys[i][0] != '\0')
			names_list(list,
			    label_shown(names->columns[i].name, &mem));
}

static bool
refuse_missing(const struct names *names, const struct feed *feed,
    const struct wanted_name *want, struct kpid_err *err)
{
	CLEANUP(buf_release) struct buf there = { 0 };

	buf_init(&there, LIST_MAX);
	names_list_all(&there, names);
	return err_set(err, KPID_ECONTRACT,
	    "the table has no column '%s'; it %s%.*s. HINT: the contract "
	    "names it in %s:%d",
	    want->name, there.len > 0 ? "has " : "is blank", (int)there.len,
	    there.len > 0 ? there.ptr : "", feed->file, want->line);
}

bool
names_need(const struct names *names, const struct feed *feed,
    const struct wanted_name *want, struct arena *mem, size_t *out,
    struct kpid_err *err)
{
	size_t again = NO_COLUMN;
	size_t found = names_find(names, want->name, mem, &again);

	if (found == NO_COLUMN)
		return refuse_missing(names, feed, want, err);
	if (again != NO_COLUMN)
		return err_set(err, KPID_ECONTRACT,
		    "the column '%s' stands twice in the header, as columns "
		    "%zu and %zu. HINT: '%s#2' is the second one; the "
		    "contract names it in %s:%d",
		    want->name, found + 1, again + 1, want->name, feed->file,
		    want->line);
	*out = found;
	return true;
}
