/* kpid explain: SQL knows everything but the raw cells; the kept bodies do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "kpid/body.h"
#include "kpid/json_text.h"
#include "kpid/load.h"

#define RAW_BYTES (4 << 20)

enum input_column { IN_DELIVERY, IN_FEED, IN_LINE, IN_COL };

/* The cell of one input, NULL when the body or the feed is gone. */
static bool
input_raw(struct cli *cli, struct db *db, const struct db_rows *rows, size_t i,
    const char **raw, struct kpid_err *err)
{
	const struct feed *feed =
	    config_feed(&cli->cfg, db_cell(rows, i, IN_FEED));
	const int delivery =
	    (int)strtol(db_cell(rows, i, IN_DELIVERY), NULL, 10);
	struct body body = { .cfg = &cli->cfg, .feed = feed, .fd = -1 };
	struct kpid_err unreadable = { 0 };

	*raw = NULL;
	if (feed == NULL)
		return true;
	if (!body_fetch(db, delivery, &cli->mem, &body.fd, err))
		return false;
	/* A body that today's contract cannot read has no cell to show. */
	if (!body_cell(&body,
		(uint32_t)strtoul(db_cell(rows, i, IN_LINE), NULL, 10),
		(uint32_t)strtoul(db_cell(rows, i, IN_COL), NULL, 10),
		&cli->mem, raw, &unreadable))
		*raw = NULL;
	(void)close(body.fd);
	return true;
}

/* [{"delivery":1,"line":2,"col":3,"raw":"４５"},..] for SQL to put in. */
static bool
raw_json(struct cli *cli, struct db *db, const struct db_rows *rows,
    struct buf *b, struct kpid_err *err)
{
	bool ok = buf_puts(b, "[");

	for (size_t i = 0; ok && i < rows->n; i++) {
		const char *raw;

		if (!input_raw(cli, db, rows, i, &raw, err))
			return false;
		if (raw == NULL)
			continue;
		ok = json_put_comma(b)
		    && buf_printf(b,
			"{\"delivery\":%s,"
			"\"line\":%s,\"col\":%s",
			db_cell(rows, i, IN_DELIVERY),
			db_cell(rows, i, IN_LINE), db_cell(rows, i, IN_COL))
		    && json_put_key(b, "raw") && json_put_text(b, slice_of(raw))
		    && buf_puts(b, "}");
	}
	/* The NUL makes it a parameter. */
	return ok && buf_put(b, "]", 2)
	    ? true
	    : err_set(err, KPID_EINTERNAL, "raw cells over %d MB",
		RAW_BYTES >> 20);
}

static bool
explain(struct cli *cli, struct db *db, struct buf *raw, struct kpid_err *err)
{
	const struct db_param params[] = { DB_TEXT(cli->args[0]),
		DB_TEXT(cli_option(cli, "as-of")),
		DB_TEXT(cli_option(cli, "known-at")) };
	const char *text;
	struct db_rows rows;

	if (!db_rows(db,
		&(struct db_query){
		    "select delivery, feed, line, col"
		    " from kpid.explain_inputs($1, $2::date, $3::timestamptz)",
		    params, 3 },
		&cli->mem, &rows, err)
	    || !raw_json(cli, db, &rows, raw, err))
		return false;
	const struct db_param all[] = { params[0], params[1], params[2],
		DB_TEXT(raw->ptr) };

	if (!db_value(db,
		&(struct db_query){ cli->json
			? "select kpid.explain_json($1, $2::date, $3::timestamptz,"
			  " $4::jsonb)"
			: "select kpid.explain_text($1, $2::date, $3::timestamptz,"
			  " $4::jsonb)",
		    all, 4 },
		&cli->mem, &text, err))
		return false;
	if (text == NULL)
		return err_set(err, KPID_EUSAGE,
		    "no target '%s'. HINT: kpid "
		    "status --format json names them",
		    cli->args[0]);
	puts(text);
	return true;
}

int
cmd_explain(struct cli *cli)
{
	struct session s = { 0 };
	struct kpid_err err = { 0 };
	struct buf raw;
	bool ok;

	buf_init(&raw, RAW_BYTES);
	ok = cli_open(cli, DB_ROLE_COLLECTOR, &s, &err)
	    && explain(cli, s.db, &raw, &err);
	buf_release(&raw);
	session_close(&s);
	return ok ? EXIT_DONE : cli_fail(&err);
}
