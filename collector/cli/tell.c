/* What every command says in the same way, and opens in the same way. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

int
cli_fail(const struct kpid_err *err)
{
	fprintf(stderr, "kpid: %s\n", err->msg);
	return err_exit_code(err);
}

int
cli_usage(const char *fmt, ...)
{
	va_list ap;

	fputs("kpid: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	/* One that says what to do needs no more. */
	fputs(strstr(fmt, "HINT: ") != NULL ? "\n" : "\nHINT: kpid --help\n",
	    stderr);
	return EXIT_USAGE;
}

static void
tell_list(const struct problems *all, const char *word)
{
	CLEANUP(arena_release) struct arena mem = { 0 };

	for (size_t i = 0; i < all->n; i++)
		fprintf(stderr, "%s: %s%s\n",
		    problem_place(all->list[i].file, all->list[i].line, &mem),
		    word, all->list[i].text);
}

void
cli_tell_problems(const struct problems *all)
{
	tell_list(all, "");
}

void
cli_tell_warnings(const struct problems *warnings)
{
	tell_list(warnings, "warning: ");
}

void
cli_say(const char *text)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "kpid: %s\n", text);
}

bool
cli_colour(void)
{
	const char *no = getenv("NO_COLOR");

	return (no == NULL || *no == '\0') && isatty(STDOUT_FILENO);
}

void
cli_tell_clock(const struct cli *cli)
{
	char text[INSTANT_TEXT_MAX];

	if (!cli->clock.fixed)
		return;
	(void)instant_text(cli->clock.at, text);
	fprintf(stderr, "kpid: the configuration fixes the clock at %s\n",
	    text);
}

bool
cli_open(struct cli *cli, enum db_role role, struct session *s,
    struct kpid_err *err)
{
	cli_tell_clock(cli);
	return session_open(&cli->cfg, role, &cli->mem, cli_say, s, err);
}
