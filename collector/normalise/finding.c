/* Findings: what the contract does not know, told once, with a suggestion that
 * can be put into the contract as it stands. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "kpid/label.h"
#include "normaliser.h"

#define TEXT_MAX 640

bool
finding_holds(const struct contract *c, const char *kind)
{
	for (size_t i = 0; i < c->n_hold; i++)
		if (strcmp(c->hold[i], kind) == 0)
			return true;
	return false;
}

static bool
hand_on(struct normaliser *n, const struct finding *f, struct kpid_err *err)
{
	struct finding told = *f;

	told.holds = f->holds || finding_holds(n->contract, f->kind);
	return n->out->finding(n->out->ctx, &told, err);
}

/* What holds a delivery is never left out of the list. */
bool
finding_once(struct normaliser *n, const struct finding *f,
    struct kpid_err *err)
{
	uint64_t hash = memo_hash(f->text, strlen(f->text),
	    memo_hash(f->kind, strlen(f->kind), 0));
	bool holds = f->holds || finding_holds(n->contract, f->kind);

	for (size_t i = 0; i < n->n_findings; i++)
		if (n->findings[i] == hash)
			return true;
	if (n->n_findings == FINDINGS_MAX)
		return !holds || hand_on(n, f, err);
	n->findings[n->n_findings++] = hash;
	if (n->n_findings < FINDINGS_MAX || holds)
		return hand_on(n, f, err);
	return hand_on(n,
	    &(struct finding){ .kind = "more_findings",
		.line = f->line,
		.column = f->column,
		.text = "more findings from here on are not listed" },
	    err);
}

void
finding_quote(struct slice text, char out[2 * CLIP_BYTES + 1])
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
static const struct label_name *
nearest_label(struct normaliser *n, const char *key)
{
	const char **keys = arena_array(&n->scratch, n->n_names, sizeof(*keys));
	const char *near;

	for (size_t i = 0; i < n->n_names; i++)
		keys[i] = n->names[i].key;
	near = nearest_name(key, keys, n->n_names);
	for (size_t i = 0; near != NULL && i < n->n_names; i++)
		if (keys[i] == near)
			return &n->names[i];
	return NULL;
}

bool
finding_label(struct normaliser *n, const struct cell *cell, struct slice label,
    struct kpid_err *err)
{
	char text[TEXT_MAX], suggestion[TEXT_MAX];
	char quoted[2 * CLIP_BYTES + 1];

	label = cell_clip(slice_trim(label));
	arena_reset(&n->scratch);
	const struct label_name *near =
	    nearest_label(n, label_key(label, &n->scratch));
	bool named = near != NULL && near->indicator != NULL;
	bool computed = named && near->indicator->derived.kind != DERIVED_NOT;

	finding_quote(label, quoted);
	(void)snprintf(text, sizeof(text), "unknown label '%.*s'%s%.80s%s",
	    slice_width(label), label.ptr, named ? "; is it '" : "",
	    named ? near->key : "",
	    computed    ? "', which kpid computes?"
		: named ? "'?"
			: "");
	if (computed)
		(void)snprintf(suggestion, sizeof(suggestion),
		    "\"indicator\": { \"ignore\": [ \"%s\" ] }", quoted);
	else
		(void)snprintf(suggestion, sizeof(suggestion),
		    "\"indicator\": { \"map\": { \"%s\": \"%.80s\" } }", quoted,
		    named ? near->indicator->code : "its code");
	return finding_once(n,
	    &(struct finding){ .kind = "unknown_label",
		.line = cell->line,
		.column = cell->column,
		.text = text,
		.suggestion = suggestion },
	    err);
}

/* What the marks of official tables mean, as far as all agree. */
static const struct {
	const char *key, *reason;
} known_marks[] = { { "-", "not_applicable" }, { "−", "not_applicable" },
	{ "―", "not_applicable" }, { "—", "not_applicable" },
	{ "...", "not_available" }, { "x", "suppressed" },
	{ "X", "suppressed" }, { "χ", "suppressed" },
	{ "秘匿", "suppressed" } };

