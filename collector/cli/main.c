/* argv to a command. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "kpid/cli.h"
#include "kpid/label.h"
#include "kpid/log.h"
#include "worker_entry.h"

#define HELP_WIDTH 80 /* columns of a terminal */

static int
print_help(void)
{
	puts("kpid collects a local government's KPI series into PostgreSQL,"
	     "\ncompares them with the year's targets and mails the people"
	     " responsible\nwhen one slips.\n"
	     "\nusage: kpid [-c FILE] COMMAND ...\n\ncommands:");
	for (const struct command *c = commands; c->name != NULL; c++)
		printf("  %-9s %s\n", c->name, c->summary);
	puts("\n  -c FILE         the configuration; else $KPID_CONFIG,"
	     " ./config/kpid.json,\n                  /etc/kpid/kpid.json\n"
	     "  --format json   one JSON document instead of text\n"
	     "  --version       what this is\n"
	     "\nkpid COMMAND --help says more about a command.");
	return EXIT_DONE;
}

/* Where a word of the arguments ends: an option and its value, and what stands
 * in brackets, stay together. */
static size_t
args_word(const char *at)
{
	size_t len = 0;
	int depth = 0;

	for (; at[len] != '\0'; len++) {
		depth += (at[len] == '[') - (at[len] == ']');
		if (at[len] == ' ' && depth == 0
		    && strchr("[|-", at[len + 1]) != NULL)
			break;
	}
	return len;
}

/* The arguments behind `used` columns, in lines that a terminal has. */
static void
print_args(const char *args, size_t used)
{
	while (*args != '\0') {
		size_t len = args_word(args);

		if (used + 1 + len > HELP_WIDTH) {
			fputs("\n         ", stdout);
			used = 9;
		}
		printf(" %.*s", (int)len, args);
		used += 1 + len;
		args += len + (args[len] == ' ');
	}
}

static int
print_command_help(const struct command *c)
{
	printf("usage: kpid [-c FILE] %s", c->name);
	print_args(c->args, sizeof("usage: kpid [-c FILE]") + strlen(c->name));
	printf("\n\n%s\n", c->summary);
	if (c->help != NULL)
		printf("\n%s", c->help);
	return EXIT_DONE;
}

/* The command most like it: "did you mean". */
static const char *
nearest_command(const char *name, struct arena *mem)
{
	const char **names;
	size_t n = 0;

	while (commands[n].name != NULL)
		n++;
	names = arena_array(mem, n, sizeof(*names));
	for (size_t i = 0; i < n; i++)
		names[i] = commands[i].name;
	return nearest_name(name, names, n);
}

static int
unknown_command(const char *name, struct arena *mem)
{
	const char *near = nearest_command(name, mem);

	return near == NULL
	    ? cli_usage("unknown command '%s'. HINT: kpid --help lists them",
		name)
	    : cli_usage("unknown command '%s'. HINT: did you mean '%s'? kpid "
			"--help lists them all",
		name, near);
}

