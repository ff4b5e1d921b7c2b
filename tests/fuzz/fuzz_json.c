/* JSON rows have all their columns, with places. First byte: the cut. */
#include <stdlib.h>

#include "kpid/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
check_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	(void)ctx, (void)err;
	for (size_t i = 0; i < row->n; i++)
		if (row->cells[i].line == 0 || row->cells[i].column == 0)
			abort();
	return row->n == 4 && row->line > 0 ? true : (abort(), false);
}

static bool
check_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	(void)ctx, (void)column, (void)raw, (void)err;
	return line > 0 && reason != NULL ? true : (abort(), false);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const columns[] = { "a", "b[1]", "@key", "$.m" };
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct row_sink sink = { .row = check_row, .bad = check_bad };
	struct json_table *p;
	struct kpid_err err;

	if (size < 1
	    || !json_table_new(data[0] & 128 ? "$.d.*" : "$.d[*]", columns, 4,
		&mem, &p, &err))
		return 0;
	size_t len = size - 1, cut = data[0] & 127U;
	const char *text = (const char *)data + 1;

	cut = cut < len ? cut : len;
	if (json_table_push(p, (struct slice){ text, cut }, false, &sink, &err))
		(void)!json_table_push(p,
		    (struct slice){ text + cut, len - cut }, true, &sink, &err);
	json_table_free(p);
	return 0;
}