static bool
means_zero(const struct legend_mark *told)
{
	static const char *const words[] = { "0", "０", "ゼロ", "零" };

	for (size_t i = 0; told != NULL && i < ARRAY_LEN(words); i++)
		if (strcmp(told->meaning, words[i]) == 0)
			return true;
	return false;
}

/* Which reason it is only people know, but for the usual marks. */
static void
suggest_mark(struct normaliser *n, struct slice mark,
    const struct legend_mark *told, char out[TEXT_MAX])
{
	const char *reason = "not_applicable, suppressed, not_collected or "
			     "not_available";
	char quoted[2 * CLIP_BYTES + 1];
	const char *key;

	arena_reset(&n->scratch);
	key = label_key(mark, &n->scratch);
	finding_quote(mark, quoted);
	for (size_t i = 0; told == NULL && i < ARRAY_LEN(known_marks); i++)
		if (strcmp(key, known_marks[i].key) == 0)
			reason = known_marks[i].reason;
	if (means_zero(told))
		(void)snprintf(out, TEXT_MAX, "\"zero\": [ \"%s\" ]", quoted);
	else
		(void)snprintf(out, TEXT_MAX, "\"missing\": { \"%s\": \"%s\" }",
		    quoted, reason);
}

bool
finding_mark(struct normaliser *n, const struct cell *cell, const char *column,
    struct kpid_err *err)
{
	struct slice mark = slice_trim(cell->text);
	const struct legend_mark *told = legend_find(&n->legend, mark);
	struct slice name = cell_clip(slice_of(column));
	struct slice meaning =
	    cell_clip(slice_of(told == NULL ? "" : told->meaning));
	char text[TEXT_MAX], suggestion[TEXT_MAX];

	mark = cell_clip(mark);
	(void)snprintf(text, sizeof(text),
	    "unknown mark '%.*s' in column '%.*s'%s%.*s%s", slice_width(mark),
	    mark.ptr, slice_width(name), name.ptr,
	    told == NULL ? "" : ", which the body explains as '",
	    slice_width(meaning), meaning.ptr, told == NULL ? "" : "'");
	suggest_mark(n, mark, told, suggestion);
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

	finding_quote(status, quoted);
	(void)snprintf(text, sizeof(text), "unknown status '%.*s'",
	    slice_width(status), status.ptr);
	(void)snprintf(suggestion, sizeof(suggestion),
	    "\"status\": { \"map\": { \"%s\": \"P\" } }", quoted);
	return finding_once(n,
	    &(struct finding){ .kind = "unknown_status",
		.line = cell->line,
		.column = cell->column,
		.text = text,
		.suggestion = suggestion },
	    err);
}

/* A server's error text, or another table: a success it is not. */
bool
finding_unreadable(struct normaliser *n, struct kpid_err *err)
{
	const struct keyless_row *first = &n->first_keyless;
	char text[TEXT_MAX + REASON_MAX], text_ja[TEXT_MAX];

	if (n->keyless < n->rows)
		return true;
	(void)snprintf(text, sizeof(text),
	    "of %" PRIu64 " row%s none could be read, the first is '%s': %s",
	    n->rows, n->rows == 1 ? "" : "s", first->raw, first->reason);
	(void)snprintf(text_ja, sizeof(text_ja),
	    "%" PRIu64 "行のうち、読み取れた行が1行もありません。最初の行に"
	    "あるのは「%s」です。",
	    n->rows, first->raw);
	return finding_once(n,
	    &(struct finding){ .kind = "unreadable",
		.line = first->line,
		.text = text,
		.text_ja = text_ja,
		.holds = true },
	    err);
}

bool
finding_partial(struct normaliser *n, const char *text, struct kpid_err *err)
{
	char whole[TEXT_MAX];

	/* No line of a contract mends it. */
	(void)snprintf(whole, sizeof(whole),
	    "%.480s; 'url' must ask for all of it", text);
	return finding_once(n,
	    &(struct finding){
		.kind = "partial", .text = whole, .holds = true },
	    err);
}
