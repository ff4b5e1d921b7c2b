/* What the files of store share about a connection. */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <libpq-fe.h>

#include "kpid/db.h"

struct db {
	PGconn *pg;
	bool in_transaction, in_copy;
	bool collided; /* the last failure: see db_collided */
	bool others;   /* it listens to other sessions alone */
};

/* CLEANUP for results; NULL is fine. */
void pq_clear(PGresult **r);

/* The server's words about a failed result (or the connection, when r is
 * NULL) into err, with err->retry by SQLSTATE class. Returns false. */
MUST_CHECK bool db_fail(struct db *db, const PGresult *r, struct kpid_err *err);

#endif
