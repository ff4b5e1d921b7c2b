/*
 * A body that nobody has described yet: a proposal for its feed. And a body
 * that contradicts itself: where.
 *
 * The proposal finds encoding, separator, header, periods, units and marks by
 * looking at the body, writes a contract and reads the body by it; what is
 * left open is said, never hidden.
 */
#ifndef KPID_INSPECT_H
#define KPID_INSPECT_H

#include <stdbool.h>
#include <stddef.h>

#include "kpid/arena.h"
#include "kpid/body.h"
#include "kpid/config.h"
#include "kpid/error.h"

struct inspection {
	const char *json;          /* a feed file, with its own indicators */
	const char *const *doubts; /* one sentence each: "whether .." */
	size_t n_doubts;
};

/* A body to draft a feed file for. */
struct inspect_source {
	int fd;           /* read with pread */
	const char *file; /* the body's name, or NULL */
	const char *url;  /* what the draft says */
};

/*
 * cfg may be empty: of it only indicators and organization are used.
 * false: no table was found in it (KPID_EPARSE, KPID_ECONTRACT), or it cannot
 * be read at all. Memory: a sample of 16 MiB at most, and what reading
 * takes.
 */
MUST_CHECK bool inspect_body(const struct config *cfg,
    const struct inspect_source *from, struct arena *mem,
    struct inspection *out, struct kpid_err *err);

/* Keys (series and period) that a body gives different values. */
struct repeats;

/* Keys remembered at the most, when a body's rows are not in order. */
#define REPEATS_MAX 500000

/*
 * Reads the body, without memory where the periods of each series only grow,
 * else a second time with its keys. A body that cannot be read to its end is
 * judged as far as it goes. Lives in mem.
 */
struct repeats *repeats_find(const struct body *body, struct arena *mem);
/* NULL is fine. */
void repeats_free(struct repeats *r);
/* More keys than REPEATS_MAX: not all were compared. */
bool repeats_unchecked(const struct repeats *r);
/* Hands on to `to`, which is borrowed, what the same body gives, but
 * observations of such keys as rejects, with the reason that a delivery's
 * would have. */
struct observation_sink repeats_sink(struct repeats *r,
    const struct observation_sink *to);

#endif
