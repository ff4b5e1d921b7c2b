/* rooms: base config decode parse layout normalise body inspect */
/* Files as town halls publish them, and the feed that is proposed for each. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../support/inspect_run.h"
#include "kpid/body.h"
#include "kpid/inspect.h"

/* What of a draft must be so: a path into the feed file, and its JSON. */
struct want {
	const char *path, *json;
};

#define WANTS 8

struct drafted {
	const char *why, *file, *text;
	struct want wants[WANTS];
	unsigned observations, series, missing;
	const char *first, *last; /* periods */
};

static const struct drafted tables[] = {
	{ "a long table", "ido.csv",
	    "年月,区分,人数（人）,備考\n"
	    "令和6年4月,出生,81,\n"
	    "令和6年4月,死亡,132,\n"
	    "令和6年5月,出生,90,\n"
	    "令和6年5月,死亡,\"1,021\",速報を含む\n",
	    { { "contract.format", "\"csv\"" },
		{ "contract.encoding", "\"utf-8\"" },
		{ "contract.period", "{\"column\":\"年月\"}" },
		{ "contract.dimensions",
		    "{\"category\":{\"column\":\"区分\"}}" },
		{ "contract.ignore", "[\"備考\"]" },
		{ "contract.values",
		    "[{\"column\":\"人数（人）\",\"indicator\":\"ido_c3\","
		    "\"unit\":\"人\"}]" } },
	    4, 2, 0, "2024-04", "2024-05" },
	{ "months across, the year in the title, notes below", "jinko.csv",
	    "市の人口（令和6年度）,,,,\n"
	    ",,,,（単位：人）\n"
	    "地区,4月,5月,6月,平均\n"
	    "上田,\"52,001\",\"52,010\",52020,52010\n"
	    "丸子,21001,－,…,21005\n"
	    "合計,73002,73010,73020,73015\n"
	    "※住民基本台帳による。,,,,\n"
	    "資料：市民課,,,,\n",
	    { { "title", "\"市の人口\"" },
		{ "contract.unpivot.columns", "\"^([0-9０-９]{1,2}月)$\"" },
		{ "contract.period", "{\"text\":\"{年}{月}\"}" },
		{ "contract.rows.except",
		    "[{\"column\":\"地区\",\"is\":[\"合計\"]}]" },
		{ "contract.missing",
		    "{\"－\":\"not_applicable\",\"…\":\"not_available\"}" },
		{ "contract.ignore", "[\"平均\"]" },
		{ "indicators.0.unit", "\"人\"" },
		{ "indicators.0.measure", "\"stock\"" } },
	    6, 2, 2, "2024-04", "2024-06" },
	{ "January to March are of the next year", "fy2023.csv",
	    "区分,4月,1月,2月,3月\n件数,1,2,3,4\n",
	    { { "contract.period.text", "\"{年}年度{月}\"" } }, 4, 1, 0,
	    "2023-04", "2024-03" },
	{ "fiscal years of two eras across", "kenshin.csv",
	    "区分,H29,H30,R1,R2\n"
	    "特定健診受診率（％）,41.2,42.0,x,43.1\n"
	    "がん検診受診率（％）,21.2,22.0,22.9,23.1\n",
	    { { "contract.unpivot.columns", "\"^([RHS][0-9]{1,2})$\"" },
		{ "contract.indicator.column", "\"区分\"" },
		{ "indicators.0.name_ja", "\"特定健診受診率（％）\"" },
		{ "indicators.1.measure", "\"ratio\"" },
		{ "indicators.1.decimals", "1" },
		{ "contract.missing", "{\"x\":\"suppressed\"}" } },
	    8, 2, 1, "2017", "2020" },
	{ "indicators down, each of its unit", "kankyo.csv",
	    "指標名,単位,2021年度,2022年度\n"
	    "ごみ排出量,t,50123,49876\n"
	    "資源化率,%,20.1,20.5\n",
	    { { "contract.unit", "{\"column\":\"単位\"}" },
		{ "contract.values", "[{\"column\":\"値\"}]" },
		{ "indicators.0.unit", "\"t\"" },
		{ "indicators.1.unit", "\"%\"" } },
	    4, 2, 0, "FY2021", "FY2022" },
	{ "years across, months down", "niki.csv",
	    "年月,令和5年度,令和6年度\n4月,12,15\n5月,13,16\n合計,25,31\n",
	    { { "contract.period.text", "\"{時期}{年月}\"" },
		{ "contract.rows.except",
		    "[{\"column\":\"年月\",\"is\":[\"合計\"]}]" } },
	    4, 1, 0, "2023-04", "2024-05" },
	{ "a header of two rows", "dan.csv",
	    ",人口,,,世帯数\n"
	    "年月日,総数,男,女,\n"
	    "R6.4.1,150001,73000,77001,63001\n"
	    "R6.5.1,149998,72999,76999,63005\n",
	    { { "contract.header", "{\"rows\":2}" },
		{ "contract.period",
		    "{\"column\":\"年月日\",\"frequency\":\"M\"}" },
		{ "contract.values.1.column", "\"人口/男\"" },
		{ "indicators.3.unit", "\"世帯\"" } },
	    8, 4, 0, "2024-04-01", "2024-05-01" },
	{ "a year carried down, totals left out", "tosho.csv",
	    "\"年度\",\"施設名\",\"利用者数\",\"うち子ども\"\n"
	    "\"令和4年度\",\"中央図書館\",\"120,345\",\"23,001\"\n"
	    ",\"丸子図書館\",\"50,345\",\"13,001\"\n"
	    ",\"合計\",\"170,690\",\"36,002\"\n"
	    "\"令和5年度\",\"中央図書館\",\"130,345\",\"24,001\"\n"
	    ",\"丸子図書館\",\"51,345\",\"13,501\"\n"
	    ",\"合計\",\"181,690\",\"37,502\"\n",
	    { { "contract.rows.fill_down", "[\"年度\"]" },
		{ "contract.rows.except",
		    "[{\"column\":\"施設名\",\"is\":[\"合計\"]}]" },
		{ "contract.values.1.unit", "\"人\"" },
		{ "contract.dimensions",
		    "{\"facility\":{\"column\":\"施設名\"}}" } },
	    8, 4, 0, "FY2022", "FY2023" },
	{ "year and month in columns of their own", "tsuki.tsv",
	    "年\t月\t件数\n2024\t8\t519\n2024\t9\t520\n",
	    { { "contract.csv", "{\"delimiter\":\"\\t\"}" },
		{ "contract.period", "{\"text\":\"{年}年{月}月\"}" },
		{ "indicators.0.unit", "\"件\"" } },
	    2, 1, 0, "2024-08", "2024-09" },
	{ "semicolons and decimal commas", "komma.csv",
	    "年;月;率\n2024;1;12,5\n2024;2;13,25\n",
	    { { "contract.csv", "{\"delimiter\":\";\",\"decimal\":\",\"}" },
		{ "indicators.0.decimals", "2" } },
	    2, 1, 0, "2024-01", "2024-02" },
	{ "open data of a municipality", "202037_population.csv",
	    "都道府県コード又は市区町村コード,都道府県名,市区町村名,"
	    "調査年月日,地域名,総人口,世帯数,備考\n"
	    "202037,長野県,上田市,2024-04-01,大手,1200,500,\n"
	    "202037,長野県,上田市,2024-04-01,中央,2200,900,\n"
	    "202037,長野県,上田市,2024-05-01,大手,1201,501,\n"
	    "202037,長野県,上田市,2024-05-01,中央,2201,901,\n",
	    { { "feed", "\"population\"" },
		{ "contract.organization",
		    "{\"column\":\"都道府県コード又は市区町村コード\"}" },
		{ "contract.dimensions", "{\"area\":{\"column\":\"地域名\"}}" },
		{ "contract.ignore",
		    "[\"都道府県名\",\"市区町村名\",\"備考\"]" } },
	    8, 4, 0, "2024-04-01", "2024-05-01" },
	{ "organizations by name", "koufu.csv",
	    "算出基準日,都道府県名,市区町村名,交付枚数,交付率,人口算出基準日\n"
	    "2024/08/31,長野県,上田市,104000,68.1,2024/01/01\n"
	    "2024/08/31,長野県,長野市,250000,67.9,2024/01/01\n"
	    "2024/09/30,長野県,上田市,105000,68.8,2024/01/01\n",
	    { { "contract.organization",
		  "{\"text\":\"{都道府県名}{市区町村名}\"}" },
		{ "contract.period.column", "\"算出基準日\"" },
		{ "contract.ignore", "[\"人口算出基準日\"]" },
		{ "indicators.1.measure", "\"ratio\"" } },
	    6, 4, 0, "2024-08-31", "2024-09-30" },
	{ "cases, counted by month", "madoguchi.csv",
	    "No.,受付年月日,種別,地区,内容\n"
	    "1,2024/04/01,道路,上田,穴\n2,2024/04/01,道路,上田,段差\n"
	    "3,2024/04/03,公園,丸子,遊具\n4,2024/05/03,公園,丸子,遊具\n"
	    "5,2024/05/08,公園,丸子,水飲み場\n",
	    { { "contract.values.0.count", "true" },
		{ "contract.period",
		    "{\"column\":\"受付年月日\",\"as\":\"month\"}" },
		{ "contract.ignore", "[\"No.\",\"内容\"]" } },
	    3, 2, 0, "2024-04", "2024-05" },
	{ "e-Stat's long CSV", "shohi.csv",
	    "tab_code,表章項目,cat01_code,品目,area_code,地域,time_code,"
	    "時間軸（月）,unit,value,annotation\n"
	    "10,価格,1111,ぶり,13100,特別区部,2023000101,2023年1月,円,431,\n"
	    "10,価格,1112,さけ,13100,特別区部,2023000101,2023年1月,円,331,\n"
	    "10,価格,1111,ぶり,13100,特別区部,2022001212,2022年12月,円,387,"
	    "\n",
	    { { "contract.organization", "{\"column\":\"area_code\"}" },
		{ "contract.indicator.column", "\"表章項目\"" },
		{ "contract.dimensions", "{\"item\":{\"column\":\"品目\"}}" },
		{ "contract.unit", "{\"column\":\"unit\"}" } },
	    3, 2, 0, "2022-12", "2023-01" },
	{ "blocks with titles of their own", "block.csv",
	    "年,1月,2月,3月\n"
	    ",人口増減数,,\n"
	    "平成24年,-1,\"△1,244\",3\n平成25年,4,5,6\n"
	    ",自然増減数,,\n"
	    "平成24年,7,8,9\n平成25年,10,11,12\n",
	    { { "contract.captures.section.from", "\"section\"" },
		{ "contract.dimensions",
		    "{\"section\":{\"column\":\"section\"}}" } },
	    12, 2, 0, "2012-01", "2013-03" },
	{ "a second table below is another contract's", "futatsu.csv",
	    "年月,人口,世帯数\n2024-04,10,5\n2024-05,11,6\n,,\n"
	    "転入転出の状況,,\n年月,転入,転出\n2024-04,1,2\n2024-05,3,4\n",
	    { { "contract.rows.until", "[{\"is\":[\"転入転出の状況\"]}]" } }, 4,
	    2, 0, "2024-04", "2024-05" },
	{ "a date in the header for each figure", "kijun.csv",
	    "団体名,人口（H29.1.1時点）,交付枚数（H29.8.31時点）\n"
	    "長野県上田市,\"158,000\",\"12,000\"\n"
	    "長野県長野市,\"380,000\",\"32,000\"\n",
	    { { "contract.values.0.period", "\"H29.1.1\"" },
		{ "contract.values.1.period", "\"H29.8.31\"" } },
	    4, 4, 0, "2017-01-01", "2017-08-31" },
	{ "the month in the file's name", "riyou_2024-09.csv",
	    "施設名,利用者数\n中央,1200\n丸子,300\n",
	    { { "feed", "\"riyou\"" },
		{ "contract.captures.時点.from", "\"file\"" } },
	    2, 2, 0, "2024-09", "2024-09" },
	{ "flags behind figures, words of status", "sokuhou.csv",
	    "年月,件数,確報区分\n2024-07,11,確報\n2024-08,12p,速報\n",
	    { { "contract.flags", "{\"p\":\"P\"}" },
		{ "contract.status.map", "{\"確報\":\"A\",\"速報\":\"P\"}" } },
	    2, 1, 0, "2024-07", "2024-08" },
	{ "records in JSON", "riyou.json",
	    "{\"meta\":{\"n\":2},\"data\":{\"rows\":["
	    "{\"month\":\"2024-08\",\"count\":3,\"place\":{\"name\":\"A\"}},"
	    "{\"month\":\"2024-09\",\"count\":4,\"place\":{\"name\":\"A\"}}"
	    "]}}",
	    { { "contract.format", "\"json\"" },
		{ "contract.records", "\"$.data.rows[*]\"" },
		{ "contract.period.column", "\"month\"" },
		{ "contract.values.0.column", "\"count\"" } },
	    2, 1, 0, "2024-08", "2024-09" },
	{ "quarters across are of a fiscal year", "uriage_2023.csv",
	    "区分,第1四半期,第2四半期,第3四半期,第4四半期\n"
	    "売上（千円）,\"1,200\",1300,1400,1500\n"
	    "来場者（人）,12,13,14,15\n",
	    { { "contract.period.text", "\"{年}年度{月}\"" },
		{ "indicators.0.unit", "\"千円\"" } },
	    8, 2, 0, "2023-Q2", "2024-Q1" },
	{ "an era's fiscal year and a bare month", "sodan.tsv",
	    "年度\t月\t相談件数\n令和5\t4\t12\n令和5\t1\t15\n",
	    { { "contract.period.text", "\"{年度}年度{月}月\"" } }, 2, 1, 0,
	    "2023-04", "2024-01" },
	{ "people of a day that stands above", "nenrei.csv",
	    "令和6年4月1日現在,,,\n年齢,男,女,計\n総数,300,310,610\n"
	    "0～4歳,100,101,201\n5～9歳,100,105,205\n10～14歳,100,104,204\n",
	    { { "contract.period.text", "\"{時点}\"" },
		{ "contract.captures.時点.from", "\"above\"" },
		{ "indicators.0.measure", "\"stock\"" },
		{ "indicators.2.unit", "\"人\"" },
		{ "contract.rows.except",
		    "[{\"column\":\"年齢\",\"is\":[\"総数\"]}]" } },
	    9, 9, 0, "2024-04-01", "2024-04-01" },
	{ "fiscal years in figures", "kenshin.csv",
	    "年度,受診者数,受診率\n2019,1200,41.2\n2020,1100,38.0\n",
	    { { "contract.period",
		"{\"column\":\"年度\",\"as\":\"fiscal_year\"}" } },
	    4, 2, 0, "FY2019", "FY2020" },
	{ "codes beside names, a label carried down", "gomi.csv",
	    "大分類,小分類,平成30年度,令和元年度,増減\n"
	    "ごみ,可燃,100,101,1\n,不燃,10,11,1\n資源,紙,30,31,1\n"
	    ",びん,5,5,0\n",
	    { { "contract.rows.fill_down", "[\"大分類\"]" },
		{ "contract.ignore", "[\"増減\"]" } },
	    8, 4, 0, "FY2018", "FY2019" },
	{ "names with line breaks", "nl.csv",
	    "調査年月,\"総人口\n（人）\",\"世帯数\n（世帯）\"\n"
	    "2024年4月1日,\"150,001\",\"63,001\"\n"
	    "2024年5月1日,\"149,950\",\"63,010\"\n",
	    { { "indicators.1.unit", "\"世帯\"" } }, 4, 2, 0, "2024-04-01",
	    "2024-05-01" },
	{ "municipalities down, months across", "shi.csv",
	    "市区町村名,2024年4月,2024年5月\n上田市,10,11\n長野市,20,21\n",
	    { { "contract.organization", "{\"column\":\"市区町村名\"}" } }, 4,
	    2, 0, "2024-04", "2024-05" },
	{ "months down, the year in the file's name", "shobo_r5.csv",
	    "月,救急出動,火災\n4月,120,3\n5月,130,1\n6月,128,0\n計,378,4\n",
	    { { "feed", "\"shobo\"" },
		{ "contract.period.text", "\"令和{年}年度{月}\"" } },
	    6, 2, 0, "2023-04", "2023-06" },
	{ "SDMX-CSV", "flow.csv",
	    "DATAFLOW,FREQ,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
	    "A:B(1.0),A,F,2020,1.5,A\nA:B(1.0),A,F,2021,1.75,P\n",
	    { { "contract.format", "\"sdmx-csv\"" },
		{ "contract.period", "{\"column\":\"TIME_PERIOD\"}" },
		{ "contract.dimensions",
		    "{\"freq\":{\"column\":\"FREQ\"},"
		    "\"sex\":{\"column\":\"SEX\"}}" } },
	    2, 1, 0, "2020", "2021" },
};

