/* rooms: base schedule notify */
#include <criterion/criterion.h>
#include <string.h>

#include "../support/message_facts.h"

/* Six months of a count, July not reported, after last year's March. */
#define PERIODS                                                              \
	"\"periods\":["                                                      \
	"{\"period\":\"2024-03\",\"period_ja\":\"令和6年3月\","          \
	"\"actual\":1262,\"bar\":1000},"                                     \
	"{\"period\":\"2024-06\",\"period_ja\":\"6月\",\"actual\":25.50,"   \
	"\"expected\":125,\"status\":\"off_track\",\"bar\":20,\"path\":99}," \
	"{\"period\":\"2024-07\",\"period_ja\":\"7月\",\"actual\":null,"    \
	"\"expected\":null,\"status\":null,\"bar\":null,\"path\":null},"     \
	"{\"period\":\"2024-08\",\"period_ja\":\"8月\",\"actual\":0,"       \
	"\"expected\":208,\"status\":\"watch\",\"bar\":0,\"path\":165}]"
#define PLOT                                                              \
	"{\"targets\":[{\"name\":\"甲\",\"unit\":\"件\","               \
	"\"status\":\"off_track\",\"plot\":{\"cumulative\":true," PERIODS \
	"}}]}"

Test(outlook, plot_as_a_table_in_japanese)
{
	struct arena mem = { 0 };
	struct mail m = composed("ja", "opened", PLOT, &mem);

	cr_expect_not_null(
	    strstr(m.text,
		"  最近の推移（累計、単位：件）\n"
		"    期間                      実績        期待値  判定\n"
		"    令和6年3月               1,262            －\n"
		"    6月                      25.50           125  遅れ\n"
		"    7月                   報告なし            －\n"
		"    8月                          0           208  要注意\n"),
	    "%s", m.text);
	arena_release(&mem);
}

Test(outlook, plot_as_a_table_in_english)
{
	struct arena mem = { 0 };
	struct mail m = composed("en", "opened", PLOT, &mem);

	cr_expect_not_null(
	    strstr(m.text,
		"  The last periods (running total, in 件)\n"
		"    Period                  Actual      Expected  Status\n"
		"    2024-03                  1,262             -\n"
		"    2024-06                  25.50           125  off track\n"
		"    2024-07           not reported             -\n"
		"    2024-08                      0           208  to watch\n"),
	    "%s", m.text);
	arena_release(&mem);
}

/* How often part stands in text. */
static size_t
count(const char *text, const char *part)
{
	size_t n = 0;

	for (; (text = strstr(text, part)) != NULL; text += strlen(part))
		n++;
	return n;
}

Test(outlook, plot_as_bars)
{
	struct arena mem = { 0 };
	struct mail m = composed("ja", "opened", PLOT, &mem);

	cr_expect_eq(count(m.html, "height:8px"), 4,
	    "three tracks, one with its bar beside: %zu",
	    count(m.html, "height:8px"));
	cr_expect_not_null(strstr(m.html, "width:2.0%;height:8px"), "June");
	cr_expect_not_null(strstr(m.html, "width:9.9%;height:3px"), "its path");
	cr_expect_eq(count(m.html, "報告なし"), 1, "July");
	cr_expect_null(strstr(m.html, "<img"));
	arena_release(&mem);
}

static const struct {
	const char *keys, *ja, *en, *why;
} captions[] = {
	{ "\"from\":69.5", "最近の推移（単位：件、棒の左端：69.5）",
	    "The last periods (in 件, bars begin at 69.5)", "a level" },
	{ "\"cumulative\":false", "最近の推移（単位：件）",
	    "The last periods (in 件)", "no sum" },
};

Test(outlook, captions)
{
	for (size_t i = 0; i < ARRAY_LEN(captions); i++) {
		struct arena mem = { 0 };
		const char *json = arena_printf(&mem,
		    "{\"targets\":[{\"unit\":\"件\",\"plot\":{%s," PERIODS
		    "}}]}",
		    captions[i].keys);
		struct mail ja = composed("ja", "opened", json, &mem);
		struct mail en = composed("en", "opened", json, &mem);

		cr_expect_not_null(strstr(ja.html, captions[i].ja),
		    "row %zu (%s): %s", i, captions[i].why, ja.text);
		cr_expect_not_null(strstr(en.text, captions[i].en),
		    "row %zu (%s): %s", i, captions[i].why, en.text);
		arena_release(&mem);
	}
}

Test(outlook, one_period_is_no_plot)
{
	static const char *const few[] = { "\"plot\":null", "\"plot\":{}",
		"\"plot\":{\"periods\":[{\"actual\":45,\"bar\":180}]}" };

	for (size_t i = 0; i < ARRAY_LEN(few); i++) {
		struct arena mem = { 0 };
		struct mail m = composed("ja", "opened",
		    arena_printf(&mem, "{\"targets\":[{%s}]}", few[i]), &mem);

		cr_expect_null(strstr(m.text, "推移"), "row %zu", i);
		cr_expect_null(strstr(m.html, "推移"), "row %zu", i);
		arena_release(&mem);
	}
}

