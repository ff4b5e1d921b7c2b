/* rooms: base normalise */
/* What period_read accepts is a stretch of days that its own text names. */
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
	enum period_as as = (enum period_as)(size % 7);
	struct period p, again;
	char text[PERIOD_TEXT_MAX];
	const char *why = NULL;

	if (!period_read(cell, as, size % 3 ? "令和" : NULL, &p, &why)) {
		must(why != NULL && strlen(why) > 0);
		return 0;
	}
	must(p.first <= p.last && p.first >= DAY_MIN && p.last <= DAY_MAX);
	struct slice named = { text, period_text(p, text) };

	must(period_parse(named, &again));
	must(again.first == p.first && again.last == p.last);
	return 0;
}
