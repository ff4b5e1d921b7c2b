/* A draft that does not read well is changed while that helps. */
#include <string.h>

#include "check.h"
#include "kpid/inspect.h"

#define CASE_LABELS 8  /* so many labels describe a case, no series */
#define CASE_DAYS   12 /* more days than a year's reports have */

static uint64_t
cells(const struct verdict *v)
{
	return v->observations + v->rejects + v->contradicting;
}

static bool
is_bad(const struct verdict *v)
{
	return v->observations == 0 || v->rejects * 50 > cells(v);
}

/* Fewer rejects, and not because fewer cells were read. */
static bool
is_better(const struct verdict *a, const struct verdict *b)
{
	return a->rejects < b->rejects && a->observations >= b->observations;
}

/* Each changes the draft; false: it does not apply. */
static bool
repair_ragged(struct guess *g)
{
	if (g->format != FORMAT_CSV)
		return false;
	json_set_text(&g->draft.csv, "rows", "lenient");
	return true;
}

/* Names that are no municipalities are labels. */
static bool
repair_organization(struct guess *g)
{
	json_t *org = g->draft.organization;
	bool found = false;

	if (org == NULL || json_object_get(org, "constant") != NULL)
		return false;
	g->draft.organization = NULL;
	for (size_t i = 0; i < g->n_columns; i++)
		if (g->columns[i].role == ROLE_ORG) {
			g->columns[i].role = ROLE_NONE;
			found = true;
		}
	json_decref(org);
	if (g->wide.orgs && g->wide.label == NULL) {
		g->wide.label = g->wide.period;
		found = true;
	}
	if (found)
		label_guess(g);
	org_constant(g);
	return found;
}

static bool
repair_header(struct guess *g)
{
	if (g->format != FORMAT_CSV && g->format != FORMAT_XLSX)
		return false;
	header_write(g, true);
	return true;
}

static json_t *
copy(json_t *part)
{
	return part == NULL ? NULL : json_deep_copy(part);
}

/* What repairs touch, so that one that does not help can be undone. */
struct kept {
	json_t *csv, *organization, *dimensions, *header, *rows;
};

static struct kept
keep(const struct draft *d)
{
	return (struct kept){ copy(d->csv), copy(d->organization),
		copy(d->dimensions), copy(d->header), copy(d->rows) };
}

static void
drop(struct kept *k)
{
	json_decref(k->csv);
	json_decref(k->organization);
	json_decref(k->dimensions);
	json_decref(k->header);
	json_decref(k->rows);
}

static void
undo(struct draft *d, struct kept *k)
{
	struct kept now = { d->csv, d->organization, d->dimensions, d->header,
		d->rows };

	d->csv = k->csv;
	d->organization = k->organization;
	d->dimensions = k->dimensions;
	d->header = k->header;
	d->rows = k->rows;
	drop(&now);
}

static bool
try_repairs(struct guess *g, int fd, struct verdict *v, bool ok,
    struct kpid_err *err)
{
	static bool (*const repairs[])(struct guess *) = { repair_organization,
		repair_ragged, repair_header };

	for (size_t i = 0; i < ARRAY_LEN(repairs) && (!ok || is_bad(v)); i++) {
		struct kept before = keep(&g->draft);
		size_t n_doubts = g->n_doubts;
		struct kpid_err why = { 0 };
		struct verdict now;

		if (repairs[i](g) && draft_check(g, fd, &now, &why)
		    && (!ok || is_better(&now, v))) {
			*v = now;
			ok = true;
			drop(&before);
			continue;
		}
		undo(&g->draft, &before);
		g->n_doubts = n_doubts;
	}
	if (ok)
		*err = (struct kpid_err){ 0 };
	return ok;
}

static const struct column *
org_column(const struct guess *g)
{
	const struct column *org = NULL;

	for (size_t i = 0; i < g->n_columns; i++)
		if (g->columns[i].role == ROLE_ORG) {
			if (org != NULL)
				return NULL;
			org = &g->columns[i];
		}
	return org;
}

static bool
is_in(const struct column *c, const char *text)
{
	for (size_t i = 0; text != NULL && i < c->n_distinct; i++)
		if (strcmp(c->distinct[i], text) == 0)
			return true;
	return false;
}

