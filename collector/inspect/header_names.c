/* The names of columns, joined by layout itself: what a contract will see. */
#include <string.h>

#include "guess.h"
#include "kpid/layout.h"

struct names {
	struct arena *mem;
	const char **list;
	size_t n;
};

static bool
take_header(void *ctx, const struct table_header *h, struct kpid_err *err)
{
	struct names *names = ctx;

	(void)err;
	for (size_t i = 0; i < h->n && i < names->n; i++)
		names->list[i] = slice_dup(h->columns[i].name, names->mem);
	return true;
}

static bool
push_row(const struct row_sink *sink, const struct seen_row *seen,
    struct arena *mem, struct kpid_err *err)
{
	struct cell *cells = arena_array(mem, seen->n, sizeof(*cells));
	struct row row = { cells, seen->n, seen->number, { NULL, 0 } };

	for (size_t i = 0; i < seen->n; i++) {
		cells[i].text = slice_of(seen->cells[i].text);
		cells[i].line = seen->number;
		cells[i].column = (uint32_t)i + 1;
		cells[i].kind = seen->cells[i].merged ? CELL_MERGED : CELL_TEXT;
	}
	return sink->row(sink->ctx, &row, err);
}

static bool
join(const struct sample *s, const struct table_place *at,
    const struct table_sink *to, struct arena *mem)
{
	const struct feed feed = { .name = "draft", .file = "draft" };
	const struct contract c = { .format = FORMAT_CSV,
		.lenient = true,
		.header = { .row = s->rows[at->top].number,
		    .rows = (int)header_rows(s, at),
		    .join = "/" },
		.period = { .constant = "2000" },
		.other_columns = true };
	const struct body_name name = { NULL, NULL };
	struct kpid_err err = { 0 };
	struct layout *l;
	struct row_sink sink;
	bool ok = layout_new(&(struct layout_spec){ &feed, &c, &name }, to, mem,
	    &l, &err);

	if (!ok)
		return false;
	sink = layout_sink(l);
	for (size_t r = 0; ok && r < at->rows; r++)
		ok = push_row(&sink, &s->rows[at->top + r], mem, &err);
	ok = ok && layout_end(l, &err);
	layout_free(l);
	return ok;
}

uint32_t
header_rows(const struct sample *s, const struct table_place *at)
{
	return s->rows[at->top + at->rows - 1].number - s->rows[at->top].number
	    + 1;
}

const char *const *
header_names(const struct sample *s, const struct table_place *at,
    struct arena *mem)
{
	struct names names = { mem,
		arena_array(mem, s->width + 1, sizeof(char *)), s->width };
	const struct table_sink sink = { .ctx = &names,
		.header = take_header,
		.row = row_skip,
		.bad = bad_skip };
	struct arena scratch = { 0 };

	for (size_t i = 0; i < s->width; i++)
		names.list[i] = "";
	(void)!join(s, at, &sink, &scratch);
	arena_release(&scratch);
	return names.list;
}
