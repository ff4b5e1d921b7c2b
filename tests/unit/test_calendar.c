/* rooms: base schedule notify */
#include <criterion/criterion.h>

#include "../../collector/notify/calendar.h"

static const struct {
	const char *text, *want, *why;
} periods[] = {
	{ "2024-09-30", "令和6年9月30日（2024-09-30）", "a day" },
	{ "2019-05-01", "令和元年5月1日（2019-05-01）", "first day of 令和" },
	{ "2019-04-30", "平成31年4月30日（2019-04-30）", "last day of 平成" },
	{ "1989-01-07", "昭和64年1月7日（1989-01-07）", "last day of 昭和" },
	{ "1989-01-08", "平成元年1月8日（1989-01-08）", "first day of 平成" },
	{ "1926-12-25", "昭和元年12月25日（1926-12-25）", "first of 昭和" },
	{ "1925-01-01", "1925年1月1日（1925-01-01）", "before the table" },
	{ "2024-09", "令和6年9月（2024-09）", "a month" },
	{ "2024-Q3", "令和6年7月～令和6年9月（2024-Q3）", "a quarter" },
	{ "2024", "令和6年（2024）", "a year" },
	{ "2019", "令和元年（2019）", "a year named by its end" },
	{ "FY2024", "令和6年度（FY2024）", "a fiscal year" },
	{ "2024-04-01/2024-09-30",
	    "令和6年4月～令和6年9月"
	    "（2024-04-01/2024-09-30）",
	    "a fiscal half" },
	{ "2024-09-02/2024-09-04",
	    "令和6年9月2日～令和6年9月4日"
	    "（2024-09-02/2024-09-04）",
	    "some days" },
	{ "2024-13-01", "2024-13-01", "no date stays as it is" },
	{ "年度末", "年度末", "words stay" },
};

Test(calendar, periods_in_japanese)
{
	for (size_t i = 0; i < ARRAY_LEN(periods); i++) {
		struct arena mem = { 0 };
		const char *got = ja_period(periods[i].text, &mem);

		cr_expect_str_eq(got, periods[i].want, "row %zu (%s): %s", i,
		    periods[i].why, got);
		arena_release(&mem);
	}
}

static const struct {
	const char *text, *want, *why;
} years[] = {
	{ "2024", "令和6年度", "a number" },
	{ "FY2024", "令和6年度", "as a period" },
	{ "2019", "令和元年度", "began under 平成, named 令和元年度" },
	{ "2018", "平成30年度", "the one before" },
	{ "1989", "平成元年度", "began under 平成" },
	{ "令和6年度", "令和6年度", "already words" },
};

Test(calendar, fiscal_years)
{
	for (size_t i = 0; i < ARRAY_LEN(years); i++) {
		struct arena mem = { 0 };
		const char *got = ja_fiscal_year(years[i].text, &mem);

		cr_expect_str_eq(got, years[i].want, "row %zu (%s): %s", i,
		    years[i].why, got);
		arena_release(&mem);
	}
}

static const struct {
	const char *text, *ja, *en, *why;
} instants[] = {
	{ "2024-10-15T00:00:00Z", "令和6年10月15日（2024-10-15）9時00分",
	    "2024-10-15 09:00", "UTC to Tokyo" },
	{ "2024-10-14T15:30:00+00:00", "令和6年10月15日（2024-10-15）0時30分",
	    "2024-10-15 00:30", "the next day there" },
	{ "2024-12-31T23:59:59.5+09:00",
	    "令和6年12月31日（2024-12-31）23時59分", "2024-12-31 23:59",
	    "own offset, fraction" },
	{ "2024-10-15", "令和6年10月15日（2024-10-15）", "2024-10-15",
	    "a date alone" },
	{ "unknown", "unknown", "unknown", "no instant" },
};

Test(calendar, instants_are_told_in_the_town_s_time)
{
	struct arena mem = { 0 };
	struct kpid_err err = { 0 };
	const struct zone *zone;

	cr_assert(zone_load("Asia/Tokyo", &mem, &zone, &err), "%s", err.msg);
	for (size_t i = 0; i < ARRAY_LEN(instants); i++) {
		const char *ja = ja_instant(instants[i].text, zone, &mem);
		const char *en = en_instant(instants[i].text, zone, &mem);

		cr_expect_str_eq(ja, instants[i].ja, "row %zu (%s): %s", i,
		    instants[i].why, ja);
		cr_expect_str_eq(en, instants[i].en, "row %zu (%s): %s", i,
		    instants[i].why, en);
	}
	cr_expect_null(ja_instant(NULL, zone, &mem));
	cr_expect_null(en_instant(NULL, zone, &mem));
	cr_expect_null(ja_date(NULL, &mem));
	cr_expect_null(ja_fiscal_year(NULL, &mem));
	arena_release(&mem);
}