/* A few rows that are no local government, among many that are. */
static void
leave_unknown_orgs(struct guess *g, int fd, struct verdict *v)
{
	const struct column *c = org_column(g);
	struct kept before = keep(&g->draft);
	struct kpid_err why = { 0 };
	struct verdict now;
	json_t *list = json_array();

	for (size_t i = 0; c != NULL && i < v->n_reasons; i++)
		if (is_in(c, v->reasons[i].raw))
			(void)json_array_append_new(list,
			    json_string(v->reasons[i].raw));
	if (json_array_size(list) > 0 && v->n_reasons < REASONS
	    && json_array_size(list) * 2 < c->n_distinct) {
		const char *first = json_string_value(json_array_get(list, 0));

		row_test_add(g, "except",
		    row_test(c->reference, "is", json_incref(list)));
		if (draft_check(g, fd, &now, &why) && is_better(&now, v)
		    && !is_bad(&now)) {
			doubt(g,
			    "whether rows such as '%s' in '%s' are wanted: "
			    "they are no local government, and are left out",
			    one_line(first, g->mem), c->reference);
			*v = now;
			json_decref(list);
			drop(&before);
			return;
		}
	}
	json_decref(list);
	undo(&g->draft, &before);
}

static bool
is_reason(const struct verdict *v, const char *text)
{
	for (size_t i = 0; i < v->n_reasons; i++)
		if (strcmp(v->reasons[i].text, text) == 0)
			return true;
	return false;
}

static void
tell_verdict(struct guess *g, const struct verdict *v)
{
	for (size_t i = 0; i < v->n_reasons; i++) {
		const struct told *t = &v->reasons[i];

		doubt(g,
		    "what to do with %llu of %llu cells that are rejected, "
		    "as on %s: %s: '%s'",
		    (unsigned long long)t->n, (unsigned long long)cells(v),
		    place(g, t->line, t->column), one_line(t->text, g->mem),
		    one_line(t->raw != NULL ? t->raw : "", g->mem));
	}
	for (size_t i = 0; i < v->n_findings; i++)
		if (!is_reason(v, v->findings[i].text))
			doubt(g, "what this is (%s): %s",
			    place(g, v->findings[i].line,
				v->findings[i].column),
			    one_line(v->findings[i].text, g->mem));
	if (v->contradicting > 0)
		doubt(g,
		    "what tells rows apart: %llu cells are of the same series "
		    "and period as others, with other values",
		    (unsigned long long)v->contradicting);
	if (v->unchecked)
		doubt(g,
		    "whether rows contradict each other: there are more than "
		    "%d keys, not all were compared",
		    REPEATS_MAX);
}

static size_t
dates(const struct guess *g)
{
	size_t n = 0;

	for (size_t i = 0; has_days(g) && i < g->n_columns; i++)
		if (g->columns[i].role == ROLE_PERIOD
		    && g->columns[i].n_distinct > n)
			n = g->columns[i].n_distinct;
	return n;
}

/* Rows without keys of their own, or each of a series of its own on many
 * different days, or described by many codes, are cases to be counted. */
static bool
are_cases(const struct guess *g, const struct verdict *v)
{
	if (g->wide.n > 0 || g->format == FORMAT_XLSX || g->n_data < 5)
		return false;
	if (json_object_size(g->draft.dimensions) >= CASE_LABELS)
		return true;
	return has_days(g)
	    && (v->contradicting * 5 >= cells(v)
		|| (dates(g) > CASE_DAYS
		    && v->series * 3 > v->observations * 2));
}

static bool
count_cases(struct guess *g, int fd, struct verdict *v)
{
	struct kpid_err why = { 0 };
	struct verdict now;

	if (!are_cases(g, v))
		return true;
	count_guess(g);
	json_decref(g->draft.missing);
	json_decref(g->draft.flags);
	json_decref(g->draft.ignore);
	g->draft.missing = g->draft.flags = g->draft.ignore = NULL;
	ignore_guess(g);
	if (!draft_check(g, fd, &now, &why))
		return false;
	*v = now;
	return true;
}

bool
draft_settle(struct guess *g, int fd, struct kpid_err *err)
{
	struct verdict v = { 0 };
	bool ok = draft_check(g, fd, &v, err);

	if (ok && is_bad(&v))
		leave_unknown_orgs(g, fd, &v);
	ok = try_repairs(g, fd, &v, ok, err);
	if (!ok)
		return false;
	if (!count_cases(g, fd, &v) || v.observations <= v.rejects
	    || v.observations <= v.contradicting)
		return err_set(err, KPID_ECONTRACT,
		    "no table was found: read by the likeliest contract, %llu "
		    "of %llu cells are rejected: %s",
		    (unsigned long long)(v.rejects + v.contradicting),
		    (unsigned long long)cells(&v),
		    v.n_reasons > 0           ? v.reasons[0].text
			: v.contradicting > 0 ? "rows contradict each other"
					      : "there is no value");
	tell_verdict(g, &v);
	return true;
}
