/* Flags before and behind numbers; the longest mark goes first. */
#include "flag.h"

#include <string.h>

#include "normaliser.h"

static bool
ends_in(struct slice text, struct slice mark)
{
	return mark.len > 0 && mark.len < text.len
	    && memcmp(text.ptr + text.len - mark.len, mark.ptr, mark.len) == 0;
}

static bool
begins_with(struct slice text, struct slice mark)
{
	return mark.len > 0 && mark.len < text.len
	    && memcmp(text.ptr, mark.ptr, mark.len) == 0;
}

/* The longest flag at either end, or NULL. */
static const struct pair *
longest(const struct contract *c, struct slice text)
{
	const struct pair *found = NULL;

	for (size_t i = 0; i < c->n_flags; i++) {
		struct slice mark = slice_of(c->flags[i].from);

		if ((ends_in(text, mark) || begins_with(text, mark))
		    && (found == NULL || mark.len > strlen(found->from)))
			found = &c->flags[i];
	}
	return found;
}

static struct slice
without(struct slice text, struct slice mark)
{
	if (!ends_in(text, mark))
		text.ptr += mark.len;
	text.len -= mark.len;
	return slice_trim(text);
}

bool
flags_cut(const struct contract *c, struct slice *text, char *status)
{
	struct slice rest = footnotes_cut(c, *text);
	const struct pair *flag;
	char said = '\0';

	while ((flag = longest(c, rest)) != NULL) {
		if (said != '\0' && said != flag->to[0])
			return false;
		said = flag->to[0];
		rest = footnotes_cut(c, without(rest, slice_of(flag->from)));
	}
	*text = rest;
	if (said != '\0')
		*status = said;
	return true;
}
