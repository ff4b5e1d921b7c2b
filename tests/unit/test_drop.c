/* rooms: base spool fetch */
/* Drop folders: what is taken, by whom, and where it ends. */
#include <fcntl.h>
#include <sys/file.h>

#include "../support/fetch_rig.h"
#include "kpid/drop.h"

static const struct drop_wish all = { .most = 100, .claim = true };

/* DIR/www is the folder; files are whole at once. */
static void
open_folder(struct rig *r)
{
	rig_open(r);
	r->feed.url = arena_printf(&r->mem, "file://%s/*.csv", r->roots[0]);
	r->feed.drop = (struct drop_rule){ .set = true };
}

static struct drop_files
take(struct rig *r, const struct drop_wish *wish)
{
	struct drop_files files = { 0 };
	struct kpid_err err = { 0 };

	cr_assert(drop_take(&r->cfg, &r->feed, wish, &r->mem, &files, &err),
	    "%s", err.msg);
	return files;
}

static void
finish(struct rig *r, struct drop_file *file, bool good)
{
	struct kpid_err err = { 0 };

	cr_expect(drop_finish(&r->cfg, &r->feed, file, good, &err), "%s",
	    err.msg);
	cr_expect_eq(file->fd, -1);
}

static bool
lies(struct rig *r, const char *name)
{
	return access(arena_printf(&r->mem, "%s/%s", r->roots[0], name), F_OK)
	    == 0;
}

Test(drop, whole_files_of_the_pattern_are_taken_in_order)
{
	static const char *const names[] = { "b.csv", "a.csv", "c.CSV.part",
		"d.csv.tmp", ".e.csv", "~$f.csv", "g.txt", "h.csv~" };
	CLEANUP(rig_free) struct rig r = { 0 };

	open_folder(&r);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		(void)rig_file(&r, names[i], names[i]);
	cr_assert_eq(symlink("/etc/passwd",
			 arena_printf(&r.mem, "%s/link.csv", r.roots[0])),
	    0);
	cr_assert_eq(mkdir(arena_printf(&r.mem, "%s/dir.csv", r.roots[0]),
			 0700),
	    0);
	struct drop_files files = take(&r, &all);

	cr_assert_eq(files.n, 2, "%zu", files.n);
	cr_expect_str_eq(files.list[0].name, "a.csv");
	cr_expect_str_eq(files.list[1].url,
	    arena_printf(&r.mem, "file://%s/b.csv", r.roots[0]));
	cr_expect(lies(&r, ".claimed/a.csv") && !lies(&r, "a.csv"));
	cr_expect(!files.more && files.again == INT64_MAX);
	finish(&r, &files.list[0], true);
	finish(&r, &files.list[1], false);
	cr_expect(lies(&r, "done/a.csv") && lies(&r, "failed/b.csv"));
	cr_expect(lies(&r, "g.txt") && lies(&r, "c.CSV.part"));
}

Test(drop, by_time_and_so_many_at_once)
{
	static const struct timespec times[2][2] = {
		{ { .tv_sec = 2000 }, { .tv_sec = 2000 } },
		{ { .tv_sec = 1000 }, { .tv_sec = 1000 } },
	};
	const struct drop_wish one = { .most = 1, .claim = true };
	CLEANUP(rig_free) struct rig r = { 0 };

	open_folder(&r);
	r.feed.drop.by_time = true;
	cr_assert_eq(utimensat(AT_FDCWD, rig_file(&r, "a.csv", "a"), times[0],
			 0),
	    0);
	cr_assert_eq(utimensat(AT_FDCWD, rig_file(&r, "b.csv", "b"), times[1],
			 0),
	    0);
	struct drop_files files = take(&r, &one);

	cr_assert_eq(files.n, 1);
	cr_expect_str_eq(files.list[0].name, "b.csv");
	cr_expect(files.more);
	drop_release(&files.list[0]);
}

Test(drop, a_file_that_came_just_now_is_left)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	const struct timespec old[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };

	open_folder(&r);
	r.feed.drop.settle_s = 60;
	/* A time that was copied along says nothing. */
	cr_assert_eq(utimensat(AT_FDCWD, rig_file(&r, "a.csv", "a"), old, 0),
	    0);
	struct drop_files files = take(&r, &all);

	cr_expect_eq(files.n, 0);
	cr_expect(files.again < INT64_MAX, "when to come back");
	cr_expect(lies(&r, "a.csv"));
}

