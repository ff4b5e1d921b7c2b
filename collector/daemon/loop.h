/* What the files of the loop share. */
#ifndef DAEMON_LOOP_H
#define DAEMON_LOOP_H

#include <stdbool.h>
#include <sys/types.h>

#include "kpid/bytes.h"
#include "kpid/clock.h"
#include "kpid/config.h"
#include "kpid/daemon.h"
#include "kpid/fetch.h"
#include "kpid/schedule.h"
#include "kpid/spool.h"

/* The loop's view of one feed. */
struct feed_run {
	const struct feed *feed;
	struct cron	 cron;
	const struct zone *zone;
	bool		 scheduled;
	usec		 next;		/* due; meaningful when scheduled */
	bool		 fetching;
	char		*etag, *last_modified;	/* malloc'd; may be NULL */
};

/* A worker process. */
struct helper {
	enum worker_kind kind;
	pid_t		 pid;		/* 0: not running */
	int		 fd;
	struct buf	 in;
	bool		 ready, busy;
	int		 failures;	/* in a row; sets the pause */
	usec		 restart_at;	/* when pid is 0 */
};

/* Spool IDs that wait for the loader; malloc'd texts. */
struct id_list {
	char	**ids;
	size_t	  n, cap;
};

struct loop {
	const char	*config_path;
	struct arena	 mem;		/* of the running configuration */
	struct config	*cfg;
	struct clock	 clock;
	struct spool	*spool;
	struct fetcher	*fetcher;
	struct feed_run	*feeds;
	size_t		 n_feeds;
	struct helper	 loader, mailer;
	struct id_list	 pending;	/* not yet handed over */
	struct id_list	 working;	/* handed to the loader */
	size_t		 careful;	/* bodies to hand over one by one */
	int		 signal_fd, timer_fd;
	bool		 stopping;
	usec		 stop_by;	/* real time; then no more waiting */
	const struct zone *zone;	/* the configuration's */
	usec		 next_day;	/* its next midnight: deadlines pass */
	bool		 day_owed;	/* the loader is to look at them */
	struct loop_next *next;		/* a configuration waiting to run */
	bool		 fatal;		/* a worker says: cannot go on */
};

/* A configuration that was read and waits until no transfer runs. */
struct loop_next {
	struct arena	 mem;
	struct config	 cfg;
};

/* id_list: push copies; pop_front gives the text to the caller. */
void id_push(struct id_list *list, const char *id);
void id_clear(struct id_list *list);

/* calendar.c: what is due and when */
MUST_CHECK bool calendar_open(struct loop *l, struct kpid_err *err);
void calendar_close(struct loop *l);
void calendar_start_due(struct loop *l);
/* From the database: when each feed was last looked at. */
void calendar_learn(struct loop *l, const char *feed, const char *checked_us,
    const struct validators *v);
/* Notices midnight in the configuration's zone. */
void calendar_turn_day(struct loop *l);
/* The earliest instant at which something is due. */
usec calendar_next(const struct loop *l);

/* helpers.c: the two processes */
void helper_start(struct loop *l, struct helper *h);
/* Asks it to end, and waits. */
void helper_stop(struct helper *h);
/* What it sent, or its end. */
void helper_read(struct loop *l, struct helper *h);
void helper_tell_checked(struct loop *l, const struct fetched *f);
/* Hands pending bodies to an idle loader. */
void helper_feed(struct loop *l);

#endif
