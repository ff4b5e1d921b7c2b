/* One cell looked up again, for those who ask where a value came from. */
#include <string.h>

#include "grid.h"
#include "kpid/body.h"

struct search {
	struct cell_found *found;
	const char *sheet; /* that the rows are of */
	struct arena *mem;
};

static bool
search_sheet(void *ctx, struct slice name, struct kpid_err *err)
{
	struct search *s = ctx;

	(void)err;
	s->sheet = slice_dup(name, s->mem);
	return true;
}

static bool
search_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct search *s = ctx;
	struct cell_found *f = s->found;

	for (size_t i = 0; i < row->n; i++)
		if (row->cells[i].line == f->line
		    && row->cells[i].column == f->column) {
			f->raw = slice_dup(cell_raw(&row->cells[i]), s->mem);
			f->sheet = s->sheet;
			return err_set(err, KPID_OK, "found");
		}
	return true;
}

static bool
search_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	struct search *s = ctx;

	(void)column;
	(void)reason;
	if (line != s->found->line)
		return true;
	s->found->raw = slice_dup(raw, s->mem);
	s->found->sheet = s->sheet;
	return err_set(err, KPID_OK, "found");
}

static bool
search_grid(const struct body *body, const struct contract *c, struct search *s,
    struct kpid_err *err)
{
	CLEANUP(grid_close) struct opened o = { 0 };
	const struct row_sink rows = { .ctx = s,
		.row = search_row,
		.bad = search_bad,
		.sheet = search_sheet };

	if (!grid_open(body, c, s->mem, &o, err))
		return false;
	if (!grid_read(&o, c, &rows, err) && s->found->raw == NULL)
		return false;
	if (s->found->raw != NULL)
		s->found->member = o.member;
	return true;
}

/* The grids of the contracts may differ (JSON paths): the first that has it. */
bool
body_cell(const struct body *body, uint32_t line, uint32_t column,
    struct arena *mem, struct cell_found *out, struct kpid_err *err)
{
	const struct feed *feed = body->feed;
	struct cell_found found = { .line = line, .column = column };
	struct search s = { .found = &found, .mem = mem };

	for (size_t i = 0; i < feed->n_contracts && found.raw == NULL; i++)
		if (!search_grid(body, &feed->contracts[i], &s, err))
			return false;
	*out = found;
	return true;
}

/* The place of a value, by what it says. */
struct value_search {
	const struct cell_wanted *wanted;
	uint32_t line, column;
};

static bool
search_value(void *ctx, const struct observation *o, struct kpid_err *err)
{
	struct value_search *s = ctx;
	const struct cell_wanted *w = s->wanted;
	char period[PERIOD_TEXT_MAX];

	if (o->series->org != w->org
	    || strcmp(o->series->indicator, w->indicator) != 0
	    || strcmp(o->series->frequency, w->frequency) != 0
	    || strcmp(o->series->dims, w->dims) != 0)
		return true;
	(void)period_text(o->period, period);
	if (strcmp(period, w->period) != 0)
		return true;
	s->line = o->line;
	s->column = o->column;
	return err_set(err, KPID_OK, "found");
}

static bool
skip_reject(void *ctx, const struct reject *r, struct kpid_err *err)
{
	(void)ctx;
	(void)r;
	(void)err;
	return true;
}

static bool
skip_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	(void)ctx;
	(void)f;
	(void)err;
	return true;
}

bool
body_value(const struct body *body, const struct cell_wanted *wanted,
    struct arena *mem, struct cell_found *out, struct kpid_err *err)
{
	struct value_search s = { .wanted = wanted };
	const struct observation_sink values = { &s, search_value, skip_reject,
		skip_finding };
	uint64_t n;

	if (!body_read(body, &values, mem, &n, err) && s.line == 0)
		return false;
	if (s.line != 0)
		return body_cell(body, s.line, s.column, mem, out, err);
	*out = (struct cell_found){ 0 };
	return true;
}
