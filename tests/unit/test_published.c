/* rooms: base config schedule decode parse layout normalise body */
/* When a source says that it published a body. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kpid/body.h"

struct published_case {
	const char *why;
	struct published_rule rule;
	const char *body, *header;
	const char *want; /* the instant, or why not */
};

static const char *
published(const struct published_case *c, enum feed_format format,
    struct arena *mem)
{
	static char told[INSTANT_TEXT_MAX];
	const struct contract contract = { .format = format,
		.encoding = "auto",
		.records = "$.d[*]",
		.delimiter = ',',
		.quote = '"' };
	const struct feed feed = { .name = "a",
		.file = "feeds/a.json",
		.url = "https://example.jp/d/card_20241001.csv?x=1",
		.time_zone = "Asia/Tokyo",
		.published = c->rule,
		.contracts = &contract,
		.n_contracts = 1 };
	const struct config cfg = { .time_zone = "Asia/Tokyo" };
	struct kpid_err err = { 0 };
	struct published out;
	FILE *file = tmpfile();

	cr_assert(file != NULL && fputs(c->body, file) >= 0
	    && fflush(file) == 0);
	const struct body body = {
		.cfg = &cfg, .feed = &feed, .fd = fileno(file)
	};

	cr_assert(body_published(&body, c->header, mem, &out, &err), "%s: %s",
	    c->why, err.msg);
	(void)fclose(file);
	if (!out.found)
		return out.why != NULL ? out.why : "nobody asked";
	(void)instant_text(out.at, told);
	return told;
}

static const struct published_case csv_cases[] = {
	{ "no rule", { 0 }, "a,b\n", "Tue, 01 Oct 2024 08:12:31 GMT",
	    "nobody asked" },
	{ "the server's header", { true, PUBLISHED_LAST_MODIFIED, NULL },
	    "a,b\n", "Tue, 01 Oct 2024 08:12:31 GMT", "2024-10-01T08:12:31Z" },
	{ "no header", { true, PUBLISHED_LAST_MODIFIED, NULL }, "a,b\n", NULL,
	    "the server said no Last-Modified" },
	{ "a header that is no date", { true, PUBLISHED_LAST_MODIFIED, NULL },
	    "a,b\n", "yesterday", "the server said no Last-Modified" },
	{ "a date in the file's name", { true, PUBLISHED_URL, "_(\\d{8})\\." },
	    "a,b\n", NULL, "2024-10-01T14:59:59.999999Z" },
	{ "a title with an era", { true, PUBLISHED_TEXT, "（(.+?)公表）" },
	    "マイナンバーカード（令和6年10月1日公表）\n年月,枚数\n", NULL,
	    "2024-10-01T14:59:59.999999Z" },
	{ "in a cell of its own",
	    { true, PUBLISHED_TEXT, "公表日[,\\t]+([^,\\n]+)" },
	    "公表日,2024/10/1\n年月,枚数\n", NULL,
	    "2024-10-01T14:59:59.999999Z" },
	{ "a month counts to its end", { true, PUBLISHED_TEXT, "(\\S+)公表" },
	    "2024年9月公表\na,b\n", NULL, "2024-09-30T14:59:59.999999Z" },
	{ "a time with its zone", { true, PUBLISHED_TEXT, "at (\\S+)" },
	    "# at 2024-10-01T09:00:00+09:00\n", NULL, "2024-10-01T00:00:00Z" },
	{ "a pattern that finds nothing",
	    { true, PUBLISHED_TEXT, "公表日(.*)" }, "年月,枚数\n", NULL,
	    "the pattern of 'published' was not found" },
	{ "one that takes no date", { true, PUBLISHED_TEXT, "公表日(.*)" },
	    "公表日は未定\n", NULL,
	    "'は未定', which 'published' takes, is no date" },
};

Test(published, of_tables)
{
	CLEANUP(arena_release) struct arena mem = { 0 };

	for (size_t i = 0; i < sizeof(csv_cases) / sizeof(*csv_cases); i++) {
		const char *got = published(&csv_cases[i], FORMAT_CSV, &mem);

		cr_expect_str_eq(got, csv_cases[i].want, "row %zu (%s): %s", i,
		    csv_cases[i].why, got);
	}
}

Test(published, of_json_beside_its_rows)
{
	static const struct published_case rows[] = {
		{ "e-Stat's own date",
		    { true, PUBLISHED_TEXT,
			"\"UPDATED_DATE\":\\s*\"([0-9-]+)\"" },
		    "{\"T\":{\"UPDATED_DATE\": \"2024-10-01\"},\"d\":[]}", NULL,
		    "2024-10-01T14:59:59.999999Z" },
		{ "SDMX says when it was prepared",
		    { true, PUBLISHED_TEXT, "\"prepared\":\"([^\"]+)\"" },
		    "{\"header\":{\"prepared\":\"2024-10-01T03:04:05Z\"}}",
		    NULL, "2024-10-01T03:04:05Z" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *got = published(&rows[i], FORMAT_JSON, &mem);

		cr_expect_str_eq(got, rows[i].want, "row %zu (%s): %s", i,
		    rows[i].why, got);
	}
}

/* A date far behind the beginning is somebody else's. */
Test(published, only_the_beginning_is_looked_at)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct published_case c = { "far",
		{ true, PUBLISHED_TEXT, "at (\\S+)" }, NULL, NULL, NULL };
	char *text = arena_alloc(&mem, 200000);

	memset(text, 'x', 199000);
	memcpy(text + 100000, "\nat 2024-10-01\n", 15);
	c.body = text;
	cr_expect_str_eq(published(&c, FORMAT_CSV, &mem),
	    "the pattern of 'published' was not found");
}
