/*
 * A ready database: cluster, schema, connection, and the configuration known
 * to it. What every command and worker begins with.
 */
#ifndef KPID_SESSION_H
#define KPID_SESSION_H

#include "kpid/arena.h"
#include "kpid/cluster.h"
#include "kpid/config.h"
#include "kpid/db.h"
#include "kpid/db_array.h"
#include "kpid/error.h"
#include "kpid/schedule.h"

struct session {
	struct cluster *cluster;
	struct db *db;
};

/*
 * A private cluster is created and its schema brought up to date; a server's
 * schema must be up to date ("kpid migrate"), and a newer one is refused.
 * say (may be NULL) is told of slow steps.
 */
MUST_CHECK bool session_open(const struct config *cfg, enum db_role role,
    struct arena *mem, void (*say)(const char *text), struct session *out,
    struct kpid_err *err);
/* CLEANUP; twice is fine. */
void session_close(struct session *s);

/* Feeds, indicators, goals and targets of the configuration into the
 * database; a no-op when they are there. */
MUST_CHECK bool session_sync(struct session *s, const struct config *cfg,
    struct arena *mem, struct kpid_err *err);

/* By what a feed's next look is reckoned. */
struct looking {
	const struct holidays *holidays; /* or NULL */
	usec awaited;                    /* as in struct turns */
	usec now;
};

/* When feeds are looked at next, to be told together: for kpi.calendar. */
struct next_looks {
	struct db_array feeds, instants;
	struct zones zones; /* of the feeds, in mem */
	struct arena mem;
};

void next_looks_init(struct next_looks *n);
/* CLEANUP; twice is fine. */
void next_looks_release(struct next_looks *n);
/* Nothing is added where the feed's schedule cannot be read: that is the
 * check's matter and the daemon's. */
MUST_CHECK bool next_looks_add(struct next_looks *n, const struct feed *feed,
    const struct looking *how, struct kpid_err *err);
/* All of them in one statement. */
MUST_CHECK bool next_looks_tell(struct next_looks *n, struct db *db,
    struct kpid_err *err);

/* The holidays that a feed of the configuration lists; NULL: none does, or it
 * brought none yet. */
MUST_CHECK bool session_holidays(struct db *db, const struct config *cfg,
    struct arena *mem, const struct holidays **out, struct kpid_err *err);

#endif
