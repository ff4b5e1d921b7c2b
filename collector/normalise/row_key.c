/* What a row says of all its values: period, organization, indicator, .. */
#include <string.h>

#include "normaliser.h"

/* What comes from a file's name or a URL has no place but the row's. */
void
refuse_row(struct normaliser *n, const struct row *row, const struct field *f,
    const struct cell_text *raw, const char *why, struct reject *reject)
{
	bool text = f->source->text != NULL;
	bool placed = raw->at->line > 0;
	struct slice name =
	    cell_clip(slice_of(text ? f->source->text : f->source->column));

	*reject = (struct reject){ .line = placed ? raw->at->line : row->line,
		.column = placed ? raw->at->column : 1,
		.raw = text ? raw->text : cell_raw(raw->at),
		.reason = normaliser_reason(n, "%s '%.*s': %s",
		    text ? f->what : "column", slice_width(name), name.ptr,
		    why) };
}

/*
 * What the text means, remembered. Refusals of codes are not: a later row may
 * show which digit the table leaves out. NULL: *err.
 */
static const struct memo_value *
text_value(struct normaliser *n, struct field *f, struct slice raw,
    struct kpid_err *err)
{
	const struct memo_value *near = memo_near(f->memo, raw);
	bool known = false;

	if (near != NULL)
		return near;
	struct memo_value *v = memo_at(f->memo, raw, &known);
	struct slice text = raw;

	if (known)
		return v;
	bool ok = field_part(n, f, &text, &v->why, err)
	    && (v->why != NULL || f->read(n, text, v, err));
	if (!ok || (v->why != NULL && f == &n->fields[FIELD_ORG]))
		memo_forget(f->memo, raw);
	if (f == &n->fields[FIELD_INDICATOR])
		v->other_unit = label_says_unit(n, raw, v->indicator);
	return ok ? v : NULL;
}

/* What the field is in this row; NULL: *reject says why it cannot be read, or
 * its reason is NULL and *err says why. */
static const struct memo_value *
field_value(struct normaliser *n, const struct row *row, struct field *f,
    struct reject *reject, struct kpid_err *err)
{
	struct cell_text raw;

	reject->reason = NULL;
	if (!field_varies(f))
		return &f->constant;
	if (!field_raw(n, row, f, &raw, err))
		return NULL;
	const struct memo_value *v = text_value(n, f, raw.text, err);

	if (v == NULL || v->why == NULL)
		return v;
	refuse_row(n, row, f, &raw, v->why, reject);
	return NULL;
}

/* What of the cell is no label is told, unless its pattern finds none: then no
 * entry of a map would help. */
static bool
tell_label(struct normaliser *n, const struct row *row, struct field *f,
    struct kpid_err *err)
{
	struct cell_text raw;
	const char *why = NULL;

	return field_raw(n, row, f, &raw, err)
	    && field_part(n, f, &raw.text, &why, err)
	    && (why != NULL || finding_label(n, raw.at, raw.text, err));
}

/* A label that says another unit than is taken; where the cell is a part of a
 * header's name, the rest of the name may say it. */
static bool
check_unit(struct normaliser *n, const struct row *row, struct field *f,
    const struct memo_value *v, struct kpid_err *err)
{
	struct cell_text raw;
	const struct indicator *ind = v->indicator;
	bool other = v->other_unit;
	struct slice whole;

	if (!field_varies(f))
		return true;
	if (!field_raw(n, row, f, &raw, err))
		return false;
	whole = cell_raw(raw.at);
	if (!other && raw.at->raw.ptr != NULL)
		other = label_says_unit(n, whole, ind);
	return !other
	    || finding_label_unit(n, raw.at, v->other_unit ? raw.text : whole,
		ind, err);
}

/* The indicator's label; one that is unknown is a finding too. */
static bool
label_read(struct normaliser *n, const struct row *row, struct row_key *out,
    struct reject *reject, struct kpid_err *err)
{
	struct field *f = &n->fields[FIELD_INDICATOR];
	const struct memo_value *v = field_value(n, row, f, reject, err);

	if (v != NULL) {
		out->indicator = v->indicator;
		out->ignored = v->ignored;
		return check_unit(n, row, f, v, err);
	}
	if (reject->reason != NULL && !tell_label(n, row, f, err))
		reject->reason = NULL;
	return false;
}

bool
status_read(struct normaliser *n, const struct row *row, size_t column,
    char *status, const char **why, struct kpid_err *err)
{
	struct cell absent;
	const struct cell *cell = row_cell(row, column, &absent);
	const struct memo_value *v =
	    text_value(n, &n->fields[FIELD_STATUS], cell->text, err);

	if (v == NULL)
		return false;
	*status = v->status;
	*why = v->why;
	return v->why == NULL || finding_status(n, cell, err);
}

/* A status that is not known makes rejects of the values, whose key is. */
static bool
row_status(struct normaliser *n, const struct row *row, struct row_key *out,
    struct kpid_err *err)
{
	struct field *f = &n->fields[FIELD_STATUS];
	struct cell_text raw;

	out->status = f->constant.status;
	if (!field_varies(f))
		return true;
	if (f->place->n_parts == 0)
		return status_read(n, row, f->place->column, &out->status,
		    &out->status_why, err);
	if (!field_raw(n, row, f, &raw, err))
		return false;
	const struct memo_value *v = text_value(n, f, raw.text, err);

	if (v == NULL)
		return false;
	out->status = v->status;
	out->status_why = v->why;
	return v->why == NULL || finding_status(n, raw.at, err);
}

/* A unit in which the pattern is not found is none that the row says. */
static bool
row_unit(struct normaliser *n, const struct row *row, struct row_key *out,
    struct kpid_err *err)
{
	struct field *f = &n->fields[FIELD_UNIT];
	struct cell_text raw;
	const char *why = NULL;

	if (!field_varies(f))
		return true;
	if (!field_raw(n, row, f, &raw, err))
		return false;
	out->unit_cell = *raw.at;
	if (!field_part(n, f, &raw.text, &why, err))
		return false;
	if (why == NULL)
		out->unit = raw.text;
	return true;
}

/* A row without values may still say the year of those below it. */
static bool
ignore_row(struct normaliser *n, const struct row *row, struct kpid_err *err)
{
	struct reject unused = { 0 };

	return !n->contract->inherit
	    || field_value(n, row, &n->fields[FIELD_PERIOD], &unused, err)
	    != NULL
	    || unused.reason != NULL;
}

static bool
period_and_org(struct normaliser *n, const struct row *row, struct row_key *out,
    struct reject *reject, struct kpid_err *err)
{
	const struct memo_value *v =
	    field_value(n, row, &n->fields[FIELD_PERIOD], reject, err);

	if (v == NULL)
		return false;
	out->period = v->period;
	v = field_value(n, row, &n->fields[FIELD_ORG], reject, err);
	if (v == NULL)
		return false;
	out->org = v->org;
	return true;
}

bool
row_key_read(struct normaliser *n, const struct row *row, struct row_key *out,
    struct reject *reject, struct kpid_err *err)
{
	out->unit = (struct slice){ NULL, 0 };
	out->status_why = NULL;
	reject->reason = NULL;
	if (!label_read(n, row, out, reject, err))
		return false;
	if (out->ignored)
		return ignore_row(n, row, err);
	return period_and_org(n, row, out, reject, err)
	    && row_status(n, row, out, err) && row_unit(n, row, out, err)
	    && dims_read(n, row, reject, err);
}
