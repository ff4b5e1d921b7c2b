/* What the loader says: of the database, and of bodies. */
#include <stdio.h>
#include <string.h>

#include "kpid/log.h"
#include "loop.h"

static void
learn_calendar(struct loop *l, const json_t *message)
{
	calendar_holidays(l, json_object_get(message, "holidays"));
	calendar_awaits(l, json_object_get(message, "awaited"));
}

static void
learn_retries(struct loop *l, const json_t *list)
{
	size_t i;
	const json_t *r;

	json_array_foreach(list, i, r)
	{
		calendar_retry(l, json_string_value(json_array_get(r, 0)),
		    json_integer_value(json_array_get(r, 1)),
		    json_integer_value(json_array_get(r, 2)));
	}
}

static void
learn_feeds(struct loop *l, const json_t *list)
{
	size_t i;
	const json_t *f;

	json_array_foreach(list, i, f)
	{
		const struct validators v = {
			json_string_value(json_object_get(f, "etag")),
			json_string_value(json_object_get(f, "last_modified")),
		};

		drops_learn(l, json_string_value(json_object_get(f, "feed")),
		    json_is_true(json_object_get(f, "folder")));
		calendar_learn(l, json_string_value(json_object_get(f, "feed")),
		    json_string_value(json_object_get(f, "checked_at")), &v);
	}
}

static void
count_result(struct loop *l, const json_t *r, const char *feed)
{
	static const char *const outcomes[] = { "loaded", "unchanged", "held",
		"failed" };
	const char *outcome = json_string_value(json_object_get(r, "outcome"));
	const json_t *rows = json_object_get(r, "rows");
	struct feed_run *run = calendar_find(l, feed);

	for (size_t i = 0; i < ARRAY_LEN(outcomes); i++)
		l->tally.deliveries[i] += strcmp(outcome, outcomes[i]) == 0;
	if (strcmp(outcome, "loaded") != 0)
		return;
	if (run != NULL)
		run->loaded_at = clock_now();
	for (size_t i = 0; i < ROW_KINDS; i++)
		l->tally.rows[i] +=
		    (uint64_t)json_integer_value(json_array_get(rows, i));
}

static void
log_result(const json_t *r, const char *subject)
{
	const char *outcome = json_string_value(json_object_get(r, "outcome"));
	const char *text = json_string_value(json_object_get(r, "text"));
	const char *run = run_name(json_string_value(json_object_get(r, "id")));

	if (strcmp(outcome, "failed") == 0)
		log_run(LOG_LEVEL_ERROR, subject, run, "failed: %s", text);
	else if (strcmp(outcome, "held") == 0)
		log_run(LOG_LEVEL_WARN, subject, run, "%s", text);
	else if (strcmp(outcome, "refused") == 0)
		log_run(LOG_LEVEL_WARN, subject, run, "dropped: %s", text);
	else if (strcmp(outcome, "unchanged") == 0)
		log_run(LOG_LEVEL_INFO, subject, run,
		    "unchanged (the same bytes)");
	else
		log_run(LOG_LEVEL_INFO, subject, run, "%s, %s", outcome, text);
}

/* NULL: nobody has to see to it. */
static const char *
trouble(const json_t *r)
{
	const char *outcome = json_string_value(json_object_get(r, "outcome"));

	return strcmp(outcome, "failed") == 0 || strcmp(outcome, "held") == 0
	    ? json_string_value(json_object_get(r, "text"))
	    : NULL;
}

static void
log_results(struct loop *l, const json_t *list)
{
	size_t i;
	const json_t *r;

	json_array_foreach(list, i, r)
	{
		const char *feed =
		    json_string_value(json_object_get(r, "feed"));
		char subject[128];

		(void)snprintf(subject, sizeof(subject), "feed %s", feed);
		count_result(l, r, feed);
		turn_result(l, feed, trouble(r));
		log_result(r, subject);
	}
}

/* Files that were dropped: what the loader does not speak of was damaged on the
 * spool, or is gone. */
static void
end_drops(struct loop *l, const json_t *results)
{
	size_t i;
	const json_t *r;

	json_array_foreach(results, i, r)
	{
		const char *outcome =
		    json_string_value(json_object_get(r, "outcome"));

		drops_loaded(l, json_string_value(json_object_get(r, "id")),
		    strcmp(outcome, "failed") != 0);
	}
	for (i = 0; i < l->working.n; i++)
		drops_again(l, l->working.ids[i]);
}

static void
fetch_again(struct loop *l, const json_t *feeds)
{
	size_t i;
	const json_t *feed;

	json_array_foreach(feeds, i, feed)
	{
		calendar_again(l, json_string_value(feed));
	}
}

static void
done(struct loop *l, struct helper *h, const json_t *message)
{
	const json_t *results = json_object_get(message, "done");
	const char *error =
	    json_string_value(json_object_get(message, "error"));
	const json_t *look_at = json_object_get(message, "look_at");

	h->busy = false;
	learn_calendar(l, message);
	/* Without one judging failed, and comes again with the next. */
	calendar_look_at(l,
	    json_is_integer(look_at) ? json_integer_value(look_at) : INT64_MAX);
	log_results(l, results);
	fetch_again(l, json_object_get(message, "again"));
	if (error == NULL || json_array_size(results) > 0) {
		end_drops(l, results);
		bodies_loaded(l);
	}
	if (l->pending.n + l->working.n == 0)
		turns_over(l);
	if (error == NULL) {
		h->failures = 0;
		return;
	}
	log_error(worker_name(h->kind), "%s", error);
	if (json_is_true(json_object_get(message, "retry"))) {
		bodies_put_back(l);
		l->day_owed = true;
		h->ready = false; /* it ends now */
	} else {
		bodies_blame(l, true);
	}
}

/* Once for each time that it was away. */
static void
database_there(struct loop *l)
{
	if (l->away_since == 0)
		return;
	log_info("database", "it is back after %lld s",
	    (long long)((clock_now() - l->away_since) / 1000000));
	l->away_since = 0;
}

void
results_take(struct loop *l, struct helper *h, const json_t *message)
{
	const json_t *ready = json_object_get(message, "ready");

	if (ready != NULL) {
		h->ready = true;
		l->came_up = true;
		database_there(l);
		learn_calendar(l, message);
		learn_feeds(l, ready);
		learn_retries(l, json_object_get(message, "retries"));
	} else if (json_object_get(message, "owed") != NULL) {
		l->day_owed = true;
	} else {
		done(l, h, message);
	}
}