static void
expect_parts(const struct drafted *t, const char *json)
{
	json_t *root = json_loads(json, 0, NULL);

	cr_assert(root != NULL, "%s: no JSON: %s", t->why, json);
	for (size_t i = 0; i < WANTS && t->wants[i].path != NULL; i++) {
		json_t *want =
		    json_loads(t->wants[i].json, JSON_DECODE_ANY, NULL);
		json_t *got = at(root, t->wants[i].path);
		char *shown = got == NULL
		    ? NULL
		    : json_dumps(got, JSON_ENCODE_ANY | JSON_COMPACT);

		cr_expect(json_equal(got, want), "%s: %s is %s, not %s", t->why,
		    t->wants[i].path, shown == NULL ? "missing" : shown,
		    t->wants[i].json);
		free(shown);
		json_decref(want);
	}
	json_decref(root);
}

struct seen {
	unsigned n, rejects, series, missing;
	struct period first, last;
};

static bool
see(void *ctx, const struct observation *o, struct kpid_err *err)
{
	struct seen *s = ctx;

	(void)err;
	if (s->n++ == 0)
		s->first = s->last = o->period;
	if (o->period.first < s->first.first)
		s->first = o->period;
	if (o->period.last > s->last.last)
		s->last = o->period;
	if (o->series->ordinal >= s->series)
		s->series = o->series->ordinal + 1;
	s->missing += o->missing != MISSING_NONE;
	return true;
}

