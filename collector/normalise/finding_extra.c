/* Findings of what rows have beside the columns: a JSON record's member that
 * the contract does not name, a cell behind the header's last. */
#include <stdio.h>
#include <string.h>

#include "normaliser.h"

#define TEXT_MAX 640

static bool
names(const char *const *list, size_t n, struct slice path)
{
	for (size_t i = 0; i < n; i++)
		if (slice_is(path, list[i]))
			return true;
	return false;
}

/* What another table of this body reads is not unknown in this one. */
static bool
is_known(struct normaliser *n, struct slice path)
{
	const char *const *columns;
	size_t count;

	arena_reset(&n->scratch);
	for (size_t i = 0; i < n->feed->n_contracts; i++) {
		const struct contract *c = &n->feed->contracts[i];

		columns = contract_columns(c, &n->scratch, &count);
		if (c->format == FORMAT_JSON
		    && (names(columns, count, path)
			|| names(c->ignore, c->n_ignore, path)))
			return true;
	}
	return n->contract->other_columns
	    || names(n->contract->ignore, n->contract->n_ignore, path);
}

/* A column more, or a value parted in two by a separator nobody quoted. */
static bool
extra_cells(struct normaliser *n, struct slice cell, uint32_t line,
    uint32_t column, struct kpid_err *err)
{
	struct slice shown = cell_clip(cell);
	char text[TEXT_MAX];

	(void)snprintf(text, sizeof(text),
	    "'%.*s' stands where the header has no column and is not read",
	    slice_width(shown), shown.ptr);
	return finding_once(n,
	    &(struct finding){ .kind = "extra_cells",
		.line = line,
		.column = column,
		.text = text },
	    err);
}

bool
finding_extra(struct normaliser *n, struct slice path, uint32_t line,
    uint32_t column, struct kpid_err *err)
{
	struct slice name = cell_clip(path);
	char text[TEXT_MAX], suggestion[TEXT_MAX];
	char quoted[2 * CLIP_BYTES + 1];

	if (n->contract->format != FORMAT_JSON)
		return extra_cells(n, path, line, column, err);
	if (is_known(n, path))
		return true;
	finding_quote(name, quoted);
	(void)snprintf(text, sizeof(text),
	    "member '%.*s' of a record is not in the contract",
	    slice_width(name), name.ptr);
	(void)snprintf(suggestion, sizeof(suggestion), "\"ignore\": [ \"%s\" ]",
	    quoted);
	return finding_once(n,
	    &(struct finding){ .kind = "unknown_column",
		.line = line,
		.column = column,
		.text = text,
		.suggestion = suggestion },
	    err);
}
