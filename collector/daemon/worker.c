/* The worker's side: a session, then one request after the other. */
#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "damage.h"
#include "kpid/clock.h"
#include "kpid/daemon.h"
#include "kpid/hand.h"
#include "kpid/log.h"
#include "kpid/session.h"
#include "kpid/work.h"
#include "awaited.h"
#include "claimer.h"
#include "mailer.h"
#include "wire.h"

#define EXIT_LATER     75
#define EXIT_CONFIG    78
/* Less than a day, so that a change of the clock leaves no day out. */
#define PRUNE_EVERY_US (20 * 3600 * (usec)1000000)
/* While more bodies come, judging has this part of the time, and waits so long
 * at least: it looks at all feeds and costs as much as loading hundreds, so a
 * rush of them is loaded first. */
#define JUDGE_PART     10
#define JUDGE_PAUSE_US (5 * (usec)1000000)
#define BURST          64 /* bodies; fewer leave nothing worth a look */

struct worker_self {
	struct config cfg;
	struct session session;
	struct spool *spool;
	struct arena mem; /* lives as long as the process */
	int fd;
	struct buf in;
	usec pruned_at; /* real time; 0: not by this process */
	bool room_told; /* the alert of a full spool is as.. */
	bool full;      /* ..this says */
	usec judged_at; /* the same */
	usec judging;   /* so long it took */
	size_t burst;   /* bodies since the last rest */
};

static json_t *
text_or_null(const char *text)
{
	return text == NULL ? json_null() : json_string(text);
}

static const char *
or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

static json_t *
state_json(const struct worker_self *w, const struct db_rows *rows, size_t i)
{
	const char *name = db_cell(rows, i, 0);
	const bool same =
	    contract_same(config_feed(&w->cfg, name), db_cell(rows, i, 4));

	return json_pack("{s:s,s:b,s:o,s:o,s:o}", "feed", name, "folder",
	    strcmp(or_empty(db_cell(rows, i, 5)), "t") == 0, "checked_at",
	    text_or_null(db_cell(rows, i, 1)), "etag",
	    text_or_null(same ? db_cell(rows, i, 2) : NULL), "last_modified",
	    text_or_null(same ? db_cell(rows, i, 3) : NULL));
}

/* What the loop must know of each feed to keep its calendar. */
static bool
tell_ready(struct worker_self *w, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	json_t *list = json_array();
	struct db_rows rows;

	if (!db_rows(w->session.db,
		&(struct db_query){
		    "select feed,"
		    " (extract(epoch from checked_at) * 1000000)::bigint, etag,"
		    " last_modified, contract,"
		    " error like 'its folder: %' from kpid.feed_states()",
		    NULL, 0 },
		&mem, &rows, err)) {
		json_decref(list);
		return false;
	}
	for (size_t i = 0; i < rows.n; i++)
		(void)json_array_append_new(list, state_json(w, &rows, i));
	json_t *ready = json_pack("{s:o}", "ready", list);

	if (awaited_retries(w->session.db, ready, err)
	    && awaited_add(w->session.db, &w->cfg, ready, err))
		return wire_send(w->fd, ready, err);
	json_decref(ready);
	return false;
}

static const char *
counts_text(const struct load_result *r, struct arena *mem)
{
	if (r->outcome == LOAD_FAILED || r->outcome == LOAD_HELD
	    || r->outcome == LOAD_REFUSED)
		return arena_strdup(mem, r->err.msg);
	return arena_printf(mem,
	    "delivery %d: read %llu, inserted %llu, "
	    "revised %llu, unchanged %llu, rejected %llu",
	    r->delivery, (unsigned long long)r->read,
	    (unsigned long long)r->inserted, (unsigned long long)r->revised,
	    (unsigned long long)r->unchanged, (unsigned long long)r->rejected);
}

/* The feeds of spooled bodies; a body of a feed that is no longer configured
 * is set aside. *n: how many remain. */
static bool
read_jobs(struct worker_self *w, const json_t *ids, json_t *again,
    struct arena *mem, struct load_batch *batch, struct kpid_err *err)
{
	struct load_job *jobs =
	    arena_array(mem, json_array_size(ids), sizeof(*jobs));
	size_t n = 0;

