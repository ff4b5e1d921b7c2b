/* What the commands share. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "kpid/arena.h"
#include "kpid/clock.h"
#include "kpid/config.h"
#include "kpid/db.h"
#include "kpid/error.h"
#include "kpid/session.h"

#define EXIT_DONE   0
#define EXIT_FEED   1
#define EXIT_USAGE  2
#define EXIT_LATER  75
#define EXIT_CONFIG 78

#define OPTIONS_MAX 24

/* One --name given; value NULL for a switch. */
struct option_given {
	const char *name, *value;
};

struct cli {
	const struct command *command;
	const char *config_given; /* -c, or NULL */
	bool json;
	struct option_given options[OPTIONS_MAX];
	size_t n_options;
	const char *const *args; /* after the options */
	size_t n_args;
	struct arena mem;
	struct config cfg; /* when the command needs it */
	struct clock clock;
};

/* What a command needs before it runs. */
enum need { NEED_NOTHING, NEED_CONFIG };

struct command {
	const char *name;
	const char *args;    /* as printed in the usage line */
	const char *summary; /* one line */
	const char *help;    /* more lines, or NULL */
	/* " all! as-of ": the long options; with ! they are switches. */
	const char *options;
	size_t min_args, max_args;
	enum need need;
	int (*run)(struct cli *cli);
};

extern const struct command commands[]; /* ends with a name of NULL */

/* The option's value, "" for a switch; NULL when it was not given. */
const char *cli_option(const struct cli *cli, const char *name);
/* The same of one that may be given again: place 0, 1, .. */
const char *cli_option_at(const struct cli *cli, const char *name,
    size_t place);
/* "kpid: message" on standard error; returns the exit code for err. */
int cli_fail(const struct kpid_err *err);
/* Usage: prints the text and how to get help; returns EXIT_USAGE. */
PRINTF(1, 2) int cli_usage(const char *fmt, ...);
/* Every problem on a line of its own, on standard error. */
void cli_tell_problems(const struct problems *all);
void cli_tell_warnings(const struct problems *warnings);
/* One step of slow work, on a terminal only. */
void cli_say(const char *text);
/* Says on standard error that the clock is fixed, when it is. */
void cli_tell_clock(const struct cli *cli);
/* Is standard output a terminal that wants colours? */
bool cli_colour(void);

/* -1 when the values of --as-of, --until, --known-at and --org can be read;
 * else tells and gives EXIT_USAGE. */
int cli_check_values(const struct cli *cli);

/* Opens a session, runs one query of one value and prints it: what commands
 * that print SQL's own JSON do. */
MUST_CHECK bool cli_open(struct cli *cli, enum db_role role, struct session *s,
    struct kpid_err *err);

/* One function per command. */
/* No reminders of a target until a day: somebody is at it. */
int cmd_ack(struct cli *cli);
/* What is open (--all: closed too), as a table or JSON. */
int cmd_alerts(struct cli *cli);
/* The past of a feed whose URL names periods, as imports. */
int cmd_backfill(struct cli *cli);
/* What would have been mailed in the past, and what became of it. */
int cmd_backtest(struct cli *cli);
/* Every problem of the configuration at once; 78 when there is one. */
int cmd_check(struct cli *cli);
/* The final report of a year is closed: no alert of it opens any more. */
int cmd_close(struct cli *cli);
/* Feeds named or all: fetched, loaded, judged, told. */
int cmd_collect(struct cli *cli);
/* Where a status comes from, down to cells of bodies. */
int cmd_explain(struct cli *cli);
/* Local files as deliveries that mail nobody. */
int cmd_import(struct cli *cli);
/* A feed file proposed for a body; doubts on standard error. */
int cmd_inspect(struct cli *cli);
/* One mail to an address, to see that mail works. */
int cmd_mail(struct cli *cli);
/* Brings the schema up to date; the only way for a server's. */
int cmd_migrate(struct cli *cli);
/* When each feed is due, and what it is to bring; changes nothing. */
int cmd_next(struct cli *cli);
/* 0 when the database is there and up to date, 75 when not. */
int cmd_ping(struct cli *cli);
/* Gives up the bodies that are kept no longer. */
int cmd_prune(struct cli *cli);
/* A value typed by hand, as a delivery. */
int cmd_put(struct cli *cli);
/* Reads a body as collect would and writes nothing. */
int cmd_preview(struct cli *cli);
/* psql as the analyst, with the arguments behind it; its exit code. */
int cmd_psql(struct cli *cli);
/* Takes a delivery back, with the name of who did and why. */
int cmd_replay(struct cli *cli);
int cmd_retract(struct cli *cli);
/* The daemon, until it is told to end. */
int cmd_run(struct cli *cli);
/* No mail of a target until a day, or again (--lift). */
int cmd_silence(struct cli *cli);
/* The judgement of every target, as of a day. */
int cmd_status(struct cli *cli);
/* Files of goals and targets into the database, and out of it. */
int cmd_target(struct cli *cli);

#endif
