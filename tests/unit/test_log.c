/* rooms: base */
#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kpid/log.h"

/* What the log wrote to standard error since. */
static void
expect_log(const char *want)
{
	char got[8192] = "";
	FILE *file = cr_get_redirected_stderr();
	size_t n = fread(got, 1, sizeof(got) - 1, file);

	got[n] = '\0';
	cr_expect_str_eq(got, want, "got '%s'", got);
}

/* Standard error is what systemd says that it is. */
static void
as_the_journal(void)
{
	char text[64];
	struct stat st;

	cr_assert(fstat(STDERR_FILENO, &st) == 0);
	(void)snprintf(text, sizeof(text), "%llu:%llu",
	    (unsigned long long)st.st_dev, (unsigned long long)st.st_ino);
	(void)setenv("JOURNAL_STREAM", text, 1);
}

Test(log, under_systemd_lines_carry_their_priority, .init = cr_redirect_stderr)
{
	as_the_journal();
	log_error("feed a", "could not %s", "fetch");
	log_warn("feed b", "late");
	log_info("daemon", "ready");
	log_debug("daemon", "not written by default");
	(void)close(STDERR_FILENO);
	expect_log("<3>error feed a: could not fetch\n"
		   "<4>warn feed b: late\n<6>info daemon: ready\n");
}

Test(log, an_event_is_one_line_whatever_it_quotes, .init = cr_redirect_stderr)
{
	as_the_journal();
	log_info("feed\nx", "a\r\nb\x1b[31m");
	(void)close(STDERR_FILENO);
	expect_log("<6>info feed x: a  b [31m\n");
}

Test(log, the_level_decides_what_is_written, .init = cr_redirect_stderr)
{
	as_the_journal();
	log_set_level(LOG_LEVEL_ERROR);
	log_warn("a", "no");
	log_error("a", "yes");
	log_set_level(LOG_LEVEL_DEBUG);
	log_debug("a", "yes");
	(void)close(STDERR_FILENO);
	expect_log("<3>error a: yes\n<7>debug a: yes\n");
}

Test(log, elsewhere_lines_begin_with_the_time, .init = cr_redirect_stderr)
{
	char got[200] = "";
	FILE *file;

	/* Of a service whose output somebody sent elsewhere. */
	(void)setenv("JOURNAL_STREAM", "8:1", 1);
	log_info("daemon", "ready");
	(void)close(STDERR_FILENO);
	file = cr_get_redirected_stderr();
	(void)fread(got, 1, sizeof(got) - 1, file);
	cr_expect_eq(got[10], 'T');
	cr_expect_str_eq(strstr(got, "Z "), "Z info daemon: ready\n");
}

Test(log, a_run_stands_in_every_line_about_it, .init = cr_redirect_stderr)
{
	as_the_journal();
	log_run(LOG_LEVEL_INFO, "feed a", "17", "fetched %d bytes", 3);
	log_run(LOG_LEVEL_ERROR, "feed a", NULL, "no");
	(void)close(STDERR_FILENO);
	expect_log("<6>info feed a: fetched 3 bytes run=17\n"
		   "<3>error feed a: no\n");
}

Test(log, as_json_a_line_is_an_object, .init = cr_redirect_stderr)
{
	char got[400] = "";

	log_set_json(true);
	log_run(LOG_LEVEL_WARN, "feed \"a\"", "17", "a\\b\nc");
	(void)close(STDERR_FILENO);
	(void)!fread(got, 1, sizeof(got) - 1, cr_get_redirected_stderr());
	cr_expect(strncmp(got, "{\"time\":\"20", 11) == 0, "got %s", got);
	cr_expect_str_eq(strstr(got, "\"level\""),
	    "\"level\":\"warn\",\"subject\":\"feed \\\"a\\\"\",\"run\":\"17\","
	    "\"message\":\"a\\\\b c\"}\n",
	    "got %s", got);
}

Test(log, so_does_json, .init = cr_redirect_stderr)
{
	char got[400] = "";

	as_the_journal();
	log_set_json(true);
	log_error("feed a", "no");
	(void)close(STDERR_FILENO);
	(void)!fread(got, 1, sizeof(got) - 1, cr_get_redirected_stderr());
	cr_expect(strncmp(got, "<3>{\"time\":", 11) == 0, "got %s", got);
}

Test(log, levels_are_read_by_their_names)
{
	enum log_level level = LOG_LEVEL_INFO;

	cr_expect(log_level_read("debug", &level) && level == LOG_LEVEL_DEBUG);
	cr_expect(log_level_read("error", &level) && level == LOG_LEVEL_ERROR);
	cr_expect(!log_level_read("loud", &level) && level == LOG_LEVEL_ERROR);
}

Test(log, the_same_complaint_is_counted, .init = cr_redirect_stderr)
{
	static struct log_repeats all;
	const usec minute = 60 * (usec)1000000, start = 100 * minute;
	const struct log_event away = { LOG_LEVEL_ERROR, "loader", NULL,
		"away" };
	const struct log_event other = { LOG_LEVEL_ERROR, "mailer", NULL,
		"away" };
	size_t held = 0;

	as_the_journal();
	for (int i = 0; i < 44; i++)
		held += log_repeats_hold(&all, &away, start + i * minute / 5);
	cr_expect(held == 41, "%zu held back: all but three", held);
	cr_expect(!log_repeats_hold(&all, &other, start + 9 * minute));
	log_repeats_end(&all, start + 11 * minute);
	cr_expect(!log_repeats_hold(&all, &away, start + 11 * minute),
	    "ten minutes later it is told again");
	log_repeats_end(&all, INT64_MAX);
	(void)close(STDERR_FILENO);
	expect_log("<3>error loader: away (repeated 41 times in 9 min)\n");
}

Test(log, of_a_daemon_the_fourth_is_held_back, .init = cr_redirect_stderr)
{
	static struct log_repeats all;

	as_the_journal();
	log_set_repeats(&all);
	for (int i = 0; i < 5; i++) {
		log_error("loader", "away");
		log_info("loader", "told each time");
	}
	log_set_repeats(NULL);
	(void)close(STDERR_FILENO);
	expect_log("<3>error loader: away\n<6>info loader: told each time\n"
		   "<3>error loader: away\n<6>info loader: told each time\n"
		   "<3>error loader: away\n<6>info loader: told each time\n"
		   "<6>info loader: told each time\n"
		   "<6>info loader: told each time\n"
		   "<3>error loader: away (repeated 2 times in 1 min)\n");
}
