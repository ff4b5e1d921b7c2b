/*
 * What an outbox row says: facts as the database wrote them, before they are
 * words. Every field is text as it stands in the document, numbers to their
 * last zero, and NULL when it is absent, null or empty.
 */
#ifndef KPID_NOTIFY_FACTS_H
#define KPID_NOTIFY_FACTS_H

#include <stddef.h>

#include "kpid/arena.h"
#include "kpid/error.h"

struct fact_source { /* where the judged value stood */
	const char *feed, *title, *source;
	const char *delivery, *sha256, *url, *line, *col;
	const char *published_at, *fetched_at; /* ISO 8601 */
};

/* Where it will be at its due date. */
struct fact_forecast {
	const char *value, *low, *high, *probability;
	const char *error;  /* of the method in past years; NULL: not known */
	const char *method; /* "plan": what the office itself has planned */
};

/* One period of a plot; lengths in thousandths. */
struct fact_period {
	const char *period, *period_ja;
	const char *actual, *expected, *status;
	const char *bar, *path;
};

struct fact_plot {              /* the last periods against the path */
	const char *from;       /* where bars begin; NULL: at 0 */
	const char *cumulative; /* "true": running totals */
	const struct fact_period *periods;
	size_t n_periods;
};

struct fact_target {
	const char *target, *goal, *item, *name, *unit;
	const char *comparator, *target_value, *value_high;
	const char *previous_target_value, *due, *path;
	const char *actual, *actual_period, *actual_period_ja;
	const char *expected, *expected_whole;
	const char *gap, *gap_whole; /* actual - expected */
	const char *required_rate;   /* per month until due */
	const char *pace_index, *pace_index_whole;
	const char *status, *status_ja;
	const char *previous_status, *previous_status_ja;
	const char *reason, *reason_en;
	const char *const *modifiers;
	size_t n_modifiers;
	struct fact_source source;
	struct fact_forecast forecast;
	struct fact_plot plot;
};

/* What looked wrong in a held delivery. */
struct fact_finding {
	const char *kind, *line, *col;
	const char *text, *text_ja; /* text_ja: of gates alone */
};

struct facts {
	const char *as_of, *event, *department, *fiscal_year, *clock;
	const char *reopened; /* "true": a revision undid a closing */
	/* Of a held delivery, and of the one that serves. */
	struct fact_source source;
	const char *error, *n_findings;
	const char *last_delivery, *last_fetched_at;
	const struct fact_finding *findings;
	size_t n_listed;
	const struct fact_target *targets;
	size_t n_targets;
};

/* *out and all in it live in mem. Unknown keys are left alone: the database
 * may know more than this version prints. */
MUST_CHECK bool facts_read(const char *json, struct arena *mem,
    struct facts *out, struct kpid_err *err);

/* How many of the targets have this status. */
size_t facts_count(const struct facts *facts, const char *status);

#endif