/* A forecast, and the sentence about it; "" for none. */
static const struct {
	const char *keys, *ja, *en, *why;
} forecasts[] = {
	{ "\"forecast\":{\"value\":101.4999,\"low\":63,\"high\":150.5,"
	  "\"error\":9.5,\"probability\":0.1136,\"method\":\"run_rate\"}",
	    "見通し：期限には約101件（8割の確率で63～151件）となる見込みです。"
	    "目標を達成する確率は約11%です。"
	    "これまでの進み方が続くものとして推計しています。\n",
	    "Forecast: about 101 件 on the due date (63 to 151 in four cases "
	    "of five); the chance of reaching the target is about 11%; "
	    "estimated as if it went on as so far\n",
	    "whole things" },
	{ "\"forecast\":{\"value\":410,\"low\":350,\"high\":480,"
	  "\"error\":null,\"probability\":0.3,\"method\":\"kindred\"}",
	    "約30%です。この指標には過去の年度の実績がないため、"
	    "ほかの指標の月ごとの進み方を当てはめた推計です。\n",
	    "about 30%; there are no past years of this: estimated from how "
	    "the months of other indicators go\n",
	    "what it rests on when it is not its own past" },
	{ "\"actual\":\"72.70\",\"forecast\":{\"value\":74.8153,"
	  "\"probability\":1.0}",
	    "見通し：期限には約74.82件となる見込みです。"
	    "目標を達成する確率は99%以上です。\n",
	    "Forecast: about 74.82 件 on the due date; the chance of reaching "
	    "the target is 99% at least\n",
	    "as exact as the value, and never sure" },
	{ "\"forecast\":{\"value\":101,\"low\":63,\"high\":151,"
	  "\"error\":null,\"probability\":0.1136,\"method\":\"run_rate\"}",
	    "見通し：過去の年度の実績がないため、期限の見込み数は示していません。"
	    "目標を達成する確率は約11%です。\n",
	    "Forecast: no figure without past years; the chance of reaching "
	    "the target is about 11%\n",
	    "a year whose shape nobody knows" },
	{ "\"forecast\":{\"value\":5,\"probability\":0.0004}",
	    "確率は1%以下です。\n", "is 1% at most\n", "hardly" },
	{ "\"forecast\":{\"value\":10,\"method\":\"plan\"}",
	    "見通し：今後の予定をすべて実施すると、期限には10件となります。\n",
	    "Forecast: 10 件 on the due date if all that is planned is done\n",
	    "a plan has no chance" },
	{ "\"forecast\":{\"value\":5,\"low\":null,\"probability\":null}",
	    "見通し：期限には約5件となる見込みです。\n",
	    "Forecast: about 5 件 on the due date\n", "no probability" },
	{ "\"forecast\":null", "", "", "none" },
	{ "\"forecast\":{}", "", "", "an empty one" },
};

Test(outlook, forecasts)
{
	for (size_t i = 0; i < ARRAY_LEN(forecasts); i++) {
		struct arena mem = { 0 };
		const char *json = arena_printf(&mem,
		    "{\"targets\":[{\"unit\":\"件\",%s}]}", forecasts[i].keys);
		struct mail ja = composed("ja", "opened", json, &mem);
		struct mail en = composed("en", "opened", json, &mem);
		bool none = forecasts[i].ja[0] == '\0';

		cr_expect_not_null(strstr(ja.text, forecasts[i].ja),
		    "row %zu (%s): %s", i, forecasts[i].why, ja.text);
		cr_expect_not_null(strstr(en.text, forecasts[i].en),
		    "row %zu (%s): %s", i, forecasts[i].why, en.text);
		cr_expect_eq(strstr(ja.text, "見通し") == NULL, none,
		    "row %zu (%s)", i, forecasts[i].why);
		arena_release(&mem);
	}
}

/* A label that would leave no room for its value stands above it. */
Test(outlook, long_labels_of_a_notice_stand_above)
{
	static const char json[] =
	    "{\"subject_ja\":\"x\",\"lead_ja\":\"y\",\"parts\":["
	    "{\"heading_ja\":\"a\",\"lines\":[{\"label_ja\":\"%s\","
	    "\"ja\":\"遅れ\"}]}]}";
	struct arena mem = { 0 };
	char *text = arena_strdup(&mem, json);
	char *mark = strstr(text, "%s");
	struct mail m = composed("ja", "digest",
	    arena_printf(&mem, "%.*s%s%s", (int)(mark - text), text,
		"自転車用ヘルメットの購入費補助", mark + 2),
	    &mem);

	cr_expect_not_null(strstr(m.html,
			       "<b>自転車用ヘルメットの購入費補助</b><br>遅れ"),
	    "%s", m.html);
	m = composed("ja", "digest",
	    arena_printf(&mem, "%.*s%s%s", (int)(mark - text), text, "期間",
		mark + 2),
	    &mem);
	cr_expect_null(strstr(m.html, "<b>期間"), "%s", m.html);
	arena_release(&mem);
}
