/* rooms: base config schedule spool fetch daemon */
/* Drop folders of the daemon that come and go. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../collector/daemon/loop.h"

#define SECOND ((usec)1000000)

struct rig {
	struct loop l;
	struct arena mem;
	struct config cfg;
	struct feed feed;
	const char *dir, *folder;
	const char *roots[1];
};

static void
rig_open(struct rig *r)
{
	struct kpid_err err = { 0 };

	*r = (struct rig){ 0 };
	r->dir = mkdtemp(arena_printf(&r->mem, "/tmp/kpid-drops-XXXXXX"));
	cr_assert_not_null(r->dir);
	r->roots[0] = r->dir;
	r->folder = arena_printf(&r->mem, "%s/in", r->dir);
	r->feed = (struct feed){ .name = "library",
		.time_zone = "Asia/Tokyo",
		.title = "x",
		.owner = "a@example.jp",
		.file = "x.json",
		.drop = { .set = true },
		.url = arena_printf(&r->mem, "file://%s/*.csv", r->folder),
		.max_bytes = 1000 };
	r->cfg = (struct config){ .time_zone = "Asia/Tokyo",
		.state_dir = arena_printf(&r->mem, "%s/state", r->dir),
		.file_roots = r->roots,
		.n_file_roots = 1,
		.network = { .per_host = 2, .timeout_s = 5, .proxy = "" },
		.feeds = &r->feed,
		.n_feeds = 1 };
	r->l.cfg = &r->cfg;
	r->l.checked = json_object();
	r->l.looked = json_object();
	r->l.loader.ready = true;
	cr_assert(spool_open(r->cfg.state_dir, &r->l.mem, &r->l.spool, &err)
		&& calendar_open(&r->l, &err)
		&& fetcher_new(&r->cfg, r->l.spool, &r->l.fetcher, &err),
	    "%s", err.msg);
}

static void
rig_free(struct rig *r)
{
	fetcher_free(r->l.fetcher);
	calendar_close(&r->l);
	json_decref(r->l.checked);
	json_decref(r->l.looked);
	id_clear(&r->l.pending);
	if (fork() == 0)
		_exit(execlp("rm", "rm", "-rf", r->dir, (char *)NULL));
	(void)wait(NULL);
	arena_release(&r->l.mem);
	arena_release(&r->mem);
}

static void
put_file(struct rig *r, const char *name)
{
	FILE *f = fopen(arena_printf(&r->mem, "%s/%s", r->folder, name), "w");

	cr_assert_not_null(f);
	(void)fputs("a,b\n1,2\n", f);
	(void)fclose(f);
}

/* Looks when it is time, fetches, and has what came loaded. */
static size_t
take(struct rig *r)
{
	struct kpid_err err = { 0 };
	const size_t before = r->l.pending.n;

	drops_start_due(&r->l);
	while (fetcher_running(r->l.fetcher) > 0)
		cr_assert(fetcher_poll(r->l.fetcher, NULL, 0, 10, &err)
			&& fetcher_step(r->l.fetcher, &err),
		    "%s", err.msg);
	for (size_t i = before; i < r->l.pending.n; i++) {
		drops_loaded(&r->l, r->l.pending.ids[i], true);
		turn_result(&r->l, "library", NULL);
	}
	return r->l.pending.n - before;
}

Test(daemon_drops, a_missing_folder_is_looked_for)
{
	CLEANUP(rig_free) struct rig r;
	const usec now = clock_now();

	rig_open(&r);
	cr_expect_eq(take(&r), 0);
	cr_expect(json_is_string(json_object_get(r.l.checked, "library")),
	    "the operator hears of it");
	cr_expect(drops_next(&r.l) > now + 200 * SECOND
		&& drops_next(&r.l) < now + 400 * SECOND,
	    "without a schedule, too");
	cr_assert_eq(mkdir(r.folder, 0770), 0);
	put_file(&r, "april.csv");
	r.l.feeds[0].drop_at = 0;
	cr_expect_eq(take(&r), 1, "it came");
	cr_expect(json_is_null(json_object_get(r.l.checked, "library")),
	    "and is well");
	(void)take(&r);
	cr_expect_eq(drops_next(&r.l), INT64_MAX, "the kernel watches it now");
}

Test(daemon_drops, a_folder_that_goes_away_is_looked_for)
{
	CLEANUP(rig_free) struct rig r;

	rig_open(&r);
	cr_assert_eq(mkdir(r.folder, 0770), 0);
	cr_expect_eq(take(&r), 0);
	cr_expect_eq(drops_next(&r.l), INT64_MAX);
	cr_assert_eq(rmdir(arena_printf(&r.mem, "%s/.claimed", r.folder)), 0);
	cr_assert_eq(rmdir(r.folder), 0);
	drops_read(&r.l);
	cr_expect(drops_next(&r.l) <= clock_now(), "at once");
	cr_expect_eq(take(&r), 0);
	cr_expect(drops_next(&r.l) < INT64_MAX, "and again");
	cr_assert_eq(mkdir(r.folder, 0770), 0);
	put_file(&r, "may.csv");
	drops_clock_set(&r.l);
	cr_expect_eq(take(&r), 1, "also when the clock was set");
}

