/* rooms: base config */
/* A directory of many feeds: what stays of each, and whose indicators are
 * known when. */
#include <criterion/criterion.h>
#include <ftw.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kpid/config.h"

/* Written below a directory of the test's own, which is where it runs. */
PRINTF(2, 3)
static void
put(const char *path, const char *fmt, ...)
{
	FILE *file = fopen(path, "w");
	va_list ap;

	cr_assert_not_null(file, "%s", path);
	va_start(ap, fmt);
	(void)vfprintf(file, fmt, ap);
	va_end(ap);
	(void)fclose(file);
}

/* Whatever stands in it, kpid.json and the feeds' directory are new. */
static void
begin(void)
{
	char room[] = "/tmp/kpid-many-XXXXXX";

	cr_assert_not_null(mkdtemp(room));
	cr_assert_eq(chdir(room), 0);
	cr_assert_eq(mkdir("feeds", 0700), 0);
	put("kpid.json",
	    "{\"organization\": \"202037\", \"state\": \"state\","
	    " \"database\": {\"url\": \"postgresql://kpid@/kpi\"},"
	    " \"indicators\": \"indicators.json\", \"feeds\": \"feeds\"}");
}

static int
take_away(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

static void
end(void)
{
	char room[4096];

	cr_assert_not_null(getcwd(room, sizeof(room)));
	cr_expect_eq(nftw(room, take_away, 8, FTW_DEPTH | FTW_PHYS), 0);
}

static void
put_indicators(size_t n)
{
	FILE *file = fopen("indicators.json", "w");

	cr_assert_not_null(file);
	(void)fprintf(file, "{\"indicators\": [");
	for (size_t i = 0; i < n; i++)
		(void)fprintf(file,
		    "%s{\"indicator\": \"kind%zu\", \"name_ja\": \"種類%zu\","
		    " \"unit\": \"件\", \"measure\": \"flow\"}",
		    i == 0 ? "" : ",\n", i, i);
	(void)fprintf(file, "]}");
	(void)fclose(file);
}

#define OWN                                                                    \
	", \"indicators\": [{\"indicator\": \"own\", \"name_ja\": \"独自\"," \
	" \"unit\": \"件\", \"measure\": \"flow\"}]"

/* One that reads `code`; more: other keys. */
static void
put_feed(const char *name, const char *code, const char *more)
{
	char path[64];

	(void)snprintf(path, sizeof(path), "feeds/%s.json", name);
	put(path,
	    "{\"feed\": \"%s\",\n"
	    " \"title\": \"届出\", \"owner\": \"a@example.jp\",\n"
	    " \"url\": \"https://www.example.jp/table/%s.csv\",\n"
	    " \"schedule\": \"0 6 * * *\",\n"
	    " \"contract\": {\"format\": \"csv\",\n"
	    "  \"period\": {\"column\": \"年月\"},\n"
	    "  \"values\": [{\"column\": \"件数\",\n"
	    "    \"indicator\": \"%s\"}]}%s}",
	    name, name, code, more);
}

static size_t
in_use(void)
{
	const struct mallinfo2 now = mallinfo2();

	return now.uordblks + now.hblkhd;
}

/* What the files are read with is gone, and the same of one feed does not grow
 * with the indicators. */
Test(config_many, a_feed_takes_little_more_than_its_texts)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct problems all = { .mem = &mem };
	struct config cfg;
	char name[16];

	begin();
	put_indicators(200);
	for (int i = 0; i < 400; i++) {
		(void)snprintf(name, sizeof(name), "f%d", i);
		put_feed(name, "kind7", "");
	}
	const size_t before = in_use();

	cr_assert(config_load("kpid.json", &mem, &cfg, &all), "%s",
	    all.n > 0 ? all.list[0].text : "");
	const size_t after = in_use();

	cr_assert_eq(cfg.n_feeds, 400);
	cr_expect_lt((after - before) / 400, 3500,
	    "%zu bytes a feed, 1,600 of them structs", (after - before) / 400);
	end();
}

