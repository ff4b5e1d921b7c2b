/* The cells that hold values: numbers, zeros, missing marks, or rejects. */
#include <string.h>

#include "count.h"
#include "flag.h"
#include "mark.h"
#include "normaliser.h"
#include "numeral.h"
#include "value_rule.h"

/* A value of a row on its way: everything but the number. */
struct pending {
	const struct value_plan *plan;
	const struct indicator *indicator; /* the row's, or NULL */
	const struct cell *cell;
	struct series_key *series;
	struct period period;
	char status;
	const char *status_why; /* not NULL: it is no status */
	struct slice text;      /* what of the cell is read */
};

/* Where no row says a unit, nor an indicator whose unit counts, the scale is
 * known now. One that does not follow from the units is told with the first
 * row. */
static bool
scale_known(struct normaliser *n, struct value_plan *p)
{
	const struct source *unit = &n->contract->unit;

	return (p->indicator != NULL || p->value->unit == NULL
		   || p->value->scale_set)
	    && unit->column == NULL && unit->text == NULL
	    && unit->constant == NULL
	    && unit_scale(n, &(struct row_key){ 0 }, p, &p->rule->form.scale);
}

bool
values_prepare(struct normaliser *n, struct kpid_err *err)
{
	const struct contract *c = n->contract;
	bool plain = !c->decimal_comma && !mark_may_be_plain(c, &n->legend);

	(void)err;
	for (size_t i = 0; i < n->n_values; i++) {
		struct value_plan *p = &n->values[i];

		if (p->rule == NULL)
			p->rule = arena_alloc(n->mem, sizeof(*p->rule));
		p->rule->form = (struct number_form){ .unit = p->value->unit,
			.decimal_comma = c->decimal_comma };
		p->rule->scaled = scale_known(n, p);
		p->rule->plain = plain && p->pattern == NULL;
		p->rule->legend_n = n->legend.n;
		if (p->value->count && n->counts == NULL)
			n->counts = counts_new(n->mem);
	}
	return true;
}

bool
values_end(struct normaliser *n, struct kpid_err *err)
{
	uint64_t groups = 0;

	if (n->counts == NULL)
		return true;
	if (!counts_end(n->counts, n->out, &groups, err))
		return false;
	n->read += groups;
	return true;
}

/* A cell that others cover, or none, is blank. */
static struct slice
cell_text(const struct cell *cell)
{
	return cell->kind == CELL_TEXT ? cell->text : slice_of("");
}

static struct slice
raw_of(const struct cell *cell)
{
	return cell->kind == CELL_MERGED ? slice_of("") : cell_raw(cell);
}

static bool
hand_on(struct normaliser *n, const struct pending *p, struct slice value,
    enum missing missing, struct kpid_err *err)
{
	const struct observation o = { .series = p->series,
		.period = p->period,
		.value = value,
		.missing = missing,
		.status = missing == MISSING_NONE ? p->status
						  : missing_status(missing),
		.line = p->cell->line,
		.column = p->cell->column,
		.raw = raw_of(p->cell) };

	series_saw(p->series, p->period);
	return n->out->observation(n->out->ctx, &o, err);
}

/* The key was readable: what stands in the database for it stays. */
static bool
refuse(struct normaliser *n, const struct pending *p, const char *reason,
    struct kpid_err *err)
{
	const struct reject r = { .line = p->cell->line,
		.column = p->cell->column,
		.raw = raw_of(p->cell),
		.reason = reason,
		.series = p->series,
		.period = p->period };

	return n->out->reject(n->out->ctx, &r, err);
}

static bool
refuse_column(struct normaliser *n, const struct pending *p, const char *why,
    struct kpid_err *err)
{
	struct slice column = cell_clip(slice_of(p->plan->value->column));

	return refuse(n, p,
	    normaliser_reason(n, "column '%.*s': %s", slice_width(column),
		column.ptr, why),
	    err);
}

static bool
refuse_mark(struct normaliser *n, const struct pending *p, struct kpid_err *err)
{
	const char *name = p->plan->value->column;
	struct slice column = cell_clip(slice_of(name));
	struct slice mark = cell_clip(slice_trim(p->cell->text));

	return finding_mark(n, p->cell, name, err)
	    && refuse(n, p,
		normaliser_reason(n, "unknown mark '%.*s' in column '%.*s'",
		    slice_width(mark), mark.ptr, slice_width(column),
		    column.ptr),
		err);
}

static bool
hand_number(struct normaliser *n, const struct pending *p, struct slice value,
    struct kpid_err *err)
{
	if (missing_of_status(p->status) != MISSING_NONE)
		return refuse_column(n, p,
		    "a number beside a status that says there is none", err);
	return hand_on(n, p, value, MISSING_NONE, err);
}

static bool
read_number(struct normaliser *n, const struct pending *p, struct kpid_err *err)
{
	const struct indicator *ind = p->indicator;
	const char *why = "not a number";
	struct slice value;

	/* The unit behind a number: the contract's, or the indicator's. */
	if (p->plan->value->unit == NULL && ind != NULL)
		p->plan->rule->form.unit = ind->unit;
	if (number_read(p->text, &p->plan->rule->form, &n->value, &value, &why))
		return hand_number(n, p, value, err);
	return mark_unknown(p->cell->text) ? refuse_mark(n, p, err)
					   : refuse_column(n, p, why, err);
}

static bool
read_blank(struct normaliser *n, const struct pending *p, struct kpid_err *err)
{
	enum missing reason = missing_of_status(p->status);

	return hand_on(n, p, slice_of(""),
	    reason == MISSING_NONE ? MISSING_NOT_AVAILABLE : reason, err);
}

