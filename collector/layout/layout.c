/* Where the header stands, sheet by sheet; then rows are layout_row's. */
#include "layout_int.h"

#include <inttypes.h>
#include <stdio.h>

#include "kpid/limits.h"

static bool
has_header_rows(const struct contract *c)
{
	return c->format == FORMAT_CSV || c->format == FORMAT_XLSX;
}

static bool
parts_init(struct layout *l, const struct body_name *name, struct arena *mem,
    struct kpid_err *err)
{
	const struct contract *c = l->c;
	const struct row_spec *rows = &c->rows;

	fill_down_init(&l->fill, c, mem);
	return unpivot_init(&l->unpivot, l->feed, c, mem, err)
	    && search_init(&l->search, l->feed, c, l->unpivot.pattern, mem, err)
	    && captures_init(&l->captures, l->feed, c, name, mem, err)
	    && tests_init(&l->where, rows->where, rows->n_where, l->feed, mem,
		err)
	    && tests_init(&l->except, rows->except, rows->n_except, l->feed,
		mem, err)
	    && tests_init(&l->until, rows->until, rows->n_until, l->feed, mem,
		err);
}

bool
layout_new(const struct layout_spec *spec, const struct table_sink *out,
    struct arena *mem, struct layout **l, struct kpid_err *err)
{
	struct layout *new = arena_alloc(mem, sizeof(*new));
	const struct contract *c = spec->contract;
	const struct header_spec *h = &c->header;

	*new = (struct layout){ .feed = spec->feed, .c = c, .out = *out };
	new->header_rows = 1;
	if (has_header_rows(c)) {
		new->header_rows = h->rows > 1 ? (uint32_t)h->rows : 1;
		new->units = h->units > 0 ? (uint32_t)h->units : 0;
	}
	new->strict = !c->lenient
	    && (c->format == FORMAT_CSV || c->format == FORMAT_SDMX_CSV);
	new->wider = c->lenient && c->format == FORMAT_CSV;
	window_init(&new->window, new->header_rows, mem);
	if (!parts_init(new, spec->name, mem, err)) {
		layout_free(new);
		return false;
	}
	new->plain = c->n_captures == 0 && new->fill.n == 0
	    && new->unpivot.pattern == NULL;
	*l = new;
	return true;
}

void
layout_free(struct layout *l)
{
	if (l == NULL)
		return;
	window_release(&l->window);
	search_release(&l->search);
	captures_release(&l->captures);
	tests_release(&l->where);
	tests_release(&l->except);
	tests_release(&l->until);
	fill_down_release(&l->fill);
	notes_release(&l->notes);
	arena_release(&l->sheet_mem);
	arena_release(&l->header_mem);
}

/* The header's rows are the window's, the last of this number. */
static bool
header_found(struct layout *l, uint32_t last, struct kpid_err *err)
{
	const struct header_spec *spec = &l->c->header;

	arena_reset(&l->header_mem);
	names_join(&l->window, spec, &l->header_mem, &l->header);
	l->width = l->header.n;
	if (spec->n_names > l->width)
		return err_set(err, KPID_ECONTRACT,
		    "%s: the header has %zu columns, but %s:%d gives %zu "
		    "names",
		    where_is(l->c, l->header.line).text, l->width,
		    l->feed->file, l->c->line, spec->n_names);
	if (l->window.n > 0)
		search_found(&l->search, &l->window, &l->header_mem);
	l->window.n = 0;
	l->forced = false;
	l->units_upto = last + l->units;
	l->state = LAYOUT_UNITS;
	return l->units > 0 || layout_header(l, err);
}

static bool
refuse(const struct layout *l, struct kpid_err *err)
{
	(void)!search_refuse(&l->search, err);
	if (l->bad_line > 0)
		(void)!err_wrap(err, "%s cannot be read (%s)",
		    where_is(l->c, l->bad_line).text, l->bad_reason);
	return l->sheet == NULL ? false : err_wrap(err, "sheet '%s'", l->sheet);
}

/* The first row of the window is above the header. */
static bool
pass_above(struct layout *l, struct kpid_err *err)
{
	const struct row *row = &l->window.rows[0].row;
	bool taken = false;

	if (!captures_above(&l->captures, row, err)
	    || !captures_section(&l->captures, row, &taken, err))
		return false;
	notes_row(&l->notes, row);
	window_drop(&l->window);
	return ++l->search.looked < LIMIT_HEADER_ROWS || refuse(l, err);
}

/* Judges the windows that end with row number `upto` or before. */
static bool
judge(struct layout *l, uint32_t upto, struct kpid_err *err)
{
	struct window *w = &l->window;

	while (l->state == LAYOUT_SEARCHING && w->n > 0) {
		const uint32_t last = w->rows[0].number + l->header_rows - 1;
		bool found = l->forced;

		if (last > upto)
			return true;
		if (!found && !search_try(&l->search, w, &found, err))
			return false;
		if (!(found ? header_found(l, last, err) : pass_above(l, err)))
			return false;
	}
	return true;
}

static uint32_t
number_of(struct layout *l, uint32_t line, struct slice raw)
{
	const bool sheets = l->c->format == FORMAT_XLSX;

	if (!l->begun)
		window_begin(&l->window,
		    sheets ? (line - 1) / LINES_PER_SHEET * LINES_PER_SHEET
			   : 0);
	l->begun = true;
	return window_number(&l->window, line, raw);
}

