/*
 * Which addresses a feed is asked for at: URLs with words for periods and
 * organizations.
 */
#include "kpid/fetch.h"

#include "kpid/schedule.h"
#include "kpid/url_words.h"

static void
add(struct looks *out, const struct feed *feed, struct url_place place,
    const char *org, struct arena *mem)
{
	char period[PERIOD_TEXT_MAX];

	place.org = org;
	(void)url_place_text(&place, period);
	out->list[out->n++] = (struct look){
		.url = url_words_fill(feed->url, &place, mem),
		.period =
		    feed->template.of_period ? arena_strdup(mem, period) : NULL,
		.org = org,
	};
}

/* One period, for each organization, or for nobody. */
static void
add_all(struct looks *out, const struct feed *feed,
    const struct url_place *place, const struct looks *orgs, struct arena *mem)
{
	if (orgs->n == 0)
		add(out, feed, *place, NULL, mem);
	for (size_t i = 0; i < orgs->n; i++)
		add(out, feed, *place, orgs->list[i].org, mem);
}

static struct looks
orgs_of(const char *const *orgs, size_t n, struct arena *mem)
{
	struct looks out = { arena_array(mem, n, sizeof(*out.list)), n };

	for (size_t i = 0; i < n; i++)
		out.list[i].org = orgs[i];
	return out;
}

void
feed_looks_between(const struct feed *feed, const struct period *stretch,
    const char *const *orgs, size_t n_orgs, struct arena *mem,
    struct looks *out)
{
	const struct looks whose = orgs_of(orgs, n_orgs, mem);
	const enum span_kind every = feed->template.every;
	const struct url_place first = url_place_of(every, stretch->first);
	size_t n = 1;

	for (struct url_place at = url_place_step(&first, 1);
	     at.first <= stretch->last; at = url_place_step(&at, 1))
		n++;
	if (!feed->template.of_period)
		n = 1;
	out->n = 0;
	out->list =
	    arena_array(mem, n * (n_orgs > 0 ? n_orgs : 1), sizeof(*out->list));
	for (size_t i = 0; i < n; i++) {
		const struct url_place at = url_place_step(&first, (int)i);

		add_all(out, feed, &at, &whose, mem);
	}
}

bool
feed_looks(const struct feed *feed, usec now, struct arena *mem,
    struct looks *out, struct kpid_err *err)
{
	const struct url_template *t = &feed->template;
	struct url_place place;
	struct period period;
	const struct zone *zone;
	int32_t day;
	int second;

	if (!t->set) {
		out->list = arena_array(mem, 1, sizeof(*out->list));
		out->list[0] = (struct look){ .url = feed->url };
		out->n = 1;
		return true;
	}
	if (!zone_load(feed->time_zone, mem, &zone, err))
		return false;
	zone_civil(zone, now, &day, &second);
	place = url_place_of(t->every, day);
	place = url_place_step(&place, -t->lag);
	period = (struct period){ .first = place.first, .last = place.last };
	feed_looks_between(feed, &period, t->orgs, t->n_orgs, mem, out);
	return true;
}
