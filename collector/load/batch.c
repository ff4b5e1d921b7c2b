/*
 * A batch: receive, keep, read, then one of three ways into the store: said
 * already (content.c), straight (direct.c), staged (staged.c). One transaction.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch.h"
#include "kpid/body.h"
#include "kpid/db_array.h"

#define COLLISIONS_MAX 5 /* tries at once of a batch that another one ends */

const char *
load_outcome_text(enum load_outcome o)
{
	static const char *const texts[] = {
		[LOAD_LOADED] = "loaded",
		[LOAD_UNCHANGED] = "unchanged",
		[LOAD_HELD] = "held",
		[LOAD_REFUSED] = "refused",
		[LOAD_FAILED] = "failed",
	};
	return texts[o];
}

static void
work_release(struct work *w)
{
	for (size_t i = 0; i < w->n; i++) {
		if (w->items[i].fd >= 0)
			(void)close(w->items[i].fd);
		taken_release(&w->items[i].taken);
	}
	intake_release(&w->in);
	stream_release(w->stream);
	arena_release(&w->mem);
}

static void
work_init(struct work *w, const struct load_job *jobs,
    struct load_result *results)
{
	intake_init(&w->in);
	w->items = arena_array(&w->mem, w->n, sizeof(*w->items));
	for (size_t i = 0; i < w->n; i++) {
		w->items[i] = (struct item){
			.job = jobs[i], .result = &results[i], .fd = -1
		};
		results[i] = (struct load_result){ .feed = jobs[i].feed };
	}
}

bool
item_loads(const struct item *it)
{
	return it->taken.delivery != 0 && it->result->outcome == LOAD_LOADED;
}

/*
 * Reads one body. Its own faults are its result, and leave nothing behind;
 * false is the database's fault, which ends the batch.
 */
static bool
read_item(struct work *w, struct item *it, struct kpid_err *err)
{
	const struct body body = { .cfg = w->cfg,
		.feed = it->job.feed,
		.fd = it->fd,
		.url = it->meta.url,
		.progress = w->progress };
	const struct observation_sink out = intake_sink(&w->in);
	struct load_result *r = it->result;

	intake_begin(&w->in, &it->taken);
	if (it->unpublished != NULL
	    && !out.finding(out.ctx,
		&(struct finding){
		    .kind = "published", .text = it->unpublished },
		err))
		return false;
	if (!body_read(&body, &out, &w->mem, &r->read, &r->err)) {
		if (r->err.code == KPID_EDB) {
			*err = r->err;
			return false;
		}
		r->outcome = LOAD_FAILED;
	} else if (it->taken.holds) {
		r->outcome = LOAD_HELD;
		(void)!err_set(&r->err, KPID_ECONTRACT,
		    "held: %s. HINT: mend "
		    "the contract; the next collection reads it again",
		    it->taken.held_by.msg);
	}
	intake_end(&w->in, r->outcome == LOAD_LOADED);
	r->findings = it->taken.findings;
	return true;
}

bool
batch_read(struct work *w, struct kpid_err *err)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->items[i].taken.delivery != 0
		    && !read_item(w, &w->items[i], err))
			return false;
	return true;
}

static bool
put_findings(struct work *w, struct kpid_err *err)
{
	struct buf *b = &w->in.findings;

	if (b->len == 0)
		return true;
	if (!buf_put(b, "]", 2)) /* and its NUL */
		return err_set(err, KPID_EINTERNAL, "findings over a limit");
	return db_exec(w->db, "select kpid.findings_put($1::jsonb)",
	    &DB_TEXT(b->ptr), 1, err);
}

static void
take_counts(struct work *w, const struct db_rows *rows, size_t row)
{
	const long id = strtol(db_cell(rows, row, 0), NULL, 10);

	for (size_t i = 0; i < w->n; i++) {
		struct load_result *r = w->items[i].result;
		uint64_t *const counts[] = { &r->read, &r->inserted,
			&r->revised, &r->unchanged, &r->rejected,
			&r->withdrawn };

		if (w->items[i].taken.delivery != id)
			continue;
		for (size_t k = 0; k < ARRAY_LEN(counts); k++)
			*counts[k] =
			    strtoull(db_cell(rows, row, k + 1), NULL, 10);
	}
}

