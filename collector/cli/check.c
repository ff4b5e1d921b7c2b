/* kpid check: every problem at once, as file:line: what. HINT: .. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "kpid/json_text.h"
#include "kpid/parse.h"
#include "kpid/schedule.h"
#include "kpid/targets.h"

/* Days between two looks, at the least of a year's. */
static int
fewest_days_between(const struct cron *look, const struct zone *zone)
{
	usec at = clock_now(), next;
	const usec end = at + 400 * (usec)86400000000;
	int fewest = 366;

	if (!cron_next(look, zone, at, &at))
		return fewest;
	while (fewest > 1 && at < end && cron_next(look, zone, at, &next)) {
		const int days = (int)((next - at) / 86400000000);

		if (days < fewest)
			fewest = days;
		at = next;
	}
	return fewest;
}

static void
check_release(const struct feed *feed, const struct cron *look,
    const struct zone *zone, struct problems *all)
{
	const struct release_rule *r = &feed->release;
	const int days = fewest_days_between(look, zone);
	struct kpid_err err = { 0 };
	struct cron poll;
	usec next;

	if (r->poll != NULL && !cron_parse(r->poll, &poll, &err))
		problem_add(all, feed->file, r->poll_line, "release.poll: %s",
		    err.msg);
	else if (r->poll != NULL && !cron_next(&poll, zone, clock_now(), &next))
		problem_add(all, feed->file, r->poll_line,
		    "release.poll: '%s' never comes", r->poll);
	if (days < r->give_up_days)
		problem_warn(all, feed->file, r->line,
		    "'schedule' comes again after %d day%s, before the "
		    "release is given up after %d: it is looked for without "
		    "an end. HINT: a schedule that comes once a period, or "
		    "fewer 'give_up_days'",
		    days, days == 1 ? "" : "s", r->give_up_days);
}

static void
check_feed(const struct feed *feed, struct problems *all)
{
	struct kpid_err err = { 0 };
	const struct zone *zone;
	struct cron cron;
	usec next;

	if (feed->file == NULL || feed->time_zone == NULL)
		return; /* not read: told already */
	if (!zone_load(feed->time_zone, all->mem, &zone, &err))
		problem_add(all, feed->file, feed->time_zone_line,
		    "time_zone: %s", err.msg);
	else if (feed->schedule == NULL)
		return;
	else if (!cron_parse(feed->schedule, &cron, &err))
		problem_add(all, feed->file, feed->schedule_line,
		    "schedule: %s", err.msg);
	else if (!cron_next(&cron, zone, clock_now(), &next))
		problem_add(all, feed->file, feed->schedule_line,
		    "schedule '%s' never comes. HINT: a day that its months "
		    "do not have?",
		    feed->schedule);
	else if (feed->release.set)
		check_release(feed, &cron, zone, all);
}

/* Paths are not compiled before a body is there: a wrong one would be found
 * with the first delivery only. */
static void
check_paths(const struct feed *feed, struct problems *all)
{
	for (size_t i = 0; feed->file != NULL && i < feed->n_contracts; i++) {
		const struct contract *c = &feed->contracts[i];
		struct json_table *table = NULL;
		struct kpid_err err = { 0 };
		const char *const *columns;
		size_t n;

		if (c->format != FORMAT_JSON || c->records == NULL)
			continue;
		columns = contract_columns(c, all->mem, &n);
		if (!json_table_new(c->records, columns, n, all->mem, &table,
			&err))
			problem_add(all, feed->file, c->line, "contract: %s",
			    err.msg);
		json_table_free(table);
	}
}

static void
check_plans(const struct config *cfg, struct problems *all)
{
	const char *json;

	/* What is wrong stands in all; the document itself is not needed. */
	for (size_t i = 0; i < cfg->n_plans; i++)
		(void)!targets_read(cfg, &cfg->plans[i], all->mem, &json, all);
}

static void
check_zone(const struct config *cfg, struct problems *all)
{
	struct kpid_err err = { 0 };
	const struct zone *zone;

	if (!zone_load(cfg->time_zone, all->mem, &zone, &err))
		problem_add(all, cfg->path, cfg->time_zone_line,
		    "time_zone: %s", err.msg);
}

static void
check_url_secrets(const struct feed *feed, struct problems *all)
{
	const char *text;

	for (size_t i = 0; feed->file != NULL && i < feed->n_secrets; i++) {
		const struct url_secret *s = &feed->secrets[i];
		struct kpid_err err = { 0 };

		if (!secret_read(&s->secret, all->mem, &text, &err))
			problem_add(all, feed->file, s->line, "secrets.%s: %s",
			    s->name, err.msg);
	}
}

