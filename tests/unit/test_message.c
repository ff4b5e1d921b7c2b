/* rooms: base schedule notify */
#include <criterion/criterion.h>
#include <string.h>

#include "../support/message_facts.h"

Test(message, opening_in_japanese_to_the_letter)
{
	struct arena mem = { 0 };
	struct mail m = composed("ja", "opened", HEAD HELMETS "]}", &mem);

	cr_expect_str_eq(m.subject,
	    "【目標進捗】令和6年度 「遅れ」："
	    "自転車用ヘルメット購入費補助");
	cr_expect_str_eq(m.text,
	    "令和6年10月15日（2024-10-15）現在、次の目標が「遅れ」と判定されま"
	    "した。市民まちづくり推進部におかれましては、原因のご確認と今後の"
	    "対応のご検討をお願いいたします。\n"
	    "\n"
	    "■ 7-2-(4) 自転車用ヘルメット購入費補助（45/500件）\n"
	    "  目標：500件以上\n"
	    "  期限：令和7年3月31日（2025-03-31）\n"
	    "  実績：45件\n"
	    "  基準時点：令和6年9月30日（2024-09-30）現在\n"
	    "  期待値：250件　毎月均等に進むとした場合\n"
	    "  差：期待値に対し205件不足\n"
	    "  今後必要：期限まで毎月76件\n"
	    "  判定：遅れ（進度指数 0.18。1.00で期待どおり）\n"
	    "  出典：中間報告（上田市）　58行目・6列目　"
	    "https://example.jp/r6.csv\n"
	    "  公表：令和6年10月10日（2024-10-10）\n"
	    "  取込：令和6年10月15日（2024-10-15）9時00分\n"
	    "  版：第12版　受領番号 3（SHA-256 9f86d081884c…）\n"
	    "\n"
	    "----------\n"
	    "目標管理シート：https://kpi.example.jp/\n"
	    "このメールは、目標の進み具合を集計してお知らせするプログラム kpid "
	    "が自動で送信しました。数値の誤りなど、お気づきの点は "
	    "kpid-admin@example.jp までご連絡ください。\n");
	arena_release(&mem);
}

Test(message, opening_in_english_to_the_letter)
{
	struct arena mem = { 0 };
	struct mail m = composed("en", "opened", HEAD HELMETS "]}", &mem);

	cr_expect_str_eq(m.subject,
	    "[Targets] FY2024 off track: "
	    "自転車用ヘルメット購入費補助");
	cr_expect_str_eq(m.text,
	    "This target is judged off track as of 2024-10-15. "
	    "市民まちづくり推進部: please look into the cause and what is to be "
	    "done.\n"
	    "\n"
	    "■ 7-2-(4) 自転車用ヘルメット購入費補助 (45/500件)\n"
	    "  Target: at least 500 件\n"
	    "  Due: 2025-03-31\n"
	    "  Actual: 45 件\n"
	    "  As of: 2024-09-30\n"
	    "  Expected: 250 件, if it grows evenly\n"
	    "  Gap: 205 件 less than expected\n"
	    "  Needed: 76 件 a month until it is due\n"
	    "  Status: off track (pace index 0.18; 1.00 is as expected)\n"
	    "  Source: 中間報告 (上田市), line 58 column 6, "
	    "https://example.jp/r6.csv\n"
	    "  Published: 2024-10-10\n"
	    "  Collected: 2024-10-15 09:00\n"
	    "  Version: event 12, delivery 3 (SHA-256 9f86d081884c…)\n"
	    "\n"
	    "----------\n"
	    "Goal sheet: https://kpi.example.jp/\n"
	    "Sent automatically by kpid, which follows how targets progress. "
	    "Questions and errors in the figures: kpid-admin@example.jp\n");
	arena_release(&mem);
}

