/* Bodies of a batch become deliveries: one statement for all of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "kpid/db_array.h"
#include "kpid/hand.h"

/* In the order of their bodies, since one may be the same as one before; what
 * is no new delivery is told with what became of the last one. */
static const char receive_sql[] =
    "select delivery, last, outcome, error"
    " from kpid.receive_all($1::text[], $2::bytea[], $3::bytea[], $4::text[],"
    " $5::text[]::bigint[], $6::text[]::timestamptz[],"
    " $7::text[]::timestamptz[], $8::text[]::boolean[])";

enum column {
	FEED,
	SHA256,
	CONTRACT,
	URL,
	BYTES,
	FETCHED,
	PUBLISHED,
	QUIET,
	N_COLUMNS
};
enum answer { DELIVERY, LAST, OUTCOME, ERROR };

struct columns {
	struct db_array all[N_COLUMNS];
};

static void
columns_release(struct columns *c)
{
	for (size_t i = 0; i < N_COLUMNS; i++)
		db_array_release(&c->all[i]);
}

static void
columns_init(struct columns *c)
{
	for (size_t i = 0; i < N_COLUMNS; i++)
		db_array_init(&c->all[i],
		    i == SHA256 || i == CONTRACT ? DB_ARRAY_BYTEA
						 : DB_ARRAY_TEXT);
}

static bool
columns_put(struct columns *c, const struct item *it)
{
	char fetched[INSTANT_TEXT_MAX], published[INSTANT_TEXT_MAX];
	const struct spool_meta *m = &it->meta;
	struct db_array *to = c->all;
	char bytes[24];

	(void)snprintf(bytes, sizeof(bytes), "%llu",
	    (unsigned long long)m->bytes);
	(void)instant_text(m->fetched_at, fetched);
	if (m->has_published)
		(void)instant_text(m->published_at, published);
	return db_array_text(&to[FEED], it->job.feed->name)
	    && db_array_put(&to[SHA256], m->sha256, 32)
	    && db_array_put(&to[CONTRACT], it->job.feed->contract_hash, 32)
	    && db_array_text(&to[URL], m->url)
	    && db_array_text(&to[BYTES], bytes)
	    && db_array_text(&to[FETCHED], fetched)
	    && db_array_text(&to[PUBLISHED],
		m->has_published ? published : NULL)
	    && db_array_text(&to[QUIET], m->quiet ? "t" : "f");
}

/* The same bytes again: unchanged, unless the feed waits for somebody, or they
 * could not be read the first time either. */
static void
not_new(struct item *it, const struct db_rows *rows, size_t row)
{
	const char *outcome = db_cell(rows, row, OUTCOME);

	it->result->outcome = LOAD_UNCHANGED;
	if (outcome != NULL && strcmp(outcome, "held") == 0)
		it->result->outcome = LOAD_HELD;
	else if (outcome != NULL && strcmp(outcome, "failed") == 0)
		it->result->outcome = LOAD_FAILED;
	else
		return;
	it->result->delivery = (int)strtol(db_cell(rows, row, LAST), NULL, 10);
	(void)!err_set(&it->result->err, KPID_ECONTRACT, "%s",
	    db_cell(rows, row, ERROR));
}

/* Who typed it, where it came from no file. */
static bool
say_typed(struct work *w, const struct item *it, const char *id,
    struct kpid_err *err)
{
	const struct hand *typed = it->job.feed->typed;

	if (typed == NULL)
		return true;
	const struct db_param params[] = { DB_TEXT(id), DB_TEXT(typed->by),
		DB_TEXT(typed->why) };

	return db_exec(w->db, "select kpid.delivery_typed($1::integer, $2, $3)",
	    params, ARRAY_LEN(params), err);
}

/* The item of the batch that the delivery was given to, or NULL: it is still
 * open, so that the same body again is given the same one. */
static const struct item *
received_before(const struct work *w, const struct item *it, int delivery)
{
	for (const struct item *other = w->items; other < it; other++)
		if (other->taken.delivery == delivery)
			return other;
	return NULL;
}

static bool
take(struct work *w, struct item *it, const struct db_rows *rows, size_t row,
    struct kpid_err *err)
{
	const char *id = db_cell(rows, row, DELIVERY);
	int delivery;

	if (id == NULL) {
		not_new(it, rows, row);
		return true;
	}
	delivery = (int)strtol(id, NULL, 10);
	it->same_as = received_before(w, it, delivery);
	if (it->same_as != NULL)
		return true;
	it->taken.delivery = delivery;
	it->result->delivery = delivery;
	it->result->outcome = LOAD_LOADED;
	return say_typed(w, it, id, err);
}

bool
batch_register(struct work *w, struct item *const *items, size_t n,
    struct kpid_err *err)
{
	CLEANUP(columns_release) struct columns c;
	struct db_param params[N_COLUMNS];
	struct db_rows rows;
	bool ok = true;

	columns_init(&c);
	for (size_t i = 0; ok && i < n; i++)
		ok = columns_put(&c, items[i]);
	if (!ok)
		return err_set(err, KPID_EINTERNAL, "a batch over its limit");
	for (size_t i = 0; i < N_COLUMNS; i++)
		params[i] = db_array_param(&c.all[i]);
	if (!db_rows(w->db,
		&(struct db_query){ receive_sql, params, N_COLUMNS }, &w->mem,
		&rows, err))
		return n == 1
		    ? err_wrap(err, "feed '%s'", items[0]->job.feed->name)
		    : false;
	if (rows.n != n)
		return err_set(err, KPID_EINTERNAL,
		    "%zu answers for %zu bodies", rows.n, n);
	for (size_t i = 0; ok && i < n; i++)
		ok = take(w, items[i], &rows, i, err);
	return ok;
}
