/* The one place that waits. */
#include <curl/curl.h>
#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "kpid/cluster.h"
#include "kpid/log.h"
#include "loop.h"

#define IDLE_MS      3600000 /* timers and descriptors wake it */
#define BURST        64      /* transfers; fewer leave nothing worth a look */
/* Most loads end within it; one that does not is begun again by the next
 * daemon, from the spool. */
#define STOP_WAIT_US (5 * (usec)1000000)

/* Blocked before curl makes threads, which inherit the mask. */
static bool
open_descriptors(struct loop *l, struct kpid_err *err)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGHUP);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
	l->signal_fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	l->timer_fd =
	    timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
	if (l->signal_fd < 0 || l->timer_fd < 0)
		return err_set(err, KPID_EINTERNAL,
		    "could not open a signal "
		    "or timer descriptor: %s",
		    strerror(errno));
	return true;
}

static void
read_signals(struct loop *l)
{
	struct signalfd_siginfo info;

	while (read(l->signal_fd, &info, sizeof(info)) == sizeof(info)) {
		if (info.ssi_signo == SIGHUP) {
			reload(l);
		} else if (!l->stopping) {
			log_info("daemon", "ending");
			manager_tell(&l->manager, "STOPPING=1");
			l->stopping = true;
			l->stop_by = clock_now() + STOP_WAIT_US;
		}
	}
}

static usec
earliest(const struct loop *l)
{
	const struct helper *const helpers[] = { &l->loader, &l->mailer,
		&l->claimer };
	usec at = l->clock.fixed ? INT64_MAX : calendar_next(l);

	/* Of the rest nothing is begun any more. */
	if (l->stopping)
		return manager_next(&l->manager) < l->stop_by
		    ? manager_next(&l->manager)
		    : l->stop_by;
	for (size_t i = 0; i < ARRAY_LEN(helpers); i++)
		if (helpers[i]->pid == 0 && helpers[i]->restart_at < at)
			at = helpers[i]->restart_at;
	if (l->full && l->room_at < at)
		at = l->room_at;
	if (l->gather_by != 0 && l->gather_by < at)
		at = l->gather_by;
	if (l->next != NULL && l->swap_by < at)
		at = l->swap_by;
	if (l->next == NULL && drops_next(l) < at)
		at = drops_next(l);
	if (leases_next(l) < at)
		at = leases_next(l);
	if (manager_next(&l->manager) < at)
		at = manager_next(&l->manager);
	return at;
}

/* Somebody set the clock, or the machine slept. */
static void
clock_set(struct loop *l)
{
	struct helper *const helpers[] = { &l->loader, &l->mailer,
		&l->claimer };
	const usec stop_by = clock_now() + STOP_WAIT_US;
	const usec swap_by = clock_now() + SWAP_WAIT_US;

	calendar_clock_set(l);
	leases_clock_set(l);
	drops_clock_set(l);
	l->room_at = l->gather_by = 0;
	if (stop_by < l->stop_by)
		l->stop_by = stop_by;
	if (swap_by < l->swap_by)
		l->swap_by = swap_by;
	for (size_t i = 0; i < ARRAY_LEN(helpers); i++)
		if (helpers[i]->pid == 0 && helpers[i]->restart_at != INT64_MAX)
			helpers[i]->restart_at = clock_now();
}

/* Absolute, and cancelled by a jump of the clock, which is a wake-up too.
 * false: it jumped since the last look; that is told once, and `at` is of
 * before. */
static bool
arm_timer_at(const struct loop *l, usec at)
{
	struct itimerspec spec = { 0 };

	if (at != INT64_MAX) {
		if (at < 1)
			at = 1;
		spec.it_value.tv_sec = at / 1000000;
		spec.it_value.tv_nsec = at % 1000000 * 1000;
	}
	return timerfd_settime(l->timer_fd,
		   TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, NULL)
	    == 0
	    || errno != ECANCELED;
}

static void
arm_timer(struct loop *l)
{
	if (arm_timer_at(l, earliest(l)))
		return;
	clock_set(l);
	/* Another jump by now makes it ring at once. */
	if (!arm_timer_at(l, earliest(l)))
		(void)!arm_timer_at(l, 1);
}

static void
read_timer(struct loop *l)
{
	uint64_t n;

	if (read(l->timer_fd, &n, sizeof(n)) < 0 && errno == ECANCELED)
		clock_set(l);
}

