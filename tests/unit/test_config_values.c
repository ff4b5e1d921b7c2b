/* rooms: base config */
/* What arrives in the structs from tests/cases/config/valid. */
#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

#include "kpid/config.h"
#include "kpid/file.h"
#include "kpid/sha256.h"

#define FULL "tests/cases/config/valid/full/"

static struct config
load(const char *path, struct arena *mem)
{
	struct problems all = { .mem = mem };
	struct config cfg = { 0 };
	bool ok = config_load(path, mem, &cfg, &all);

	cr_assert(ok, "%s: %s", path, ok ? "" : all.list[0].text);
	return cfg;
}

/* The absolute path of one in the case "full". */
static const char *
full(const char *path, struct arena *mem)
{
	char *here = getcwd(arena_alloc(mem, 4096), 4096);

	return path_join(path_join(here, FULL, mem), path, mem);
}

Test(config_values, the_service)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct config cfg = load(FULL "kpid.json", &mem);

	cr_expect_str_eq(cfg.path, full("kpid.json", &mem));
	cr_expect_str_eq(cfg.dir, full(".", &mem));
	cr_expect_str_eq(cfg.time_zone, "Asia/Seoul");
	cr_expect(cfg.clock_fixed);
	cr_expect_eq(cfg.clock, 1728950400000000, "2024-10-15T00:00:00Z");
	cr_expect_str_eq(cfg.organization, "202037");
	cr_expect_str_eq(cfg.state_dir, "/var/lib/kpid");
	cr_assert_eq(cfg.n_file_roots, 1);
	cr_expect_str_eq(cfg.file_roots[0], full("files", &mem));
	cr_expect_str_eq(cfg.database.url, "postgresql://kpid@db.example/kpi");
	cr_expect_null(cfg.database.private_dir);
	cr_expect_str_eq(cfg.database.bindir, "/opt/pg/bin");
	cr_expect_str_eq(cfg.database.user, "kpid");
	cr_assert_eq(cfg.n_plans, 2);
	cr_expect_str_eq(cfg.plans[0].goals, full("goals.csv", &mem));
	cr_expect_null(cfg.plans[1].goals);
	cr_expect_str_eq(cfg.plans[1].targets, full("../others.csv", &mem));
}

Test(config_values, mail_and_network)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct config cfg = load(FULL "kpid.json", &mem);

	cr_expect(cfg.mail.set);
	cr_expect_str_eq(cfg.mail.from,
	    "市民まちづくり推進部 <kpid@city.ueda.example>");
	cr_expect_str_eq(cfg.mail.operator, "admin@city.ueda.example");
	cr_expect_str_eq(cfg.mail.language, "en");
	cr_expect_null(cfg.mail.maildir);
	cr_expect_str_eq(cfg.mail.smtp_host, "mail.city.ueda.example");
	cr_expect_eq(cfg.mail.smtp_tls, MAIL_TLS_IMPLICIT);
	cr_expect_eq(cfg.mail.smtp_port, 465, "follows tls");
	cr_expect_str_eq(cfg.mail.smtp_user, "kpid");
	cr_expect_null(cfg.mail.smtp_password.file);
	cr_expect_str_eq(cfg.mail.smtp_password.env, "KPID_SMTP_PASSWORD");
	cr_expect_str_eq(cfg.mail.ca_file, "/etc/ssl/city.pem");
	cr_assert_eq(cfg.network.n_allow, 3);
	cr_expect_str_eq(cfg.network.allow[1], "fd00::/8");
	cr_expect_str_eq(cfg.network.proxy, "", "no proxy is not unset");
	cr_expect_eq(cfg.network.timeout_s, 60);
}

Test(config_values, alerts)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct config_alerts a = load(FULL "kpid.json", &mem).alerts;

	cr_expect_eq(a.hour, 7);
	cr_expect_eq(a.digest_day, 5);
	cr_expect_eq(a.checkpoint_days, 0);
	cr_expect_eq(a.feed_failures, 5);
	cr_expect_eq(a.outbox_hours, 12);
	cr_expect_eq(a.slow_s, 300);
	cr_expect_eq(a.disk_free_mb, 2048);
	cr_assert_eq(a.n_departments, 1);
	cr_expect_str_eq(a.departments[0].from, "市民課");
	cr_expect_str_eq(a.departments[0].to, "shimin@city.ueda.example");
	cr_expect(a.heartbeat.set);
	cr_expect(a.heartbeat.mail);
	cr_expect_str_eq(a.heartbeat.every, "week");
	cr_expect_str_eq(a.heartbeat.url,
	    "https://heartbeat.example/ping/4711");
}

Test(config_values, defaults_of_the_service)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct config cfg =
	    load("tests/cases/config/valid/minimal/kpid.json", &mem);

	cr_expect_str_eq(cfg.time_zone, "Asia/Tokyo");
	cr_expect(!cfg.clock_fixed);
	cr_expect(!cfg.mail.set);
	cr_expect_null(cfg.network.proxy);
	cr_expect_eq(cfg.network.timeout_s, 300);
	cr_expect_eq(cfg.alerts.hour, 8);
	cr_expect_eq(cfg.alerts.checkpoint_days, 14);
	cr_expect(!cfg.alerts.heartbeat.set);
	cr_expect_eq(cfg.n_feeds, 0);
	cr_expect_eq(cfg.n_plans, 0);
	cr_expect_eq(cfg.n_indicators, 2);
}

