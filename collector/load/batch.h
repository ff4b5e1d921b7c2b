/*
 * A batch at work: its bodies on their way into the store. Private to this
 * room.
 */
#ifndef LOAD_BATCH_H
#define LOAD_BATCH_H

#include "kpid/load.h"
#include "stage.h"

/* One body on its way; lives for the batch. */
struct item {
	struct load_job job;
	struct load_result *result;
	struct spool_meta meta;
	int fd;
	bool gone;                     /* another process took it */
	const char *unpublished;       /* why 'published' found no date */
	const struct item *same_as;    /* the same body in the same batch */
	struct staged_delivery staged; /* delivery 0: not new */
};

struct work {
	struct db *db;
	const struct config *cfg;
	struct spool *spool;
	struct item *items;
	size_t n;
	struct arena mem;
	const struct progress *progress;
};

/* The body of an item; one that cannot be read fails alone, in its result. */
void item_open(struct work *w, struct item *it);
/* Asks for a delivery and keeps the body; none when the feed's last one was
 * the same. */
MUST_CHECK bool item_receive(struct work *w, struct item *it,
    struct kpid_err *err);

#endif