static void
check_secret(const struct config *cfg, struct problems *all)
{
	struct kpid_err err = { 0 };
	const char *text;

	if (cfg->mail.set && cfg->mail.smtp_user != NULL
	    && !secret_read(&cfg->mail.smtp_password, all->mem, &text, &err))
		problem_add(all, cfg->path, 0, "mail.smtp.password: %s",
		    err.msg);
}

/* The database's absence is no fault of the configuration: try later. */
static int
check_online(struct cli *cli)
{
	struct session s = { 0 };
	struct kpid_err err = { 0 };
	int code = EXIT_DONE;

	if (!session_open(&cli->cfg, DB_ROLE_COLLECTOR, &cli->mem, cli_say, &s,
		&err))
		code = cli_fail(&err);
	session_close(&s);
	return code;
}

static int
compare(const void *a, const void *b)
{
	const struct problem *x = a, *y = b;
	int order = strcmp(x->file, y->file);

	return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

static bool
put_list(struct buf *b, const char *key, const struct problems *list)
{
	bool ok = json_put_key(b, key) && buf_puts(b, "[");

	for (size_t i = 0; ok && i < list->n; i++)
		ok = json_put_comma(b) && buf_puts(b, "{")
		    && json_put_key(b, "file")
		    && json_put_text(b, slice_of(list->list[i].file))
		    && buf_printf(b, ",\"line\":%d", list->list[i].line)
		    && json_put_key(b, "text")
		    && json_put_text(b, slice_of(list->list[i].text))
		    && buf_puts(b, "}");
	return ok && buf_puts(b, "]");
}

static void
print_json(const struct problems *all)
{
	struct buf b;

	buf_init(&b, 16 << 20);
	if (buf_puts(&b, "{") && put_list(&b, "problems", all)
	    && put_list(&b, "warnings", all->warnings))
		printf("%.*s}\n", (int)b.len, b.ptr);
	buf_release(&b);
}

static void
print_lines(const struct problems *list, const char *word)
{
	for (size_t i = 0; i < list->n; i++)
		printf("%s: %s%s\n",
		    problem_place(list->list[i].file, list->list[i].line,
			list->mem),
		    word, list->list[i].text);
}

static void
sort(struct problems *list)
{
	if (list->n > 0)
		qsort(list->list, list->n, sizeof(*list->list), compare);
}

/* Warnings are told and change nothing. */
static int
report(struct cli *cli, struct problems *all)
{
	sort(all);
	sort(all->warnings);
	if (cli->json) {
		print_json(all);
	} else {
		print_lines(all, "");
		print_lines(all->warnings, "warning: ");
	}
	if (!cli->json && all->n == 0)
		printf("%s: no problems (%zu feed%s, %zu indicator%s)\n",
		    cli->cfg.path, cli->cfg.n_feeds,
		    cli->cfg.n_feeds == 1 ? "" : "s", cli->cfg.n_indicators,
		    cli->cfg.n_indicators == 1 ? "" : "s");
	return all->n == 0 ? EXIT_DONE : EXIT_CONFIG;
}

int
cmd_check(struct cli *cli)
{
	struct problems warnings = { .mem = &cli->mem };
	struct problems all = { .mem = &cli->mem, .warnings = &warnings };
	struct kpid_err err = { 0 };
	const char *path;
	int code;

	if (!config_find(cli->config_given, &cli->mem, &path, &err))
		return cli_fail(&err);
	if (config_load(path, &cli->mem, &cli->cfg, &all)) {
		check_zone(&cli->cfg, &all);
		check_secret(&cli->cfg, &all);
	}
	/* What could be read is looked at all the same: every problem in one
	 * run. Without indicators every target would be one. */
	for (size_t i = 0; i < cli->cfg.n_feeds; i++) {
		check_feed(&cli->cfg.feeds[i], &all);
		check_url_secrets(&cli->cfg.feeds[i], &all);
		check_paths(&cli->cfg.feeds[i], &all);
	}
	if (cli->cfg.n_indicators > 0)
		check_plans(&cli->cfg, &all);
	code = report(cli, &all);
	return code == EXIT_DONE && cli_option(cli, "online") != NULL
	    ? check_online(cli)
	    : code;
}
