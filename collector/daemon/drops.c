/*
 * Drop folders of the daemon: the kernel says when a file was put into one,
 * and nobody looks before. The schedule is for file systems of which it cannot
 * say so.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "kpid/drop.h"
#include "kpid/log.h"
#include "loop.h"

#define AT_ONCE   64 /* claimed files, each with a descriptor */
#define UNSEEN_US (300 * (usec)1000000) /* between looks where none watches */
/* IN_ATTRIB: it may be read now. */
#define PUT       (IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ATTRIB)

/* A file that was taken, until it is loaded. */
struct drop_claim {
	struct loop *loop;
	struct feed_run *run;
	struct drop_file *file;
	char *id; /* in the spool; NULL: not yet */
	bool ended;
};

/* All that were taken at once. */
struct drop_turn {
	struct arena mem;
	struct drop_files files;
	struct drop_claim *claims;
	size_t open;
	bool more;
};

static void
subject_of(const struct feed_run *r, char out[128])
{
	(void)snprintf(out, 128, "feed %s", r->feed->name);
}

static void
turn_free(struct feed_run *r)
{
	struct drop_turn *t = r->drop;

	if (t == NULL)
		return;
	for (size_t i = 0; i < t->files.n; i++) {
		drop_release(&t->files.list[i]);
		free(t->claims[i].id);
	}
	arena_release(&t->mem);
	free(t);
	r->drop = NULL;
}

/* Again with each look, where it could not be done; NULL: it is watched, else
 * why not, in mem. */
static const char *
watch(const struct loop *l, struct feed_run *r, struct arena *mem)
{
	struct kpid_err err = { 0 };
	const char *dir = "";

	if (r->watch < 0 && drop_dir(r->feed, mem, &dir, &err))
		r->watch = inotify_add_watch(l->inotify_fd, dir, PUT);
	return r->watch >= 0 ? NULL
			     : arena_printf(mem, "could not watch '%s': %s",
				 dir, strerror(errno));
}

/* With words by which a later start knows that it was no file's fault
 * (worker.c). */
static void
tell_checked(struct loop *l, const struct feed_run *r, const char *why)
{
	char text[KPID_ERR_MAX];

	(void)snprintf(text, sizeof(text), "its folder: %s",
	    why == NULL ? "" : why);
	helper_tell_checked(l, r->feed->name, why == NULL ? NULL : text);
}

/* What lasts is logged once, and its end; the database counts the failures.
 * why: NULL when it is well. */
static void
tell(struct loop *l, struct feed_run *r, const char *why, bool failed)
{
	const char *before = r->drop_trouble;
	const bool same = why == NULL
	    ? before == NULL
	    : before != NULL && strcmp(why, before) == 0;
	char subject[128];

	if (failed || r->drop_failed)
		tell_checked(l, r, failed ? why : NULL);
	r->drop_failed = failed;
	if (same)
		return;
	subject_of(r, subject);
	if (why == NULL)
		log_info(subject, "its folder is well again");
	else
		log_run(failed ? LOG_LEVEL_ERROR : LOG_LEVEL_WARN, subject,
		    NULL, "%s; it is looked at every five minutes", why);
	free(r->drop_trouble);
	r->drop_trouble = why == NULL ? NULL : strdup(why);
}

void
drops_open(struct loop *l)
{
	l->inotify_fd = -1;
	for (size_t i = 0; i < l->n_feeds; i++) {
		l->feeds[i].watch = -1;
		l->feeds[i].drop_at = INT64_MAX;
		if (!l->feeds[i].feed->drop.set)
			continue;
		l->feeds[i].drop_at = 0; /* what came while nobody ran */
		if (l->inotify_fd < 0)
			l->inotify_fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	}
}

/* What is claimed stays so, and is taken again by whoever comes next: the
 * database knows what it has. */
void
drops_close(struct loop *l)
{
	for (size_t i = 0; i < l->n_feeds; i++) {
		turn_free(&l->feeds[i]);
		free(l->feeds[i].drop_trouble);
		l->feeds[i].drop_trouble = NULL;
	}
	if (l->inotify_fd >= 0)
		(void)close(l->inotify_fd);
	l->inotify_fd = -1;
}

static void
look_by(struct feed_run *r, usec at)
{
	if (at < r->drop_at)
		r->drop_at = at;
}

static void
noticed(struct loop *l, const struct inotify_event *e)
{
	for (size_t i = 0; i < l->n_feeds; i++) {
		struct feed_run *r = &l->feeds[i];

		if (!r->feed->drop.set
		    || ((e->mask & IN_Q_OVERFLOW) == 0 && r->watch != e->wd))
			continue;
		look_by(r,
		    clock_now() + r->feed->drop.settle_s * (usec)1000000);
		if ((e->mask & IN_IGNORED) != 0)
			r->watch = -1; /* the directory is gone */
	}
}

void
drops_read(struct loop *l)
{
	_Alignas(struct inotify_event) char events[4096];
	ssize_t n;

	if (l->inotify_fd < 0)
		return;
	while ((n = read(l->inotify_fd, events, sizeof(events))) > 0)
		for (ssize_t at = 0; at < n;) {
			const struct inotify_event *e =
			    (const void *)(events + at);

			noticed(l, e);
			at += (ssize_t)(sizeof(*e) + e->len);
		}
}

/* All of them are loaded: there may be others by now. */
static void
turn_close(struct feed_run *r)
{
	const bool more = r->drop->more;

	if (r->drop->open > 0)
		return;
	turn_free(r);
	if (more || r->feed->drop.then != DROP_KEEP)
		look_by(r, 0);
}

