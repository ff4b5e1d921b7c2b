/* Values of options that say a day, an instant or an organization: refused
 * here, in words, instead of by the database's type of the parameter. */
#include <string.h>

#include "cli.h"
#include "kpid/civil.h"

static bool
is_day(struct slice text)
{
	struct period p;

	return period_parse(text, &p) && p.kind == SPAN_DAY;
}

static bool
is_instant(struct slice text)
{
	usec at;

	return instant_parse(text, &at);
}

static bool
is_org(struct slice text)
{
	return text.len == 6 && strspn(text.ptr, "0123456789") == text.len;
}

static const struct {
	const char *option;
	bool (*is)(struct slice text);
	const char *what, *hint;
} kinds[] = {
	{ "as-of", is_day, "day", "write it as 2024-09-30" },
	{ "from", is_day, "day", "write it as 2024-09-30" },
	{ "to", is_day, "day", "write it as 2024-09-30" },
	{ "until", is_day, "day", "write it as 2024-09-30" },
	{ "known-at", is_instant, "instant",
	    "write it as 2024-10-01T09:00:00+09:00" },
	{ "org", is_org, "organization",
	    "give its six digits "
	    "(全国地方公共団体コード), such as 202037" },
};

int
cli_check_values(const struct cli *cli)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		const char *text = cli_option(cli, kinds[i].option);

		/* Which of backfill are periods of any length. */
		if (kinds[i].is == is_day && cli->command->run == cmd_backfill)
			continue;
		if (text != NULL && !kinds[i].is(slice_of(text)))
			return cli_usage("--%s '%s' is no %s. HINT: %s",
			    kinds[i].option, text, kinds[i].what,
			    kinds[i].hint);
	}
	return -1;
}
