/* rooms: base normalise */
/* What number_read accepts is canonical, and reading it again changes
 * nothing. */
#include <stdlib.h>
#include <string.h>

#include "kpid/limits.h"
#include "kpid/normalise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

/* -?digits[.digits], and no zero in front that says nothing. */
static bool
is_canonical(struct slice s)
{
	size_t at = s.len > 0 && s.ptr[0] == '-', first = at, points = 0;

	if (at >= s.len || s.ptr[at] == '.' || s.ptr[s.len - 1] == '.')
		return false;
	if (s.ptr[at] == '0' && at + 1 < s.len && s.ptr[at + 1] != '.')
		return false;
	for (; at < s.len; at++) {
		if (s.ptr[at] == '.')
			points++;
		else if (s.ptr[at] < '0' || s.ptr[at] > '9')
			return false;
	}
	return points <= 1 && s.len - first <= LIMIT_NUMBER_DIGITS + 2;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice cell = { (const char *)data, size };
	const struct number_form form = { .unit = size % 2 ? "件" : NULL,
		.scale = (int)(size % 7) - 3,
		.decimal_comma = size % 5 == 0 };
	struct buf first, again;
	struct slice out, same;
	const char *why = NULL;

	buf_init(&first, 4096);
	buf_init(&again, 4096);
	if (number_read(cell, &form, &first, &out, &why)) {
		must(is_canonical(out));
		must(number_read(out, &(struct number_form){ 0 }, &again, &same,
		    &why));
		must(slice_eq(out, same));
	} else {
		must(why != NULL && strlen(why) > 0);
	}
	buf_release(&first);
	buf_release(&again);
	return 0;
}
