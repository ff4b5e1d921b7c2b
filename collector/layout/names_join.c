/* Header rows joined into names. */
#include <string.h>

#include "names.h"

/* The header as a matrix of texts, row by row: what is blank on the right of a
 * text that spans several columns is filled. */
struct parts {
	const struct window *w;
	size_t n;          /* columns */
	struct slice *own; /* as they stand */
	struct slice *all; /* and filled */
};

static const struct cell *
cell_at(const struct parts *p, size_t row, size_t i)
{
	const struct row *r = &p->w->rows[row].row;

	return i < r->n ? &r->cells[i] : NULL;
}

static bool
has_below(const struct parts *p, size_t row, size_t i)
{
	while (++row < p->w->n)
		if (p->own[row * p->n + i].len > 0)
			return true;
	return false;
}

/* begins[i]: a text in a row above begins in column i, which no text on the
 * left in a row below reaches beyond. */
static void
fill_row(struct parts *p, size_t row, bool fill, bool *begins)
{
	struct slice *all = &p->all[row * p->n];
	struct slice carry = { 0 };

	for (size_t i = 0; i < p->n; i++) {
		struct slice own = p->own[row * p->n + i];

		if (own.len > 0 || begins[i])
			carry = own;
		all[i] = own;
		if (own.len == 0 && fill && has_below(p, row, i))
			all[i] = carry;
		if (own.len > 0 && (i == 0 || !slice_eq(own, all[i - 1])))
			begins[i] = true;
	}
}

static void
read_parts(struct parts *p, bool fill, struct arena *mem)
{
	const size_t rows = p->w->n;
	bool *begins = arena_array(mem, p->n, sizeof(*begins));

	p->own = arena_array(mem, rows * p->n, sizeof(*p->own));
	p->all = arena_array(mem, rows * p->n, sizeof(*p->all));
	for (size_t row = 0; row < rows; row++)
		for (size_t i = 0; i < p->n; i++) {
			const struct cell *c = cell_at(p, row, i);

			if (c != NULL)
				p->own[row * p->n + i] = cell_words(c);
		}
	for (size_t row = 0; row < rows; row++)
		fill_row(p, row, fill, begins);
}

/* A cell that spans rows is one part of the name. */
static bool
is_same_merged(const struct parts *p, size_t row, size_t i, struct slice above)
{
	const struct cell *c = cell_at(p, row, i);

	return c != NULL && c->kind == CELL_MERGED
	    && slice_eq(p->all[row * p->n + i], above);
}

static void
join_column(const struct parts *p, const char *join, size_t i,
    struct arena *mem, struct table_column *out)
{
	struct slice name = { "", 0 }, above = { 0 };

	for (size_t row = 0; row < p->w->n; row++) {
		struct slice part = p->all[row * p->n + i];
		const struct cell *c = cell_at(p, row, i);

		if (part.len == 0 || is_same_merged(p, row, i, above))
			continue;
		name = slice_of(arena_printf(mem, "%.*s%s%.*s",
		    slice_width(name), name.ptr, name.len > 0 ? join : "",
		    slice_width(part), part.ptr));
		above = part;
		if (c != NULL && p->own[row * p->n + i].len > 0) {
			out->line = c->line;
			out->column = c->column;
		}
	}
	out->name = name;
}

static size_t
width_of(const struct window *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++)
		n = w->rows[i].row.n > n ? w->rows[i].row.n : n;
	return n;
}

void
names_join(const struct window *w, const struct header_spec *spec,
    struct arena *mem, struct table_header *out)
{
	struct parts p = { .w = w, .n = width_of(w) };
	const char *join = spec->join != NULL ? spec->join : "/";
	const uint32_t line = w->n > 0 ? w->rows[0].row.line : 0;
	struct table_column *columns;

	if (w->n == 0)
		p.n = spec->n_names;
	columns = arena_array(mem, p.n, sizeof(*columns));
	read_parts(&p, !spec->no_fill, mem);
	for (size_t i = 0; i < p.n; i++) {
		struct table_column *c = &columns[i];

		c->line = line;
		c->column = line > 0 ? (uint32_t)i + 1 : 0;
		c->number = (uint32_t)i + 1;
		join_column(&p, join, i, mem, c);
		if (i < spec->n_names)
			c->name = slice_of(spec->names[i]);
	}
	*out =
	    (struct table_header){ .columns = columns, .n = p.n, .line = line };
}