	for (size_t i = 0; i < json_array_size(ids); i++) {
		const char *id = json_string_value(json_array_get(ids, i));
		struct spool_meta meta;
		struct kpid_err bad = { 0 };
		const struct feed *feed;
		int fd;

		if (!spool_read(w->spool, id, mem, &meta, &fd, &bad)) {
			if (!spool_has(w->spool, id))
				continue;
			if (bad.retry) {
				*err = bad;
				return false;
			}
			if (!damage_set_aside(w->spool, id, bad.msg, again,
				err))
				return false;
			continue;
		}
		if (!hand_or_feed(&w->cfg, meta.feed, fd, mem, &feed, &bad)) {
			log_error("spool", "%s", bad.msg);
			feed = NULL;
		}
		(void)close(fd);
		if (feed != NULL)
			jobs[n++] = (struct load_job){ .feed = feed,
				.spool_id = arena_strdup(mem, id) };
		else if (!spool_set_aside(w->spool, id,
			     "its feed is not "
			     "configured any more",
			     err))
			return false;
	}
	*batch = (struct load_batch){ .jobs = jobs, .n = n };
	return true;
}

static json_t *
results_json(const struct load_batch *batch, const struct load_result *results,
    struct arena *mem)
{
	json_t *list = json_array();

	for (size_t i = 0; i < batch->n; i++)
		(void)json_array_append_new(list,
		    json_pack("{s:s,s:s,s:s,s:s,s:[I,I,I,I,I]}", "id",
			batch->jobs[i].spool_id, "feed", results[i].feed->name,
			"outcome", load_outcome_text(results[i].outcome),
			"text", counts_text(&results[i], mem), "rows",
			(json_int_t)results[i].read,
			(json_int_t)results[i].inserted,
			(json_int_t)results[i].revised,
			(json_int_t)results[i].unchanged,
			(json_int_t)results[i].rejected));
	return list;
}

/* All in one statement, as many as there are; a word of a feed that is no
 * longer configured is dropped. What cannot be put for good is told here: no
 * body is to blame for it. */
static bool
do_checked(struct worker_self *w, json_t *checked, struct kpid_err *err)
{
	struct kpid_err failed = { 0 };
	const char *name;
	json_t *error;
	size_t n = 0;
	void *next;

	json_object_foreach_safe(checked, next, name, error)
	{
		if (config_feed(&w->cfg, name) == NULL)
			(void)json_object_del(checked, name);
	}
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct work_check *list =
	    arena_array(&mem, json_object_size(checked), sizeof(*list));

	json_object_foreach(checked, name, error) list[n++] =
	    (struct work_check){ name, json_string_value(error) };
	const bool ok = work_checked(w->session.db, list, n, &failed);

	if (!ok && failed.retry) {
		*err = failed;
		return false;
	}
	if (!ok)
		log_warn("loader", "%s", failed.msg);
	return true;
}

/* What a request came to. results: of the bodies that the database has, none
 * before; again: feeds to fetch again. */
struct answer {
	json_t *results, *again;
	json_t *look_at; /* when to ask again; NULL: judging failed */
};

/* Somebody hears of a full spool before it drains, and when it has. */
static bool
do_room(struct worker_self *w, bool full, struct kpid_err *err)
{
	if (w->room_told && w->full == full)
		return true;
	if (!work_room(w->session.db, full, err))
		return false;
	w->room_told = true;
	w->full = full;
	return true;
}

/* The bodies of these ids, in one batch. */
static bool
do_load(struct worker_self *w, const json_t *ids, struct answer *a,
    struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct load_batch batch;
	struct load_result *list;

	if (!read_jobs(w, ids, a->again, &mem, &batch, err))
		return false;
	list = arena_array(&mem, batch.n, sizeof(*list));
	if (batch.n > 0
	    && !work_load(w->session.db, &w->cfg, w->spool, &batch, list, err))
		return false;
	damage_found(list, batch.n, a->again);
	json_decref(a->results);
	a->results = results_json(&batch, list, &mem);
	return true;
}