static bool
read_mark(struct normaliser *n, const struct pending *p, enum mark mark,
    enum missing reason, struct kpid_err *err)
{
	switch (mark) {
	case MARK_BLANK:
		return read_blank(n, p, err);
	case MARK_MISSING:
		return hand_on(n, p, slice_of(""), reason, err);
	case MARK_ZERO:
		return hand_on(n, p, slice_of("0"), MISSING_NONE, err);
	case MARK_UNKNOWN:
		return refuse_mark(n, p, err);
	case MARK_NONE:
	default:
		return read_number(n, p, err);
	}
}

/* The part of the text that the value's pattern takes. *found: there is one.
 * false: *err. */
static bool
take_part(const struct value_plan *plan, struct slice *text, bool *found,
    struct kpid_err *err)
{
	struct slice groups[PATTERN_GROUPS];

	*found = true;
	if (plan->pattern == NULL)
		return true;
	if (!pattern_find(plan->pattern, *text, groups, found, err))
		return false;
	if (*found)
		*text = pattern_taken(plan->pattern, groups);
	return true;
}

/* No mark as it stands: without its flags, footnotes and what the pattern
 * leaves out it may be one (…a), or a number. */
static bool
read_parts(struct normaliser *n, struct pending *p, struct kpid_err *err)
{
	static const char two_flags[] = "two flags that say two things";
	const struct contract *c = n->contract;
	enum missing reason = MISSING_NONE;
	bool found = true;

	if (!flags_cut(c, &p->text, &p->status))
		return refuse_column(n, p, two_flags, err);
	if (!take_part(p->plan, &p->text, &found, err))
		return false;
	if (!found)
		return mark_unknown(p->cell->text)
		    ? refuse_mark(n, p, err)
		    : refuse_column(n, p,
			"the value's pattern is not found in the cell", err);
	if (p->plan->pattern != NULL && !flags_cut(c, &p->text, &p->status))
		return refuse_column(n, p, two_flags, err);

	enum mark mark = mark_read(c, &n->legend, p->text, &reason);

	return read_mark(n, p, mark, reason, err);
}

/* The number of an ordinary cell, which nothing makes a mark: *value, as it
 * stands or in out. */
static bool
is_ordinary(const struct normaliser *n, const struct pending *p,
    char out[NUMERAL_QUICK_MAX], struct slice *value)
{
	const struct value_rule *rule = p->plan->rule;

	if (!rule->plain || rule->legend_n != n->legend.n)
		return false;
	*value = p->text;
	if (rule->form.scale == 0 && numeral_is_plain(p->text))
		return true;
	*value = (struct slice){ out,
		numeral_quick(p->text, rule->form.scale, out) };
	return value->len > 0;
}

static bool
read_cell(struct normaliser *n, struct pending *p, struct kpid_err *err)
{
	const struct contract *c = n->contract;
	enum missing reason = MISSING_NONE;
	char quick[NUMERAL_QUICK_MAX];
	struct slice value;
	enum mark mark;

	p->text = cell_text(p->cell);
	if (is_ordinary(n, p, quick, &value))
		return hand_number(n, p, value, err);
	p->text = slice_trim(p->text);
	mark = mark_read(c, &n->legend, p->text, &reason);
	if (mark == MARK_NONE
	    && (c->n_flags > 0 || c->n_footnotes > 0
		|| p->plan->pattern != NULL))
		return read_parts(n, p, err);
	return read_mark(n, p, mark, reason, err);
}

static bool
refuse_unit(struct normaliser *n, const struct pending *p,
    const struct row_key *key, struct kpid_err *err)
{
	const char *own = p->plan->value->unit;
	struct slice unit =
	    key->unit.len > 0 || own == NULL ? key->unit : slice_of(own);
	struct slice clipped = cell_clip(unit);

	return finding_unit(n, key->unit.len > 0 ? &key->unit_cell : p->cell,
		   unit, p->plan, err)
	    && refuse_column(n, p,
		arena_printf(&n->scratch,
		    "the unit '%.*s' is neither the contract's nor one that "
		    "becomes the indicator's",
		    slice_width(clipped), clipped.ptr),
		err);
}

/* The value's own status, or the row's. */
static bool
status_of(struct normaliser *n, const struct row *row,
    const struct row_key *key, struct pending *p, struct kpid_err *err)
{
	p->status = key->status;
	p->status_why = key->status_why;
	return p->plan->status == NO_COLUMN
	    || status_read(n, row, p->plan->status, &p->status, &p->status_why,
		err);
}

static bool
count_row(struct normaliser *n, const struct pending *p, struct kpid_err *err)
{
	const struct observation row = { .period = p->period,
		.status = p->status,
		.line = p->cell->line,
		.column = p->cell->column };

	if (missing_of_status(p->status) == MISSING_NONE)
		return counts_add(n->counts, p->series, &row, err);
	n->read++;
	return refuse(n, p, "a row whose status says that there is no value",
	    err);
}

bool
value_read(struct normaliser *n, const struct row *row,
    const struct row_key *key, struct value_plan *plan, struct kpid_err *err)
{
	struct cell absent;
	struct pending p = { .plan = plan,
		.indicator =
		    plan->indicator != NULL ? plan->indicator : key->indicator,
		.period = value_period(key, plan),
		.cell = row_cell(row, plan->value->count ? 0 : plan->column,
		    &absent) };

	if (!value_series(n, key, plan, &p.series, err)
	    || !status_of(n, row, key, &p, err))
		return false;
	if (p.status_why != NULL) {
		n->read += plan->value->count;
		return refuse(n, &p, p.status_why, err);
	}
	if (plan->value->count)
		return count_row(n, &p, err);
	if (!plan->rule->scaled
	    && !unit_scale(n, key, plan, &plan->rule->form.scale))
		return refuse_unit(n, &p, key, err);
	return read_cell(n, &p, err);
}
