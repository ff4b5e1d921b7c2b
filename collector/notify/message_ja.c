/* Mails in Japanese, as one office writes to another. */
#include <string.h>

#include "calendar.h"
#include "decimal.h"
#include "japanese.h"
#include "vocabulary.h"

/* In the order in which a subject names them: the gravest first. */
static const struct word statuses[] = {
	{ "missed", "未達成" },
	{ "off_track", "遅れ" },
	{ "watch", "要注意" },
	{ "not_judgeable", "判定不能" },
	{ "on_track", "順調" },
	{ "met", "目標水準" },
	{ "achieved", "達成" },
	{ "not_applicable", "判定対象外" },
};

const char *
ja_status_name(const char *code)
{
	return word_of(statuses, ARRAY_LEN(statuses), code, code);
}

const char *
ja_status(const struct letter *letter, const struct fact_target *t)
{
	(void)letter;
	return t->status_ja != NULL ? t->status_ja : ja_status_name(t->status);
}

static const char *
department(const struct letter *letter)
{
	return letter->facts.department != NULL ? letter->facts.department
						: "ご担当部署";
}

/* 「未達成」1件・「遅れ」2件, or 「遅れ」 when all are the same. */
static const char *
tally(const struct letter *letter)
{
	const char *all = NULL;

	for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
		size_t n = facts_count(&letter->facts, statuses[i].code);

		if (n > 0 && n == letter->facts.n_targets)
			return arena_printf(letter->mem, "「%s」",
			    statuses[i].text);
		if (n > 0)
			all = joined(letter, all, "・",
			    arena_printf(letter->mem, "「%s」%zu件",
				statuses[i].text, n));
	}
	return all == NULL ? "未定" : all;
}

static const char *
first_name(const struct letter *letter)
{
	const struct fact_target *t = letter->facts.targets;
	const char *name = t->name != NULL ? t->name : t->target;

	return letter->facts.n_targets > 1
	    ? arena_printf(letter->mem, "%s ほか", name == NULL ? "目標" : name)
	    : name == NULL ? "目標"
			   : name;
}

/* 3件が「遅れ」, 「未達成」1件・「遅れ」2件, or 「遅れ」 of one target. */
static const char *
news_of_opening(const struct letter *letter)
{
	const char *words = tally(letter);
	size_t n = letter->facts.n_targets;

	return n > 1 && strstr(words, "件") == NULL
	    ? arena_printf(letter->mem, "%zu件が%s", n, words)
	    : words;
}

static const char *
news(const struct letter *letter)
{
	if (letter->kind == LETTER_OPENED)
		return news_of_opening(letter);
	return letter->kind == LETTER_ESCALATED
	    ? arena_printf(letter->mem, "%sが続いています", tally(letter))
	    : arena_printf(letter->mem, "現在%s", tally(letter));
}

static const char *
subject(const struct letter *letter)
{
	static const char *const marks[] = {
		[LETTER_OPENED] = "目標進捗",
		[LETTER_ESCALATED] = "目標進捗・再度のお願い",
		[LETTER_CLOSED] = "目標進捗・回復",
		[LETTER_CORRECTION] = "目標進捗・訂正",
		[LETTER_TARGET_CHANGED] = "目標進捗・目標変更",
		[LETTER_REMINDER] = "目標進捗・状況の確認",
	};
	if (letter->kind == LETTER_HELD)
		return ja_held_subject(letter);
	if (letter->kind == LETTER_NOTICE)
		return letter->subject;
	const char *mark =
	    letter->kind == LETTER_OPENED && letter->facts.reopened != NULL
	    ? "目標進捗・再通知"
	    : marks[letter->kind];
	const char *year =
	    ja_fiscal_year(letter->facts.fiscal_year, letter->mem);
	return arena_printf(letter->mem, "【%s】%s%s%s：%s", mark,
	    year == NULL ? "" : year, year == NULL ? "" : " ", news(letter),
	    first_name(letter));
}

static const char *
which(const struct letter *letter)
{
	return letter->facts.n_targets > 1 ? arena_printf(letter->mem,
		   "次の%zu件の目標", letter->facts.n_targets)
					   : "次の目標";
}

static const char *
lead_of_opening(const struct letter *letter)
{
	const char *day = ja_date(letter->facts.as_of, letter->mem);

	return arena_printf(letter->mem,
	    "%s%s%sが%sと判定されました。"
	    "%sにおかれましては、原因のご確認と今後の対応のご検討を"
	    "お願いいたします。",
	    letter->facts.reopened != NULL
		? "先に回復とお知らせしましたが、数値の改定により、"
		: "",
	    day == NULL ? "" : arena_printf(letter->mem, "%s現在、", day),
	    which(letter), tally(letter), department(letter));
}

