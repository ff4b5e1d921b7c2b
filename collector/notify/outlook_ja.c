/* Forecast and plot of a target, in Japanese. */
#include <string.h>

#include "decimal.h"
#include "japanese.h"
#include "vocabulary.h"

/* How the figure came about, in a sentence of its own. */
static const struct word methods[] = {
	{ "seasonal", "過去の年度の進み方をもとに推計しています。" },
	{ "last_year", "前年度の進み方をもとに推計しています。" },
	{ "run_rate", "これまでの進み方が続くものとして推計しています。" },
	{ "declared", "計画に登録された月ごとの割合をもとに推計しています。" },
	{ "kindred",
	    "この指標には過去の年度の実績がないため、ほかの指標の月ごとの進み方を"
	    "当てはめた推計です。" },
	{ "damped_trend",
	    "最近の増減がしだいに緩やかになるものとして推計しています。" },
	{ "no_change", "現在の水準が続くものとして推計しています。" },
	{ "trend", "最近の増減が続くものとして推計しています。" },
};

/* About 410件, as exact as what is counted. */
static const char *
outlook(const struct letter *letter, const struct fact_target *t,
    const char *number)
{
	return ja_quantity(letter, t, forecast_shown(letter, t, number));
}

/* 目標を達成する確率は約11%です。 */
static const char *
chance(const struct letter *letter, const struct fact_target *t)
{
	const char *share =
	    decimal_per_cent(t->forecast.probability, letter->mem);

	if (share == NULL)
		return "";
	if (strcmp(share, "0") == 0 || strcmp(share, "1") == 0)
		return "目標を達成する確率は1%以下です。";
	if (strcmp(share, "99") == 0 || strcmp(share, "100") == 0)
		return "目標を達成する確率は99%以上です。";
	return arena_printf(letter->mem, "目標を達成する確率は約%s%%です。",
	    share);
}

const char *
ja_forecast(const struct letter *letter, const struct fact_target *t)
{
	const struct fact_forecast *f = &t->forecast;
	const char *value = outlook(letter, t, f->value);
	const char *range = "";

	if (value == NULL)
		return NULL;
	if (f->method != NULL && strcmp(f->method, "plan") == 0)
		return arena_printf(letter->mem,
		    "今後の予定をすべて実施すると、期限には%sとなります。",
		    value);
	if (!forecast_told(f))
		return arena_printf(letter->mem,
		    "過去の年度の実績がないため、期限の見込み数は示していません。%s",
		    chance(letter, t));
	if (f->low != NULL && f->high != NULL)
		range = arena_printf(letter->mem, "（8割の確率で%s～%s）",
		    forecast_shown(letter, t, f->low),
		    outlook(letter, t, f->high));
	return arena_printf(letter->mem, "期限には約%s%sとなる見込みです。%s%s",
	    value, range, chance(letter, t),
	    word_of(methods, ARRAY_LEN(methods), f->method, ""));
}

const char *
ja_plot_caption(const struct letter *letter, const struct fact_target *t)
{
	const char *notes = t->plot.cumulative != NULL ? "累計" : NULL;

	if (t->unit != NULL)
		notes = joined(letter, notes, "、",
		    arena_printf(letter->mem, "単位：%s", t->unit));
	if (t->plot.from != NULL)
		notes = joined(letter, notes, "、",
		    arena_printf(letter->mem, "棒の左端：%s",
			decimal_show(t->plot.from, letter->mem)));
	return notes == NULL
	    ? "最近の推移"
	    : arena_printf(letter->mem, "最近の推移（%s）", notes);
}

const char *
ja_plot_label(const struct fact_period *p)
{
	return p->period_ja != NULL ? p->period_ja : p->period;
}
