/* Findings of units: what a table says its figures are in is not what the
 * contract takes them for. */
#include <stdio.h>

#include "normaliser.h"
#include "unit_said.h"

#define TEXT_MAX 640

/* A unit that the table says, and where. */
struct told {
	const char *where; /* "of column" */
	struct slice name; /* of that column */
	struct slice unit;
	uint32_t line, column;
	bool suggest; /* it is one for the whole column */
};

static struct slice
value_name(const struct contract_value *v)
{
	return slice_of(v->column == NULL ? "count" : v->column);
}

static void
put_told(const struct told *t, const struct contract_value *v,
    const struct indicator *ind, char out[TEXT_MAX])
{
	struct slice unit = cell_clip(slice_trim(t->unit));
	struct slice name = cell_clip(slice_trim(t->name));
	char is[TEXT_MAX / 2];

	if (v->unit != NULL)
		(void)snprintf(is, sizeof(is),
		    "is not '%.80s', which the contract says", v->unit);
	else if (ind != NULL && ind->unit != NULL)
		(void)snprintf(is, sizeof(is),
		    "is not '%.80s', the unit of the indicator '%.80s'",
		    ind->unit, ind->code);
	else
		(void)snprintf(is, sizeof(is),
		    "does not become that of the row's indicator");
	(void)snprintf(out, TEXT_MAX, "unit '%.*s' %s '%.*s' %s",
	    slice_width(unit), unit.ptr, t->where, slice_width(name), name.ptr,
	    is);
}

/* Held: another unit would change the meaning of every value of it. A new one
 * for a whole column is one that the contract may come to say. */
static bool
tell(struct normaliser *n, const struct told *t, const struct contract_value *v,
    const struct indicator *ind, struct kpid_err *err)
{
	char text[TEXT_MAX], suggestion[TEXT_MAX];
	char name[2 * CLIP_BYTES + 1], bare[2 * CLIP_BYTES + 1];

	put_told(t, v, ind, text);
	finding_quote(value_name(v), name);
	finding_quote(unit_bare(t->unit), bare);
	(void)snprintf(suggestion, sizeof(suggestion),
	    "\"values\": [ { \"column\": \"%s\", \"unit\": \"%s\" } ]", name,
	    bare);
	return finding_once(n,
	    &(struct finding){ .kind = "changed_unit",
		.line = t->line,
		.column = t->column,
		.text = text,
		.suggestion = t->suggest ? suggestion : NULL,
		.holds = true },
	    err);
}

bool
finding_unit(struct normaliser *n, const struct cell *cell, struct slice unit,
    const struct value_plan *p, struct kpid_err *err)
{
	const struct contract_value *v = p->value;
	bool own = v->unit != NULL && unit.ptr == v->unit;
	struct slice clip = cell_clip(unit), name = cell_clip(value_name(v));
	char text[TEXT_MAX];

	if (!own)
		return tell(n,
		    &(struct told){ .where = "of column",
			.name = value_name(v),
			.unit = unit,
			.line = cell->line,
			.column = cell->column },
		    v, p->indicator, err);
	(void)snprintf(text, sizeof(text),
	    "the contract's unit '%.*s' of column '%.*s' does not become that "
	    "of the row's indicator",
	    slice_width(clip), clip.ptr, slice_width(name), name.ptr);
	return finding_once(n,
	    &(struct finding){ .kind = "changed_unit",
		.line = cell->line,
		.column = cell->column,
		.text = text,
		.holds = true },
	    err);
}

static bool
rows_say(const struct normaliser *n)
{
	const struct source *unit = &n->contract->unit;

	return unit->column != NULL || unit->text != NULL
	    || unit->constant != NULL;
}

/* What the figures are taken for; false: only the row knows. */
static bool
want(const struct normaliser *n, const struct contract_value *v,
    const struct indicator *ind, struct unit_wanted *out)
{
	*out = (struct unit_wanted){ .unit = v->unit,
		.by_contract = v->unit != NULL };
	if (v->unit != NULL)
		return true;
	if (rows_say(n) || ind == NULL || ind->unit == NULL)
		return false;
	out->unit = ind->unit;
	out->power = v->scale_set ? v->scale : 0;
	return true;
}

