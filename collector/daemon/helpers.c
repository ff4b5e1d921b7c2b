/* Starting, feeding and losing the worker processes. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kpid/log.h"
#include "loop.h"
#include "wire.h"

#define EXIT_LATER    75
#define EXIT_CONFIG   78
#define CHILD_FD      3
#define END_WAIT_MS   15000 /* for a worker that was asked to end */
#define CLAIM_WAIT_MS 1000  /* for the claimer's last words */
#define STEADY_US     (60 * (usec)1000000) /* runs so long: no pause */

static const char *
kind_name(const struct helper *h)
{
	return worker_name(h->kind);
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
	(void)posix_spawnattr_setflags(&attr,
	    POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
		| POSIX_SPAWN_SETPGROUP);
	code = posix_spawn(pid, "/proc/self/exe", &files, &attr, argv, environ);
	(void)posix_spawnattr_destroy(&attr);
	(void)posix_spawn_file_actions_destroy(&files);
	return code;
}

/* 1, 2, 4 .. 60 seconds. */
static void
pause_helper(struct helper *h)
{
	int n = ++h->failures;
	int seconds = n > 6 ? 60 : 1 << (n - 1);

	h->restart_at = clock_now() + seconds * (usec)1000000;
}

/* A socket pair of which the child's end is not CHILD_FD: dup2 onto itself
 * would keep close-on-exec. false: errno says why. */
static bool
make_pair(int pair[2])
{
	int raw[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, raw) != 0)
		return false;
	pair[0] = raw[0];
	pair[1] = fcntl(raw[1], F_DUPFD_CLOEXEC, CHILD_FD + 1);
	int code = errno;

	(void)close(raw[1]);
	if (pair[1] >= 0)
		return true;
	(void)close(raw[0]);
	errno = code;
	return false;
}

void
helper_start(struct loop *l, struct helper *h)
{
	int pair[2] = { -1, -1 }, code;
	pid_t pid;

	if (make_pair(pair)) {
		code = spawn(l, h, pair[1], &pid);
		(void)close(pair[1]);
		if (code != 0)
			(void)close(pair[0]);
	} else {
		code = errno;
	}
	if (code != 0) {
		log_error(kind_name(h), "could not start: %s", strerror(code));
		pause_helper(h);
		return;
	}
	h->pid = pid;
	h->fd = pair[0];
	h->ready = h->kind == WORKER_MAILER;
	h->busy = false;
	h->started_at = clock_now();
	buf_init(&h->in, WIRE_BYTES);
}

/* It ends by itself when its socket is closed, unless a server keeps it:
 * asked after so many milliseconds (-1: not). */
static int
wait_end(pid_t pid, int ask_ms)
{
	const struct timespec pause = { .tv_nsec = 10000000 };
	int status = 0;
	pid_t got;

	for (int waited = 0; (got = waitpid(pid, &status, WNOHANG)) == 0
	     || (got < 0 && errno == EINTR);
	     waited += 10) {
		if (waited == ask_ms)
			(void)kill(pid, SIGTERM);
		if (waited == END_WAIT_MS)
			(void)kill(pid, SIGKILL);
		(void)nanosleep(&pause, NULL);
	}
	return status;
}

/* Gives up the socket and reaps; the exit status. */
static int
reap(struct helper *h, int ask_ms)
{
	int status;

	(void)close(h->fd);
	h->fd = -1;
	buf_release(&h->in);
	status = wait_end(h->pid, ask_ms);
	h->pid = 0;
	h->ready = h->busy = false;
	return status;
}

void
helper_stop(struct helper *h)
{
	if (h->pid == 0)
		return;
	/* It would not see the closed socket before its work is over; what the
	 * loader loads is still on the spool, and the server gives it up when
	 * it finds its client gone. What the claimer was told is soon said. */
	(void)reap(h,
	    !h->busy                        ? -1
		: h->kind == WORKER_CLAIMER ? CLAIM_WAIT_MS
					    : 0);
}

