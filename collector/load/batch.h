/*
 * A batch at work: its bodies on their way into the store. Private to this
 * room.
 */
#ifndef LOAD_BATCH_H
#define LOAD_BATCH_H

#include "intake.h"
#include "kpid/load.h"
#include "stream.h"

/* One body on its way; lives for the batch. */
struct item {
	struct load_job job;
	struct load_result *result;
	struct spool_meta meta;
	int fd;
	bool gone;                  /* another process took it */
	bool apart;                 /* large: loaded by itself, afterwards */
	const char *unpublished;    /* why 'published' found no date */
	const struct item *same_as; /* the same body in the same batch */
	struct taken taken;         /* delivery 0: not new */
	bool refused;               /* another instance has its turn */
	bool repeats; /* says just what is latest: its rows are not sent */
};

struct work {
	struct db *db;
	const struct config *cfg;
	struct spool *spool;
	struct item *items;
	size_t n;
	struct arena mem;
	const struct progress *progress;
	struct intake in;
	bool plain;    /* all rows are staged: no shortcut is to be tried */
	bool whole;    /* nothing is sent before all is read */
	bool shortcut; /* one was tried */
	struct stream *stream; /* or NULL: the batch is copied while read */
};

/* The body of an item; one that cannot be read fails alone, in its result. */
void item_open(struct work *w, struct item *it);
/* Makes the bodies deliveries, where they are new: receive.c. */
MUST_CHECK bool batch_receive(struct work *w, struct kpid_err *err);
/* Bodies that came become deliveries, or the same as before: register.c. */
MUST_CHECK bool batch_register(struct work *w, struct item *const *items,
    size_t n, struct kpid_err *err);
/* Turns away bodies whose turn others have: fence.c. */
MUST_CHECK bool batch_refuse(struct work *w, struct kpid_err *err);
/* Their turns are done, with the transaction that is about to end. */
MUST_CHECK bool batch_turns_done(struct work *w, struct kpid_err *err);
/* Stores the bytes of those that are. Takes no memory of the batch. */
MUST_CHECK bool batch_keep(struct work *w, struct kpid_err *err);
/* Reads them into the trays; asks nothing of the database. */
MUST_CHECK bool batch_read(struct work *w, struct kpid_err *err);
/* Both, at once where they are large: beside.c. */
MUST_CHECK bool batch_take(struct work *w, struct kpid_err *err);
/* Is it a new delivery that was read whole and may be loaded? */
bool item_loads(const struct item *it);

/* Asks which deliveries say just what is latest of their feed: content.c. */
MUST_CHECK bool content_ask(struct work *w, struct kpid_err *err);
/* Holds back what the gates stop: gates.c. */
MUST_CHECK bool gates_pass(struct work *w, struct kpid_err *err);
/* The counts of a merge into the results; rows as kpid.merge returns them. */
MUST_CHECK bool counts_take(struct work *w, const struct db_query *q,
    struct kpid_err *err);
/* Stages everything and merges it: staged.c. */
MUST_CHECK bool staged_load(struct work *w, struct kpid_err *err);
/* Opens a COPY of pg_temp.staged or pg_temp.staged_series. */
MUST_CHECK bool staged_open(struct work *w, bool series, struct kpid_err *err);
/* Whether a batch is one large delivery that may go the straight way.. */
MUST_CHECK bool direct_may(struct work *w, bool *may, struct kpid_err *err);
/* ..and loads it so; *done is false when the database wants it staged. */
MUST_CHECK bool direct_load(struct work *w, bool *done, struct kpid_err *err);
/* The one item of a batch that is to be loaded, or NULL. */
struct item *direct_item(const struct work *w);
/* Does a gate look at every number of this indicator? */
bool direct_watched(const struct work *w, const struct item *it,
    const char *code);
/* Asks a question about a delivery, the periods it states and, where n is 3,
 * how many keys in each. */
MUST_CHECK bool direct_ask(struct work *w, const struct item *it,
    const char *query, size_t n, bool *yes, struct kpid_err *err);
/* A COPY of kpid.observation, as the role that may. */
MUST_CHECK bool direct_copy_begin(struct db *db, struct kpid_err *err);
MUST_CHECK bool direct_copy_end(struct db *db, struct kpid_err *err);
/* All rows were sent: looks at them and counts. */
MUST_CHECK bool direct_end(struct work *w, const struct item *it,
    struct kpid_err *err);

#endif
