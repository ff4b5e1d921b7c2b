/* What the texts of a row's fields mean: periods, codes, labels, statuses. */
#include <string.h>

#include "kpid/label.h"
#include "normaliser.h"

bool
read_period(struct normaliser *n, struct slice text, struct memo_value *v,
    struct kpid_err *err)
{
	(void)err;
	if (!period_read_by(text, &n->period_rule, &v->period, &v->why)
	    && v->why == NULL)
		v->why = "unreadable";
	return true;
}

bool
read_org(struct normaliser *n, struct slice text, struct memo_value *v,
    struct kpid_err *err)
{
	(void)err;
	if (!org_read(&n->orgs, text, &v->org, &v->why) && v->why == NULL)
		v->why = "unreadable";
	return true;
}

bool
read_label(struct normaliser *n, struct slice text, struct memo_value *v,
    struct kpid_err *err)
{
	const char *why = NULL;

	(void)err;
	v->indicator = indicator_by_label(n, text, &why, &v->ignored);
	if (v->indicator == NULL && !v->ignored)
		v->why = why;
	return true;
}

/* The codes of SDMX's CL_OBS_STATUS that kpid knows by itself. */
bool
read_status(struct normaliser *n, struct slice text, struct memo_value *v,
    struct kpid_err *err)
{
	const struct contract *c = n->contract;

	(void)err;
	arena_reset(&n->scratch);
	const char *key = label_key(text, &n->scratch);

	v->status = 'A';
	if (key[0] == '\0')
		return true;
	for (size_t i = 0; i < c->n_status_map; i++)
		if (strcmp(key,
			label_key(slice_of(c->status_map[i].from), &n->scratch))
		    == 0) {
			v->status = c->status_map[i].to[0];
			return true;
		}
	v->status = key[0];
	if (key[1] != '\0' || strchr("APEBMQLO", key[0]) == NULL)
		v->why = "a status that the contract does not map";
	return true;
}

static bool
undeclared(const struct source *s)
{
	return s->column == NULL && s->constant == NULL && s->text == NULL;
}

/* Do all values say their period themselves? */
static bool
periods_of_values(const struct normaliser *n)
{
	for (size_t i = 0; i < n->n_values; i++)
		if (!n->values[i].period_set)
			return false;
	return n->n_values > 0;
}

/* What stands in every row when the contract names no column for it. */
static const char *
constant_text(const struct normaliser *n, const struct field *f)
{
	if (f->source->constant != NULL)
		return f->source->constant;
	return f == &n->fields[FIELD_ORG] ? n->cfg->organization : NULL;
}

static bool
may_be_missing(const struct normaliser *n, const struct field *f)
{
	if (f == &n->fields[FIELD_PERIOD])
		return undeclared(f->source) && periods_of_values(n);
	return f != &n->fields[FIELD_ORG]
	    && (undeclared(f->source) || f->source->optional);
}

static bool
read_constant(struct normaliser *n, struct field *f, struct kpid_err *err)
{
	const char *text = constant_text(n, f);
	enum org_form form = n->orgs.form;

	f->constant = (struct memo_value){ .status = 'A' };
	if (text == NULL && may_be_missing(n, f))
		return true;
	if (text == NULL)
		f->constant.why = "the contract does not say where it stands";
	else if (!f->read(n, slice_of(text), &f->constant, err))
		return false;
	n->orgs.form = form; /* ours says nothing of the table's */
	if (f->constant.why == NULL)
		return true;
	return err_set(err, KPID_ECONFIG, "%s: %s%s%s%s: %s",
	    problem_place(n->feed->file,
		f->source->line > 0 ? f->source->line : n->contract->line,
		n->mem),
	    f->what, text == NULL ? "" : " '", text == NULL ? "" : text,
	    text == NULL ? "" : "'", f->constant.why);
}

bool
fields_constants(struct normaliser *n, struct kpid_err *err)
{
	for (size_t i = 0; i <= FIELD_STATUS; i++)
		if (!field_varies(&n->fields[i])
		    && !read_constant(n, &n->fields[i], err))
			return false;
	return true;
}
