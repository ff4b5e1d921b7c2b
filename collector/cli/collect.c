/* kpid collect: fetch, load, judge, mail. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bar.h"
#include "gather.h"
#include "kpid/hand.h"
#include "kpid/limits.h"
#include "loader_thread.h"
#include "names.h"
#include "results.h"
#include "run.h"

/* Feeds by name, each once. */
struct choice {
	const struct feed **list;
	size_t n;
};

void
run_init(struct run *r, size_t n)
{
	r->n = n;
	r->wants = arena_array(&r->cli->mem, n, sizeof(*r->wants));
	r->results = arena_array(&r->cli->mem, n, sizeof(*r->results));
	r->jobs = arena_array(&r->cli->mem, n, sizeof(*r->jobs));
	r->of = arena_array(&r->cli->mem, n, sizeof(*r->of));
}

static void
choose_all(struct cli *cli, struct choice *out)
{
	out->n = cli->cfg.n_feeds;
	out->list = arena_array(&cli->mem, out->n, sizeof(*out->list));
	for (size_t i = 0; i < out->n; i++)
		out->list[i] = &cli->cfg.feeds[i];
}

bool
unknown_feed(struct cli *cli, const char *name, struct kpid_err *err)
{
	const char *near = names_feed_near(cli, name);

	return near == NULL
	    ? err_set(err, KPID_EUSAGE,
		"no feed '%s' in the configuration. "
		"HINT: kpid next lists them",
		name)
	    : err_set(err, KPID_EUSAGE,
		"no feed '%s' in the configuration. "
		"HINT: did you mean '%s'? kpid next lists them all",
		name, near);
}

/* A feed named twice is collected once. */
static bool
choose_named(struct cli *cli, struct choice *out, struct kpid_err *err)
{
	out->n = 0;
	out->list = arena_array(&cli->mem, cli->n_args, sizeof(*out->list));
	for (size_t i = 0; i < cli->n_args; i++) {
		const struct feed *feed = config_feed(&cli->cfg, cli->args[i]);
		bool again = false;

		if (feed == NULL)
			return unknown_feed(cli, cli->args[i], err);
		for (size_t k = 0; k < out->n; k++)
			again = again || out->list[k] == feed;
		if (!again)
			out->list[out->n++] = feed;
	}
	return true;
}

/* What the feeds want: of one whose URL has words several bodies. */
static bool
want_all(struct run *r, const struct choice *chosen, struct kpid_err *err)
{
	struct arena *mem = &r->cli->mem;
	struct wants *wants = arena_array(mem, chosen->n, sizeof(*wants));
	size_t n = 0;

	for (size_t i = 0; i < chosen->n; i++) {
		if (!wants_of(r->cli, chosen->list[i], &wants[i], err))
			return false;
		n += wants[i].n;
	}
	run_init(r, n);
	for (size_t i = n = 0; i < chosen->n; i++)
		for (size_t k = 0; k < wants[i].n; k++)
			r->wants[n++] = wants[i].list[k];
	return true;
}

/* Only bytes that were read by today's contract may answer "not modified". */
static bool
read_known(struct run *r, struct known_feeds *known, struct kpid_err *err)
{
	struct db_rows rows;

	if (!db_rows(r->session.db,
		&(struct db_query){ "select feed, etag, last_modified,"
				    " contract from kpid.feed_states()",
		    NULL, 0 },
		&r->cli->mem, &rows, err))
		return false;
	known->list = arena_array(&r->cli->mem, rows.n, sizeof(*known->list));
	known->n = 0;
	for (size_t i = 0; i < rows.n; i++)
		if (contract_same(config_feed(&r->cli->cfg,
				      db_cell(&rows, i, 0)),
			db_cell(&rows, i, 3)))
			known->list[known->n++] = (struct known_feed){
				db_cell(&rows, i, 0),
				{ db_cell(&rows, i, 1), db_cell(&rows, i, 2) },
			};
	return true;
}

/* Of fewer nothing is gained: they are one batch, in the order in which the
 * configuration has them, so that the same collection gives the same store. */
#define STREAM_MIN 64

/* A body that is loaded while others are fetched. Of a feed with many bodies
 * none is: they are loaded in their order; and nothing is in a dry run, which
 * is one transaction. */
