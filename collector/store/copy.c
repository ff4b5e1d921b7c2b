/* COPY .. FROM STDIN (FORMAT binary), buffered by libpq. */
#include <string.h>

#include "db.h"

static const char header[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0";

#define HEADER_LEN 19 /* signature 11, flags 4, extension length 4 */

bool
db_copy_begin(struct db *db, const char *sql, struct kpid_err *err)
{
	CLEANUP(pq_clear) PGresult *r = PQexec(db->pg, sql);

	if (PQresultStatus(r) != PGRES_COPY_IN)
		return db_fail(db, r, err);
	db->in_copy = true;
	return db_copy_put(db, header, HEADER_LEN, err);
}

bool
db_copy_put(struct db *db, const void *p, size_t len, struct kpid_err *err)
{
	if (PQputCopyData(db->pg, p, (int)len) == 1)
		return true;
	return db_fail(db, NULL, err);
}

/* Takes the answer to a COPY that was ended. */
static bool
copy_answer(struct db *db, struct kpid_err *err)
{
	bool ok = true;
	PGresult *r;

	while ((r = PQgetResult(db->pg)) != NULL) {
		if (ok && PQresultStatus(r) != PGRES_COMMAND_OK)
			ok = db_fail(db, r, err);
		PQclear(r);
	}
	return ok;
}

bool
db_copy_end(struct db *db, struct kpid_err *err)
{
	static const char trailer[2] = { '\377', '\377' };

	db->in_copy = false;
	if (PQputCopyData(db->pg, trailer, 2) != 1
	    || PQputCopyEnd(db->pg, NULL) != 1)
		return db_fail(db, NULL, err);
	return copy_answer(db, err);
}

void
db_copy_abort(struct db *db)
{
	struct kpid_err ignored;

	db->in_copy = false;
	if (PQputCopyEnd(db->pg, "given up") == 1)
		(void)!copy_answer(db, &ignored);
}
