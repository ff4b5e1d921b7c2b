/* Counts as text. */
#include <stdio.h>

#include "tally.h"

struct page {
	struct buf *out;
	bool openmetrics;
	bool ok;
};

/* "counter" or "gauge"; OpenMetrics names a counter without its _total. */
static void
family(struct page *p, const char *name, const char *type, const char *help)
{
	const char *total = !p->openmetrics && *type == 'c' ? "_total" : "";

	p->ok = p->ok
	    && buf_printf(p->out, "# HELP kpid_%s%s %s\n# TYPE kpid_%s%s %s\n",
		name, total, help, name, total, type);
}

/* Label values: backslash, quote and line feed are escaped. */
static bool
put_label(struct buf *out, const char *value)
{
	for (; *value != '\0'; value++) {
		bool ok = *value == '\n' ? buf_puts(out, "\\n")
		    : *value == '"' || *value == '\\'
		    ? buf_printf(out, "\\%c", *value)
		    : buf_put(out, value, 1);

		if (!ok)
			return false;
	}
	return true;
}

static void
sample(struct page *p, const char *name, const char *label, const char *value,
    double number)
{
	p->ok = p->ok && buf_printf(p->out, "kpid_%s", name);
	if (label != NULL)
		p->ok = p->ok && buf_printf(p->out, "{%s=\"", label)
		    && put_label(p->out, value) && buf_puts(p->out, "\"}");
	p->ok = p->ok && buf_printf(p->out, " %.15g\n", number);
}

static void
counters(struct page *p, const char *name, const char *help, const char *label,
    const char *const *values, const uint64_t *counts)
{
	char total[64];

	family(p, name, "counter", help);
	(void)snprintf(total, sizeof(total), "%s_total", name);
	for (size_t i = 0; values[i] != NULL; i++)
		sample(p, total, label, values[i], (double)counts[i]);
}

static double
seconds(usec at)
{
	return (double)at / 1e6;
}

static void
print_counts(struct page *p, const struct tally *t)
{
	static const char *const fetches[] = { "body", "unchanged", "failed",
		NULL };
	static const char *const deliveries[] = { "loaded", "unchanged", "held",
		"failed", NULL };
	static const char *const rows[] = { "read", "inserted", "revised",
		"unchanged", "rejected", NULL };
	static const char *const mails[] = { "sent", "deferred", "refused",
		NULL };

	counters(p, "fetches", "Requests to feeds that ended.", "outcome",
	    fetches, t->fetches);
	family(p, "fetched_bytes", "counter", "Bodies, as they came.");
	sample(p, "fetched_bytes_total", NULL, NULL, (double)t->bytes);
	counters(p, "deliveries", "Bodies that the database has seen.",
	    "outcome", deliveries, t->deliveries);
	counters(p, "rows", "Rows of loaded deliveries.", "outcome", rows,
	    t->rows);
	counters(p, "mails", "Mails by what became of the attempt.", "outcome",
	    mails, t->mails);
	family(p, "worker_restarts", "counter",
	    "Times that a worker ended and was started again.");
	sample(p, "worker_restarts_total", NULL, NULL, (double)t->restarts);
}

static void
print_feeds(struct page *p, const struct tally_view *v)
{
	family(p, "feed_failures", "gauge", "Failures of the feed in a row.");
	for (size_t i = 0; i < v->n_feeds; i++)
		sample(p, "feed_failures", "feed", v->feeds[i].name,
		    v->feeds[i].failures);
	family(p, "feed_loaded_timestamp_seconds", "gauge",
	    "When a delivery of the feed was last loaded.");
	for (size_t i = 0; i < v->n_feeds; i++)
		if (v->feeds[i].loaded_at != 0)
			sample(p, "feed_loaded_timestamp_seconds", "feed",
			    v->feeds[i].name, seconds(v->feeds[i].loaded_at));
	family(p, "feed_due_timestamp_seconds", "gauge",
	    "When the feed is due next.");
	for (size_t i = 0; i < v->n_feeds; i++)
		if (v->feeds[i].due_at != 0)
			sample(p, "feed_due_timestamp_seconds", "feed",
			    v->feeds[i].name, seconds(v->feeds[i].due_at));
}

static void
print_state(struct page *p, const struct tally_view *v)
{
	family(p, "version_info", "gauge", "The version that runs.");
	sample(p, "version_info", "version", KPID_VERSION, 1);
	family(p, "start_timestamp_seconds", "gauge", "When the daemon began.");
	sample(p, "start_timestamp_seconds", NULL, NULL,
	    seconds(v->tally->started_at));
	family(p, "ready", "gauge", "Whether a part works: 1 or 0.");
	for (size_t i = 0; i < v->n_parts; i++)
		sample(p, "ready", "part", v->parts[i].name,
		    v->parts[i].why == NULL);
	family(p, "leases_held", "gauge",
	    "Feeds that this daemon is at work on.");
	sample(p, "leases_held", NULL, NULL, (double)v->leases);
	family(p, "spooled_bodies", "gauge",
	    "Bodies that are spooled and not loaded.");
	sample(p, "spooled_bodies", NULL, NULL, (double)v->waiting);
	family(p, "spool_bytes", "gauge",
	    "Bytes on the spool, those being fetched among them.");
	sample(p, "spool_bytes", NULL, NULL, (double)v->waiting_bytes);
	family(p, "spool_max_bytes", "gauge",
	    "Bytes at which nothing more is fetched.");
	sample(p, "spool_max_bytes", NULL, NULL, (double)v->most_bytes);
}

bool
tally_print(const struct tally_view *view, bool openmetrics, struct buf *out)
{
	struct page p = { out, openmetrics, true };

	print_state(&p, view);
	print_counts(&p, view->tally);
	print_feeds(&p, view);
	return p.ok && (!openmetrics || buf_puts(out, "# EOF\n"));
}

bool
tally_ready(const struct tally_view *view, bool *ready, struct buf *out)
{
	*ready = true;
	for (size_t i = 0; i < view->n_parts; i++) {
		const char *why = view->parts[i].why;

		*ready = *ready && why == NULL;
		if (!buf_printf(out, "%s: %s\n", view->parts[i].name,
			why != NULL ? why : "ok"))
			return false;
	}
	return true;
}
