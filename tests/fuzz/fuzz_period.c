/* rooms: base config normalise */
/* What period_read accepts is a stretch of days that its own text names. */
#include <stdlib.h>
#include <string.h>

#include "../../collector/normalise/period_rule.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

/* A period is a stretch of days that its own text names. */
static void
check(struct period p)
{
	char text[PERIOD_TEXT_MAX];
	struct period again;

	must(p.first <= p.last && p.first >= DAY_MIN && p.last <= DAY_MAX);
	struct slice named = { text, period_text(p, text) };

	must(period_parse(named, &again));
	must(again.first == p.first && again.last == p.last);
}

/* The first two bytes are the contract, the rest a column of cells. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct period_rule rule;
	const char *why = NULL, *text = (const char *)data;

	if (size < 2)
		return 0;
	const struct contract_value count = { .count = true };
	const struct contract c = {
		.period_as = (enum period_as)(data[0] % 10),
		.era = data[0] & 0x10 ? "令和" : NULL,
		.inherit = (data[0] & 0x20) != 0,
		.values = &count,
		.n_values = data[0] >> 7,
		.shift = (int8_t)data[1],
	};

	must(period_rule_new(&c, &rule, &why));
	for (size_t at = 2; at < size;) {
		const char *end = memchr(text + at, '\n', size - at);
		size_t len =
		    end == NULL ? size - at : (size_t)(end - text) - at;
		struct slice cell = { text + at, len };
		struct period p;

		why = NULL;
		if (period_read_by(cell, &rule, &p, &why))
			check(p);
		else
			must(why != NULL && why[0] != '\0');
		at += len + 1;
	}
	return 0;
}