/* The same whether the file that brings it along comes before or after. */
Test(config_many, an_indicator_may_come_from_a_later_file)
{
	static const struct {
		const char *brings, *reads[2];
		size_t n_indicators; /* of the service's own file */
	} table[] = {
		{ "a", { "b", "c" }, 3 },
		{ "b", { "a", "c" }, 3 },
		{ "c", { "a", "b" }, 3 },
		{ "c", { "a", "b" }, 0 },
	};
	static const char *const names[] = { "a", "b", "c" };

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		struct problems all = { .mem = &mem };
		struct config cfg;

		begin();
		put_indicators(table[i].n_indicators);
		put_feed(table[i].brings, "own", OWN);
		for (size_t j = 0; j < 2; j++)
			put_feed(table[i].reads[j], "own", "");
		cr_assert(config_load("kpid.json", &mem, &cfg, &all),
		    "row %zu: %s", i, all.n > 0 ? all.list[0].text : "");
		cr_assert_eq(cfg.n_feeds, 3, "row %zu", i);
		for (size_t j = 0; j < 3; j++)
			cr_expect_str_eq(cfg.feeds[j].name, names[j],
			    "row %zu: in the order of their files", i);
		cr_expect_eq(cfg.n_indicators, table[i].n_indicators + 1,
		    "row %zu", i);
		cr_expect_not_null(config_indicator(&cfg, "own"), "row %zu", i);
		end();
	}
}

/* What had to wait is said once, with its line, and only what is wrong. */
Test(config_many, an_indicator_of_no_file_is_said_once)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct problems all = { .mem = &mem };
	struct config cfg;

	begin();
	put_indicators(3);
	put_feed("a", "owl", "");
	put_feed("b", "own", OWN);
	put_feed("c", "kind1", "");
	put_feed("d", "own", ", \"time_zome\": \"Asia/Tokyo\"");
	cr_expect(!config_load("kpid.json", &mem, &cfg, &all));
	cr_assert_eq(all.n, 2, "got %zu problems", all.n);
	cr_expect_str_eq(all.list[0].file, "feeds/a.json");
	cr_expect_eq(all.list[0].line, 8, "got %d", all.list[0].line);
	cr_expect_str_eq(all.list[0].text,
	    "unknown indicator 'owl'. HINT: did you mean 'own'?");
	cr_expect_str_eq(all.list[1].file, "feeds/d.json");
	cr_expect_str_eq(all.list[1].text,
	    "unknown key 'time_zome'. HINT: did you mean 'time_zone'?");
	end();
}

/* Two that bring the same indicator along, differently. */
Test(config_many, an_indicator_of_two_files)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct problems all = { .mem = &mem };
	struct config cfg;

	begin();
	put_indicators(3);
	put_feed("a", "kind1", OWN);
	put_feed("b", "own", "");
	put_feed("c", "own", OWN);
	cr_expect(config_load("kpid.json", &mem, &cfg, &all),
	    "the same in both: %s", all.n > 0 ? all.list[0].text : "");
	put_feed("c", "own",
	    ", \"indicators\": [{\"indicator\": \"own\", \"name_ja\": "
	    "\"独自\", \"unit\": \"人\", \"measure\": \"flow\"}]");
	cr_expect(!config_load("kpid.json", &mem, &cfg, &all));
	cr_assert_eq(all.n, 1, "got %zu problems", all.n);
	cr_expect_str_eq(all.list[0].file, "feeds/c.json");
	end();
}

/* The mailer and the claimer need no feeds, and no file of theirs can keep
 * them from their work. */
Test(config_many, the_service_without_its_feeds)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct problems all = { .mem = &mem };
	struct config cfg;

	begin();
	put("feeds/a.json", "{\"feed\": ");
	put("indicators.json", "no JSON");
	cr_expect(!config_load("kpid.json", &mem, &cfg, &all));
	all.n = 0;
	cr_assert(config_load_service("kpid.json", &mem, &cfg, &all), "%s",
	    all.n > 0 ? all.list[0].text : "");
	cr_expect_eq(cfg.n_feeds, 0);
	cr_expect_eq(cfg.n_indicators, 0);
	cr_expect_str_eq(cfg.database.url, "postgresql://kpid@/kpi");
	cr_expect_str_eq(cfg.organization, "202037");
	put("kpid.json", "{\"organisation\": \"202037\"}");
	cr_expect(!config_load_service("kpid.json", &mem, &cfg, &all));
	cr_expect_gt(all.n, 0, "its own file is checked as ever");
	end();
}

