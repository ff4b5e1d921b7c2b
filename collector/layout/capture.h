/*
 * Texts beside a table that are columns of all its rows.
 */
#ifndef LAYOUT_CAPTURE_H
#define LAYOUT_CAPTURE_H

#include "kpid/config.h"
#include "kpid/layout.h"
#include "kpid/pattern.h"
#include "kpid/table.h"

struct captured {
	const struct capture *spec;
	struct pattern *pattern; /* NULL: any text */
	struct buf text;
	struct cell cell; /* of every row; its text is the buffer's */
	bool found;       /* in this sheet, when it stands in one */
	bool fresh;       /* since the last header */
};

struct captures {
	const struct feed *feed;
	struct captured *list;
	size_t n;
	bool above, section; /* some are of this kind */
};

/* Reads what stands in the body's name. Lives in mem; release it. */
MUST_CHECK bool captures_init(struct captures *all, const struct feed *feed,
    const struct contract *c, const struct body_name *name, struct arena *mem,
    struct kpid_err *err);
void captures_release(struct captures *all);

/* A sheet begins: its name is read; what another sheet said is forgotten. */
MUST_CHECK bool captures_sheet(struct captures *all, struct slice name,
    struct kpid_err *err);
/* A header is looked for: what is found above it from here on is read. */
void captures_search(struct captures *all);
/* A row above a header, in order. */
MUST_CHECK bool captures_above(struct captures *all, const struct row *row,
    struct kpid_err *err);
/* *taken: the row is the title of a section. */
MUST_CHECK bool captures_section(struct captures *all, const struct row *row,
    bool *taken, struct kpid_err *err);
/* *taken: the row, one below a header that comes again, is a title above the
 * next one, which it belongs to: one text that a pattern finds. */
MUST_CHECK bool captures_title(struct captures *all, const struct row *row,
    bool *taken, struct kpid_err *err);
/* At the header, which stands on `where`: what must have been found was. */
MUST_CHECK bool captures_check(const struct captures *all, const char *where,
    struct kpid_err *err);

#endif
