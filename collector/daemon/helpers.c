/* Starting, feeding and losing the two worker processes. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kpid/log.h"
#include "loop.h"
#include "wire.h"

#define BATCH_MAX	64	/* bodies to one COPY and one merge */
#define EXIT_CONFIG	78
#define CHILD_FD	3

static const char *
kind_name(const struct helper *h)
{
	return h->kind == WORKER_LOADER ? "loader" : "mailer";
}

void
id_push(struct id_list *list, const char *id)
{
	if (list->n == list->cap) {
		list->cap = list->cap == 0 ? 16 : list->cap * 2;
		list->ids = reallocarray(list->ids, list->cap,
		    sizeof(*list->ids));
	}
	if (list->ids == NULL || (list->ids[list->n] = strdup(id)) == NULL)
		fatal("out of memory");
	list->n++;
}

void
id_clear(struct id_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->ids[i]);
	free(list->ids);
	*list = (struct id_list){ 0 };
}

/* Blocked signals and an ignored SIGPIPE are the loop's, not its children's;
 * a group of its own keeps Ctrl-C for the loop. */
static int
spawn(const struct loop *l, const struct helper *h, int child_fd, pid_t *pid)
{
	char fd[16];
	char *const argv[] = { "kpid", "--worker", (char *)kind_name(h),
		(char *)l->config_path, fd, NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, usual;
	int code;

	(void)snprintf(fd, sizeof(fd), "%d", CHILD_FD);
	(void)sigemptyset(&none);
	(void)sigemptyset(&usual);
	(void)sigaddset(&usual, SIGPIPE);
	(void)posix_spawn_file_actions_init(&files);
	(void)posix_spawn_file_actions_adddup2(&files, child_fd, CHILD_FD);
	(void)posix_spawnattr_init(&attr);
	(void)posix_spawnattr_setsigmask(&attr, &none);
	(void)posix_spawnattr_setsigdefault(&attr, &usual);
	(void)posix_spawnattr_setpgroup(&attr, 0);
	(void)posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK
	    | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
	code = posix_spawn(pid, "/proc/self/exe", &files, &attr, argv,
	    environ);
	(void)posix_spawnattr_destroy(&attr);
	(void)posix_spawn_file_actions_destroy(&files);
	return code;
}

void
helper_start(struct loop *l, struct helper *h)
{
	int pair[2], code;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		fatal("could not make a socket pair: %s", strerror(errno));
	/* dup2 onto itself would keep close-on-exec: never CHILD_FD. */
	int child = fcntl(pair[1], F_DUPFD_CLOEXEC, CHILD_FD + 1);

	(void)close(pair[1]);
	code = spawn(l, h, child, &h->pid);
	(void)close(child);
	if (code != 0)
		fatal("could not start a worker: %s", strerror(code));
	h->fd = pair[0];
	h->ready = h->kind == WORKER_MAILER;
	h->busy = false;
	buf_init(&h->in, WIRE_BYTES);
}

/* Gives up the socket and reaps; the exit status. */
static int
reap(struct helper *h)
{
	int status = 0;

	(void)close(h->fd);
	h->fd = -1;
	buf_release(&h->in);
	while (waitpid(h->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	h->pid = 0;
	h->ready = h->busy = false;
	return status;
}

void
helper_stop(struct helper *h)
{
	if (h->pid != 0)
		(void)reap(h);
}

/* A body on which the loader dies is put aside; when there were several, they
 * go one by one until it is found. */
static void
blame(struct loop *l)
{
	struct kpid_err err = { 0 };

	if (l->working.n == 1) {
		log_error("spool", "the loader died on body %s; set aside",
		    l->working.ids[0]);
		if (!spool_set_aside(l->spool, l->working.ids[0],
		    "the loader died on it", &err))
			log_error("spool", "%s", err.msg);
	} else {
		l->careful += l->working.n;
		for (size_t i = 0; i < l->working.n; i++)
			id_push(&l->pending, l->working.ids[i]);
	}
	id_clear(&l->working);
}

static void
put_back(struct loop *l)
{
	for (size_t i = 0; i < l->working.n; i++)
		id_push(&l->pending, l->working.ids[i]);
	id_clear(&l->working);
}

/* 1, 2, 4 .. 60 seconds. */
static usec
pause_after(int failures)
{
	int seconds = failures > 6 ? 60 : 1 << (failures - 1);

	return (seconds > 60 ? 60 : seconds) * (usec)1000000;
}

static void
lost(struct loop *l, struct helper *h)
{
	int status = reap(h);

	if (l->stopping)
		return;
	if (WIFSIGNALED(status)) {
		log_error(kind_name(h), "died of signal %d",
		    WTERMSIG(status));
		if (h->kind == WORKER_LOADER)
			blame(l);
	} else if (h->kind == WORKER_LOADER) {
		put_back(l);
	}
	/* Without a loader that ever came up there is nothing to wait for. */
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_CONFIG
	    && h->failures == 0)
		l->fatal = true;
	h->failures++;
	h->restart_at = clock_now() + pause_after(h->failures);
}

static void
learn_feeds(struct loop *l, const json_t *list)
{
	size_t i;
	const json_t *f;

	json_array_foreach(list, i, f) {
		const struct validators v = {
			json_string_value(json_object_get(f, "etag")),
			json_string_value(json_object_get(f,
			    "last_modified")),
		};

		calendar_learn(l, json_string_value(json_object_get(f,
		    "feed")), json_string_value(json_object_get(f,
		    "checked_at")), &v);
	}
}

static void
log_results(const json_t *list)
{
	size_t i;
	const json_t *r;

	json_array_foreach(list, i, r) {
		const char *outcome = json_string_value(json_object_get(r,
		    "outcome"));
		const char *text = json_string_value(json_object_get(r,
		    "text"));
		char subject[128];

		(void)snprintf(subject, sizeof(subject), "feed %s",
		    json_string_value(json_object_get(r, "feed")));
		if (strcmp(outcome, "failed") == 0)
			log_error(subject, "failed: %s", text);
		else if (strcmp(outcome, "held") == 0)
			log_warn(subject, "%s", text);
		else if (strcmp(outcome, "unchanged") == 0)
			log_info(subject, "unchanged (the same bytes)");
		else
			log_info(subject, "%s, %s", outcome, text);
	}
}

static void
done(struct loop *l, struct helper *h, const json_t *message)
{
	const char *error = json_string_value(json_object_get(message,
	    "error"));

	h->busy = false;
	log_results(json_object_get(message, "done"));
	if (error == NULL) {
		h->failures = 0;
		if (l->careful > 0 && l->working.n > 0)
			l->careful--;
		id_clear(&l->working);
		return;
	}
	log_error(kind_name(h), "%s", error);
	/* With retry it ends now, and lost() takes the bodies back. */
	if (!json_is_true(json_object_get(message, "retry")))
		blame(l);
}

void
helper_read(struct loop *l, struct helper *h)
{
	json_t *message;
	enum wire_state state;

	while ((state = wire_receive(h->fd, &h->in, &message))
	    == WIRE_MESSAGE) {
		const json_t *ready = json_object_get(message, "ready");

		if (ready != NULL) {
			h->ready = true;
			h->failures = 0;
			learn_feeds(l, ready);
		} else {
			done(l, h, message);
		}
		json_decref(message);
	}
	if (state == WIRE_CLOSED)
		lost(l, h);
}

/* A lost word here is made good by the next check of the feed. */
void
helper_tell_checked(struct loop *l, const struct fetched *f)
{
	struct helper *h = &l->loader;
	struct kpid_err err = { 0 };
	json_t *error = f->outcome == FETCH_FAILED
	    ? json_string(f->err.msg) : json_null();
	json_t *message = json_pack("{s:s,s:s,s:o}", "do", "checked", "feed",
	    f->feed->name, "error", error);

	if (h->pid == 0 || !h->ready) {
		json_decref(message);
		return;
	}
	if (!wire_send(h->fd, message, &err))
		log_warn("loader", "%s", err.msg);
}

/* No bodies at all is a request to evaluate what is owed. */
void
helper_feed(struct loop *l)
{
	struct helper *h = &l->loader;
	struct kpid_err err = { 0 };
	json_t *ids;
	size_t n = l->careful > 0 ? 1 : BATCH_MAX;

	if (h->pid == 0 || !h->ready || h->busy
	    || (l->pending.n == 0 && !l->day_owed))
		return;
	if (n > l->pending.n)
		n = l->pending.n;
	ids = json_array();
	for (size_t i = 0; i < n; i++) {
		(void)json_array_append_new(ids,
		    json_string(l->pending.ids[i]));
		id_push(&l->working, l->pending.ids[i]);
		free(l->pending.ids[i]);
	}
	l->pending.n -= n;
	if (n > 0)
		memmove(l->pending.ids, l->pending.ids + n,
		    l->pending.n * sizeof(*l->pending.ids));
	h->busy = true;
	l->day_owed = false;
	if (!wire_send(h->fd, json_pack("{s:s,s:o}", "do", "load", "ids",
	    ids), &err))
		log_warn("loader", "%s", err.msg);
}