static const char *
lead(const struct letter *letter)
{
	const char *what = which(letter), *now = tally(letter);
	const char *who = department(letter);

	switch (letter->kind) {
	case LETTER_HELD:
		return ja_held_lead(letter);
	case LETTER_NOTICE:
		return letter->lead;
	case LETTER_OPENED:
		break;
	case LETTER_ESCALATED:
		return arena_printf(letter->mem,
		    "先にお知らせした%sは、"
		    "その後も%sの状態が続いています。%sにおかれましては、"
		    "期限までの対応方針をご検討のうえ、部局長へのご報告を"
		    "お願いいたします。",
		    what, now, who);
	case LETTER_CLOSED:
		return arena_printf(letter->mem,
		    "先にお知らせした%sは、現在"
		    "%sと判定されています。%sでの新たな対応は必要ありません。",
		    what, now, who);
	case LETTER_CORRECTION:
		return arena_printf(letter->mem,
		    "先のお知らせを訂正します。"
		    "根拠とした数値が改定され、または取り消されたため、%sの"
		    "現在の判定は%sです。%sにおかれましては、先のお知らせを"
		    "受けて始めた対応がありましたら、改めてご確認を"
		    "お願いいたします。",
		    what, now, who);
	case LETTER_TARGET_CHANGED:
		return arena_printf(letter->mem,
		    "%sは、目標の内容が変更された"
		    "ため、判定を改めました。現在の判定は%sです。"
		    "%sにおかれましては、変更後の目標のご確認を"
		    "お願いいたします。",
		    what, now, who);
	case LETTER_REMINDER:
		return arena_printf(letter->mem,
		    "先にお知らせした%sは、対応の"
		    "期日を過ぎましたが、現在も%sと判定されています。"
		    "%sにおかれましては、対応状況のご確認と今後の方針の"
		    "ご報告をお願いいたします。",
		    what, now, who);
	}
	return lead_of_opening(letter);
}

static const char *
heading(const struct letter *letter, const struct fact_target *t)
{
	const char *name = t->name != NULL ? t->name
	    : t->target != NULL            ? t->target
					   : "目標";
	const char *title = joined(letter, t->item, " ", name);

	if (t->actual == NULL || t->target_value == NULL)
		return title;
	return arena_printf(letter->mem, "%s（%s/%s%s）", title,
	    decimal_show(t->actual, letter->mem),
	    decimal_show(t->target_value, letter->mem),
	    t->unit != NULL ? t->unit : "");
}

static const char *
sheet(const struct letter *letter, const struct fact_target *t)
{
	(void)t;
	return letter->report_url;
}

static const char *
sender(const struct letter *letter, const struct fact_target *t)
{
	(void)t;
	return letter->operator== NULL
	    ? "このメールは、目標の進み具合を集計してお知らせするプログラム "
	      "kpid が自動で送信しました。"
	    : arena_printf(letter->mem,
		"このメールは、目標の進み具合を集計して"
		"お知らせするプログラム kpid が自動で送信しました。数値の誤りなど、"
		"お気づきの点は %s までご連絡ください。",
		letter->operator);
}

static const char *
fixed_clock(const struct letter *letter, const struct fact_target *t)
{
	(void)t;
	return letter->facts.clock == NULL
	    ? NULL
	    : arena_printf(letter->mem,
		"試行用の設定により、現在の時刻を %s に固定して判定しています。",
		ja_instant(letter->facts.clock, letter->zone, letter->mem));
}

static const struct line_rule closing[] = {
	{ "目標管理シート", sheet, LINE_PLAIN },
	{ "", sender, LINE_PLAIN },
	{ "", fixed_clock, LINE_PLAIN },
};

const struct language language_ja = {
	.code = "ja",
	.colon = "：",
	.actual = "実績",
	.expected = "期待値",
	.subject = subject,
	.lead = lead,
	.heading = heading,
	.amount = ja_amount,
	.expectation = ja_expectation,
	.status = ja_status,
	.plot = {
	    .period = "期間",
	    .status = "判定",
	    .missing = "報告なし",
	    .none = "－",
	    .caption = ja_plot_caption,
	    .label = ja_plot_label,
	    .status_name = ja_status_name,
	},
	.held = ja_held,
	.lines = ja_lines,
	.n_lines = JA_LINES,
	.closing = closing,
	.n_closing = ARRAY_LEN(closing),
};
