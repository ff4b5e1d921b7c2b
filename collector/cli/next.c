/* kpid next: the coming runs, and what they are to bring. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "next.h"

enum column {
	COL_FEED,
	COL_PERIOD,
	COL_PERIOD_JA,
	COL_NEWEST,
	COL_NEWEST_JA,
	COL_EXPECTED,
	COL_AWAITED,
	COL_LATE
};

static const char releases_sql[] =
    "select feed, period, period_ja, newest, newest_ja,"
    " (pg_catalog.date_part('epoch', expected_at) * 1000000)::bigint,"
    " (pg_catalog.date_part('epoch', awaited) * 1000000)::bigint,"
    " (pg_catalog.date_part('epoch', late_since) * 1000000)::bigint"
    " from kpid.releases()";

/* What the database adds; rows.n is 0 without one. */
struct known {
	struct db_rows rows;
	const struct holidays *holidays;
};

/* A database that does not exist yet is not made for this. */
static bool
database_there(const struct cli *cli)
{
	const char *dir = cli->cfg.database.private_dir;
	char path[4096];

	if (dir == NULL)
		return true;
	(void)snprintf(path, sizeof(path), "%s/data/PG_VERSION", dir);
	return access(path, F_OK) == 0;
}

/* Runs are known without the database; what it would add is missing then. */
static void
ask_database(struct cli *cli, struct known *known)
{
	struct session s = { 0 };
	struct kpid_err err = { 0 };

	if (!database_there(cli))
		return;
	if (!session_open(&cli->cfg, DB_ROLE_COLLECTOR, &cli->mem, cli_say, &s,
		&err)
	    || !session_holidays(s.db, &cli->cfg, &cli->mem, &known->holidays,
		&err)
	    || !db_rows(s.db, &(struct db_query){ releases_sql, NULL, 0 },
		&cli->mem, &known->rows, &err))
		fprintf(stderr, "kpid: only the schedules are known: %s\n",
		    err.msg);
	session_close(&s);
}

static usec
instant_cell(const struct db_rows *rows, size_t i, enum column col)
{
	const char *text = db_cell(rows, i, col);

	return text == NULL ? TURN_NEVER : strtoll(text, NULL, 10);
}

static void
add_known(const struct known *known, struct coming *c)
{
	const struct db_rows *rows = &known->rows;

	for (size_t i = 0; i < rows->n; i++) {
		if (strcmp(db_cell(rows, i, COL_FEED), c->feed->name) != 0)
			continue;
		c->period = db_cell(rows, i, COL_PERIOD);
		c->period_ja = db_cell(rows, i, COL_PERIOD_JA);
		c->newest = db_cell(rows, i, COL_NEWEST);
		c->newest_ja = db_cell(rows, i, COL_NEWEST_JA);
		c->expected = instant_cell(rows, i, COL_EXPECTED);
		c->turns.awaited = instant_cell(rows, i, COL_AWAITED);
		c->late = instant_cell(rows, i, COL_LATE);
	}
}

static bool
come(struct cli *cli, const struct known *known, struct coming *c,
    struct kpid_err *err)
{
	const usec now = clock_read(&cli->clock);
	int32_t day;
	int second;
	usec look;

	if (strcmp(c->feed->time_zone, cli->cfg.time_zone) != 0)
		c->zone = c->feed->time_zone;
	c->problem = "by hand";
	c->expected = c->late = TURN_NEVER;
	if (c->feed->schedule == NULL)
		return true;
	if (!turns_read(c->feed, known->holidays, &cli->mem, &c->turns, err))
		return err_wrap(err, "feed '%s'", c->feed->name);
	add_known(known, c);
	c->next = turns_next(&c->turns, now);
	c->waiting = turns_waiting(&c->turns, now, &c->begun);
	c->problem = c->next == TURN_NEVER ? "never" : NULL;
	if (c->problem != NULL
	    || !cron_next(&c->turns.look, c->turns.zone, now - c->turns.late,
		&look)
	    || look + c->turns.late != c->next)
		return true;
	zone_civil(c->turns.zone, look, &day, &second);
	c->moved = cron_stands_for(&c->turns.look, day, &c->named);
	return true;
}

static json_t *
day_json(int32_t day)
{
	const struct civil c = civil_from_day(day);

	return json_sprintf("%04d-%02d-%02d", c.year, c.month, c.day);
}

static json_t *
instant_json(usec at)
{
	char text[INSTANT_TEXT_MAX];

	if (at == TURN_NEVER)
		return json_null();
	(void)instant_text(at, text);
	return json_string(text);
}

/* "2024-10-16 06:00" in the feed's zone. */
static json_t *
next_json(const struct coming *c)
{
	int32_t day;
	int second;

	if (c->problem != NULL)
		return json_string(c->problem);
	zone_civil(c->turns.zone, c->next, &day, &second);
	const struct civil date = civil_from_day(day);

	return json_sprintf("%04d-%02d-%02d %02d:%02d", date.year, date.month,
	    date.day, second / 3600, second / 60 % 60);
}

static json_t *
waiting_json(const struct coming *c, usec now)
{
	int32_t today, first;
	int second;

	if (!c->waiting)
		return json_null();
	zone_civil(c->turns.zone, now, &today, &second);
	zone_civil(c->turns.zone, c->begun, &first, &second);
	return json_pack("{s:i, s:i}", "day", (int)(today - first + 1), "of",
	    c->turns.give_up_days);
}

static json_t *
coming_json(const struct coming *c, usec now)
{
	return json_pack("{s:s, s:o, s:s, s:s, s:o, s:s?, s:s?, s:o, s:o, s:o}",
	    "feed", c->feed->name, "next", next_json(c), "time_zone",
	    c->feed->time_zone, "title", c->feed->title, "instead_of",
	    c->moved ? day_json(c->named) : json_null(), "newest_period",
	    c->newest, "expected_period", c->period, "expected_at",
	    instant_json(c->expected), "waiting", waiting_json(c, now),
	    "late_since", instant_json(c->late));
}

static void
print_json(json_t *feeds)
{
	json_t *whole = json_pack("{s:o}", "feeds", feeds);
	char *text = json_dumps(whole, JSON_COMPACT);

	if (text == NULL)
		fatal("out of memory");
	puts(text);
	free(text);
	json_decref(whole);
}

int
cmd_next(struct cli *cli)
{
	const char *language = cli->cfg.mail.language;
	const bool ja = language == NULL || strcmp(language, "ja") == 0;
	const usec now = clock_read(&cli->clock);
	struct known known = { 0 };
	struct kpid_err err = { 0 };
	json_t *feeds = json_array();

	cli_tell_clock(cli);
	if (cli->cfg.n_feeds == 0 && !cli->json)
		puts(ja ? "フィードがまだ設定されていません。kpid inspect FILE "
			  "がデータの見本から設定案を作ります。"
			: "There are no feeds yet. kpid inspect FILE proposes "
			  "one for a file of data.");
	ask_database(cli, &known);
	for (size_t i = 0; i < cli->cfg.n_feeds; i++) {
		struct coming c = { .feed = &cli->cfg.feeds[i] };

		if (!come(cli, &known, &c, &err)) {
			json_decref(feeds);
			return cli_fail(&err);
		}
		if (cli->json)
			(void)json_array_append_new(feeds,
			    coming_json(&c, now));
		else
			fputs(next_words(&c, now, ja, &cli->mem), stdout);
	}
	if (cli->json)
		print_json(feeds);
	else
		json_decref(feeds);
	return EXIT_DONE;
}
