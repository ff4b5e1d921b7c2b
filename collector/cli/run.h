/* What the commands that load bodies share: collect, import, backfill. */
#ifndef CLI_RUN_H
#define CLI_RUN_H

#include "cli.h"
#include "gather.h"
#include "kpid/work.h"

/* One run of such a command. */
struct run {
	struct cli *cli;
	struct session session;
	struct spool *spool;
	struct want *wants;
	size_t n;
	struct load_result *results; /* one for each */
	struct load_job *jobs;       /* bodies among them .. */
	size_t *of;                  /* .. and whose they are */
	size_t n_jobs;
	size_t n_loaded; /* of the jobs, the first ones */
	struct outbox_counts mails;
};

/* Room for n wants and what becomes of them. */
void run_init(struct run *r, size_t n);
/* Database and spool. */
MUST_CHECK bool run_open(struct run *r, struct kpid_err *err);
/* Bodies that an earlier run spooled and could not load. */
MUST_CHECK bool run_left_over(struct run *r, struct kpid_err *err);
/* What came of the i-th want: a job, or a result already. */
void run_take(struct run *r, size_t i, const struct fetched *f);
/* Loads the jobs that are not loaded; their results are in r->results. */
MUST_CHECK bool run_load(struct run *r, struct kpid_err *err);
/* Prints what became of all of it, or why it ended; the exit code. */
int run_finish(struct run *r, bool ok, struct kpid_err *err);
/* Says that there is no such feed. Returns false. */
bool unknown_feed(struct cli *cli, const char *name, struct kpid_err *err);

#endif
