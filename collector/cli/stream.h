/*
 * Bodies loaded by a thread while others are still being fetched. Private to
 * this room.
 */
#ifndef CLI_STREAM_H
#define CLI_STREAM_H

#include <pthread.h>

#include "run.h"

struct stream {
	struct run *run;
	pthread_t thread;
	pthread_mutex_t lock; /* of what follows, and of the run's jobs */
	pthread_cond_t more;
	bool ending;
	bool ok;
	struct kpid_err err; /* when not ok: nothing more is loaded */
};

/* Begins with no jobs. Until stream_end the run's session is the thread's. */
void stream_begin(struct stream *s, struct run *r);
/* The i-th want's body has come: a job from now on. */
void stream_add(struct stream *s, size_t i, const struct fetched *f);
/* Waits until the jobs there are have been loaded, and the thread ended. */
MUST_CHECK bool stream_end(struct stream *s, struct kpid_err *err);

#endif
