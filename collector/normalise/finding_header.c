/* Findings of a header: columns that the contract does not know, paths that
 * lead nowhere. */
#include <stdio.h>
#include <string.h>

#include "normaliser.h"

#define TEXT_MAX 640

bool
finding_columns(struct normaliser *n, const struct table_header *h,
    struct kpid_err *err)
{
	char text[TEXT_MAX], suggestion[TEXT_MAX];
	char quoted[2 * CLIP_BYTES + 1];

	for (size_t i = 0; i < h->n; i++) {
		const struct table_column *column = &h->columns[i];
		struct slice name = cell_clip(slice_trim(column->name));

		if (n->map.used[i] || name.len == 0)
			continue;
		finding_quote(name, quoted);
		(void)snprintf(text, sizeof(text),
		    "column '%.*s' is not in the contract", slice_width(name),
		    name.ptr);
		(void)snprintf(suggestion, sizeof(suggestion),
		    "\"ignore\": [ \"%s\" ]", quoted);
		if (!finding_once(n,
			&(struct finding){ .kind = "unknown_column",
			    .line = column->line,
			    .column = column->column,
			    .text = text,
			    .suggestion = suggestion },
			err))
			return false;
	}
	return true;
}

/* Held: what the path used to find would be stored as missing. */
static bool
empty_path(struct normaliser *n, size_t column, const char *path,
    struct kpid_err *err)
{
	struct slice name = cell_clip(slice_of(path));
	char text[TEXT_MAX];

	if (column == NO_COLUMN || path == NULL || n->found[column])
		return true;
	n->found[column] = true; /* told once */
	(void)snprintf(text, sizeof(text),
	    "path '%.*s' finds nothing in any record; has the key been "
	    "renamed?",
	    slice_width(name), name.ptr);
	return finding_once(n,
	    &(struct finding){ .kind = "empty_path",
		.line = n->header_line,
		.text = text,
		.holds = true },
	    err);
}

bool
finding_empty_paths(struct normaliser *n, struct kpid_err *err)
{
	const struct contract *c = n->contract;

	for (size_t i = 0; i < c->n_dims; i++)
		if (!empty_path(n, n->map.dims[i].column,
			c->dims[i].source.column, err))
			return false;
	for (size_t i = 0; i < c->n_values; i++)
		if (!empty_path(n, n->map.values[i], c->values[i].column, err))
			return false;
	return true;
}
