/*
 * What is done with spooled bodies: load, evaluate, send. The worker's
 * function; one-shot commands run it in their own process.
 */
#ifndef KPID_WORK_H
#define KPID_WORK_H

#include "kpid/config.h"
#include "kpid/db.h"
#include "kpid/error.h"
#include "kpid/evaluate.h"
#include "kpid/fetch.h"
#include "kpid/load.h"
#include "kpid/notify.h"
#include "kpid/spool.h"

/* Loads the bodies and takes them off the spool when the database has them;
 * a body that was set aside says so in its result. results has room for n. */
MUST_CHECK bool work_load(struct db *db, const struct config *cfg,
    struct spool *spool, const struct load_batch *batch,
    struct load_result *results, struct kpid_err *err);

struct work_judged {
	struct evaluate_counts counts;
	usec look_at; /* when something may be due although nothing came;
		       * INT64_MAX: never */
};

/* Evaluates what is owed, then looks at what is late and at kpid itself; that
 * is done when judging failed, too, so that somebody hears of it. */
MUST_CHECK bool work_judge(struct db *db, const struct config *cfg,
    struct work_judged *out, struct kpid_err *err);

/* Whether nothing is fetched because the spool is full, for the operator. */
MUST_CHECK bool work_room(struct db *db, bool full, struct kpid_err *err);

/* work_judge, then sends what is due. Either may be NULL. */
MUST_CHECK bool work_evaluate(struct db *db, const struct config *cfg,
    struct evaluate_counts *evaluated, struct outbox_counts *sent,
    struct kpid_err *err);

/* Was a feed's last delivery (the hexadecimal hash of its contract, or NULL)
 * read by the contract that it has now? feed may be NULL. */
bool contract_same(const struct feed *feed, const char *hash);

/* A check of a feed that loaded nothing, or of a feed of many bodies. */
struct work_check {
	const char *feed;
	const char *why; /* what failed, or NULL */
};

/* For the feeds' states, all in one statement. */
MUST_CHECK bool work_checked(struct db *db, const struct work_check *list,
    size_t n, struct kpid_err *err);

#endif
