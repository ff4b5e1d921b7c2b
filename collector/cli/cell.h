/*
 * The raw cell of a stored value, out of the kept body. Private to this room.
 */
#ifndef CLI_CELL_H
#define CLI_CELL_H

#include "cli.h"
#include "kpid/body.h"

/* What the store knows of where a value stands; line 0: not the place. */
struct cited {
	int delivery;
	const char *feed, *url;
	const char *contract; /* hash that it was read by, hexadecimal */
	uint32_t line, column;
	struct cell_wanted value;
};

/* The first columns of what kpid.value_cited and kpid.explain_inputs are
 * asked for. */
#define CITED_COLUMNS                                                     \
	"delivery, feed, url, contract, line, col, indicator, frequency," \
	" dims::text, period, org"
enum { CITED_COUNT = 11 };

/* What was found, or why raw is NULL: a word (pruned, feed_gone, unreadable,
 * not_found), and a note that says it for people. */
struct cell_shown {
	struct cell_found at;
	const char *a1;         /* C12: its name in a workbook, else NULL */
	const char *why, *note; /* or NULL */
	bool contract_changed;  /* since it was read */
};

/* Row i of a query for CITED_COLUMNS; points into rows. */
struct cited cited_at(const struct db_rows *rows, size_t i);
/* The database's failures alone are err; a body that is gone or cannot be
 * read is told in *out. */
MUST_CHECK bool cell_read(struct cli *cli, struct db *db,
    const struct cited *cited, struct cell_shown *out, struct kpid_err *err);
/* {"line":..,"column":..,"raw":..,"sheet":..,"cell":..,"member":..,
 * "contract_changed":..,"why":..,"note":..} without its braces. */
MUST_CHECK bool cell_put(const struct cell_shown *c, struct buf *b);

#endif