static const struct command *
find_command(const char *name)
{
	for (const struct command *c = commands; c->name != NULL; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

enum option_kind { OPTION_UNKNOWN, OPTION_SWITCH, OPTION_VALUE };

static enum option_kind
option_kind(const struct command *c, const char *name)
{
	char word[64];

	if (c == NULL || strlen(name) > 40)
		return OPTION_UNKNOWN;
	(void)snprintf(word, sizeof(word), " %s! ", name);
	if (strstr(c->options, word) != NULL)
		return OPTION_SWITCH;
	(void)snprintf(word, sizeof(word), " %s ", name);
	return strstr(c->options, word) != NULL ? OPTION_VALUE : OPTION_UNKNOWN;
}

/* name without its dashes; one before any command has none to be of. */
static int
unknown_option(const struct command *c, const char *name, struct arena *mem)
{
	const char *names[OPTIONS_MAX], *near;
	char *list, *save = NULL;
	size_t n = 0;

	if (c == NULL)
		return cli_usage("unknown option '--%s'. HINT: kpid --help; "
				 "options of a command stand behind it",
		    name);
	list = arena_strdup(mem, c->options);
	for (char *word = strtok_r(list, " !", &save);
	     word != NULL && n + 1 < ARRAY_LEN(names);
	     word = strtok_r(NULL, " !", &save))
		names[n++] = word;
	names[n++] = "format";
	near = nearest_name(name, names, n);
	return near == NULL
	    ? cli_usage("unknown option '--%s' for %s. HINT: kpid %s --help",
		name, c->name, c->name)
	    : cli_usage("unknown option '--%s' for %s. HINT: did you mean "
			"'--%s'? kpid %s --help says more",
		name, c->name, near, c->name);
}

/* The words of the command line, one at a time. */
struct words {
	char **argv;
	int argc, at;
};

/* --name VALUE or --name=VALUE; NULL when nothing follows. */
static const char *
option_value(struct words *w, char *equals)
{
	if (equals != NULL)
		return equals + 1;
	return w->at + 1 < w->argc ? w->argv[++w->at] : NULL;
}

static int
take_format(struct cli *cli, const char *value)
{
	if (value == NULL
	    || (strcmp(value, "json") != 0 && strcmp(value, "text") != 0))
		return cli_usage("--format is json or text");
	cli->json = strcmp(value, "json") == 0;
	return EXIT_DONE;
}

static int
take_option(struct cli *cli, struct words *w)
{
	char *name = arena_strdup(&cli->mem, w->argv[w->at] + 2);
	char *equals = strchr(name, '=');
	enum option_kind kind;
	const char *value = NULL;

	if (equals != NULL)
		*equals = '\0';
	if (strcmp(name, "format") == 0)
		return take_format(cli, option_value(w, equals));
	kind = option_kind(cli->command, name);
	if (kind == OPTION_UNKNOWN)
		return unknown_option(cli->command, name, &cli->mem);
	if (kind == OPTION_VALUE && (value = option_value(w, equals)) == NULL)
		return cli_usage("--%s needs a value", name);
	if (cli->n_options == OPTIONS_MAX)
		return cli_usage("too many options");
	cli->options[cli->n_options++] = (struct option_given){ name, value };
	return EXIT_DONE;
}

/* -1: go on; else an exit code. */
static int
take_word(struct cli *cli, struct words *w, const char **args)
{
	const char *word = w->argv[w->at];

	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
		return cli->command != NULL ? print_command_help(cli->command)
					    : print_help();
	if (strcmp(word, "--version") == 0) {
		puts("kpid " KPID_VERSION);
		return EXIT_DONE;
	}
	if (strcmp(word, "-c") == 0) {
		cli->config_given = option_value(w, NULL);
		return cli->config_given != NULL ? -1
						 : cli_usage("-c needs a file");
	}
	if (strncmp(word, "--", 2) == 0 && word[2] != '\0') {
		int code = take_option(cli, w);

		return code == EXIT_DONE ? -1 : code;
	}
	/* -5 is a number, and no option is one */
	if (word[0] == '-' && word[1] != '\0'
	    && strchr("0123456789.", word[1]) == NULL)
		return cli_usage("unknown option '%s'", word);
	if (cli->command != NULL)
		args[cli->n_args++] = word;
	else if ((cli->command = find_command(word)) == NULL)
		return unknown_command(word, &cli->mem);
	return -1;
}

static int
read_words(struct cli *cli, int argc, char **argv)
{
	struct words w = { argv, argc, 1 };
	const char **args =
	    arena_array(&cli->mem, (size_t)argc + 1, sizeof(*args));
	int code = -1;

	cli->args = args;
	for (; w.at < argc && code < 0; w.at++) {
		if (strcmp(argv[w.at], "--") == 0 && cli->command != NULL) {
			while (++w.at < argc)
				args[cli->n_args++] = argv[w.at];
			break;
		}
		code = take_word(cli, &w, args);
	}
	if (code >= 0)
		return code;
	if (cli->command == NULL)
		return cli_usage("no command given");
	if (cli->n_args < cli->command->min_args
	    || cli->n_args > cli->command->max_args)
		return cli_usage(
		    "%s is missing words, or has too many: kpid %s "
		    "%s. HINT: kpid %s --help says more",
		    cli->command->name, cli->command->name, cli->command->args,
		    cli->command->name);
	return -1;
}

static int
read_config(struct cli *cli)
{
	struct problems all = { .mem = &cli->mem };
	struct kpid_err err = { 0 };
	const char *path;

	if (!config_find(cli->config_given, &cli->mem, &path, &err))
		return cli_fail(&err);
	if (!config_load(path, &cli->mem, &cli->cfg, &all)) {
		cli_tell_problems(&all);
		return EXIT_CONFIG;
	}
	cli->clock = (struct clock){ cli->cfg.clock_fixed, cli->cfg.clock };
	return -1;
}

/* KPID_LOG: error, warn, info or debug; KPID_LOG_FORMAT: json. A daemon's
 * workers have them, too. */
static void
read_log_settings(void)
{
	const char *level = getenv("KPID_LOG");
	const char *format = getenv("KPID_LOG_FORMAT");
	enum log_level known;

	if (level != NULL && log_level_read(level, &known))
		log_set_level(known);
	log_set_json(format != NULL && strcmp(format, "json") == 0);
}

/* Who closes a pipe early has seen enough. */
static bool
reader_gone(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO };

	return poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

/* Is all of it written? A full disk leaves a file that looks whole. Which
 * write failed nobody remembers, unless it is the last. */
static bool
output_ended(void)
{
	errno = 0;

	const bool ok = fflush(stdout) == 0 && ferror(stdout) == 0;
	const char *why = errno != 0 ? strerror(errno) : "no room?";

	if (!ok && !reader_gone())
		fprintf(stderr, "kpid: could not write all of the output: %s\n",
		    why);
	return ok;
}

int
cli_main(int argc, char **argv)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct cli *cli = arena_alloc(&mem, sizeof(*cli));
	int code;

	/* A mail server or a pager that closes early is an error, no end. */
	(void)signal(SIGPIPE, SIG_IGN);
	read_log_settings();
	if (argc > 1 && strcmp(argv[1], WORKER_WORD) == 0)
		return worker_entry(argc, argv);
	code = read_words(cli, argc, argv);
	if (code < 0)
		code = cli_check_values(cli);
	if (code < 0 && cli->command->need == NEED_CONFIG)
		code = read_config(cli);
	if (code < 0)
		code = cli->command->run(cli);
	if (!output_ended() && code == EXIT_DONE)
		code = EXIT_FEED;
	arena_release(&cli->mem);
	return code;
}
