/* Statements with parameters, results with a declared shape. */
#include <stdlib.h>
#include <string.h>

#include "db.h"

#define PARAMS_MAX 16

void
pq_clear(PGresult **r)
{
	PQclear(*r); /* NULL is fine */
}

/* libpq ends its messages with line breaks. */
static int
trimmed(const char *text)
{
	size_t len = strlen(text);

	while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == ' '))
		len--;
	return (int)len;
}

/* Connection, rollback, resources, shutdown: the same call may do later. */
static bool
state_retries(const char *state)
{
	static const char *const classes[] = { "08", "40", "53", "57", "55" };

	for (size_t i = 0; i < ARRAY_LEN(classes); i++)
		if (strncmp(state, classes[i], 2) == 0)
			return true;
	return false;
}

bool
db_fail(struct db *db, const PGresult *r, struct kpid_err *err)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	const char *what = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	const char *detail = PQresultErrorField(r, PG_DIAG_MESSAGE_DETAIL);
	const char *hint = PQresultErrorField(r, PG_DIAG_MESSAGE_HINT);

	db->collided = false;
	if (what == NULL) {
		const char *text = PQerrorMessage(db->pg);

		return err_set_retry(err, KPID_EDB, "%.*s", trimmed(text),
		    text);
	}
	/* no_data_found: our functions raise it for a name they do not know. */
	(void)err_set(err,
	    state != NULL && strcmp(state, "P0002") == 0 ? KPID_EUSAGE
							 : KPID_EDB,
	    "%s%s%s%s%s", what, detail != NULL ? ": " : "",
	    detail != NULL ? detail : "", hint != NULL ? ". HINT: " : "",
	    hint != NULL ? hint : "");
	err->retry = PQstatus(db->pg) != CONNECTION_OK
	    || (state != NULL && state_retries(state));
	db->collided = state != NULL && strncmp(state, "40", 2) == 0;
	return false;
}

bool
db_collided(const struct db *db)
{
	return db->collided;
}

/* Runs one statement; NULL and err when it failed. */
static PGresult *
run(struct db *db, const char *sql, const struct db_param *params, size_t n,
    struct kpid_err *err)
{
	const char *values[PARAMS_MAX];
	int lengths[PARAMS_MAX], formats[PARAMS_MAX];

	if (n > PARAMS_MAX)
		fatal("a statement with %zu parameters", n);
	for (size_t i = 0; i < n; i++) {
		values[i] = params[i].value;
		lengths[i] = params[i].len;
		formats[i] = params[i].binary ? 1 : 0;
	}
	PGresult *r = PQexecParams(db->pg, sql, (int)n, NULL, values, lengths,
	    formats, 0);
	ExecStatusType status = PQresultStatus(r);

	if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
		return r;
	(void)!db_fail(db, r, err);
	PQclear(r);
	return NULL;
}

static void
copy_rows(const PGresult *r, struct arena *mem, struct db_rows *out)
{
	size_t n = (size_t)PQntuples(r), columns = (size_t)PQnfields(r);
	const char **cells = arena_array(mem, n * columns + 1, sizeof(*cells));

	for (size_t i = 0; i < n * columns; i++) {
		int row = (int)(i / columns), column = (int)(i % columns);

		if (!PQgetisnull(r, row, column))
			cells[i] =
			    arena_strndup(mem, PQgetvalue(r, row, column),
				(size_t)PQgetlength(r, row, column));
	}
	*out = (struct db_rows){ n, columns, cells };
}

const char *
db_cell(const struct db_rows *r, size_t row, size_t column)
{
	if (row >= r->n || column >= r->columns)
		fatal("cell %zu,%zu of a %zux%zu result", row, column, r->n,
		    r->columns);
	return r->cells[row * r->columns + column];
}

bool
db_exec(struct db *db, const char *sql, const struct db_param *params, size_t n,
    struct kpid_err *err)
{
	CLEANUP(pq_clear) PGresult *r = run(db, sql, params, n, err);

	return r != NULL;
}

bool
db_rows(struct db *db, const struct db_query *q, struct arena *mem,
    struct db_rows *out, struct kpid_err *err)
{
	CLEANUP(pq_clear) PGresult *r = run(db, q->sql, q->params, q->n, err);

	if (r == NULL)
		return false;
	copy_rows(r, mem, out);
	return true;
}

bool
db_value(struct db *db, const struct db_query *q, struct arena *mem,
    const char **out, struct kpid_err *err)
{
	struct db_rows rows;

	if (!db_rows(db, q, mem, &rows, err))
		return false;
	if (rows.n != 1 || rows.columns != 1)
		return err_set(err, KPID_EINTERNAL,
		    "%zu rows of %zu columns where one value was expected",
		    rows.n, rows.columns);
	*out = db_cell(&rows, 0, 0);
	return true;
}

bool
db_begin(struct db *db, struct kpid_err *err)
{
	if (!db_exec(db, "begin", NULL, 0, err))
		return false;
	db->in_transaction = true;
	db->collided = false;
	return true;
}

bool
db_commit(struct db *db, struct kpid_err *err)
{
	CLEANUP(pq_clear) PGresult *r = PQexec(db->pg, "commit");

	db->in_transaction = false;
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		return db_fail(db, r, err);
	/* A failed transaction answers COMMIT with ROLLBACK, and no error. */
	if (strcmp(PQcmdStatus(r), "COMMIT") != 0)
		return err_set(err, KPID_EDB,
		    "the transaction was rolled back");
	return true;
}

void
db_rollback(struct db *db)
{
	if (db->in_copy)
		db_copy_abort(db);
	if (db->in_transaction)
		PQclear(PQexec(db->pg, "rollback"));
	db->in_transaction = false;
}

bool
db_script(struct db *db, const char *sql, struct kpid_err *err)
{
	CLEANUP(pq_clear) PGresult *r = PQexec(db->pg, sql);
	ExecStatusType status = PQresultStatus(r);

	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
	    || status == PGRES_EMPTY_QUERY)
		return true;
	const char *at = PQresultErrorField(r, PG_DIAG_STATEMENT_POSITION);
	(void)!db_fail(db, r, err);
	return at != NULL ? err_wrap(err, "at character %s", at) : false;
}

bool
db_listen(struct db *db, struct kpid_err *err)
{
	return db_exec(db, "listen kpid_outbox", NULL, 0, err);
}

bool
db_listen_owed(struct db *db, struct kpid_err *err)
{
	db->others = true;
	return db_exec(db, "listen kpid_owed", NULL, 0, err);
}

bool
db_notified(struct db *db, bool *any, struct kpid_err *err)
{
	PGnotify *note;

	*any = false;
	if (!PQconsumeInput(db->pg))
		return db_fail(db, NULL, err);
	while ((note = PQnotifies(db->pg)) != NULL) {
		*any =
		    *any || !db->others || note->be_pid != PQbackendPID(db->pg);
		PQfreemem(note);
	}
	return true;
}
