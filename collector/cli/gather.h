/* Fetching many feeds and waiting for them: collect, preview. */
#ifndef CLI_GATHER_H
#define CLI_GATHER_H

#include "cli.h"
#include "kpid/drop.h"
#include "kpid/fetch.h"

struct gathered {
	struct fetched *list; /* one per body wanted, in the order given */
	size_t n;
};

/* A body to fetch. */
struct want {
	const struct feed *feed;
	struct look look; /* url NULL: the feed's own */
	const int *fd;    /* the file, when it is open; or NULL */
	bool nothing;     /* there is none: told as not modified, or.. */
	const struct kpid_err *why; /* ..as failed; NULL: it is none */
	bool quiet;                 /* of the past: mails nobody */
	struct drop_file *drop;     /* that is given up when it is loaded */
};

/* What a feed answered last time, by feed; texts in mem. */
struct known_feed {
	const char *feed;
	struct validators validators;
};

struct known_feeds {
	struct known_feed *list;
	size_t n;
};

struct wants {
	struct want *list;
	size_t n;
};

/* What one collection of a feed fetches: at least one, which may be nothing.
 * Files of a drop folder are claimed by `kpid collect`. */
MUST_CHECK bool wants_of(struct cli *cli, const struct feed *feed,
    struct wants *out, struct kpid_err *err);

/* Told of the i-th want as soon as it has ended, while others go on. */
typedef void gathered_fn(void *ctx, size_t i, const struct fetched *f);

/* What to fetch. */
struct wanted {
	const struct want *list;
	size_t n;
	const struct known_feeds *known; /* or NULL: unconditional */
	size_t done, total;              /* it is a part of so many; 0: all */
	gathered_fn *came;               /* or NULL */
	void *came_ctx;
};

/* Fetches all; returns when every transfer has ended. A transfer's failure is
 * in its entry. */
MUST_CHECK bool gather(struct cli *cli, struct spool *spool,
    const struct wanted *wanted, struct gathered *out, struct kpid_err *err);

#endif
