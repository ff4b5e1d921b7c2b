/* rooms: base schedule */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/schedule.h"

static int32_t
day_of(int year, int month, int day)
{
	int32_t out = 0;

	cr_assert(civil_to_day((struct civil){ year, month, day }, &out));
	return out;
}

/* The year's holidays as "mmdd mmdd ..". */
static const char *
holidays_of(int year)
{
	static char text[256];
	size_t len = 0;

	text[0] = '\0';
	for (int32_t d = day_of(year, 1, 1); d <= day_of(year, 12, 31); d++) {
		const struct civil c = civil_from_day(d);

		if (holiday_name(NULL, d) != NULL)
			len += (size_t)snprintf(text + len, sizeof(text) - len,
			    "%s%02d%02d", len > 0 ? " " : "", c.month, c.day);
	}
	return text;
}

/* Source: 内閣府 国民の祝日について, 国民の祝日（昭和30年～令和9年）, the CSV
 * file of that page. */
static const struct {
	int year;
	const char *days, *why;
} listed[] = {
	{ 1955, "0101 0115 0321 0429 0503 0505 0924 1103 1123",
	    "the list begins" },
	{ 1959, "0101 0115 0321 0410 0429 0503 0505 0924 1103 1123",
	    "a wedding" },
	{ 1966, "0101 0115 0321 0429 0503 0505 0915 0923 1010 1103 1123",
	    "two new ones in autumn" },
	{ 1967,
	    "0101 0115 0211 0321 0429 0503 0505 0915 0924 1010 1103 "
	    "1123",
	    "and one in February" },
	{ 1973,
	    "0101 0115 0211 0321 0429 0430 0503 0505 0915 0923 0924 "
	    "1010 1103 1123",
	    "Sundays are made up for since April: not for 0211" },
	{ 1981,
	    "0101 0115 0211 0321 0429 0503 0504 0505 0915 0923 1010 "
	    "1103 1123",
	    "between two by making up" },
	{ 1986,
	    "0101 0115 0211 0321 0429 0503 0505 0915 0923 1010 1103 "
	    "1123 1124",
	    "4 May, between two, is a Sunday" },
	{ 1988,
	    "0101 0115 0211 0320 0321 0429 0503 0504 0505 0915 0923 "
	    "1010 1103 1123",
	    "4 May, between two" },
	{ 1989,
	    "0101 0102 0115 0116 0211 0224 0321 0429 0503 0504 0505 "
	    "0915 0923 1010 1103 1123 1223",
	    "a funeral" },
	{ 1990,
	    "0101 0115 0211 0212 0321 0429 0430 0503 0504 0505 0915 "
	    "0923 0924 1010 1103 1112 1123 1223 1224",
	    "an enthronement" },
	{ 1993,
	    "0101 0115 0211 0320 0429 0503 0504 0505 0609 0915 0923 "
	    "1010 1011 1103 1123 1223",
	    "a wedding" },
	{ 1999,
	    "0101 0115 0211 0321 0322 0429 0503 0504 0505 0720 0915 "
	    "0923 1010 1011 1103 1123 1223",
	    "the last fixed 15 January" },
	{ 2000,
	    "0101 0110 0211 0320 0429 0503 0504 0505 0720 0915 0923 "
	    "1009 1103 1123 1223",
	    "Mondays" },
	{ 2003,
	    "0101 0113 0211 0321 0429 0503 0505 0721 0915 0923 1013 "
	    "1103 1123 1124 1223",
	    "more Mondays; 4 May is a Sunday" },
	{ 2007,
	    "0101 0108 0211 0212 0321 0429 0430 0503 0504 0505 0716 "
	    "0917 0923 0924 1008 1103 1123 1223 1224",
	    "4 May by name" },
	{ 2008,
	    "0101 0114 0211 0320 0429 0503 0504 0505 0506 0721 0915 "
	    "0923 1013 1103 1123 1124 1223",
	    "4 May is made up for two days later" },
	{ 2009,
	    "0101 0112 0211 0320 0429 0503 0504 0505 0506 0720 0921 "
	    "0922 0923 1012 1103 1123 1223",
	    "3 May three days later; 22 September between two" },
	{ 2017,
	    "0101 0102 0109 0211 0320 0429 0503 0504 0505 0717 0811 "
	    "0918 0923 1009 1103 1123 1223",
	    "with Mountain Day" },
	{ 2019,
	    "0101 0114 0211 0321 0429 0430 0501 0502 0503 0504 0505 "
	    "0506 0715 0811 0812 0916 0923 1014 1022 1103 1104 1123",
	    "ten days at once" },
	{ 2020,
	    "0101 0113 0211 0223 0224 0320 0429 0503 0504 0505 0506 "
	    "0723 0724 0810 0921 0922 1103 1123",
	    "moved for games" },
	{ 2021,
	    "0101 0111 0211 0223 0320 0429 0503 0504 0505 0722 0723 "
	    "0808 0809 0920 0923 1103 1123",
	    "moved again" },
	{ 2022,
	    "0101 0110 0211 0223 0321 0429 0503 0504 0505 0718 0811 "
	    "0919 0923 1010 1103 1123",
	    "and back" },
	{ 2024,
	    "0101 0108 0211 0212 0223 0320 0429 0503 0504 0505 0506 "
	    "0715 0811 0812 0916 0922 0923 1014 1103 1104 1123",
	    "令和6年" },
	{ 2025,
	    "0101 0113 0211 0223 0224 0320 0429 0503 0504 0505 0506 "
	    "0721 0811 0915 0923 1013 1103 1123 1124",
	    "令和7年" },
	{ 2026,
	    "0101 0112 0211 0223 0320 0429 0503 0504 0505 0506 0720 "
	    "0811 0921 0922 0923 1012 1103 1123",
	    "令和8年" },
	{ 2027,
	    "0101 0111 0211 0223 0321 0322 0429 0503 0504 0505 0719 "
	    "0811 0920 0923 1011 1103 1123",
	    "令和9年: as far as is announced" },
};

