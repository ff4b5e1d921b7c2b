/* Fetching many feeds and waiting for them: collect, preview. */
#ifndef CLI_GATHER_H
#define CLI_GATHER_H

#include "cli.h"
#include "kpid/fetch.h"

struct gathered {
	struct fetched *list; /* one per feed, in the order given */
	size_t n;
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

/* What to fetch. */
struct wanted {
	const struct feed *const *feeds;
	size_t n;
	const char *url;                 /* instead of a single feed's own */
	const struct known_feeds *known; /* or NULL: unconditional */
};

/* Fetches all; returns when every transfer has ended. A transfer's failure is
 * in its entry. */
MUST_CHECK bool gather(struct cli *cli, struct spool *spool,
    const struct wanted *wanted, struct gathered *out, struct kpid_err *err);

#endif
