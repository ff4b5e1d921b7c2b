/* Rows have cells, and lines grow. First byte: dialect; second: the cut. */
#include <stdlib.h>

#include "kpid/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
check_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	uint32_t *line = ctx;
	bool grows = row->n > 0 && row->line > *line;

	*line = row->line;
	return grows ? true : (abort(), err != NULL);
}

static bool
check_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	return line > *(uint32_t *)ctx && column > 0 && raw.len > 0
		&& *reason != '\0'
	    ? true
	    : (abort(), err != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	uint32_t line = 0;
	const struct row_sink sink = { &line, check_row, check_bad };
	struct kpid_err err;

	if (size < 2)
		return 0;
	struct csv *p =
	    csv_new((struct csv_dialect){ ',', '"', data[0] & 1 }, &mem);
	size_t len = size - 2, cut = data[1] < len ? data[1] : len;
	const char *text = (const char *)data + 2;

	if (csv_push(p, (struct slice){ text, cut }, false, &sink, &err))
		(void)!csv_push(p, (struct slice){ text + cut, len - cut },
		    true, &sink, &err);
	csv_free(p);
	return 0;
}