bool
counts_take(struct work *w, const struct db_query *q, struct kpid_err *err)
{
	struct db_rows rows;

	if (!db_rows(w->db, q, &w->mem, &rows, err))
		return err_wrap(err, "could not merge");
	for (size_t i = 0; i < rows.n; i++)
		take_counts(w, &rows, i);
	return true;
}

/* What a body says that the same batch held before. */
static void
tell_repeat(struct item *it)
{
	const struct load_result *first = it->same_as->result;

	*it->result = (struct load_result){ .feed = first->feed,
		.outcome = first->outcome };
	if (first->outcome == LOAD_LOADED) {
		it->result->outcome = LOAD_UNCHANGED;
		return;
	}
	it->result->delivery = first->delivery;
	it->result->err = first->err;
}

static bool
is_bad(const struct load_result *r)
{
	return r->outcome == LOAD_FAILED || r->outcome == LOAD_HELD;
}

/* Is it of this attempt, and ours? */
static bool
has_ended(const struct item *it)
{
	return !it->gone && !it->apart && !it->refused;
}

/* What became of an item that is not loaded. */
static bool
finish_item(struct work *w, struct item *it, struct kpid_err *err)
{
	if (it->same_as != NULL)
		tell_repeat(it);

	const struct load_result *r = it->result;
	char number[16];

	if (!has_ended(it) || !is_bad(r) || it->taken.delivery == 0)
		return true;
	(void)snprintf(number, sizeof(number), "%d", r->delivery);
	const struct db_param end[] = { DB_TEXT(number),
		DB_TEXT(load_outcome_text(r->outcome)), DB_TEXT(r->err.msg) };

	return db_exec(w->db, "select kpid.delivery_end($1::integer, $2, $3)",
	    end, 3, err);
}

enum checked { FEED, ETAG, MODIFIED, CHANGED, ERROR, N_CHECKED };

struct columns {
	struct db_array all[N_CHECKED];
};

static void
columns_release(struct columns *c)
{
	for (size_t i = 0; i < N_CHECKED; i++)
		db_array_release(&c->all[i]);
}

/* What came from a source. Of many bodies one says nothing of the others: who
 * looked tells. */
static bool
is_look(const struct item *it)
{
	const struct load_result *r = it->result;

	return has_ended(it) && it->job.replays == 0
	    && (!feed_by_url(r->feed) || r->outcome == LOAD_LOADED);
}

static bool
put_checked(struct columns *c, const struct item *it)
{
	const struct load_result *r = it->result;

	return db_array_text(&c->all[FEED], r->feed->name)
	    && db_array_text(&c->all[ETAG], it->meta.etag)
	    && db_array_text(&c->all[MODIFIED], it->meta.last_modified)
	    && db_array_text(&c->all[CHANGED],
		r->outcome == LOAD_LOADED ? "t" : "f")
	    && db_array_text(&c->all[ERROR], is_bad(r) ? r->err.msg : NULL);
}

/* Where the scheduler and people look. */
static bool
tell_checked(struct work *w, struct kpid_err *err)
{
	CLEANUP(columns_release) struct columns c;
	struct db_param params[N_CHECKED];
	bool ok = true;

	for (size_t i = 0; i < N_CHECKED; i++)
		db_array_init(&c.all[i], DB_ARRAY_TEXT);
	for (size_t i = 0; ok && i < w->n; i++)
		if (is_look(&w->items[i]))
			ok = put_checked(&c, &w->items[i]);
	if (!ok)
		return err_set(err, KPID_EINTERNAL, "a batch over its limit");
	for (size_t i = 0; i < N_CHECKED; i++)
		params[i] = db_array_param(&c.all[i]);
	return c.all[FEED].n == 0
	    || db_exec(w->db,
		"select kpid.feeds_checked($1::text[], $2::text[], $3::text[],"
		" $4::text[]::boolean[], $5::text[])",
		params, N_CHECKED, err);
}