static bool
is_streamed(const struct run *r, size_t i, const struct fetched *f)
{
	return r->n >= STREAM_MIN && f->outcome == FETCH_BODY
	    && !feed_by_url(f->feed) && r->wants[i].drop == NULL
	    && cli_option(r->cli, "dry-run") == NULL;
}

static void
came(void *ctx, size_t i, const struct fetched *f)
{
	struct loader_thread *s = ctx;

	if (is_streamed(s->run, i, f))
		loader_thread_add(s, i, f);
}

/* Fetches all, and loads meanwhile what has come. */
static bool
fetch(struct run *r, const struct known_feeds *known, struct gathered *g,
    struct kpid_err *err)
{
	struct kpid_err unloaded;
	struct loader_thread s;
	const struct wanted wanted = { .list = r->wants,
		.n = r->n,
		.known = known,
		.came = came,
		.came_ctx = &s };

	loader_thread_begin(&s, r);
	const bool ok = gather(r->cli, r->spool, &wanted, g, err);

	if (loader_thread_end(&s, &unloaded))
		return ok;
	if (ok)
		*err = unloaded;
	return false;
}

/* What came without a body is a result already; the database is told of all
 * of it at once. */
static bool
sort_out(struct run *r, const struct gathered *g, struct kpid_err *err)
{
	struct work_check *list =
	    arena_array(&r->cli->mem, r->n, sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct fetched *f = &g->list[i];

		if (!is_streamed(r, i, f))
			run_take(r, i, f);
		if (fetched_not_yet(f))
			r->results[i].outcome = LOAD_UNCHANGED;
		if (f->outcome != FETCH_BODY && !feed_by_url(f->feed))
			list[n++] = (struct work_check){ f->feed->name,
				f->outcome == FETCH_FAILED ? f->err.msg
							   : NULL };
	}
	return cli_option(r->cli, "dry-run") != NULL
	    || work_checked(r->session.db, list, n, err);
}

void
run_take(struct run *r, size_t i, const struct fetched *f)
{
	r->results[i].feed = r->wants[i].feed;
	if (f->outcome == FETCH_BODY) {
		r->of[r->n_jobs] = i;
		r->jobs[r->n_jobs++] =
		    (struct load_job){ .feed = r->wants[i].feed,
			    .spool_id = f->meta.id };
		return;
	}
	r->results[i].outcome =
	    f->outcome == FETCH_FAILED ? LOAD_FAILED : LOAD_UNCHANGED;
	r->results[i].err = f->err;
}

bool
run_load(struct run *r, struct kpid_err *err)
{
	const size_t from = r->n_loaded;
	const struct load_batch batch = { .jobs = r->jobs + from,
		.n = r->n_jobs - from,
		.dry_run = cli_option(r->cli, "dry-run") != NULL,
		.progress = &bar_progress };
	struct load_result *results =
	    arena_array(&r->cli->mem, batch.n, sizeof(*results));

	if (batch.n > 0
	    && !work_load(r->session.db, &r->cli->cfg, r->spool, &batch,
		results, err))
		return false;
	bar_clear();
	for (size_t i = 0; i < batch.n; i++)
		r->results[r->of[from + i]] = results[i];
	r->n_loaded = r->n_jobs;
	return true;
}

static bool
set_aside(struct run *r, const char *id, const char *why, struct kpid_err *err)
{
	fprintf(stderr, "kpid: body %s of an earlier run is set aside: %s\n",
	    id, why);
	return spool_set_aside(r->spool, id, why, err);
}

/* One that can never be loaded must not stand in the way of the others. */
static bool
load_one_left(struct run *r, const char *id, struct kpid_err *err)
{
	struct load_result result;
	struct spool_meta meta;
	struct kpid_err bad = { 0 };
	const struct feed *feed;
	int fd;

	if (!spool_read(r->spool, id, &r->cli->mem, &meta, &fd, &bad))
		return !spool_has(r->spool, id)
		    || set_aside(r, id, bad.msg, err);
	bool known = hand_or_feed(&r->cli->cfg, meta.feed, fd, &r->cli->mem,
	    &feed, &bad);

	(void)close(fd);
	if (!known)
		return set_aside(r, id, bad.msg, err);
	const struct load_job job = { .feed = feed, .spool_id = id };
	const struct load_batch one = {
		.jobs = &job, .n = 1, .progress = &bar_progress
	};

	if (feed == NULL)
		return set_aside(r, id, "its feed is not configured any more",
		    err);
	if (work_load(r->session.db, &r->cli->cfg, r->spool, &one, &result,
		&bad))
		return true;
	if (!bad.retry)
		return set_aside(r, id, bad.msg, err);
	*err = bad;
	return false;
}

