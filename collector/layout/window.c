/* Rows kept while the header is looked for. */
#include "window.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "kpid/place.h"

void
window_init(struct window *w, size_t cap, struct arena *mem)
{
	*w = (struct window){ .cap = cap };
	w->rows = arena_array(mem, cap, sizeof(*w->rows));
}

void
window_release(struct window *w)
{
	for (size_t i = 0; i < w->cap; i++)
		arena_release(&w->rows[i].mem);
}

void
window_begin(struct window *w, uint32_t line)
{
	w->n = 0;
	w->line = line;
	w->number = 0;
}

static uint32_t
line_ends(struct slice raw)
{
	struct place at = place_first();

	if (raw.ptr != NULL)
		place_advance(&at, raw);
	return at.line - 1;
}

uint32_t
window_number(struct window *w, uint32_t line, struct slice raw)
{
	/* Records of JSON may all stand on one line. */
	uint32_t further = line > w->line ? line - w->line : 1;

	w->number += further;
	w->line = line + line_ends(raw);
	return w->number;
}

void
window_keep(struct window *w, const struct row *row, uint32_t number)
{
	struct window_row *kept = &w->rows[w->n++];
	struct cell *cells;

	arena_reset(&kept->mem);
	cells = arena_array(&kept->mem, row->n, sizeof(*cells));
	for (size_t i = 0; i < row->n; i++) {
		struct slice text = row->cells[i].text;

		cells[i] = row->cells[i];
		cells[i].text.ptr =
		    arena_strndup(&kept->mem, text.ptr, text.len);
		cells[i].raw = (struct slice){ 0 };
	}
	kept->row = (struct row){ cells, row->n, row->line, { 0 } };
	kept->number = number;
}

void
window_drop(struct window *w)
{
	struct window_row first = w->rows[0];

	w->n--;
	memmove(w->rows, w->rows + 1, w->n * sizeof(*w->rows));
	w->rows[w->n] = first; /* its memory is used again */
}

struct where
where_is(const struct contract *c, uint32_t line)
{
	const bool sheet = c->format == FORMAT_XLSX && line > 0;
	struct where where;

	if (sheet)
		line = (line - 1) % LINES_PER_SHEET + 1;
	(void)snprintf(where.text, sizeof(where.text), "%s %" PRIu32,
	    sheet ? "row" : "line", line);
	return where;
}

struct slice
cell_words(const struct cell *c)
{
	return c->kind == CELL_NULL ? (struct slice){ 0 } : slice_trim(c->text);
}

bool
cell_is_blank(const struct cell *c)
{
	return cell_words(c).len == 0;
}

bool
row_is_blank(const struct row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (row->cells[i].kind != CELL_MERGED
		    && !cell_is_blank(&row->cells[i]))
			return false;
	return true;
}
