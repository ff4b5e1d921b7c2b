/*
 * When a feed is due: five-field cron with a time zone, and the business days
 * of Japanese offices. Pure functions of a given "now"; nothing here asks a
 * clock or waits.
 */
#ifndef KPID_SCHEDULE_H
#define KPID_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

#include "kpid/arena.h"
#include "kpid/civil.h"
#include "kpid/error.h"

/* Holidays as somebody lists them: in these years, no others. */
struct holidays {
	int first_year, last_year;
	const struct holiday {
		int32_t day;
		const char *name;
	} * list; /* by day */
	size_t n;
};

struct cron {
	uint64_t minutes;                       /* bit per minute 0..59 */
	uint32_t hours, days, months, weekdays; /* weekday bit 0 is Sunday */
	bool any_day, any_weekday; /* begins with "*" or "?"; when neither
					 * does, either field may hit */
	bool last_day;             /* L in the day field */
	uint32_t business;         /* Bn: bit per nth business day, 1..23 */
	uint32_t not_before;       /* n>: that day or the next business day */
	uint32_t not_after; /* n<: that day or the one before; bit 0: L< */
	bool last_business; /* BL */
	/* NULL: as the law says. cron_parse leaves it so. */
	const struct holidays *holidays;
};

/* Names (MON, jan), ranges, steps, lists, "L", "?" as "*" in the day fields,
 * @hourly .. @yearly; Sunday is 0 and 7. In the day field also "B5", the fifth
 * business day, "BL", the last, "10>", the 10th or the next business day, and
 * "10<" or "L<", that day or the business day before; the month is that of
 * the day named, though the business day may lie in another. The error names
 * the field. */
MUST_CHECK bool cron_parse(const char *text, struct cron *out,
    struct kpid_err *err);

/* The list, which is in order of its days, holds for the years from its first
 * day's to its last's. */
struct holidays holidays_listed(const struct holiday *list, size_t n);
/* The name of a national holiday of Japan, in Japanese; NULL for other days.
 * In the years of h as listed there, else (h may be NULL) as the law has it,
 * 1948 to 2099: those that make up for one, or lie between two, are 休日. */
const char *holiday_name(const struct holidays *h, int32_t day);
/* Are Japanese offices open? Monday to Friday, no holiday, and not 29 December
 * to 3 January. */
bool business_day(const struct holidays *h, int32_t day);
/* The first business day from day on, in steps of 1 or -1. */
int32_t business_day_from(const struct holidays *h, int32_t day, int step);

struct zone; /* one TZif file, read whole */

/* name: of the IANA database ("Asia/Tokyo"); an unknown one is an error, never
 * UTC in silence. Lives in mem. */
MUST_CHECK bool zone_load(const char *name, struct arena *mem,
    const struct zone **out, struct kpid_err *err);

/* Each zone once, however many ask for it. */
struct zones {
	struct arena *mem;
	struct zone_entry *first;
};

/* As zone_load, in zones->mem. */
MUST_CHECK bool zones_get(struct zones *zones, const char *name,
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
/* Is the day due only because it stands for another one (10>, 10<, L<) on
 * which offices are closed? *named: that one. */
bool cron_stands_for(const struct cron *c, int32_t day, int32_t *named);

#endif
