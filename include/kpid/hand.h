/*
 * A value typed by hand (kpid put) as a body like any other.
 *
 * In: what was typed. Out: a CSV body of one row, and the feed whose contract
 * reads it. Body and contract belong together: whoever has the body (a loader
 * after a crash, explain, replay) makes the feed out of it.
 */
#ifndef KPID_HAND_H
#define KPID_HAND_H

#include "kpid/arena.h"
#include "kpid/bytes.h"
#include "kpid/config.h"
#include "kpid/error.h"

/* No feed file can have this name: it has an underscore. */
#define HAND_FEED     "by_hand"

#define HAND_BYTES    (1 << 20) /* of a body, at most */
#define HAND_DIMS_MAX 16

/* Texts as they were typed; "" where nothing was said. */
struct hand {
	const char *indicator; /* code */
	const char *org;       /* six digits */
	const char *period, *value;
	const char *frequency; /* of an instant, SDMX; "": D */
	const char *missing;   /* reason; value is then a mark */
	const char *by, *why;
	const char *again;       /* the delivery that is said once more */
	const struct pair *dims; /* name, text */
	size_t n_dims;
};

/* The body: a header and a row, UTF-8. */
MUST_CHECK bool hand_write(const struct hand *h, struct buf *out,
    struct kpid_err *err);
/* What a body of hand_write says; *out in mem. */
MUST_CHECK bool hand_read(int fd, struct arena *mem, struct hand *out,
    struct kpid_err *err);
/* The feed that reads it; h is copied, its texts are borrowed. */
const struct feed *hand_feed(const struct hand *h, struct arena *mem);

/* A feed by its name: a configured one, or what is made of a body (fd) that
 * was typed. *out NULL: it is not configured (any more). */
MUST_CHECK bool hand_or_feed(const struct config *cfg, const char *name, int fd,
    struct arena *mem, const struct feed **out, struct kpid_err *err);

#endif