static enum unit_said
in_column(const struct table_column *column, const struct unit_wanted *wanted,
    struct slice *unit)
{
	return slice_trim(column->unit).len > 0
	    ? unit_in_units_row(column->unit, wanted, unit)
	    : unit_in_name(column->name, wanted, unit);
}

/* The first note that says another unit, unless one says the wanted. */
static enum unit_said
in_notes(const struct normaliser *n, const struct unit_wanted *wanted,
    struct slice *unit, const struct cell **at)
{
	enum unit_said all = UNIT_SILENT;

	for (size_t i = 0; i < n->n_notes; i++) {
		struct slice its = { 0 };
		enum unit_said one =
		    unit_in_note(n->notes[i].text, wanted, &its);

		if (one == UNIT_SAME)
			return one;
		if (one == UNIT_OTHER && all == UNIT_SILENT) {
			all = one;
			*unit = its;
			*at = &n->notes[i];
		}
	}
	return all;
}

static bool
check_column(struct normaliser *n, const struct table_column *column,
    const struct value_plan *p, struct kpid_err *err)
{
	struct told t = { .where = "of column",
		.name = column->name,
		.line = column->line,
		.column = column->column,
		.suggest = true };
	const struct cell *note = NULL;
	struct unit_wanted wanted;
	enum unit_said said;

	if (!want(n, p->value, p->indicator, &wanted))
		return true;
	said = in_column(column, &wanted, &t.unit);
	if (said == UNIT_SILENT && !rows_say(n))
		said = in_notes(n, &wanted, &t.unit, &note);
	if (note != NULL) {
		t.where = "above column";
		t.name = value_name(p->value);
		t.line = note->line;
		t.column = note->column;
	}
	return said != UNIT_OTHER || tell(n, &t, p->value, p->indicator, err);
}

/* What unpivot made one column of stands in the grid as several. */
static bool
check_made(struct normaliser *n, const struct table_column *column,
    const struct value_plan *p, struct kpid_err *err)
{
	for (size_t i = 0; i < column->n_of; i++)
		if (!rows_say(n) && !check_column(n, &column->of[i], p, err))
			return false;
	return true;
}

bool
finding_header_units(struct normaliser *n, const struct table_header *h,
    struct kpid_err *err)
{
	for (size_t i = 0; i < n->n_values; i++) {
		const struct value_plan *p = &n->values[i];
		const struct table_column *column;

		if (p->column == NO_COLUMN)
			continue;
		column = &h->columns[p->column];
		if (!(column->n_of > 0 ? check_made(n, column, p, err)
				       : check_column(n, column, p, err)))
			return false;
	}
	return true;
}

/* The value whose figures a row's label, or a note above the table, says to be
 * in another unit; NULL: none. */
static const struct value_plan *
other_value(const struct normaliser *n, struct slice label,
    const struct indicator *ind, struct told *t)
{
	for (size_t i = 0; i < n->n_values; i++) {
		const struct value_plan *p = &n->values[i];
		const struct cell *note = NULL;
		struct unit_wanted wanted;
		enum unit_said said;

		if (p->column == NO_COLUMN || p->indicator != NULL
		    || !want(n, p->value, ind, &wanted))
			continue;
		said = unit_in_name(label, &wanted, &t->unit);
		if (said == UNIT_SILENT && !wanted.by_contract)
			said = in_notes(n, &wanted, &t->unit, &note);
		if (note != NULL) {
			t->where = "above label";
			t->line = note->line;
			t->column = note->column;
		}
		if (said == UNIT_OTHER)
			return p;
	}
	return NULL;
}

bool
label_says_unit(const struct normaliser *n, struct slice label,
    const struct indicator *ind)
{
	struct told unused = { 0 };

	return ind != NULL && other_value(n, label, ind, &unused) != NULL;
}

bool
finding_label_unit(struct normaliser *n, const struct cell *cell,
    struct slice label, const struct indicator *ind, struct kpid_err *err)
{
	struct told t = { .where = "of label",
		.name = label,
		.line = cell->line,
		.column = cell->column };
	const struct value_plan *p = other_value(n, label, ind, &t);

	return p == NULL || tell(n, &t, p->value, ind, err);
}