static const struct {
	const char *kind, *json, *subject, *lead, *why;
} japanese[] = {
	{ "opened", THREE,
	    "【目標進捗】令和6年度 3件が「遅れ」："
	    "自転車用ヘルメット購入費補助 ほか",
	    "次の3件の目標が「遅れ」と判定されました", "three of a kind" },
	{ "opened",
	    "{\"fiscal_year\":2024,\"targets\":[{\"name\":\"甲\","
	    "\"status\":\"off_track\"},{\"status\":\"missed\"}]}",
	    "【目標進捗】令和6年度 「未達成」1件・「遅れ」1件：甲 ほか",
	    "次の2件の目標が「未達成」1件・「遅れ」1件と判定されました",
	    "two kinds, the graver first" },
	{ "opened",
	    "{\"reopened\":true,\"fiscal_year\":2019,\"targets\":[{"
	    "\"name\":\"甲\",\"status\":\"missed\"}]}",
	    "【目標進捗・再通知】令和元年度 「未達成」：甲",
	    "先に回復とお知らせしましたが、数値の改定により、次の目標が",
	    "a revision undoes a closing" },
	{ "reopened",
	    "{\"targets\":[{\"name\":\"甲\",\"status\":"
	    "\"missed\"}]}",
	    "【目標進捗・再通知】「未達成」：甲",
	    "先に回復とお知らせしましたが", "the same by its kind" },
	{ "escalated", THREE,
	    "【目標進捗・再度のお願い】令和6年度 "
	    "「遅れ」が続いています：自転車用ヘルメット購入費補助 ほか",
	    "その後も「遅れ」の状態が続いています", "escalation" },
	{ "closed",
	    "{\"targets\":[{\"name\":\"甲\",\"status\":\"on_track\","
	    "\"previous_status\":\"off_track\"}]}",
	    "【目標進捗・回復】現在「順調」：甲",
	    "現在「順調」と判定されて"
	    "います。ご担当部署での新たな対応は必要ありません。",
	    "closing, no year, no department" },
	{ "correction",
	    "{\"targets\":[{\"target\":\"a-1\","
	    "\"status\":\"watch\"}]}",
	    "【目標進捗・訂正】現在「要注意」：a-1",
	    "先のお知らせを訂正します。", "a target without a name" },
	{ "target_changed",
	    "{\"targets\":[{\"name\":\"甲\","
	    "\"status\":\"on_track\"}]}",
	    "【目標進捗・目標変更】現在「順調」：甲",
	    "目標の内容が変更されたため", "a changed target" },
	{ "opened",
	    "{\"targets\":[{\"name\":\"甲\\r\\nBcc: x@y\","
	    "\"status\":\"missed\"}]}",
	    "【目標進捗】「未達成」：甲  Bcc: x@y", "次の目標が",
	    "a line break in a name is no new header" },
};

Test(message, kinds_in_japanese)
{
	for (size_t i = 0; i < ARRAY_LEN(japanese); i++) {
		struct arena mem = { 0 };
		struct mail m =
		    composed("ja", japanese[i].kind, japanese[i].json, &mem);

		cr_expect_str_eq(m.subject, japanese[i].subject,
		    "row %zu (%s): %s", i, japanese[i].why, m.subject);
		cr_expect_not_null(strstr(m.text, japanese[i].lead),
		    "row %zu (%s): %s", i, japanese[i].why, m.text);
		cr_expect(strstr(m.text, japanese[i].lead)
			< strchr(m.text, '\n'),
		    "row %zu (%s): not the first line", i, japanese[i].why);
		arena_release(&mem);
	}
}

static const struct {
	const char *kind, *subject, *lead;
} english[] = {
	{ "opened", "[Targets] FY2024 3 off track: ",
	    "These 3 targets are judged off track as of 2024-10-15. " },
	{ "escalated", "[Targets, still] FY2024 3 off track: ",
	    "These 3 targets are still off track. " },
	{ "closed", "[Targets, recovered] FY2024 3 off track: ",
	    "These 3 targets are now off track. " },
	{ "correction", "[Targets, correction] FY2024 3 off track: ",
	    "A correction of our earlier mail: " },
	{ "target_changed", "[Targets, changed] FY2024 3 off track: ",
	    "because the target itself was changed" },
};

Test(message, kinds_in_english)
{
	for (size_t i = 0; i < ARRAY_LEN(english); i++) {
		struct arena mem = { 0 };
		struct mail m = composed("en", english[i].kind, THREE, &mem);

		cr_expect(strstr(m.subject, english[i].subject) == m.subject,
		    "row %zu: %s", i, m.subject);
		cr_expect_not_null(strstr(m.subject, " and 2 more"));
		cr_expect_not_null(strstr(m.text, english[i].lead),
		    "row %zu: %s", i, m.text);
		arena_release(&mem);
	}
}

