/* Load, evaluate, send. */
#include <string.h>

#include "kpid/db_array.h"
#include "kpid/log.h"
#include "kpid/work.h"

/* After the commit: a crash before this line loads the body again, and the
 * database answers "unchanged". */
static void
take_off(struct spool *spool, const struct load_job *job,
    const struct load_result *r)
{
	struct kpid_err err = { 0 };
	/* Bytes that the database has not got must stay somewhere. */
	bool kept = r->outcome != LOAD_FAILED
	    || (r->err.code != KPID_ESPOOL && r->err.code != KPID_EDB);
	bool ok = !kept
	    ? spool_set_aside(spool, job->spool_id, r->err.msg, &err)
	    : spool_remove(spool, job->spool_id, &err);

	if (!ok)
		log_warn("spool", "%s", err.msg);
}

bool
work_load(struct db *db, const struct config *cfg, struct spool *spool,
    const struct load_batch *batch, struct load_result *results,
    struct kpid_err *err)
{
	if (!load_batch(db, cfg, spool, batch, results, err))
		return false;
	for (size_t i = 0; i < batch->n; i++)
		take_off(spool, &batch->jobs[i], &results[i]);
	return true;
}

bool
work_evaluate(struct db *db, const struct config *cfg,
    struct evaluate_counts *evaluated, struct outbox_counts *sent,
    struct kpid_err *err)
{
	struct work_judged judged;
	struct outbox_counts mails = { 0 };

	if (!work_judge(db, cfg, &judged, err)
	    || !outbox_drain(db, cfg, &mails, err))
		return false;
	if (evaluated != NULL)
		*evaluated = judged.counts;
	if (sent != NULL)
		*sent = mails;
	return true;
}

bool
contract_same(const struct feed *feed, const char *hash)
{
	char now[2 * sizeof(feed->contract_hash) + 1];

	if (feed == NULL || hash == NULL)
		return false;
	hex_encode(feed->contract_hash, sizeof(feed->contract_hash), now);
	return strcmp(now, hash) == 0;
}

bool
work_checked(struct db *db, const struct work_check *list, size_t n,
    struct kpid_err *err)
{
	CLEANUP(db_array_release) struct db_array feeds, errors;
	bool ok = true;

	db_array_init(&feeds, DB_ARRAY_TEXT);
	db_array_init(&errors, DB_ARRAY_TEXT);
	for (size_t i = 0; ok && i < n; i++)
		ok = db_array_text(&feeds, list[i].feed)
		    && db_array_text(&errors, list[i].why);
	if (!ok)
		return err_set(err, KPID_EINTERNAL,
		    "more feeds than can be told");
	const struct db_param params[] = { db_array_param(&feeds),
		db_array_param(&errors) };

	return n == 0
	    || db_exec(db,
		"select kpid.feeds_checked(pg_catalog.array_agg(c.feed),"
		" pg_catalog.array_agg(null::text),"
		" pg_catalog.array_agg(null::text),"
		" pg_catalog.array_agg(false), pg_catalog.array_agg(c.why))"
		" from unnest($1::text[], $2::text[]) c (feed, why)",
		params, ARRAY_LEN(params), err);
}
