/* One cell looked up again, for those who ask where a value came from. */
#include "kpid/body.h"
#include "kpid/table.h"

struct search {
	uint32_t line, column;
	struct arena *mem;
	const char *raw;
};

static bool
search_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct search *s = ctx;

	for (size_t i = 0; i < row->n; i++)
		if (row->cells[i].line == s->line
		    && row->cells[i].column == s->column) {
			s->raw = slice_dup(cell_raw(&row->cells[i]), s->mem);
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
	if (line != s->line)
		return true;
	s->raw = slice_dup(raw, s->mem);
	return err_set(err, KPID_OK, "found");
}

/* The grids of the contracts may differ (JSON paths): the first that has it. */
bool
body_cell(const struct body *body, uint32_t line, uint32_t column,
    struct arena *mem, const char **raw, struct kpid_err *err)
{
	const struct feed *feed = body->feed;
	struct search s = { line, column, mem, NULL };
	const struct row_sink rows = {
		.ctx = &s, .row = search_row, .bad = search_bad
	};

	for (size_t i = 0; i < feed->n_contracts && s.raw == NULL; i++)
		if (!body_grid(body, &feed->contracts[i], &rows, mem, err)
		    && s.raw == NULL)
			return false;
	*raw = s.raw;
	return true;
}
