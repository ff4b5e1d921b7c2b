/*
 * What kpid put checks before it writes. Private to this room.
 */
#ifndef CLI_PUT_H
#define CLI_PUT_H

#include "cli.h"
#include "kpid/hand.h"
#include "kpid/observation.h"

/* A value as it was typed, and what it was read as. */
struct put {
	struct cli *cli;
	struct hand hand;
	struct pair dims[HAND_DIMS_MAX];
	const struct feed *feed; /* reads the body.. */
	struct buf text;         /* ..which is this */
	struct series_key series;
	struct period period;
	const char *value; /* NULL: missing */
	enum missing missing;
};

/* The command line into p->hand: indicator, organization, dimensions and
 * reasons are known words, or KPID_EUSAGE names the nearest. */
MUST_CHECK bool put_words(struct put *p, struct kpid_err *err);
/* The body of p->hand, and what the pipeline reads in it: one value, or
 * KPID_EUSAGE says what is wrong with it. */
MUST_CHECK bool put_read(struct put *p, struct kpid_err *err);
/* The series it belongs to, against those of the store: sets the frequency of
 * an instant, refuses what would begin a series by mistake. */
MUST_CHECK bool put_series(struct put *p, struct db *db, struct kpid_err *err);

#endif
