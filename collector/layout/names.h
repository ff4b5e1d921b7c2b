/*
 * The names of columns: header rows joined, and which column a name means.
 */
#ifndef LAYOUT_NAMES_H
#define LAYOUT_NAMES_H

#include "kpid/config.h"
#include "kpid/table.h"
#include "window.h"

#define NO_COLUMN SIZE_MAX

/*
 * One column for each cell of the window's rows; names, where the contract
 * gives them, stand instead. Lives in mem, names and all.
 */
void names_join(const struct window *w, const struct header_spec *spec,
    struct arena *mem, struct table_header *out);

/* Columns with the keys that their names are compared by. */
struct names {
	const struct table_column *columns;
	const char **keys;
	size_t n;
};

void names_of(const struct table_column *columns, size_t n, struct arena *mem,
    struct names *out);

/*
 * Which column is meant: its text; "#3", the third of the grid; "計#2", the
 * second called 計. NO_COLUMN: none. *again: another of the same text, or
 * NO_COLUMN.
 */
size_t names_find(const struct names *names, const char *name,
    struct arena *mem, size_t *again);
/* "#3": says nothing of what the header must read. */
bool name_is_number(const char *name);

/* Appends 'name' to a list for reading; a full one stays as it is. */
void names_list(struct buf *list, const char *name);
/* All that have a text. */
void names_list_all(struct buf *list, const struct names *names);

/* A name that the contract asks for, in this line of it. */
struct wanted_name {
	const char *name;
	int line;
};

/* For a name that must be there, once. */
MUST_CHECK bool names_need(const struct names *names, const struct feed *feed,
    const struct wanted_name *want, struct arena *mem, size_t *out,
    struct kpid_err *err);

#endif
