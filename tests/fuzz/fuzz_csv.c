/* rooms: base decode parse */
/* Rows have cells, lines grow, and where the text is cut changes nothing.
 * First byte: the dialect; second: the cut. */
#include <stdlib.h>
#include <string.h>

#include "kpid/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct result {
	uint32_t line; /* of the row before */
	struct buf cells;
	bool ok;
	struct kpid_err err;
};

static void
put(struct result *r, struct slice text, uint32_t line)
{
	if (!buf_put(&r->cells, text.ptr, text.len)
	    || !buf_printf(&r->cells, "\x1f%u\x1e", line))
		abort();
}

static bool
check_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct result *r = ctx;

	(void)err;
	if (row->n == 0 || row->line <= r->line || row->raw.len == 0)
		abort();
	r->line = row->line;
	for (size_t i = 0; i < row->n; i++) {
		if (row->cells[i].line < row->line
		    || row->cells[i].column != i + 1)
			abort();
		put(r, row->cells[i].text, row->cells[i].line);
	}
	put(r, row->raw, row->line);
	return true;
}

static bool
check_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	struct result *r = ctx;

	(void)err;
	if (line <= r->line || column == 0 || raw.len == 0 || *reason == '\0')
		abort();
	put(r, raw, column);
	return true;
}

static void
parse(struct csv_dialect dialect, struct slice text, size_t cut,
    struct result *r)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct row_sink sink = {
		.ctx = r, .row = check_row, .bad = check_bad
	};
	struct csv *p = csv_new(dialect, &mem);
	struct slice rest = { text.ptr + cut, text.len - cut };

	*r = (struct result){ 0 };
	buf_init(&r->cells, 1 << 26);
	r->ok =
	    csv_push(p, (struct slice){ text.ptr, cut }, false, &sink, &r->err)
	    && csv_push(p, rest, true, &sink, &r->err);
	csv_free(p);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct csv_dialect dialects[] = { { ',', '"' },
		{ '\t', '"' }, { ';', '\'' }, { '|', '\0' } };
	struct result whole, parts;

	/* The decoder lets no NUL through. */
	if (size < 2 || memchr(data + 2, 0, size - 2) != NULL)
		return 0;
	struct slice text = { (const char *)data + 2, size - 2 };
	size_t cut = data[1] < text.len ? data[1] : text.len;
	struct csv_dialect dialect = dialects[data[0] % ARRAY_LEN(dialects)];

	parse(dialect, text, 0, &whole);
	parse(dialect, text, cut, &parts);
	if (whole.ok != parts.ok || strcmp(whole.err.msg, parts.err.msg) != 0
	    || !slice_eq(buf_slice(&whole.cells), buf_slice(&parts.cells)))
		abort();
	buf_release(&whole.cells);
	buf_release(&parts.cells);
	return 0;
}
