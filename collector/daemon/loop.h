/* What the files of the loop share. */
#ifndef DAEMON_LOOP_H
#define DAEMON_LOOP_H

#include <jansson.h>
#include <stdbool.h>
#include <sys/types.h>

#include "kpid/bytes.h"
#include "kpid/clock.h"
#include "kpid/config.h"
#include "kpid/daemon.h"
#include "kpid/fetch.h"
#include "kpid/schedule.h"
#include "kpid/spool.h"
#include "health.h"
#include "manager.h"

/* The loop's view of one feed. */
struct feed_run {
	const struct feed *feed;
	struct cron cron;
	const struct zone *zone;
	bool scheduled;
	usec next; /* due; meaningful when scheduled */
	bool fetching;
	size_t under_way; /* transfers of this turn.. */
	bool broken;      /* ..of which one has failed */
	int failures;     /* turns in a row, that may pass; sets the pause */
	usec loaded_at;   /* since this daemon began; 0: not yet */
	char *etag, *last_modified; /* malloc'd; may be NULL */
	/* Of a drop folder: */
	int watch;              /* the kernel's number; -1: it does not */
	usec drop_at;           /* look then, by the real clock */
	usec drop_seen;         /* taken up to there, where files stay */
	struct drop_turn *drop; /* files that are being loaded; or NULL */
};

/* A worker process. */
struct helper {
	enum worker_kind kind;
	pid_t pid; /* 0: not running */
	int fd;
	struct buf in;
	bool ready, busy;
	int failures; /* in a row; sets the pause */
	usec started_at;
	usec restart_at; /* when pid is 0 */
};

/* Spool IDs that wait for the loader; malloc'd texts. */
struct id_list {
	char **ids;
	size_t n, cap;
};

struct loop {
	const char *config_path;
	struct arena mem; /* of the running configuration */
	struct config *cfg;
	struct clock clock;
	struct spool *spool;
	struct fetcher *fetcher;
	struct feed_run *feeds;
	size_t n_feeds;
	struct helper loader, mailer;
	struct id_list pending; /* not yet handed over */
	struct id_list working; /* handed to the loader */
	size_t careful;         /* bodies to hand over one by one */
	int kills;              /* ends on the same one in a row */
	json_t *checked;        /* feeds that gave no body, and why */
	bool came_up;           /* a loader was ready once */
	int signal_fd, timer_fd;
	int inotify_fd; /* -1: no drop folders */
	bool stopping;
	usec stop_by;            /* real time; then no more waiting */
	const struct zone *zone; /* the configuration's */
	usec next_day;           /* its next midnight: deadlines pass */
	usec look_at;            /* something may be due; INT64_MAX: no */
	bool day_owed;           /* the loader is to look at them */
	struct loop_next *next;  /* a configuration waiting to run */
	bool fatal;              /* a worker says: cannot go on */
	struct manager manager;  /* the service manager, if one started us */
	struct tally tally;      /* since the start, over reloads */
	struct health *health;   /* NULL: nobody may ask */
	struct arena view_mem;   /* of what it was last told */
};

/* A configuration that was read and waits until no transfer runs. */
struct loop_next {
	struct arena mem;
	struct config cfg;
};

/* bodies.c: those that wait for the loader, and those that it was handed */

/* Appends a copy of id. */
void id_push(struct id_list *list, const char *id);
/* Frees all; the list is empty and can be used again. */
void id_clear(struct id_list *list);
/* The first pending bodies become the working ones: as many as go in a batch,
 * one when careful. Their IDs are the caller's. */
json_t *bodies_take(struct loop *l);
/* The database has the working ones: what fails after that is no fault of
 * theirs. */
void bodies_loaded(struct loop *l);
/* The working ones wait again, in front: a feed's bodies are loaded in the
 * order of their receipt. */
void bodies_put_back(struct loop *l);
/* The loader ended on the working ones: one alone is set aside, several go
 * one by one until it is found. certain: it was they, nothing from outside. */
void bodies_blame(struct loop *l, bool certain);

/* calendar.c: what is due and when */

/* Can every schedule and time zone be read? calendar_open needs that. */
MUST_CHECK bool calendar_check(const struct config *cfg, struct arena *mem,
    struct kpid_err *err);
/* A run of each feed of l->cfg, in l->mem. */
MUST_CHECK bool calendar_open(struct loop *l, struct kpid_err *err);
/* Forgets them; no transfer may run any more. */
void calendar_close(struct loop *l);
/* Begins the transfers that are due, each with its next turn set. */
void calendar_start_due(struct loop *l);
/* From the database: when each feed was last looked at. */
void calendar_learn(struct loop *l, const char *feed, const char *checked_us,
    const struct validators *v);
/* Notices midnight in the configuration's zone, and look_at. */
void calendar_turn_day(struct loop *l);
/* The database says when something may be due although nothing came. */
void calendar_look_at(struct loop *l, usec at);
/* The earliest instant at which something is due. */
usec calendar_next(const struct loop *l);

/* How long a feed waits after so many failures in a row that may pass; asked:
 * what its server wants at least. */
usec calendar_pause(const char *feed, int failures, usec asked);
/* What a transfer came to: log, calendar, the loader. */
void calendar_fetched(struct loop *l, const struct fetched *f);

/* drops.c: directories into which others put files */

/* Watches those of the feeds, and has each looked at once. */
void drops_open(struct loop *l);
void drops_close(struct loop *l);
/* What the kernel has noticed. */
void drops_read(struct loop *l);
/* Takes what has settled where it is time to look. */
void drops_start_due(struct loop *l);
/* When to look next. */
usec drops_next(const struct loop *l);
/* A body is in the database, or can never be; of others nothing is done. */
void drops_loaded(struct loop *l, const char *id, bool good);
/* A body was lost before it was loaded: its file is taken again. */
void drops_again(struct loop *l, const char *id);

/* Marks a feed's delivery as loaded now. */
void calendar_loaded(struct loop *l, const char *feed);

/* view.c: what others may see */

/* Opens the listener of l->cfg, if it wants one. */
MUST_CHECK bool view_open(struct loop *l, struct kpid_err *err);
void view_close(struct loop *l);

/* helpers.c: the two processes */

/* One that cannot be started now is tried again later. */
void helper_start(struct loop *l, struct helper *h);
/* Asks it to end and waits, within a bound; then it is killed. */
void helper_stop(struct helper *h);
/* What it sent, or its end. */
void helper_read(struct loop *l, struct helper *h);
/* Keeps word of a check that brought no body, for the next request. */
void helper_tell_checked(struct loop *l, const struct fetched *f);
/* Hands pending bodies to an idle loader. */
void helper_feed(struct loop *l);

#endif
