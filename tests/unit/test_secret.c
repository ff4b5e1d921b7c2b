/* rooms: base config */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kpid/config.h"

Test(secret, the_text_without_its_last_line_break)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *out; /* NULL: an error */
		const char *why;
	} table[] = {
		{ "s3cret\n", 7, "s3cret", "as editors write it" },
		{ "s3cret", 6, "s3cret", "as printf writes it" },
		{ "s3cret\r\n", 8, "s3cret", "from Windows" },
		{ " a\n\n", 4, " a\n", "only the last, blanks belong to it" },
		{ "\n", 1, NULL, "empty" },
		{ "", 0, NULL, "empty" },
		{ "a\0b", 3, NULL, "NUL" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		char path[] = "/tmp/test_secret_XXXXXX";
		struct secret s = { .file = path };
		struct kpid_err err = { 0 };
		const char *out = "";
		int fd = mkstemp(path);

		cr_assert_eq(write(fd, table[i].bytes, table[i].len),
		    (ssize_t)table[i].len);
		(void)close(fd);
		cr_expect_eq(secret_read(&s, &mem, &out, &err),
		    table[i].out != NULL, "row %zu (%s)", i, table[i].why);
		cr_expect_str_eq(out, table[i].out == NULL ? "" : table[i].out,
		    "row %zu (%s)", i, table[i].why);
		(void)unlink(path);
	}
}

Test(secret, a_variable_of_the_environment)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct secret s = { .env = "KPID_TEST_SECRET" };
	struct kpid_err err = { 0 };
	const char *out = "";

	(void)unsetenv("KPID_TEST_SECRET");
	cr_expect(!secret_read(&s, &mem, &out, &err));
	cr_expect_eq(err.code, KPID_ECONFIG);
	cr_expect_str_eq(err.msg,
	    "could not read a secret: the environment "
	    "variable 'KPID_TEST_SECRET' is not set");
	(void)setenv("KPID_TEST_SECRET", "s3cret", 1);
	cr_expect(secret_read(&s, &mem, &out, &err));
	cr_expect_str_eq(out, "s3cret");
}

Test(secret, an_error_never_shows_the_secret)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct secret s = { .file = "/nonexistent/secret" };
	struct kpid_err err = { 0 };
	const char *out = "";

	cr_expect(!secret_read(&s, &mem, &out, &err));
	cr_expect_str_eq(err.msg,
	    "could not read a secret: could not open "
	    "'/nonexistent/secret': No such file or directory");
}