/* Lines of the log since the last call, and all of it in *text. */
static size_t
lines_since(FILE *log, char text[4096])
{
	size_t n = 0;
	int c;

	while ((c = fgetc(log)) != EOF) {
		if (n + 1 < 4096)
			text[n++] = (char)c;
	}
	text[n] = '\0';
	n = 0;
	for (const char *p = text; (p = strchr(p, '\n')) != NULL; p++)
		n++;
	clearerr(log);
	return n;
}

/* It is looked for every five minutes, which is no news. */
Test(daemon_drops, a_folder_that_is_missing_is_told_once)
{
	static const struct {
		bool there;
		size_t lines;
		const char *says, *why;
	} rows[] = {
		{ false, 1, "there is no file", "it is missing" },
		{ false, 0, "", "as it was" },
		{ false, 0, "", "and is" },
		{ true, 1, "well again", "it comes" },
		{ true, 0, "", "and stays" },
		{ false, 1, "there is no file", "it goes" },
		{ true, 1, "well again", "and comes again" },
	};
	CLEANUP(rig_free) struct rig r;
	const char *path;
	char text[4096];
	FILE *log;

	rig_open(&r);
	path = arena_printf(&r.mem, "%s/log", r.dir);
	cr_assert_not_null(freopen(path, "w", stderr));
	log = fopen(path, "r");
	cr_assert_not_null(log);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		(void)rmdir(arena_printf(&r.mem, "%s/.claimed", r.folder));
		(void)rmdir(r.folder);
		if (rows[i].there)
			cr_assert_eq(mkdir(r.folder, 0770), 0);
		drops_read(&r.l);
		json_object_clear(r.l.checked);
		r.l.feeds[0].drop_at = 0;
		cr_expect_eq(take(&r), 0);
		(void)fflush(stderr);
		cr_expect_eq(lines_since(log, text), rows[i].lines,
		    "row %zu (%s): '%s'", i, rows[i].why, text);
		cr_expect_not_null(strstr(text, rows[i].says),
		    "row %zu (%s): '%s'", i, rows[i].why, text);
		cr_expect_eq(json_is_string(json_object_get(r.l.checked,
				 "library")),
		    !rows[i].there, "row %zu: the database counts", i);
		cr_expect_eq(json_is_null(json_object_get(r.l.checked,
				 "library")),
		    rows[i].there && rows[i].lines > 0,
		    "row %zu: and hears that it is well", i);
	}
	(void)fclose(log);
}

/* It stays where it is, and is taken when that has been mended. */
Test(daemon_drops, a_file_that_must_not_be_read_is_told)
{
	CLEANUP(rig_free) struct rig r;
	const char *path;

	rig_open(&r);
	cr_assert_eq(mkdir(r.folder, 0777), 0);
	put_file(&r, "april.csv");
	put_file(&r, "may.csv");
	path = arena_printf(&r.mem, "%s/may.csv", r.folder);
	cr_assert_eq(chmod(path, 0), 0);
	if (geteuid() == 0) {
		cr_assert_eq(chmod(r.dir, 0777), 0);
		cr_assert_eq(chmod(r.folder, 0777), 0);
		cr_assert_eq(chmod(arena_printf(&r.mem, "%s/april.csv",
				       r.folder),
				 0644),
		    0);
		cr_assert_eq(chmod(r.cfg.state_dir, 0777), 0);
		cr_assert_eq(chmod(arena_printf(&r.mem, "%s/spool",
				       r.cfg.state_dir),
				 0777),
		    0);
		cr_assert_eq(seteuid(65534), 0);
	}
	cr_expect_eq(take(&r), 1, "the other one is taken");
	cr_expect_eq(access(path, F_OK), 0, "and this one stays");
	cr_expect_not_null(r.l.feeds[0].drop_trouble);
	cr_expect(r.l.feeds[0].drop_trouble == NULL
		|| strstr(r.l.feeds[0].drop_trouble,
		       "may.csv': Permission denied. HINT: ")
		    != NULL,
	    "%s", r.l.feeds[0].drop_trouble);
	(void)take(&r);
	cr_expect(drops_next(&r.l) < INT64_MAX, "it is looked at again");
	(void)!seteuid(0);
	cr_assert_eq(chmod(path, 0644), 0);
	drops_read(&r.l);
	cr_expect(drops_next(&r.l) <= clock_now(), "at once");
	cr_expect_eq(take(&r), 1);
	cr_expect_null(r.l.feeds[0].drop_trouble);
}