static bool
is_crash(int signo)
{
	return signo == SIGSEGV || signo == SIGBUS || signo == SIGABRT
	    || signo == SIGFPE || signo == SIGILL || signo == SIGSYS;
}

static void
lost_loader(struct loop *l, int status, bool busy)
{
	const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;

	if (code == EXIT_LATER && l->away_since == 0)
		l->away_since = clock_now();
	/* The evaluation that it did not come to. */
	l->day_owed = l->day_owed || busy;
	if (code == 0 || code == EXIT_LATER || code == EXIT_CONFIG)
		bodies_put_back(l);
	else
		bodies_blame(l,
		    WIFSIGNALED(status) && is_crash(WTERMSIG(status)));
	/* Without a loader that ever came up there is nothing to wait for. */
	if (code == EXIT_CONFIG && !l->came_up)
		l->fatal = true;
}

static void
lost(struct loop *l, struct helper *h)
{
	const bool busy = h->busy;
	int status = reap(h, -1);

	if (l->stopping)
		return;
	if (WIFSIGNALED(status))
		log_error(kind_name(h), "died of signal %d", WTERMSIG(status));
	l->tally.restarts++;
	if (h->kind == WORKER_LOADER)
		lost_loader(l, status, busy);
	if (h->kind == WORKER_CLAIMER)
		leases_unanswered(l);
	if (clock_now() - h->started_at > STEADY_US)
		h->failures = 0;
	pause_helper(h);
}

static void
count_mails(struct loop *l, const json_t *mails)
{
	for (size_t i = 0; i < MAIL_KINDS; i++)
		l->tally.mails[i] +=
		    (uint64_t)json_integer_value(json_array_get(mails, i));
}

void
helper_read(struct loop *l, struct helper *h)
{
	json_t *message;
	enum wire_state state;

	while ((state = wire_receive(h->fd, &h->in, &message))
	    == WIRE_MESSAGE) {
		const json_t *mails = json_object_get(message, "mails");
		const char *ended =
		    json_string_value(json_object_get(message, "ended"));

		if (ended != NULL) {
			log_error(kind_name(h), "%s", ended);
		} else if (h->kind == WORKER_CLAIMER) {
			leases_answered(l, message);
		} else if (mails != NULL) {
			h->ready = true;
			count_mails(l, mails);
			l->mail_waits =
			    json_integer_value(json_object_get(message,
				"oldest"));
		} else {
			results_take(l, h, message);
		}
		json_decref(message);
	}
	if (state == WIRE_CLOSED)
		lost(l, h);
}

/* A word lost here is made good by the next check of the feed. */
void
helper_tell_checked(struct loop *l, const char *feed, const char *why)
{
	json_t *error = why == NULL ? json_null() : json_string(why);

	if (l->loader.ready)
		(void)json_object_set_new(l->checked, feed, error);
	else
		json_decref(error);
}

/* No bodies at all is a request to evaluate what is owed. One request at a
 * time: neither side ever waits for the other to read. */
void
helper_feed(struct loop *l)
{
	struct helper *h = &l->loader;
	struct kpid_err err = { 0 };

	if (h->pid == 0 || !h->ready || h->busy
	    || (l->pending.n == 0 && !l->day_owed
		&& json_object_size(l->checked) == 0)
	    || bodies_gather(l))
		return;
	json_t *ids = bodies_take(l);
	json_t *message = json_pack("{s:s,s:o,s:o,s:b,s:b,s:b}", "do", "load",
	    "ids", ids, "checked", l->checked, "day", (int)l->day_owed, "full",
	    (int)l->full, "more",
	    (int)(l->pending.n > 0 || fetcher_running(l->fetcher) > 0));

	l->checked = json_object();
	h->busy = true;
	l->day_owed = false;
	if (!wire_send(h->fd, message, &err))
		log_warn("loader", "%s", err.msg);
}
