/*
 * National holidays of Japan, and the days on which its offices are open.
 *
 * Source: 国民の祝日に関する法律 with its changes of 1966, 1973, 1985, 1989,
 * 1995, 1998, 2001, 2005, 2014, 2018 and the special laws of 1959, 1989, 1990,
 * 1993, 2019, 2020 and 2021; 行政機関の休日に関する法律 and 地方自治法 4条の2
 * for the turn of the year. The equinoxes are announced each February for the
 * next year; until then they are reckoned by the formula of the Hydrographic
 * Department (海上保安庁水路部 暦計算研究会, 新こよみ便利帳), which has given
 * each announced day so far and holds to 2099.
 */
#include "kpid/schedule.h"

#include <stddef.h>
#include <stdlib.h>

#include "kpid/bytes.h"

enum { MON = 1, SUN = 7 };

/* When the law's ways of making up for lost holidays began. */
#define FROM_1973_04_12 (-9760)
#define FROM_1985_12_27 (-5118)
#define FROM_2007_01_01 2557

/* A holiday of the same name and rule through some years. */
struct rule {
	int16_t from, to; /* years */
	int8_t month;
	int8_t day; /* of the month; negative: the nth Monday */
	const char *name;
};

#define NOW 9999

static const struct rule rules[] = {
	{ 1949, NOW, 1, 1, "元日" },
	{ 1949, 1999, 1, 15, "成人の日" },
	{ 2000, NOW, 1, -2, "成人の日" },
	{ 1967, NOW, 2, 11, "建国記念の日" },
	{ 2020, NOW, 2, 23, "天皇誕生日" },
	{ 1949, 1988, 4, 29, "天皇誕生日" },
	{ 1989, 2006, 4, 29, "みどりの日" },
	{ 2007, NOW, 4, 29, "昭和の日" },
	{ 1949, NOW, 5, 3, "憲法記念日" },
	{ 2007, NOW, 5, 4, "みどりの日" },
	{ 1949, NOW, 5, 5, "こどもの日" },
	{ 1996, 2002, 7, 20, "海の日" },
	{ 2003, 2019, 7, -3, "海の日" },
	{ 2020, 2020, 7, 23, "海の日" },
	{ 2021, 2021, 7, 22, "海の日" },
	{ 2022, NOW, 7, -3, "海の日" },
	{ 2016, 2019, 8, 11, "山の日" },
	{ 2020, 2020, 8, 10, "山の日" },
	{ 2021, 2021, 8, 8, "山の日" },
	{ 2022, NOW, 8, 11, "山の日" },
	{ 1966, 2002, 9, 15, "敬老の日" },
	{ 2003, NOW, 9, -3, "敬老の日" },
	{ 1966, 1999, 10, 10, "体育の日" },
	{ 2000, 2019, 10, -2, "体育の日" },
	{ 2020, 2020, 7, 24, "スポーツの日" },
	{ 2021, 2021, 7, 23, "スポーツの日" },
	{ 2022, NOW, 10, -2, "スポーツの日" },
	{ 1948, NOW, 11, 3, "文化の日" },
	{ 1948, NOW, 11, 23, "勤労感謝の日" },
	{ 1989, 2018, 12, 23, "天皇誕生日" },
	{ 1959, 1959, 4, 10, "結婚の儀" },
	{ 1989, 1989, 2, 24, "大喪の礼" },
	{ 1990, 1990, 11, 12, "即位礼正殿の儀" },
	{ 1993, 1993, 6, 9, "結婚の儀" },
	{ 2019, 2019, 5, 1, "休日（祝日扱い）" },
	{ 2019, 2019, 10, 22, "休日（祝日扱い）" },
};

/* The day of March or September, 1900 to 2099: the sun's mean year in days
 * over 365, less the leap days. */
static int
equinox(int year, bool spring)
{
	const bool early = year < 1980;
	const double start =
	    spring ? (early ? 20.8357 : 20.8431) : (early ? 23.2588 : 23.2488);

	return (int)(start + 0.242194 * (year - 1980))
	    - (early ? (year - 1983) / 4 : (year - 1980) / 4);
}

static bool
rule_hits(const struct rule *r, const struct civil *c, int32_t day)
{
	if (c->year < r->from || c->year > r->to || c->month != r->month)
		return false;
	if (r->day > 0)
		return c->day == r->day;
	return civil_weekday(day) == MON && (c->day + 6) / 7 == -r->day;
}

/* The holiday that the law names for the day itself. */
static const char *
named(int32_t day)
{
	const struct civil c = civil_from_day(day);

	if (c.month == 3 && c.year >= 1949 && c.day == equinox(c.year, true))
		return "春分の日";
	if (c.month == 9 && c.year >= 1948 && c.day == equinox(c.year, false))
		return "秋分の日";
	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		if (rule_hits(&rules[i], &c, day))
			return rules[i].name;
	return NULL;
}

/* 振替休日: a holiday fell on a Sunday, and all days since were holidays.
 * Until 2006 the Monday alone could take its place. */
static bool
makes_up(int32_t day)
{
	const bool chain = day >= FROM_2007_01_01;
	int32_t before = day - 1;

	if (day < FROM_1973_04_12)
		return false;
	while (chain && civil_weekday(before) != SUN && named(before) != NULL)
		before--;
	return civil_weekday(before) == SUN && named(before) != NULL;
}

/* 国民の休日: between two holidays; until 2006 no Sunday. */
static bool
between(int32_t day)
{
	return day >= FROM_1985_12_27 && named(day - 1) != NULL
	    && named(day + 1) != NULL
	    && (day >= FROM_2007_01_01 || civil_weekday(day) != SUN);
}

/* As the law has it. */
static const char *
reckoned(int32_t day)
{
	const char *name = named(day);

	if (name != NULL)
		return name;
	return makes_up(day) || between(day) ? "休日" : NULL;
}

struct holidays
holidays_listed(const struct holiday *list, size_t n)
{
	struct holidays h = { .list = list, .n = n };

	if (n > 0) {
		h.first_year = civil_from_day(list[0].day).year;
		h.last_year = civil_from_day(list[n - 1].day).year;
	}
	return h;
}

static int
by_day(const void *key, const void *item)
{
	const int32_t day = *(const int32_t *)key;
	const struct holiday *h = item;

	return (day > h->day) - (day < h->day);
}

const char *
holiday_name(const struct holidays *h, int32_t day)
{
	const int year = civil_from_day(day).year;
	const struct holiday *found;

	if (h == NULL || h->n == 0 || year < h->first_year
	    || year > h->last_year)
		return reckoned(day);
	found = bsearch(&day, h->list, h->n, sizeof(*h->list), by_day);
	return found == NULL ? NULL : found->name;
}

bool
business_day(const struct holidays *h, int32_t day)
{
	const struct civil c = civil_from_day(day);

	return civil_weekday(day) <= 5 && holiday_name(h, day) == NULL
	    && !(c.month == 12 && c.day >= 29) && !(c.month == 1 && c.day <= 3);
}

int32_t
business_day_from(const struct holidays *h, int32_t day, int step)
{
	while (!business_day(h, day))
		day += step;
	return day;
}