static bool
see_reject(void *ctx, const struct reject *r, struct kpid_err *err)
{
	(void)r;
	(void)err;
	((struct seen *)ctx)->rejects++;
	return true;
}

static bool
see_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	(void)ctx;
	(void)f;
	(void)err;
	return true;
}

/* The draft is a feed file that reads the body, as preview would. */
static void
expect_reading(const struct drafted *t, const char *json, int fd,
    const struct config *cfg, struct arena *mem)
{
	static const char *const roots[] = { "/" };
	char path[32] = "/tmp/kpid-draft-XXXXXX", text[PERIOD_TEXT_MAX];
	struct problems all = { .mem = mem };
	struct config base = *cfg, with;
	struct feed feed = { 0 };
	struct seen seen = { 0 };
	const struct observation_sink sink = { &seen, see, see_reject,
		see_finding };
	struct kpid_err err = { 0 };
	uint64_t read = 0;
	int file = mkstemp(path);

	cr_assert(file >= 0
	    && write(file, json, strlen(json)) == (ssize_t)strlen(json));
	(void)close(file);
	base.file_roots = roots;
	base.n_file_roots = 1;
	bool ok = config_load_feed(path, &base, mem, &with, &feed, &all);

	(void)unlink(path);
	cr_assert(ok, "%s: %s", t->why, all.n > 0 ? all.list[0].text : "");
	const struct body body = {
		.cfg = &with, .feed = &feed, .fd = fd, .file = t->file
	};

	cr_expect(body_read(&body, &sink, mem, &read, &err), "%s: %s", t->why,
	    err.msg);
	cr_expect(seen.n == t->observations && seen.series == t->series
		&& seen.missing == t->missing && seen.rejects == 0,
	    "%s: %u observations, %u series, %u missing, %u rejects", t->why,
	    seen.n, seen.series, seen.missing, seen.rejects);
	(void)period_text(seen.first, text);
	cr_expect_str_eq(text, t->first, "%s: from %s", t->why, text);
	(void)period_text(seen.last, text);
	cr_expect_str_eq(text, t->last, "%s: to %s", t->why, text);
}

Test(inspect_draft, tables)
{
	const struct config cfg = { .time_zone = "Asia/Tokyo" };

	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		const struct drafted *t = &tables[i];
		struct arena mem = { 0 };
		struct kpid_err err = { 0 };
		struct inspection in;
		int fd = body_of(t->text);
		bool ok = inspect_body(&cfg,
		    &(struct inspect_source){ fd, t->file, "file:///x" }, &mem,
		    &in, &err);

		cr_expect(ok, "row %zu (%s): %s", i, t->why, err.msg);
		if (ok) {
			expect_parts(t, in.json);
			expect_reading(t, in.json, fd, &cfg, &mem);
			cr_expect(in.n_doubts > 0, "%s: no doubt", t->why);
		}
		(void)close(fd);
		arena_release(&mem);
	}
}