Test(drop, nobody_else_takes_what_somebody_has)
{
	CLEANUP(rig_free) struct rig r = { 0 };

	open_folder(&r);
	(void)rig_file(&r, "a.csv", "a");
	struct drop_files mine = take(&r, &all), theirs = take(&r, &all);

	cr_assert_eq(mine.n, 1);
	cr_expect_eq(theirs.n, 0, "it is held");
	(void)rig_file(&r, "a.csv", "another");
	theirs = take(&r, &all);
	cr_expect_eq(theirs.n, 0, "one of its name waits");
	cr_expect(lies(&r, "a.csv"));
	drop_release(&mine.list[0]);
	theirs = take(&r, &all);
	cr_expect_eq(theirs.n, 1, "what was let go of is taken, and first");
	finish(&r, &theirs.list[0], true);
	theirs = take(&r, &all);
	cr_assert_eq(theirs.n, 1);
	finish(&r, &theirs.list[0], true);
	cr_expect(lies(&r, "done/a.csv") && lies(&r, "done/a.csv~2"));
}

Test(drop, what_was_written_to_meanwhile_goes_back)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	int writer;

	open_folder(&r);
	writer = open(rig_file(&r, "a.csv", "half"), O_WRONLY | O_APPEND);
	cr_assert_geq(writer, 0);
	struct drop_files files = take(&r, &all);

	cr_assert_eq(files.n, 1);
	cr_assert_eq(write(writer, "more", 4), 4);
	finish(&r, &files.list[0], true);
	cr_expect(lies(&r, "a.csv") && !lies(&r, "done/a.csv"));
	(void)close(writer);
}

Test(drop, what_becomes_of_it)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct drop_wish look = { .most = 100 };

	open_folder(&r);
	(void)rig_file(&r, "a.csv", "a");
	cr_expect_eq(take(&r, &look).list[0].fd, -1, "only looked at");
	cr_expect(lies(&r, "a.csv") && !lies(&r, ".claimed"));
	r.feed.drop.then = DROP_KEEP;
	struct drop_files files = take(&r, &all);

	cr_assert_eq(files.n, 1);
	finish(&r, &files.list[0], true);
	cr_expect(lies(&r, "a.csv") && !lies(&r, ".claimed"));
	look.after = INT64_MAX;
	cr_expect_eq(take(&r, &look).n, 0, "nothing has changed since");
	r.feed.drop.then = DROP_DELETE;
	files = take(&r, &all);
	finish(&r, &files.list[0], true);
	cr_expect(!lies(&r, "a.csv") && !lies(&r, "done"));
	(void)rig_file(&r, "a.csv", "a");
	files = take(&r, &all);
	finish(&r, &files.list[0], false);
	cr_expect(lies(&r, "failed/a.csv"), "never one that was not loaded");
}

Test(drop, folders_that_are_refused)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct drop_files files;
	struct kpid_err err = { 0 };

	open_folder(&r);
	r.feed.url = "file:///etc/*";
	cr_expect(!drop_take(&r.cfg, &r.feed, &all, &r.mem, &files, &err));
	cr_expect_eq(err.code, KPID_EREFUSED, "%s", err.msg);
	r.feed.url = arena_printf(&r.mem, "file://%s/none/*", r.roots[0]);
	cr_expect(!drop_take(&r.cfg, &r.feed, &all, &r.mem, &files, &err));
	cr_expect_not_null(strstr(err.msg, "there is no file"), "%s", err.msg);
	/* A link in the place of its own directory leads nowhere. */
	cr_assert_eq(symlink("/tmp",
			 arena_printf(&r.mem, "%s/.claimed", r.roots[0])),
	    0);
	r.feed.url = arena_printf(&r.mem, "file://%s", r.roots[0]);
	cr_expect(!drop_take(&r.cfg, &r.feed, &all, &r.mem, &files, &err));
	cr_expect_not_null(strstr(err.msg, "/.claimed'"), "%s", err.msg);
}
