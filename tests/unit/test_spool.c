/* rooms: base spool */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../support/spool_rig.h"

/* Small ones have no file before they are whole. */
static const char long_text[SPOOL_SMALL];

static mode_t
mode(const char *file)
{
	struct stat st;

	cr_assert_eq(stat(file, &st), 0, "%s", file);
	return st.st_mode & 07777;
}

Test(spool, gives_back_what_was_put_in)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct spool_meta in = meta_of("市民-feed"), out;
	struct spool_writer *w = NULL;
	struct kpid_err err = { 0 };
	uint8_t sum[SHA256_LEN];
	char text[32];
	int fd = -1;

	rig_open(&r);
	in.has_published = true;
	in.published_at = 1727654400500000;
	in.etag = "W/\"a\"";
	in.last_modified = "Mon, 30 Sep 2024 00:00:00 GMT";
	in.quiet = true;
	in.turn = (struct spool_turn){ true, 1729000000123456, 7 };
	w = spool_begin(r.spool);
	cr_assert(spool_write(w, "令和6年", 10, &err), "%s", err.msg);
	cr_assert(spool_write(w, ",1\n", 3, &err), "%s", err.msg);
	cr_assert(spool_commit(w, &in, &r.mem, &err), "%s", err.msg);
	cr_assert(spool_read(r.spool, in.id, &r.mem, &out, &fd, &err), "%s",
	    err.msg);
	cr_expect_eq(read(fd, text, sizeof(text)), 13);
	cr_expect_eq(memcmp(text, "令和6年,1\n", 13), 0);
	(void)close(fd);
	sha256_of("令和6年,1\n", 13, sum);
	cr_expect_eq(memcmp(out.sha256, sum, sizeof(sum)), 0);
	cr_expect_str_eq(out.id, in.id);
	cr_expect_str_eq(out.feed, "市民-feed");
	cr_expect_str_eq(out.url, "https://x/y.csv");
	cr_expect_eq(out.fetched_at, 1727740800000000);
	cr_expect(out.has_published && out.quiet);
	cr_expect(out.turn.set && out.turn.due == 1729000000123456
	    && out.turn.lease == 7);
	cr_expect_eq(out.published_at, 1727654400500000);
	cr_expect_str_eq(out.etag, "W/\"a\"");
	cr_expect_str_eq(out.last_modified, in.last_modified);
	cr_expect_eq(out.bytes, 13);
}

Test(spool, what_is_not_known_stays_unknown)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct kpid_err err = { 0 };
	struct spool_meta out;
	int fd = -1;

	rig_open(&r);
	cr_assert(spool_read(r.spool, put(&r, "a", ""), &r.mem, &out, &fd,
		      &err),
	    "%s", err.msg);
	(void)close(fd);
	cr_expect_null(out.etag);
	cr_expect_null(out.last_modified);
	cr_expect(!out.has_published && !out.quiet && !out.turn.set);
	cr_expect_eq(out.bytes, 0);
}

Test(spool, lists_in_order_of_receipt_and_forgets_what_is_removed)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct kpid_err err = { 0 };
	const char *ids[20], *const *found;

	rig_open(&r);
	cr_expect_eq(count(&r, &found), 0);
	for (size_t i = 0; i < ARRAY_LEN(ids); i++)
		ids[i] = put(&r, "a", "x");
	cr_assert_eq(count(&r, &found), ARRAY_LEN(ids));
	for (size_t i = 0; i < ARRAY_LEN(ids); i++)
		cr_expect_str_eq(found[i], ids[i], "place %zu", i);
	cr_assert(spool_remove(r.spool, ids[0], &err), "%s", err.msg);
	cr_assert(spool_remove(r.spool, ids[0], &err), "twice: %s", err.msg);
	cr_assert_eq(count(&r, &found), ARRAY_LEN(ids) - 1);
	cr_expect_str_eq(found[0], ids[1]);
	cr_expect(!exists(&r, ids[0], ".spool"));
}

