/* Header rows: each name of the contract to its column. */
#include "mapping.h"

#include <inttypes.h>
#include <string.h>

#include "kpid/normalise.h"
#include "nearest.h"

#define LIST_MAX 400 /* bytes of names in a message */

/* A header being read, and what is wrong with it so far. */
struct header {
	const struct row *row;
	struct arena *mem;
	const char **keys; /* one for each cell */
	bool *used;
	struct buf missing; /* 'a', 'b' */
	const char *first;  /* the first one missing.. */
	int line;           /* ..and where it is wanted */
	const char *twice;  /* a name that is there twice */
	size_t columns[2];
};

static void
header_release(struct header *h)
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
note_missing(struct header *h, const char *name, int line)
{
	if (h->first == NULL) {
		h->first = name;
		h->line = line;
	}
	list_add(&h->missing, name);
}

static size_t
find(struct header *h, const char *name, int line)
{
	const char *key = label_key(slice_of(name), h->mem);
	size_t found = NO_COLUMN;

	for (size_t i = 0; i < h->row->n; i++) {
		if (strcmp(h->keys[i], key) != 0)
			continue;
		if (found != NO_COLUMN && h->twice == NULL) {
			h->twice = name;
			h->columns[0] = found + 1;
			h->columns[1] = i + 1;
		}
		found = found == NO_COLUMN ? i : found;
		h->used[i] = true;
	}
	if (found == NO_COLUMN)
		note_missing(h, name, line);
	return found;
}

static size_t
find_source(struct header *h, struct source s)
{
	return s.column == NULL ? NO_COLUMN : find(h, s.column, s.line);
}

static void
use_ignored(struct header *h, const struct contract *c)
{
	for (size_t i = 0; i < c->n_ignore; i++) {
		const char *key = label_key(slice_of(c->ignore[i]), h->mem);

		for (size_t j = 0; j < h->row->n; j++)
			if (strcmp(h->keys[j], key) == 0)
				h->used[j] = true;
	}
}

static void
read_keys(struct header *h)
{
	h->keys = arena_array(h->mem, h->row->n, sizeof(*h->keys));
	h->used = arena_array(h->mem, h->row->n, sizeof(*h->used));
	for (size_t i = 0; i < h->row->n; i++)
		h->keys[i] = label_key(h->row->cells[i].text, h->mem);
}

/* The columns that are there, and the one that may be meant. */
static bool
refuse_missing(const struct header *h, const struct feed *feed,
    struct kpid_err *err)
{
	CLEANUP(buf_release) struct buf there = { 0 };
	const char *near = nearest_name(label_key(slice_of(h->first), h->mem),
	    h->keys, h->row->n);
	const char *hint = near;

	buf_init(&there, LIST_MAX);
	for (size_t i = 0; i < h->row->n; i++)
		if (h->keys[i][0] != '\0')
			list_add(&there, h->keys[i]);
	if (h->row->n > 0 && h->keys[0][0] == '<')
		hint = "the body looks like a web page";
	return err_set(err, KPID_ECONTRACT,
	    "line %" PRIu32 ": the header has "
	    "no column %.*s; it has %.*s. HINT: %s%s%s; the contract names "
	    "it in %s:%d",
	    h->row->line, (int)h->missing.len, h->missing.ptr, (int)there.len,
	    there.len > 0 ? there.ptr : "",
	    hint == NULL       ? "was it renamed"
		: hint == near ? "is it '"
			       : "",
	    hint == NULL ? "" : hint,
	    hint == NULL       ? "?"
		: hint == near ? "' now?"
			       : "",
	    feed->file, h->line);
}

static void
find_all(struct header *h, const struct contract *c, struct mapping *map)
{
	map->period = find_source(h, c->period);
	map->organization = find_source(h, c->organization);
	map->indicator = find_source(h, c->indicator);
	map->status = find_source(h, c->status);
	map->dims = arena_array(h->mem, c->n_dims, sizeof(*map->dims));
	for (size_t i = 0; i < c->n_dims; i++)
		map->dims[i] = find(h, c->dims[i].from, c->period.line);
	map->values = arena_array(h->mem, c->n_values, sizeof(*map->values));
	for (size_t i = 0; i < c->n_values; i++)
		map->values[i] =
		    find(h, c->values[i].column, c->values[i].line);
}

bool
mapping_read(const struct feed *feed, const struct row *header,
    struct arena *mem, struct mapping *out, struct kpid_err *err)
{
	CLEANUP(header_release) struct header h = { .row = header, .mem = mem };
	struct mapping map = { .n = header->n };

	buf_init(&h.missing, LIST_MAX);
	read_keys(&h);
	find_all(&h, &feed->contract, &map);
	use_ignored(&h, &feed->contract);
	if (h.first != NULL)
		return refuse_missing(&h, feed, err);
	if (h.twice != NULL)
		return err_set(err, KPID_ECONTRACT,
		    "line %" PRIu32 ": the "
		    "column '%s' stands twice in the header, as columns %zu "
		    "and %zu. HINT: the contract must name one that is there "
		    "once",
		    header->line, h.twice, h.columns[0], h.columns[1]);
	map.used = h.used;
	*out = map;
	return true;
}
