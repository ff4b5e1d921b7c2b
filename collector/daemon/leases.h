/*
 * Turns of feeds, shared with other instances upon the same database: what is
 * due is claimed first, and given back when it is done. The claimer, a worker
 * of its own, carries the words; the loop never waits for it. While the
 * database is away feeds are fetched without a lease.
 *
 * Times here are real time: leases run on the machine's clock, schedules on
 * the configuration's.
 */
#ifndef DAEMON_LEASES_H
#define DAEMON_LEASES_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kpid/clock.h"

struct loop;
struct feed_run;

/* Of one feed. */
struct feed_lease {
	bool wanted; /* a turn is due and waits for its token */
	bool asked;  /* the claimer was told, and has not answered */
	bool held;
	bool ending; /* to be given back.. */
	bool done;   /* ..with its turn done.. */
	usec again;  /* ..or not before; the configuration's clock; 0: any */
	usec due;    /* the turn; 0: the feed was never collected */
	usec ask_at; /* not before */
	int64_t token;
	size_t bodies; /* spooled under it and not loaded */
};

/* A turn of the feed is due: it is fetched once it is ours. */
void lease_want(struct loop *l, struct feed_run *r, usec due);
/* The fetch ended: with a body, which is to be loaded.. */
void lease_spooled(struct feed_run *r);
/* ..or without: the turn is done, or (again) may be tried later. */
void lease_fetched(struct feed_run *r, usec again);
/* ..or something of it was not begun: it is anybody's once its bodies are
 * loaded. */
void lease_put_off(struct feed_run *r);
/* A body of the feed is in the database, or refused by it. */
void lease_loaded(struct feed_run *r);
/* No body waits any more, whatever became of them. */
void leases_none_waits(struct loop *l);

/* Takes up the turns of the bodies that wait: they were collected. */
void leases_adopt(struct loop *l);

/* Tells the claimer what is wanted, at work and done; starts what has waited
 * too long for an answer. */
void leases_step(struct loop *l);
/* What the claimer says. */
void leases_answered(struct loop *l, const json_t *message);
/* The claimer ended: what it was asked is asked again. */
void leases_unanswered(struct loop *l);
/* The machine's clock was set. */
void leases_clock_set(struct loop *l);
/* When leases_step is to be called; INT64_MAX: nothing is to be said. */
usec leases_next(const struct loop *l);
/* Gives back what is not spooled; the daemon ends. */
void leases_close(struct loop *l);
/* How many are held, for who watches. */
size_t leases_held(const struct loop *l);

#endif
