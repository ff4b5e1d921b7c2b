#include "template.h"

#include <string.h>

/* The place of the next brace that is no sign of its own; end when there is
 * none. */
static const char *
next_brace(const char *at, const char *end)
{
	for (; at < end; at++) {
		if (*at != '{' && *at != '}')
			continue;
		if (at + 1 == end || at[1] != *at)
			return at;
		at++;
	}
	return end;
}

bool
template_next(struct slice *rest, struct slice *name)
{
	const char *end = rest->ptr + rest->len;
	const char *open = next_brace(rest->ptr, end), *close;

	if (open == end)
		return false;
	close = memchr(open, '}', (size_t)(end - open));
	if (close == NULL)
		return false;
	*name = (struct slice){ open + 1, (size_t)(close - open - 1) };
	*rest = (struct slice){ close + 1, (size_t)(end - close - 1) };
	return true;
}

static bool
refuse_brace(const char *text, char has, char lacks, struct kpid_err *err)
{
	return err_set(err, KPID_ECONFIG,
	    "'%s' holds a '%c' without its '%c'. HINT: the sign itself is "
	    "written '%c%c'",
	    text, has, lacks, has, has);
}

size_t
group_number(struct slice name)
{
	return name.len == 1 && name.ptr[0] >= '1' && name.ptr[0] <= '9'
	    ? (size_t)(name.ptr[0] - '0')
	    : 0;
}

bool
template_check(const char *text, struct kpid_err *err)
{
	const char *end = text + strlen(text), *at = text, *open;
	size_t names = 0;

	while ((open = next_brace(at, end)) < end) {
		if (*open == '}')
			return refuse_brace(text, '}', '{', err);
		at = open + 1 + strcspn(open + 1, "{}");
		if (*at != '}')
			return refuse_brace(text, '{', '}', err);
		if (at == open + 1)
			return err_set(err, KPID_ECONFIG,
			    "'%s' names no column between its braces", text);
		at++;
		names++;
	}
	if (names == 0)
		return err_set(err, KPID_ECONFIG,
		    "'%s' names no column. HINT: \"{年}年\" takes the cell of "
		    "the column 年; a text that is the same in every row is a "
		    "'constant'",
		    text);
	return true;
}
