/*
 * A batch: receive, keep, read, then one of three ways into the store: said
 * already (content.c), straight (direct.c), staged (staged.c). One transaction.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch.h"
#include "gates.h"
#include "keep.h"
#include "kpid/body.h"

#define COLLISIONS_MAX 5 /* tries at once of a batch that another one ends */

const char *
load_outcome_text(enum load_outcome o)
{
	static const char *const texts[] = {
		[LOAD_LOADED] = "loaded",
		[LOAD_UNCHANGED] = "unchanged",
		[LOAD_HELD] = "held",
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

/* Is it of this attempt, and there? */
static bool
is_here(const struct item *it)
{
	return it->fd >= 0 && !it->apart;
}

/* The feeds of the batch, all at once and in one order for all loaders: two
 * that took them one by one could wait for each other. */
static bool
lock_feeds(struct work *w, struct kpid_err *err)
{
	const char *names = NULL;

	for (size_t i = 0; i < w->n; i++)
		if (is_here(&w->items[i]))
			names = arena_printf(&w->mem, "%s%c%s",
			    names == NULL ? "" : names,
			    names == NULL ? '{' : ',',
			    w->items[i].job.feed->name);
	if (names == NULL)
		return true;
	names = arena_printf(&w->mem, "%s}", names);
	return db_exec(w->db, "select kpid.feeds_lock($1::text[])",
	    &DB_TEXT(names), 1, err);
}

static bool
receive_all(struct work *w, struct kpid_err *err)
{
	if (!lock_feeds(w, err))
		return false;
	for (size_t i = 0; i < w->n; i++)
		if (is_here(&w->items[i])
		    && !item_receive(w, &w->items[i], err))
			return err_wrap(err, "feed '%s'",
			    w->items[i].job.feed->name);
	return true;
}

static int
by_sum(const void *a, const void *b)
{
	const struct item *const *x = a, *const *y = b;

	return memcmp((*x)->meta.sha256, (*y)->meta.sha256,
	    sizeof((*x)->meta.sha256));
}

/* Bodies in the order of their sums: whoever keeps one waits for another that
 * keeps the same, and so they wait in one order, too. */
static bool
keep_bodies(struct work *w, struct kpid_err *err)
{
	struct item **list = arena_array(&w->mem, w->n, sizeof(struct item *));
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++)
		if (w->items[i].taken.delivery != 0
		    && w->items[i].job.replays == 0)
			list[n++] = &w->items[i];
	if (n > 1)
		qsort(list, n, sizeof(struct item *), by_sum);
	for (size_t i = 0; i < n; i++)
		if (!body_keep(w->db, list[i]->fd, list[i]->meta.sha256,
			&w->mem, err))
			return err_wrap(err, "feed '%s'",
			    list[i]->job.feed->name);
	return true;
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

static bool
read_items(struct work *w, struct kpid_err *err)
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

/* What looks wrong as a whole is held: a person decides about it, while the
 * last good values keep serving. */
static bool
hold_back(struct work *w, struct item *it, const struct finding *f,
    struct kpid_err *err)
{
	const struct observation_sink out = intake_sink(&w->in);
	struct load_result *r = it->result;

	w->in.now = &it->taken;
	if (!out.finding(out.ctx, f, err))
		return false;
	r->findings = it->taken.findings;
	if (r->outcome == LOAD_HELD)
		return true;
	r->outcome = LOAD_HELD;
	(void)!err_set(&r->err, KPID_ECONTRACT,
	    "held: %s. HINT: kpid replay %d --commit loads it all the same, "
	    "kpid retract %d --why TEXT puts it aside",
	    it->taken.held_by.msg, r->delivery, r->delivery);
	return true;
}

/* What is to be asked about, as an array's text: repeats passed before. */
static const char *
asked_array(struct work *w)
{
	const char *text = NULL;

	for (size_t i = 0; i < w->n; i++)
		if (item_loads(&w->items[i]) && !w->items[i].repeats)
			text = arena_printf(&w->mem, "%s%c%d",
			    text == NULL ? "" : text, text == NULL ? '{' : ',',
			    w->items[i].taken.delivery);
	return text == NULL ? NULL : arena_printf(&w->mem, "%s}", text);
}

bool
gates_pass(struct work *w, struct kpid_err *err)
{
	const struct gate_finding *list;
	size_t n;
	const char *ids = asked_array(w);

	if (ids == NULL)
		return true;
	if (!gates_ask(w->db, ids, &w->mem, &list, &n, err))
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < w->n; k++)
			if (w->items[k].taken.delivery == list[i].delivery
			    && !hold_back(w, &w->items[k], &list[i].finding,
				err))
				return false;
	return true;
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

/* What became of an item, where the scheduler and people look. */
static bool
finish_item(struct work *w, struct item *it, struct kpid_err *err)
{
	if (it->same_as != NULL)
		tell_repeat(it);

	const struct load_result *r = it->result;
	const bool bad = r->outcome == LOAD_FAILED || r->outcome == LOAD_HELD;
	char number[16];

	(void)snprintf(number, sizeof(number), "%d", r->delivery);
	const struct db_param end[] = { DB_TEXT(number),
		DB_TEXT(load_outcome_text(r->outcome)), DB_TEXT(r->err.msg) };
	const struct db_param state[] = { DB_TEXT(r->feed->name),
		DB_TEXT(it->meta.etag), DB_TEXT(it->meta.last_modified),
		DB_TEXT(r->outcome == LOAD_LOADED ? "t" : "f"),
		DB_TEXT(bad ? r->err.msg : NULL) };

	if (it->gone || it->apart)
		return true;
	if (bad && it->taken.delivery != 0
	    && !db_exec(w->db, "select kpid.delivery_end($1::integer, $2, $3)",
		end, 3, err))
		return false;
	if (it->job.replays != 0) /* nothing came from the source */
		return true;
	return db_exec(w->db,
	    "select kpid.feed_checked($1, $2, $3,"
	    " $4::boolean, $5)",
	    state, 5, err);
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
	bool done = false;

	if (!begin(w, err))
		return false;
	if (direct_may(w)) {
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
	bool ok = receive_all(w, err) && keep_bodies(w, err)
	    && read_items(w, err) && load(w, err) && put_findings(w, err);

	for (size_t i = 0; ok && i < w->n; i++)
		ok = finish_item(w, &w->items[i], err);
	return ok;
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
	ok = run(w, err)
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

/* A shortcut that fails, for whatever reason, has changed nothing: the same
 * again without one; and of two that collide, the one that is ended. apart:
 * room for n; which are left for later. */
static bool
attempt(const struct loader *l, const struct load_batch *batch,
    struct load_result *results, bool *apart, struct kpid_err *err)
{
	bool plain = false, ok, again;
	unsigned collisions = 0;

	do {
		CLEANUP(work_release)
		struct work w = { .db = l->db,
			.cfg = l->cfg,
			.spool = l->spool,
			.n = batch->n,
			.progress = batch->progress,
			.plain = plain };

		ok = transact(&w, batch, results, err);
		for (size_t i = 0; i < w.n; i++)
			apart[i] = w.items[i].apart;
		if (!ok && db_collided(l->db)) {
			again = ++collisions < COLLISIONS_MAX;
			continue;
		}
		again = !ok && w.shortcut && !plain && !err->retry;
		plain = true;
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
