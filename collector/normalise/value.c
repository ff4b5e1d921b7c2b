/* The cells that hold values: numbers, zeros, missing marks, or rejects. */
#include "mark.h"
#include "normaliser.h"

/* A value of a row on its way: everything but the number. */
struct pending {
	const struct contract_value *value;
	const struct cell *cell;
	struct series_key *series;
	const struct row_key *key;
};

static bool
hand_on(struct normaliser *n, const struct pending *p,
    const struct observation *o, struct kpid_err *err)
{
	series_saw(p->series, p->key->period);
	return n->out->observation(n->out->ctx, o, err);
}

/* The key was readable: what stands in the database for it stays. */
static bool
refuse(struct normaliser *n, const struct pending *p, const char *reason,
    struct kpid_err *err)
{
	struct reject r = { .line = p->cell->line,
		.column = p->cell->column,
		.raw = p->cell->text,
		.reason = reason,
		.series = p->series,
		.period = p->key->period };

	return n->out->reject(n->out->ctx, &r, err);
}

static bool
refuse_number(struct normaliser *n, const struct pending *p, const char *why,
    struct kpid_err *err)
{
	struct slice column = cell_clip(slice_of(p->value->column));
	struct slice mark = cell_clip(slice_trim(p->cell->text));

	if (!mark_unknown(p->cell->text))
		return refuse(n, p,
		    normaliser_reason(n, "column '%.*s': %s",
			slice_width(column), column.ptr, why),
		    err);
	return finding_mark(n, p->cell, p->value->column, err)
	    && refuse(n, p,
		normaliser_reason(n,
		    "unknown mark '%.*s' in "
		    "column '%.*s'",
		    slice_width(mark), mark.ptr, slice_width(column),
		    column.ptr),
		err);
}

static bool
read_cell(struct normaliser *n, const struct pending *p, struct kpid_err *err)
{
	struct observation o = { .series = p->series,
		.period = p->key->period,
		.status = p->key->status,
		.line = p->cell->line,
		.column = p->cell->column,
		.raw = p->cell->text };
	const char *why = "not a number";

	switch (mark_read(n->contract, p->cell, &o.missing)) {
	case MARK_MISSING:
		o.status = missing_status(o.missing);
		return hand_on(n, p, &o, err);
	case MARK_ZERO:
		o.value = slice_of("0");
		return hand_on(n, p, &o, err);
	case MARK_NONE:
	default:
		break;
	}
	if (!number_read(p->cell->text, p->value->unit, p->value->scale,
		&n->value, &why))
		return refuse_number(n, p, why, err);
	o.value = buf_slice(&n->value);
	return hand_on(n, p, &o, err);
}

bool
value_read(struct normaliser *n, const struct row *row,
    const struct row_key *key, size_t value, struct kpid_err *err)
{
	const struct contract *c = n->contract;
	const struct contract_value *v = &c->values[value];
	struct cell absent;
	struct pending p = { .value = v,
		.key = key,
		.cell = row_cell(row, n->map.values[value], &absent) };
	const struct series_want want = {
		.indicator =
		    v->indicator != NULL ? v->indicator : key->indicator,
		.org = key->org,
		.instants = c->frequency != NULL ? c->frequency : "D",
		.period = key->period,
		.dims = buf_slice(&n->dims_text),
	};

	if (want.indicator == NULL)
		return err_set(err, KPID_ECONFIG,
		    "%s:%d: the value '%s' "
		    "names no indicator, nor does the contract",
		    n->feed->file, v->line, v->column);
	if (!series_intern(&n->series, &want, &p.series, err))
		return false;
	if (key->status_why != NULL)
		return refuse(n, &p, key->status_why, err);
	return read_cell(n, &p, err);
}
