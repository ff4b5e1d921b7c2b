/*
 * When a feed is due: five-field cron with a time zone. Pure functions of a
 * given "now"; nothing here asks a clock or waits.
 */
#ifndef KPID_SCHEDULE_H
#define KPID_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

#include "kpid/arena.h"
#include "kpid/civil.h"
#include "kpid/error.h"

struct cron {
	uint64_t minutes;                       /* bit per minute 0..59 */
	uint32_t hours, days, months, weekdays; /* weekday bit 0 is Sunday */
	bool any_day, any_weekday; /* begins with "*" or "?"; when neither
					 * does, either field may hit */
	bool last_day;             /* L in the day field */
};

/* Names (MON, jan), ranges, steps, lists, "L", "?" as "*" in the day fields,
 * @hourly .. @yearly; Sunday is 0 and 7. The error names the field. */
MUST_CHECK bool cron_parse(const char *text, struct cron *out,
    struct kpid_err *err);

struct zone; /* one TZif file, read whole */

/* name: of the IANA database ("Asia/Tokyo"); an unknown one is an error, never
 * UTC in silence. Lives in mem. */
MUST_CHECK bool zone_load(const char *name, struct arena *mem,
    const struct zone **out, struct kpid_err *err);
/* Seconds east of UTC at that instant. */
int zone_offset(const struct zone *z, usec at);
/* Civil date and second of the day there. */
void zone_civil(const struct zone *z, usec at, int32_t *day, int *second);
/* The instant of a wall clock time. A time that DST skips gives the instant of
 * the change; one that occurs twice the first. */
usec zone_instant(const struct zone *z, int32_t day, int second);

/* The first due instant strictly after `after`; false when none comes within
 * nine years (30 February; leap days can be eight years apart). */
MUST_CHECK bool cron_next(const struct cron *c, const struct zone *z,
    usec after, usec *out);

#endif