/* Bodies that an earlier run spooled and could not load come first. */
bool
run_left_over(struct run *r, struct kpid_err *err)
{
	const char *const *ids;
	size_t n;

	if (!spool_list(r->spool, &r->cli->mem, &ids, &n, err))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!load_one_left(r, ids[i], err))
			return false;
	return true;
}

bool
run_open(struct run *r, struct kpid_err *err)
{
	return cli_open(r->cli, DB_ROLE_COLLECTOR, &r->session, err)
	    && session_sync(&r->session, &r->cli->cfg, &r->cli->mem, err)
	    && spool_open(r->cli->cfg.state_dir, &r->cli->mem, &r->spool, err);
}

/* A run by hand does not wait for a mail server that was perhaps mended. */
static bool
judge_and_mail(struct run *r, struct kpid_err *err)
{
	return db_exec(r->session.db, "select kpid.outbox_hurry()", NULL, 0,
		   err)
	    && work_evaluate(r->session.db, &r->cli->cfg, NULL, &r->mails, err);
}

/* Of a feed with many bodies: the first that failed, whatever the others
 * brought; NULL: none. */
static const char *
trouble(const struct run *r, const struct feed *feed)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct load_result *got = &r->results[i];

		if (r->wants[i].feed == feed
		    && (got->outcome == LOAD_FAILED
			|| got->outcome == LOAD_HELD))
			return got->err.msg;
	}
	return NULL;
}

static bool
tell_many(struct run *r, struct kpid_err *err)
{
	struct work_check *list =
	    arena_array(&r->cli->mem, r->n, sizeof(*list));
	const struct feed *told = NULL;
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct feed *feed = r->wants[i].feed;

		if (feed == told || !feed_by_url(feed))
			continue;
		told = feed; /* a feed's wants stand together */
		list[n++] = (struct work_check){ feed->name, trouble(r, feed) };
	}
	return work_checked(r->session.db, list, n, err);
}

/* Dropped files are put away by what became of them; those that the database
 * could not take wait where they are. */
static bool
give_up_drops(struct run *r, struct kpid_err *err)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct load_result *result = &r->results[i];
		const bool failed = result->outcome == LOAD_FAILED;

		if (r->wants[i].drop == NULL)
			continue;
		if (failed && result->err.retry)
			drop_release(r->wants[i].drop);
		else if (!drop_finish(&r->cli->cfg, r->wants[i].feed,
			     r->wants[i].drop, !failed, err))
			return false;
	}
	return true;
}

static bool
collect(struct run *r, const struct choice *chosen, struct kpid_err *err)
{
	struct known_feeds known;
	struct gathered g;
	const bool dry = cli_option(r->cli, "dry-run") != NULL;

	if (!want_all(r, chosen, err) || !run_open(r, err)
	    || !read_known(r, &known, err) || (!dry && !run_left_over(r, err)))
		return false;
	return fetch(r, &known, &g, err) && sort_out(r, &g, err)
	    && run_load(r, err) && give_up_drops(r, err)
	    && (dry || (tell_many(r, err) && judge_and_mail(r, err)));
}

int
run_finish(struct run *r, bool ok, struct kpid_err *err)
{
	int code;

	session_close(&r->session);
	if (!ok)
		return cli_fail(err);
	code = results_print(r->cli, r->results, r->n);
	results_print_mail(r->cli, &r->mails);
	return code;
}

int
cmd_collect(struct cli *cli)
{
	struct run r = { .cli = cli };
	struct kpid_err err = { 0 };
	struct choice chosen;
	const bool all = cli_option(cli, "all") != NULL;

	if (all == (cli->n_args > 0))
		return cli_usage("name feeds, or give --all");
	if (all)
		choose_all(cli, &chosen);
	else if (!choose_named(cli, &chosen, &err))
		return cli_fail(&err);
	return run_finish(&r, collect(&r, &chosen, &err), &err);
}
