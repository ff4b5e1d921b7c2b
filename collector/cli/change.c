/* Commands that people change the store with: one function call each. */
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "kpid/civil.h"
#include "kpid/normalise.h"
#include "kpid/work.h"
#include "names.h"

/* A call, then what it makes due. Returns the exit code. */
static int
call(struct cli *cli, const char *sql, const struct db_param *params, size_t n)
{
	struct session s = { 0 };
	struct kpid_err err = { 0 };
	const char *said;
	bool ok = cli_open(cli, DB_ROLE_COLLECTOR, &s, &err)
	    && db_value(s.db, &(struct db_query){ sql, params, n }, &cli->mem,
		&said, &err)
	    && work_evaluate(s.db, &cli->cfg, NULL, NULL, &err);

	if (!ok && cli->n_args > 0)
		names_target_near(cli, s.db, cli->args[0], &err);
	session_close(&s);
	if (!ok)
		return cli_fail(&err);
	if (cli->json)
		printf("{\"changed\":%s}\n",
		    said != NULL && strcmp(said, "f") == 0 ? "false" : "true");
	else
		puts(said != NULL && strcmp(said, "f") == 0 ? "nothing changed"
							    : "done");
	return EXIT_DONE;
}

/* The options that must be given; the first missing one ends with usage. */
static int
require(const struct cli *cli, const char *const names[])
{
	for (size_t i = 0; names[i] != NULL; i++)
		if (cli_option(cli, names[i]) == NULL)
			return cli_usage("usage: kpid %s %s",
			    cli->command->name, cli->command->args);
	return EXIT_DONE;
}

int
cmd_ack(struct cli *cli)
{
	static const char *const needed[] = { "by", "note", "until", NULL };
	const struct db_param params[] = { DB_TEXT(cli->args[0]),
		DB_TEXT(cli_option(cli, "by")),
		DB_TEXT(cli_option(cli, "note")),
		DB_TEXT(cli_option(cli, "until")) };
	int code = require(cli, needed);

	return code != EXIT_DONE
	    ? code
	    : call(cli, "select kpid.ack($1, $2, $3, $4::date)", params, 4);
}

int
cmd_silence(struct cli *cli)
{
	static const char *const needed[] = { "by", "reason", "until", NULL };
	const struct db_param params[] = { DB_TEXT(cli->args[0]),
		DB_TEXT(cli_option(cli, "by")),
		DB_TEXT(cli_option(cli, "reason")),
		DB_TEXT(cli_option(cli, "until")) };
	int code;

	if (cli_option(cli, "lift") != NULL)
		return call(cli, "select kpid.silence_lift($1)", params, 1);
	code = require(cli, needed);
	return code != EXIT_DONE
	    ? code
	    : call(cli, "select kpid.silence($1, $2, $3, $4::date)", params, 4);
}

/* The fiscal year of an argument, as people write it: 2024, R6, 令和6年度. */
static bool
fiscal_year(const char *text, char out[static 16])
{
	struct period p;
	const char *why;

	if (!period_read(slice_of(text), PERIOD_AS_FISCAL_YEAR, NULL, &p, &why))
		return false;
	(void)snprintf(out, 16, "%d", civil_from_day(p.first).year);
	return true;
}

int
cmd_close(struct cli *cli)
{
	static const char *const needed[] = { "by", NULL };
	const char *given = cli_option(cli, "org");
	const char *org = given != NULL ? given : cli->cfg.organization;
	char year[16];
	const struct db_param params[] = { DB_TEXT(org), DB_TEXT(year),
		DB_TEXT(cli_option(cli, "by")) };
	int code = require(cli, needed);

	if (code != EXIT_DONE)
		return code;
	if (org == NULL)
		return cli_usage("whose year is it? HINT: give --org");
	if (!fiscal_year(cli->args[0], year))
		return cli_usage("'%s' is no fiscal year. HINT: write it as "
				 "2024 or 令和6年度",
		    cli->args[0]);
	return call(cli,
	    "select coalesce(kpid.year_close($1::int, $2::int, $3), false)",
	    params, 3);
}

/* Whoever is logged in, when --by does not say who it is. */
static const char *
who(const struct cli *cli)
{
	const char *by = cli_option(cli, "by");
	const struct passwd *pw = by != NULL ? NULL : getpwuid(getuid());

	return by != NULL ? by : pw != NULL ? pw->pw_name : "unknown";
}

int
cmd_retract(struct cli *cli)
{
	static const char *const needed[] = { "why", NULL };
	const struct db_param params[] = { DB_TEXT(cli->args[0]),
		DB_TEXT(who(cli)), DB_TEXT(cli_option(cli, "why")) };
	int code = require(cli, needed);
	char *end;

	if (code != EXIT_DONE)
		return code;
	(void)strtol(cli->args[0], &end, 10);
	if (*end != '\0' || end == cli->args[0])
		return cli_usage("'%s' is no delivery's number. HINT: "
				 "kpi.delivery lists them",
		    cli->args[0]);
	return call(cli, "select kpid.retract($1::integer, $2, $3)", params, 3);
}
