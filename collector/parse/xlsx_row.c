#include "xlsx_row.h"

#include <stdlib.h>

#include "kpid/limits.h"

void
xlsx_row_free(struct xlsx_row *r)
{
	xlsx_merges_free(&r->merges);
	arena_release(&r->mem);
	free(r->cells);
}

static bool
count_filled(struct xlsx_row *r, uint64_t cells, struct kpid_err *err)
{
	r->filled += cells;
	if (r->filled <= LIMIT_FILLED_CELLS)
		return true;
	return err_set(err, KPID_EREFUSED,
	    "sheet '%s', row %u: more than %d cells so far are blank or merged "
	    "(LIMIT_FILLED_CELLS)",
	    r->sheet, r->number, LIMIT_FILLED_CELLS);
}

static bool
count_bytes(struct xlsx_row *r, size_t len, struct kpid_err *err)
{
	r->bytes += len;
	if (r->bytes <= LIMIT_ROW_BYTES)
		return true;
	return err_set(err, KPID_EREFUSED,
	    "sheet '%s', row %u: it is longer than %d bytes (LIMIT_ROW_BYTES)",
	    r->sheet, r->number, LIMIT_ROW_BYTES);
}

/* Blank cells until there are `columns`. */
static void
fill(struct xlsx_row *r, size_t columns)
{
	if (columns > r->cap) {
		r->cap = columns > 2 * r->cap ? columns : 2 * r->cap;
		r->cells = realloc(r->cells, r->cap * sizeof(*r->cells));
		if (r->cells == NULL)
			fatal("out of memory");
	}
	for (; r->n < columns; r->n++)
		r->cells[r->n] = (struct cell){ .text = { "", 0 },
			.line = r->base + r->number,
			.column = (uint32_t)r->n + 1 };
}

bool
xlsx_row_put(struct xlsx_row *r, uint32_t column, struct slice text,
    struct slice raw, struct kpid_err *err)
{
	size_t before = r->n;

	fill(r, column);
	r->cells[column - 1].text = text;
	r->cells[column - 1].raw = raw;
	return count_filled(r, column - before - 1, err)
	    && count_bytes(r, text.len + raw.len, err);
}

/* What the rows of a range show: the text of its first cell. */
static bool
range_text(struct xlsx_row *r, struct xlsx_merge *m, struct slice *out,
    struct kpid_err *err)
{
	*out = m->text;
	if (m->row != r->number)
		return true;
	if (m->column <= r->n)
		*out = r->cells[m->column - 1].text;
	return m->last_row == m->row
	    || xlsx_merge_keep(&r->merges, m, *out, err);
}

/* One range over this row. What a covered cell itself holds nobody sees. */
static bool
spread(struct xlsx_row *r, struct xlsx_merge *m, struct kpid_err *err)
{
	struct slice text;
	uint32_t first = m->column + (m->row == r->number);
	uint32_t last = m->last_column;

	if (!range_text(r, m, &text, err))
		return false;
	if (text.len > 0)
		fill(r, last);
	else if (last > r->n)
		last = (uint32_t)r->n;
	for (uint32_t column = first; column <= last; column++) {
		struct cell *c = &r->cells[column - 1];

		c->kind = CELL_MERGED;
		c->text = text.len > 0 ? text : (struct slice){ "", 0 };
		c->raw = (struct slice){ 0 };
		if (!count_bytes(r, text.len, err))
			return false;
	}
	return count_filled(r, last >= first ? last - first + 2 : 1, err);
}

static bool
send(struct xlsx_row *r, struct kpid_err *err)
{
	for (size_t i = 0; i < r->merges.n_open; i++)
		if (!spread(r, r->merges.open[i], err))
			return false;
	while (r->n > 0 && r->cells[r->n - 1].text.len == 0)
		r->n--;
	const struct row row = {
		.cells = r->cells, .n = r->n, .line = r->base + r->number
	};

	return r->n == 0 || r->sink->row(r->sink->ctx, &row, err);
}

static void
clear(struct xlsx_row *r, uint32_t number)
{
	arena_reset(&r->mem);
	r->n = r->bytes = 0;
	r->number = number;
	xlsx_merges_row(&r->merges, number);
}

bool
xlsx_row_begin(struct xlsx_row *r, uint32_t number, struct kpid_err *err)
{
	while (r->number + 1 < number
	    && xlsx_merges_reach(&r->merges, r->number + 1)) {
		clear(r, r->number + 1);
		if (!send(r, err))
			return false;
	}
	clear(r, number);
	return true;
}

bool
xlsx_row_end(struct xlsx_row *r, struct kpid_err *err)
{
	return send(r, err);
}
