/*
 * A batch: receive, keep, COPY, gates, merge, in one transaction.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch.h"
#include "gates.h"
#include "kpid/body.h"

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
		free(w->items[i].staged.series);
	}
	arena_release(&w->mem);
}

static void
work_init(struct work *w, const struct load_job *jobs,
    struct load_result *results)
{
	w->items = arena_array(&w->mem, w->n, sizeof(*w->items));
	for (size_t i = 0; i < w->n; i++) {
		w->items[i] = (struct item){
			.job = jobs[i], .result = &results[i], .fd = -1
		};
		results[i] = (struct load_result){ .feed = jobs[i].feed };
	}
}

static bool
receive_all(struct work *w, struct kpid_err *err)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->items[i].fd >= 0 && !item_receive(w, &w->items[i], err))
			return err_wrap(err, "feed '%s'",
			    w->items[i].job.feed->name);
	return true;
}

/*
 * Reads one body into the open COPY. Its own faults are its result; false is
 * the database's fault, which ends the batch.
 */
static bool
stage_item(struct work *w, struct stage *s, struct item *it,
    struct kpid_err *err)
{
	const struct body body = { .cfg = w->cfg,
		.feed = it->job.feed,
		.fd = it->fd,
		.url = it->meta.url,
		.progress = w->progress };
	const struct observation_sink out = stage_sink(s);
	struct load_result *r = it->result;

	s->now = &it->staged;
	if (!body_read(&body, &out, &w->mem, &r->read, &r->err)) {
		if (r->err.code == KPID_EDB) {
			*err = r->err;
			return false;
		}
		r->outcome = LOAD_FAILED;
	} else if (it->staged.holds) {
		r->outcome = LOAD_HELD;
		(void)!err_set(&r->err, KPID_ECONTRACT,
		    "held: %s. HINT: mend "
		    "the contract; the next collection reads it again",
		    it->staged.held_by.msg);
	}
	r->findings = it->staged.findings;
	return true;
}

static bool
stage_items(struct work *w, struct stage *s, struct kpid_err *err)
{
	if (!db_exec(w->db, "select kpid.stage_begin()", NULL, 0, err)
	    || !db_copy_begin(w->db,
		"copy pg_temp.staged from stdin"
		" (format binary)",
		err))
		return false;
	for (size_t i = 0; i < w->n; i++)
		if (w->items[i].staged.delivery != 0
		    && !stage_item(w, s, &w->items[i], err))
			return false;
	return stage_flush(s, err) && db_copy_end(w->db, err);
}

/* The series of what is to be merged, in a second COPY. */
static bool
stage_names(struct work *w, struct stage *s, struct kpid_err *err)
{
	if (!db_copy_begin(w->db,
		"copy pg_temp.staged_series from stdin"
		" (format binary)",
		err))
		return false;
	for (size_t i = 0; i < w->n; i++)
		if (!stage_series(s, &w->items[i].staged, 1, err))
			return false;
	return db_copy_end(w->db, err);
}

static bool
put_findings(struct work *w, struct stage *s, struct kpid_err *err)
{
	if (s->findings.len == 0)
		return true;
	if (!buf_put(&s->findings, "]", 2)) /* and its NUL */
		return err_set(err, KPID_EINTERNAL, "findings over a limit");
	return db_exec(w->db, "select kpid.findings_put($1::jsonb)",
	    &DB_TEXT(s->findings.ptr), 1, err);
}

/* The IDs of what was read whole, as an array's text; *unique: no key stands
 * twice among them, as far as seen while reading. */
static const char *
loaded_array(struct work *w, bool *unique)
{
	const char *text = "{";
	size_t n = 0;

	*unique = true;
	for (size_t i = 0; i < w->n; i++) {
		const struct item *it = &w->items[i];

		if (it->staged.delivery == 0
		    || it->result->outcome != LOAD_LOADED)
			continue;
		text = arena_printf(&w->mem, "%s%s%d", text, n++ > 0 ? "," : "",
		    it->staged.delivery);
		for (size_t k = 0; k < it->staged.n_series; k++)
			*unique = *unique && it->staged.series[k]->ordered;
	}
	*unique = *unique && n == 1;
	return arena_printf(&w->mem, "%s}", text);
}

/* What looks wrong as a whole is held: a person decides about it, while the
 * last good values keep serving. */
