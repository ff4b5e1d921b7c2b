/* rooms: base notify */
#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kpid/notify.h"

#define ID "<ev12.ab@kpid.example.jp>"

/* A new directory below $TMPDIR; its name lives in mem. */
static const char *
scratch(struct arena *mem)
{
	const char *top = getenv("TMPDIR");
	char *path = arena_printf(mem, "%s/kpid-maildir-XXXXXX",
	    top == NULL ? "/tmp" : top);

	cr_assert_not_null(mkdtemp(path));
	return path;
}

static void
remove_tree(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *e;
	char inner[600];

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		(void)snprintf(inner, sizeof(inner), "%s/%s", path, e->d_name);
		if (unlink(inner) != 0)
			remove_tree(inner);
	}
	if (dir != NULL)
		(void)closedir(dir);
	(void)rmdir(path);
}

/* How many files are in path; the last one's name in name[256]. */
static int
files_in(const char *path, char *name)
{
	DIR *dir = opendir(path);
	struct dirent *e;
	int n = 0;

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		n++;
		(void)snprintf(name, 256, "%s", e->d_name);
	}
	if (dir != NULL)
		(void)closedir(dir);
	return n;
}

Test(maildir, a_mail_is_one_file_with_its_bytes)
{
	struct arena mem = { 0 };
	struct kpid_err err = { 0 };
	const char *top = scratch(&mem);
	const char *dir = arena_printf(&mem, "%s/a/b", top);
	char name[256] = "", bytes[64] = "";
	struct stat st;
	FILE *f;

	cr_assert(maildir_put(dir, ID, slice_of("Subject: x\r\n\r\nhello\r\n"),
		      &err),
	    "%s", err.msg);
	cr_expect_eq(files_in(arena_printf(&mem, "%s/new", dir), name), 1);
	cr_expect_str_eq(name, "ev12.ab@kpid.example.jp");
	cr_expect_eq(files_in(arena_printf(&mem, "%s/tmp", dir), name), 0);
	cr_assert_eq(stat(arena_printf(&mem, "%s/cur", dir), &st), 0,
	    "readers expect cur/");
	f = fopen(arena_printf(&mem, "%s/new/ev12.ab@kpid.example.jp", dir),
	    "r");
	cr_assert_not_null(f);
	cr_assert_eq(fstat(fileno(f), &st), 0);
	cr_expect_eq(st.st_mode & 0777, 0600, "not for everybody");
	cr_expect_gt(fread(bytes, 1, sizeof(bytes) - 1, f), 0);
	(void)fclose(f);
	cr_expect_str_eq(bytes, "Subject: x\r\n\r\nhello\r\n");
	remove_tree(top);
	arena_release(&mem);
}

Test(maildir, what_root_makes_belongs_to_the_owner_of_the_directory)
{
	const char *const made[] = { "mail", "mail/tmp", "mail/new", "mail/cur",
		"mail/new/ev12.ab@kpid.example.jp" };
	struct arena mem = { 0 };
	struct kpid_err err = { 0 };
	const char *top = scratch(&mem);
	uid_t owner = geteuid() == 0 ? 12345 : geteuid();
	struct stat st;

	cr_assert_eq(chown(top, owner, (gid_t)-1), 0);
	cr_assert(maildir_put(arena_printf(&mem, "%s/mail", top), ID,
		      slice_of("x"), &err),
	    "%s", err.msg);
	for (size_t i = 0; i < ARRAY_LEN(made); i++) {
		cr_assert_eq(stat(arena_printf(&mem, "%s/%s", top, made[i]),
				 &st),
		    0);
		cr_expect_eq(st.st_uid, owner, "%s: of user %u", made[i],
		    (unsigned)st.st_uid);
	}
	remove_tree(top);
	arena_release(&mem);
}

Test(maildir, the_same_message_twice_is_one_file)
{
	struct arena mem = { 0 };
	struct kpid_err err = { 0 };
	const char *dir = scratch(&mem);
	char name[256];

	for (int i = 0; i < 2; i++)
		cr_assert(maildir_put(dir, ID, slice_of("x"), &err), "%s",
		    err.msg);
	cr_expect_eq(files_in(arena_printf(&mem, "%s/new", dir), name), 1);
	cr_assert(maildir_put(dir, "<other@kpid>", slice_of("y"), &err));
	cr_expect_eq(files_in(arena_printf(&mem, "%s/new", dir), name), 2);
	remove_tree(dir);
	arena_release(&mem);
}

Test(maildir, a_mail_that_was_read_does_not_come_again)
{
	struct arena mem = { 0 };
	struct kpid_err err = { 0 };
	const char *dir = scratch(&mem);
	char name[256];

	cr_assert(maildir_put(dir, ID, slice_of("x"), &err), "%s", err.msg);
	cr_assert_eq(rename(arena_printf(&mem, "%s/new/ev12.ab@kpid.example.jp",
				dir),
			 arena_printf(&mem,
			     "%s/cur/ev12.ab@kpid.example.jp:2,S", dir)),
	    0);
	cr_assert(maildir_put(dir, ID, slice_of("x"), &err), "%s", err.msg);
	cr_expect_eq(files_in(arena_printf(&mem, "%s/new", dir), name), 0);
	remove_tree(dir);
	arena_release(&mem);
}

static const struct {
	const char *id, *name; /* NULL: refused */
	const char *why;
} ids[] = {
	{ "<a@b>", "a@b", "plain" },
	{ "<a/../../etc@b>", "a=2f..=2f..=2fetc@b", "no way out" },
	{ "<a:2,S@b>", "a=3a2=2cS@b", "flags are the reader's" },
	{ "<a=2f@b>", "a=3d2f@b", "two identifiers never share a name" },
	{ "<.hidden@b>", NULL, "readers pass over it" },
	{ "a@b", NULL, "no brackets" },
	{ "<>", NULL, "empty" },
};

Test(maildir, names)
{
	struct arena mem = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		const char *dir = scratch(&mem);
		struct kpid_err err = { 0 };
		char name[256] = "";
		bool ok = maildir_put(dir, ids[i].id, slice_of("x"), &err);

		cr_expect_eq(ok, ids[i].name != NULL, "row %zu (%s): %s", i,
		    ids[i].why, err.msg);
		(void)files_in(arena_printf(&mem, "%s/new", dir), name);
		cr_expect_str_eq(name, ids[i].name == NULL ? "" : ids[i].name,
		    "row %zu (%s): %s", i, ids[i].why, name);
		cr_expect(ok || (err.code == KPID_EMAIL && !err.retry),
		    "row %zu: asking again does not help", i);
		remove_tree(dir);
	}
	arena_release(&mem);
}

Test(maildir, a_directory_that_cannot_be_is_named)
{
	struct arena mem = { 0 };
	struct kpid_err err = { 0 };
	const char *top = scratch(&mem);
	const char *file = arena_printf(&mem, "%s/file", top);
	int fd = open(file, O_CREAT | O_WRONLY, 0600);

	cr_assert_geq(fd, 0);
	(void)close(fd);
	cr_expect(!maildir_put(file, ID, slice_of("x"), &err));
	cr_expect_not_null(strstr(err.msg, file), "%s", err.msg);
	cr_expect(err.retry, "the operator can mend it: the mail waits");
	remove_tree(top);
	arena_release(&mem);
}
