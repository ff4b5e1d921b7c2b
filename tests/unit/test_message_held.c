/* rooms: base schedule notify */
#include <criterion/criterion.h>
#include <string.h>

#include "../support/message_facts.h"

/* A delivery that was held, as the database tells it. */
#define HELD                                                                   \
	"{\"kind\":\"held\",\"event\":12,\"feed\":\"population\",\"title\":"   \
	"\"人口\",\"url\":\"https://example.jp/p.csv\",\"delivery\":9,"      \
	"\"sha256\":"                                                          \
	"\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"" \
	",\"fetched_at\":\"2024-10-15T00:00:00+00:00\",\"error\":\"held: x\""

static const char held[] = HELD
    ",\"last_delivery\":7,\"last_fetched_at\":"
    "\"2024-09-15T00:00:00+00:00\",\"n_findings\":3,\"findings\":[{\"n\":1,"
    "\"kind\":\"jump\",\"line\":5,\"col\":3,\"text\":\"1 of 20 numbers\","
    "\"text_ja\":\"比べられる数値20件のうち1件が、桁違いです。\"},"
    "{\"n\":2,\"kind\":\"new_kind\",\"line\":0,\"col\":0,"
    "\"text\":\"column 'a' & more\",\"text_ja\":null}]}";

Test(message_held, held_in_japanese_to_the_letter)
{
	struct arena mem = { 0 };
	struct mail m = composed("ja", "held", held, &mem);

	cr_expect_str_eq(m.subject,
	    "【データ保留】人口：これまでと桁の違う数値があります ほか");
	cr_expect_str_eq(m.text,
	    "「人口」の新しいデータは、全体に誤りがある疑いがあるため、取り込みを"
	    "保留しました。数値と目標の判定は、これまでのデータのままです。お手数"
	    "ですが、提供元のデータをご確認のうえ、取り込むかどうかをお決めくださ"
	    "い。\n"
	    "\n"
	    "■ これまでと桁の違う数値があります\n"
	    "  内容：比べられる数値20件のうち1件が、桁違いです。\n"
	    "  場所：5行目・3列目\n"
	    "  確認点：列のずれや小数点の抜けがないかをご確認ください。\n"
	    "\n"
	    "■ 取込設定と合わない内容があります\n"
	    "  内容：column 'a' & more\n"
	    "  確認点：表の形が変わったのであれば、取込設定の見直しが必要です。\n"
	    "\n"
	    "■ 保留したデータ\n"
	    "  受領番号：9（SHA-256 9f86d081884c…）\n"
	    "  取込：令和6年10月15日（2024-10-15）9時00分\n"
	    "  取得元：https://example.jp/p.csv\n"
	    "  使用中のデータ：受領番号 7（令和6年9月15日（2024-09-15）9時00分"
	    "取込）\n"
	    "  指摘：全3件のうち2件を記載しました\n"
	    "\n"
	    "■ ご対応（システム担当が実行します）\n"
	    "  内容を見る：kpid preview population\n"
	    "  正しい場合：kpid replay 9 --commit（保留を解いて取り込みます）\n"
	    "  誤りの場合：kpid retract 9 --why 理由（このデータは使いません。提供元が訂正"
	    "したデータは、次の収集で取り込みます）\n"
	    "\n"
	    "----------\n"
	    "目標管理シート：https://kpi.example.jp/\n"
	    "このメールは、目標の進み具合を集計してお知らせするプログラム kpid "
	    "が自動で送信しました。数値の誤りなど、お気づきの点は "
	    "kpid-admin@example.jp までご連絡ください。\n");
	cr_expect_not_null(strstr(m.html, "column 'a' &amp; more"));
	cr_expect_not_null(strstr(m.html, "kpid replay 9 --commit"));
	arena_release(&mem);
}

