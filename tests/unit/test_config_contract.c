/* rooms: base config */
/* What arrives in a contract from tests/cases/config/valid. */
#include <criterion/criterion.h>
#include <string.h>

#include "kpid/config.h"
#include "kpid/sha256.h"

#define VALID "tests/cases/config/valid/"

static struct config
load(const char *path, struct arena *mem)
{
	struct problems all = { .mem = mem };
	struct config cfg = { 0 };
	bool ok = config_load(path, mem, &cfg, &all);

	cr_assert(ok, "%s: %s", path, ok ? "" : all.list[0].text);
	return cfg;
}

/* The first contract of a feed of a case. */
static const struct contract *
contract_of(const char *path, const char *feed, struct arena *mem)
{
	struct config *cfg = arena_alloc(mem, sizeof(*cfg));
	const struct feed *f;

	*cfg = load(path, mem);
	f = config_feed(cfg, feed);
	cr_assert_not_null(f, "%s", feed);
	return &f->contracts[0];
}

static const struct contract *
every_key(struct arena *mem)
{
	return contract_of(VALID "tables/kpid.json", "every-key", mem);
}

static void
expect_pair(const struct pair *pair, const char *from, const char *to)
{
	cr_expect_str_eq(pair->from, from);
	cr_expect_str_eq(pair->to, to);
}

Test(config_contract, where_the_table_is)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct contract *c = every_key(&mem);

	cr_expect_str_eq(c->member.name, "人口/h29_08.csv");
	cr_expect_null(c->member.pattern);
	cr_expect_eq(c->member.line, 8);
	cr_expect_null(c->sheet.name);
	cr_expect_str_eq(c->encoding, "euc-jp");
	cr_expect_eq(c->delimiter, ';');
	cr_expect_eq(c->quote, '\0', "nothing quotes");
	cr_expect(c->decimal_comma);
	cr_expect(c->lenient);
	cr_expect_eq(c->line, 6);
}

Test(config_contract, the_header)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct header_spec *h = &every_key(&mem)->header;

	cr_expect_eq(h->row, 0);
	cr_assert_eq(h->n_find, 2);
	cr_expect_str_eq(h->find[1], "総数");
	cr_expect_null(h->pattern);
	cr_expect_eq(h->rows, 2);
	cr_expect(h->no_fill);
	cr_expect_str_eq(h->join, "");
	cr_expect_eq(h->units, 1);
	cr_expect(h->repeats);
	cr_assert_eq(h->n_names, 3);
	cr_expect_str_eq(h->names[1], "");
}

Test(config_contract, captures)
{
	static const struct {
		const char *name, *pattern;
		enum capture_from from;
	} table[] = {
		{ "年度", "(.+)年度", CAPTURE_ABOVE },
		{ "地区", ".+地区$", CAPTURE_SECTION },
		{ "月", "_([0-9]+)[.]csv$", CAPTURE_FILE },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct contract *c = every_key(&mem);

	cr_assert_eq(c->n_captures, ARRAY_LEN(table));
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		cr_expect_str_eq(c->captures[i].name, table[i].name);
		cr_expect_str_eq(c->captures[i].pattern, table[i].pattern);
		cr_expect_eq(c->captures[i].from, table[i].from, "%s",
		    table[i].name);
	}
	cr_expect_eq(c->captures[2].line, 23);
	c = contract_of(VALID "tables/kpid.json", "several", &mem) + 1;
	cr_assert_eq(c->n_captures, 2);
	cr_expect_eq(c->captures[0].from, CAPTURE_SHEET);
	cr_expect_eq(c->captures[1].from, CAPTURE_URL);
}

Test(config_contract, rows_and_unpivot)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct contract *c = every_key(&mem);
	const struct row_spec *rows = &c->rows;

	cr_assert_eq(rows->n_where, 2);
	cr_expect_str_eq(rows->where[0].column, "県");
	cr_assert_eq(rows->where[0].n_is, 2);
	cr_expect_str_eq(rows->where[0].is[1], "", "a blank cell");
	cr_expect_null(rows->where[0].matches);
	cr_expect_str_eq(rows->where[1].matches, "市$");
	cr_assert_eq(rows->n_except, 1);
	cr_expect_null(rows->except[0].column);
	cr_expect_eq(rows->except[0].line, 27);
	cr_assert_eq(rows->n_until, 1);
	cr_expect_str_eq(rows->until[0].matches, "^注");
	cr_assert_eq(rows->n_fill_down, 2);
	cr_expect_str_eq(rows->fill_down[1], "年");
	cr_expect_str_eq(c->unpivot.columns, "^(.+)/(男|女)$");
	cr_assert_eq(c->unpivot.n_into, 2);
	cr_expect_str_eq(c->unpivot.into[0], "齢");
	cr_expect_str_eq(c->unpivot.value, "数");
}

