/*
 * The next instant that a cron expression names.
 *
 * Walks civil days and minutes of the zone and turns each hit into an
 * instant, so that daylight saving needs no case of its own: the zone says
 * what a skipped or a doubled time means.
 */
#include "kpid/schedule.h"

/* Leap days are eight years apart around a century that has none. */
#define HORIZON_DAYS (9 * 366)
#define DAY_MINUTES  (24 * 60)

/* No run of closed days is longer: at most ten, 2019-04-27 to 05-06. */
#define CLOSED_MAX   14

static bool
month_named(const struct cron *c, const struct civil *date)
{
	return (c->months >> date->month & 1) != 0;
}

static bool
is_last(const struct civil *date)
{
	return date->day == civil_month_length(date->year, date->month);
}

/* Is the day a business day that stands for one named with > (step 1: that
 * one or a later) or < (step -1)? */
static bool
stands_for(const struct cron *c, int32_t day, int step, int32_t *out)
{
	const uint32_t named = step > 0 ? c->not_before : c->not_after;

	if (named == 0 || !business_day(c->holidays, day))
		return false;
	for (int back = 0; back < CLOSED_MAX; back++) {
		const struct civil date = civil_from_day(day - back * step);

		*out = day - back * step;
		if (back > 0 && business_day(c->holidays, *out))
			return false;
		if (month_named(c, &date)
		    && ((named >> date.day & 1) != 0
			|| (step < 0 && (named & 1) != 0 && is_last(&date))))
			return true;
	}
	return false;
}

/* Which business day of its month; 0: none. */
static int
business_number(const struct holidays *h, int32_t day)
{
	const int into = civil_from_day(day).day;
	int n = 0;

	if (!business_day(h, day))
		return 0;
	for (int32_t d = day - into + 1; d <= day; d++)
		n += business_day(h, d);
	return n;
}

static bool
counted(const struct cron *c, int32_t day)
{
	const struct civil date = civil_from_day(day);
	const struct holidays *h = c->holidays;
	int n;

	if ((c->business == 0 && !c->last_business) || !month_named(c, &date))
		return false;
	n = business_number(h, day);
	if (n > 0 && (c->business >> n & 1) != 0)
		return true;
	return c->last_business && n > 0
	    && civil_from_day(business_day_from(h, day + 1, 1)).month
	    != date.month;
}

/* Due by a day of the month, a weekday or a business day's number.
 * crontab's rule: when both day fields are restricted either may hit, else
 * both must (and the free one always does). */
static bool
itself_due(const struct cron *c, int32_t day)
{
	struct civil date = civil_from_day(day);
	bool in_month, in_week;

	in_week = (c->weekdays >> civil_weekday(day) % 7 & 1) != 0;
	if (counted(c, day))
		return true;
	if (!month_named(c, &date))
		return false;
	in_month =
	    (c->days >> date.day & 1) != 0 || (c->last_day && is_last(&date));
	return c->any_day || c->any_weekday ? in_month && in_week
					    : in_month || in_week;
}

static bool
day_matches(const struct cron *c, int32_t day)
{
	int32_t named;

	return stands_for(c, day, 1, &named) || stands_for(c, day, -1, &named)
	    || itself_due(c, day);
}

bool
cron_stands_for(const struct cron *c, int32_t day, int32_t *named)
{
	int32_t found;

	if (itself_due(c, day)
	    || (!stands_for(c, day, 1, &found)
		&& !stands_for(c, day, -1, &found))
	    || found == day)
		return false;
	*named = found;
	return true;
}

/* The first due minute of the day at or after `minute`; -1: none. */
static int
minute_from(const struct cron *c, int minute)
{
	while (minute < DAY_MINUTES) {
		if ((c->hours >> minute / 60 & 1) == 0)
			minute = (minute / 60 + 1) * 60;
		else if ((c->minutes >> minute % 60 & 1) == 0)
			minute++;
		else
			return minute;
	}
	return -1;
}

bool
cron_next(const struct cron *c, const struct zone *z, usec after, usec *out)
{
	int32_t today, day;
	int second, minute;

	zone_civil(z, after, &today, &second);
	minute = second / 60 + 1;
	for (day = today; day - today < HORIZON_DAYS; day++, minute = 0) {
		if (!day_matches(c, day))
			continue;
		while ((minute = minute_from(c, minute)) >= 0) {
			usec at = zone_instant(z, day, minute * 60);

			/* The second pass of a doubled hour: this wall clock
			 * time was due in the first. */
			if (at > after) {
				*out = at;
				return true;
			}
			minute++;
		}
	}
	return false;
}
