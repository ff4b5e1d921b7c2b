/* The dimensions of a row as one canonical JSON object. */
#include <inttypes.h>
#include <string.h>

#include "kpid/json_text.h"
#include "normaliser.h"

/* By name, so that the same dimensions are the same text in every feed. */
void
dims_prepare(struct normaliser *n)
{
	const struct contract *c = n->contract;

	n->dims = arena_array(n->mem, c->n_dims, sizeof(*n->dims));
	for (size_t i = 0; i < c->n_dims; i++) {
		size_t at = i;

		for (; at > 0
		     && strcmp(c->dims[n->dims[at - 1]].to, c->dims[i].to) > 0;
		     at--)
			n->dims[at] = n->dims[at - 1];
		n->dims[at] = i;
	}
}

static bool
put_all(struct normaliser *n, const struct row *row)
{
	const struct contract *c = n->contract;
	struct buf *out = &n->dims_text;
	struct cell absent;
	bool ok = buf_put(out, "{", 1);

	for (size_t i = 0; ok && i < c->n_dims; i++) {
		size_t index = n->dims[i];
		struct slice text =
		    row_cell(row, n->map.dims[index], &absent)->text;

		ok = json_put_key(out, c->dims[index].to)
		    && json_put_text(out, slice_trim(text));
	}
	return ok && buf_put(out, "}", 1);
}

bool
dims_read(struct normaliser *n, const struct row *row, struct kpid_err *err)
{
	buf_clear(&n->dims_text);
	return put_all(n, row)
	    ? true
	    : err_set(err, KPID_ECONTRACT,
		"line %" PRIu32
		": the dimensions of the row are longer than %d "
		"bytes. HINT: is a column of prose declared as a dimension?",
		row->line, DIMS_MAX);
}
