/* Coming runs and releases, as people say them. */
#include <stdio.h>

#include "next.h"

static const char *const weekdays_ja[] = { "", "月", "火", "水", "木", "金",
	"土", "日" };
static const char *const weekdays_en[] = { "", "Mon", "Tue", "Wed", "Thu",
	"Fri", "Sat", "Sun" };
static const char *const months_en[] = { "", "January", "February", "March",
	"April", "May", "June", "July", "August", "September", "October",
	"November", "December" };

struct words {
	const struct coming *c;
	struct arena *mem;
	int32_t today; /* where the feed is */
	bool ja;
};

/* April begins it. */
static int
fiscal_year(int32_t day)
{
	const struct civil c = civil_from_day(day);

	return c.month >= 4 ? c.year : c.year - 1;
}

/* 10月13日(火), Tue 13 October; the year when it is another one. */
static const char *
day_words(const struct words *w, int32_t day)
{
	const struct civil c = civil_from_day(day);
	const int weekday = civil_weekday(day);
	const bool other = c.year != civil_from_day(w->today).year;

	if (w->ja)
		return other ? arena_printf(w->mem, "%d年%d月%d日(%s)", c.year,
			   c.month, c.day, weekdays_ja[weekday])
			     : arena_printf(w->mem, "%d月%d日(%s)", c.month,
				 c.day, weekdays_ja[weekday]);
	return other ? arena_printf(w->mem, "%s %d %s %d", weekdays_en[weekday],
		   c.day, months_en[c.month], c.year)
		     : arena_printf(w->mem, "%s %d %s", weekdays_en[weekday],
			 c.day, months_en[c.month]);
}

static int32_t
day_there(const struct words *w, usec at, int *second)
{
	int32_t day;

	zone_civil(w->c->turns.zone, at, &day, second);
	return day;
}

/* 令和9年度, FY2027, where the run lies in another fiscal year. */
static const char *
year_words(const struct words *w, int32_t day)
{
	const int year = fiscal_year(day);

	if (year == fiscal_year(w->today))
		return "";
	if (!w->ja)
		return arena_printf(w->mem, " (FY%d)", year);
	return year >= 2019
	    ? arena_printf(w->mem, "（令和%d年度）", year - 2018)
	    : arena_printf(w->mem, "（%d年度）", year);
}

/* Why offices are closed on the day that the schedule names. */
static const char *
closed_words(const struct words *w)
{
	const char *name = holiday_name(w->c->turns.look.holidays, w->c->named);
	const char *day = day_words(w, w->c->named);

	if (name == NULL)
		name = "休日";
	return w->ja ? arena_printf(w->mem, "%sは%sのため ", day, name)
		     : arena_printf(w->mem, " (%s is closed)", day);
}

static const char *
run_words(const struct words *w)
{
	const struct coming *c = w->c;
	const char *closed = c->moved ? closed_words(w) : "";
	/* The run that may bring what is awaited says so. */
	const bool brings = c->period != NULL && c->expected <= c->next;
	int second = 0;
	const int32_t day = day_there(w, c->next, &second);
	const char *year = year_words(w, day);
	const char *at = arena_printf(w->mem, "%s %d:%02d%s%s%s%s",
	    day_words(w, day), second / 3600, second / 60 % 60,
	    c->zone != NULL ? " (" : "", c->zone != NULL ? c->zone : "",
	    c->zone != NULL ? ")" : "", year);

	if (w->ja)
		return arena_printf(w->mem, "  %s%s%sに収集します%s%s%s\n",
		    closed, at, *year == '\0' ? " " : "", brings ? "（" : "",
		    brings ? c->period_ja : "", brings ? "分）" : "");
	return arena_printf(w->mem, "  looks on %s%s%s%s\n", at, closed,
	    brings ? ", for " : "", brings ? c->period : "");
}

static const char *
waiting_words(const struct words *w)
{
	const struct coming *c = w->c;
	const int give_up = c->turns.give_up_days;
	int second;
	const int n = w->today - day_there(w, c->begun, &second) + 1;

	if (w->ja)
		return arena_printf(w->mem,
		    "  %s%sを待っています（%d日目／最長%d日）\n",
		    c->period_ja != NULL ? c->period_ja : "最初のデータ",
		    c->period_ja != NULL ? "分" : "", n, give_up);
	return arena_printf(w->mem, "  waiting for %s: day %d of %d\n",
	    c->period != NULL ? c->period : "the first data", n, give_up);
}

static const char *
expected_words(const struct words *w)
{
	const struct coming *c = w->c;
	int second;
	const char *day = day_words(w, day_there(w, c->expected, &second));

	return w->ja
	    ? arena_printf(w->mem, "  %s分は%sに公表の予定です\n", c->period_ja,
		day)
	    : arena_printf(w->mem, "  %s is expected on %s\n", c->period, day);
}

static const char *
late_words(const struct words *w)
{
	const struct coming *c = w->c;
	int second;
	const char *day = day_words(w, day_there(w, c->late, &second));

	if (c->period == NULL)
		return w->ja
		    ? arena_printf(w->mem,
			"  まだ一度も届いていません（%sに未着をお知らせ済み）\n",
			day)
		    : arena_printf(w->mem,
			"  nothing has come yet; told on %s\n", day);
	return w->ja ? arena_printf(w->mem,
		   "  %s分が届いていません（%sに未着をお知らせ済み）\n",
		   c->period_ja, day)
		     : arena_printf(w->mem, "  %s has not come; told on %s\n",
			 c->period, day);
}

static const char *
newest_words(const struct words *w)
{
	const struct coming *c = w->c;

	return w->ja
	    ? arena_printf(w->mem, "  最新のデータは%s分です\n", c->newest_ja)
	    : arena_printf(w->mem, "  newest: %s\n", c->newest);
}

static const char *
problem_words(const struct words *w)
{
	if (!w->ja)
		return arena_printf(w->mem, "  %s\n", w->c->problem);
	return w->c->feed->schedule == NULL ? "  手動で収集します\n"
					    : "  次の予定はありません\n";
}

const char *
next_words(const struct coming *c, usec now, bool ja, struct arena *mem)
{
	struct words w = { .c = c, .mem = mem, .ja = ja };
	int second;

	if (c->feed->schedule != NULL)
		w.today = day_there(&w, now, &second);
	return arena_printf(mem, "%s  %s\n%s%s%s%s%s", c->feed->name,
	    c->feed->title,
	    c->problem != NULL ? problem_words(&w) : run_words(&w),
	    c->waiting ? waiting_words(&w) : "",
	    c->period != NULL && c->problem == NULL && c->expected > c->next
		    && c->expected != TURN_NEVER
		? expected_words(&w)
		: "",
	    c->late != TURN_NEVER ? late_words(&w) : "",
	    c->newest != NULL ? newest_words(&w) : "");
}
