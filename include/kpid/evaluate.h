/*
 * Judging is SQL (kpi.assess, kpid.evaluate); this is the door to it.
 *
 * In: owed evaluations (rows of kpid.owed). Out: what people were told,
 * stored, and mails in the outbox, in one transaction.
 */
#ifndef KPID_EVALUATE_H
#define KPID_EVALUATE_H

#include "kpid/db.h"
#include "kpid/error.h"

struct evaluate_counts {
	long evaluated, opened, closed, mails;
};

/* Nothing owed is all zero. */
MUST_CHECK bool evaluate_owed(struct db *db, struct evaluate_counts *out,
    struct kpid_err *err);

#endif
