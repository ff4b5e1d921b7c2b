/* rooms: base spool daemon */
/* What the daemon does with bodies when its loader ends on them. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../collector/daemon/loop.h"

struct rig {
	struct loop l;
	struct arena mem;
	const char *dir;
};

static void
rig_open(struct rig *r)
{
	struct kpid_err err = { 0 };

	*r = (struct rig){ 0 };
	r->dir = mkdtemp(arena_printf(&r->mem, "/tmp/kpid-bodies-XXXXXX"));
	cr_assert_not_null(r->dir);
	cr_assert(spool_open(r->dir, &r->mem, &r->l.spool, &err), "%s",
	    err.msg);
}

static void
rig_free(struct rig *r)
{
	id_clear(&r->l.pending);
	id_clear(&r->l.working);
	if (fork() == 0)
		_exit(execlp("rm", "rm", "-rf", r->dir, (char *)NULL));
	(void)wait(NULL);
	arena_release(&r->mem);
}

/* Pending: the numbers first .. last, as IDs of the spool. */
static void
add(struct rig *r, int first, int last)
{
	char id[24];

	for (int i = first; i <= last; i++) {
		(void)snprintf(id, sizeof(id), "%020d", i);
		id_push(&r->l.pending, id);
	}
}

static size_t
take(struct rig *r)
{
	json_t *ids = bodies_take(&r->l);
	size_t n = json_array_size(ids);

	json_decref(ids);
	return n;
}

/* The list's numbers, each behind a blank. */
static const char *
numbers(struct rig *r, const struct id_list *list)
{
	const char *text = "";

	for (size_t i = 0; i < list->n; i++)
		text = arena_printf(&r->mem, "%s %ld", text,
		    strtol(list->ids[i], NULL, 10));
	return text;
}

static bool
is_aside(struct rig *r, int number)
{
	return access(arena_printf(&r->mem, "%s/spool/aside/%020d.txt", r->dir,
			  number),
		   F_OK)
	    == 0;
}

Test(bodies, go_in_order_and_not_all_at_once)
{
	CLEANUP(rig_free) struct rig r;

	rig_open(&r);
	cr_expect(take(&r) == 0, "none wait");
	add(&r, 1, 600);
	cr_expect(take(&r) == 512);
	cr_expect_str_eq(numbers(&r, &r.l.working) + 1924, " 509 510 511 512");
	bodies_loaded(&r.l);
	cr_expect(take(&r) == 88);
	cr_expect(r.l.pending.n == 0);
}

Test(bodies, what_comes_back_stands_before_what_came_later)
{
	CLEANUP(rig_free) struct rig r;

	rig_open(&r);
	add(&r, 1, 2);
	cr_assert(take(&r) == 2);
	add(&r, 3, 4);
	bodies_put_back(&r.l);
	cr_expect_str_eq(numbers(&r, &r.l.pending), " 1 2 3 4");
	cr_expect(r.l.working.n == 0);
	cr_expect(take(&r) == 4, "a lost connection blames nobody");
}

Test(bodies, the_one_that_ends_the_loader_is_found)
{
	CLEANUP(rig_free) struct rig r;

	rig_open(&r);
	add(&r, 1, 3);
	cr_assert(take(&r) == 3);
	add(&r, 4, 5);
	bodies_blame(&r.l, true);
	cr_expect_str_eq(numbers(&r, &r.l.pending), " 1 2 3 4 5");
	for (int i = 1; i <= 3; i++) {
		cr_assert(take(&r) == 1, "body %d goes alone", i);
		if (i == 2)
			bodies_blame(&r.l, true);
		else
			bodies_loaded(&r.l);
		cr_expect(is_aside(&r, i) == (i == 2), "body %d", i);
	}
	cr_expect(take(&r) == 2, "then they go together again");
}

Test(bodies, a_kill_from_outside_blames_none_until_it_comes_again_and_again)
{
	CLEANUP(rig_free) struct rig r;
	int times = 0;

	rig_open(&r);
	add(&r, 7, 7);
	while (r.l.pending.n > 0 && times < 100) {
		cr_assert(take(&r) == 1);
		bodies_blame(&r.l, false);
		times++;
	}
	cr_expect(times == 5, "set aside after %d", times);
	cr_expect(is_aside(&r, 7));
	add(&r, 8, 8);
	cr_assert(take(&r) == 1);
	bodies_blame(&r.l, false);
	cr_expect_str_eq(numbers(&r, &r.l.pending), " 8",
	    "the next one starts from nothing");
}

Test(bodies, an_idle_loader_that_ends_blames_none)
{
	CLEANUP(rig_free) struct rig r;

	rig_open(&r);
	add(&r, 1, 2);
	bodies_blame(&r.l, true);
	cr_expect_str_eq(numbers(&r, &r.l.pending), " 1 2");
	cr_expect(take(&r) == 2, "nor are they handed over one by one");
}

/* Spools a body of so many bytes. */
static const char *
spooled(struct rig *r, size_t bytes)
{
	struct spool_meta meta = { .feed = "a", .url = "https://x/y" };
	struct spool_writer *w = NULL;
	struct kpid_err err = { 0 };

	w = spool_begin(r->l.spool);
	for (size_t i = 0; i < bytes; i++)
		cr_assert(spool_write(w, "x", 1, &err), "%s", err.msg);
	cr_assert(spool_commit(w, &meta, &r->mem, &err), "%s", err.msg);
	return meta.id;
}

Test(bodies, a_full_spool_stops_the_calendar_until_they_are_loaded)
{
	CLEANUP(rig_free) struct rig r;
	struct kpid_err err = { 0 };
	struct feed_run feed = { .scheduled = true, .next = 5 };

	rig_open(&r);
	spool_bound(r.l.spool, 100);
	r.l.feeds = &feed;
	r.l.n_feeds = 1;
	r.l.next_day = r.l.look_at = INT64_MAX;
	bodies_watch(&r.l);
	cr_expect(!r.l.full && !r.l.day_owed);
	cr_expect_eq(calendar_next(&r.l), 5);
	const char *id = spooled(&r, 100);

	id_push(&r.l.pending, id);
	bodies_watch(&r.l);
	cr_expect(r.l.full && r.l.day_owed, "the loader is to tell of it");
	cr_expect_eq(calendar_next(&r.l), INT64_MAX, "no feed is due");
	cr_assert_eq(take(&r), 1);
	cr_assert(spool_remove(r.l.spool, id, &err), "%s", err.msg);
	bodies_watch(&r.l);
	cr_expect(r.l.full, "nobody said that something was loaded");
	bodies_loaded(&r.l);
	r.l.day_owed = false;
	bodies_watch(&r.l);
	cr_expect(!r.l.full && r.l.day_owed, "and tells that it is over");
	cr_expect_eq(calendar_next(&r.l), 5);
}

Test(bodies, what_another_left_on_a_full_spool_is_taken_over)
{
	CLEANUP(rig_free) struct rig r;

	rig_open(&r);
	spool_bound(r.l.spool, 10);
	spooled(&r, 20);
	bodies_watch(&r.l);
	cr_expect(r.l.full && r.l.pending.n == 0);
	r.l.room_at = 0;
	bodies_watch(&r.l);
	cr_expect_eq(r.l.pending.n, 1, "else it would stay full for ever");
	cr_expect(r.l.room_at > 0, "and it does not look all the time");
}
