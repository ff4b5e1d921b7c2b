/* kpid target import, kpid target export. */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "kpid/targets.h"
#include "kpid/work.h"

static bool
read_plan(struct cli *cli, const char **json)
{
	const bool both = cli->n_args == 3;
	const struct plan_files files = { both ? cli->args[1] : NULL,
		cli->args[both ? 2 : 1] };
	struct problems warnings = { .mem = &cli->mem };
	struct problems all = { .mem = &cli->mem, .warnings = &warnings };
	const bool ok = targets_read(&cli->cfg, &files, &cli->mem, json, &all);

	cli_tell_problems(&all);
	cli_tell_warnings(&warnings);
	return ok;
}

static bool
import(struct cli *cli, struct session *s, const char *json,
    struct kpid_err *err)
{
	const struct db_param params[] = { DB_TEXT(json),
		DB_TEXT(targets_source(&cli->cfg, cli->args[cli->n_args - 1],
		    &cli->mem)) };
	struct db_rows rows;

	if (!cli_open(cli, DB_ROLE_COLLECTOR, s, err)
	    || !session_sync(s, &cli->cfg, &cli->mem, err)
	    || !db_rows(s->db,
		&(struct db_query){
		    "select inserted, changed, unchanged,"
		    " withdrawn from kpid.target_import($1::jsonb, $2)",
		    params, 2 },
		&cli->mem, &rows, err)
	    || !work_evaluate(s->db, &cli->cfg, NULL, NULL, err))
		return false;
	printf(cli->json
		? "{\"inserted\":%s,\"changed\":%s,\"unchanged\":%s,"
		  "\"withdrawn\":%s}\n"
		: "%s inserted, %s changed, %s unchanged, %s withdrawn\n",
	    db_cell(&rows, 0, 0), db_cell(&rows, 0, 1), db_cell(&rows, 0, 2),
	    db_cell(&rows, 0, 3));
	return true;
}

static int
target_import(struct cli *cli)
{
	struct session s = { 0 };
	struct kpid_err err = { 0 };
	const char *json;
	bool ok;

	if (cli->n_args < 2)
		return cli_usage("usage: kpid target %s", cli->command->args);
	if (!read_plan(cli, &json))
		return EXIT_CONFIG;
	ok = import(cli, &s, json, &err);
	session_close(&s);
	return ok ? EXIT_DONE : cli_fail(&err);
}

static int
target_export(struct cli *cli)
{
	struct session s = { 0 };
	struct kpid_err err = { 0 };
	const char *text = NULL;
	bool ok = cli_open(cli, DB_ROLE_COLLECTOR, &s, &err)
	    && db_value(s.db,
		&(struct db_query){ cli->json ? "select kpid.target_json()"
					      : "select kpid.target_csv()",
		    NULL, 0 },
		&cli->mem, &text, &err);

	session_close(&s);
	if (!ok)
		return cli_fail(&err);
	/* The BOM is what makes a spreadsheet read UTF-8. */
	if (cli->json)
		puts(text);
	else
		printf("\xef\xbb\xbf%s", text != NULL ? text : "");
	return EXIT_DONE;
}

int
cmd_target(struct cli *cli)
{
	if (strcmp(cli->args[0], "import") == 0)
		return target_import(cli);
	if (strcmp(cli->args[0], "export") == 0 && cli->n_args == 1)
		return target_export(cli);
	return cli_usage("usage: kpid target %s", cli->command->args);
}
