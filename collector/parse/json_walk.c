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

/* What was said of another element, or document, is not said of this one. */
static void
forget_fixed(struct json_table *p, const struct json_node *n)
{
	if (n->column != JSON_NO_COLUMN)
		p->fixed[n->column] = (struct cell){ .line = 0 };
	for (n = n->child; n != NULL; n = n->sibling)
		forget_fixed(p, n);
}

/* Several documents may follow one another: a line each. */
static void
begin_document(struct json_table *p)
{
	p->document_sent = p->sent;
	forget_fixed(p, p->columns.root);
}

/* What the value that begins now is to the paths. */
static struct json_match
match_value(struct json_table *p)
{
	struct json_frame *f = top(p);

	p->value_index = 0;
	if (f == NULL) {
		begin_document(p);
		return (struct json_match){ .root = p->columns.root };
	}
	p->value_index = f->index++;
	if (!f->array)
		return p->next;
	p->has_key = false;
	return match_element(p, f, p->value_index);
}

/* ---- values ------------------------------------------------------------ */

static bool
is_record(const struct json_table *p, const struct json_match *match)
{
	return match->step != JSON_OFF && (size_t)match->step == p->records.n;
}

static bool
take_scalar(struct json_table *p, const struct json_token *t)
{
	struct json_match m = match_value(p);
	const struct json_step *step = step_after(p, &m);

	if (t->kind == JSON_NULL && step != NULL
	    && (step->kind == STEP_ANY_ELEMENT
		|| step->kind == STEP_ANY_MEMBER))
		p->reached = true; /* null for an empty list */
	if (m.root != NULL && !json_fill_fixed(p, m.root, t))
		return false;
	if (m.record != NULL && !json_fill(p, m.record->column, t))
		return false;
	if (!is_record(p, &m))
		return true;
	return json_record_begin(p) && json_fill(p, p->columns.value, t)
	    && json_record_end(p);
}

/* One record that a publisher writes without the list around it. */
static void
match_single(struct json_table *p, struct json_match *m)
{
	const struct json_step *step = step_after(p, m);

	while (step != NULL && step->kind == STEP_ANY_ELEMENT) {
		m->step++;
		m->root = json_node_any(m->root, STEP_ANY_ELEMENT);
		p->value_index = 0;
		p->has_key = false;
		step = step_after(p, m);
	}
}

static bool
open_record(struct json_table *p, struct json_match *m, bool array)
{
	json_spoil(p, p->columns.value, array);
	m->step = JSON_OFF;
	m->record = p->columns.record;
	return json_record_begin(p);
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

	if (!json_fixed_container(p, m.root, array))
		return false;
	if (m.record != NULL)
		json_spoil(p, m.record->column, array);
	if (!array)
		match_single(p, &m);
	if (m.root != NULL && m.root->any == m.root) {
		m.root->sent = p->sent;
		forget_fixed(p, m.root);
	}
	if (is_record(p, &m) && !open_record(p, &m, array))
		return false;
	open_frame(p, m, array);
	return true;
}

static bool
take_close(struct json_table *p)
{
	p->depth--;
	return p->in_record && p->depth == p->record_depth ? json_record_end(p)
							   : true;
}

/* ---- members ----------------------------------------------------------- */

/* Notes that the object has this member; false: it had it already. */
static bool
note_member(struct json_node *n, const struct json_frame *f)
{
	if (n == NULL || n->any == n)
		return true;
	if (n->seen_in == f->serial)
		return false;
	n->seen_in = f->serial;
	return true;
}

/* Columns name members of what n is. */
static bool
is_spoken(const struct json_node *n)
{
	return n != NULL && n->column == JSON_NO_COLUMN;
}

static bool
match_member(struct json_table *p, struct json_frame *f, struct slice name)
{
	const struct json_step *step = step_after(p, &f->match);
	bool named = step != NULL && step->kind == STEP_MEMBER
	    && slice_eq(step->name, name);
	bool any = step != NULL && step->kind == STEP_ANY_MEMBER;
	bool twice = named && f->path_seen;
	struct json_node *record = json_node_member(f->match.record, name);

	f->path_seen |= named;
	p->next = (struct json_match){
		.step = named || any ? f->match.step + 1 : JSON_OFF,
		.root = json_node_member(f->match.root, name),
		.record = record != NULL && record->unspoken ? NULL : record,
	};
	if (twice || !note_member(p->next.root, f)
	    || !note_member(p->next.record, f))
		return json_refuse(&p->reader,
		    "the object has the member '%.*s' twice", slice_width(name),
		    name.ptr);
	return record != NULL || p->next.root != NULL
	    || !is_spoken(f->match.record) || p->sink->extra == NULL
	    || json_extra(p, f->match.record, name);
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
	default:
		return take_scalar(p, t);
	}
}
