/* What a mail in Japanese says about one target, line by line. */
#include <string.h>

#include "calendar.h"
#include "decimal.h"
#include "japanese.h"
#include "kpid/civil.h"
#include "vocabulary.h"

static const struct word modifiers[] = {
	{ "stale", "最新の報告がまだ届いていません" },
	{ "provisional", "速報値です" },
	{ "break", "集計方法の変更により前後の比較に注意が必要です" },
	{ "revised", "過去の数値が改定されています" },
	{ "approximate", "目標や基準の数値は概数です" },
	{ "plan_short", "今後の予定をすべて実施しても目標に届きません" },
	{ "awaiting_final", "期限後の確定値を待っています" },
	{ "base_revised", "比較のもとになる数値が改定されています" },
	{ "by_total", "合計の回数で判定しています" },
	{ "as_reported", "報告された数値のまま判定しています" },
};

static const struct word paths[] = {
	{ "linear", "毎月均等に進むとした場合" },
	{ "seasonal", "例年の月ごとの進み方による" },
	{ "plan", "実施計画による" },
	{ "last_year", "前年度の同じ時期の実績による" },
};

static const struct word endings[] = {
	{ "at_least", "以上" },
	{ "at_most", "以下" },
	{ "more_than_last_year", "を上回る（前年度より増加）" },
	{ "less_than_last_year", "を下回る（前年度より減少）" },
};

const char *
ja_quantity(const struct letter *letter, const struct fact_target *t,
    const char *number)
{
	return number == NULL ? NULL
			      : arena_printf(letter->mem, "%s%s", number,
				  t->unit == NULL ? "" : t->unit);
}

/* A difference of two such quantities. */
static const char *
difference(const struct letter *letter, const struct fact_target *t,
    const char *number)
{
	return number != NULL && in_per_cent(t)
	    ? arena_printf(letter->mem, "%sポイント", number)
	    : ja_quantity(letter, t, number);
}

static const char *
goal(const struct letter *letter, const struct fact_target *t)
{
	const char *value =
	    ja_quantity(letter, t, decimal_show(t->target_value, letter->mem));
	const char *high =
	    ja_quantity(letter, t, decimal_show(t->value_high, letter->mem));
	const char *before = ja_quantity(letter, t,
	    decimal_show(t->previous_target_value, letter->mem));

	if (value != NULL && high != NULL)
		value = arena_printf(letter->mem, "%s以上%s以下", value, high);
	else if (value != NULL)
		value = arena_printf(letter->mem, "%s%s", value,
		    word_of(endings, ARRAY_LEN(endings), t->comparator, ""));
	if (before != NULL)
		value = joined(letter, value, "　",
		    arena_printf(letter->mem, "変更前は%s", before));
	return value;
}

static const char *
due(const struct letter *letter, const struct fact_target *t)
{
	return ja_date(t->due, letter->mem);
}

const char *
ja_amount(const struct letter *letter, const struct fact_target *t)
{
	return ja_quantity(letter, t, decimal_show(t->actual, letter->mem));
}

static const char *
actual(const struct letter *letter, const struct fact_target *t)
{
	const char *value = ja_amount(letter, t);

	return value == NULL ? "まだ報告がありません" : value;
}

static const char *
period(const struct letter *letter, const struct fact_target *t)
{
	const char *words = ja_period(t->actual_period, letter->mem);
	struct period p;

	if (words == NULL || !period_parse(slice_of(t->actual_period), &p))
		return words == NULL ? t->actual_period_ja : words;
	return p.kind == SPAN_DAY ? arena_printf(letter->mem, "%s現在", words)
				  : words;
}

/* 7.5回, printed as the whole things that were asked for: 7回. */
const char *
ja_expectation(const struct letter *letter, const struct fact_target *t)
{
	return ja_quantity(letter, t,
	    decimal_show_short(t->expected_whole != NULL ? t->expected_whole
							 : t->expected,
		letter->mem));
}

static const char *
expected(const struct letter *letter, const struct fact_target *t)
{
	const char *whole = ja_expectation(letter, t);
	const char *exact = ja_quantity(letter, t,
	    decimal_show_short(t->expected, letter->mem));
	const char *way = word_of(paths, ARRAY_LEN(paths), t->path, NULL);

	if (whole != NULL && exact != NULL && strcmp(whole, exact) != 0)
		whole =
		    arena_printf(letter->mem, "%s（計算上は%s）", whole, exact);
	return whole == NULL ? NULL : joined(letter, whole, "　", way);
}

