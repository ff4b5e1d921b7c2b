/*
 * Columns made rows: 1月, 2月, 3月 beside a year become three rows.
 */
#ifndef LAYOUT_UNPIVOT_H
#define LAYOUT_UNPIVOT_H

#include "kpid/config.h"
#include "kpid/pattern.h"
#include "kpid/table.h"

struct unpivoter {
	const struct feed *feed;
	const struct contract *c;
	const struct unpivot *spec; /* its */
	struct pattern *pattern;    /* NULL: there is nothing to do */
	/* Of the header that holds; in its memory. */
	size_t *rest, n_rest;       /* columns passed on */
	size_t *matched, n_matched; /* columns that become rows */
	struct cell *into;          /* n_into for each matched one */
	struct cell *cells;         /* of one row to send */
};

MUST_CHECK bool unpivot_init(struct unpivoter *u, const struct feed *feed,
    const struct contract *c, struct arena *mem, struct kpid_err *err);

/* Is the column meant? Its name as printed, or else its key, by which names
 * are compared: a header cell of two lines is one text to its reader. */
MUST_CHECK bool unpivot_match(struct pattern *p, struct slice name,
    const char *key, struct slice groups[PATTERN_GROUPS], bool *found,
    struct kpid_err *err);

/* in: the table's columns; width: those of the grid, which may match. *out is
 * what they become, in mem. */
MUST_CHECK bool unpivot_header(struct unpivoter *u,
    const struct table_header *in, size_t width, struct arena *mem,
    struct table_header *out, struct kpid_err *err);
/* A row for each column that matches. */
MUST_CHECK bool unpivot_row(struct unpivoter *u, const struct row *row,
    const struct table_sink *out, struct kpid_err *err);

#endif
