/*
 * Whatever the grid and the contract: rows come behind a header, with a cell
 * for each of its columns. First two bytes: the contract; then rows, their
 * cells between bars.
 */
#include <stdlib.h>
#include <string.h>

#include "kpid/layout.h"

#define CELLS 32

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct sent {
	bool header;
	size_t columns;
};

static bool
check_header(void *ctx, const struct table_header *h, struct kpid_err *err)
{
	struct sent *s = ctx;

	(void)err;
	s->header = true;
	s->columns = h->n;
	for (size_t i = 0; i < h->n; i++)
		if (h->columns[i].name.ptr == NULL)
			abort();
	return true;
}

static bool
check_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	const struct sent *s = ctx;

	(void)err;
	if (!s->header || row->n != s->columns)
		abort();
	return true;
}

static bool
check_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	const struct sent *s = ctx;

	(void)raw;
	(void)err;
	if (!s->header || line == 0 || column == 0 || *reason == '\0')
		abort();
	return true;
}

static const char *const labels[] = { "a" }, *const into[] = { "x" };
static const struct capture captures[] = {
	{ "s", CAPTURE_SECTION, "^<(.*)>", 1 },
	{ "n", CAPTURE_ABOVE, NULL, 1 },
};
static const struct row_test except = { .is = labels, .n_is = 1 };
static const struct row_test until = { .column = "a", .matches = "^!" };

/* Each bit of the two bytes is something that contracts say. */
static struct contract
contract_of(unsigned int bits)
{
	struct contract c = { .lenient = (bits & 1) != 0,
		.format = (bits & 2) != 0 ? FORMAT_XLSX : FORMAT_CSV };

	c.header.rows = (int)(bits >> 2 & 3);
	c.header.units = (int)(bits >> 4 & 1);
	c.header.repeats = (bits & 1 << 5) != 0;
	c.header.row = (bits & 1 << 6) != 0;
	c.header.pattern = (bits & 1 << 7) != 0 ? "^a" : NULL;
	c.header.find = c.header.names = c.rows.fill_down = labels;
	c.header.n_find = bits >> 8 & 1;
	c.header.n_names = bits >> 9 & 1;
	c.rows.n_fill_down = bits >> 10 & 1;
	c.captures = captures;
	c.n_captures = bits >> 11 & 3;
	c.n_captures -= c.n_captures == 3;
	c.rows.except = &except;
	c.rows.n_except = bits >> 13 & 1;
	c.rows.until = &until;
	c.rows.n_until = bits >> 14 & 1;
	if ((bits & 1 << 15) != 0)
		c.unpivot = (struct unpivot){ "^b", into, 1, "v", 1 };
	return c;
}

static bool
give(const struct row_sink *sink, char *text, uint32_t line,
    struct kpid_err *err)
{
	struct cell cells[CELLS] = { 0 };
	struct row row = { cells, 0, line, slice_of(text) };

	if (*text == '\0')
		return true;
	if (*text == '#')
		return sink->bad(sink->ctx, line, 1, row.raw, "bad", err);
	for (char *at = text; at != NULL && row.n < CELLS; row.n++) {
		const size_t len = strcspn(at, "|");

		cells[row.n] = (struct cell){ .text = { at, len },
			.line = line,
			.column = (uint32_t)row.n + 1,
			.kind = *at == '^' ? CELL_MERGED : CELL_TEXT };
		at = at[len] == '|' ? at + len + 1 : NULL;
	}
	return sink->row(sink->ctx, &row, err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct sent sent = { 0 };
	const struct table_sink out = { .ctx = &sent,
		.header = check_header,
		.row = check_row,
		.bad = check_bad };
	const struct feed feed = { .file = "f" };
	const struct body_name name = { NULL, NULL };
	struct kpid_err err = { 0 };
	struct layout *l = NULL;

	if (size < 2)
		return 0;
	const struct contract c = contract_of(data[0] | data[1] * 256U);
	char *text = arena_strndup(&mem, (const char *)data + 2, size - 2);
	bool ok = layout_new(&(struct layout_spec){ &feed, &c, &name }, &out,
	    &mem, &l, &err);

	for (uint32_t line = 1; ok && text != NULL; line++) {
		const struct row_sink sink = layout_sink(l);
		char *end = strchr(text, '\n');

		if (end != NULL)
			*end++ = '\0';
		ok = give(&sink, text, line, &err);
		text = end;
	}
	if (ok)
		(void)!layout_end(l, &err);
	layout_free(l);
	return 0;
}
