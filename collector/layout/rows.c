/* Rows below the header: which are the table's, and what they become. */
#include "layout_int.h"

#include <stdio.h>
#include <string.h>

static const struct cell no_cell = { .text = { "", 0 } };

/* The columns that captures add, behind the grid's. */
static void
add_captured(struct layout *l)
{
	const struct captures *captures = &l->captures;
	const size_t n = l->width + captures->n;
	struct table_column *columns;

	columns = arena_array(&l->header_mem, n, sizeof(*columns));
	for (size_t i = 0; i < l->width; i++)
		columns[i] = l->header.columns[i];
	for (size_t i = 0; i < captures->n; i++)
		columns[l->width + i].name =
		    slice_of(captures->list[i].spec->name);
	l->header.columns = columns;
	l->header.n = n;
}

static bool
resolve(struct layout *l, struct kpid_err *err)
{
	struct arena *mem = &l->header_mem;
	struct names names;

	if (l->where.n + l->except.n + l->until.n + l->fill.n == 0)
		return true;
	names_of(l->header.columns, l->header.n, mem, &names);
	return tests_resolve(&l->where, l->feed, &names, mem, err)
	    && tests_resolve(&l->except, l->feed, &names, mem, err)
	    && tests_resolve(&l->until, l->feed, &names, mem, err)
	    && fill_down_resolve(&l->fill, l->feed, &names, mem, err);
}

static bool
send_header(struct layout *l, struct kpid_err *err)
{
	struct table_header sent;

	if (!captures_check(&l->captures, where_is(l->c, l->header.line).text,
		err))
		return false;
	if (l->captures.n > 0)
		add_captured(l);
	if (!resolve(l, err))
		return false;
	l->header.notes = l->notes.list;
	l->header.n_notes = l->notes.n;
	sent = l->header;
	if (l->unpivot.pattern != NULL
	    && !unpivot_header(&l->unpivot, &l->header, l->width,
		&l->header_mem, &sent, err))
		return false;
	l->cells = arena_array(&l->header_mem, l->header.n, sizeof(*l->cells));
	fill_down_forget(&l->fill);
	captures_search(&l->captures);
	l->state = LAYOUT_ROWS;
	return l->out.header(l->out.ctx, &sent, err);
}

bool
layout_header(struct layout *l, struct kpid_err *err)
{
	return send_header(l, err)
	    || (l->sheet != NULL && err_wrap(err, "sheet '%s'", l->sheet));
}

/* A row may be wider than the header, which tells that it has grown. */
static bool
tell_wider(struct layout *l, const struct row *row, struct kpid_err *err)
{
	for (size_t i = l->width; l->wider && i < row->n; i++) {
		const struct cell *c = &row->cells[i];

		if (cell_is_blank(c))
			continue;
		l->wider = false;
		return l->out.extra == NULL
		    || l->out.extra(l->out.ctx, slice_trim(c->text), c->line,
			c->column, err);
	}
	return true;
}

/* Text where the header has no column, or cells that are not there. */
static bool
is_ragged(const struct layout *l, const struct row *row)
{
	if (!l->strict)
		return false;
	for (size_t i = l->width; i < row->n; i++)
		if (!cell_is_blank(&row->cells[i]))
			return true;
	return row->n < l->width;
}

static bool
send_ragged(struct layout *l, const struct row *row, struct kpid_err *err)
{
	const size_t first = row->n < l->width ? row->n : l->width;
	char reason[96];

	(void)snprintf(reason, sizeof(reason),
	    "the row has %zu cell%s where the header has %zu", row->n,
	    row->n == 1 ? "" : "s", l->width);
	return l->out.bad(l->out.ctx, row->line, (uint32_t)first + 1, row->raw,
	    reason, err);
}

/* The row with a cell for each column of the grid, in l->cells. */
static void
copy_cells(struct layout *l, const struct row *row)
{
	const size_t n = row->n < l->width ? row->n : l->width;

	memcpy(l->cells, row->cells, n * sizeof(*l->cells));
	for (size_t i = n; i < l->width; i++) {
		l->cells[i] = no_cell;
		l->cells[i].line = row->line;
		l->cells[i].column = (uint32_t)i + 1;
	}
	for (size_t i = 0; i < l->captures.n; i++)
		l->cells[l->width + i] = l->captures.list[i].cell;
}