static bool
wait_for_something(struct loop *l, struct kpid_err *err)
{
	struct curl_waitfd fds[6] = {
		{ .fd = l->signal_fd, .events = CURL_WAIT_POLLIN },
		{ .fd = l->timer_fd, .events = CURL_WAIT_POLLIN },
	};
	struct helper *const helpers[] = { &l->loader, &l->mailer,
		&l->claimer };
	unsigned n = 2;

	for (size_t i = 0; i < ARRAY_LEN(helpers); i++)
		if (helpers[i]->pid != 0)
			fds[n++] = (struct curl_waitfd){ helpers[i]->fd,
				CURL_WAIT_POLLIN, 0 };
	if (l->health != NULL)
		fds[n++] = (struct curl_waitfd){ health_fd(l->health),
			CURL_WAIT_POLLIN, 0 };
	if (l->inotify_fd >= 0)
		fds[n++] =
		    (struct curl_waitfd){ l->inotify_fd, CURL_WAIT_POLLIN, 0 };
	arm_timer(l);
	if (!fetcher_poll(l->fetcher, fds, n,
		health_wait_ms(l->health, IDLE_MS), err)
	    || !fetcher_step(l->fetcher, err))
		return false;
	health_step(l->health);
	read_timer(l);
	drops_read(l);
	read_signals(l);
	for (size_t i = 0; i < ARRAY_LEN(helpers); i++)
		if (helpers[i]->pid != 0)
			helper_read(l, helpers[i]);
	return true;
}

static void
restart_helpers(struct loop *l)
{
	struct helper *const helpers[] = { &l->loader, &l->mailer,
		&l->claimer };
	const usec now = clock_now();

	for (size_t i = 0; i < ARRAY_LEN(helpers); i++)
		if (helpers[i]->pid == 0 && helpers[i]->restart_at <= now
		    && (helpers[i] != &l->mailer || l->cfg->mail.set))
			helper_start(l, helpers[i]);
	if (!l->cfg->mail.set)
		l->mailer.restart_at = INT64_MAX;
}

/* What is being loaded is finished, within a bound. */
static bool
may_stop(const struct loop *l)
{
	return l->stopping && (!l->loader.busy || clock_now() >= l->stop_by);
}

/* What many transfers at once have needed goes back to the system when the last
 * has ended. glibc would keep it: between its pieces lie others that stay. */
static void
rest(struct loop *l)
{
	uint64_t n = 0;

	for (size_t i = 0; i < FETCHED_KINDS; i++)
		n += l->tally.fetches[i];
	if (n - l->rested_at < BURST || fetcher_running(l->fetcher) > 0
	    || l->pending.n + l->working.n > 0)
		return;
	(void)malloc_trim(0);
	l->rested_at = n;
}

static bool
turn(struct loop *l, struct kpid_err *err)
{
	if (!l->stopping) {
		if (!reload_swap(l, err))
			return false;
		restart_helpers(l);
		calendar_turn_day(l);
		bodies_watch(l);
		if (l->next == NULL) {
			calendar_start_due(l);
			drops_start_due(l);
		}
		leases_step(l);
		helper_feed(l);
		rest(l);
	}
	if (!wait_for_something(l, err))
		return false;
	return !l->fatal ? true
			 : err_set(err, KPID_ECONFIG,
			     "a worker cannot go on; its reason stands above");
}

static bool
run(struct loop *l, struct kpid_err *err)
{
	if (!open_descriptors(l, err) || !parts_open(l, err)
	    || !instance_open(l->cfg->state_dir, &l->instance, err)
	    || !bodies_left_over(l, err))
		return false;
	leases_adopt(l);
	log_info("daemon", "running, %zu feeds", l->n_feeds);
	manager_tell(&l->manager, "READY=1");
	while (!may_stop(l)) {
		manager_beat(&l->manager, clock_now());
		if (!turn(l, err))
			return false;
	}
	return true;
}

static void
loop_close(struct loop *l)
{
	leases_close(l);
	helper_stop(&l->loader);
	helper_stop(&l->mailer);
	helper_stop(&l->claimer);
	parts_close(l);
	instance_close(&l->instance);
	id_clear(&l->pending);
	id_clear(&l->working);
	json_decref(l->checked);
	json_decref(l->looked);
	if (l->next != NULL) {
		arena_release(&l->next->mem);
		free(l->next);
	}
	if (l->signal_fd >= 0)
		(void)close(l->signal_fd);
	if (l->timer_fd >= 0)
		(void)close(l->timer_fd);
	arena_release(&l->view_mem);
	arena_release(&l->holiday_mem);
	arena_release(&l->mem);
}

bool
daemon_run(const char *config_path, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct loop l = { .config_path = config_path,
		.signal_fd = -1,
		.inotify_fd = -1,
		.timer_fd = -1,
		.checked = json_object(),
		.looked = json_object(),
		.tally = { .started_at = clock_now() },
		.loader = { .kind = WORKER_LOADER },
		.mailer = { .kind = WORKER_MAILER },
		.claimer = { .kind = WORKER_CLAIMER },
		.instance = { .fd = -1 } };
	struct cluster *cluster = NULL;
	bool ok;

	l.repeats = arena_alloc(&mem, sizeof(*l.repeats));
	log_set_repeats(l.repeats);

	l.cfg = arena_alloc(&l.mem, sizeof(*l.cfg));
	manager_open(&l.manager);
	ok = reload_read(config_path, &l.mem, l.cfg, err)
	    && cluster_open(l.cfg, &mem, NULL, &cluster, err) && run(&l, err);
	loop_close(&l);
	cluster_close(cluster);
	manager_close(&l.manager);
	log_set_repeats(NULL);
	if (ok)
		log_info("daemon", "ended");
	return ok;
}
