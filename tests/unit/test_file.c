/* rooms: base */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kpid/file.h"

Test(path, join_makes_clean_absolute_paths)
{
	static const struct {
		const char *dir, *path, *out;
	} table[] = {
		{ "/etc/kpid", "feeds", "/etc/kpid/feeds" },
		{ "/etc/kpid", "/srv/x.csv", "/srv/x.csv" },
		{ "/etc/kpid", "../demo//./x.csv", "/etc/demo/x.csv" },
		{ "/etc/kpid/", "a/../b/", "/etc/kpid/b" },
		{ "/", "x", "/x" },
		{ "/a", "../../..", "/" },
		{ "/a", "", "/a" },
		{ "/a", "...", "/a/..." },
		{ "/a", "重点目標.csv", "/a/重点目標.csv" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		const char *got = path_join(table[i].dir, table[i].path, &mem);

		cr_expect_str_eq(got, table[i].out, "row %zu: got %s", i, got);
	}
}

Test(path, dir_and_base)
{
	CLEANUP(arena_release) struct arena mem = { 0 };

	cr_expect_str_eq(path_dir("a/b/c.json", &mem), "a/b");
	cr_expect_str_eq(path_dir("c.json", &mem), ".");
	cr_expect_str_eq(path_dir("/c.json", &mem), "/");
	cr_expect_str_eq(path_base("a/b/c.json"), "c.json");
	cr_expect_str_eq(path_base("c.json"), "c.json");
}

Test(path, below_ends_at_a_slash)
{
	cr_expect(path_below("/srv/in/x", "/srv/in"));
	cr_expect(path_below("/srv/in", "/srv/in"));
	cr_expect(path_below("/srv", "/"));
	cr_expect(!path_below("/srv/inside/x", "/srv/in"));
	cr_expect(!path_below("/srv", "/srv/in"));
}

Test(path, shown_from_the_working_directory)
{
	cr_assert_eq(chdir("/usr/lib"), 0);
	cr_expect_str_eq(path_shown("/usr/lib/x/y"), "x/y");
	cr_expect_str_eq(path_shown("/usr/libx"), "/usr/libx");
	cr_expect_str_eq(path_shown("/usr/lib"), "/usr/lib");
	cr_assert_eq(chdir("/"), 0);
	cr_expect_str_eq(path_shown("/usr"), "/usr");
}

/* A file of that text; its name is the answer. */
static const char *
file_of(const char *text, struct arena *mem)
{
	char *path = arena_strdup(mem, "/tmp/test_file_XXXXXX");
	int fd = mkstemp(path);

	cr_assert_geq(fd, 0);
	cr_assert_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	(void)close(fd);
	return path;
}

Test(file, a_file_is_read_whole)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *path = file_of("上田市\n", &mem);
	struct kpid_err err = { 0 };
	struct slice text;

	cr_assert(file_read(path, 10, KPID_ECONFIG, &mem, &text, &err), "%s",
	    err.msg);
	cr_expect(slice_is(text, "上田市\n"));
	cr_expect_eq(text.ptr[text.len], '\0');
	(void)unlink(path);
}

Test(file, what_is_over_the_limit_is_refused)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *path = file_of("12345", &mem);
	struct kpid_err err = { 0 };
	struct slice text;

	cr_expect(!file_read(path, 4, KPID_ECONFIG, &mem, &text, &err));
	cr_expect_eq(err.code, KPID_EREFUSED);
	cr_expect_not_null(strstr(err.msg,
			       "has 5 bytes, more than the limit of 4"),
	    "%s", err.msg);
	(void)unlink(path);
}

Test(file, what_is_no_file_is_an_error_of_the_callers_kind)
{
	static const struct {
		const char *path, *message;
	} table[] = {
		{ "/nonexistent",
		    "could not open '/nonexistent': "
		    "No such file or directory" },
		{ "/usr", "could not open '/usr': not a file" },
		{ "/dev/zero", "could not open '/dev/zero': not a file" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct kpid_err err = { 0 };
		struct slice text;

		cr_expect(!file_read(table[i].path, 100, KPID_ECONFIG, &mem,
		    &text, &err));
		cr_expect_eq(err.code, KPID_ECONFIG);
		cr_expect_str_eq(err.msg, table[i].message, "got %s", err.msg);
	}
}
