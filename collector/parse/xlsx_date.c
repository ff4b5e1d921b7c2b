/* Serial numbers of days, counted from 1900 or 1904. */
#include <stdio.h>
#include <string.h>

#include "kpid/civil.h"
#include "xlsx_value.h"

#define SECONDS_OF_DAY 86400
#define FRACTION       1000000000000 /* of a day that is looked at */
#define SERIAL_MAX     2958465       /* 9999-12-31 */

struct serial {
	int32_t day;
	int32_t second; /* of the day */
};

/* Digits without sign or exponent, to whole seconds. */
static bool
serial_read(const char *text, struct serial *out)
{
	int64_t day = 0, part = 0, unit = FRACTION;

	if (*text == '-')
		return false;
	for (; *text != '\0' && *text != '.'; text++) {
		day = 10 * day + (*text - '0');
		if (day > SERIAL_MAX)
			return false;
	}
	for (text += *text == '.'; *text != '\0' && unit > 1; text++) {
		unit /= 10;
		part += unit * (*text - '0');
	}
	part = (part * SECONDS_OF_DAY + FRACTION / 2) / FRACTION;
	out->day = (int32_t)(day + part / SECONDS_OF_DAY);
	out->second = (int32_t)(part % SECONDS_OF_DAY);
	return true;
}

/*
 * Excel took over from Lotus 1-2-3 that 1900 had a 29 February: day 60. Days
 * before it are one later than they count from the others. Day 0 is shown as
 * 1900-01-00. Neither is a day; who reads them will say so.
 */
static bool
serial_civil(int32_t day, bool date1904, struct civil *out)
{
	const struct civil first = date1904 ? (struct civil){ 1904, 1, 1 }
					    : (struct civil){ 1899, 12, 31 };
	int32_t epoch;

	if (!date1904 && (day == 0 || day == 60)) {
		*out = day == 0 ? (struct civil){ 1900, 1, 0 }
				: (struct civil){ 1900, 2, 29 };
		return true;
	}
	if (!civil_to_day(first, &epoch))
		return false;
	*out = civil_from_day(epoch + day - (!date1904 && day > 60));
	return out->year <= 9999;
}

static size_t
put_day(struct civil c, enum xlsx_style style, char *out)
{
	int n;

	if (style == STYLE_YEAR)
		n = snprintf(out, XLSX_DATE_MAX, "%04d", c.year);
	else if (style == STYLE_YEAR_MONTH)
		n = snprintf(out, XLSX_DATE_MAX, "%04d-%02d", c.year, c.month);
	else
		n = snprintf(out, XLSX_DATE_MAX, "%04d-%02d-%02d", c.year,
		    c.month, c.day);
	return (size_t)n;
}

static void
put_time(int32_t second, char *out, size_t size)
{
	(void)snprintf(out, size, "%02d:%02d:%02d", second / 3600,
	    second / 60 % 60, second % 60);
}

bool
xlsx_date(struct slice serial, enum xlsx_style style, bool date1904,
    char out[XLSX_DATE_MAX])
{
	char text[XLSX_DECIMAL_MAX];
	struct serial at;
	struct civil c;
	size_t len;

	if (!xlsx_decimal(serial, 0, text) || !serial_read(text, &at)
	    || !serial_civil(at.day, date1904, &c))
		return false;
	/* A day of 0 under a time of day is how Excel keeps times. */
	if (style == STYLE_TIME || (style == STYLE_DATE_TIME && at.day == 0)) {
		put_time(at.second, out, XLSX_DATE_MAX);
		return true;
	}
	len = put_day(c, style, out);
	if (at.second != 0 && style != STYLE_YEAR
	    && style != STYLE_YEAR_MONTH) {
		out[len++] = 'T';
		put_time(at.second, out + len, XLSX_DATE_MAX - len);
	}
	return true;
}