static void
read_units(struct layout *l, const struct row *row)
{
	/* The header that is being made is ours until it is sent. */
	struct table_column *columns =
	    arena_array(&l->header_mem, l->width, sizeof(*columns));

	for (size_t i = 0; i < l->width; i++) {
		struct slice unit = { 0 };

		columns[i] = l->header.columns[i];
		if (i < row->n)
			unit = cell_words(&row->cells[i]);
		if (unit.len > 0)
			columns[i].unit =
			    (struct slice){ slice_dup(unit, &l->header_mem),
				    unit.len };
	}
	l->header.columns = columns;
}

/* A row behind the header's rows, which may be one of units. */
static bool
take_below(struct layout *l, const struct row *row, uint32_t number,
    struct kpid_err *err)
{
	bool again = false;

	if (l->state == LAYOUT_UNITS && number <= l->units_upto) {
		read_units(l, row);
		return number < l->units_upto || layout_header(l, err);
	}
	if (l->state == LAYOUT_UNITS && !layout_header(l, err))
		return false;
	return layout_row(l, row, &again, err);
}

/* A row while the header, or its units, are not complete. */
static bool
take_early(struct layout *l, const struct row *row, struct kpid_err *err)
{
	const uint32_t number = number_of(l, row->line, row->raw);

	if (l->state == LAYOUT_SEARCHING && l->search.by == SEARCH_NONE
	    && !row_is_blank(row) && !header_found(l, number - 1, err))
		return false;
	if (!judge(l, number - 1, err))
		return false;
	if (l->state != LAYOUT_SEARCHING)
		return take_below(l, row, number, err);
	if (l->search.by == SEARCH_NONE)
		return true;
	window_keep(&l->window, row, number);
	return judge(l, number, err);
}

static bool
take_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct layout *l = ctx;
	bool again = false;

	if (l->state == LAYOUT_SEARCHING || l->state == LAYOUT_UNITS)
		return take_early(l, row, err);
	if (!layout_row(l, row, &again, err))
		return false;
	if (!again)
		return true;
	l->state = LAYOUT_SEARCHING;
	l->forced = true;
	l->begun = true;
	window_begin(&l->window, row->line - 1);
	return take_early(l, row, err);
}

/* A row that is none is no header, but it may have been meant to be. */
static bool
bad_early(struct layout *l, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	const uint32_t number = number_of(l, line, raw);
	const enum search_by by = l->search.by;

	if (l->state == LAYOUT_UNITS || by == SEARCH_FIRST || by == SEARCH_NONE
	    || (by == SEARCH_ROW && number >= l->c->header.row))
		return err_set(err, KPID_ECONTRACT,
		    "%s column %" PRIu32 ": the header cannot be read: %s",
		    where_is(l->c, line).text, column, reason);
	if (l->bad_line == 0) {
		l->bad_line = line;
		(void)snprintf(l->bad_reason, sizeof(l->bad_reason), "%s",
		    reason);
	}
	return true;
}

static bool
take_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	struct layout *l = ctx;

	if (l->state == LAYOUT_ENDED)
		return true;
	if (l->state != LAYOUT_ROWS)
		return bad_early(l, line, column, raw, reason, err);
	return l->out.bad(l->out.ctx, line, column, raw, reason, err);
}

bool
layout_end(struct layout *l, struct kpid_err *err)
{
	if (!judge(l, UINT32_MAX, err))
		return false;
	if (l->state == LAYOUT_UNITS)
		return layout_header(l, err);
	return l->state != LAYOUT_SEARCHING || refuse(l, err);
}

static bool
take_sheet(void *ctx, struct slice name, struct kpid_err *err)
{
	struct layout *l = ctx;

	if (l->sheet != NULL && !layout_end(l, err))
		return false;
	arena_reset(&l->sheet_mem);
	l->sheet = slice_dup(name, &l->sheet_mem);
	l->state = LAYOUT_SEARCHING;
	l->begun = l->forced = false;
	l->window.n = 0;
	l->bad_line = 0;
	search_begin(&l->search);
	notes_forget(&l->notes);
	fill_down_forget(&l->fill);
	return captures_sheet(&l->captures, name, err);
}

static bool
take_legend(void *ctx, struct slice mark, struct slice meaning,
    struct kpid_err *err)
{
	struct layout *l = ctx;

	return l->out.legend == NULL
	    || l->out.legend(l->out.ctx, mark, meaning, err);
}

static bool
take_partial(void *ctx, const char *text, struct kpid_err *err)
{
	struct layout *l = ctx;

	return l->out.partial == NULL || l->out.partial(l->out.ctx, text, err);
}

static bool
take_extra(void *ctx, struct slice name, uint32_t line, uint32_t column,
    struct kpid_err *err)
{
	struct layout *l = ctx;

	return l->state == LAYOUT_ENDED || l->out.extra == NULL
	    || l->out.extra(l->out.ctx, name, line, column, err);
}

struct row_sink
layout_sink(struct layout *l)
{
	return (struct row_sink){
		.ctx = l,
		.row = take_row,
		.bad = take_bad,
		.sheet = take_sheet,
		.legend = take_legend,
		.partial = take_partial,
		.extra = take_extra,
	};
}
