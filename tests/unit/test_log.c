/* rooms: base */
#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

Test(log, under_systemd_lines_carry_their_priority, .init = cr_redirect_stderr)
{
	(void)setenv("JOURNAL_STREAM", "8:1", 1);
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
	(void)setenv("JOURNAL_STREAM", "8:1", 1);
	log_info("feed\nx", "a\r\nb\x1b[31m");
	(void)close(STDERR_FILENO);
	expect_log("<6>info feed x: a  b [31m\n");
}

Test(log, the_level_decides_what_is_written, .init = cr_redirect_stderr)
{
	(void)setenv("JOURNAL_STREAM", "8:1", 1);
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

	(void)unsetenv("JOURNAL_STREAM");
	log_info("daemon", "ready");
	(void)close(STDERR_FILENO);
	file = cr_get_redirected_stderr();
	(void)fread(got, 1, sizeof(got) - 1, file);
	cr_expect_eq(got[10], 'T');
	cr_expect_str_eq(strstr(got, "Z "), "Z info daemon: ready\n");
}