/* One target's keys, and a line that must then stand in the mail. */
static const struct {
	const char *keys, *ja, *en, *why;
} lines[] = {
	{ "\"comparator\":\"at_most\",\"target_value\":\"500\",\"unit\":\"人\"",
	    "目標：500人以下\n", "Target: at most 500 人\n", "at most" },
	{ "\"comparator\":\"between\",\"target_value\":\"4\","
	  "\"value_high\":\"6\"",
	    "目標：4以上6以下\n", "Target: 4 to 6\n", "between" },
	{ "\"comparator\":\"more_than_last_year\",\"target_value\":\"121\","
	  "\"unit\":\"人\"",
	    "目標：121人を上回る（前年度より増加）\n",
	    "Target: more than last year, 121 人\n", "last year" },
	{ "\"target_value\":\"600\",\"previous_target_value\":\"500\","
	  "\"comparator\":\"at_least\",\"unit\":\"件\"",
	    "目標：600件以上　変更前は500件\n",
	    "Target: at least 600 件, formerly 500 件\n", "changed" },
	{ "\"actual\":\"72.70\",\"unit\":\"%\"", "実績：72.70%\n",
	    "Actual: 72.70%\n", "decimals as they came" },
	{ "\"actual\":\"528700000\",\"unit\":\"円\"", "実績：528,700,000円\n",
	    "Actual: 528,700,000 円\n", "thousands" },
	{ "\"actual_period\":\"2024-09\"", "基準時点：令和6年9月（2024-09）\n",
	    "As of: 2024-09\n", "month" },
	{ "\"expected\":\"7.5000\",\"expected_whole\":\"7\",\"unit\":\"回\"",
	    "期待値：7回（計算上は7.5回）\n",
	    "Expected: 7 回 (exactly 7.5 回)\n", "both expectations" },
	{ "\"expected\":\"7.5000\",\"expected_whole\":\"7\","
	  "\"gap\":\"-3.5000\",\"unit\":\"回\"",
	    "差：計算上の期待値に対し3.5回不足\n",
	    "Gap: 3.5 回 less than exactly expected\n",
	    "a gap says which expectation it is from" },
	{ "\"gap\":\"-3.5\",\"gap_whole\":\"-3\",\"expected\":\"7.5\","
	  "\"expected_whole\":\"7\"",
	    "差：期待値に対し3不足\n", "Gap: 3 less than expected\n",
	    "the whole gap is preferred" },
	{ "\"gap\":\"-1.3000\",\"unit\":\"％\"",
	    "差：期待値に対し1.3ポイント不足\n",
	    "Gap: 1.3 points less than expected\n", "per cent in points" },
	{ "\"gap\":\"12\"", "差：期待値を12上回る\n",
	    "Gap: 12 more than expected\n", "ahead" },
	{ "\"gap\":\"0.0000\"", "差：期待値どおり\n", "Gap: as expected\n",
	    "even" },
	{ "\"gap\":\"20\",\"comparator\":\"at_most\"", "差：期待値を20超過\n",
	    "Gap: 20 more than expected\n", "too many" },
	{ "\"gap\":\"-20\",\"comparator\":\"at_most\"",
	    "差：期待値を20下回る\n", "Gap: 20 less than expected\n",
	    "few, which is good" },
	{ "\"required_rate\":\"1.8333\",\"unit\":\"回\"",
	    "今後必要：期限まで毎月2回\n", "Needed: 2 回 a month", "whole" },
	{ "\"required_rate\":\"0.0512\",\"actual\":\"72.7\",\"unit\":\"%\"",
	    "今後必要：期限まで毎月0.1ポイント\n", "Needed: 0.1 points a month",
	    "as many places as the value has, upwards" },
	{ "\"required_rate\":\"41.9\",\"comparator\":\"at_most\"",
	    "今後必要：期限まで毎月41以内に抑える\n",
	    "Needed: at most 41 a month", "a limit goes down" },
	{ "\"pace_index\":\"0.5999\",\"status\":\"off_track\"",
	    "判定：遅れ（進度指数 0.59。",
	    "Status: off track (pace index "
	    "0.59;",
	    "never rounded up to the step it missed" },
	{ "\"status\":\"on_track\",\"previous_status\":\"off_track\"",
	    "判定：遅れ → 順調\n", "Status: off track → on track\n",
	    "before and now" },
	{ "\"status\":\"something_new\"", "判定：something_new\n",
	    "Status: something_new\n", "an unknown status is told" },
	{ "\"modifiers\":[\"provisional\",\"plan_short\",\"new\"]",
	    "注記：速報値です／今後の予定をすべて実施しても目標に届きません／"
	    "new\n",
	    "Notes: the value is provisional; all that is still "
	    "planned will not reach the target; new\n",
	    "modifiers" },
	{ "\"reason\":\"計画が未定です\",\"reason_en\":\"There is no plan.\"",
	    "理由：計画が未定です\n", "Reason: There is no plan.\n",
	    "each reads the reason in its language" },
	{ "\"source\":{\"feed\":\"f-1\",\"url\":\"file:///srv/a.csv\"}",
	    "出典：f-1\n", "Source: f-1\n", "a path of the server is no link" },
	{ "\"target\":\"x\"", "実績：まだ報告がありません\n",
	    "Actual: not reported yet\n", "nothing reported" },
};

