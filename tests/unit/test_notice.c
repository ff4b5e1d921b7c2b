/* rooms: base schedule notify */
/* Letters in the database's own words, and the reminder of a target. */
#include <criterion/criterion.h>
#include <string.h>

#include "../support/message_facts.h"

/* As kpid.notice_put writes it. */
static const char late[] =
    "{\"kind\":\"late\",\"event\":3,\"subject_ja\":\"【データ未着】人口：7月分\","
    "\"subject_en\":\"[Data late] people: 2024-07\",\"lead_ja\":\"届いていません。\","
    "\"lead_en\":\"It has not come.\",\"parts\":[{\"heading_ja\":\"状況\","
    "\"heading_en\":\"State\",\"lines\":[{\"label_ja\":\"期間\",\"label_en\":"
    "\"Period\",\"ja\":\"令和6年7月\",\"en\":\"2024-07\",\"weight\":\"strong\"},"
    "{\"label_ja\":\"\",\"label_en\":\"\",\"ja\":\"a<b & 収集\",\"en\":"
    "\"a<b\",\"weight\":\"fine\"},{\"label_ja\":\"結果\",\"label_en\":\"Gave\"}]},"
    "{\"heading_ja\":\"対応\",\"heading_en\":\"To do\",\"lines\":[]}]}";

Test(notice, says_the_same_in_each_language_alone)
{
	static const struct {
		const char *language, *subject, *text;
	} rows[] = {
		{ "ja", "【データ未着】人口：7月分",
		    "届いていません。\n\n■ 状況\n  期間：令和6年7月\n"
		    "  a<b & 収集\n\n■ 対応\n" },
		{ "en", "[Data late] people: 2024-07",
		    "It has not come.\n\n■ State\n  Period: 2024-07\n"
		    "  a<b\n\n■ To do\n" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena mem = { 0 };
		struct mail m = composed(rows[i].language, "late", late, &mem);

		cr_expect_str_eq(m.subject, rows[i].subject);
		cr_expect_eq(strncmp(m.text, rows[i].text,
				 strlen(rows[i].text)),
		    0, "%s: got %s", rows[i].language, m.text);
		cr_expect_not_null(strstr(m.html, "a&lt;b"), "%s: %s",
		    rows[i].language, m.html);
		arena_release(&mem);
	}
}

/* Every kind that the database writes has a letter. */
Test(notice, every_kind_has_a_letter)
{
	static const char *const kinds[] = { "late", "trouble", "trouble_over",
		"digest", "checkpoint", "heartbeat" };

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct arena mem = { 0 };
		struct mail m = composed("en", kinds[i], late, &mem);

		cr_expect_str_eq(m.subject, "[Data late] people: 2024-07", "%s",
		    kinds[i]);
		arena_release(&mem);
	}
}

Test(notice, a_notice_without_words_is_refused)
{
	static const struct {
		const char *json, *why;
	} rows[] = {
		{ "{}", "no subject" },
		{ "{\"subject_ja\":\"x\"}", "no first line" },
		{ "{\"subject_en\":\"x\",\"lead_en\":\"y\"}",
		    "the other language" },
		{ "[]", "no object" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		struct kpid_err err = { 0 };
		struct mail m = { 0 };

		cr_expect_not(message_compose(&config, "late", rows[i].json,
				  &mem, &m, &err),
		    "row %zu (%s)", i, rows[i].why);
		cr_expect_eq(err.code, KPID_EMAIL, "row %zu (%s)", i,
		    rows[i].why);
	}
}

Test(notice, a_reminder_asks_how_it_goes_on)
{
	static const struct {
		const char *language, *subject, *word;
	} rows[] = {
		{ "ja", "【目標進捗・状況の確認】令和6年度 ",
		    "対応の期日を過ぎましたが、現在も「遅れ」と判定されています" },
		{ "en", "[Targets, reminder] FY2024 ",
		    "still off track, and the day until which it was taken in "
		    "hand has passed" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena mem = { 0 };
		struct mail m = composed(rows[i].language, "reminder",
		    HEAD HELMETS "]}", &mem);

		cr_expect_eq(strncmp(m.subject, rows[i].subject,
				 strlen(rows[i].subject)),
		    0, "%s", m.subject);
		cr_expect_not_null(strstr(m.text, rows[i].word), "%s", m.text);
		arena_release(&mem);
	}
}