static const char *
gap(const struct letter *letter, const struct fact_target *t)
{
	const char *number = t->gap_whole != NULL ? t->gap_whole : t->gap;
	const char *size = difference(letter, t,
	    decimal_show_short(decimal_abs(number, letter->mem), letter->mem));
	const char *base = gap_is_exact(t) ? "計算上の期待値" : "期待値";
	bool less = decimal_negative(number);

	if (size == NULL)
		return NULL;
	if (decimal_zero(number))
		return arena_printf(letter->mem, "%sどおり", base);
	if (wants_less(t))
		return arena_printf(letter->mem, "%sを%s%s", base, size,
		    less ? "下回る" : "超過");
	return arena_printf(letter->mem, "%s%s%s%s", base,
	    less ? "に対し" : "を", size, less ? "不足" : "上回る");
}

static const char *
needed(const struct letter *letter, const struct fact_target *t)
{
	const char *rate = difference(letter, t, monthly_rate(letter, t));

	if (rate == NULL)
		return NULL;
	return arena_printf(letter->mem, "期限まで毎月%s%s", rate,
	    wants_less(t) ? "以内に抑える" : "");
}

static const char *
judged(const struct letter *letter, const struct fact_target *t)
{
	const char *before = t->previous_status_ja != NULL
	    ? t->previous_status_ja
	    : ja_status_name(t->previous_status);
	const char *now = joined(letter, before, " → ", ja_status(letter, t));
	const char *pace = pace_shown(letter, t);

	return now == NULL || pace == NULL
	    ? now
	    : arena_printf(letter->mem, "%s（進度指数 %s。1.00で期待どおり）",
		now, pace);
}

static const char *
reason(const struct letter *letter, const struct fact_target *t)
{
	(void)letter;
	return t->reason;
}

static const char *
notes(const struct letter *letter, const struct fact_target *t)
{
	return modifier_words(letter, t, modifiers, ARRAY_LEN(modifiers), "／");
}

static const char *
source(const struct letter *letter, const struct fact_target *t)
{
	const struct fact_source *s = &t->source;
	const char *title = s->title != NULL ? s->title : s->feed;
	const char *place = s->line == NULL
	    ? NULL
	    : arena_printf(letter->mem, "%s行目", s->line);

	if (title != NULL && s->source != NULL && strcmp(title, s->source) != 0)
		title = arena_printf(letter->mem, "%s（%s）", title, s->source);
	if (place != NULL && s->col != NULL)
		place = arena_printf(letter->mem, "%s・%s列目", place, s->col);
	title = joined(letter, title, "　", place);
	return joined(letter, title, "　", web_address(s));
}

static const char *
published(const struct letter *letter, const struct fact_target *t)
{
	return ja_instant(t->source.published_at, letter->zone, letter->mem);
}

static const char *
fetched(const struct letter *letter, const struct fact_target *t)
{
	return ja_instant(t->source.fetched_at, letter->zone, letter->mem);
}

static const char *
version(const struct letter *letter, const struct fact_target *t)
{
	const char *event = letter->facts.event == NULL
	    ? NULL
	    : arena_printf(letter->mem, "第%s版", letter->facts.event);
	const char *delivery = t->source.delivery == NULL
	    ? NULL
	    : arena_printf(letter->mem, "受領番号 %s", t->source.delivery);

	if (delivery != NULL && t->source.sha256 != NULL)
		delivery = arena_printf(letter->mem, "%s（SHA-256 %.12s…）",
		    delivery, t->source.sha256);
	return joined(letter, event, "　", delivery);
}

const struct line_rule ja_lines[JA_LINES] = {
	{ "目標", goal, LINE_PLAIN },
	{ "期限", due, LINE_PLAIN },
	{ "実績", actual, LINE_STRONG },
	{ "基準時点", period, LINE_PLAIN },
	{ "期待値", expected, LINE_PLAIN },
	{ "差", gap, LINE_STRONG },
	{ "今後必要", needed, LINE_STRONG },
	{ "判定", judged, LINE_PLAIN },
	{ "理由", reason, LINE_PLAIN },
	{ "見通し", ja_forecast, LINE_PLAIN },
	{ "注記", notes, LINE_PLAIN },
	{ "出典", source, LINE_FINE },
	{ "公表", published, LINE_FINE },
	{ "取込", fetched, LINE_FINE },
	{ "版", version, LINE_FINE },
};
