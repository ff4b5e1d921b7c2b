/*
 * e-Stat, getStatsData in JSON.
 *
 * What is a list when there are several is one object when there is one:
 * CLASS_OBJ, CLASS, NOTE, VALUE. STATUS comes as a number or as text.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shape_estat.h"

#define STATUS_NO_DATA 1
#define STATUS_ERROR   100
#define NOTES_MAX      100

struct estat {
	struct estat_classes classes;
	struct {
		struct slice mark, meaning;
	} notes[NOTES_MAX];
	size_t n_notes;
	uint64_t values;                /* of all pages */
	uint64_t from, to, total, next; /* rows, as the pages tell; 0: untold */
	uint64_t status;
	struct slice message; /* of the last page */
	size_t unit, value, annotation;
};

const struct json_value *
estat_top(const struct json_value *root)
{
	const struct json_value *m =
	    value_is(root, JSON_OBJECT) ? root->child : NULL;

	while (m != NULL
	    && (m->key.len < 9 || memcmp(m->key.ptr, "GET_STATS", 9) != 0))
		m = m->next;
	return m;
}

static bool
is_estat(const struct json_value *root)
{
	return estat_top(root) != NULL;
}

/* ---- first pass -------------------------------------------------------- */

static const char *
status_hint(uint64_t status)
{
	if (status == 100)
		return ". HINT: look at appId in the feed's URL";
	if (status < 200)
		return ". HINT: look at the parameters in the feed's URL";
	return "";
}

static bool
estat_fine(struct shape *s, const struct json_value *root)
{
	const struct json_value *result =
	    value_member(estat_top(root), "RESULT");
	struct slice message = value_text(value_member(result, "ERROR_MSG"));
	uint64_t status = 0;

	if (!value_number(value_member(result, "STATUS"), &status)
	    || status < STATUS_ERROR)
		return true;
	return shape_refuse(s, NULL,
	    "e-Stat answers with an error (STATUS %" PRIu64 "): %.*s%s", status,
	    slice_width(message), message.ptr, status_hint(status));
}

static bool
check_status(struct shape *s, const struct json_value *doc)
{
	struct estat *e = s->of;
	const struct json_value *result = value_member(doc, "RESULT");
	const struct json_value *status = value_member(result, "STATUS");
	struct slice message = value_text(value_member(result, "ERROR_MSG"));

	if (!value_number(status, &e->status))
		return shape_refuse(s, result != NULL ? result : doc,
		    "the answer of e-Stat has no STATUS that is a number");
	return shape_keep(s, message, &e->message);
}

static bool
note_add(struct shape *s, const struct json_value *note)
{
	struct estat *e = s->of;
	struct slice mark = value_text(value_member(note, "@char"));
	struct slice meaning = value_text(value_member(note, "$"));

	for (size_t i = 0; i < e->n_notes; i++)
		if (slice_eq(e->notes[i].mark, mark))
			return true;
	if (mark.len == 0)
		return true;
	if (e->n_notes == NOTES_MAX)
		return shape_refuse(s, note, "more than %d marks are explained",
		    NOTES_MAX);
	if (!shape_keep(s, mark, &e->notes[e->n_notes].mark)
	    || !shape_keep(s, meaning, &e->notes[e->n_notes].meaning))
		return false;
	e->n_notes++;
	return true;
}

/* Pages that do not join were fetched while the table changed, or are not
 * all. */
static bool
check_rows(struct shape *s, const struct json_value *inf)
{
	struct estat *e = s->of;
	uint64_t from = 0, to = 0, total = 0;

	e->next = 0;
	(void)!value_number(value_member(inf, "NEXT_KEY"), &e->next);
	if (!value_number(value_member(inf, "FROM_NUMBER"), &from)
	    || !value_number(value_member(inf, "TO_NUMBER"), &to)
	    || !value_number(value_member(inf, "TOTAL_NUMBER"), &total))
		return true;
	if (e->to > 0 && (from != e->to + 1 || total != e->total))
		return shape_refuse(s, inf,
		    "page %zu has rows %" PRIu64 " to %" PRIu64 " of %" PRIu64
		    ", where the one before ended with row %" PRIu64
		    " of %" PRIu64 ". HINT: fetch again; the table changed "
		    "in between",
		    s->documents + 1, from, to, total, e->to, e->total);
	if (e->to == 0)
		e->from = from;
	e->to = to;
	e->total = total;
	return true;
}

/* Without CLASS_INF (metaGetFlg=N) the first observation names the classes. */
static bool
classes_of_sample(struct shape *s, struct estat *e)
{
	const struct json_value *m =
	    value_is(s->sample, JSON_OBJECT) ? s->sample->child : NULL;

	for (; m != NULL; m = m->next)
		if (m->key.len > 1 && m->key.ptr[0] == '@'
		    && !slice_is(m->key, "@unit")
		    && !slice_is(m->key, "@annotation")
		    && !estat_class_unexplained(s, &e->classes, m->key))
			return false;
	return true;
}

static bool
take_data(struct shape *s, const struct json_value *data)
{
	struct estat *e = s->of;
	const struct json_value *inf = value_member(data, "DATA_INF");
	const struct json_value *notes = value_member(inf, "NOTE");
	const struct json_value *values = value_member(inf, "VALUE");
	const struct json_value *classes = value_member(data, "CLASS_INF");

	for (const struct json_value *n = value_first(notes); n != NULL;
	     n = value_next(notes, n))
		if (!note_add(s, n))
			return false;
	e->values += values != NULL ? values->n : 0;
	if (!estat_classes_add(s, &e->classes, classes)
	    || !check_rows(s, value_member(data, "RESULT_INF")))
		return false;
	return e->classes.n > 0 || classes_of_sample(s, e);
}

