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

/* crontab's rule: when both day fields are restricted either may hit, else
 * both must (and the free one always does). */
static bool
day_matches(const struct cron *c, int32_t day)
{
	struct civil date = civil_from_day(day);
	bool in_month, in_week;

	if ((c->months >> date.month & 1) == 0)
		return false;
	in_month = (c->days >> date.day & 1) != 0
	    || (c->last_day
		&& date.day == civil_month_length(date.year, date.month));
	in_week = (c->weekdays >> civil_weekday(day) % 7 & 1) != 0;
	return c->any_day || c->any_weekday ? in_month && in_week
					    : in_month || in_week;
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
