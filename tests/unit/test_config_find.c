/* rooms: base config */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kpid/config.h"

/* A directory of its own with config/kpid.json in it; the working directory
 * afterwards. */
static void
begin(void)
{
	char dir[] = "/tmp/test_find_XXXXXX";

	cr_assert_not_null(mkdtemp(dir));
	cr_assert_eq(chdir(dir), 0);
	(void)umask(0);
	(void)unsetenv("KPID_CONFIG");
	cr_assert_eq(mkdir("config", 0755), 0);
	(void)close(open("config/kpid.json", O_CREAT | O_WRONLY, 0644));
}

/* Leaves nothing of it in /tmp. */
static void
tidy(void)
{
	char dir[64];

	if (getcwd(dir, sizeof(dir)) == NULL
	    || strncmp(dir, "/tmp/test_find_", 15) != 0)
		return;
	(void)chmod("config", 0755);
	(void)unlink("config/kpid.json");
	(void)rmdir("config");
	(void)unlink("config");
	(void)chdir("/");
	(void)rmdir(dir);
}

TestSuite(config_find, .fini = tidy);

static const char *
found(const char *given, struct arena *mem, struct kpid_err *err)
{
	const char *out = "nothing";

	return config_find(given, mem, &out, err) ? out : "nothing";
}

static bool
is_fallback(const char *path)
{
	return strcmp(path, "nothing") == 0
	    || strcmp(path, "/etc/kpid/kpid.json") == 0;
}

Test(config_find, what_is_named_comes_first)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct kpid_err err = { 0 };

	begin();
	(void)setenv("KPID_CONFIG", "/from/env.json", 1);
	cr_expect_str_eq(found("given.json", &mem, &err), "given.json");
	cr_expect_str_eq(found(NULL, &mem, &err), "/from/env.json");
	(void)setenv("KPID_CONFIG", "", 1);
	cr_expect_str_eq(found(NULL, &mem, &err), "./config/kpid.json");
}

Test(config_find, a_local_file_that_others_can_change_is_not_read)
{
	static const struct {
		mode_t dir, file;
		bool read;
		const char *why;
	} table[] = {
		{ 0755, 0644, true, "the caller's alone" },
		{ 0700, 0600, true, "nobody else reads it" },
		{ 0775, 0664, true, "the caller's own group" },
		{ 0755, 0646, false, "others write the file" },
		{ 0757, 0644, false, "others replace the file" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };

	begin();
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct kpid_err err = { 0 };
		const char *path;

		(void)chmod("config", table[i].dir);
		(void)chmod("config/kpid.json", table[i].file);
		path = found(NULL, &mem, &err);
		cr_expect(table[i].read
			? strcmp(path, "./config/kpid.json") == 0
			: is_fallback(path),
		    "row %zu (%s): got %s", i, table[i].why, path);
		if (strcmp(path, "nothing") == 0)
			cr_expect_not_null(strstr(err.msg,
			    "others can write it. HINT: name it with -c"));
	}
}

Test(config_find, a_file_of_somebody_else_is_not_read)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct kpid_err err = { 0 };

	begin();
	if (chown("config/kpid.json", 65534, 65534) != 0)
		cr_skip_test("only root can give files away");
	cr_expect(is_fallback(found(NULL, &mem, &err)));
}

Test(config_find, none_at_all_says_where_it_looked)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct kpid_err err = { 0 };
	const char *path;

	begin();
	(void)unlink("config/kpid.json");
	path = found(NULL, &mem, &err);
	cr_assert(is_fallback(path));
	if (strcmp(path, "nothing") != 0)
		return;
	cr_expect_eq(err.code, KPID_ECONFIG);
	cr_expect_str_eq(err.msg,
	    "no configuration: neither "
	    "'./config/kpid.json' nor '/etc/kpid/kpid.json' is there. "
	    "HINT: name one with -c or KPID_CONFIG");
}
