/* rooms: base spool daemon */
/* Damaged bodies: set aside, and whose they were. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../collector/daemon/damage.h"
#include "../../collector/daemon/loop.h"

#define HOUR 3600000000LL

struct rig {
	struct arena mem;
	const char *dir;
	struct spool *spool;
};

static void
rig_open(struct rig *r)
{
	struct kpid_err err = { 0 };

	*r = (struct rig){ 0 };
	r->dir = mkdtemp(arena_printf(&r->mem, "/tmp/kpid-damage-XXXXXX"));
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

static const char *
put(struct rig *r, const char *feed)
{
	struct spool_meta meta = { .feed = feed, .url = "https://x/y" };
	struct spool_writer *w = spool_begin(r->spool);
	struct kpid_err err = { 0 };

	cr_assert(spool_write(w, "12345", 5, &err)
		&& spool_commit(w, &meta, &r->mem, &err),
	    "%s", err.msg);
	return meta.id;
}

static bool
stands(struct rig *r, const char *id, const char *suffix)
{
	return access(arena_printf(&r->mem, "%s/spool/%s%s", r->dir, id,
			  suffix),
		   F_OK)
	    == 0;
}

static void
damage(struct rig *r, const char *id, long at)
{
	FILE *f = fopen(arena_printf(&r->mem, "%s/spool/%s.spool", r->dir, id),
	    "re+");

	cr_assert_not_null(f);
	cr_assert_eq(fseek(f, at, SEEK_SET), 0);
	(void)fputc('!', f);
	(void)fclose(f);
}

Test(damage, is_kept_aside_and_its_feed_is_named)
{
	static const struct {
		long at;
		const char *feed, *why;
	} rows[] = { { 0, "\"rain\"", "in the body" },
		{ 8, "null", "in its description" } };
	CLEANUP(rig_free) struct rig r;

	rig_open(&r);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *id = put(&r, "rain");
		json_t *again = json_array();
		struct kpid_err err = { 0 };
		char *said;

		damage(&r, id, rows[i].at);
		cr_assert(damage_set_aside(r.spool, id, "why", again, &err),
		    "%s", err.msg);
		said = json_dumps(json_array_get(again, 0), JSON_ENCODE_ANY);
		cr_expect_str_eq(said, rows[i].feed, "row %zu (%s)", i,
		    rows[i].why);
		cr_expect(!stands(&r, id, ".spool"));
		cr_expect(stands(&r, arena_printf(&r.mem, "aside/%s", id),
			      ".spool"),
		    "row %zu: what there is of it is kept", i);
		free(said);
		json_decref(again);
	}
}

Test(damage, found_while_loading_counts_and_other_failures_do_not)
{
	const struct feed a = { .name = "a" }, b = { .name = "b" };
	const struct load_result results[] = {
		{ .feed = &a, .outcome = LOAD_LOADED },
		{ .feed = &a,
		    .outcome = LOAD_FAILED,
		    .err = { .code = KPID_EPARSE } },
		{ .feed = &b,
		    .outcome = LOAD_FAILED,
		    .err = { .code = KPID_ESPOOL } },
	};
	json_t *again = json_array();

	damage_found(results, ARRAY_LEN(results), again);
	cr_expect_eq(json_array_size(again), 1);
	cr_expect_str_eq(json_string_value(json_array_get(again, 0)), "b");
	json_decref(again);
}

Test(damage, the_feed_is_due_now_and_asked_without_what_it_said_last)
{
	static const struct {
		const char *feed;
		bool a, b;
	} rows[] = { { "a", true, false }, { NULL, true, true },
		{ "c", false, false } };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct feed feeds[] = { { .name = "a" },
			{ .name = "b" } };
		struct feed_run runs[2] = { 0 };
		struct loop l = {
			.clock = { true, 5 * HOUR }, .feeds = runs, .n_feeds = 2
		};

		for (size_t k = 0; k < 2; k++)
			runs[k] = (struct feed_run){ .feed = &feeds[k],
				.scheduled = true,
				.next = 9 * HOUR,
				.etag = strdup("x") };
		calendar_again(&l, rows[i].feed);
		cr_expect_eq(runs[0].next == 5 * HOUR, rows[i].a, "row %zu", i);
		cr_expect_eq(runs[0].etag == NULL, rows[i].a, "row %zu", i);
		cr_expect_eq(runs[1].next == 5 * HOUR, rows[i].b, "row %zu", i);
		cr_expect_eq(runs[1].etag == NULL, rows[i].b, "row %zu", i);
		free(runs[0].etag);
		free(runs[1].etag);
	}
}
