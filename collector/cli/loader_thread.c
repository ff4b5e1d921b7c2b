/* A loader beside the fetcher: `kpid collect` of many feeds. */
#include "loader_thread.h"

#include <string.h>
#include <time.h>

/* A batch costs as much as dozens of small bodies, whatever is in it: it waits
 * so long for so many. What came while the one before was loaded goes with it,
 * up to a bound: what is last should not wait for a long transaction. */
#define TOGETHER_MAX 512
#define GATHER_N     256
#define GATHER_S     1

/* Until a batch is full, its first job waited, or no others come. */
static void
gather_batch(struct loader_thread *s)
{
	const struct run *r = s->run;
	struct timespec until;
	int late = 0;

	while (r->n_jobs == r->n_loaded && !s->ending)
		(void)pthread_cond_wait(&s->more, &s->lock);
	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += GATHER_S;
	while (r->n_jobs - r->n_loaded < GATHER_N && !s->ending && late == 0)
		late = pthread_cond_timedwait(&s->more, &s->lock, &until);
}

/* Waits for jobs. 0: there will be none any more. */
static size_t
take_some(struct loader_thread *s, struct load_job *jobs)
{
	struct run *r = s->run;
	size_t n;

	(void)pthread_mutex_lock(&s->lock);
	gather_batch(s);
	n = r->n_jobs - r->n_loaded;
	if (n > TOGETHER_MAX)
		n = TOGETHER_MAX;
	memcpy(jobs, r->jobs + r->n_loaded, n * sizeof(*jobs));
	(void)pthread_mutex_unlock(&s->lock);
	return n;
}

static void
loaded(struct loader_thread *s, const struct load_result *results, size_t n)
{
	struct run *r = s->run;

	(void)pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < n; i++)
		r->results[r->of[r->n_loaded + i]] = results[i];
	r->n_loaded += n;
	(void)pthread_mutex_unlock(&s->lock);
}

/* A body that broke its batch alone: its own result, where there are others
 * that must not wait for it. It stays on the spool, for the next run. */
static bool
is_its_own(const struct loader_thread *s, const struct load_batch *batch)
{
	return batch->n == 1 && s->run->n > 1 && !s->err.retry;
}

static bool
load(struct loader_thread *s, const struct load_batch *batch,
    struct load_result *results)
{
	struct run *r = s->run;

	if (work_load(r->session.db, &r->cli->cfg, r->spool, batch, results,
		&s->err))
		return true;
	if (!is_its_own(s, batch))
		return false;
	results[0] = (struct load_result){ .feed = batch->jobs[0].feed,
		.outcome = LOAD_FAILED,
		.err = s->err };
	return true;
}

static void *
work(void *ctx)
{
	struct loader_thread *s = ctx;
	struct load_job jobs[TOGETHER_MAX];
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct load_result *results =
	    arena_array(&mem, TOGETHER_MAX, sizeof(*results));
	struct load_batch batch = { .jobs = jobs };

	while (s->ok && (batch.n = take_some(s, jobs)) > 0) {
		s->ok = load(s, &batch, results);
		if (s->ok)
			loaded(s, results, batch.n);
	}
	return NULL;
}

void
loader_thread_begin(struct loader_thread *s, struct run *r)
{
	pthread_condattr_t steady; /* a clock that nobody sets */

	*s = (struct loader_thread){ .run = r, .ok = true };
	(void)pthread_mutex_init(&s->lock, NULL);
	(void)pthread_condattr_init(&steady);
	(void)pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&s->more, &steady);
	(void)pthread_condattr_destroy(&steady);
	if (pthread_create(&s->thread, NULL, work, s) != 0)
		fatal("could not start a thread");
}

void
loader_thread_add(struct loader_thread *s, size_t i, const struct fetched *f)
{
	(void)pthread_mutex_lock(&s->lock);
	run_take(s->run, i, f);
	(void)pthread_cond_signal(&s->more);
	(void)pthread_mutex_unlock(&s->lock);
}

bool
loader_thread_end(struct loader_thread *s, struct kpid_err *err)
{
	(void)pthread_mutex_lock(&s->lock);
	s->ending = true;
	(void)pthread_cond_signal(&s->more);
	(void)pthread_mutex_unlock(&s->lock);
	(void)pthread_join(s->thread, NULL);
	(void)pthread_mutex_destroy(&s->lock);
	(void)pthread_cond_destroy(&s->more);
	if (!s->ok)
		*err = s->err;
	return s->ok;
}
