#include <stdio.h>

#include "digits.h"
#include "kpid/civil.h"

#define SECOND ((usec)1000000)
#define DAY    (86400 * SECOND)
#define EPOCH  10957 /* 2000-01-01 in days since 1970-01-01 */

/* ".5" to ".500000"; nothing is 0. */
MUST_CHECK static bool
take_fraction(struct slice *s, usec *out)
{
	usec value = 0, unit = SECOND;
	int digit;

	*out = 0;
	if (!take_char(s, '.'))
		return true;
	while (unit > 1 && take_digits(s, 1, &digit)) {
		unit /= 10;
		value += digit * unit;
	}
	*out = value;
	return unit < SECOND;
}

MUST_CHECK static bool
take_time(struct slice *s, usec *out)
{
	int hour, minute, second;
	usec fraction;

	if (!take_digits(s, 2, &hour) || !take_char(s, ':')
	    || !take_digits(s, 2, &minute) || !take_char(s, ':')
	    || !take_digits(s, 2, &second) || !take_fraction(s, &fraction))
		return false;
	*out = (hour * 3600 + minute * 60 + second) * SECOND + fraction;
	return hour < 24 && minute < 60 && second < 60;
}

/* Z, +09:00, or +09 as PostgreSQL prints it. */
MUST_CHECK static bool
take_offset(struct slice *s, usec *out)
{
	int hour, minute = 0, sign = 1;

	*out = 0;
	if (take_char(s, 'Z'))
		return true;
	if (take_char(s, '-'))
		sign = -1;
	else if (!take_char(s, '+'))
		return false;
	if (!take_digits(s, 2, &hour))
		return false;
	if (take_char(s, ':') && !take_digits(s, 2, &minute))
		return false;
	*out = sign * (hour * 3600 + minute * 60) * SECOND;
	return hour < 16 && minute < 60;
}

bool
instant_parse(struct slice text, usec *out)
{
	int date[3];
	int32_t day;
	usec time, offset, at;

	if (!take_date(&text, date)
	    || !civil_to_day((struct civil){ date[0], date[1], date[2] }, &day))
		return false;
	if (!take_char(&text, 'T') && !take_char(&text, ' '))
		return false;
	if (!take_time(&text, &time) || !take_offset(&text, &offset)
	    || text.len > 0)
		return false;
	at = (day + EPOCH) * DAY + time - offset;
	if (at < (DAY_MIN + EPOCH) * DAY || at >= (DAY_MAX + 1 + EPOCH) * DAY)
		return false;
	*out = at;
	return true;
}

size_t
instant_text(usec t, char out[INSTANT_TEXT_MAX])
{
	usec rest = t % DAY < 0 ? t % DAY + DAY : t % DAY;
	struct civil date = civil_from_day((int32_t)((t - rest) / DAY) - EPOCH);
	int second = (int)(rest / SECOND), fraction = (int)(rest % SECOND);
	char digits[8] = "";

	if (fraction != 0)
		(void)snprintf(digits, sizeof(digits), ".%06d", fraction);
	return (size_t)snprintf(out, INSTANT_TEXT_MAX,
	    "%04d-%02d-%02dT%02d:%02d:%02d%sZ", date.year, date.month, date.day,
	    second / 3600, second / 60 % 60, second % 60, digits);
}