static void
end(struct drop_claim *c, bool good)
{
	struct kpid_err err = { 0 };
	struct feed_run *r = c->run;
	char subject[128];

	subject_of(r, subject);
	c->ended = true;
	if (!drop_finish(c->loop->cfg, r->feed, c->file, good, &err))
		log_error(subject, "'%s' stays claimed: %s", c->file->name,
		    err.msg);
	r->drop->open--;
}

/* It stays claimed, and is taken again after a while. */
static void
let_go(struct drop_claim *c)
{
	struct feed_run *r = c->run;

	drop_release(c->file);
	end(c, false);
	turn_close(r);
	r->drop_seen = 0; /* what stays in its place, too */
	r->drop_at = clock_now() + r->feed->drop.settle_s * (usec)1000000;
}

/* The body is in the spool; one that changed while it was read comes again. */
static void
taken(void *ctx, const struct fetched *f)
{
	struct drop_claim *c = ctx;
	struct feed_run *r = c->run;

	if (f->outcome == FETCH_BODY)
		c->id = strdup(f->meta.id);
	turn_fetched(c->loop, f);
	if (f->outcome == FETCH_BODY)
		return;
	if (f->err.retry) {
		let_go(c);
		return;
	}
	end(c, false);
	turn_close(r);
}

static struct drop_turn *
turn_new(struct loop *l, struct feed_run *r, struct kpid_err *err)
{
	const bool keep = r->feed->drop.then == DROP_KEEP;
	const struct drop_wish wish = { .most = keep ? SIZE_MAX : AT_ONCE,
		.claim = true,
		.after = keep ? r->drop_seen : 0 };
	struct drop_turn *t = calloc(1, sizeof(*t));

	if (t == NULL)
		fatal("out of memory");
	if (!drop_take(l->cfg, r->feed, &wish, &t->mem, &t->files, err)) {
		arena_release(&t->mem);
		free(t);
		return NULL;
	}
	t->more = t->files.more;
	t->open = t->files.n;
	t->claims = arena_array(&t->mem, t->files.n, sizeof(*t->claims));
	return t;
}

static void
turn_start(struct loop *l, struct feed_run *r)
{
	struct drop_turn *t = r->drop;

	turn_open(l, r, t->files.n);
	for (size_t i = 0; i < t->files.n; i++) {
		struct drop_file *file = &t->files.list[i];

		t->claims[i] =
		    (struct drop_claim){ .loop = l, .run = r, .file = file };
		fetcher_start(l->fetcher,
		    &(struct fetch_request){ .feed = r->feed,
			.url = file->url,
			.now = clock_read(&l->clock),
			.fd = file->fd >= 0 ? &file->fd : NULL },
		    taken, &t->claims[i]);
	}
}

/* true: there is something to take. */
static bool
look(struct loop *l, struct feed_run *r)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const usec settled =
	    clock_now() - r->feed->drop.settle_s * (usec)1000000;
	const char *unseen = watch(l, r, &mem);
	struct kpid_err err = { 0 };

	/* A directory that is not there may come, unseen. */
	r->drop_at = unseen == NULL ? INT64_MAX : clock_now() + UNSEEN_US;
	r->drop = turn_new(l, r, &err);
	if (r->drop != NULL && r->drop->files.unread != NULL)
		tell(l, r, r->drop->files.unread, true);
	else
		tell(l, r, r->drop == NULL ? err.msg : unseen, r->drop == NULL);
	if (r->drop == NULL)
		return false;
	if (r->drop_failed)
		r->drop_at = clock_now() + UNSEEN_US;
	r->drop_seen = settled;
	look_by(r, r->drop->files.again);
	if (r->drop->files.n > 0)
		return true;
	turn_free(r);
	return false;
}

void
drops_learn(struct loop *l, const char *feed, bool told)
{
	struct feed_run *r = feed == NULL ? NULL : calendar_find(l, feed);

	if (r == NULL || !r->feed->drop.set || (!told && !r->drop_failed))
		return;
	r->drop_failed = true;
	look_by(r, 0);
}

void
drops_start_due(struct loop *l)
{
	for (size_t i = 0; i < l->n_feeds && !l->full; i++) {
		struct feed_run *r = &l->feeds[i];

		if (r->feed->drop.set && r->drop == NULL
		    && r->drop_at <= clock_now() && look(l, r))
			turn_start(l, r);
	}
}

void
drops_clock_set(struct loop *l)
{
	for (size_t i = 0; i < l->n_feeds; i++)
		if (l->feeds[i].feed->drop.set)
			l->feeds[i].drop_at = 0;
}

usec
drops_next(const struct loop *l)
{
	usec next = INT64_MAX;

	for (size_t i = 0; i < l->n_feeds && !l->full; i++)
		if (l->feeds[i].drop == NULL && l->feeds[i].drop_at < next)
			next = l->feeds[i].drop_at;
	return next;
}

static struct drop_claim *
claim_find(const struct loop *l, const char *id)
{
	for (size_t i = 0; i < l->n_feeds; i++) {
		const struct drop_turn *t = l->feeds[i].drop;

		for (size_t k = 0; t != NULL && k < t->files.n; k++) {
			struct drop_claim *c = &t->claims[k];

			if (!c->ended && c->id != NULL
			    && strcmp(c->id, id) == 0)
				return c;
		}
	}
	return NULL;
}

void
drops_loaded(struct loop *l, const char *id, bool good)
{
	struct drop_claim *c = claim_find(l, id);
	struct feed_run *r;

	if (c == NULL)
		return;
	r = c->run;
	end(c, good);
	turn_close(r);
}

void
drops_again(struct loop *l, const char *id)
{
	struct drop_claim *c = claim_find(l, id);

	if (c == NULL)
		return;
	let_go(c);
}
