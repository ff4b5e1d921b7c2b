/* Commands of operators: migrate, ping, psql, mail test, run. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"
#include "kpid/daemon.h"
#include "kpid/json_text.h"
#include "kpid/migrate.h"
#include "kpid/limits.h"
#include "kpid/notify.h"

static void
print_steps(const struct cli *cli, int steps)
{
	if (cli->json)
		printf("{\"applied\":%d}\n", steps);
	else if (steps == 0)
		puts("up to date");
	else
		printf("%d file%s of SQL applied\n", steps,
		    steps == 1 ? "" : "s");
}

static const char *
json_bool(bool value)
{
	return value ? "true" : "false";
}

static bool
migrate(struct cli *cli, struct db *db, bool *behind, struct kpid_err *err)
{
	struct migrate_state state;
	int steps = 0;

	if (!migrate_check(db, &cli->mem, &state, err))
		return false;
	*behind = state.applied < state.available || !state.code_current
	    || state.newer;
	if (cli_option(cli, "check") == NULL) {
		if (!migrate_run(db, &cli->mem, &steps, err))
			return false;
		print_steps(cli, steps);
		*behind = false;
		return true;
	}
	printf(cli->json
		? "{\"migration\":%d,\"available\":%d,\"code_current\":%s,"
		  "\"newer\":%s}\n"
		: "migration %d of %d%s%s\n",
	    state.applied, state.available,
	    cli->json                ? json_bool(state.code_current)
		: state.code_current ? ""
				     : ", functions and views are older",
	    cli->json         ? json_bool(state.newer)
		: state.newer ? ", made by a newer kpid"
			      : "");
	return true;
}

int
cmd_migrate(struct cli *cli)
{
	struct kpid_err err = { 0 };
	struct cluster *c = NULL;
	struct db *db = NULL;
	bool behind = false;
	bool ok = cluster_open(&cli->cfg, &cli->mem, cli_say, &c, &err)
	    && db_open(cluster_conninfo(c), DB_ROLE_LOGIN, &cli->cfg, &db, &err)
	    && migrate(cli, db, &behind, &err);

	db_close(db);
	cluster_close(c);
	return !ok ? cli_fail(&err) : behind ? EXIT_FEED : EXIT_DONE;
}

int
cmd_ping(struct cli *cli)
{
	struct session s = { 0 };
	struct kpid_err err = { 0 };

	if (!session_open(&cli->cfg, DB_ROLE_COLLECTOR, &cli->mem, NULL, &s,
		&err)) {
		if (cli->json)
			puts("{\"ready\":false}");
		fprintf(stderr, "kpid: %s\n", err.msg);
		return EXIT_LATER;
	}
	session_close(&s);
	puts(cli->json ? "{\"ready\":true}" : "ready");
	return EXIT_DONE;
}

/* What an analyst's session begins with; the clock so that "today" is the
 * configuration's. */
static const char *
analyst_options(struct cli *cli)
{
	char clock[INSTANT_TEXT_MAX] = "";

	if (cli->clock.fixed)
		(void)instant_text(cli->clock.at, clock);
	return arena_printf(&cli->mem,
	    "-c role=kpi_analyst"
	    " -c search_path=kpi -c jit=off -c timezone=%s"
	    " -c kpid.time_zone=%s -c kpid.clock=%s",
	    cli->cfg.time_zone, cli->cfg.time_zone, clock);
}

/* psql as its own process, so that the private cluster is stopped after. */
static int
run_psql(struct cli *cli, const char *conninfo)
{
	const char **argv =
	    arena_array(&cli->mem, cli->n_args + 3, sizeof(*argv));
	int status = 0;
	pid_t pid;

	argv[0] = "psql";
	argv[1] = conninfo;
	for (size_t i = 0; i < cli->n_args; i++)
		argv[i + 2] = cli->args[i];
	(void)fflush(NULL);
	pid = fork();
	if (pid == 0) {
		(void)signal(SIGPIPE, SIG_DFL);
		(void)setenv("PGOPTIONS", analyst_options(cli), 1);
		(void)execvp("psql", (char *const *)argv);
		fputs("kpid: psql is not here. HINT: apt-get install "
		      "postgresql-client\n",
		    stderr);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &status, 0) != pid)
		continue;
	return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FEED;
}

/* In a private cluster the analyst logs in as one: nothing to go back to with
 * reset role. On a server the URL's login is what there is. */
static bool
analyst_login(struct cli *cli, const struct session *s, const char **out,
    struct kpid_err *err)
{
	struct db *db;
	bool ok;

	*out = cluster_conninfo(s->cluster);
	if (cli->cfg.database.private_dir == NULL)
		return true;
	if (!db_open(*out, DB_ROLE_LOGIN, &cli->cfg, &db, err))
		return false;
	ok = db_script(db, "alter role kpi_analyst login", err);
	db_close(db);
	*out = arena_printf(&cli->mem, "%s user=kpi_analyst", *out);
	return ok;
}

int
cmd_psql(struct cli *cli)
{
	struct session s = { 0 };
	const char *login;
	struct kpid_err err = { 0 };
	int code;

	if (!session_open(&cli->cfg, DB_ROLE_COLLECTOR, &cli->mem, cli_say, &s,
		&err))
		return cli_fail(&err);
	code = analyst_login(cli, &s, &login, &err) ? run_psql(cli, login)
						    : cli_fail(&err);
	session_close(&s);
	return code;
}

static bool
send_test(struct cli *cli, const char *to, struct kpid_err *err)
{
	const struct config_mail *m = &cli->cfg.mail;
	const bool ja = strcmp(m->language, "ja") == 0;
	const usec now = clock_read(&cli->clock);
	struct mail mail = { .from = m->from,
		.to = to,
		.date = now,
		.subject = ja ? "kpid メール送信試験" : "kpid mail test",
		.text = ja
		    ? "この内容をお読みいただけていれば、kpid からのメールは正しく届いています。\n"
		    : "If you can read this, mail from kpid arrives.\n",
		.message_id = arena_printf(&cli->mem,
		    "<test.%lld@kpid.invalid>", (long long)now) };
	struct buf message;
	int code = 0;
	bool ok;

	buf_init(&message, LIMIT_MAIL_BYTES);
	ok = mail_render(&mail, &message, err)
	    && mail_deliver(m,
		&(struct mail_bytes){ .to = to,
		    .message_id = mail.message_id,
		    .message = buf_slice(&message) },
		&code, err);
	buf_release(&message);
	return ok;
}

int
cmd_mail(struct cli *cli)
{
	struct kpid_err err = { 0 };

	if (strcmp(cli->args[0], "test") != 0)
		return cli_usage("usage: kpid mail %s", cli->command->args);
	if (!cli->cfg.mail.set) {
		(void)!err_set(&err, KPID_ECONFIG,
		    "%s has no 'mail'. HINT: docs/operations.md says what it "
		    "needs",
		    cli->cfg.path);
		return cli_fail(&err);
	}
	if (!send_test(cli, cli->args[1], &err))
		return cli_fail(&err);
	if (cli->json)
		puts("{\"accepted\":true}");
	else if (cli->cfg.mail.maildir != NULL)
		printf("written into %s\n", cli->cfg.mail.maildir);
	else
		printf("accepted for %s\n", cli->args[1]);
	return EXIT_DONE;
}

int
cmd_run(struct cli *cli)
{
	struct kpid_err err = { 0 };

	return daemon_run(cli->cfg.path, &err) ? EXIT_DONE : cli_fail(&err);
}
