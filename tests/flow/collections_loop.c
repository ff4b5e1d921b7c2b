/* rooms: all */
/*
 * Many collections in one process: memory after the last must be what it was
 * after the first thousand.
 *
 *	collections_loop CONFIG FEED FILE COUNT
 *
 * FILE is spooled and loaded COUNT times; every hundredth time with a blank
 * line more or less at its end, so that it is a new delivery. Targets are
 * judged after every tenth. Prints "COUNT KB" after the first thousand, after
 * each ten thousand, and at the end.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/clock.h"
#include "kpid/file.h"
#include "kpid/limits.h"
#include "kpid/session.h"
#include "kpid/work.h"

/* Resident memory in KB, as the kernel counts it. */
static long
resident(void)
{
	FILE *f = fopen("/proc/self/status", "re");
	char line[256];
	long kb = 0;

	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, "VmRSS:", 6) == 0)
			kb = strtol(line + 6, NULL, 10);
	if (f != NULL)
		(void)fclose(f);
	return kb;
}

enum { EARLY = 1000, SAMPLE = 10000, JUDGED = 10 };

/* What each round collects. */
struct loop {
	struct session *session;
	const struct config *cfg;
	const struct feed *feed;
	struct slice body;
};

static bool
spool_one(struct spool *spool, const struct loop *l, bool longer,
    struct spool_meta *meta, struct arena *mem, struct kpid_err *err)
{
	struct spool_writer *w = spool_begin(spool);

	*meta = (struct spool_meta){ .feed = l->feed->name,
		.url = "file:///loop",
		.fetched_at = clock_now(),
		.quiet = true };
	return spool_write(w, l->body.ptr, l->body.len, err)
	    && (!longer || spool_write(w, "\r\n", 2, err))
	    && spool_commit(w, meta, mem, err);
}

static bool
collect_one(const struct loop *l, struct spool *spool, bool longer,
    struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct spool_meta meta;
	struct load_result result;

	if (!spool_one(spool, l, longer, &meta, &mem, err))
		return false;
	const struct load_job job = { .feed = l->feed, .spool_id = meta.id };
	const struct load_batch one = { .jobs = &job, .n = 1 };

	if (!work_load(l->session->db, l->cfg, spool, &one, &result, err))
		return false;
	if (result.outcome == LOAD_FAILED || result.outcome == LOAD_HELD)
		return err_set(err, KPID_EINTERNAL, "%s", result.err.msg);
	return true;
}

static bool
run(const struct loop *l, long count, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct spool *spool;

	if (!spool_open(l->cfg->state_dir, &mem, &spool, err))
		return false;
	for (long i = 1; i <= count; i++) {
		if (!collect_one(l, spool, i / 100 % 2 == 1, err)
		    || (i % JUDGED == 0
			&& !work_evaluate(l->session->db, l->cfg, NULL, NULL,
			    err)))
			return false;
		if (i == EARLY || i % SAMPLE == 0 || i == count)
			printf("%ld %ld\n", i, resident());
		(void)fflush(stdout);
	}
	return true;
}

int
main(int argc, char **argv)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	CLEANUP(session_close) struct session s = { 0 };
	struct problems all = { .mem = &mem };
	struct kpid_err err = { 0 };
	struct config cfg;
	struct slice body;

	if (argc != 5 || !config_load(argv[1], &mem, &cfg, &all))
		return 2;
	const struct feed *feed = config_feed(&cfg, argv[2]);

	if (feed == NULL
	    || !file_read(argv[3], LIMIT_CONFIG_BYTES, KPID_EFETCH, &mem, &body,
		&err)
	    || !session_open(&cfg, DB_ROLE_COLLECTOR, &mem, NULL, &s, &err)
	    || !session_sync(&s, &cfg, &mem, &err)
	    || !run(&(struct loop){ &s, &cfg, feed, body },
		strtol(argv[4], NULL, 10), &err)) {
		fprintf(stderr, "%s\n", err.msg);
		return 1;
	}
	return 0;
}
