/* kpid replay: a stored delivery mapped again, shown before it is done. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "kpid/load.h"
#include "kpid/work.h"
#include "results.h"

#define SHOWN 20 /* changes for people */

struct replay {
	struct cli *cli;
	struct session session;
	struct load_job job;
	struct load_result result;
	size_t n;
};

enum { ORG, INDICATOR, DIMS, PERIOD, BEFORE, AFTER };

/* A value as numeric or its missing reason; "-": there is none. */
static void
print_change(const struct db_rows *rows, size_t i)
{
	printf("%s  %s %s  %s: %s -> %s\n", db_cell(rows, i, ORG),
	    db_cell(rows, i, INDICATOR),
	    strcmp(db_cell(rows, i, DIMS), "{}") == 0 ? ""
						      : db_cell(rows, i, DIMS),
	    db_cell(rows, i, PERIOD), db_cell(rows, i, BEFORE),
	    db_cell(rows, i, AFTER));
}

/* In the transaction that is not decided yet. */
static bool
look(void *ctx, struct db *db, const struct load_result *results,
    struct kpid_err *err)
{
	struct replay *r = ctx;
	struct db_rows rows;
	char number[16];

	if (results[0].outcome != LOAD_LOADED)
		return true;
	(void)snprintf(number, sizeof(number), "%d", results[0].delivery);
	if (!db_rows(db,
		&(struct db_query){
		    "select org, indicator, dims::text, period,"
		    " coalesce(before::text, before_missing, '-'),"
		    " coalesce(after::text, after_missing, '-')"
		    " from kpid.delivery_changes($1::integer)",
		    &DB_TEXT(number), 1 },
		&r->cli->mem, &rows, err))
		return false;
	r->n = rows.n;
	for (size_t i = 0; i < rows.n && i < SHOWN && !r->cli->json; i++)
		print_change(&rows, i);
	if (rows.n > SHOWN && !r->cli->json)
		printf("... and %zu more\n", rows.n - SHOWN);
	return true;
}

static bool
find_delivery(struct replay *r, struct kpid_err *err)
{
	const struct db_param number = DB_TEXT(r->cli->args[0]);
	struct db_rows rows;
	const char *feed;

	if (!db_rows(r->session.db,
		&(struct db_query){
		    "select feed from kpi.delivery where delivery = $1::int",
		    &number, 1 },
		&r->cli->mem, &rows, err))
		return false;
	if (rows.n == 0)
		return err_set(err, KPID_EUSAGE,
		    "there is no delivery %s. HINT: kpi.delivery lists them",
		    r->cli->args[0]);
	feed = db_cell(&rows, 0, 0);
	r->job.feed = config_feed(&r->cli->cfg, feed);
	return r->job.feed != NULL
	    ? true
	    : err_set(err, KPID_ECONFIG,
		"the feed '%s' of delivery %s is not configured any more", feed,
		r->cli->args[0]);
}

static bool
replay(struct replay *r, bool commit, struct kpid_err *err)
{
	const struct load_batch batch = { .jobs = &r->job,
		.n = 1,
		.dry_run = !commit,
		.look = look,
		.look_ctx = r };

	return find_delivery(r, err)
	    && load_batch(r->session.db, &r->cli->cfg, NULL, &batch, &r->result,
		err)
	    && (!commit
		|| work_evaluate(r->session.db, &r->cli->cfg, NULL, NULL, err));
}

int
cmd_replay(struct cli *cli)
{
	const bool commit = cli_option(cli, "commit") != NULL;
	struct replay r = { .cli = cli };
	struct kpid_err err = { 0 };
	char *end;
	bool ok;

	r.job.replays = (int)strtol(cli->args[0], &end, 10);
	if (*end != '\0' || r.job.replays <= 0)
		return cli_usage("'%s' is no delivery's number; "
				 "kpi.delivery lists them",
		    cli->args[0]);
	ok = cli_open(cli, DB_ROLE_COLLECTOR, &r.session, &err)
	    && replay(&r, commit, &err);
	session_close(&r.session);
	if (!ok)
		return cli_fail(&err);
	if (!cli->json && r.result.outcome == LOAD_LOADED)
		printf("%zu latest value%s would change%s\n", r.n,
		    r.n == 1 ? "" : "s",
		    commit ? "d: done"
			   : "; nothing was written. --commit does it");
	return results_print(cli, &r.result, 1);
}
