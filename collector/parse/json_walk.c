#include <stdio.h>
#include <string.h>

#include "json_table.h"

static struct json_frame *
top(struct json_table *p)
{
	return p->depth == 0 ? NULL : &p->stack[p->depth - 1];
}

/* The step of the records' path that a value inside match must fulfil; NULL
 * when none can. */
static const struct json_step *
step_after(const struct json_table *p, const struct json_match *match)
{
	if (match->step == JSON_OFF || (size_t)match->step == p->records.n)
		return NULL;
	return &p->records.steps[match->step];
}

static struct json_match
match_element(struct json_table *p, const struct json_frame *f, size_t index)
{
	const struct json_step *step = step_after(p, &f->match);
	bool fits = step != NULL
	    && (step->kind == STEP_ANY_ELEMENT
		|| (step->kind == STEP_ELEMENT && step->index == index));

	return (struct json_match){
		.step = fits ? f->match.step + 1 : JSON_OFF,
		.root = json_node_element(f->match.root, index),
		.record = json_node_element(f->match.record, index),
	};
}

/* What the value that begins now is to the paths. */
static struct json_match
match_value(struct json_table *p)
{
	struct json_frame *f = top(p);

	p->value_index = 0;
	if (f == NULL)
		return (struct json_match){ .root = p->columns.root };
	p->value_index = f->index++;
	if (!f->array)
		return p->next;
	p->has_key = false;
	return match_element(p, f, p->value_index);
}

/* ---- cells ------------------------------------------------------------- */

static bool
check_cell(struct json_table *p, size_t column, struct slice text)
{
	p->row_bytes += text.len;
	if (text.len > LIMIT_CELL_BYTES)
		return json_refuse(&p->reader,
		    "'%s' is longer than %d bytes "
		    "(LIMIT_CELL_BYTES)",
		    p->names[column], LIMIT_CELL_BYTES);
	if (p->row_bytes > LIMIT_ROW_BYTES)
		return json_refuse(&p->reader,
		    "the record is longer than %d bytes "
		    "(LIMIT_ROW_BYTES)",
		    LIMIT_ROW_BYTES);
	return true;
}

/* Puts the value of the last token into a cell. */
static bool
fill(struct json_table *p, struct cell *cells, size_t column, struct slice text,
    enum cell_kind kind)
{
	struct arena *mem = cells == p->fixed ? p->mem : &p->row_mem;
	const struct place *at;

	if (column == JSON_NO_COLUMN)
		return true;
	if (!check_cell(p, column, text))
		return false;
	at = json_place(&p->reader);
	cells[column] = (struct cell){
		.text = { arena_strndup(mem, text.ptr, text.len), text.len },
		.line = at->line,
		.column = place_column(at),
		.kind = kind,
	};
	return true;
}

static bool
fill_fixed(struct json_table *p, size_t column, struct slice text,
    enum cell_kind kind)
{
	if (column == JSON_NO_COLUMN)
		return true;
	if (p->any_record)
		return json_refuse(&p->reader,
		    "'%s' stands behind the first record, "
		    "too late for it",
		    p->names[column]);
	return fill(p, p->fixed, column, text, kind);
}

static bool
refuse_container(struct json_table *p, const struct json_node *n, bool array)
{
	if (n == NULL || n->column == JSON_NO_COLUMN)
		return true;
	return json_refuse(&p->reader,
	    "'%s' is an %s where one value is expected", p->names[n->column],
	    array ? "array" : "object");
}

/* ---- records ----------------------------------------------------------- */

static bool
fill_place(struct json_table *p)
{
	char index[24];
	struct slice none = { "", 0 };
	int len = snprintf(index, sizeof(index), "%zu", p->value_index);

	return fill(p, p->cells, p->columns.index,
		   (struct slice){ index, (size_t)len }, CELL_TEXT)
	    && fill(p, p->cells, p->columns.key, p->has_key ? p->key : none,
		p->has_key ? CELL_TEXT : CELL_NULL);
}

static bool
begin_record(struct json_table *p)
{
	p->in_record = p->any_record = p->reached = true;
	p->record = *json_place(&p->reader);
	p->record_depth = p->depth;
	for (size_t i = 0; i < p->columns.n; i++) {
		p->cells[i] = p->fixed[i];
		if (p->fixed[i].line == 0)
			p->cells[i] = (struct cell){
				.text = { "", 0 },
				.line = p->record.line,
				.column = place_column(&p->record),
				.kind = CELL_NULL,
			};
	}
	return fill_place(p);
}

static bool
end_record(struct json_table *p)
{
	const struct row row = {
		.cells = p->cells, .n = p->columns.n, .line = p->record.line
	};

	for (size_t i = 0; i < p->columns.n; i++)
		p->cells[i] = p->cells[p->columns.same_as[i]];
	if (!p->sink->row(p->sink->ctx, &row, p->err))
		return false;
	p->in_record = p->has_key = false;
	p->row_bytes = 0;
	arena_reset(&p->row_mem);
	return true;
}

