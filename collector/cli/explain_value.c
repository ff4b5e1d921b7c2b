/* kpid explain INDICATOR PERIOD: a value, its cells and its history. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "explain.h"
#include "kpid/json_text.h"
#include "kpid/normalise.h"
#include "names.h"

#define CELL_BYTES (4 << 20)

/* Which value, as the database names it. */
struct asked {
	struct cli *cli;
	struct db *db;
	struct period period;
	const char *org, *dims; /* 202037; a JSON object */
	const char *first;      /* its first day */
	const char *series;     /* found */
	struct buf text;
};

enum { SERIES, FREQUENCY, DIMS, HINT };

static bool
dims_json(struct asked *a, struct kpid_err *err)
{
	CLEANUP(buf_release) struct buf b;
	struct pair dims[HAND_DIMS_MAX];
	size_t n;
	bool ok;

	if (!names_dims(a->cli, dims, &n, err))
		return false;
	buf_init(&b, HAND_BYTES);
	ok = buf_puts(&b, "{");
	for (size_t i = 0; ok && i < n; i++)
		ok = json_put_comma(&b)
		    && json_put_text(&b, slice_of(dims[i].from))
		    && buf_puts(&b, ":")
		    && json_put_text(&b, slice_of(dims[i].to));
	if (!ok || !buf_puts(&b, "}"))
		return err_set(err, KPID_EUSAGE, "--dim is too long");
	a->dims = slice_dup(buf_slice(&b), &a->cli->mem);
	return true;
}

static bool
read_words(struct asked *a, struct kpid_err *err)
{
	const char *text = a->cli->args[1], *org, *why;
	char first[PERIOD_TEXT_MAX];
	int code;

	if (!names_indicator(a->cli, a->cli->args[0], err)
	    || !names_org(a->cli, &org, &code, err) || !dims_json(a, err))
		return false;
	if (!period_read(slice_of(text), PERIOD_AS_AUTO, NULL, &a->period,
		&why))
		return err_set(err, KPID_EUSAGE,
		    "'%s' is no period: %s. HINT: write it as 2024-09-30, "
		    "2024-09, FY2024 or 令和6年9月",
		    text, why);
	(void)period_text((struct period){ SPAN_DAY, a->period.first,
			      a->period.first, 0 },
	    first);
	a->first = arena_strdup(&a->cli->mem, first);
	a->org = arena_printf(&a->cli->mem, "%d", code);
	return true;
}

static bool
refuse(const struct asked *a, const struct db_rows *rows, struct kpid_err *err)
{
	const char *hint = rows->n > 0 ? db_cell(rows, 0, HINT) : NULL;
	char period[PERIOD_TEXT_MAX];

	(void)period_text(a->period, period);
	if (rows->n > 1)
		return err_set(err, KPID_EUSAGE,
		    "'%s' has %zu series with %s, such as %s (frequency %s) "
		    "and %s (%s). HINT: say which with --dim K=V or "
		    "--frequency F",
		    a->cli->args[0], rows->n, period, db_cell(rows, 0, DIMS),
		    db_cell(rows, 0, FREQUENCY), db_cell(rows, 1, DIMS),
		    db_cell(rows, 1, FREQUENCY));
	return err_set(err, KPID_EUSAGE,
	    hint == NULL ? "'%s' of %06ld was never delivered (%s)%s"
			 : "'%s' of %06ld has no value of %s. HINT: it has "
			   "%s",
	    a->cli->args[0], strtol(a->org, NULL, 10), period,
	    hint != NULL ? hint : "");
}

