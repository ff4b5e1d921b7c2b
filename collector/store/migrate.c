/*
 * Forward-only migrations, and functions and views that follow their text.
 *
 * What was applied stands in kpid_meta.applied with its SHA-256. A numbered
 * file runs once; a text that changed afterwards is an error. Functions, views
 * and grants run again, in their order, from the first that changed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/migrate.h"
#include "kpid/sha256.h"
#include "sql.h"

static void
file_hash(const struct sql_file *file, char hex[65])
{
	uint8_t sum[32];

	sha256_of(file->text, strlen(file->text), sum);
	hex_encode(sum, sizeof(sum), hex);
}

/* The stored checksum of a file, NULL when it was never run. */
static const char *
applied_hash(const struct db_rows *applied, const char *name)
{
	for (size_t i = 0; i < applied->n; i++)
		if (strcmp(db_cell(applied, i, 0), name) == 0)
			return db_cell(applied, i, 1);
	return NULL;
}

static bool
read_applied(struct db *db, struct arena *mem, struct db_rows *out,
    struct kpid_err *err)
{
	const char *there;

	if (!db_value(db,
		&(struct db_query){
		    "select pg_catalog.to_regclass('kpid_meta.applied')", NULL,
		    0 },
		mem, &there, err))
		return false;
	if (there == NULL) {
		*out = (struct db_rows){ 0 };
		return true;
	}
	return db_rows(db,
	    &(struct db_query){ "select name, sha256, number"
				" from kpid_meta.applied",
		NULL, 0 },
	    mem, out, err);
}

static bool
is_newer(const struct db_rows *applied, int available)
{
	for (size_t i = 0; i < applied->n; i++)
		if (strtol(db_cell(applied, i, 2), NULL, 10) > available)
			return true;
	return false;
}

/* One file against what was applied. */
static bool
check_file(const struct sql_file *file, const struct db_rows *applied,
    struct migrate_state *state, struct kpid_err *err)
{
	const char *stored = applied_hash(applied, file->name);
	char hex[65];

	file_hash(file, hex);
	if (file->number > 0)
		state->available = file->number;
	if (stored == NULL || strcmp(stored, hex) != 0) {
		if (stored != NULL && file->number > 0)
			return err_set(err, KPID_EDB,
			    "%s was changed after it was applied to this "
			    "database. HINT: use the kpid that applied it; "
			    "changes go into a new migration",
			    file->name);
		if (file->number == 0)
			state->code_current = false;
	} else if (file->number > 0) {
		state->applied = file->number;
	}
	return true;
}

bool
migrate_check(struct db *db, struct arena *mem, struct migrate_state *out,
    struct kpid_err *err)
{
	struct migrate_state state = { .code_current = true };
	struct db_rows applied;

	if (!read_applied(db, mem, &applied, err))
		return false;
	for (size_t i = 0; sql_files[i].name != NULL; i++)
		if (!check_file(&sql_files[i], &applied, &state, err))
			return false;
	state.newer = is_newer(&applied, state.available);
	*out = state;
	return true;
}

static bool
apply(struct db *db, const struct sql_file *file, struct kpid_err *err)
{
	char hex[65], number[16];

	file_hash(file, hex);
	(void)snprintf(number, sizeof(number), "%d", file->number);
	const struct db_param params[] = { DB_TEXT(file->name), DB_TEXT(number),
		DB_TEXT(hex) };

	if (!db_script(db, file->text, err)
	    || !db_exec(db,
		"insert into kpid_meta.applied"
		" (name, number, sha256) values ($1, $2, $3)"
		" on conflict (name) do update"
		" set sha256 = excluded.sha256, at = pg_catalog.now()",
		params, ARRAY_LEN(params), err))
		return err_wrap(err, "sql/%s", file->name);
	return true;
}

/* From the first changed function or view on, all are run: later ones may
 * hang on it. Grants come last and name them all. */
static bool
apply_missing(struct db *db, const struct db_rows *applied, int *steps,
    struct kpid_err *err)
{
	bool changed = false;

	for (size_t i = 0; sql_files[i].name != NULL; i++) {
		const struct sql_file *file = &sql_files[i];
		const char *stored = applied_hash(applied, file->name);
		char hex[65];

		file_hash(file, hex);
		if (stored == NULL || strcmp(stored, hex) != 0)
			changed = true;
		else if (file->number > 0 || !changed)
			continue;
		if (!apply(db, file, err))
			return false;
		(*steps)++;
	}
	return true;
}

/* The lock is the first thing, so that two migrators read one state. */
static bool
wait_for_others(struct db *db, struct kpid_err *err)
{
	if (!db_script(db, "set local lock_timeout = '20s'", err)
	    || !db_exec(db, "select pg_catalog.pg_advisory_xact_lock(2020370)",
		NULL, 0, err))
		return err_wrap(err, "waiting for another migration");
	return true;
}

static bool
migrate_locked(struct db *db, struct arena *mem, int *steps,
    struct kpid_err *err)
{
	struct migrate_state state;
	struct db_rows applied;

	if (!wait_for_others(db, err) || !migrate_check(db, mem, &state, err))
		return false;
	if (state.newer)
		return err_set(err, KPID_EDB,
		    "the database was made by a "
		    "newer kpid. HINT: upgrade this program; migrations only "
		    "go forward");
	if (state.applied == state.available && state.code_current)
		return true;
	return db_script(db,
		   "set local lock_timeout = '10s';"
		   " set local check_function_bodies = off",
		   err)
	    && db_script(db, sql_bootstrap, err)
	    && read_applied(db, mem, &applied, err)
	    && apply_missing(db, &applied, steps, err)
	    && db_script(db, "notify kpid_outbox", err);
}

bool
migrate_run(struct db *db, struct arena *mem, int *steps, struct kpid_err *err)
{
	int n = 0;

	if (!db_begin(db, err))
		return false;
	if (!migrate_locked(db, mem, &n, err) || !db_commit(db, err)) {
		db_rollback(db);
		return err_wrap(err, "could not migrate the database");
	}
	*steps = n;
	return true;
}