/* Judges what is owed; the mailer is woken by the database itself. more:
 * bodies will come, so that judging can wait, too, for a while. */
static bool
do_judge(struct worker_self *w, bool more, json_t **look_at,
    struct kpid_err *err)
{
	struct work_judged judged;
	const usec now = clock_now();
	const usec pause = JUDGE_PART * w->judging;
	const usec again =
	    w->judged_at + (pause > JUDGE_PAUSE_US ? pause : JUDGE_PAUSE_US);

	if (more && !w->cfg.clock_fixed && now >= w->judged_at && now < again) {
		*look_at = json_integer((json_int_t)again);
		return true;
	}
	if (!work_judge(w->session.db, &w->cfg, &judged, err))
		return false;
	w->judged_at = clock_now();
	w->judging = w->judged_at - now;
	*look_at = json_integer((json_int_t)judged.look_at);
	if (judged.counts.mails > 0)
		log_info("evaluate",
		    "%ld targets judged, %ld alerts opened, "
		    "%ld closed, %ld mails",
		    judged.counts.evaluated, judged.counts.opened,
		    judged.counts.closed, judged.counts.mails);
	return true;
}

/* Once a day, at a turn of the day that wakes the loader anyhow. What cannot
 * be done today is tried tomorrow. */
static void
do_prune(struct worker_self *w)
{
	struct prune_counts counts;
	struct kpid_err err = { 0 };
	const usec now = clock_now();

	if (!prune_wanted(&w->cfg)
	    || (w->pruned_at != 0 && now - w->pruned_at < PRUNE_EVERY_US))
		return;
	w->pruned_at = now;
	if (!bodies_prune(w->session.db, &w->cfg, false, &counts, &err))
		log_warn("prune", "%s", err.msg);
	else if (counts.bodies > 0)
		log_info("prune", "%llu bodies given up, %llu bytes",
		    (unsigned long long)counts.bodies,
		    (unsigned long long)counts.bytes);
}

static bool
do_request(struct worker_self *w, const json_t *request, struct answer *a,
    json_t *answer, struct kpid_err *err)
{
	return do_room(w, json_is_true(json_object_get(request, "full")), err)
	    && do_checked(w, json_object_get(request, "checked"), err)
	    && do_load(w, json_object_get(request, "ids"), a, err)
	    && do_judge(w, json_is_true(json_object_get(request, "more")),
		&a->look_at, err)
	    && awaited_add(w->session.db, &w->cfg, answer, err)
	    && awaited_next(w->session.db, &w->cfg, answer, a->results,
		json_object_get(request, "checked"), err);
}

/* What a rush of bodies has needed goes back to the system when the last of
 * them is in, as in the loop. */
static void
rest(struct worker_self *w, const json_t *request)
{
	w->burst += json_array_size(json_object_get(request, "ids"));
	if (w->burst < BURST || json_is_true(json_object_get(request, "more")))
		return;
	(void)malloc_trim(0);
	w->burst = 0;
}

/* One request, one answer. A failure that a new connection may cure ends the
 * process after telling it: the loop starts another. */
static bool
serve_request(struct worker_self *w, const json_t *request,
    struct kpid_err *err)
{
	struct kpid_err failed = { 0 };
	struct answer a = { json_array(), json_array(), NULL };
	json_t *answer = json_object();
	const bool ok = do_request(w, request, &a, answer, &failed);

	if (ok && json_is_true(json_object_get(request, "day")))
		do_prune(w);
	(void)json_object_update_new(answer,
	    json_pack("{s:o,s:o,s:o,s:b,s:o}", "done", a.results, "again",
		a.again, "error", text_or_null(ok ? NULL : failed.msg), "retry",
		(int)failed.retry, "look_at",
		a.look_at != NULL ? a.look_at : json_null()));
	if (!wire_send(w->fd, answer, err))
		return false;
	rest(w, request);
	if (!ok && failed.retry)
		*err = failed;
	return ok || !failed.retry;
}

/* Another session owes an evaluation: the loop asks for it, as for all. */
static bool
tell_owed(struct worker_self *w, struct kpid_err *err)
{
	bool any;

	if (!db_notified(w->session.db, &any, err))
		return false;
	return !any || wire_send(w->fd, json_pack("{s:b}", "owed", 1), err);
}

