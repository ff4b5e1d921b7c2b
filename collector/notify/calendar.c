#include <string.h>

#include "calendar.h"
#include "kpid/civil.h"

/* Eras from their first day; the source of the dates is the law of each
 * change (昭和20年 and before do not occur in a mail about this year). */
static const struct {
	int32_t first; /* days since 2000-01-01 */
	int year;
	const char *name;
} eras[] = {
	{ 7060, 2019, "令和" },   /* 2019-05-01 */
	{ -4010, 1989, "平成" },  /* 1989-01-08 */
	{ -26670, 1926, "昭和" }, /* 1926-12-25 */
};

/* 令和6 or 令和元; the Gregorian year before 昭和. */
static const char *
era_year(int32_t day, struct arena *mem)
{
	int year = civil_from_day(day).year;

	for (size_t i = 0; i < ARRAY_LEN(eras); i++) {
		if (day < eras[i].first)
			continue;
		if (year == eras[i].year)
			return arena_printf(mem, "%s元", eras[i].name);
		return arena_printf(mem, "%s%d", eras[i].name,
		    year - eras[i].year + 1);
	}
	return arena_printf(mem, "%d", year);
}

static const char *
ja_day(int32_t day, struct arena *mem)
{
	struct civil c = civil_from_day(day);

	return arena_printf(mem, "%s年%d月%d日", era_year(day, mem), c.month,
	    c.day);
}

static const char *
ja_month(int32_t day, struct arena *mem)
{
	return arena_printf(mem, "%s年%d月", era_year(day, mem),
	    civil_from_day(day).month);
}

/* The name of a fiscal year is the era's on 1 May: 2019 is 令和元年度, as the
 * sheets of that year say. */
static const char *
ja_fiscal(int32_t first, struct arena *mem)
{
	return arena_printf(mem, "%s年度", era_year(first + 30, mem));
}

static const char *
ja_stretch(const struct period *p, struct arena *mem)
{
	switch (p->kind) {
	case SPAN_DAY:
		return ja_day(p->first, mem);
	case SPAN_MONTH:
		return ja_month(p->last, mem);
	case SPAN_YEAR:
		return arena_printf(mem, "%s年", era_year(p->last, mem));
	case SPAN_FISCAL_YEAR:
		return ja_fiscal(p->first, mem);
	case SPAN_QUARTER:
	case SPAN_HALF:
	case SPAN_MONTHS:
		return arena_printf(mem, "%s～%s", ja_month(p->first, mem),
		    ja_month(p->last, mem));
	case SPAN_WEEK:
	case SPAN_DAYS:
		break;
	}
	return arena_printf(mem, "%s～%s", ja_day(p->first, mem),
	    ja_day(p->last, mem));
}

const char *
ja_period(const char *text, struct arena *mem)
{
	struct period p;

	if (text == NULL || !period_parse(slice_of(text), &p))
		return text;
	return arena_printf(mem, "%s（%s）", ja_stretch(&p, mem), text);
}

const char *
ja_date(const char *iso, struct arena *mem)
{
	return ja_period(iso, mem);
}

const char *
ja_fiscal_year(const char *year, struct arena *mem)
{
	const char *digits =
	    year != NULL && strncmp(year, "FY", 2) == 0 ? year + 2 : year;
	struct period p;

	if (digits == NULL || strlen(digits) != 4
	    || !period_parse(slice_of(arena_printf(mem, "FY%s", digits)), &p))
		return year;
	return ja_fiscal(p.first, mem);
}

const char *
ja_instant(const char *iso, const struct zone *zone, struct arena *mem)
{
	int32_t day;
	int second;
	usec at;
	char text[PERIOD_TEXT_MAX];

	if (iso == NULL || !instant_parse(slice_of(iso), &at))
		return ja_date(iso, mem);
	zone_civil(zone, at, &day, &second);
	(void)period_text(period_between(day, day), text);
	return arena_printf(mem, "%s（%s）%d時%02d分", ja_day(day, mem), text,
	    second / 3600, second / 60 % 60);
}

const char *
en_instant(const char *iso, const struct zone *zone, struct arena *mem)
{
	int32_t day;
	int second;
	usec at;
	char text[PERIOD_TEXT_MAX];

	if (iso == NULL || !instant_parse(slice_of(iso), &at))
		return iso;
	zone_civil(zone, at, &day, &second);
	(void)period_text(period_between(day, day), text);
	return arena_printf(mem, "%s %02d:%02d", text, second / 3600,
	    second / 60 % 60);
}