/* A row of the table, unless a test leaves it out. */
static bool
is_wanted(struct layout *l, const struct tested *row, bool *wanted,
    struct kpid_err *err)
{
	size_t where = 0, except = 0;

	if (!tests_count(&l->where, row, &where, err)
	    || !tests_count(&l->except, row, &except, err))
		return false;
	*wanted = where == l->where.n && except == 0;
	return true;
}

/* A row that is not passed on as it came: filled, captured, unpivoted. */
static bool
send_made(struct layout *l, const struct row *row, bool ragged,
    struct kpid_err *err)
{
	const struct row made = { l->cells, l->header.n, row->line, row->raw };
	struct tested tested = { &made, row, l->width, &l->captures };
	bool wanted = true;

	copy_cells(l, row);
	if (ragged)
		tested.row = row;
	else if (!fill_down_row(&l->fill, l->cells, l->width, err))
		return false;
	if (!is_wanted(l, &tested, &wanted, err))
		return false;
	if (!wanted)
		return true;
	if (ragged)
		return send_ragged(l, row, err);
	if (!tell_wider(l, row, err))
		return false;
	if (l->unpivot.pattern != NULL)
		return unpivot_row(&l->unpivot, &made, &l->out, err);
	return l->out.row(l->out.ctx, &made, err);
}

static bool
send_plain(struct layout *l, const struct row *row, struct kpid_err *err)
{
	struct row cut = *row;
	bool wanted = true;

	if (l->where.n + l->except.n > 0) {
		struct tested tested = { row, row, l->width, &l->captures };

		if (!is_wanted(l, &tested, &wanted, err))
			return false;
	}
	if (!wanted)
		return true;
	if (row->n == l->width)
		return l->out.row(l->out.ctx, row, err);
	if (is_ragged(l, row))
		return send_ragged(l, row, err);
	cut.n = l->width;
	return tell_wider(l, row, err) && l->out.row(l->out.ctx, &cut, err);
}

/* What may stand between the rows of a table: its header again, its end, the
 * title of a section. */
static bool
take_mark(struct layout *l, const struct row *row, bool *again, bool *taken,
    struct kpid_err *err)
{
	struct tested tested = { row, row, l->width, &l->captures };
	size_t until = 0;

	*taken = true;
	if (l->c->header.repeats && !search_again(&l->search, row, again, err))
		return false;
	if (*again)
		return true;
	if (l->until.n > 0 && !tests_count(&l->until, &tested, &until, err))
		return false;
	if (until > 0) {
		l->state = LAYOUT_ENDED;
		notes_forget(&l->notes);
		return captures_above(&l->captures, row, err);
	}
	if (!captures_section(&l->captures, row, taken, err))
		return false;
	if (!*taken && l->c->header.repeats
	    && !captures_title(&l->captures, row, taken, err))
		return false;
	if (*taken)
		fill_down_forget(&l->fill);
	return true;
}

/* Behind the end: only a header that comes again is of interest. */
static bool
take_after(struct layout *l, const struct row *row, bool *again,
    struct kpid_err *err)
{
	bool taken = false;

	if (!l->c->header.repeats)
		return true;
	if (!search_again(&l->search, row, again, err))
		return false;
	if (!*again)
		notes_row(&l->notes, row);
	return *again
	    || (captures_above(&l->captures, row, err)
		&& captures_section(&l->captures, row, &taken, err));
}

bool
layout_row(struct layout *l, const struct row *row, bool *again,
    struct kpid_err *err)
{
	bool taken = false;

	if (row_is_blank(row))
		return true;
	if (l->state == LAYOUT_ENDED)
		return take_after(l, row, again, err);
	if (l->c->header.repeats || l->until.n > 0 || l->captures.section) {
		if (!take_mark(l, row, again, &taken, err))
			return false;
		if (taken)
			return true;
	}
	if (l->plain && row->n >= l->width)
		return send_plain(l, row, err);
	return send_made(l, row, is_ragged(l, row), err);
}