/* "a-b.json" stands before "a.json". */
Test(config_many, each_is_found_by_its_name)
{
	static const char *const names[] = { "a-b", "a-b-c", "a", "a0", "a0-0",
		"b", "long-name-of-a-feed", "z9" };
	static const char *const strangers[] = { "", "-", "a-", "aa", "b-", "c",
		"zz" };
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct problems all = { .mem = &mem };
	struct config cfg = { 0 };

	cr_expect_null(config_feed(&cfg, "a"), "there is none at all");
	begin();
	put_indicators(1);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		put_feed(names[i], "kind0", "");
	cr_assert(config_load("kpid.json", &mem, &cfg, &all), "%s",
	    all.n > 0 ? all.list[0].text : "");
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct feed *feed = config_feed(&cfg, names[i]);

		cr_assert_not_null(feed, "%s", names[i]);
		cr_expect_str_eq(feed->name, names[i]);
		for (size_t j = 0; j < ARRAY_LEN(names); j++) {
			const int order = feed_order(names[i], names[j]);
			const int want =
			    strcmp(arena_printf(&mem, "%s.json", names[i]),
				arena_printf(&mem, "%s.json", names[j]));

			cr_expect_eq((order > 0) - (order < 0),
			    (want > 0) - (want < 0), "'%s' and '%s'", names[i],
			    names[j]);
		}
	}
	for (size_t i = 0; i < ARRAY_LEN(strangers); i++)
		cr_expect_null(config_feed(&cfg, strangers[i]), "'%s'",
		    strangers[i]);
	end();
}

/* What one says is not the next one's default. */
Test(config_many, each_has_the_defaults_that_all_have)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct problems all = { .mem = &mem };
	struct config cfg;

	begin();
	put_indicators(1);
	put("feeds/b.json",
	    "{\"feed\": \"b\", \"title\": \"届出\", \"owner\": \"a@b.example\","
	    " \"url\": \"https://www.example.jp/b.csv\", \"max_bytes\": 9,"
	    " \"gates\": {\"rows_drop\": 0.25, \"future\": false},"
	    " \"contract\": {\"format\": \"csv\", \"encoding\": \"cp932\","
	    "  \"csv\": {\"delimiter\": \";\", \"rows\": \"lenient\"},"
	    "  \"period\": {\"column\": \"年月\", \"frequency\": \"M\"},"
	    "  \"values\": [{\"column\": \"件数\","
	    "    \"indicator\": \"kind0\"}]}}");
	put_feed("a", "kind0", "");
	put_feed("c", "kind0", "");
	cr_assert(config_load("kpid.json", &mem, &cfg, &all), "%s",
	    all.n > 0 ? all.list[0].text : "");
	cr_expect_eq(cfg.feeds[1].max_bytes, 9);
	cr_expect_str_eq(cfg.feeds[1].gates.rows_drop, "0.25");
	cr_expect_eq(cfg.feeds[1].contracts->delimiter, ';');
	for (size_t i = 0; i < 3; i += 2) {
		const struct feed *feed = &cfg.feeds[i];
		const struct contract *c = feed->contracts;

		cr_expect_eq(feed->max_bytes, 8589934592, "%s", feed->name);
		cr_expect_str_eq(feed->gates.rows_drop, "0.5", "%s",
		    feed->name);
		cr_expect(feed->gates.future && !c->lenient, "%s", feed->name);
		cr_expect_eq(c->delimiter, ',', "%s", feed->name);
		cr_expect_str_eq(c->encoding, "auto", "%s", feed->name);
		cr_expect_str_eq(c->frequency, "D", "%s", feed->name);
	}
	end();
}