Test(spool, ids_grow_when_the_clock_went_back)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct kpid_err err = { 0 };
	static const char late[] = "09000000000000000000";

	rig_open(&r);
	cr_assert_eq(rename(path(&r, put(&r, "a", "x"), ".spool"),
			 path(&r, late, ".spool")),
	    0);
	cr_assert(spool_open(r.dir, &r.mem, &r.spool, &err), "%s", err.msg);
	cr_expect_str_eq(put(&r, "a", "y"), "09000000000000000001");
}

Test(spool, only_its_owner_can_look)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	const char *large;

	(void)umask(0);
	rig_open(&r);
	cr_expect_eq(mode(arena_printf(&r.mem, "%s/spool", r.dir)), 0700);
	cr_expect_eq(mode(path(&r, put(&r, "a", "x"), ".spool")), 0600);
	large = put(&r, "a", text_of(&r, SPOOL_SMALL));
	cr_expect_eq(mode(path(&r, large, ".body")), 0600);
	cr_expect_eq(mode(path(&r, large, ".json")), 0600);
}

Test(spool, an_aborted_body_leaves_nothing)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct spool_writer *w = NULL;
	struct kpid_err err = { 0 };

	rig_open(&r);
	w = spool_begin(r.spool);
	cr_assert(spool_write(w, "x", 1, &err), "%s", err.msg);
	spool_abort(w);
	w = spool_begin(r.spool);
	cr_assert(spool_write(w, long_text, sizeof(long_text), &err), "%s",
	    err.msg);
	spool_abort(w);
	spool_abort(NULL);
	cr_expect_eq(rmdir(arena_printf(&r.mem, "%s/spool", r.dir)), 0,
	    "the spool is not empty");
}

Test(spool, rubbish_of_a_crash_goes_and_a_body_being_written_stays)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct spool_meta meta = meta_of("a");
	struct spool_writer *w = NULL;
	struct kpid_err err = { 0 };
	static const char dead[] = "00000000000000000001";
	const char *const *found, *whole;
	struct spool *other;

	rig_open(&r);
	whole = put(&r, "a", "x");
	overwrite(path(&r, dead, ".part"), "half a bo");
	overwrite(path(&r, dead, ".body"), "half a bo");
	overwrite(path(&r, dead, ".json.part"), "{");
	overwrite(path(&r, "notes", ".txt"), "of a person");
	w = spool_begin(r.spool);
	cr_assert(spool_write(w, long_text, sizeof(long_text), &err), "%s",
	    err.msg);
	cr_assert(spool_open(r.dir, &r.mem, &other, &err), "%s", err.msg);
	cr_expect(!exists(&r, dead, ".part"));
	cr_expect(!exists(&r, dead, ".body"));
	cr_expect(!exists(&r, dead, ".json.part"));
	cr_expect(exists(&r, "notes", ".txt"));
	cr_assert(spool_commit(w, &meta, &r.mem, &err), "%s", err.msg);
	cr_assert_eq(count(&r, &found), 2);
	cr_expect_str_eq(found[0], whole);
	cr_expect(exists(&r, found[1], ".body"));
}

Test(spool, a_killed_writer_leaves_nothing_after_the_next_open)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct spool_writer *w = NULL;
	struct kpid_err err = { 0 };
	const char *const *found;

	rig_open(&r);
	if (fork() == 0) {
		w = spool_begin(r.spool);
		if (spool_write(w, long_text, sizeof(long_text), &err))
			(void)kill(getpid(), SIGKILL);
		_exit(1);
	}
	(void)wait(NULL);
	cr_assert(spool_open(r.dir, &r.mem, &r.spool, &err), "%s", err.msg);
	cr_expect_eq(count(&r, &found), 0);
	cr_expect_eq(rmdir(arena_printf(&r.mem, "%s/spool", r.dir)), 0,
	    "the spool is not empty");
}

Test(spool, set_aside_keeps_body_and_reason)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct kpid_err err = { 0 };
	const char *const *found, *id;
	char why[64] = "";
	FILE *note;

	rig_open(&r);
	id = put(&r, "a", "x");
	cr_assert(spool_set_aside(r.spool, id, "the worker ended", &err), "%s",
	    err.msg);
	cr_expect_eq(count(&r, &found), 0);
	cr_expect(exists(&r, arena_printf(&r.mem, "aside/%s", id), ".spool"));
	note =
	    fopen(path(&r, arena_printf(&r.mem, "aside/%s", id), ".txt"), "re");
	cr_assert_not_null(note);
	cr_assert_not_null(fgets(why, sizeof(why), note));
	(void)fclose(note);
	cr_expect_str_eq(why, "the worker ended\n");
	cr_assert(spool_set_aside(r.spool, id, "again", &err), "%s", err.msg);
}

