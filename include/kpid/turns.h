/*
 * When one feed is looked at: by its schedule, and each day (or as it says)
 * while a new period is awaited. Pure functions of instants that are given.
 */
#ifndef KPID_TURNS_H
#define KPID_TURNS_H

#include "kpid/config.h"
#include "kpid/schedule.h"

/* Nothing is awaited, nothing comes. */
#define TURN_NEVER INT64_MAX

struct turns {
	struct cron look; /* the schedule */
	struct cron poll; /* while a period is awaited; with give_up_days */
	int give_up_days; /* of one release, its own day counted; 0: no polls */
	const struct zone *zone;
	usec late; /* by which every turn comes after what they say */
	/* The first look by the schedule that can bring what is awaited. */
	usec awaited;
};

/* The schedule and release of a feed that has a schedule; nothing awaited.
 * Lives in mem. h: the holidays of its business days; may be NULL. */
MUST_CHECK bool turns_share(const struct feed *feed, const struct holidays *h,
    struct zones *zones, struct turns *out, struct kpid_err *err);
/* The same of one feed, its zone in mem. */
MUST_CHECK bool turns_read(const struct feed *feed, const struct holidays *h,
    struct arena *mem, struct turns *out, struct kpid_err *err);

/* From now on business days are those of h, which may be NULL. */
void turns_close_on(struct turns *t, const struct holidays *h);

/* The first turn strictly after `after`, TURN_NEVER when none comes. A poll
 * comes within give_up_days of a look of the schedule from `awaited` on. */
usec turns_next(const struct turns *t, usec after);

/* When to look, seen at `now`, after the last look (0: there was none). Turns
 * that passed meanwhile are one turn, due now. */
usec turns_due(const struct turns *t, usec last, usec now);

/* What counts as the last look. A clock that was set back by less than a day
 * brings no turn again; a look further ahead than that was dated by a clock
 * that went wrong, and counts as made now, once and for all. */
usec turns_last(usec last, usec now);

/* The newest turn up to now, 0 when there was none within ten years. Whoever
 * asks at that time hears the same, whatever was looked at before. */
usec turns_newest(const struct turns *t, usec now);

/* Is a release being waited for? *begun: the look that it began with; its day
 * is the first of give_up_days. */
bool turns_waiting(const struct turns *t, usec now, usec *begun);

#endif
