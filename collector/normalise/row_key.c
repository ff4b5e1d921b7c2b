/* What a row says of all its values: period, organization, indicator, .. */
#include <string.h>

#include "normaliser.h"

/* One field of the key: a constant of the contract, or a cell of the row. */
struct field {
	const struct source *source;
	const struct memo_value *constant;
	size_t column; /* NO_COLUMN: the constant */
	struct memo *memo;
	void (*read)(struct normaliser *n, struct slice text,
	    struct memo_value *v);
};

static void
read_period(struct normaliser *n, struct slice text, struct memo_value *v)
{
	if (!period_read(text, n->contract->period_as, n->contract->era,
		&v->period, &v->why)
	    && v->why == NULL)
		v->why = "unreadable";
}

static void
read_org(struct normaliser *n, struct slice text, struct memo_value *v)
{
	if (!org_code_read_as(text, &n->org_form, &v->org, &v->why)
	    && v->why == NULL)
		v->why = "unreadable";
}

static void
read_label(struct normaliser *n, struct slice text, struct memo_value *v)
{
	const char *why = NULL;

	v->code = indicator_by_label(n, text, &why);
	if (v->code == NULL)
		v->why = why;
}

static void
read_status(struct normaliser *n, struct slice text, struct memo_value *v)
{
	const struct contract *c = n->contract;

	arena_reset(&n->scratch);
	const char *key = label_key(text, &n->scratch);

	v->status = 'A';
	if (key[0] == '\0')
		return;
	for (size_t i = 0; i < c->n_status_map; i++)
		if (strcmp(key,
			label_key(slice_of(c->status_map[i].from), &n->scratch))
		    == 0) {
			v->status = c->status_map[i].to[0];
			return;
		}
	v->status = key[0];
	if (key[1] != '\0' || strchr("APEB", key[0]) == NULL)
		v->why = "a status that the contract does not map";
}

/* A period or code that is the same in all rows. */
static struct memo_value
constant(struct normaliser *n, const struct source *source,
    const char *fallback,
    void (*read)(struct normaliser *, struct slice, struct memo_value *))
{
	const char *text =
	    source->constant != NULL ? source->constant : fallback;
	struct memo_value v = { 0 };

	if (source->column != NULL)
		return v;
	if (text == NULL)
		v.why = "the contract does not say where it stands";
	else
		read(n, slice_of(text), &v);
	return v;
}

void
row_key_prepare(struct normaliser *n)
{
	const struct contract *c = n->contract;
	enum org_form form = n->org_form;

	indicator_names(n);
	dims_prepare(n);
	n->period = constant(n, &c->period, NULL, read_period);
	n->org = constant(n, &c->organization, n->cfg->organization, read_org);
	n->org_form = form; /* ours says nothing of the table's */
	n->indicator =
	    c->indicator.column == NULL && c->indicator.constant == NULL
	    ? (struct memo_value){ 0 }
	    : constant(n, &c->indicator, NULL, read_label);
}

static bool
check_constant(const struct normaliser *n, const char *what,
    const struct source *source, const struct memo_value *v,
    struct kpid_err *err)
{
	if (v->why == NULL)
		return true;
	return err_set(err, KPID_ECONFIG, "%s:%d: %s%s%s%s: %s", n->feed->file,
	    source->line, what, source->constant == NULL ? "" : " '",
	    source->constant == NULL ? "" : source->constant,
	    source->constant == NULL ? "" : "'", v->why);
}

bool
row_key_check(const struct normaliser *n, struct kpid_err *err)
{
	const struct contract *c = n->contract;

	return check_constant(n, "period", &c->period, &n->period, err)
	    && check_constant(n, "organization", &c->organization, &n->org, err)
	    && check_constant(n, "indicator", &c->indicator, &n->indicator,
		err);
}

/* A cell of the key that cannot be read: the whole row is a reject. */
static void
refuse_row(struct normaliser *n, const char *column, const struct cell *cell,
    const char *why, struct reject *reject)
{
	struct slice name = cell_clip(slice_of(column));

	*reject = (struct reject){ .line = cell->line,
		.column = cell->column,
		.raw = cell->text,
		.reason = normaliser_reason(n, "column '%.*s': %s",
		    slice_width(name), name.ptr, why) };
}

/*
 * What the field is in this row; NULL: *reject says why it cannot be read.
 * Refusals of codes are not remembered: a later row may show which digit the
 * table leaves out.
 */
static const struct memo_value *
field_read(struct normaliser *n, const struct row *row, const struct field *f,
    struct reject *reject)
{
	struct cell absent;
	bool known = false;

	if (f->column == NO_COLUMN)
		return f->constant;
	const struct cell *cell = row_cell(row, f->column, &absent);
	struct memo_value *v = memo_at(f->memo, cell->text, &known);

	if (!known)
		f->read(n, cell->text, v);
	if (v->why == NULL)
		return v;
	refuse_row(n, f->source->column, cell, v->why, reject);
	if (f->memo == n->orgs)
		memo_forget(f->memo, cell->text);
	return NULL;
}

/* The indicator's label; one that is unknown is a finding too. */
static bool
label_read(struct normaliser *n, const struct row *row, struct row_key *out,
    struct reject *reject, struct kpid_err *err)
{
	const struct field f = { &n->contract->indicator, &n->indicator,
		n->map.indicator, n->labels, read_label };
	const struct memo_value *v = field_read(n, row, &f, reject);
	struct cell absent;

	if (v == NULL) {
		if (!finding_label(n, row_cell(row, f.column, &absent), err))
			reject->reason = NULL;
		return false;
	}
	out->indicator = v->code;
	return true;
}

/* A status that is not known makes rejects of the values, whose key is. */
static bool
status_read(struct normaliser *n, const struct row *row, struct row_key *out,
    struct kpid_err *err)
{
	struct cell absent;
	bool known = false;

	out->status = 'A';
	if (n->map.status == NO_COLUMN)
		return true;
	const struct cell *cell = row_cell(row, n->map.status, &absent);
	struct memo_value *v = memo_at(n->statuses, cell->text, &known);

	if (!known)
		read_status(n, cell->text, v);
	out->status = v->status;
	out->status_why = v->why;
	return v->why == NULL || finding_status(n, cell, err);
}

bool
row_key_read(struct normaliser *n, const struct row *row, struct row_key *out,
    struct reject *reject, struct kpid_err *err)
{
	const struct contract *c = n->contract;
	const struct field period = { &c->period, &n->period, n->map.period,
		n->periods, read_period };
	const struct field org = { &c->organization, &n->org,
		n->map.organization, n->orgs, read_org };
	const struct memo_value *v = field_read(n, row, &period, reject);

	*out = (struct row_key){ 0 };
	if (v == NULL)
		return false;
	out->period = v->period;
	v = field_read(n, row, &org, reject);
	if (v == NULL)
		return false;
	out->org = v->org;
	if (!label_read(n, row, out, reject, err))
		return false;
	reject->reason = NULL; /* from here on *err tells */
	return status_read(n, row, out, err) && dims_read(n, row, err);
}
