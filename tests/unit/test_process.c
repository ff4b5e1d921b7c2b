/* rooms: base */
#include <criterion/criterion.h>
#include <signal.h>

#include "kpid/process.h"

Test(process, output_and_status_come_back)
{
	static const struct {
		const char *script, *output;
		int status;
		const char *why;
	} table[] = {
		{ "echo out; echo err >&2", "out\nerr\n", 0, "in order" },
		{ "exit 3", "", 3, "its exit code" },
		{ "kill -9 $$", "", 137, "ended by a signal" },
		{ "cat", "", 0, "standard input is empty" },
		{ "sleep 60 & echo started", "started\n", 0,
		    "a background process is not waited for" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		const char *argv[] = { "sh", "-c", table[i].script, NULL };
		CLEANUP(buf_release) struct buf output;
		struct kpid_err err = { 0 };
		int status = -1;

		buf_init(&output, 1000);
		cr_assert(process_run(argv, &output, &status, &err), "%s",
		    err.msg);
		cr_expect_eq(status, table[i].status, "row %zu (%s): got %d", i,
		    table[i].why, status);
		cr_expect(slice_is(buf_slice(&output), table[i].output),
		    "row %zu (%s)", i, table[i].why);
	}
}

Test(process, output_ends_at_the_maximum_of_the_buffer)
{
	const char *argv[] = { "sh", "-c", "echo 0123456789", NULL };
	CLEANUP(buf_release) struct buf output;
	struct kpid_err err = { 0 };
	int status = -1;

	buf_init(&output, 4);
	cr_assert(process_run(argv, &output, &status, &err));
	cr_expect(slice_is(buf_slice(&output), "0123"));
	cr_expect_eq(status, 0);
}

/* Both would be 0 if the program inherited what this process does with them. */
Test(process, signals_are_as_usual_in_the_program)
{
	static const struct {
		const char *script;
		int status;
	} table[] = {
		{ "kill -PIPE $$; exit 0", 128 + SIGPIPE },
		{ "kill -TERM $$; exit 0", 128 + SIGTERM },
	};
	sigset_t term;

	(void)signal(SIGPIPE, SIG_IGN);
	(void)sigemptyset(&term);
	(void)sigaddset(&term, SIGTERM);
	(void)sigprocmask(SIG_BLOCK, &term, NULL);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		const char *argv[] = { "sh", "-c", table[i].script, NULL };
		CLEANUP(buf_release) struct buf output;
		struct kpid_err err = { 0 };
		int status = -1;

		buf_init(&output, 1000);
		cr_assert(process_run(argv, &output, &status, &err));
		cr_expect_eq(status, table[i].status, "'%s': got %d",
		    table[i].script, status);
	}
}

Test(process, a_program_that_is_not_there_is_named)
{
	const char *argv[] = { "/nonexistent/initdb", NULL };
	CLEANUP(buf_release) struct buf output;
	struct kpid_err err = { 0 };
	int status = -1;

	buf_init(&output, 1000);
	cr_expect(!process_run(argv, &output, &status, &err));
	cr_expect_str_eq(err.msg,
	    "could not run '/nonexistent/initdb': "
	    "No such file or directory");
	cr_expect_eq(status, -1);
}
