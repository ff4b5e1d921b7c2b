/*
 * One body read from end to end: unpack -> decode -> parse -> layout ->
 * normalise, once for each contract of its feed.
 *
 * What every reader of bodies uses (load, preview, explain); no database.
 * Memory does not grow with the body, but for the series it names.
 */
#ifndef KPID_BODY_H
#define KPID_BODY_H

#include <stdbool.h>
#include <stdint.h>

#include "kpid/arena.h"
#include "kpid/config.h"
#include "kpid/error.h"
#include "kpid/observation.h"
#include "kpid/table.h"

/* Who wants to know how far long work has come; called for each chunk read.
 * done and total are bytes. */
struct progress {
	void (*tell)(void *ctx, const char *feed, uint64_t done,
	    uint64_t total);
	void *ctx;
};

struct body {
	const struct config *cfg;
	const struct feed *feed;
	int fd;                          /* read from its start with pread */
	const char *file;                /* its name, or NULL: from the URL */
	const char *url;                 /* NULL: the feed's */
	const struct progress *progress; /* or NULL */
};

/* *read: cells that should hold a value; they are the observations and the
 * rejects that `out` was given, together. Series live in mem. */
MUST_CHECK bool body_read(const struct body *body,
    const struct observation_sink *out, struct arena *mem, uint64_t *read,
    struct kpid_err *err);

/* The grid of the body as the contract's format, encoding and dialect give it,
 * before any layout; for those who look at bodies (explain, inspect). */
MUST_CHECK bool body_grid(const struct body *body, const struct contract *c,
    const struct row_sink *rows, struct arena *mem, struct kpid_err *err);

/* When a source published a body. */
struct published {
	bool found;
	usec at;
	const char *why; /* why not, in mem; NULL when nobody asked */
};

/* As the feed's rule says, looked up in the header that the server sent (or
 * NULL), the URL, or the first 64 KiB of text. A date without a time counts to
 * the end of its day in the feed's time zone. false: the body cannot be
 * read. */
MUST_CHECK bool body_published(const struct body *body,
    const char *last_modified, struct arena *mem, struct published *out,
    struct kpid_err *err);

/* A cell looked up again. */
struct cell_found {
	uint32_t line, column;
	const char *raw;    /* as decoded; NULL: nothing stands there */
	const char *sheet;  /* of a workbook, else NULL */
	const char *member; /* of a zip archive, else NULL */
};

/* The cell that stands at line and column. Texts in mem. */
MUST_CHECK bool body_cell(const struct body *body, uint32_t line,
    uint32_t column, struct arena *mem, struct cell_found *out,
    struct kpid_err *err);

/* The cell that the contract reads as this period (period_text) of a series:
 * for who knows what a body says, and not where. dims: a JSON object. */
struct cell_wanted {
	const char *indicator, *frequency, *dims, *period;
	int org;
};
MUST_CHECK bool body_value(const struct body *body,
    const struct cell_wanted *wanted, struct arena *mem, struct cell_found *out,
    struct kpid_err *err);

#endif
