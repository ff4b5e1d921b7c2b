/*
 * What the loop counts, and how it looks to a scraper: Prometheus' text format
 * 0.0.4, or OpenMetrics 1.0 for who asks for that.
 *
 * Source: prometheus.io/docs/instrumenting/exposition_formats,
 * openmetrics.io.
 */
#ifndef DAEMON_TALLY_H
#define DAEMON_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kpid/bytes.h"
#include "kpid/clock.h"

enum { FETCHED_BODY, FETCHED_SAME, FETCHED_FAILED, FETCHED_KINDS };
enum { LOADED, UNCHANGED, HELD, FAILED, DELIVERY_KINDS };
enum {
	ROWS_READ,
	ROWS_INSERTED,
	ROWS_REVISED,
	ROWS_UNCHANGED,
	ROWS_REJECTED,
	ROW_KINDS
};
enum { MAILS_SENT, MAILS_DEFERRED, MAILS_REFUSED, MAIL_KINDS };

/* Counts since the daemon began; they only grow. */
struct tally {
	usec started_at;
	uint64_t fetches[FETCHED_KINDS];
	uint64_t bytes; /* of bodies, as they came */
	uint64_t deliveries[DELIVERY_KINDS];
	uint64_t rows[ROW_KINDS];
	uint64_t mails[MAIL_KINDS];
	uint64_t restarts; /* of workers */
};

/* One feed, as a scraper sees it. */
struct tally_feed {
	const char *name;
	usec loaded_at; /* its last good delivery; 0: none since the start */
	usec due_at;    /* 0: by hand */
	int failures;   /* in a row */
};

/* A part that must work; why is NULL when it does. */
struct tally_part {
	const char *name, *why;
};

/* All that is told, gathered by the loop. */
struct tally_view {
	const struct tally *tally;
	const struct tally_part *parts;
	size_t n_parts;
	const struct tally_feed *feeds;
	size_t n_feeds;
	size_t leases;  /* feeds that are ours for now */
	size_t waiting; /* bodies that are spooled and not loaded */
	uint64_t waiting_bytes, most_bytes; /* of the spool: now, its bound */
};

/* Appends the whole page; false when the buffer's limit is reached. */
MUST_CHECK bool tally_print(const struct tally_view *view, bool openmetrics,
    struct buf *out);
/* A line for each part, "ok" or why not; *ready: all of them work. */
MUST_CHECK bool tally_ready(const struct tally_view *view, bool *ready,
    struct buf *out);

#endif
