/* Opening, preparing and closing a session. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db.h"

/* Notices are for people at a prompt; the daemon's log has its own lines. */
static void
ignore_notice(void *ctx, const char *text)
{
	(void)ctx;
	(void)text;
}

static PGconn *
connect_now(const char *conninfo)
{
	/* Before dbname, so that the string's own words win. */
	static const char *const keys[] = { "application_name",
		"connect_timeout", "keepalives_idle", "keepalives_interval",
		"keepalives_count", "tcp_user_timeout", "dbname",
		"client_encoding", NULL };
	const char *const values[] = { "kpid", "10", "30", "10", "3", "60000",
		conninfo, "UTF8", NULL };

	return PQconnectdbParams(keys, values, 1);
}

static const char *
role_name(enum db_role role)
{
	static const char *const names[] = {
		[DB_ROLE_LOGIN] = "none",
		[DB_ROLE_COLLECTOR] = "kpid_collector",
		[DB_ROLE_ANALYST] = "kpi_analyst",
	};
	return names[role];
}

/* The right side of Message-IDs: the sender's domain. */
static void
mail_host(const struct config_mail *mail, char *out, size_t room)
{
	const char *at = mail->set ? strrchr(mail->from, '@') : NULL;

	(void)snprintf(out, room, "%.*s",
	    at == NULL ? 0 : (int)strcspn(at + 1, "> "),
	    at == NULL ? "" : at + 1);
}

/*
 * Everything a session needs, in one round trip. The time zone is UTC for
 * exactness; people see the configured one, set in kpid.time_zone.
 */
static bool
prepare(struct db *db, enum db_role role, const struct config *cfg,
    struct kpid_err *err)
{
	char clock[INSTANT_TEXT_MAX] = "", host[256];

	mail_host(&cfg->mail, host, sizeof(host));
	if (cfg->clock_fixed)
		(void)instant_text(cfg->clock, clock);
	const struct db_param params[] = {
		DB_TEXT(clock), DB_TEXT(cfg->time_zone),
		DB_TEXT(role_name(role)),
		DB_TEXT(cfg->mail.set ? cfg->mail.from : ""),
		DB_TEXT(cfg->mail.set && cfg->mail.operator
		    ? cfg->mail.operator : ""),
		DB_TEXT(host),
	};
	return db_exec(db,
	    "select pg_catalog.set_config(name, setting, false)"
	    " from (values ('search_path', ''), ('timezone', 'UTC'),"
	    " ('jit', 'off'), ('datestyle', 'ISO, YMD'),"
	    " ('statement_timeout', '15min'), ('lock_timeout', '1min'),"
	    " ('idle_in_transaction_session_timeout', '5min'),"
	    " ('client_connection_check_interval', '1s'),"
	    " ('kpid.clock', $1), ('kpid.time_zone', $2),"
	    " ('kpid.mail_from', $4), ('kpid.operator', $5),"
	    " ('kpid.mail_host', $6),"
	    " ('role', $3)) s (name, setting)",
	    params, ARRAY_LEN(params), err);
}

bool
db_open(const char *conninfo, enum db_role role, const struct config *cfg,
    struct db **out, struct kpid_err *err)
{
	struct db *db = calloc(1, sizeof(*db));

	if (db == NULL)
		fatal("out of memory");
	db->pg = connect_now(conninfo);
	if (PQstatus(db->pg) != CONNECTION_OK) {
		(void)!db_fail(db, NULL, err);
		err->retry = true;
		db_close(db);
		return err_wrap(err, "could not connect to the database");
	}
	PQsetNoticeProcessor(db->pg, ignore_notice, NULL);
	if (!prepare(db, role, cfg, err)) {
		db_close(db);
		return err_wrap(err, "could not prepare the session as '%s'",
		    role_name(role));
	}
	*out = db;
	return true;
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	PQfinish(db->pg);
	free(db);
}

int
db_socket(const struct db *db)
{
	return PQsocket(db->pg);
}
