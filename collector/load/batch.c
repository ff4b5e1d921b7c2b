/*
 * A batch: receive, keep, COPY, merge, in one transaction.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "keep.h"
#include "kpid/body.h"
#include "stage.h"

/* One body on its way; lives for the batch. */
struct item {
	struct load_job job;
	struct load_result *result;
	struct spool_meta meta;
	int fd;
	bool gone;                     /* another process took it */
	struct staged_delivery staged; /* delivery 0: not new */
};

struct work {
	struct db *db;
	const struct config *cfg;
	struct spool *spool;
	struct item *items;
	size_t n;
	struct arena mem;
	const struct progress *progress;
};

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

/* The body of an item; one that cannot be read fails alone. */
static void
open_item(struct work *w, struct item *it)
{
	const char *id = it->job.spool_id;

	if (spool_read(w->spool, id, &w->mem, &it->meta, &it->fd,
		&it->result->err))
		return;
	it->gone = !spool_has(w->spool, id);
	it->result->outcome = it->gone ? LOAD_UNCHANGED : LOAD_FAILED;
}

/* The same bytes again: unchanged, unless the feed waits for somebody, or they
 * could not be read the first time either. */
static bool
not_new(struct work *w, struct item *it, struct kpid_err *err)
{
	struct db_rows rows;

	it->result->outcome = LOAD_UNCHANGED;
	if (!db_rows(w->db,
		"select delivery, outcome, error"
		" from kpid.last_outcome($1)",
		&DB_TEXT(it->job.feed->name), 1, &w->mem, &rows, err))
		return false;
	const char *outcome = rows.n == 1 ? db_cell(&rows, 0, 1) : "";

	if (strcmp(outcome, "held") == 0)
		it->result->outcome = LOAD_HELD;
	else if (strcmp(outcome, "failed") == 0)
		it->result->outcome = LOAD_FAILED;
	else
		return true;
	it->result->delivery = (int)strtol(db_cell(&rows, 0, 0), NULL, 10);
	(void)!err_set(&it->result->err, KPID_ECONTRACT, "%s",
	    db_cell(&rows, 0, 2));
	return true;
}

/* Asks for a delivery; none when the feed's last one was the same. */
static bool
receive(struct work *w, struct item *it, struct kpid_err *err)
{
	char fetched[INSTANT_TEXT_MAX], published[INSTANT_TEXT_MAX];
	char bytes[24];
	const char *id;

	(void)snprintf(bytes, sizeof(bytes), "%llu",
	    (unsigned long long)it->meta.bytes);
	(void)instant_text(it->meta.fetched_at, fetched);
	if (it->meta.has_published)
		(void)instant_text(it->meta.published_at, published);
	const struct db_param params[] = {
		DB_TEXT(it->job.feed->name),
		DB_BYTES(it->meta.sha256, 32),
		DB_BYTES(it->job.feed->contract_hash, 32),
		DB_TEXT(it->meta.url),
		DB_TEXT(bytes),
		DB_TEXT(fetched),
		DB_TEXT(it->meta.has_published ? published : NULL),
		DB_TEXT(it->meta.quiet ? "t" : "f"),
	};
	if (!db_value(w->db,
		"select kpid.receive($1, $2, $3, $4, $5::bigint,"
		" $6::timestamptz, $7::timestamptz, $8::boolean)",
		params, ARRAY_LEN(params), &w->mem, &id, err))
		return false;
	if (id == NULL)
		return not_new(w, it, err);
	it->staged.delivery = (int)strtol(id, NULL, 10);
	it->result->delivery = it->staged.delivery;
	it->result->outcome = LOAD_LOADED;
	return body_keep(w->db, it->fd, it->meta.sha256, &w->mem, err);
}

static bool
receive_all(struct work *w, struct kpid_err *err)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->items[i].fd >= 0 && !receive(w, &w->items[i], err))
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
		"select delivery, read, inserted, revised,"
		" unchanged, rejected, withdrawn"
		" from kpid.merge($1::integer[], $2::boolean)",
		params, 2, &w->mem, &rows, err))
		return err_wrap(err, "could not merge");
	for (size_t i = 0; i < rows.n; i++)
		take_counts(w, &rows, i);
	return true;
}

/* What became of an item, where the scheduler and people look. */
static bool
finish_item(struct work *w, struct item *it, struct kpid_err *err)
{
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
	ok = stage_items(w, &s, err) && stage_names(w, &s, err) && merge(w, err)
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
		open_item(&w, &w.items[i]);
	if (!db_begin(db, err))
		return false;
	ok = run(&w, err);
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
		const struct load_batch one = { &batch->jobs[i], 1,
			batch->dry_run, batch->progress };

		if (attempt(db, cfg, spool, &one, &results[i], err))
			continue;
		if (err->retry)
			return false;
		results[i].outcome = LOAD_FAILED;
		results[i].err = *err;
	}
	return true;
}
