/*
 * A draft read over its body. Private to this room.
 */
#ifndef INSPECT_CHECK_H
#define INSPECT_CHECK_H

#include "guess.h"

#define REASONS 8

/* One reason of rejects. */
struct told {
	const char *text, *raw;
	uint32_t line, column;
	uint64_t n;
};

struct verdict {
	uint64_t observations, rejects, contradicting;
	uint64_t series;
	struct told reasons[REASONS];
	size_t n_reasons;
	struct told findings[REASONS];
	size_t n_findings;
	bool unchecked; /* too many keys to compare all */
};

/* Loads the draft as a feed file and reads the whole body by it. false: it
 * cannot be read that way at all. */
MUST_CHECK bool draft_check(const struct guess *g, int fd, struct verdict *out,
    struct kpid_err *err);

/* repair.c: checks, repairs and tells what is left. false: no table. */
MUST_CHECK bool draft_settle(struct guess *g, int fd, struct kpid_err *err);

#endif