/* ---- values ------------------------------------------------------------ */

static bool
is_record(const struct json_table *p, const struct json_match *match)
{
	return match->step != JSON_OFF && (size_t)match->step == p->records.n;
}

static bool
take_scalar(struct json_table *p, struct slice text, enum cell_kind kind)
{
	struct json_match m = match_value(p);
	const struct json_step *step = step_after(p, &m);

	if (kind == CELL_NULL && step != NULL
	    && (step->kind == STEP_ANY_ELEMENT
		|| step->kind == STEP_ANY_MEMBER))
		p->reached = true; /* null for an empty list */
	if (m.root != NULL && !fill_fixed(p, m.root->column, text, kind))
		return false;
	if (m.record != NULL
	    && !fill(p, p->cells, m.record->column, text, kind))
		return false;
	if (!is_record(p, &m))
		return true;
	return begin_record(p)
	    && fill(p, p->cells, p->columns.value, text, kind) && end_record(p);
}

/* One record that a publisher writes without the list around it. */
static void
match_single(struct json_table *p, struct json_match *m)
{
	const struct json_step *step = step_after(p, m);

	while (step != NULL && step->kind == STEP_ANY_ELEMENT) {
		m->step++;
		p->value_index = 0;
		p->has_key = false;
		step = step_after(p, m);
	}
}

static bool
open_record(struct json_table *p, struct json_match *m, bool array)
{
	if (p->columns.value != JSON_NO_COLUMN)
		return json_refuse(&p->reader,
		    "the record is an %s, where '@value' "
		    "expects one value",
		    array ? "array" : "object");
	m->step = JSON_OFF;
	m->record = p->columns.record;
	return begin_record(p);
}

static void
open_frame(struct json_table *p, struct json_match m, bool array)
{
	const struct json_step *step = step_after(p, &m);

	if (step != NULL
	    && step->kind == (array ? STEP_ANY_ELEMENT : STEP_ANY_MEMBER))
		p->reached = true;
	p->stack[p->depth++] = (struct json_frame){
		.match = m,
		.array = array,
		.serial = ++p->serial,
	};
}

static bool
take_open(struct json_table *p, bool array)
{
	struct json_match m = match_value(p);

	if (!refuse_container(p, m.root, array)
	    || !refuse_container(p, m.record, array))
		return false;
	if (!array)
		match_single(p, &m);
	if (is_record(p, &m) && !open_record(p, &m, array))
		return false;
	open_frame(p, m, array);
	return true;
}

static bool
take_close(struct json_table *p)
{
	p->depth--;
	return p->in_record && p->depth == p->record_depth ? end_record(p)
							   : true;
}

/* ---- members ----------------------------------------------------------- */

/* Notes that the object has this member; false: it had it already. */
static bool
note_member(struct json_node *n, const struct json_frame *f)
{
	if (n == NULL)
		return true;
	if (n->seen_in == f->serial)
		return false;
	n->seen_in = f->serial;
	return true;
}

static bool
match_member(struct json_table *p, struct json_frame *f, struct slice name)
{
	const struct json_step *step = step_after(p, &f->match);
	bool named = step != NULL && step->kind == STEP_MEMBER
	    && slice_eq(step->name, name);
	bool any = step != NULL && step->kind == STEP_ANY_MEMBER;
	bool twice = named && f->path_seen;

	f->path_seen |= named;
	p->next = (struct json_match){
		.step = named || any ? f->match.step + 1 : JSON_OFF,
		.root = json_node_member(f->match.root, name),
		.record = json_node_member(f->match.record, name),
	};
	if (twice || !note_member(p->next.root, f)
	    || !note_member(p->next.record, f))
		return json_refuse(&p->reader,
		    "the object has the member '%.*s' twice", slice_width(name),
		    name.ptr);
	return true;
}

static bool
take_key(struct json_table *p, struct slice name)
{
	if (!match_member(p, top(p), name))
		return false;
	p->has_key = p->columns.key != JSON_NO_COLUMN && is_record(p, &p->next);
	if (p->has_key)
		p->key = (struct slice){
			arena_strndup(&p->row_mem, name.ptr, name.len),
			name.len,
		};
	return true;
}

/* ---- what the reader calls --------------------------------------------- */

bool
json_walk_token(void *table, const struct json_token *t)
{
	struct json_table *p = table;

	switch (t->kind) {
	case JSON_KEY:
		return take_key(p, t->text);
	case JSON_OBJECT:
	case JSON_ARRAY:
		return take_open(p, t->kind == JSON_ARRAY);
	case JSON_END:
		return take_close(p);
	case JSON_NULL:
		return take_scalar(p, t->text, CELL_NULL);
	default:
		return take_scalar(p, t->text, CELL_TEXT);
	}
}
