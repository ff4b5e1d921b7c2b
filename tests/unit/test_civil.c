/* rooms: base */
#include <criterion/criterion.h>

#include "kpid/civil.h"

Test(civil, known_days)
{
	static const struct {
		struct civil date;
		int32_t day;
		int weekday;
		const char *why;
	} table[] = {
		{ { 2000, 1, 1 }, 0, 6, "PostgreSQL's epoch, a Saturday" },
		{ { 1970, 1, 1 }, -10957, 4, "the epoch of Unix" },
		{ { 2024, 9, 30 }, 9039, 1, "checkpoint of the midterm" },
		{ { 2000, 2, 29 }, 59, 2, "leap year of the century" },
		{ { 1868, 1, 25 }, -48188, 6, "Meiji begins" },
		{ { 1, 1, 1 }, DAY_MIN, 1, "first" },
		{ { 9999, 12, 31 }, DAY_MAX, 5, "last" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct civil back = civil_from_day(table[i].day);
		int32_t day = 1;

		cr_expect(civil_to_day(table[i].date, &day));
		cr_expect_eq(day, table[i].day, "row %zu (%s): got %d", i,
		    table[i].why, (int)day);
		cr_expect(back.year == table[i].date.year
			&& back.month == table[i].date.month
			&& back.day == table[i].date.day,
		    "row %zu (%s): got %d-%d-%d", i, table[i].why, back.year,
		    back.month, back.day);
		cr_expect_eq(civil_weekday(table[i].day), table[i].weekday,
		    "row %zu (%s): got %d", i, table[i].why,
		    civil_weekday(table[i].day));
	}
}

Test(civil, every_day_of_four_hundred_years_goes_there_and_back)
{
	struct civil last = civil_from_day(-51135); /* 1859-12-31 */
	int weekday = civil_weekday(-51135);

	for (int32_t day = -51134; day < -51134 + 146097; day++) {
		struct civil date = civil_from_day(day);
		int32_t back = 0;

		weekday = weekday % 7 + 1;
		cr_assert(civil_to_day(date, &back));
		cr_assert_eq(back, day);
		cr_assert_eq(civil_weekday(day), weekday);
		cr_assert(date.day == last.day + 1
		    || (date.day == 1
			&& last.day
			    == civil_month_length(last.year, last.month)));
		last = date;
	}
}

Test(civil, dates_that_do_not_exist_are_refused)
{
	static const struct civil table[] = {
		{ 2023, 2, 29 },
		{ 1900, 2, 29 },
		{ 2024, 2, 30 },
		{ 2024, 4, 31 },
		{ 2024, 13, 1 },
		{ 2024, 0, 1 },
		{ 2024, 1, 0 },
		{ 0, 1, 1 },
		{ 10000, 1, 1 },
		{ -1, 1, 1 },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		int32_t day = 42;

		cr_expect(!civil_to_day(table[i], &day), "row %zu", i);
		cr_expect_eq(day, 42, "row %zu: output touched", i);
	}
}
