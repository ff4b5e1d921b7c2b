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
#include "kpid/log.h"
#include "kpid/schedule.h"
#include "kpid/spool.h"
#include "kpid/turns.h"
#include "health.h"
#include "instance.h"
#include "leases.h"
#include "manager.h"

/* What runs has so long to end before a new configuration: nothing is begun
 * meanwhile. */
#define SWAP_WAIT_US (10 * (usec)1000000)

/* Texts, malloc'd: spool IDs that wait for the loader. */
struct id_list {
	char **ids;
	size_t n, cap;
};

/* The loop's view of one feed. */
struct feed_run {
	const struct feed *feed;
	struct turns turns; /* when scheduled */
	bool scheduled;
	usec next;       /* due; meaningful when scheduled */
	usec turn;       /* ..for this turn; 0: for none of the schedule's */
	usec last;       /* looked at; 0: never */
	usec retry_at;   /* after a failure that may pass; else TURN_NEVER.. */
	usec retry_turn; /* ..for this turn */
	struct feed_lease lease;
	bool fetching;
	size_t under_way; /* transfers of this turn.. */
	bool broken;      /* ..of which one has failed.. */
	usec again;   /* ..and is tried again; 0: not before its next turn */
	bool many;    /* the turn has several addresses */
	bool put_off; /* ..or was not begun */
	/* Addresses that a turn failed to ask, or did not.. */
	struct id_list owed;
	usec owed_turn, owed_retry; /* ..this one, tried again as this */
	bool untold;  /* of many bodies: the database is to hear of it.. */
	char *error;  /* ..and of what failed first; malloc'd; NULL: nothing */
	int failures; /* turns in a row, that may pass; sets the pause */
	usec run;     /* the collection begun last; no two have the same */
	usec loaded_at;             /* since this daemon began; 0: not yet */
	char *etag, *last_modified; /* malloc'd; may be NULL */
	/* Of a drop folder: */
	int watch;              /* the kernel's number; -1: it does not */
	usec drop_at;           /* look then, by the real clock */
	usec drop_seen;         /* taken up to there, where files stay */
	struct drop_turn *drop; /* files that are being loaded; or NULL */
	char *drop_trouble;     /* that was told; malloc'd; NULL: none */
	bool drop_failed;       /* it could not be looked at */
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

struct loop {
	const char *config_path;
	struct arena mem; /* of the running configuration */
	struct config *cfg;
	struct clock clock;
	struct spool *spool;
	struct fetcher *fetcher;
	struct feed_run *feeds;
	size_t n_feeds;
	struct helper loader, mailer, claimer;
	struct instance instance;
	usec renew_at;          /* the leases that are held; real time */
	usec end_at;            /* those that are done with: not before */
	struct id_list pending; /* not yet handed over */
	struct id_list working; /* handed to the loader */
	usec gather_by;         /* pending ones wait for others; 0: no */
	size_t careful;         /* bodies to hand over one by one */
	int kills;              /* ends on the same one in a row */
	bool full;              /* the spool is: nothing is fetched */
	usec room_at;           /* when to look whether it still is */
	json_t *checked;        /* feeds that gave no body, and why */
	json_t *looked; /* when this daemon looked at each feed last; over
			 * reloads */
	bool came_up;   /* a loader was ready once */
	int signal_fd, timer_fd;
	int inotify_fd; /* -1: no drop folders */
	bool stopping;
	usec stop_by;             /* real time; then no more waiting */
	struct holidays holidays; /* as a feed lists them */
	struct arena holiday_mem;
	usec last_run;           /* newest number given */
	const struct zone *zone; /* the configuration's */
	usec next_day;           /* its next midnight: deadlines pass */
	usec look_at;            /* something may be due; INT64_MAX: no */
	bool day_owed;           /* the loader is to look at them */
	struct loop_next *next;  /* a configuration waiting to run */
	usec swap_by;            /* real time; then it waits no more */
	usec away_since;         /* real time: the database; 0: it is there */
	usec mail_waits;         /* the oldest since then; 0: none */
	usec unsynchronised;     /* the clock, seen so since then; 0: not */
	bool fatal;              /* a worker says: cannot go on */
	struct log_repeats *repeats;
	struct manager manager; /* the service manager, if one started us */
	struct tally tally;     /* since the start, over reloads */
	uint64_t rested_at;     /* fetches, when memory was given back last */
	struct health *health;  /* NULL: nobody may ask */
	struct arena view_mem;  /* of what it was last told */
};

/* A configuration that was read and waits for what runs, within a bound. */
struct loop_next {
	struct arena mem;
	struct config cfg;
};

/* The run of a body as the log names it: its spool ID without the zeros that
 * it begins with; NULL: none. */
const char *run_name(const char *id);

/* bodies.c: those that wait for the loader, and those that it was handed */

/* Appends a copy of id. */
void id_push(struct id_list *list, const char *id);
/* Frees all; the list is empty and can be used again. */
void id_clear(struct id_list *list);
/* Should the pending bodies wait, until gather_by at most, for others that are
 * being fetched, to be one batch with them? */
bool bodies_gather(struct loop *l);
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

/* Bodies that stand on the spool and of which this process does not know. */
MUST_CHECK bool bodies_left_over(struct loop *l, struct kpid_err *err);
/* Notices that the spool is full, and that it has room again. */
void bodies_watch(struct loop *l);

/* calendar.c: what is due and when */

/* Can every schedule and time zone be read? calendar_open needs that. */
MUST_CHECK bool calendar_check(const struct config *cfg, struct arena *mem,
    struct kpid_err *err);
/* A run of each feed of l->cfg, in l->mem. */
MUST_CHECK bool calendar_open(struct loop *l, struct kpid_err *err);
/* Forgets them; no transfer may run any more. */
void calendar_close(struct loop *l);
/* Wants the turns that are due. */
void calendar_start_due(struct loop *l);
/* The feed was looked at: its next turn is set. */
void calendar_looked(const struct loop *l, struct feed_run *r, usec now);
/* What is being fetched is forgotten, and due again by the next calendar. */
void calendar_unlook(struct loop *l);
/* Another instance has done the turn. */
void calendar_pass(struct loop *l, struct feed_run *r);
/* What the feed's server told somebody else. */
void calendar_validators(struct feed_run *r, const struct validators *v);
/* NULL: no such feed. */
struct feed_run *calendar_find(struct loop *l, const char *feed);
/* The next turn after the last look, or sooner after a failure. */
void calendar_plan(const struct loop *l, struct feed_run *r);
/* From the database: when each feed was last looked at. */
void calendar_learn(struct loop *l, const char *feed, const char *checked_us,
    const struct validators *v);
/* From the database: a turn of the feed that failed is tried again, not before
 * that instant. */
void calendar_retry(struct loop *l, const char *feed, usec again, usec turn);
/* From the database: what the feeds with a release wait for, {feed: instant}
 * as in struct turns; those not named wait for nothing. NULL: no change. */
void calendar_awaits(struct loop *l, const json_t *awaited);
/* From the database: the holidays that a feed lists, [[day, name], ..]. NULL:
 * no change. */
void calendar_holidays(struct loop *l, const json_t *days);
/* The clock was set: reckons everything anew, so that nothing is done twice
 * and nothing waits for an hour that is far away now. */
void calendar_clock_set(struct loop *l);
/* Notices midnight in the configuration's zone, and look_at. */
void calendar_turn_day(struct loop *l);
/* The database says when something may be due although nothing came. */
void calendar_look_at(struct loop *l, usec at);
/* The earliest instant at which something is due. */
usec calendar_next(const struct loop *l);

/* How long a feed waits after so many failures in a row that may pass; asked:
 * what its server wants at least. */
usec calendar_pause(const char *feed, int failures, usec asked);
/* A feed's body was lost: it is due now, and asked for whatever it has. NULL:
 * nobody knows whose it was. */
void calendar_again(struct loop *l, const char *feed);

/* turn.c: one collection of a feed */

/* n transfers of the feed begin. */
void turn_open(struct loop *l, struct feed_run *r, size_t n);
/* Asks for all that the feed looks at now, in the turn that is ours. */
void turn_fetch(struct loop *l, struct feed_run *r,
    const struct spool_turn *turn);
/* What a transfer came to: log, calendar, the loader. */
void turn_fetched(struct loop *l, const struct fetched *f);
/* What a body of the feed came to; why: NULL when it is in the database. */
void turn_result(struct loop *l, const char *feed, const char *why);
/* No body waits any more, whatever became of them. */
void turns_over(struct loop *l);

/* drops.c: directories into which others put files */

/* Watches those of the feeds, and has each looked at once. */
void drops_open(struct loop *l);
void drops_close(struct loop *l);
/* What the kernel has noticed. */
void drops_read(struct loop *l);
/* Takes what has settled where it is time to look. */
void drops_start_due(struct loop *l);
/* The loader is ready. Trouble of the folder that was told before this start,
 * or seen while nobody could be told, is looked at again: it, or its end, is
 * told. */
void drops_learn(struct loop *l, const char *feed, bool told);
/* The machine's clock was set: all are looked at. */
void drops_clock_set(struct loop *l);
/* When to look next. */
usec drops_next(const struct loop *l);
/* A body is in the database, or can never be; of others nothing is done. */
void drops_loaded(struct loop *l, const char *id, bool good);
/* A body was lost before it was loaded: its file is taken again. */
void drops_again(struct loop *l, const char *id);

/* reload.c: what runs by a configuration, and how a new one takes over */

/* Reads it; what is wrong with it is logged. */
MUST_CHECK bool reload_read(const char *path, struct arena *mem,
    struct config *cfg, struct kpid_err *err);
/* Spool, calendar, fetcher and view of l->cfg. */
MUST_CHECK bool parts_open(struct loop *l, struct kpid_err *err);
void parts_close(struct loop *l);
/* SIGHUP: it is read again; a bad one changes nothing. */
void reload(struct loop *l);
/* What was read takes over once nothing refers to the old one, or when it has
 * waited its time. */
MUST_CHECK bool reload_swap(struct loop *l, struct kpid_err *err);

/* view.c: what others may see */

/* Opens the listener of l->cfg, if it wants one. */
MUST_CHECK bool view_open(struct loop *l, struct kpid_err *err);
void view_close(struct loop *l);

/* results.c: what the loader says */

/* Its answer, or its word that it is ready: log, counts, calendar. */
void results_take(struct loop *l, struct helper *h, const json_t *message);

/* helpers.c: the three processes */

/* One that cannot be started now is tried again later. */
void helper_start(struct loop *l, struct helper *h);
/* Asks it to end and waits, within a bound; then it is killed. */
void helper_stop(struct helper *h);
/* What it sent, or its end. */
void helper_read(struct loop *l, struct helper *h);
/* Keeps word of a check, for the next request; why: NULL when it went well. */
void helper_tell_checked(struct loop *l, const char *feed, const char *why);
/* Hands pending bodies to an idle loader. */
void helper_feed(struct loop *l);

#endif
