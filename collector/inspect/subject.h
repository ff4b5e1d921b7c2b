/*
 * One body under inspection. Private to this room.
 */
#ifndef INSPECT_SUBJECT_H
#define INSPECT_SUBJECT_H

#include "guess.h"
#include "kpid/inspect.h"
#include "sniff.h"

/* What every sample of the body shares. */
struct subject {
	const struct config *cfg;
	int fd;
	const char *file, *url;
	struct inside in;
	struct arena *mem;
};

/* A new guess of it, its doubts begun. */
void subject_begin(const struct subject *s, enum feed_format format,
    struct guess *g);
/* Samples the grid that c describes, guesses its table and settles the draft;
 * g is done with, whatever comes out. */
MUST_CHECK bool subject_try(const struct subject *s, const struct contract *c,
    struct guess *g, struct inspection *out, struct kpid_err *err);
/* workbook.c: the first of its sheets that is a table. */
MUST_CHECK bool inspect_workbook(const struct subject *s,
    struct inspection *out, struct kpid_err *err);

#endif
