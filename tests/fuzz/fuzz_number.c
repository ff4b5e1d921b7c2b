/* rooms: base normalise */
/* What number_read accepts is canonical, and reading it again changes
 * nothing. */
#include <stdlib.h>
#include <string.h>

#include "kpid/normalise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice cell = { (const char *)data, size };
	struct buf first, again;
	const char *why = NULL;

	buf_init(&first, 4096);
	buf_init(&again, 4096);
	if (number_read(cell, size % 2 ? "件" : NULL, (int)(size % 7) - 3,
		&first, &why)) {
		must(first.len > 0 && first.ptr[first.len - 1] != '.');
		must(number_read(buf_slice(&first), NULL, 0, &again, &why));
		must(slice_eq(buf_slice(&first), buf_slice(&again)));
	} else {
		must(why != NULL && strlen(why) > 0);
	}
	buf_release(&first);
	buf_release(&again);
	return 0;
}
