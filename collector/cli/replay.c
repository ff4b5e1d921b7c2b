/* kpid replay: a stored delivery mapped again, shown before it is done. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "kpid/hand.h"
#include "kpid/json_text.h"
#include "kpid/load.h"
#include "kpid/work.h"
#include "results.h"
#include "text.h"

#define SHOWN        20   /* changes for people */
#define SHOWN_JSON   1000 /* changes in a document */
#define REPLAY_BYTES (16 << 20)
#define SERIES_WIDTH 40
#define PERIOD_WIDTH 12
#define VALUE_WIDTH  16

struct replay {
	struct cli *cli;
	struct session session;
	struct load_job job;
	struct load_result result;
	struct db_rows changes;
	size_t total;
};

enum {
	ORG,
	INDICATOR,
	FREQUENCY,
	DIMS,
	PERIOD,
	BEFORE,
	BEFORE_MISSING,
	AFTER,
	AFTER_MISSING,
	KIND,
	TOTAL
};

/* In the transaction that is not decided yet. */
static bool
look(void *ctx, struct db *db, const struct load_result *results,
    struct kpid_err *err)
{
	struct replay *r = ctx;
	char number[16], limit[16];

	if (results[0].outcome != LOAD_LOADED)
		return true;
	(void)snprintf(number, sizeof(number), "%d", results[0].delivery);
	(void)snprintf(limit, sizeof(limit), "%d",
	    r->cli->json ? SHOWN_JSON : SHOWN);
	const struct db_param params[] = { DB_TEXT(number), DB_TEXT(limit) };

	if (!db_rows(db,
		&(struct db_query){
		    "select org, indicator, frequency, dims::text, period,"
		    " before, before_missing, after, after_missing, kind, total"
		    " from kpid.delivery_changes($1::integer, $2::integer)",
		    params, ARRAY_LEN(params) },
		&r->cli->mem, &r->changes, err))
		return false;
	if (r->changes.n > 0)
		r->total = strtoul(db_cell(&r->changes, 0, TOTAL), NULL, 10);
	return true;
}

static bool
put_value(struct buf *b, const char *key, const char *number)
{
	return json_put_key(b, key)
	    && buf_puts(b, number != NULL ? number : "null");
}

static bool
put_word(struct buf *b, const char *key, const char *word)
{
	return json_put_key(b, key)
	    && (word == NULL ? buf_puts(b, "null")
			     : json_put_text(b, slice_of(word)));
}

static bool
put_change(struct buf *b, const struct db_rows *c, size_t i)
{
	return json_put_comma(b) && buf_puts(b, "{")
	    && put_word(b, "indicator", db_cell(c, i, INDICATOR))
	    && put_word(b, "org", db_cell(c, i, ORG))
	    && put_word(b, "frequency", db_cell(c, i, FREQUENCY))
	    && put_value(b, "dims", db_cell(c, i, DIMS))
	    && put_word(b, "period", db_cell(c, i, PERIOD))
	    && put_value(b, "before", db_cell(c, i, BEFORE))
	    && put_word(b, "before_missing", db_cell(c, i, BEFORE_MISSING))
	    && put_value(b, "after", db_cell(c, i, AFTER))
	    && put_word(b, "after_missing", db_cell(c, i, AFTER_MISSING))
	    && put_word(b, "kind", db_cell(c, i, KIND)) && buf_puts(b, "}");
}

static int
print_json(struct replay *r, bool commit)
{
	struct buf b;
	bool ok;

	buf_init(&b, REPLAY_BYTES);
	ok = results_put(r->cli, &r->result, 1, &b)
	    && buf_printf(&b, ",\"committed\":%s",
		commit && r->result.outcome == LOAD_LOADED ? "true" : "false")
	    && json_put_key(&b, "changes") && buf_puts(&b, "[");
	for (size_t i = 0; ok && i < r->changes.n; i++)
		ok = put_change(&b, &r->changes, i);
	if (ok
	    && buf_printf(&b, "],\"n_changes\":%zu,\"not_shown\":%zu}\n",
		r->total, r->total - r->changes.n))
		(void)fwrite(b.ptr, 1, b.len, stdout);
	buf_release(&b);
	return results_code(r->cli, &r->result, 1);
}

static const char *
value_text(const struct db_rows *c, size_t i, size_t number)
{
	const char *value = db_cell(c, i, number);
	const char *missing = db_cell(c, i, number + 1);

	return value != NULL ? value : missing != NULL ? missing : "-";
}

static void
print_change(struct replay *r, size_t i)
{
	const struct db_rows *c = &r->changes;
	const char *dims = db_cell(c, i, DIMS);

	text_print(arena_printf(&r->cli->mem, "%s %s%s%s", db_cell(c, i, ORG),
		       db_cell(c, i, INDICATOR),
		       strcmp(dims, "{}") != 0 ? " " : "",
		       strcmp(dims, "{}") != 0 ? dims : ""),
	    SERIES_WIDTH, false);
	fputs("  ", stdout);
	text_print(db_cell(c, i, PERIOD), PERIOD_WIDTH, false);
	text_print(value_text(c, i, BEFORE), VALUE_WIDTH, true);
	fputs("  ->  ", stdout);
	text_print(value_text(c, i, AFTER), VALUE_WIDTH, true);
	printf("  %s\n", db_cell(c, i, KIND));
}

static int
print_text(struct replay *r, bool commit)
{
	for (size_t i = 0; i < r->changes.n; i++)
		print_change(r, i);
	if (r->total > r->changes.n)
		printf("... and %zu more: --format json has the first %d\n",
		    r->total - r->changes.n, SHOWN_JSON);
	if (r->result.outcome == LOAD_LOADED)
		printf("%zu latest value%s %s\n", r->total,
		    r->total == 1 ? "" : "s",
		    commit ? "changed"
			   : "would change; nothing was written. --commit "
			     "does it");
	return results_print(r->cli, &r->result, 1);
}

/* What a person typed is read by what the body itself says. */
static bool
find_feed(struct replay *r, const char *name, struct kpid_err *err)
{
	int fd = -1;
	bool ok;

	r->job.feed = config_feed(&r->cli->cfg, name);
	if (r->job.feed != NULL || strcmp(name, HAND_FEED) != 0)
		return true;
	if (!body_fetch(r->session.db, r->job.replays, &r->cli->mem, &fd, err))
		return false;
	ok = hand_or_feed(&r->cli->cfg, name, fd, &r->cli->mem, &r->job.feed,
	    err);
	(void)close(fd);
	return ok;
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
	if (!find_feed(r, feed, err))
		return false;
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
		return cli_usage("'%s' is no delivery's number. HINT: "
				 "kpi.delivery lists them",
		    cli->args[0]);
	ok = cli_open(cli, DB_ROLE_COLLECTOR, &r.session, &err)
	    && replay(&r, commit, &err);
	session_close(&r.session);
	if (!ok)
		return cli_fail(&err);
	return cli->json ? print_json(&r, commit) : print_text(&r, commit);
}
