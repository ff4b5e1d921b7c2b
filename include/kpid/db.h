/*
 * The database connection: libpq behind one door.
 *
 * Blocking calls under timeouts (connect_timeout, statement_timeout,
 * lock_timeout, tcp_user_timeout). SQL texts are constants that call
 * functions; values go as parameters or through COPY, never into the text.
 * Every result has a declared shape, and another shape is an error.
 */
#ifndef KPID_DB_H
#define KPID_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kpid/arena.h"
#include "kpid/config.h"
#include "kpid/error.h"

struct db;

/* Who the session acts as (set role after connecting); DB_ROLE_LOGIN is
 * whoever connected, for migrations alone. */
enum db_role { DB_ROLE_LOGIN, DB_ROLE_COLLECTOR, DB_ROLE_ANALYST };

/*
 * Connects to conninfo and prepares the session: role, search_path = '',
 * time zone UTC, jit off, timeouts, kpid.clock when the configuration fixes
 * it. Server messages of class 08, 40, 53, 55 and 57 set err->retry.
 */
MUST_CHECK bool db_open(const char *conninfo, enum db_role role,
    const struct config *cfg, struct db **out, struct kpid_err *err);
/* An open transaction is rolled back. NULL is fine. */
void db_close(struct db *db);
/* For poll, with db_notified; not to be read or closed. */
int db_socket(const struct db *db);

struct db_param {          /* one parameter, text or binary */
	const char *value; /* NULL is SQL null; text ends in NUL */
	int len;           /* of a binary value */
	bool binary;
};

#define DB_TEXT(s) ((struct db_param){ .value = (s) })
#define DB_BYTES(p, n)      \
	((struct db_param){ \
	    .value = (const char *)(p), .len = (int)(n), .binary = true })

struct db_rows { /* texts; NULL is SQL null; in mem */
	size_t n, columns;
	const char *const *cells; /* n x columns, row by row */
};

struct db_query {
	const char *sql;
	const struct db_param *params;
	size_t n; /* of params */
};

/* NULL is SQL null; lives in the result's mem. A place outside ends the
 * process. */
const char *db_cell(const struct db_rows *r, size_t row, size_t column);

/* No result wanted (a void function's one row is none). */
MUST_CHECK bool db_exec(struct db *db, const char *sql,
    const struct db_param *params, size_t n, struct kpid_err *err);
/* Exactly one row of one column, or an error; *out in mem, NULL for null. */
MUST_CHECK bool db_value(struct db *db, const struct db_query *q,
    struct arena *mem, const char **out, struct kpid_err *err);
/* Any number of rows, all in mem: not for results that grow with the data. */
MUST_CHECK bool db_rows(struct db *db, const struct db_query *q,
    struct arena *mem, struct db_rows *out, struct kpid_err *err);

/* Not to be nested. */
MUST_CHECK bool db_begin(struct db *db, struct kpid_err *err);
/* false: none of it stands; when the connection broke just now, all may. */
MUST_CHECK bool db_commit(struct db *db, struct kpid_err *err);
/* Ends an open COPY, too. Never fails; a no-op outside a transaction. */
void db_rollback(struct db *db);

/* Whether the last failure was one of two transactions that waited for each
 * other, or wanted to write the same (class 40): at once again may do. */
bool db_collided(const struct db *db);

/* COPY .. FROM STDIN (FORMAT binary): begin, put any number of times, end.
 * db_copy_end sends the trailer itself; the header too is this module's. */
MUST_CHECK bool db_copy_begin(struct db *db, const char *sql,
    struct kpid_err *err);
/* p is copied; any cut between two calls will do. */
MUST_CHECK bool db_copy_put(struct db *db, const void *p, size_t len,
    struct kpid_err *err);
/* The server checks the rows now: false is its reason. */
MUST_CHECK bool db_copy_end(struct db *db, struct kpid_err *err);
/* Gives up the COPY; the transaction is lost with it. */
void db_copy_abort(struct db *db);

/* LISTEN for mails that are due; db_notified consumes input without blocking
 * and says whether a notification came. false on a lost connection. */
MUST_CHECK bool db_listen(struct db *db, struct kpid_err *err);
/* LISTEN for evaluations that other sessions owe. */
MUST_CHECK bool db_listen_owed(struct db *db, struct kpid_err *err);
/* Takes what came, without waiting; false on a lost connection. */
MUST_CHECK bool db_notified(struct db *db, bool *any, struct kpid_err *err);

/* A script of several statements: migrations only. */
MUST_CHECK bool db_script(struct db *db, const char *sql, struct kpid_err *err);

#endif
