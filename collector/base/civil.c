#include "kpid/civil.h"

/* 2000-01-01 counted from 0000-03-01, the epoch of the arithmetic below: years
 * that begin in March end with the leap day, which makes it regular. */
#define EPOCH      730425
#define CYCLE_DAYS 146097 /* of 400 years */

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int
civil_month_length(int year, int month)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };

	return length[month - 1] + (month == 2 && is_leap(year));
}

bool
civil_to_day(struct civil date, int32_t *out)
{
	int year = date.year, month;

	if (year < 1 || year > 9999 || date.month < 1 || date.month > 12
	    || date.day < 1 || date.day > civil_month_length(year, date.month))
		return false;
	month = (date.month + 9) % 12; /* 0 is March */
	if (month >= 10)
		year--;
	*out = 365 * year + year / 4 - year / 100 + year / 400
	    + (153 * month + 2) / 5 + date.day - 1 - EPOCH;
	return true;
}

struct civil
civil_from_day(int32_t day)
{
	int64_t n = (int64_t)day + EPOCH;
	int64_t cycle = (n >= 0 ? n : n - (CYCLE_DAYS - 1)) / CYCLE_DAYS;
	int doc = (int)(n - cycle * CYCLE_DAYS); /* day of cycle */
	int yoc = (doc - doc / 1460 + doc / 36524 - doc / 146096) / 365;
	int doy = doc - (365 * yoc + yoc / 4 - yoc / 100);
	int month = (5 * doy + 2) / 153; /* 0 is March */

	return (struct civil){ .year = (int)(cycle * 400) + yoc + (month >= 10),
		.month = month < 10 ? month + 3 : month - 9,
		.day = doy - (153 * month + 2) / 5 + 1 };
}

int
civil_weekday(int32_t day)
{
	int64_t since_saturday = (int64_t)day % 7;

	return (int)((since_saturday + 12) % 7) + 1;
}