/* Empty staging tables, and what need not be staged. */
static bool
begin(struct work *w, struct kpid_err *err)
{
	return db_exec(w->db, "select kpid.stage_begin()", NULL, 0, err)
	    && (w->plain || content_ask(w, err));
}

static bool
load(struct work *w, struct kpid_err *err)
{
	bool may, done = false;

	if (w->stream != NULL)
		return stream_load(w, err);
	if (!begin(w, err) || !direct_may(w, &may, err))
		return false;
	if (may) {
		if (!direct_load(w, &done, err))
			return false;
		if (!done && !begin(w, err))
			return false;
	}
	return done || staged_load(w, err);
}

static bool
run(struct work *w, struct kpid_err *err)
{
	bool ok = batch_receive(w, err) && batch_take(w, err) && load(w, err)
	    && put_findings(w, err);

	for (size_t i = 0; ok && i < w->n; i++)
		ok = finish_item(w, &w->items[i], err);
	return ok && tell_checked(w, err);
}

static bool
transact(struct work *w, const struct load_batch *batch,
    struct load_result *results, struct kpid_err *err)
{
	bool ok;

	work_init(w, batch->jobs, results);
	for (size_t i = 0; i < w->n; i++)
		item_open(w, &w->items[i]);
	if (!db_begin(w->db, err))
		return false;
	ok = run(w, err) && batch_turns_done(w, err)
	    && (batch->look == NULL
		|| batch->look(batch->look_ctx, w->db, results, err));
	if (ok && !batch->dry_run)
		ok = db_commit(w->db, err);
	db_rollback(w->db);
	return ok;
}

/* Where a batch is loaded to. */
struct loader {
	struct db *db;
	const struct config *cfg;
	struct spool *spool;
};

/* What failed by a shortcut is to be tried without: which has changed nothing,
 * whyever it failed. */
static bool
without_shortcut(const struct work *w, bool *plain, bool *whole)
{
	if (w->stream != NULL)
		*whole = true;
	else if (w->shortcut && !w->plain)
		*plain = true;
	else
		return false;
	return true;
}

/* Again without a shortcut that failed; and of two that collide, the one that
 * is ended. apart: room for n; which are left for later. */
static bool
attempt(const struct loader *l, const struct load_batch *batch,
    struct load_result *results, bool *apart, struct kpid_err *err)
{
	bool plain = false, whole = false, ok, again;
	unsigned collisions = 0;

	do {
		CLEANUP(work_release)
		struct work w = { .db = l->db,
			.cfg = l->cfg,
			.spool = l->spool,
			.n = batch->n,
			.progress = batch->progress,
			.plain = plain,
			.whole = whole };

		ok = transact(&w, batch, results, err);
		for (size_t i = 0; i < w.n; i++)
			apart[i] = w.items[i].apart;
		if (!ok && db_collided(l->db))
			again = ++collisions < COLLISIONS_MAX;
		else
			again = !ok && !err->retry
			    && without_shortcut(&w, &plain, &whole);
	} while (again);
	return ok;
}

/* One body by itself: what it breaks is its own result. */
static bool
load_alone(const struct loader *l, const struct load_batch *batch, size_t i,
    struct load_result *results, struct kpid_err *err)
{
	struct load_batch one = *batch;
	bool apart;

	one.jobs = &batch->jobs[i];
	one.n = 1;
	if (attempt(l, &one, &results[i], &apart, err))
		return true;
	if (err->retry)
		return false;
	results[i].outcome = LOAD_FAILED;
	results[i].err = *err;
	return true;
}

bool
load_batch(struct db *db, const struct config *cfg, struct spool *spool,
    const struct load_batch *batch, struct load_result *results,
    struct kpid_err *err)
{
	const struct loader l = { db, cfg, spool };
	CLEANUP(arena_release) struct arena mem = { 0 };
	bool *apart = arena_array(&mem, batch->n, sizeof(*apart));
	const bool ok = attempt(&l, batch, results, apart, err);

	if (!ok && (err->retry || batch->n < 2))
		return false;
	/* When one body broke the batch, the others must not wait for it. */
	for (size_t i = 0; i < batch->n; i++)
		if ((!ok || apart[i])
		    && !load_alone(&l, batch, i, results, err))
			return false;
	return true;
}
