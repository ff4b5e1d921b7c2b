/*
 * Bodies loaded by a thread while others are still being fetched. Private to
 * this room.
 */
#ifndef CLI_LOADER_THREAD_H
#define CLI_LOADER_THREAD_H

#include <pthread.h>

#include "run.h"

struct loader_thread {
	struct run *run;
	pthread_t thread;
	pthread_mutex_t lock; /* of what follows, and of the run's jobs */
	pthread_cond_t more;
	bool ending;
	bool ok;
	struct kpid_err err; /* when not ok: nothing more is loaded */
};

/* Begins with no jobs. Until loader_thread_end the run's session is the
 * thread's. */
void loader_thread_begin(struct loader_thread *s, struct run *r);
/* The i-th want's body has come: a job from now on. */
void loader_thread_add(struct loader_thread *s, size_t i,
    const struct fetched *f);
/* Waits until the jobs there are have been loaded, and the thread ended. */
MUST_CHECK bool loader_thread_end(struct loader_thread *s,
    struct kpid_err *err);

#endif