static bool
serve_requests(struct worker_self *w, enum worker_kind kind,
    struct kpid_err *err)
{
	struct pollfd p[2] = { { .fd = w->fd, .events = POLLIN },
		{ .fd = db_socket(w->session.db), .events = POLLIN } };
	json_t *request;

	for (;;) {
		enum wire_state state = wire_receive(w->fd, &w->in, &request);
		bool ok = true;

		if (state == WIRE_CLOSED)
			return true;
		if (state == WIRE_MESSAGE) {
			ok = kind == WORKER_LOADER
			    ? serve_request(w, request, err)
			    : claimer_serve(w->session.db, &w->cfg, w->fd,
				request, err);
			json_decref(request);
		} else {
			(void)poll(p, ARRAY_LEN(p), -1);
		}
		if (!ok || (kind == WORKER_LOADER && !tell_owed(w, err)))
			return false;
	}
}

/* Of the goals and targets nothing stays. */
static bool
sync_config(struct worker_self *w, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };

	return session_sync(&w->session, &w->cfg, &mem, err);
}

static bool
start(struct worker_self *w, enum worker_kind kind, struct kpid_err *err)
{
	if (!session_open(&w->cfg, DB_ROLE_COLLECTOR, &w->mem, NULL,
		&w->session, err)
	    || !spool_open(w->cfg.state_dir, &w->mem, &w->spool, err))
		return false;
	if (kind == WORKER_MAILER)
		return true;
	if (kind == WORKER_CLAIMER)
		return claimer_ready(w->fd, err);
	return sync_config(w, err) && db_listen_owed(w->session.db, err)
	    && tell_ready(w, err);
}

const char *
worker_name(enum worker_kind kind)
{
	static const char *const names[] = { [WORKER_LOADER] = "loader",
		[WORKER_MAILER] = "mailer",
		[WORKER_CLAIMER] = "claimer" };

	return names[kind];
}

/* The loop writes it: it knows how often it was told by those before. */
static void
tell_end(int fd, const char *subject, const char *why)
{
	struct kpid_err gone = { 0 };

	if (!wire_send(fd, json_pack("{s:s}", "ended", why), &gone))
		log_error(subject, "%s", why);
}

/* The mailer and the claimer know no feeds: what is said of one comes from the
 * loop and the database. */
static bool
read_config(const char *path, enum worker_kind kind, struct worker_self *w,
    struct problems *all)
{
	return kind == WORKER_LOADER
	    ? config_load(path, &w->mem, &w->cfg, all)
	    : config_load_service(path, &w->mem, &w->cfg, all);
}

int
worker_run(enum worker_kind kind, const char *config_path, int fd)
{
	const char *subject = worker_name(kind);
	char process[16];
	struct worker_self w = { .fd = fd };
	struct problems all = { .mem = &w.mem };
	struct kpid_err err = { 0 };
	bool ok;

	/* Started as /proc/self/exe, it would be called "exe". */
	(void)snprintf(process, sizeof(process), "kpid-%s", subject);
	(void)prctl(PR_SET_NAME, process);
	if (!read_config(config_path, kind, &w, &all)) {
		tell_end(fd, subject,
		    arena_printf(&w.mem, "%s: %s",
			problem_place(all.list[0].file, all.list[0].line,
			    &w.mem),
			all.list[0].text));
		arena_release(&w.mem);
		return EXIT_CONFIG;
	}
	buf_init(&w.in, WIRE_BYTES);
	log_set_repeats(arena_alloc(&w.mem, sizeof(struct log_repeats)));
	ok = start(&w, kind, &err)
	    && (kind == WORKER_MAILER
		    ? mailer_serve(w.session.db, &w.cfg, fd, &err)
		    : serve_requests(&w, kind, &err));
	if (!ok)
		tell_end(fd, subject, err.msg);
	log_set_repeats(NULL);
	session_close(&w.session);
	buf_release(&w.in);
	arena_release(&w.mem);
	return ok ? 0 : err.retry ? EXIT_LATER : EXIT_CONFIG;
}