Test(message, lines)
{
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		struct arena mem = { 0 };
		const char *json =
		    arena_printf(&mem, "{\"targets\":[{%s}]}", lines[i].keys);
		struct mail ja = composed("ja", "opened", json, &mem);
		struct mail en = composed("en", "opened", json, &mem);

		cr_expect_not_null(strstr(ja.text, lines[i].ja),
		    "row %zu (%s): %s", i, lines[i].why, ja.text);
		cr_expect_not_null(strstr(en.text, lines[i].en),
		    "row %zu (%s): %s", i, lines[i].why, en.text);
		cr_expect_null(strstr(ja.text, "(null)"), "row %zu", i);
		cr_expect_null(strstr(en.text, "(null)"), "row %zu", i);
		arena_release(&mem);
	}
}

/* Every value of the text stands in the HTML too (none has an entity here). */
Test(message, html_says_what_the_text_says)
{
	struct arena mem = { 0 };
	struct mail m = composed("ja", "opened", THREE, &mem);

	for (const char *p = m.text; *p != '\0'; p += strcspn(p, "\n") + 1) {
		size_t len = strcspn(p, "\n");
		const char *line = arena_strndup(&mem, p, len);
		const char *colon = strstr(line, "：");
		const char *value = colon != NULL ? colon + strlen("：")
		    : strncmp(line, "■ ", 4) == 0 ? line + 4
						  : line;

		cr_expect(strstr(m.html, value) != NULL || line[0] == '-',
		    "missing in the HTML: %s", value);
	}
	cr_expect_not_null(strstr(m.html, "width:9.0%;"), "45 of 500");
	cr_expect_not_null(strstr(m.html, "width:50.0%;"), "250 of 500");
	arena_release(&mem);
}

Test(message, html_is_safe_and_self_contained)
{
	struct arena mem = { 0 };
	struct mail m = composed("ja", "opened",
	    "{\"targets\":[{\"name\":"
	    "\"<script>alert(1)</script> & \\\"x\\\"\",\"status\":\"missed\"}"
	    "]}",
	    &mem);
	static const char *const never[] = { "<script", "<img", "<link",
		"@import", "url(", "javascript:", "<style" };

	for (size_t i = 0; i < ARRAY_LEN(never); i++)
		cr_expect_null(strstr(m.html, never[i]), "%s", never[i]);
	cr_expect_not_null(strstr(m.html,
	    "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;"));
	cr_expect_not_null(strstr(m.html, "<html lang=\"ja\">"));
	cr_expect_not_null(strstr(m.html,
	    "<a style=\"color:#1a5fa8\" href=\"https://kpi.example.jp/\">"));
	arena_release(&mem);
}

Test(message, a_fixed_clock_is_told)
{
	struct arena mem = { 0 };
	struct config cfg = config;
	struct kpid_err err = { 0 };
	const char *json = "{\"clock\":\"2024-10-15T00:00:00Z\","
			   "\"targets\":[{\"name\":\"甲\"}]}";
	struct mail ja = composed("ja", "opened", json, &mem);
	struct mail en = composed("en", "opened", json, &mem);

	cr_expect_not_null(
	    strstr(ja.text,
		"現在の時刻を "
		"令和6年10月15日（2024-10-15）9時00分 に固定して判定しています。"),
	    "%s", ja.text);
	cr_expect_not_null(strstr(ja.html, "に固定して判定しています。"));
	cr_expect_not_null(strstr(en.text,
			       "the clock is fixed at 2024-10-15 09:00."),
	    "%s", en.text);
	cfg.clock_fixed = true;
	cfg.clock = 1728950400000000; /* 2024-10-15T00:00:00Z */
	cr_assert(message_compose(&cfg, "opened",
	    "{\"targets\":[{\"name\":\"甲\"}]}", &mem, &ja, &err));
	cr_expect_not_null(strstr(ja.text, "9時00分 に固定して判定"),
	    "the configuration's: %s", ja.text);
	arena_release(&mem);
}

static const struct {
	const char *kind, *json, *zone, *part, *why;
} refused[] = {
	{ "poem", THREE, "Asia/Tokyo", "'poem'", "unknown kind" },
	{ "opened", "{", "Asia/Tokyo", "facts", "no JSON" },
	{ "opened", "{\"targets\":[]}", "Asia/Tokyo", "no target", "empty" },
	{ "opened", THREE, "Asia/Nowhere", "Asia/Nowhere", "unknown zone" },
};

Test(message, what_cannot_be_written)
{
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		struct arena mem = { 0 };
		struct config cfg = config;
		struct kpid_err err = { 0 };
		struct mail m = { .subject = "kept" };

		cfg.time_zone = refused[i].zone;
		cr_expect(!message_compose(&cfg, refused[i].kind,
			      refused[i].json, &mem, &m, &err),
		    "row %zu (%s)", i, refused[i].why);
		cr_expect_not_null(strstr(err.msg, refused[i].part),
		    "row %zu (%s): %s", i, refused[i].why, err.msg);
		cr_expect_str_eq(m.subject, "kept", "row %zu", i);
		arena_release(&mem);
	}
}
