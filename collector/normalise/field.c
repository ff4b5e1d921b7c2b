/* Fields: what the contract's sources are read from in a row. */
#include <inttypes.h>
#include <string.h>

#include "kpid/limits.h"
#include "normaliser.h"

struct slice
footnotes_cut(const struct contract *c, struct slice text)
{
	text = slice_trim(text);
	for (size_t i = 0; i < c->n_footnotes; i++) {
		struct slice mark = slice_of(c->footnotes[i]);

		/* A mark that stands alone is what the cell says. */
		if (mark.len == 0 || mark.len >= text.len
		    || memcmp(text.ptr + text.len - mark.len, mark.ptr,
			   mark.len)
			!= 0)
			continue;
		text.len -= mark.len;
		text = slice_trim(text);
		i = (size_t)-1; /* a)b): there may be another before it */
	}
	return text;
}

static bool
field_init(struct normaliser *n, struct field *f, const char *what,
    const struct source *source, struct kpid_err *err)
{
	*f = (struct field){ .what = what, .source = source };
	buf_init(&f->text, LIMIT_ROW_BYTES);
	buf_init(&f->rewritten, LIMIT_CELL_BYTES);
	return source->pattern == NULL
	    || pattern_new(source->pattern, n->mem, &f->pattern, err);
}

static void
field_reader(struct normaliser *n, enum field_name name,
    bool (*read)(struct normaliser *, struct slice, struct memo_value *,
	struct kpid_err *))
{
	if (n->memos[name] == NULL)
		n->memos[name] = memo_new(n->mem);
	memo_clear(n->memos[name]);
	n->fields[name].read = read;
	n->fields[name].memo = n->memos[name];
}

bool
fields_new(struct normaliser *n, struct kpid_err *err)
{
	const struct contract *c = n->contract;
	const struct source *const sources[] = { [FIELD_PERIOD] = &c->period,
		[FIELD_ORG] = &c->organization,
		[FIELD_INDICATOR] = &c->indicator,
		[FIELD_STATUS] = &c->status,
		[FIELD_UNIT] = &c->unit };
	static const char *const names[] = { "period", "organization",
		"indicator", "status", "unit" };

	n->fields =
	    arena_array(n->mem, FIELD_DIMS + c->n_dims, sizeof(*n->fields));
	for (size_t i = 0; i < FIELD_DIMS; i++)
		if (!field_init(n, &n->fields[i], names[i], sources[i], err))
			return false;
	for (size_t i = 0; i < c->n_dims; i++)
		if (!field_init(n, &n->fields[FIELD_DIMS + i], c->dims[i].name,
			&c->dims[i].source, err))
			return false;
	field_reader(n, FIELD_PERIOD, read_period);
	field_reader(n, FIELD_ORG, read_org);
	field_reader(n, FIELD_INDICATOR, read_label);
	field_reader(n, FIELD_STATUS, read_status);
	n->fields[FIELD_PERIOD].memo->above_only = c->inherit;
	n->fields[FIELD_STATUS].part_optional = true;
	return true;
}

void
fields_place(struct normaliser *n)
{
	n->fields[FIELD_PERIOD].place = &n->map.period;
	n->fields[FIELD_ORG].place = &n->map.organization;
	n->fields[FIELD_INDICATOR].place = &n->map.indicator;
	n->fields[FIELD_STATUS].place = &n->map.status;
	n->fields[FIELD_UNIT].place = &n->map.unit;
	for (size_t i = 0; i < n->contract->n_dims; i++)
		n->fields[FIELD_DIMS + i].place = &n->map.dims[i];
}

void
fields_release(struct normaliser *n)
{
	if (n->fields == NULL)
		return;
	for (size_t i = 0; i < FIELD_DIMS + n->contract->n_dims; i++) {
		buf_release(&n->fields[i].text);
		buf_release(&n->fields[i].rewritten);
	}
	n->fields = NULL;
}

/* The last part of the row is the one to name: what stands before it (a
 * prefecture, a year) is often captured, or filled down. */
static void
name_cell(const struct row *row, const struct cell *cell, struct cell_text *out)
{
	bool own = cell->line >= row->line;

	if (out->at == NULL || own
	    || (out->at->line < row->line && cell->line > 0))
		out->at = cell;
}

static bool
put_parts(struct normaliser *n, const struct row *row, struct field *f,
    struct cell_text *out)
{
	buf_clear(&f->text);
	out->at = NULL;
	for (size_t i = 0; i < f->place->n_parts; i++) {
		const struct part *p = &f->place->parts[i];
		struct slice text = p->text;

		if (p->column != NO_COLUMN) {
			const struct cell *cell =
			    row_cell(row, p->column, &out->absent);

			text = footnotes_cut(n->contract, cell->text);
			name_cell(row, cell, out);
		}
		if (!buf_put(&f->text, text.ptr, text.len))
			return false;
	}
	return true;
}

bool
field_put(struct normaliser *n, const struct row *row, struct field *f,
    struct cell_text *out, struct kpid_err *err)
{
	if (!put_parts(n, row, f, out))
		return err_set(err, KPID_ECONTRACT,
		    "line %" PRIu32 ": the text that the contract puts "
		    "together for '%s' is longer than %d bytes",
		    row->line, f->what, LIMIT_ROW_BYTES);
	if (out->at == NULL)
		out->at = row_cell(row, 0, &out->absent);
	out->text = buf_slice(&f->text);
	return true;
}

/* "{3}-{2}-{1}" of what the pattern took. */
static struct slice
rewrite(struct field *f, const struct slice groups[PATTERN_GROUPS])
{
	bool ok = true;

	buf_clear(&f->rewritten);
	for (const char *at = f->source->rewrite; ok && *at != '\0'; at++) {
		if (at[0] == '{' && at[1] >= '1' && at[1] <= '9') {
			const struct slice *g = &groups[at[1] - '0'];

			ok = g->ptr == NULL
			    || buf_put(&f->rewritten, g->ptr, g->len);
			at += strlen("1}");
			continue;
		}
		ok = buf_put(&f->rewritten, at, 1);
		at += (at[0] == '{' || at[0] == '}') && at[1] == at[0];
	}
	return buf_slice(&f->rewritten);
}

static struct slice
taken(struct field *f, const struct slice groups[PATTERN_GROUPS])
{
	return slice_trim(f->source->rewrite != NULL
		? rewrite(f, groups)
		: pattern_taken(f->pattern, groups));
}

bool
field_part(struct normaliser *n, struct field *f, struct slice *text,
    const char **why, struct kpid_err *err)
{
	struct slice groups[PATTERN_GROUPS];
	bool found = false;

	*why = NULL;
	*text = footnotes_cut(n->contract, *text);
	if (f->pattern == NULL)
		return true;
	if (!pattern_find(f->pattern, *text, groups, &found, err))
		return false;
	if (found)
		*text = taken(f, groups);
	else if (f->part_optional)
		*text = slice_of("");
	else
		*why = "the contract's pattern is not found in it";
	return true;
}
