/*
 * Cells above a header that may say the unit of the table: （単位：千円）.
 */
#ifndef LAYOUT_NOTE_H
#define LAYOUT_NOTE_H

#include "kpid/arena.h"
#include "kpid/table.h"

#define NOTES_MAX 8 /* the first ones; titles rarely have two */

struct notes {
	struct cell list[NOTES_MAX];
	size_t n;
	struct arena mem; /* of their texts */
};

/* Before another header is looked for. */
void notes_forget(struct notes *n);
void notes_release(struct notes *n);
/* A row above the header: keeps the cells that may say a unit. */
void notes_row(struct notes *n, const struct row *row);

#endif
