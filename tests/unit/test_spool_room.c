/* rooms: base spool */
/* The bound of the spool. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kpid/spool.h"

struct rig {
	struct arena mem;
	const char *dir;
	struct spool *spool;
};

static void
rig_open(struct rig *r)
{
	struct kpid_err err = { 0 };

	r->dir = mkdtemp(arena_printf(&r->mem, "/tmp/kpid-room-XXXXXX"));
	cr_assert_not_null(r->dir);
	cr_assert(spool_open(r->dir, &r->mem, &r->spool, &err), "%s", err.msg);
}

static void
rig_free(struct rig *r)
{
	if (fork() == 0)
		_exit(execlp("rm", "rm", "-rf", r->dir, (char *)NULL));
	(void)wait(NULL);
	arena_release(&r->mem);
}

static struct spool_writer *
begin(struct spool *s, size_t bytes)
{
	struct spool_writer *w = NULL;
	struct kpid_err err = { 0 };

	w = spool_begin(s);
	for (size_t i = 0; i < bytes; i++)
		cr_assert(spool_write(w, "x", 1, &err), "%s", err.msg);
	return w;
}

static const char *
put(struct rig *r, struct spool *s, size_t bytes)
{
	struct spool_meta meta = { .feed = "a", .url = "https://x/y" };
	struct kpid_err err = { 0 };

	cr_assert(spool_commit(begin(s, bytes), &meta, &r->mem, &err), "%s",
	    err.msg);
	return meta.id;
}

Test(spool_room, without_a_bound_it_is_never_full)
{
	CLEANUP(rig_free) struct rig r = { 0 };

	rig_open(&r);
	put(&r, r.spool, 1000);
	cr_expect(!spool_full(r.spool));
	spool_bound(r.spool, 0);
	cr_expect(!spool_full(r.spool));
}

Test(spool_room, what_is_being_written_counts_and_what_was_given_up_does_not)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct spool_writer *w;

	rig_open(&r);
	spool_bound(r.spool, 10);
	put(&r, r.spool, 5);
	cr_expect(!spool_full(r.spool));
	w = begin(r.spool, 4);
	cr_expect(!spool_full(r.spool), "9 of 10");
	spool_abort(w);
	cr_expect_eq(spool_bytes(r.spool), 5);
	w = begin(r.spool, 5);
	cr_expect(spool_full(r.spool), "10 of 10");
	spool_abort(w);
	cr_expect(spool_full(r.spool), "until somebody looks");
	spool_look(r.spool);
	cr_expect(!spool_full(r.spool));
}

Test(spool_room, what_others_leave_and_take_off_is_seen)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct kpid_err err = { 0 };
	struct spool *other;
	const char *first;

	rig_open(&r);
	cr_assert(spool_open(r.dir, &r.mem, &other, &err), "%s", err.msg);
	first = put(&r, other, 60);
	put(&r, other, 30);
	spool_bound(r.spool, 100);
	cr_expect_eq(spool_bytes(r.spool), 90, "what was there before");
	cr_assert(spool_remove(other, first, &err), "%s", err.msg);
	put(&r, r.spool, 40);
	cr_expect(!spool_full(r.spool), "70, not 130: it looks before it says");
	cr_expect_eq(spool_bytes(r.spool), 70);
	cr_expect_eq(spool_most(r.spool), 100);
}

Test(spool_room, what_was_set_aside_waits_for_nobody)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct kpid_err err = { 0 };

	rig_open(&r);
	spool_bound(r.spool, 10);
	const char *id = put(&r, r.spool, 20);

	cr_expect(spool_full(r.spool));
	cr_assert(spool_set_aside(r.spool, id, "why", &err), "%s", err.msg);
	spool_look(r.spool);
	cr_expect(!spool_full(r.spool));
}
