/*
 * Rows of the named JSON shapes have all their columns, with places. First
 * byte: the shape; second: the cut.
 */
#include <stdlib.h>

#include "kpid/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	struct slice text;
	size_t cut;
	size_t columns; /* of the header; 0: none yet */
};

static bool
read_input(void *ctx, const struct text_sink *to, struct kpid_err *err)
{
	const struct input *in = ctx;
	size_t cut = in->cut < in->text.len ? in->cut : in->text.len;

	return to->text(to->ctx, (struct slice){ in->text.ptr, cut }, err)
	    && to->text(to->ctx,
		(struct slice){ in->text.ptr + cut, in->text.len - cut }, err);
}

static bool
check_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct input *in = ctx;

	(void)err;
	if (in->columns == 0)
		in->columns = row->n;
	if (row->n != in->columns || row->line == 0)
		abort();
	for (size_t i = 0; i < row->n; i++)
		if (row->cells[i].line == 0 || row->cells[i].column == 0
		    || row->cells[i].text.ptr == NULL)
			abort();
	return true;
}

static bool
take_partial(void *ctx, const char *text, struct kpid_err *err)
{
	(void)ctx, (void)err;
	return text[0] != '\0' ? true : (abort(), false);
}

static bool
take_legend(void *ctx, struct slice mark, struct slice meaning,
    struct kpid_err *err)
{
	(void)ctx, (void)err, (void)meaning;
	return mark.len > 0 ? true : (abort(), false);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum feed_format formats[] = { FORMAT_ESTAT, FORMAT_CKAN,
		FORMAT_JSON_STAT, FORMAT_SDMX_JSON, FORMAT_WORLD_BANK };
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct input in = { 0 };
	const struct text_source text = { &in, read_input };
	const struct row_sink sink = { .ctx = &in,
		.row = check_row,
		.legend = take_legend,
		.partial = take_partial };
	struct kpid_err err = { 0 };

	if (size < 2)
		return 0;
	in.text = (struct slice){ (const char *)data + 2, size - 2 };
	in.cut = data[1];
	if (!shape_read(formats[data[0] % ARRAY_LEN(formats)], &text, &sink,
		&mem, &err)
	    && err.msg[0] == '\0')
		abort();
	return 0;
}
