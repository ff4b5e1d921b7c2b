/* Header rows: each source of the contract to its columns. */
#include "mapping.h"

#include <string.h>

#include "header_names.h"

/* The next piece of a source's text: letters, or a name between braces.
 * {{ and }} are braces. */
static bool
next_piece(struct slice *rest, struct slice *piece, bool *is_name)
{
	const char *p = rest->ptr, *close = NULL;
	size_t taken = 0;

	*is_name = false;
	if (rest->len == 0)
		return false;
	if ((*p == '{' || *p == '}') && p[1] == *p) {
		*piece = (struct slice){ p, 1 };
		taken = 2;
	} else if (*p == '{' && (close = strchr(p, '}')) != NULL) {
		*is_name = true;
		*piece = (struct slice){ p + 1, (size_t)(close - p) - 1 };
		taken = piece->len + 2;
	} else {
		taken = 1 + strcspn(p + 1, "{}");
		*piece = (struct slice){ p, taken };
	}
	*rest = (struct slice){ p + taken, rest->len - taken };
	return true;
}

static struct place
place_text(struct header_names *h, const struct source *s)
{
	struct slice rest = slice_of(s->text), piece;
	struct part *parts = arena_array(h->mem, rest.len + 1, sizeof(*parts));
	struct place place = { NO_COLUMN, parts, 0 };
	bool is_name = false;

	for (; next_piece(&rest, &piece, &is_name); place.n_parts++) {
		size_t column = NO_COLUMN;

		if (is_name)
			column = header_find(h, slice_dup(piece, h->mem),
			    s->line, s->optional);
		if (is_name && column == NO_COLUMN)
			piece.len = 0; /* optional and not there */
		parts[place.n_parts] = (struct part){ piece, column };
	}
	return place;
}

static struct place
place_of(struct header_names *h, const struct source *s)
{
	if (s->text != NULL)
		return place_text(h, s);
	return (struct place){ .column = s->column == NULL
		    ? NO_COLUMN
		    : header_find(h, s->column, s->line, s->optional) };
}

static size_t
column_of(struct header_names *h, const char *name, int line)
{
	return name == NULL ? NO_COLUMN : header_find(h, name, line, false);
}

static void
find_all(struct header_names *h, const struct contract *c, struct mapping *map)
{
	map->period = place_of(h, &c->period);
	map->organization = place_of(h, &c->organization);
	map->indicator = place_of(h, &c->indicator);
	map->status = place_of(h, &c->status);
	map->unit = place_of(h, &c->unit);
	map->dims = arena_array(h->mem, c->n_dims, sizeof(*map->dims));
	for (size_t i = 0; i < c->n_dims; i++)
		map->dims[i] = place_of(h, &c->dims[i].source);
	map->values = arena_array(h->mem, c->n_values, sizeof(*map->values));
	map->statuses =
	    arena_array(h->mem, c->n_values, sizeof(*map->statuses));
	for (size_t i = 0; i < c->n_values; i++) {
		const struct contract_value *v = &c->values[i];

		map->values[i] = column_of(h, v->column, v->line);
		map->statuses[i] = column_of(h, v->status, v->line);
	}
}

static void
use_tests(struct header_names *h, const struct row_test *tests, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (tests[i].column != NULL)
			header_use(h, tests[i].column);
}

/* What the contract speaks of without reading it, and what layout made of
 * what it speaks of. */
static void
use_known(struct header_names *h, const struct contract *c)
{
	use_tests(h, c->rows.where, c->rows.n_where);
	use_tests(h, c->rows.except, c->rows.n_except);
	use_tests(h, c->rows.until, c->rows.n_until);
	for (size_t i = 0; i < c->rows.n_fill_down; i++)
		header_use(h, c->rows.fill_down[i]);
	for (size_t i = 0; i < c->n_ignore; i++)
		header_use(h, c->ignore[i]);
	for (size_t i = 0; i < h->header->n; i++)
		if (c->other_columns || h->header->columns[i].number == 0)
			h->used[i] = true;
	header_use_format(h, c->format);
}

/* What another table of this body speaks of is not unknown in this one. */
static void
use_others(struct header_names *h, const struct feed *feed,
    const struct contract *c)
{
	for (size_t i = 0; i < feed->n_contracts; i++) {
		const struct contract *other = &feed->contracts[i];
		const char *const *names;
		size_t n = 0;

		if (other == c)
			continue;
		names = contract_columns(other, h->mem, &n);
		for (size_t j = 0; j < n; j++)
			header_use(h, names[j]);
	}
}

bool
mapping_read(const struct feed *feed, const struct contract *c,
    const struct table_header *header, struct arena *mem, struct mapping *out,
    struct kpid_err *err)
{
	CLEANUP(header_names_release) struct header_names h = { 0 };
	struct mapping map = { .n = header->n };

	header_names_init(&h, header, c->format == FORMAT_JSON, mem);
	find_all(&h, c, &map);
	use_known(&h, c);
	use_others(&h, feed, c);
	if (!header_refuse(&h, feed, err))
		return false;
	map.used = h.used;
	*out = map;
	return true;
}
