/* Which column of a header a name means. */
#include "header_names.h"

#include <inttypes.h>
#include <string.h>

#include "kpid/label.h"

#define LIST_MAX 400 /* bytes of names in a message */

static const char *
key_of(const struct header_names *h, struct slice name)
{
	return h->paths ? slice_dup(name, h->mem) : label_key(name, h->mem);
}

void
header_names_init(struct header_names *h, const struct table_header *header,
    bool paths, struct arena *mem)
{
	size_t n = header->n;

	*h = (struct header_names){
		.header = header, .mem = mem, .paths = paths
	};
	h->keys = arena_array(mem, n, sizeof(*h->keys));
	h->used = arena_array(mem, n, sizeof(*h->used));
	for (size_t i = 0; i < n; i++)
		h->keys[i] = key_of(h, header->columns[i].name);
	buf_init(&h->missing, LIST_MAX);
}

void
header_names_release(struct header_names *h)
{
	buf_release(&h->missing);
}

static void
list_add(struct buf *list, const char *name)
{
	/* A full list stays as it is: it is for reading, not for counting. */
	if (!buf_printf(list, "%s'%s'", list->len > 0 ? ", " : "", name))
		return;
}

static void
note_missing(struct header_names *h, const char *name, int line)
{
	if (h->first == NULL) {
		h->first = name;
		h->line = line;
	}
	list_add(&h->missing, name);
}

static void
note_twice(struct header_names *h, const char *name, int line, size_t a,
    size_t b)
{
	if (h->twice != NULL)
		return;
	h->twice = name;
	h->twice_line = line;
	h->columns[0] = h->header->columns[a].number;
	h->columns[1] = h->header->columns[b].number;
}

/* The n-th column (1 is the first) from `from` on that has this key. */
static size_t
nth(const struct header_names *h, const char *key, uint32_t n)
{
	for (size_t i = 0; i < h->header->n; i++)
		if (strcmp(h->keys[i], key) == 0 && --n == 0)
			return i;
	return NO_COLUMN;
}

/* The number behind the last '#', or 0; *base is what stands before it. */
static uint32_t
number_behind(const char *name, struct slice *base)
{
	const char *hash = strrchr(name, '#');
	uint32_t n = 0;

	if (hash == NULL || hash[1] == '\0' || strlen(hash + 1) > 5)
		return 0;
	for (const char *p = hash + 1; *p != '\0'; p++) {
		if (*p < '0' || *p > '9')
			return 0;
		n = n * 10 + (uint32_t)(*p - '0');
	}
	*base = (struct slice){ name, (size_t)(hash - name) };
	return n;
}

/* "#3" is the third column of the grid, "計#2" the second called 計. */
static size_t
find_numbered(const struct header_names *h, const char *name)
{
	struct slice base = { 0 };
	uint32_t n = number_behind(name, &base);

	if (n == 0 || h->paths)
		return NO_COLUMN;
	if (slice_trim(base).len > 0)
		return nth(h, label_key(base, h->mem), n);
	for (size_t i = 0; i < h->header->n; i++)
		if (h->header->columns[i].number == n)
			return i;
	return NO_COLUMN;
}

size_t
header_find(struct header_names *h, const char *name, int line, bool optional)
{
	const char *key = key_of(h, slice_of(name));
	size_t found = nth(h, key, 1), again = nth(h, key, 2);

	if (again != NO_COLUMN)
		note_twice(h, name, line, found, again);
	if (found == NO_COLUMN)
		found = find_numbered(h, name);
	if (found != NO_COLUMN)
		h->used[found] = true;
	else if (!optional)
		note_missing(h, name, line);
	return found;
}

void
header_use(struct header_names *h, const char *name)
{
	const char *key = key_of(h, slice_of(name));
	bool found = false;

	for (size_t i = 0; i < h->header->n; i++)
		if (strcmp(h->keys[i], key) == 0)
			found = h->used[i] = true;
	size_t numbered = found ? NO_COLUMN : find_numbered(h, name);

	if (numbered != NO_COLUMN)
		h->used[numbered] = true;
}

/* The body's delimiter, when its header is one cell for want of it. */
static char
divider(const struct header_names *h, const struct feed *feed)
{
	const struct table_column *only = NULL;

	if (feed->n_contracts == 0 || feed->contracts[0].format != FORMAT_CSV)
		return '\0';
	for (size_t i = 0; i < h->header->n; i++) {
		if (h->keys[i][0] == '\0' || h->header->columns[i].number == 0)
			continue;
		if (only != NULL)
			return '\0';
		only = &h->header->columns[i];
	}
	return only == NULL ? '\0' : label_divider(only->name, '\0', h->first);
}

/* What may have become of the columns. */
static const char *
missing_hint(const struct header_names *h, const struct feed *feed)
{
	const char *near;
	char by = divider(h, feed);

	if (by != '\0')
		return arena_printf(h->mem,
		    "its fields are divided by another character: \"csv\": { "
		    "\"delimiter\": \"%s%.*s\" }",
		    by == '\t' ? "\\t" : "", by != '\t', &by);
	near = nearest_name(label_key(slice_of(h->first), h->mem), h->keys,
	    h->header->n);
	return near == NULL ? "was it renamed?"
			    : arena_printf(h->mem, "is it '%s' now?", near);
}

/* The columns that are there, and the one that may be meant. */
static bool
refuse_missing(const struct header_names *h, const struct feed *feed,
    struct kpid_err *err)
{
	CLEANUP(buf_release) struct buf there = { 0 };

	buf_init(&there, LIST_MAX);
	for (size_t i = 0; i < h->header->n; i++)
		if (h->keys[i][0] != '\0')
			list_add(&there,
			    h->paths ? h->keys[i]
				     : label_shown(h->header->columns[i].name,
					 h->mem));
	return err_set(err, KPID_ECONTRACT,
	    "line %" PRIu32 ": the header has no column %.*s; it %s%.*s. "
	    "HINT: %s; the contract names it in %s:%d",
	    h->header->line, (int)h->missing.len, h->missing.ptr,
	    there.len > 0 ? "has " : "is blank", (int)there.len,
	    there.len > 0 ? there.ptr : "", missing_hint(h, feed), feed->file,
	    h->line);
}

bool
header_refuse(const struct header_names *h, const struct feed *feed,
    struct kpid_err *err)
{
	if (h->first != NULL)
		return refuse_missing(h, feed, err);
	if (h->twice == NULL)
		return true;
	if (h->columns[0] == 0 || h->columns[1] == 0)
		return err_set(err, KPID_ECONTRACT,
		    "line %" PRIu32 ": the column '%s', which the contract "
		    "makes by unpivot or captures, stands in the header, too. "
		    "HINT: give it another name there; %s:%d names it",
		    h->header->line, h->twice, feed->file, h->twice_line);
	return err_set(err, KPID_ECONTRACT,
	    "line %" PRIu32 ": the "
	    "column '%s' stands twice in the header, as columns %" PRIu32
	    " and %" PRIu32 ". HINT: '%s#2' is the second one, '#%" PRIu32
	    "' this one whatever its name; the contract names it in %s:%d",
	    h->header->line, h->twice, h->columns[0], h->columns[1], h->twice,
	    h->columns[1], feed->file, h->twice_line);
}