Test(config_values, indicators_and_what_is_monotone)
{
	static const struct {
		const char *code;
		enum measure measure;
		bool monotone;
		const char *why;
	} table[] = {
		{ "card_rate", MEASURE_RATIO, false, "a ratio" },
		{ "cards", MEASURE_STOCK, false, "a stock" },
		{ "meetings", MEASURE_FLOW_YTD, true, "a running count" },
		{ "cases", MEASURE_FLOW, true, "a count" },
		{ "hours", MEASURE_FLOW, false, "not whole things" },
		{ "donations", MEASURE_FLOW_YTD, false, "money" },
		{ "refunds", MEASURE_FLOW, true, "said so" },
		{ "posts", MEASURE_FLOW_YTD, false, "said so" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct config cfg = load(FULL "kpid.json", &mem);

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		const struct indicator *it =
		    config_indicator(&cfg, table[i].code);

		cr_assert_not_null(it, "%s", table[i].code);
		cr_expect_eq(it->measure, table[i].measure, "%s (%s)",
		    table[i].code, table[i].why);
		cr_expect_eq(it->monotone, table[i].monotone, "%s (%s)",
		    table[i].code, table[i].why);
	}
	cr_expect_eq(cfg.indicators[0].decimals, 1);
	cr_expect_str_eq(cfg.indicators[0].denominator, "people");
	cr_expect_eq(cfg.indicators[1].line, 6);
	cr_expect_str_eq(cfg.indicators[1].source, "総務省");
	cr_expect_str_eq(config_indicator(&cfg, "donations")->settles_on,
	    "05-31");
	cr_expect_null(config_indicator(&cfg, "cases")->settles_on);
	cr_expect_null(cfg.indicators[1].name_en);
	cr_expect_null(config_indicator(&cfg, "no_such"));
}

Test(config_values, feeds)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct config cfg = load(FULL "kpid.json", &mem);
	const struct feed *cards = config_feed(&cfg, "cards");
	const struct feed *other = config_feed(&cfg, "other");

	cr_assert_eq(cfg.n_feeds, 2, "hidden files and others are none");
	cr_expect_str_eq(cfg.feeds[0].name, "cards", "in order");
	cr_assert_not_null(cards);
	cr_assert_not_null(other);
	cr_expect_null(config_feed(&cfg, "card"));
	cr_expect_str_eq(cards->file, FULL "feeds/cards.json");
	cr_expect_str_eq(cards->url,
	    arena_printf(&mem, "file://%s", full("files/cards.csv", &mem)));
	cr_expect_str_eq(cards->owner, "市民課 <shimin@city.ueda.example>");
	cr_expect_str_eq(cards->schedule, "0 7 5 * *");
	cr_expect_str_eq(cards->time_zone, "Asia/Tokyo");
	cr_expect_eq(cards->max_bytes, 1000000);
	cr_expect_str_eq(other->url, "http://127.0.0.1:8765/x.json");
	cr_expect_null(other->schedule);
	cr_expect_str_eq(other->time_zone, "Asia/Seoul", "the service's");
	cr_expect_eq(other->max_bytes, 8LL << 30);
	cr_expect_null(other->source);
}

static void
expect_pair(const struct pair *pair, const char *from, const char *to)
{
	cr_expect_str_eq(pair->from, from);
	cr_expect_str_eq(pair->to, to);
}

Test(config_values, a_contract)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct config cfg = load(FULL "kpid.json", &mem);
	const struct contract *c = &config_feed(&cfg, "cards")->contracts[0];

	cr_expect_eq(c->format, FORMAT_CSV);
	cr_expect_str_eq(c->encoding, "cp932");
	cr_expect_eq(c->delimiter, '\t');
	cr_expect_eq(c->quote, '\'');
	cr_expect(c->lenient);
	cr_expect_eq(c->header.row, 3);
	cr_expect_str_eq(c->period.column, "基準日");
	cr_expect_null(c->period.constant);
	cr_expect_eq(c->period.line, 17);
	cr_expect_eq(c->period_as, PERIOD_AS_DAY);
	cr_expect_str_eq(c->era, "令和");
	cr_expect_str_eq(c->frequency, "M");
	cr_expect_str_eq(c->organization.column, "団体コード");
	cr_expect_eq(c->organization.line, 18);
	cr_expect_str_eq(c->indicator.column, "区分");
	cr_expect_str_eq(c->status.column, "状態");
	cr_expect(c->withdraw);
}

