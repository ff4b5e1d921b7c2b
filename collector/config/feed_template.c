/* Feeds of many bodies: URLs with words, and directories of files. */
#include <string.h>

#include "kpid/file.h"
#include "kpid/url_words.h"
#include "load.h"

/* The words of f's URL that are no secrets: the finest of a period, and
 * whether one is of an organization. */
static enum url_word_of
finest_word(const struct document *d, const struct feed *f, bool *of_org)
{
	const json_t *secrets = json_object_get(d->root, "secrets");
	enum url_word_of finest = URL_WORD_UNKNOWN;
	struct slice name;

	*of_org = false;
	for (const char *at = f->url; (at = url_secret_find(at, &name)) != NULL;
	     at++) {
		const enum url_word_of of = url_word_of(name);

		if (json_object_getn(secrets, name.ptr, name.len) != NULL)
			continue;
		if (of == URL_WORD_ORG)
			*of_org = true;
		else if (of > finest)
			finest = of;
	}
	return finest;
}

/* How often a URL with these words comes. */
static enum span_kind
span_of(enum url_word_of finest)
{
	return finest == URL_WORD_DAY    ? SPAN_DAY
	    : finest == URL_WORD_MONTH   ? SPAN_MONTH
	    : finest == URL_WORD_QUARTER ? SPAN_QUARTER
	    : finest == URL_WORD_YEAR    ? SPAN_YEAR
					 : SPAN_FISCAL_YEAR;
}

static const json_t *
template_key(const struct document *d, const char *name)
{
	return json_object_get(json_object_get(d->root, "template"), name);
}

static void
organizations_check(const struct document *d, const struct config *cfg,
    struct url_template *t)
{
	const char **one;

	for (size_t i = 0; i < t->n_orgs; i++)
		organization_check(d,
		    arena_printf(d->scratch, "/template/organizations/%zu", i),
		    t->orgs[i]);
	if (!t->of_org && t->n_orgs > 0)
		document_problem(d, "/template/organizations",
		    "'url' names no organization. HINT: write {org} where its "
		    "code belongs");
	if (!t->of_org || t->n_orgs > 0)
		return;
	if (cfg->organization == NULL) {
		document_problem(d, "/url",
		    "whose code is {org}? HINT: add \"template\": "
		    "{ \"organizations\": [ .. ] }");
		return;
	}
	one = arena_array(d->mem, 1, sizeof(*one));
	one[0] = cfg->organization;
	t->orgs = one;
	t->n_orgs = 1;
}

/* Each body is a part of the whole: what it does not state stands elsewhere,
 * and another organization's rows are no measure of its own. */
static void
parts_settle(const struct document *d, struct feed *f)
{
	for (size_t i = 0; i < f->n_contracts; i++)
		if (f->contracts[i].withdraw) {
			document_problem(d, "/contract",
			    "'absent': 'withdraw' would take back what the "
			    "feed's other addresses gave. HINT: leave it out");
			break;
		}
	if (f->template.n_orgs > 1
	    && json_object_get(json_object_get(d->root, "gates"), "rows_drop")
		== NULL)
		f->gates.rows_drop = NULL;
}

void
feed_template_check(const struct document *d, const struct config *cfg,
    struct feed *f)
{
	struct url_template *t = &f->template;
	const json_t *given = json_object_get(d->root, "template");
	enum url_word_of finest;

	if (f->url == NULL)
		return;
	finest = finest_word(d, f, &t->of_org);
	t->of_period = finest != URL_WORD_UNKNOWN;
	t->set = t->of_period || t->of_org;
	if (!t->set && given != NULL)
		document_problem(d, "/template",
		    "'url' has no word that a period or an organization fills. "
		    "HINT: such as {yyyy}, {mm}, {fy}, {org}");
	if (!t->set)
		return;
	if (t->of_period && template_key(d, "frequency") == NULL)
		t->every = span_of(finest);
	organizations_check(d, cfg, t);
	parts_settle(d, f);
}

void
feed_drop_check(const struct document *d, struct feed *f)
{
	if (!f->drop.set || f->url == NULL)
		return;
	if (strncmp(f->url, "file:", 5) != 0)
		document_problem(d, "/drop",
		    "'drop' is for URLs of file:. HINT: a directory, or a "
		    "pattern in one: file:../drop/*.csv");
	if (f->template.set)
		document_problem(d, "/drop",
		    "'drop' takes what comes; it cannot ask for a period. "
		    "HINT: write * in the place of {words}");
	if (strpbrk(path_dir(f->url, d->scratch), "*?[") != NULL)
		document_problem(d, "/url",
		    "only the last part of 'url' may be a pattern");
}