Test(config_contract, period_and_organization)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct contract *c = every_key(&mem);

	cr_expect_null(c->period.column);
	cr_expect_str_eq(c->period.text, "{年度}年度{{}}{月}月");
	cr_expect_str_eq(c->period.pattern, "[0-9]+年度.*");
	cr_expect_eq(c->period_as, PERIOD_AS_FIRST_DAY);
	cr_expect_str_eq(c->era, "平成");
	cr_expect_str_eq(c->frequency, "Q");
	cr_expect(c->inherit);
	cr_expect_eq(c->shift, -1);
	cr_expect_str_eq(c->organization.text, "{県}{市町村}");
	cr_expect_str_eq(c->organization.pattern, "^.+市");
	cr_assert_eq(c->n_org_map, 1);
	expect_pair(&c->org_map[0], "長野県丸子", "202037");
}

Test(config_contract, indicator_and_dimensions)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct contract *c = every_key(&mem);

	cr_expect_str_eq(c->indicator.column, "区分");
	cr_expect_str_eq(c->indicator.pattern, "[^0-9]+");
	cr_assert_eq(c->n_indicator_map, 1);
	expect_pair(&c->indicator_map[0], "総数", "people");
	cr_assert_eq(c->n_indicator_ignore, 1);
	cr_expect_str_eq(c->indicator_ignore[0], "再掲");
	cr_assert_eq(c->n_dims, 5);
	cr_expect_str_eq(c->dims[1].name, "area");
	cr_expect_str_eq(c->dims[1].source.column, "地区");
	cr_expect_str_eq(c->dims[2].source.text, "{大分類}/{小分類}");
	cr_expect_str_eq(c->dims[3].source.constant, "65-");
	cr_expect_str_eq(c->dims[4].source.pattern, "[0-9]+");
	cr_expect_eq(c->dims[4].source.line, 48);
}

Test(config_contract, values)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct contract *c = every_key(&mem);
	const struct contract_value *v = c->values;

	cr_assert_eq(c->n_values, 3);
	cr_expect_str_eq(v[0].column, "数");
	cr_expect(!v[0].count);
	cr_expect(v[0].scale_set);
	cr_expect_eq(v[0].scale, 3);
	cr_expect_str_eq(v[0].status, "備考");
	cr_expect_str_eq(v[0].pattern, "^[0-9]+");
	cr_expect_null(v[0].period);
	cr_expect(!v[1].scale_set, "follows from the units");
	cr_expect_str_eq(v[1].period, "令和6年");
	cr_assert_eq(v[1].n_dims, 1);
	expect_pair(&v[1].dims[0], "place", "全域");
	cr_expect(v[2].count);
	cr_expect_null(v[2].column);
	cr_expect_str_eq(v[2].indicator, "accidents");
}

Test(config_contract, units_marks_and_the_rest)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct contract *c = every_key(&mem);

	cr_expect_str_eq(c->unit.column, "単位");
	cr_expect_eq(c->unit.line, 55);
	cr_expect_str_eq(c->status.column, "状態");
	cr_expect(!c->status.optional, "the contract's own must be there");
	cr_assert_eq(c->n_flags, 2);
	expect_pair(&c->flags[1], "※", "E");
	cr_assert_eq(c->n_footnotes, 2);
	cr_expect_str_eq(c->footnotes[0], "①");
	cr_expect(c->other_columns);
	cr_assert_eq(c->n_hold, 2);
	cr_expect_str_eq(c->hold[1], "partial");
	cr_expect(c->withdraw);
}

Test(config_contract, several_of_one_body)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct config cfg = load(VALID "tables/kpid.json", &mem);
	const struct feed *f = config_feed(&cfg, "several");

	cr_assert_eq(f->n_contracts, 2);
	cr_expect_eq(f->contracts[0].format, FORMAT_XLSX);
	cr_expect_str_eq(f->contracts[0].sheet.pattern, "^第1表");
	cr_expect_str_eq(f->contracts[0].header.pattern, "年月");
	cr_expect_str_eq(f->contracts[1].sheet.name, "第2表");
	cr_expect_eq(f->contracts[1].header.row, 4);
	cr_expect_null(f->contracts[1].period.column);
	cr_expect_str_eq(f->contracts[1].values[1].period, "令和6年");
	cr_expect_eq(config_feed(&cfg, "every-key")->n_contracts, 1);
	cr_expect_neq(memcmp(f->contract_hash,
			  config_feed(&cfg, "every-key")->contract_hash, 32),
	    0);
}