Test(config_values, the_tables_of_a_contract)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct config cfg = load(FULL "kpid.json", &mem);
	const struct contract *c = &config_feed(&cfg, "cards")->contracts[0];

	cr_assert_eq(c->n_indicator_map, 2);
	expect_pair(&c->indicator_map[1], "a/b~c", "people");
	cr_assert_eq(c->n_values, 2);
	cr_expect_null(c->values[0].indicator);
	cr_expect_eq(c->values[0].scale, 0);
	cr_expect(!c->values[0].scale_set);
	cr_expect_eq(c->values[1].line, 22);
	cr_expect_str_eq(c->values[1].unit, "％");
	cr_expect_eq(c->values[1].scale, 0);
	cr_expect(c->values[1].scale_set);
	cr_assert_eq(c->n_dims, 2);
	cr_expect_str_eq(c->dims[0].name, "sex");
	cr_expect_str_eq(c->dims[0].source.column, "男女");
	cr_assert_eq(c->n_status_map, 2);
	expect_pair(&c->status_map[0], "速報", "P");
	cr_assert_eq(c->n_missing, 3);
	expect_pair(&c->missing[0], "", "not_available");
	cr_assert_eq(c->n_zero, 1);
	cr_expect_str_eq(c->zero[0], "未開催");
	cr_assert_eq(c->n_ignore, 2);
	cr_expect_str_eq(c->ignore[1], "都道府県名");
}

Test(config_values, defaults_of_a_contract)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct config cfg = load(FULL "kpid.json", &mem);
	const struct contract *c = &config_feed(&cfg, "other")->contracts[0];

	cr_expect_eq(c->format, FORMAT_JSON);
	cr_expect_str_eq(c->encoding, "auto");
	cr_expect_eq(c->delimiter, ',');
	cr_expect_eq(c->quote, '"');
	cr_expect(!c->lenient);
	cr_expect_eq(c->header.row, 0, "it is searched");
	cr_expect_eq(c->header.rows, 1);
	cr_expect_str_eq(c->header.join, "/");
	cr_expect(!c->header.no_fill);
	cr_expect_null(c->unpivot.columns);
	cr_expect_str_eq(c->records, "$[*]");
	cr_expect_eq(c->period_as, PERIOD_AS_AUTO);
	cr_expect_str_eq(c->frequency, "D");
	cr_expect(!c->withdraw);
	cr_expect_null(c->organization.column);
	cr_expect_eq(c->n_missing, 0);
}

/* The text was sorted and packed by hand. */
Test(config_values, the_hash_is_that_of_the_canonical_contract)
{
	static const char canonical[] =
	    "{\"format\":\"json\",\"period\":"
	    "{\"constant\":\"FY2024\"},\"values\":[{\"column\":\"n\","
	    "\"indicator\":\"cards\"}]}";
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct config cfg = load(FULL "kpid.json", &mem);
	uint8_t want[SHA256_LEN];

	sha256_of(canonical, strlen(canonical), want);
	cr_expect_arr_eq(config_feed(&cfg, "other")->contract_hash, want,
	    SHA256_LEN);
}

/* `preview DRAFT.json`: a feed by itself, under any file name. */
Test(config_values, a_feed_file_by_itself)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct problems all = { .mem = &mem };
	struct config cfg = load(FULL "kpid.json", &mem);
	struct feed feed = { .name = "untouched" };
	struct config with;

	cr_expect(config_load_feed("tests/cases/config/invalid/"
				   "feed-named-otherwise/feeds/b.json",
	    &cfg, &mem, &with, &feed, &all));
	cr_expect_str_eq(feed.name, "a");
	feed.name = "untouched";
	cr_expect(!config_load_feed("tests/cases/config/invalid/status-flag/"
				    "feeds/a.json",
	    &cfg, &mem, &with, &feed, &all));
	cr_expect_eq(all.n, 1);
	cr_expect_str_eq(feed.name, "untouched");
	cr_expect(!config_load_feed("nowhere/a.json", &cfg, &mem, &with, &feed,
	    &all));
	cr_expect_eq(all.n, 2);
}

Test(config_values, feeds_of_many_bodies)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct config cfg =
	    load("tests/cases/config/valid/many-bodies/kpid.json", &mem);
	const struct feed *f = config_feed(&cfg, "month");

	cr_expect(feed_by_url(f) && f->template.of_period);
	cr_expect(!f->template.of_org);
	cr_expect_eq(f->template.every, SPAN_MONTH, "by its finest word");
	cr_expect_eq(f->template.lag, 1);
	cr_expect_eq(f->n_secrets, 2, "a word may be a secret's name");
	f = config_feed(&cfg, "year");
	cr_expect_eq(f->template.every, SPAN_FISCAL_YEAR, "as it says");
	cr_expect_eq(f->template.lag, 0);
	f = config_feed(&cfg, "towns");
	cr_expect(f->template.of_org && !f->template.of_period);
	cr_expect_eq(f->template.n_orgs, 2);
	cr_expect_null(f->gates.rows_drop, "each town has its own number");
	f = config_feed(&cfg, "drop");
	cr_expect(feed_by_url(f) && f->drop.set && !f->drop.by_time);
	cr_expect_eq(f->drop.settle_s, 10);
	cr_expect_eq(f->drop.then, DROP_MOVE);
}