Test(message_held, held_in_english_to_the_letter)
{
	struct arena mem = { 0 };
	struct mail m = composed("en", "held", held, &mem);

	cr_expect_str_eq(m.subject,
	    "[Data held] 人口: Numbers far from what they were, and more");
	cr_expect_str_eq(m.text,
	    "New data of '人口' look wrong as a whole and were not loaded. "
	    "Figures and targets stay as they were. Please check the data at "
	    "their source, and decide whether to load them.\n"
	    "\n"
	    "■ Numbers far from what they were\n"
	    "  What: 1 of 20 numbers\n"
	    "  Where: line 5, column 3\n"
	    "  To look at: Did columns move, or is a decimal point lost?\n"
	    "\n"
	    "■ Something that the contract does not know\n"
	    "  What: column 'a' & more\n"
	    "  To look at: If the table changed, the contract must say so.\n"
	    "\n"
	    "■ The held delivery\n"
	    "  Delivery: 9 (SHA-256 9f86d081884c…)\n"
	    "  Collected: 2024-10-15 09:00\n"
	    "  From: https://example.jp/p.csv\n"
	    "  Serving: delivery 7, collected 2024-09-15 09:00\n"
	    "  Findings: 2 of 3 are listed\n"
	    "\n"
	    "■ What to do (commands of the operator)\n"
	    "  To see it: kpid preview population\n"
	    "  If it is right: kpid replay 9 --commit (loads it)\n"
	    "  If it is wrong: kpid retract 9 --why TEXT (it is never used; what the "
	    "source corrects comes with the next collection)\n"
	    "\n"
	    "----------\n"
	    "Goal sheet: https://kpi.example.jp/\n"
	    "Sent automatically by kpid, which follows how targets progress. "
	    "Questions and errors in the figures: kpid-admin@example.jp\n");
	arena_release(&mem);
}

/* Held without a finding, before anything served: the error speaks. */
Test(message_held, held_with_little_to_say)
{
	struct arena mem = { 0 };
	struct mail m = composed("ja", "held", HELD "}", &mem);

	cr_expect_str_eq(m.subject,
	    "【データ保留】人口：取込設定と合わない内容があります");
	cr_expect_not_null(strstr(m.text, "  内容：held: x\n"));
	cr_expect_not_null(strstr(m.text,
	    "  使用中のデータ：まだありません\n"));
	cr_expect_null(strstr(m.text, "指摘"));
	cr_expect_null(strstr(m.text, "場所"));
	arena_release(&mem);
}

/* What the reading of a table finds is named in Japanese, too. */
static const struct {
	const char *kind, *text, *ja;
} found[] = {
	{ "unknown_column", "column '備考' is not in the contract",
	    "「備考」" },
	{ "unknown_mark", "unknown mark '※' in column '件数'", "「※」" },
	{ "unknown_label", "unknown label", "unknown label" },
	{ "unknown_label", "unknown label 'a", "unknown label 'a" },
	{ "changed_unit",
	    "unit '千件' of column '件数' is not '件', which the contract says",
	    "「件数」の単位が「千件」と書かれています。取り込む単位は「件」です。" },
	{ "changed_unit",
	    "the contract's unit '件' of column '件数' does not become that of "
	    "the row's indicator",
	    "取込設定では「件数」の単位を「件」としていますが、その行の指標の"
	    "単位に換算できません。" },
	{ "partial", "1000 of 3000 records are here; 'url' must ask for all",
	    "全3000件のうち1000件だけです。" },
	{ "partial", "CKAN says that it cut the records",
	    "途中までしか届いていません。" },
	{ "empty_path", "path 'items.n' finds nothing in any record; has ..",
	    "「items.n」" },
	{ "extra_cells", "'12' stands where the header has no column",
	    "「12」" },
	{ "unknown_status", "unknown status '速'", "「速」" },
	{ "jump", "1 of 'a' numbers", "1 of 'a' numbers" },
};

Test(message_held, what_was_found_is_named)
{
	for (size_t i = 0; i < ARRAY_LEN(found); i++) {
		struct arena mem = { 0 };
		const char *json = arena_printf(&mem,
		    HELD ",\"n_findings\":1,\"findings\":[{\"kind\":\"%s\","
			 "\"line\":1,\"col\":7,\"text\":\"%s\"}]}",
		    found[i].kind, found[i].text);
		struct mail ja = composed("ja", "held", json, &mem);
		struct mail en = composed("en", "held", json, &mem);

		cr_expect_not_null(strstr(ja.text,
				       arena_printf(&mem, "  内容：%s\n",
					   found[i].ja)),
		    "row %zu (%s): %s", i, found[i].kind, ja.text);
		cr_expect_not_null(strstr(en.text, found[i].text),
		    "row %zu (%s): %s", i, found[i].kind, en.text);
		arena_release(&mem);
	}
}