static bool
estat_document(struct shape *s, const struct json_value *root)
{
	const struct json_value *doc = estat_top(root);

	if (!check_status(s, doc))
		return false;
	return take_data(s, value_member(doc, "STATISTICAL_DATA"));
}

static bool
check_values(struct shape *s)
{
	const struct estat *e = s->of;

	if (e->values > 0)
		return true;
	return shape_refuse(s, NULL,
	    "the answer has no data (STATUS %" PRIu64 "): %.*s. HINT: %s",
	    e->status, slice_width(e->message), e->message.ptr,
	    e->status == STATUS_NO_DATA
		? "no row fits the conditions in the feed's URL"
		: "cntGetFlg=Y in the feed's URL asks for the count only");
}

static bool
estat_columns(struct shape *s)
{
	struct estat *e = s->of;

	if (!check_values(s))
		return false;
	for (size_t i = 0; i < e->classes.n; i++) {
		struct estat_class *c = &e->classes.list[i];

		if (!shape_column_pair(s, c->id, &c->column))
			return false;
		c->name_column = c->column + 1;
	}
	return shape_column(s, slice_of("unit"), &e->unit)
	    && shape_column(s, slice_of("value"), &e->value)
	    && shape_column(s, slice_of("annotation"), &e->annotation);
}

static bool
tell_rest(struct shape *s, const struct estat *e)
{
	if (e->next > 0)
		return shape_partial(s,
		    "rows %" PRIu64 " to %" PRIu64 " of %" PRIu64
		    " are here, the next page begins at row %" PRIu64,
		    e->from, e->to, e->total, e->next);
	if (e->total > 0 && (e->from > 1 || e->to < e->total))
		return shape_partial(s,
		    "rows %" PRIu64 " to %" PRIu64 " of %" PRIu64 " are here",
		    e->from, e->to, e->total);
	return true;
}

static bool
estat_tell(struct shape *s)
{
	const struct estat *e = s->of;

	for (size_t i = 0; s->sink->legend != NULL && i < e->n_notes; i++)
		if (!s->sink->legend(s->sink->ctx, e->notes[i].mark,
			e->notes[i].meaning, s->err))
			return false;
	if (e->status > STATUS_NO_DATA
	    && !shape_partial(s, "e-Stat says (STATUS %" PRIu64 "): %.*s",
		e->status, slice_width(e->message), e->message.ptr))
		return false;
	return tell_rest(s, e);
}

/* ---- second pass ------------------------------------------------------- */

static bool
set_class(struct shape *s, struct estat_class *c, const struct json_value *v)
{
	struct estat *e = s->of;
	const struct estat_code *code;
	struct json_value at;

	shape_set_value(s, c->column, v);
	if (!c->explained)
		return true;
	code = estat_code_of(c, v->text);
	if (code == NULL)
		return shape_refuse(s, v,
		    "code '%.*s' of '%.*s' is not explained in CLASS_INF",
		    slice_width(v->text), v->text.ptr, slice_width(c->id),
		    c->id.ptr);
	at = (struct json_value){ .line = code->line, .column = code->column };
	shape_set(s, c->name_column, code->name, &at);
	if (code->unit.len > 0 && s->cells[e->unit].kind == CELL_NULL)
		shape_set(s, e->unit, code->unit, &at);
	return true;
}

static bool
set_member(struct shape *s, const struct json_value *m)
{
	struct estat *e = s->of;
	struct estat_class *c;

	if (slice_is(m->key, "$"))
		shape_set_value(s, e->value, m);
	else if (slice_is(m->key, "@unit"))
		shape_set_value(s, e->unit, m);
	else if (slice_is(m->key, "@annotation"))
		shape_set_value(s, e->annotation, m);
	else if (m->key.len > 0 && m->key.ptr[0] == '@') {
		c = estat_class_of(&e->classes, m->key);
		if (c == NULL)
			return shape_refuse(s, m,
			    "the observation has '%.*s', which CLASS_INF does "
			    "not explain",
			    slice_width(m->key), m->key.ptr);
		return set_class(s, c, m);
	}
	return true;
}

static bool
estat_item(struct shape *s, const struct shape_item *item)
{
	if (item->value->kind != JSON_OBJECT)
		return shape_refuse(s, item->value,
		    "an observation in VALUE is no object");
	shape_row(s, item->value);
	for (const struct json_value *m = item->value->child; m != NULL;
	     m = m->next)
		if (!set_member(s, m))
			return false;
	return shape_send(s);
}

static const char *const lists[][SHAPE_STEPS] = {
	{ "GET_STATS_DATA", "STATISTICAL_DATA", "DATA_INF", "VALUE" },
};

const struct shape_kind shape_estat = {
	.name = "estat",
	.title = "e-Stat (getStatsData)",
	.looked_for = "'GET_STATS_DATA'",
	.is = is_estat,
	.fine = estat_fine,
	.lists = { .paths = lists, .n = ARRAY_LEN(lists), .single = true },
	.paged = true,
	.size = sizeof(struct estat),
	.document = estat_document,
	.columns = estat_columns,
	.tell = estat_tell,
	.item = estat_item,
};