static bool
hold_back(struct stage *s, struct item *it, const struct finding *f,
    struct kpid_err *err)
{
	const struct observation_sink out = stage_sink(s);
	struct load_result *r = it->result;

	s->now = &it->staged;
	if (!out.finding(out.ctx, f, err))
		return false;
	r->findings = it->staged.findings;
	if (r->outcome == LOAD_HELD)
		return true;
	r->outcome = LOAD_HELD;
	(void)!err_set(&r->err, KPID_ECONTRACT,
	    "held: %s. HINT: kpid replay %d --commit loads it all the same, "
	    "kpid retract %d --why TEXT puts it aside",
	    it->staged.held_by.msg, r->delivery, r->delivery);
	return true;
}

/* Once per batch, between staging and merging. */
static bool
pass_gates(struct work *w, struct stage *s, struct kpid_err *err)
{
	const struct gate_finding *list;
	size_t n;
	bool unique;
	const char *ids = loaded_array(w, &unique);

	if (strcmp(ids, "{}") == 0)
		return true;
	if (!gates_ask(w->db, ids, &w->mem, &list, &n, err))
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < w->n; k++)
			if (w->items[k].staged.delivery == list[i].delivery
			    && !hold_back(s, &w->items[k], &list[i].finding,
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

		if (w->items[i].staged.delivery != id)
			continue;
		for (size_t k = 0; k < ARRAY_LEN(counts); k++)
			*counts[k] =
			    strtoull(db_cell(rows, row, k + 1), NULL, 10);
	}
}

static bool
merge(struct work *w, struct kpid_err *err)
{
	struct db_rows rows;
	bool unique;
	const char *ids = loaded_array(w, &unique);
	const struct db_param params[] = { DB_TEXT(ids),
		DB_TEXT(unique ? "t" : "f") };

	if (strcmp(ids, "{}") == 0)
		return true;
	if (!db_rows(w->db,
		&(struct db_query){
		    "select delivery, read, inserted, revised,"
		    " unchanged, rejected, withdrawn"
		    " from kpid.merge($1::integer[], $2::boolean)",
		    params, 2 },
		&w->mem, &rows, err))
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

	if (it->gone)
		return true;
	if (bad && it->staged.delivery != 0
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

static bool
run(struct work *w, struct kpid_err *err)
{
	struct stage s;
	bool ok;

	if (!receive_all(w, err))
		return false;
	stage_init(&s, w->db);
	ok = stage_items(w, &s, err) && stage_names(w, &s, err)
	    && pass_gates(w, &s, err) && merge(w, err)
	    && put_findings(w, &s, err);
	stage_release(&s);
	for (size_t i = 0; ok && i < w->n; i++)
		ok = finish_item(w, &w->items[i], err);
	return ok;
}

static bool
attempt(struct db *db, const struct config *cfg, struct spool *spool,
    const struct load_batch *batch, struct load_result *results,
    struct kpid_err *err)
{
	CLEANUP(work_release)
	struct work w = { .db = db,
		.cfg = cfg,
		.spool = spool,
		.n = batch->n,
		.progress = batch->progress };
	bool ok;

	work_init(&w, batch->jobs, results);
	for (size_t i = 0; i < w.n; i++)
		item_open(&w, &w.items[i]);
	if (!db_begin(db, err))
		return false;
	ok = run(&w, err)
	    && (batch->look == NULL
		|| batch->look(batch->look_ctx, db, results, err));
	if (ok && !batch->dry_run)
		ok = db_commit(db, err);
	db_rollback(db);
	return ok;
}

bool
load_batch(struct db *db, const struct config *cfg, struct spool *spool,
    const struct load_batch *batch, struct load_result *results,
    struct kpid_err *err)
{
	if (attempt(db, cfg, spool, batch, results, err))
		return true;
	if (err->retry || batch->n < 2)
		return false;
	/* One body broke the batch: the others must not wait for it. */
	for (size_t i = 0; i < batch->n; i++) {
		struct load_batch one = *batch;

		one.jobs = &batch->jobs[i];
		one.n = 1;

		if (attempt(db, cfg, spool, &one, &results[i], err))
			continue;
		if (err->retry)
			return false;
		results[i].outcome = LOAD_FAILED;
		results[i].err = *err;
	}
	return true;
}