/* What a format says by itself; NULL: nothing. */
Test(config_contract, formats_bring_their_columns)
{
	static const struct {
		const char *feed, *period, *organization, *indicator, *value,
		    *unit, *status;
		bool optional;
		const char *why;
	} table[] = {
		{ "estat", "time", "area", "cat01", "value", "unit", NULL,
		    false, "nothing is said" },
		{ "estat-otherwise", "time", NULL, NULL, "value", "unit", NULL,
		    false, "how, not where; a constant" },
		{ "json-stat", "year", NULL, NULL, "value", NULL, "status",
		    true, "a body may have no status" },
		{ "sdmx-csv", "TIME_PERIOD", NULL, "INDICATOR", "OBS_VALUE",
		    NULL, "CONF_STATUS", false, "a status that was asked for" },
		{ "sdmx-json", NULL, NULL, "INDICATOR", "OBS_VALUE", NULL,
		    "OBS_STATUS", true, "a constant period" },
		{ "world-bank", "date", NULL, "indicator", "value", NULL, NULL,
		    false, "nothing is said" },
		{ "world-bank-one", "date", "iso3", NULL, "value", NULL, NULL,
		    false, "the value names its indicator" },
		{ "ckan", "月", NULL, NULL, "value", NULL, NULL, false,
		    "everything is said" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct config cfg = load(VALID "formats/kpid.json", &mem);

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		const struct contract *c =
		    &config_feed(&cfg, table[i].feed)->contracts[0];
		const struct {
			const char *got, *want;
		} is[] = {
			{ c->period.column, table[i].period },
			{ c->organization.column, table[i].organization },
			{ c->indicator.column, table[i].indicator },
			{ c->values[0].column, table[i].value },
			{ c->unit.column, table[i].unit },
			{ c->status.column, table[i].status },
		};

		for (size_t j = 0; j < ARRAY_LEN(is); j++) {
			const char *got = is[j].got == NULL ? "-" : is[j].got;
			const char *want =
			    is[j].want == NULL ? "-" : is[j].want;

			cr_expect_str_eq(got, want, "%s (%s), %zu: got %s",
			    table[i].feed, table[i].why, j, got);
		}
		cr_expect_eq(c->n_values, 1, "%s", table[i].feed);
		cr_expect_eq(c->status.optional, table[i].optional, "%s (%s)",
		    table[i].feed, table[i].why);
	}
	cr_expect_eq(
	    config_feed(&cfg, "estat-otherwise")->contracts[0].period_as,
	    PERIOD_AS_FISCAL_YEAR);
}

/* A format that learns another default makes no other contract. */
Test(config_contract, the_hash_is_of_what_is_written)
{
	static const struct {
		const char *path, *feed, *canonical;
	} table[] = {
		{ VALID "formats/kpid.json", "world-bank",
		    "{\"format\":\"world-bank\",\"organization\":"
		    "{\"constant\":\"000000\"}}" },
		{ VALID "formats/kpid.json", "estat",
		    "{\"format\":\"estat\",\"indicator\":{\"column\":"
		    "\"cat01\",\"map\":{\"A1101\":\"people\"}}}" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		struct config cfg = load(table[i].path, &mem);
		uint8_t want[SHA256_LEN];

		sha256_of(table[i].canonical, strlen(table[i].canonical), want);
		cr_expect_arr_eq(config_feed(&cfg, table[i].feed)
				     ->contract_hash,
		    want, SHA256_LEN, "%s", table[i].feed);
	}
}

Test(config_contract, indicators_that_feeds_bring_along)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct config cfg = load(VALID "tables/kpid.json", &mem);
	const struct indicator *visits = config_indicator(&cfg, "visits");
	size_t people = 0;

	cr_assert_not_null(visits);
	cr_expect(visits->monotone, "decided as in the file of indicators");
	cr_expect_str_eq(visits->file, VALID "tables/feeds/several.json");
	cr_expect_eq(visits->line, 26);
	cr_expect_not_null(config_indicator(&cfg, "visit_rate"));
	for (size_t i = 0; i < cfg.n_indicators; i++)
		people += strcmp(cfg.indicators[i].code, "people") == 0;
	cr_expect_eq(people, 1, "the same definition twice is one");
	cr_expect_eq(cfg.n_indicators, 4);
}

/* A draft and a configuration that does not know it. */
Test(config_contract, a_feed_by_itself_has_its_indicators)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct problems all = { .mem = &mem };
	struct config cfg = load(VALID "formats/kpid.json", &mem);
	struct config with = { 0 };
	struct feed feed;
	bool ok = config_load_feed(VALID "tables/feeds/several.json", &cfg,
	    &mem, &with, &feed, &all);

	cr_assert(ok, "%s", ok ? "" : all.list[0].text);
	cr_expect_eq(feed.n_contracts, 2);
	cr_expect_not_null(config_indicator(&with, "visits"));
	cr_expect_not_null(config_indicator(&with, "accidents"), "of base");
	cr_expect_null(config_indicator(&cfg, "visits"), "base is untouched");
	cfg = load(VALID "tables/kpid.json", &mem);
	ok = config_load_feed(VALID "tables/feeds/several.json", &cfg, &mem,
	    &with, &feed, &all);
	cr_expect(ok, "base has the same file: %s", ok ? "" : all.list[0].text);
	cr_expect_eq(with.n_indicators, cfg.n_indicators);
}
