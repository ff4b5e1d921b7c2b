/*
 * A loop of two feeds with leases, whose claimer the test plays: "one", and
 * "several", which may have many bodies. Both are due; the file that they ask
 * for is not there.
 */
#ifndef KPID_LEASE_RIG_H
#define KPID_LEASE_RIG_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../collector/daemon/loop.h"
#include "../../collector/daemon/wire.h"

#define SECOND ((usec)1000000)
#define MINUTE (60 * SECOND)

struct rig {
	struct loop l;
	struct arena mem;
	struct config cfg;
	struct feed feeds[2];
	struct loop_next next;
	struct buf in;
	const char *dir;
	const char *roots[1];
	int claimer; /* its end of the wire */
};

/* 2026-06-15T00:00:00Z, when both feeds are due; the second one may have many
 * bodies. The file that they ask for is not there. */
#define NOON_UTC ((usec)1781481600 * SECOND)

static inline void
feeds_set(struct rig *r)
{
	for (size_t i = 0; i < ARRAY_LEN(r->feeds); i++)
		r->feeds[i] = (struct feed){ .name = i == 0 ? "one" : "several",
			.time_zone = "Asia/Tokyo",
			.schedule = "0 9 * * *",
			.title = "x",
			.owner = "a@example.jp",
			.file = "x.json",
			.url = arena_printf(&r->mem, "file://%s/none", r->dir),
			.max_bytes = 1000 };
	r->feeds[1].template.set = true;
}

static inline void
rig_open(struct rig *r)
{
	struct kpid_err err = { 0 };
	int pair[2];

	*r = (struct rig){ 0 };
	r->dir = mkdtemp(arena_printf(&r->mem, "/tmp/kpid-leases-XXXXXX"));
	cr_assert_not_null(r->dir);
	r->roots[0] = r->dir;
	feeds_set(r);
	r->cfg = (struct config){ .time_zone = "Asia/Tokyo",
		.state_dir = r->dir,
		.file_roots = r->roots,
		.n_file_roots = 1,
		.instances = { .lease_s = 60 },
		.network = { .per_host = 2, .timeout_s = 5, .proxy = "" },
		.feeds = r->feeds,
		.n_feeds = 2 };
	r->l.cfg = &r->cfg;
	r->l.clock = (struct clock){ true, NOON_UTC - MINUTE };
	r->l.checked = json_object();
	r->l.looked = json_object();
	cr_assert(spool_open(r->dir, &r->l.mem, &r->l.spool, &err)
		&& calendar_open(&r->l, &err)
		&& fetcher_new(&r->cfg, r->l.spool, &r->l.fetcher, &err),
	    "%s", err.msg);
	r->l.clock.at = NOON_UTC;
	r->l.feeds[1].scheduled = false;
	cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	r->claimer = pair[1];
	r->l.claimer = (struct helper){ .kind = WORKER_CLAIMER,
		.pid = getpid(),
		.fd = pair[0],
		.ready = true };
	r->l.loader.ready = true;
	(void)snprintf(r->l.instance.name, sizeof(r->l.instance.name),
	    "host:1");
	buf_init(&r->in, WIRE_BYTES);
}

static inline void
rig_free(struct rig *r)
{
	fetcher_free(r->l.fetcher);
	calendar_close(&r->l);
	json_decref(r->l.checked);
	json_decref(r->l.looked);
	id_clear(&r->l.pending);
	buf_release(&r->in);
	(void)close(r->claimer);
	(void)close(r->l.claimer.fd);
	if (fork() == 0)
		_exit(execlp("rm", "rm", "-rf", r->dir, (char *)NULL));
	(void)wait(NULL);
	arena_release(&r->l.mem);
	arena_release(&r->mem);
}

/* What the claimer is told in one step of the loop, as text; "" nothing. */
static inline const char *
step(struct rig *r)
{
	json_t *message;
	const char *out;
	char *text;

	calendar_start_due(&r->l);
	leases_step(&r->l);
	if (!r->l.claimer.busy)
		return "";
	cr_assert_eq(wire_receive(r->claimer, &r->in, &message), WIRE_MESSAGE);
	(void)json_object_del(message, "holder");
	text = json_dumps(message, JSON_COMPACT | JSON_SORT_KEYS);
	out = arena_strdup(&r->mem, text);
	free(text);
	json_decref(message);
	return out;
}

static inline void
answer(struct rig *r, const char *text)
{
	json_t *message = json_loads(text, 0, NULL);

	cr_assert_not_null(message, "'%s'", text);
	leases_answered(&r->l, message);
	json_decref(message);
}

static inline void
fetch_all(struct rig *r)
{
	struct kpid_err err = { 0 };

	while (fetcher_running(r->l.fetcher) > 0)
		cr_assert(fetcher_poll(r->l.fetcher, NULL, 0, 10, &err)
			&& fetcher_step(r->l.fetcher, &err),
		    "%s", err.msg);
}

#endif
