/* What is said of a header that was not there. */
#include <stdio.h>

#include "kpid/label.h"
#include "search.h"

#define WHAT_MAX 80
#define HINT_MAX 240

/* The only name that has a text; none: an empty slice. */
static struct slice
only_name(const struct names *names)
{
	struct slice only = { 0 };

	for (size_t i = 0; i < names->n; i++) {
		if (names->keys[i][0] == '\0')
			continue;
		if (only.len > 0)
			return (struct slice){ 0 };
		only = names->columns[i].name;
	}
	return only;
}

char
search_delimiter(const struct search *s, const struct names *names)
{
	const struct slice only = only_name(names);
	char by = '\0';

	if (s->c->format != FORMAT_CSV || only.len == 0)
		return '\0';
	if (s->n_wanted == 0)
		return label_divider(only, s->c->delimiter, NULL);
	for (size_t i = 0; i < s->n_wanted && by == '\0'; i++)
		by = label_divider(only, s->c->delimiter, s->wanted[i].name);
	return by;
}

/* What is not there, as a sentence goes on to say. */
static void
put_what(const struct search *s, char out[WHAT_MAX])
{
	const struct nearest *n = &s->nearest;
	const char *one =
	    n->pattern ? "column name like the pattern" : "column";

	if (n->score > 0 || s->looked <= 1)
		(void)snprintf(out, WHAT_MAX, "the header has no %s", one);
	else
		(void)snprintf(out, WHAT_MAX,
		    "none of the first %zu rows has %s", s->looked,
		    n->pattern ? "a column name like the pattern"
			       : "any of the columns");
}

static const char *
blank_or_has(const struct search *s)
{
	const bool some = s->nearest.there.len > 0;

	if (s->nearest.score == 0 && s->looked > 1)
		return some ? "this one has " : "this one is blank";
	return some ? "it has " : "it is blank";
}

static void
put_hint(const struct search *s, char out[HINT_MAX])
{
	const struct nearest *n = &s->nearest;
	const char *by = n->delimiter == '\t' ? "\\t" : "";

	if (n->there.len > 1 && n->there.ptr[1] == '<')
		(void)snprintf(out, HINT_MAX, "the body looks like a web page");
	else if (n->delimiter != '\0')
		(void)snprintf(out, HINT_MAX,
		    "its fields are divided by another character: \"csv\": { "
		    "\"delimiter\": \"%s%.*s\" }",
		    by, *by == '\0', &n->delimiter);
	else if (n->pattern)
		(void)snprintf(out, HINT_MAX,
		    "'unpivot' makes rows of the columns that the pattern "
		    "fits");
	else if (n->like != NULL)
		(void)snprintf(out, HINT_MAX, "is it '%.160s' now?", n->like);
	else
		(void)snprintf(out, HINT_MAX, "was it renamed?");
}

static bool
refuse_names(const struct search *s, struct kpid_err *err)
{
	const struct nearest *n = &s->nearest;
	const int missing = (int)n->missing.len, there = (int)n->there.len;
	char what[WHAT_MAX], hint[HINT_MAX];

	put_what(s, what);
	put_hint(s, hint);
	return err_set(err, KPID_ECONTRACT,
	    "%s: %s %.*s; %s%.*s. HINT: %s; the contract names it in %s:%d",
	    where_is(s->c, n->line).text, what, missing,
	    missing > 0 ? n->missing.ptr : "", blank_or_has(s), there,
	    there > 0 ? n->there.ptr : "", hint, s->feed->file,
	    n->contract_line);
}

bool
search_refuse(const struct search *s, struct kpid_err *err)
{
	if (s->nearest.any)
		return refuse_names(s, err);
	if (s->by == SEARCH_ROW)
		return err_set(err, KPID_ECONTRACT,
		    "the body ends before its header, which the contract says "
		    "is on row %zu (%s:%d)",
		    s->c->header.row, s->feed->file, s->c->line);
	if (s->pattern != NULL && s->looked > 0)
		return err_set(err, KPID_ECONTRACT,
		    "none of the first %zu rows has a cell like '%s', by "
		    "which the contract knows the header (%s:%d)",
		    s->looked, s->c->header.pattern, s->feed->file, s->c->line);
	return err_set(err, KPID_ECONTRACT,
	    "the body ends before its header: it has no row with text");
}
