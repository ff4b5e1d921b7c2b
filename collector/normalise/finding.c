/* Findings: what the contract does not know, told once, with a suggestion. */
#include <stdio.h>
#include <string.h>

#include "nearest.h"
#include "normaliser.h"

#define TEXT_MAX 640

static bool
hand_on(struct normaliser *n, const struct finding *f, struct kpid_err *err)
{
	return n->out->finding(n->out->ctx, f, err);
}

bool
finding_once(struct normaliser *n, const struct finding *f,
    struct kpid_err *err)
{
	uint64_t hash = memo_hash(f->text, strlen(f->text),
	    memo_hash(f->kind, strlen(f->kind), 0));

	if (n->n_findings == FINDINGS_MAX)
		return true;
	for (size_t i = 0; i < n->n_findings; i++)
		if (n->findings[i] == hash)
			return true;
	n->findings[n->n_findings++] = hash;
	if (n->n_findings < FINDINGS_MAX)
		return hand_on(n, f, err);
	return hand_on(n,
	    &(struct finding){ .kind = "more_findings",
		.line = f->line,
		.column = f->column,
		.text = "more findings from here on are not listed" },
	    err);
}

/* The text as it stands between the quotes of JSON. */
static void
quote(struct slice text, char out[2 * CLIP_BYTES + 1])
{
	size_t n = 0;

	text = cell_clip(slice_trim(text));
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"' || text.ptr[i] == '\\')
			out[n++] = '\\';
		out[n++] = (unsigned char)text.ptr[i] < ' ' ? ' ' : text.ptr[i];
	}
	out[n] = '\0';
}

/* The known name that is nearest, for a label that may be misspelt. */
static const char *
nearest_label(struct normaliser *n, const char *key)
{
	const char **keys = arena_array(&n->scratch, n->n_names, sizeof(*keys));

	for (size_t i = 0; i < n->n_names; i++)
		keys[i] = n->names[i].key;
	return nearest_name(key, keys, n->n_names);
}

bool
finding_label(struct normaliser *n, const struct cell *cell,
    struct kpid_err *err)
{
	struct slice label = cell_clip(slice_trim(cell->text));
	char text[TEXT_MAX], suggestion[TEXT_MAX];
	char quoted[2 * CLIP_BYTES + 1];

	arena_reset(&n->scratch);
	const char *near = nearest_label(n, label_key(label, &n->scratch));

	quote(label, quoted);
	(void)snprintf(text, sizeof(text), "unknown label '%.*s'",
	    slice_width(label), label.ptr);
	(void)snprintf(suggestion, sizeof(suggestion),
	    near == NULL
		? "\"indicator\": { \"map\": { \"%s\": \"its code\" } }%s"
		: "\"indicator\": { \"map\": { \"%s\": \"its code\" } }, if it "
		  "is not a misspelt '%.80s'",
	    quoted, near == NULL ? "" : near);
	return finding_once(n,
	    &(struct finding){ .kind = "unknown_label",
		.line = cell->line,
		.column = cell->column,
		.text = text,
		.suggestion = suggestion },
	    err);
}

bool
finding_mark(struct normaliser *n, const struct cell *cell, const char *column,
    struct kpid_err *err)
{
	struct slice mark = cell_clip(slice_trim(cell->text));
	struct slice name = cell_clip(slice_of(column));
	char text[TEXT_MAX], suggestion[TEXT_MAX];
	char quoted[2 * CLIP_BYTES + 1];

	quote(mark, quoted);
	(void)snprintf(text, sizeof(text),
	    "unknown mark '%.*s' in column "
	    "'%.*s'",
	    slice_width(mark), mark.ptr, slice_width(name), name.ptr);
	(void)snprintf(suggestion, sizeof(suggestion),
	    "\"missing\": { "
	    "\"%s\": \"not_available\" } or another reason, or \"zero\": "
	    "[ \"%s\" ] if it means 0",
	    quoted, quoted);
	return finding_once(n,
	    &(struct finding){ .kind = "unknown_mark",
		.line = cell->line,
		.column = cell->column,
		.text = text,
		.suggestion = suggestion },
	    err);
}

bool
finding_status(struct normaliser *n, const struct cell *cell,
    struct kpid_err *err)
{
	struct slice status = cell_clip(slice_trim(cell->text));
	char text[TEXT_MAX], suggestion[TEXT_MAX];
	char quoted[2 * CLIP_BYTES + 1];

	quote(status, quoted);
	(void)snprintf(text, sizeof(text), "unknown status '%.*s'",
	    slice_width(status), status.ptr);
	(void)snprintf(suggestion, sizeof(suggestion),
	    "\"status\": { "
	    "\"map\": { \"%s\": \"P\" } }, or A, E, B",
	    quoted);
	return finding_once(n,
	    &(struct finding){ .kind = "unknown_status",
		.line = cell->line,
		.column = cell->column,
		.text = text,
		.suggestion = suggestion },
	    err);
}

bool
finding_columns(struct normaliser *n, const struct row *header,
    struct kpid_err *err)
{
	char text[TEXT_MAX], suggestion[TEXT_MAX];
	char quoted[2 * CLIP_BYTES + 1];

	for (size_t i = 0; i < header->n; i++) {
		const struct cell *cell = &header->cells[i];
		struct slice name = cell_clip(slice_trim(cell->text));

		if (n->map.used[i] || name.len == 0)
			continue;
		quote(name, quoted);
		(void)snprintf(text, sizeof(text),
		    "column '%.*s' is not in "
		    "the contract",
		    slice_width(name), name.ptr);
		(void)snprintf(suggestion, sizeof(suggestion),
		    "\"ignore\": [ \"%s\" ]", quoted);
		if (!finding_once(n,
			&(struct finding){ .kind = "unknown_column",
			    .line = cell->line,
			    .column = cell->column,
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

	if (column == NO_COLUMN || n->found[column])
		return true;
	n->found[column] = true; /* told once */
	(void)snprintf(text, sizeof(text),
	    "path '%.*s' finds nothing in any "
	    "record",
	    slice_width(name), name.ptr);
	return hand_on(n,
	    &(struct finding){ .kind = "empty_path",
		.line = n->header_line,
		.text = text,
		.holds = true,
		.suggestion =
		    "has the key been renamed? Correct the path in the "
		    "contract" },
	    err);
}

bool
finding_empty_paths(struct normaliser *n, struct kpid_err *err)
{
	const struct contract *c = n->contract;

	for (size_t i = 0; i < c->n_dims; i++)
		if (!empty_path(n, n->map.dims[i], c->dims[i].from, err))
			return false;
	for (size_t i = 0; i < c->n_values; i++)
		if (!empty_path(n, n->map.values[i], c->values[i].column, err))
			return false;
	return true;
}
