/* Cluster, schema, connection, configuration: in this order. */
#include <string.h>

#include "kpid/clock.h"
#include "kpid/migrate.h"
#include "kpid/session.h"
#include "kpid/targets.h"
#include "kpid/turns.h"

static bool
check_schema(const struct migrate_state *state, struct kpid_err *err)
{
	if (state->newer)
		return err_set(err, KPID_EDB,
		    "the database was made by a "
		    "newer kpid. HINT: upgrade this program");
	if (state->applied < state->available || !state->code_current)
		return err_set(err, KPID_EDB,
		    "the database's schema is "
		    "older than this kpid (migration %d of %d). HINT: run "
		    "kpid migrate",
		    state->applied, state->available);
	return true;
}

static bool
ready_schema(const struct config *cfg, const char *conninfo, struct arena *mem,
    void (*say)(const char *), struct kpid_err *err)
{
	const bool private = cfg->database.private_dir != NULL;
	struct migrate_state state;
	struct db *db;
	int steps;
	bool ok;

	if (!db_open(conninfo, DB_ROLE_LOGIN, cfg, &db, err))
		return false;
	ok = migrate_check(db, mem, &state, err);
	if (ok && private && !state.newer
	    && (state.applied < state.available || !state.code_current)) {
		if (say != NULL)
			say("preparing the database");
		ok = migrate_run(db, mem, &steps, err);
	} else if (ok) {
		ok = check_schema(&state, err);
	}
	db_close(db);
	return ok;
}

bool
session_open(const struct config *cfg, enum db_role role, struct arena *mem,
    void (*say)(const char *text), struct session *out, struct kpid_err *err)
{
	struct session s = { 0 };

	if (!cluster_open(cfg, mem, say, &s.cluster, err))
		return false;
	if (!ready_schema(cfg, cluster_conninfo(s.cluster), mem, say, err)
	    || !db_open(cluster_conninfo(s.cluster), role, cfg, &s.db, err)) {
		session_close(&s);
		return false;
	}
	*out = s;
	return true;
}

void
session_close(struct session *s)
{
	db_close(s->db);
	cluster_close(s->cluster);
	*s = (struct session){ 0 };
}

static bool
sync_plan(struct session *s, const struct config *cfg,
    const struct plan_files *files, struct arena *mem, struct kpid_err *err)
{
	struct problems all = { .mem = mem };
	struct db_rows rows;
	const char *json;

	if (!targets_read(cfg, files, mem, &json, &all))
		return err_set(err, KPID_ECONFIG, "%s: %s%s",
		    problem_place(all.list[0].file, all.list[0].line, mem),
		    all.list[0].text,
		    all.n > 1 ? " (and more; see kpid check)" : "");
	const struct db_param params[] = { DB_TEXT(json),
		DB_TEXT(targets_source(cfg, files->targets, mem)) };

	return db_rows(s->db,
	    &(struct db_query){ "select inserted from kpid.target_import("
				"$1::jsonb, $2)",
		params, 2 },
	    mem, &rows, err);
}

static bool
sync_config(struct session *s, const struct config *cfg, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };

	if (db_exec(s->db, "select kpid.config_sync($1::jsonb)",
		&DB_TEXT(config_document(cfg, &mem)), 1, err))
		return true;
	return err_wrap(err, "could not store the configuration");
}

static bool
sync_all(struct session *s, const struct config *cfg, struct arena *mem,
    struct kpid_err *err)
{
	const struct clock clock = { cfg->clock_fixed, cfg->clock };
	struct looking how = { NULL, TURN_NEVER, clock_read(&clock) };
	CLEANUP(next_looks_release) struct next_looks looks;

	next_looks_init(&looks);
	if (!sync_config(s, cfg, err))
		return false;
	for (size_t i = 0; i < cfg->n_plans; i++)
		if (!sync_plan(s, cfg, &cfg->plans[i], mem, err))
			return false;
	if (!session_holidays(s->db, cfg, mem, &how.holidays, err))
		return false;
	for (size_t i = 0; i < cfg->n_feeds; i++)
		if (!next_looks_add(&looks, &cfg->feeds[i], &how, err))
			return false;
	return next_looks_tell(&looks, s->db, err);
}

bool
session_sync(struct session *s, const struct config *cfg, struct arena *mem,
    struct kpid_err *err)
{
	if (!db_begin(s->db, err))
		return false;
	if (sync_all(s, cfg, mem, err) && db_commit(s->db, err))
		return true;
	db_rollback(s->db);
	return false;
}
