/* Looks by the schedule, polls while something is awaited. */
#include "kpid/turns.h"

/* A clock is set back so far by people and time servers, not further. */
#define HOUR_US     (3600 * (usec)1000000)
#define SET_BACK_US (24 * HOUR_US)

/* Every day at the hours of the schedule. */
static struct cron
daily(const struct cron *look)
{
	return (struct cron){ .minutes = look->minutes,
		.hours = look->hours,
		.days = UINT32_MAX,
		.months = UINT32_MAX,
		.weekdays = UINT32_MAX,
		.any_day = true,
		.any_weekday = true };
}

bool
turns_share(const struct feed *feed, const struct holidays *h,
    struct zones *zones, struct turns *out, struct kpid_err *err)
{
	const struct release_rule *release = &feed->release;
	struct turns t = { .awaited = TURN_NEVER,
		.late = feed->late_s * (usec)1000000 };

	if (!cron_parse(feed->schedule, &t.look, err)
	    || !zones_get(zones, feed->time_zone, &t.zone, err))
		return false;
	t.poll = daily(&t.look);
	if (release->poll != NULL && !cron_parse(release->poll, &t.poll, err))
		return err_wrap(err, "release.poll");
	if (release->set)
		t.give_up_days = release->give_up_days;
	turns_close_on(&t, h);
	*out = t;
	return true;
}

bool
turns_read(const struct feed *feed, const struct holidays *h, struct arena *mem,
    struct turns *out, struct kpid_err *err)
{
	struct zones zones = { .mem = mem };

	return turns_share(feed, h, &zones, out, err);
}

void
turns_close_on(struct turns *t, const struct holidays *h)
{
	t->look.holidays = t->poll.holidays = h;
}

/* The first look by the schedule of those whose release is not given up at
 * that instant; false: there was none. */
static bool
release_open(const struct turns *t, usec at, usec *look)
{
	int32_t day;
	int second;
	usec from;

	if (t->give_up_days == 0 || t->awaited > at)
		return false;
	zone_civil(t->zone, at, &day, &second);
	from = zone_instant(t->zone, day - t->give_up_days + 1, 0);
	if (from < t->awaited)
		from = t->awaited;
	return cron_next(&t->look, t->zone, from - 1, look) && *look <= at;
}

/* By the schedule, to the minute. */
static usec
next_said(const struct turns *t, usec after)
{
	usec look, poll, begun;

	if (!cron_next(&t->look, t->zone, after, &look))
		look = TURN_NEVER;
	if (t->give_up_days == 0 || t->awaited == TURN_NEVER
	    || !cron_next(&t->poll, t->zone, after, &poll) || poll >= look)
		return look;
	return release_open(t, poll, &begun) ? poll : look;
}

usec
turns_next(const struct turns *t, usec after)
{
	const usec next = next_said(t, after - t->late);

	return next == TURN_NEVER ? next : next + t->late;
}

usec
turns_last(usec last, usec now)
{
	return last > now + SET_BACK_US ? now : last;
}

usec
turns_due(const struct turns *t, usec last, usec now)
{
	const usec next = turns_next(t, last);

	return next < now ? now : next;
}

/* From so far back on, the shortest first, so that few turns are counted
 * through. */
static const usec spans[] = { HOUR_US, 24 * HOUR_US, 32 * 24 * HOUR_US,
	366 * 24 * HOUR_US, 10 * 366 * 24 * HOUR_US };

usec
turns_newest(const struct turns *t, usec now)
{
	usec turn = TURN_NEVER, next;

	for (size_t i = 0; i < ARRAY_LEN(spans) && turn > now; i++)
		turn = turns_next(t, now - spans[i]);
	if (turn > now)
		return 0;
	while ((next = turns_next(t, turn)) <= now)
		turn = next;
	return turn;
}

bool
turns_waiting(const struct turns *t, usec now, usec *begun)
{
	const usec said = now - t->late;
	usec look, later;

	if (!release_open(t, said, &look))
		return false;
	while (cron_next(&t->look, t->zone, look, &later) && later <= said)
		look = later;
	*begun = look + t->late;
	return true;
}
