/* kpid put: what a person types becomes a delivery like any other. */
#include <stdio.h>
#include <string.h>

#include "kpid/json_text.h"
#include "kpid/spool.h"
#include "kpid/work.h"
#include "put.h"
#include "results.h"

static bool
spool_body(struct put *p, struct spool *spool, struct spool_meta *meta,
    struct kpid_err *err)
{
	struct spool_writer *w = spool_begin(spool);

	*meta = (struct spool_meta){ .feed = HAND_FEED,
		.url = p->feed->url,
		.fetched_at = clock_read(&p->cli->clock) };
	if (spool_write(w, p->text.ptr, p->text.len, err))
		return spool_commit(w, meta, &p->cli->mem, err);
	spool_abort(w);
	return false;
}

static bool
load(struct put *p, struct session *s, struct load_result *result,
    struct kpid_err *err)
{
	struct spool *spool;
	struct spool_meta meta;

	if (!spool_open(p->cli->cfg.state_dir, &p->cli->mem, &spool, err)
	    || !spool_body(p, spool, &meta, err))
		return false;
	const struct load_job job = { .feed = p->feed, .spool_id = meta.id };
	const struct load_batch batch = { .jobs = &job, .n = 1 };

	return work_load(s->db, &p->cli->cfg, spool, &batch, result, err);
}

/* Does the store answer what was typed? */
static bool
stands(struct put *p, struct db *db, bool *yes, struct kpid_err *err)
{
	const struct series_key *k = &p->series;
	const char *said;
	char first[PERIOD_TEXT_MAX];
	struct period day = { SPAN_DAY, p->period.first, p->period.first, 0 };

	(void)period_text(day, first);
	const struct db_param params[] = {
		DB_TEXT(arena_printf(&p->cli->mem,
		    "{\"org\":%d,\"indicator\":\"%s\",\"frequency\":\"%s\","
		    "\"span\":\"%s\",\"dims\":%s}",
		    k->org, k->indicator, k->frequency, k->span, k->dims)),
		DB_TEXT(first), DB_TEXT(p->value),
		DB_TEXT(missing_text(p->missing))
	};

	if (!db_value(db,
		&(struct db_query){
		    "select kpid.hand_stands($1::jsonb, $2::date,"
		    " $3::numeric, $4)",
		    params, ARRAY_LEN(params) },
		&p->cli->mem, &said, err))
		return false;
	*yes = strcmp(said, "t") == 0;
	return true;
}

/* The same words as the last time, but a file said something else meanwhile:
 * the body says which delivery is repeated, and is another one by it. */
static bool
say_again(struct put *p, struct session *s, struct load_result *result,
    struct kpid_err *err)
{
	struct db_rows rows;

	if (!db_rows(s->db,
		&(struct db_query){
		    "select delivery from kpid.last_outcome($1)",
		    &DB_TEXT(HAND_FEED), 1 },
		&p->cli->mem, &rows, err))
		return false;
	p->hand.again = rows.n > 0 ? db_cell(&rows, 0, 0) : "";
	return put_read(p, err) && load(p, s, result, err);
}

static bool
put_value(struct put *p, struct session *s, struct load_result *result,
    struct outbox_counts *mails, struct kpid_err *err)
{
	bool yes = true;

	if (!session_sync(s, &p->cli->cfg, &p->cli->mem, err)
	    || !put_series(p, s->db, err)
	    || !db_exec(s->db, "select kpid.hand_feed($1)", &DB_TEXT(HAND_FEED),
		1, err)
	    || !load(p, s, result, err))
		return false;
	if (result->outcome == LOAD_UNCHANGED && !stands(p, s->db, &yes, err))
		return false;
	return (yes || say_again(p, s, result, err))
	    && work_evaluate(s->db, &p->cli->cfg, NULL, mails, err);
}

/* The series and what was read beside the result of the load. */
static void
print_json(struct put *p, const struct load_result *result, const char *period)
{
	const struct series_key *k = &p->series;
	const char *missing = missing_text(p->missing);
	struct buf b;

	buf_init(&b, 2 * HAND_BYTES);
	if (results_put(p->cli, result, 1, &b)
	    && buf_printf(&b,
		",\"series\":{\"indicator\":\"%s\",\"org\":\"%06d\","
		"\"frequency\":\"%s\",\"dims\":%s},\"period\":\"%s\","
		"\"value\":%s,\"missing\":%s%s%s}\n",
		k->indicator, k->org, k->frequency, k->dims, period,
		p->value != NULL ? p->value : "null",
		missing != NULL ? "\"" : "", missing != NULL ? missing : "null",
		missing != NULL ? "\"" : ""))
		(void)fwrite(b.ptr, 1, b.len, stdout);
	buf_release(&b);
}

static int
finish(struct put *p, const struct load_result *result,
    const struct outbox_counts *mails)
{
	char period[PERIOD_TEXT_MAX];
	const bool dims = p->hand.n_dims > 0;
	int code;

	(void)period_text(p->period, period);
	if (p->cli->json) {
		print_json(p, result, period);
		results_print_mail(p->cli, mails);
		return results_code(p->cli, result, 1);
	}
	printf("%s %06d%s%s  %s = %s\n", p->hand.indicator, p->series.org,
	    dims ? " " : "", dims ? p->series.dims : "", period,
	    p->value != NULL ? p->value : missing_text(p->missing));
	code = results_print(p->cli, result, 1);
	results_print_mail(p->cli, mails);
	return code;
}

int
cmd_put(struct cli *cli)
{
	struct put p = { .cli = cli };
	struct session s = { 0 };
	struct load_result result = { 0 };
	struct outbox_counts mails = { 0 };
	struct kpid_err err = { 0 };
	const char *by = cli_option(cli, "by"), *why = cli_option(cli, "why");
	bool ok;

	if (by == NULL || *by == '\0' || why == NULL || *why == '\0')
		return cli_usage("who types it, and why? usage: kpid put %s",
		    cli->command->args);
	buf_init(&p.text, HAND_BYTES);
	ok = put_words(&p, &err) && put_read(&p, &err)
	    && cli_open(cli, DB_ROLE_COLLECTOR, &s, &err)
	    && put_value(&p, &s, &result, &mails, &err);
	session_close(&s);
	buf_release(&p.text);
	return ok ? finish(&p, &result, &mails) : cli_fail(&err);
}
