/*
 * The same complaint again and again, told three times and then counted.
 *
 * There is no timer for it: an idle process must not wake up to say that
 * nothing was said. What was held back is told with the next line after ten
 * minutes, when its place is needed, or at the end.
 */
#include <stdio.h>
#include <string.h>

#include "kpid/log.h"

#define HELD_US (600 * (usec)1000000)
#define TOLD    3

static bool
is_same(const struct log_repeat *r, const struct log_event *e)
{
	return r->since != 0 && r->level == e->level
	    && strncmp(r->subject, e->subject, sizeof(r->subject) - 1) == 0
	    && strncmp(r->message, e->message, sizeof(r->message) - 1) == 0;
}

/* Says how often, and forgets it. */
static void
end(struct log_repeat *r)
{
	char message[KPID_ERR_MAX + 64];

	if (r->since != 0 && r->count > TOLD) {
		(void)snprintf(message, sizeof(message),
		    "%s (repeated %lu times in %lld min)", r->message,
		    r->count - TOLD,
		    (long long)((r->last - r->since) / 60000000 + 1));
		log_write(&(struct log_event){
		    r->level, r->subject, NULL, message });
	}
	r->since = 0;
}

void
log_repeats_end(struct log_repeats *all, usec now)
{
	for (size_t i = 0; i < LOG_REPEATS; i++) {
		struct log_repeat *r = &all->list[i];

		/* Over, or the clock was set back. */
		if (r->since != 0
		    && (now - r->since >= HELD_US || now < r->since))
			end(r);
	}
}

static void
begin(struct log_repeat *r, const struct log_event *e, usec now)
{
	*r = (struct log_repeat){ .level = e->level, .since = now, .count = 1 };
	(void)snprintf(r->subject, sizeof(r->subject), "%s", e->subject);
	(void)snprintf(r->message, sizeof(r->message), "%s", e->message);
}

bool
log_repeats_hold(struct log_repeats *all, const struct log_event *e, usec now)
{
	struct log_repeat *oldest = &all->list[0];

	log_repeats_end(all, now);
	for (size_t i = 0; i < LOG_REPEATS; i++) {
		struct log_repeat *r = &all->list[i];

		if (is_same(r, e)) {
			r->last = now;
			return ++r->count > TOLD;
		}
		if (r->since < oldest->since)
			oldest = r;
	}
	end(oldest);
	begin(oldest, e, now);
	return false;
}
