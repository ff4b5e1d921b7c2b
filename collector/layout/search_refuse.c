/* What is said of a header that was not there. */
#include <stdio.h>

#include "search.h"

static bool
refuse_names(const struct search *s, struct kpid_err *err)
{
	const struct nearest *n = &s->nearest;
	const int missing = (int)n->missing.len, there = (int)n->there.len;
	const char *like = n->like;
	char what[80] = "the header has no column";
	const char *has = "it has";

	if (n->score == 0 && s->looked > 1) {
		(void)snprintf(what, sizeof(what),
		    "none of the first %zu rows has any of the columns",
		    s->looked);
		has = "this one has";
	}
	if (there > 1 && n->there.ptr[1] == '<')
		return err_set(err, KPID_ECONTRACT,
		    "%s: %s %.*s; %s %.*s. HINT: the body looks like a "
		    "web page; the contract names it in %s:%d",
		    where_is(s->c, n->line).text, what, missing,
		    missing > 0 ? n->missing.ptr : "", has, there, n->there.ptr,
		    s->feed->file, n->contract_line);
	return err_set(err, KPID_ECONTRACT,
	    "%s: %s %.*s; %s %.*s. HINT: %s%s%s; the contract names it "
	    "in %s:%d",
	    where_is(s->c, n->line).text, what, missing,
	    missing > 0 ? n->missing.ptr : "", has, there,
	    there > 0 ? n->there.ptr : "",
	    like == NULL ? "was it renamed?" : "is it '",
	    like == NULL ? "" : like, like == NULL ? "" : "' now?",
	    s->feed->file, n->contract_line);
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
