/* kpid explain: SQL knows everything but the raw cells; the kept bodies do. */
#include <stdio.h>
#include <stdlib.h>

#include "cell.h"
#include "explain.h"
#include "kpid/json_text.h"
#include "names.h"

#define RAW_BYTES (4 << 20)

/* [{"role":"value","period":"2024-09","delivery":1,"line":2,..},..] for SQL
 * to put in: role, indicator and period say which input it is. */
static bool
raw_json(struct cli *cli, struct db *db, const struct db_rows *rows,
    struct buf *b, struct kpid_err *err)
{
	bool ok = buf_puts(b, "[");

	for (size_t i = 0; ok && i < rows->n; i++) {
		const struct cited cited = cited_at(rows, i);
		struct cell_shown cell;

		if (!cell_read(cli, db, &cited, &cell, err))
			return false;
		ok = json_put_comma(b)
		    && buf_printf(b, "{\"delivery\":%d", cited.delivery)
		    && json_put_key(b, "role")
		    && json_put_text(b, slice_of(db_cell(rows, i, CITED_COUNT)))
		    && json_put_key(b, "indicator")
		    && json_put_text(b, slice_of(cited.value.indicator))
		    && json_put_key(b, "period")
		    && json_put_text(b, slice_of(cited.value.period))
		    && cell_put(&cell, b) && buf_puts(b, "}");
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
		    "select " CITED_COLUMNS ", role"
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
		    "no target '%s'. HINT: kpid status --format json names "
		    "them",
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

	if (cli->n_args == 2)
		return explain_value(cli);
	buf_init(&raw, RAW_BYTES);
	ok = cli_open(cli, DB_ROLE_COLLECTOR, &s, &err)
	    && explain(cli, s.db, &raw, &err);
	buf_release(&raw);
	if (!ok)
		names_target_near(cli, s.db, cli->args[0], &err);
	session_close(&s);
	if (!ok && err.code == KPID_EUSAGE
	    && config_indicator(&cli->cfg, cli->args[0]) != NULL)
		(void)!err_set(&err, KPID_EUSAGE,
		    "'%s' is an indicator, no target. HINT: say which period: "
		    "kpid explain %s PERIOD",
		    cli->args[0], cli->args[0]);
	return ok ? EXIT_DONE : cli_fail(&err);
}