Test(holiday, are_those_that_the_cabinet_office_lists)
{

	for (size_t i = 0; i < sizeof(listed) / sizeof(*listed); i++)
		cr_expect_str_eq(holidays_of(listed[i].year), listed[i].days,
		    "%d (%s): got %s", listed[i].year, listed[i].why,
		    holidays_of(listed[i].year));
}

Test(holiday, has_the_name_of_the_law)
{
	static const struct {
		int year, month, day;
		const char *name;
	} rows[] = {
		{ 2024, 9, 22, "秋分の日" },
		{ 2024, 9, 23, "休日" },
		{ 2026, 9, 22, "休日" },
		{ 1988, 4, 29, "天皇誕生日" },
		{ 2006, 4, 29, "みどりの日" },
		{ 2007, 4, 29, "昭和の日" },
		{ 2019, 10, 14, "体育の日" },
		{ 2022, 10, 10, "スポーツの日" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *name = holiday_name(NULL,
		    day_of(rows[i].year, rows[i].month, rows[i].day));

		cr_expect(name != NULL && strcmp(name, rows[i].name) == 0,
		    "row %zu: got %s", i, name != NULL ? name : "none");
	}
}

Test(holiday, offices_close_at_the_turn_of_the_year)
{
	static const struct {
		int year, month, day;
		bool open;
		const char *why;
	} rows[] = {
		{ 2024, 12, 27, true, "the last open day" },
		{ 2023, 12, 28, true, "a Thursday" },
		{ 2023, 12, 29, false, "a Friday, closed by law" },
		{ 2025, 1, 3, false, "a Friday" },
		{ 2025, 1, 6, true, "the Monday" },
		{ 2024, 10, 14, false, "a holiday" },
		{ 2024, 10, 12, false, "a Saturday" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect(business_day(NULL,
			      day_of(rows[i].year, rows[i].month, rows[i].day))
			== rows[i].open,
		    "row %zu (%s)", i, rows[i].why);
}

/* A list holds for its years alone. */
Test(holiday, a_list_goes_before_the_law)
{
	static const struct {
		int year, month, day;
		const char *name; /* "": none */
	} rows[] = {
		{ 2026, 10, 12, "" },
		{ 2026, 10, 13, "特別の休日" },
		{ 2026, 1, 1, "元日" },
		{ 2026, 11, 3, "" },
		{ 2025, 11, 3, "文化の日" },
		{ 2027, 11, 3, "文化の日" },
	};
	const struct holiday list[] = {
		{ day_of(2026, 1, 1), "元日" },
		{ day_of(2026, 10, 13), "特別の休日" },
	};
	const struct holidays h = holidays_listed(list, 2);
	const struct holidays none = holidays_listed(NULL, 0);

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *name = holiday_name(&h,
		    day_of(rows[i].year, rows[i].month, rows[i].day));

		cr_expect_str_eq(name == NULL ? "" : name, rows[i].name,
		    "row %zu: got %s", i, name);
	}
	cr_expect(business_day(&h, day_of(2026, 10, 12)), "open");
	cr_expect_eq(business_day_from(&h, day_of(2026, 10, 13), 1),
	    day_of(2026, 10, 14));
	cr_expect_not_null(holiday_name(&none, day_of(2026, 10, 12)),
	    "an empty list says nothing");
}

Test(holiday, next_open_day)
{
	cr_expect_eq(business_day_from(NULL, day_of(2019, 4, 27), 1),
	    day_of(2019, 5, 7), "ten closed days");
	cr_expect_eq(business_day_from(NULL, day_of(2025, 1, 3), -1),
	    day_of(2024, 12, 27), "backwards over the new year");
	cr_expect_eq(business_day_from(NULL, day_of(2024, 10, 15), 1),
	    day_of(2024, 10, 15), "an open day is its own");
}

/* What the database counts with, and what schedules do. */
Test(holiday, the_database_has_the_same)
{
	FILE *f = fopen("sql/migrations/0016_holidays.sql", "re");
	char line[512], want[512];
	int year, n = 0;

	cr_assert_not_null(f, "tests run in the project's directory");
	while (fgets(line, sizeof(line), f) != NULL) {
		if (strncmp(line, "    (20", 7) != 0)
			continue;
		year = (int)strtol(line + 5, NULL, 10);
		(void)snprintf(want, sizeof(want), "    (%d, '%s')", year,
		    holidays_of(year));
		cr_expect(strncmp(line, want, strlen(want)) == 0,
		    "%d: %s is not %s", year, line, want);
		n++;
	}
	(void)fclose(f);
	cr_expect_eq(n, 74, "2026 to 2099");
}
