/* rooms: base daemon */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../collector/daemon/instance.h"

/* A state directory of its own; removed by leave. */
static void
enter(char *dir, size_t room)
{
	const char *top = getenv("TMPDIR");

	(void)snprintf(dir, room, "%s/kpid-instance-XXXXXX",
	    top == NULL ? "/tmp" : top);
	cr_assert_not_null(mkdtemp(dir));
}

static void
leave(const char *dir)
{
	char path[300];

	(void)snprintf(path, sizeof(path), "%s/instance", dir);
	(void)unlink(path);
	(void)rmdir(dir);
}

static struct instance
opened(const char *dir)
{
	struct kpid_err err = { 0 };
	struct instance in;

	cr_assert(instance_open(dir, &in, &err), "%s", err.msg);
	return in;
}

Test(instance, a_daemon_that_is_started_again_is_the_same)
{
	char dir[200];

	enter(dir, sizeof(dir));
	struct instance first = opened(dir);

	cr_expect_not_null(strchr(first.name, ':'), "%s", first.name);
	instance_close(&first);
	instance_close(&first);
	struct instance again = opened(dir);

	cr_expect_str_eq(again.name, first.name);
	instance_close(&again);
	leave(dir);
}

Test(instance, two_in_one_directory_are_two)
{
	char dir[200];

	enter(dir, sizeof(dir));
	struct instance first = opened(dir), second = opened(dir);

	cr_expect_str_neq(second.name, first.name);
	instance_close(&second);
	instance_close(&first);
	struct instance third = opened(dir);

	cr_expect_str_eq(third.name, first.name,
	    "the second's name was for its time alone");
	instance_close(&third);
	leave(dir);
}

Test(instance, a_file_that_says_nothing_is_written_anew)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
		{ "", "empty: a crash while it was made" },
		{ "0123456789abcde", "cut" },
		{ "0123456789ABCDEF", "not ours" },
		{ "hostname\n12345678", "another thing" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char dir[200], path[300];

		enter(dir, sizeof(dir));
		(void)snprintf(path, sizeof(path), "%s/instance", dir);
		FILE *f = fopen(path, "w");

		cr_assert_not_null(f);
		(void)fputs(rows[i].text, f);
		(void)fclose(f);
		struct instance in = opened(dir);

		cr_expect(strlen(strchr(in.name, ':')) == 17
			&& strstr(in.name, "ABC") == NULL,
		    "row %zu (%s): %s", i, rows[i].why, in.name);
		instance_close(&in);
		struct instance again = opened(dir);

		cr_expect_str_eq(again.name, in.name, "row %zu (%s)", i,
		    rows[i].why);
		instance_close(&again);
		leave(dir);
	}
}

Test(instance, without_a_directory_there_is_none)
{
	struct kpid_err err = { 0 };
	struct instance in;

	cr_expect(!instance_open("/dev/null/none", &in, &err));
	cr_expect_not_null(strstr(err.msg, "/dev/null/none/instance"), "%s",
	    err.msg);
}