Test(spool, a_name_that_is_no_id_reaches_no_file)
{
	static const char *const table[] = { "", "..", "../../etc/passwd", "1",
		"0000000000000000000x", "000000000000000000001" };
	CLEANUP(rig_free) struct rig r = { 0 };

	rig_open(&r);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct kpid_err err = { 0 };
		struct spool_meta meta;
		int fd;

		cr_expect(!spool_read(r.spool, table[i], &r.mem, &meta, &fd,
			      &err),
		    "row %zu", i);
		cr_expect(!spool_remove(r.spool, table[i], &err), "row %zu", i);
		cr_expect(!spool_set_aside(r.spool, table[i], "", &err),
		    "row %zu", i);
	}
}

/* A file size limit stands in for a full disk: it needs no mount. */
static void
full_disk(size_t len, const char *why)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct rlimit old, small;
	struct spool_meta meta = meta_of("a");
	struct spool_writer *w;
	struct kpid_err err = { 0 };
	const char *const *found;

	rig_open(&r);
	put(&r, "a", "x");
	(void)signal(SIGXFSZ, SIG_IGN);
	cr_assert_eq(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = (struct rlimit){ 4096, old.rlim_max };
	w = spool_begin(r.spool);
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
	const bool written = spool_write(w, long_text, len, &err);

	cr_expect(written == (len < SPOOL_SMALL), "%s", why);
	if (written)
		cr_expect(!spool_commit(w, &meta, &r.mem, &err), "%s", why);
	else
		spool_abort(w);
	(void)setrlimit(RLIMIT_FSIZE, &old);
	cr_expect(err.code == KPID_ESPOOL && err.retry, "%s", why);
	cr_expect_not_null(strstr(err.msg, "HINT: free some space there"),
	    "%s: %s", why, err.msg);
	cr_expect_eq(count(&r, &found), 1, "%s", why);
}

Test(spool, a_full_disk_says_so_and_leaves_what_was_there)
{
	full_disk(sizeof(long_text), "while it is written");
	full_disk(8192, "when it is whole");
}

Test(spool, a_directory_that_cannot_be_used_says_why)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct kpid_err err = { 0 };
	struct spool *s;

	rig_open(&r);
	overwrite(path(&r, "plain", ""), "");
	cr_expect(!spool_open(path(&r, "plain", ""), &r.mem, &s, &err));
	cr_expect_not_null(strstr(err.msg, "is not a directory"), "%s",
	    err.msg);
	cr_expect(!spool_open(path(&r, "a", "/b/c"), &r.mem, &s, &err));
	cr_expect_not_null(strstr(err.msg, "\"state\""), "%s", err.msg);
	if (geteuid() == 0) {
		cr_assert_eq(chown(path(&r, "", ""), 1, 1), 0);
		cr_expect(!spool_open(r.dir, &r.mem, &s, &err));
		cr_expect_not_null(strstr(err.msg,
				       "belongs to user 1, not "
				       "to user 0"),
		    "%s", err.msg);
	}
}

/* A limit of open files stands in for a process that ran out of them. */
Test(spool, what_the_process_is_short_of_blames_no_body)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct kpid_err err = { 0 };
	struct rlimit old, none;
	struct spool_writer *w;

	rig_open(&r);
	cr_assert_eq(getrlimit(RLIMIT_NOFILE, &old), 0);
	none = (struct rlimit){ 3, old.rlim_max };
	for (int fd = dup(2); fd >= 0 && fd < 3; fd = dup(2))
		;
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	w = spool_begin(r.spool);
	const bool ok = spool_write(w, long_text, sizeof(long_text), &err);

	(void)setrlimit(RLIMIT_NOFILE, &old);
	spool_abort(w);
	cr_expect(!ok && err.retry, "%s", err.msg);
}