static bool
find_series(struct asked *a, struct kpid_err *err)
{
	const char *frequency = cli_option(a->cli, "frequency");
	char span[SPAN_TEXT_MAX];
	struct db_rows rows;
	size_t n = 0, at = 0;

	(void)span_text(a->period, span);
	const struct db_param params[] = { DB_TEXT(a->cli->args[0]),
		DB_TEXT(a->org), DB_TEXT(span), DB_TEXT(a->first),
		DB_TEXT(a->dims) };

	if (!db_rows(a->db,
		&(struct db_query){
		    "select series, frequency, dims::text, hint"
		    " from kpid.value_key($1, $2::integer, $3, $4::date,"
		    " $5::jsonb)",
		    params, ARRAY_LEN(params) },
		&a->cli->mem, &rows, err))
		return false;
	for (size_t i = 0; i < rows.n; i++)
		if (db_cell(&rows, i, SERIES) != NULL
		    && (frequency == NULL
			|| strcmp(frequency, db_cell(&rows, i, FREQUENCY))
			    == 0)) {
			at = i;
			n++;
		}
	if (n != 1)
		return refuse(a, &rows, err);
	a->series = db_cell(&rows, at, SERIES);
	return true;
}

/* What stands in the kept bodies, as a list in a->text: one cell for a stated
 * value, one for each source of a computed one. */
static bool
read_cells(struct asked *a, const struct db_rows *rows, struct kpid_err *err)
{
	bool ok = buf_puts(&a->text, "[");

	for (size_t i = 0; ok && i < rows->n; i++) {
		const struct cited cited = cited_at(rows, i);
		struct cell_shown cell;

		if (!cell_read(a->cli, a->db, &cited, &cell, err))
			return false;
		ok = json_put_comma(&a->text) && buf_puts(&a->text, "{")
		    && cell_put(&cell, &a->text) && buf_puts(&a->text, "}");
	}
	/* The NUL makes it a parameter. */
	return ok && buf_put(&a->text, "]", 2)
	    ? true
	    : err_set(err, KPID_EINTERNAL, "cells over %d MB",
		CELL_BYTES >> 20);
}

static bool
print_document(struct asked *a, struct kpid_err *err)
{
	const struct db_param params[] = { DB_TEXT(a->org), DB_TEXT(a->series),
		DB_TEXT(a->first), DB_TEXT(cli_option(a->cli, "known-at")),
		DB_TEXT(a->text.ptr) };
	const char *text;

	if (!db_value(a->db,
		&(struct db_query){ a->cli->json
			? "select kpid.value_json($1::integer, $2::integer,"
			  " $3::date, $4::timestamptz, $5::json)"
			: "select kpid.value_text(kpid.value_json($1::integer,"
			  " $2::integer, $3::date, $4::timestamptz,"
			  " $5::json)::json)",
		    params, ARRAY_LEN(params) },
		&a->cli->mem, &text, err))
		return false;
	puts(text);
	return true;
}

static bool
explain(struct asked *a, struct kpid_err *err)
{
	struct db_rows rows;

	if (!find_series(a, err))
		return false;
	const struct db_param params[] = { DB_TEXT(a->org), DB_TEXT(a->series),
		DB_TEXT(a->first), DB_TEXT(cli_option(a->cli, "known-at")) };

	return db_rows(a->db,
		   &(struct db_query){
		       "select " CITED_COLUMNS
		       " from kpid.value_cited($1::integer, $2::integer,"
		       " $3::date, kpid.event_at($4::timestamptz))",
		       params, ARRAY_LEN(params) },
		   &a->cli->mem, &rows, err)
	    && read_cells(a, &rows, err) && print_document(a, err);
}

int
explain_value(struct cli *cli)
{
	struct asked a = { .cli = cli };
	struct session s = { 0 };
	struct kpid_err err = { 0 };
	bool ok;

	if (cli_option(cli, "as-of") != NULL)
		return cli_usage("--as-of is for targets; a value is asked for "
				 "with --known-at");
	buf_init(&a.text, CELL_BYTES);
	ok = read_words(&a, &err) && cli_open(cli, DB_ROLE_COLLECTOR, &s, &err);
	a.db = s.db;
	ok = ok && explain(&a, &err);
	buf_release(&a.text);
	session_close(&s);
	return ok ? EXIT_DONE : cli_fail(&err);
}
