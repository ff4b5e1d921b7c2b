/*
 * What may be copied before it is read whole: a feed's first delivery, of
 * series nobody knows. Should it turn out to be anything else (a series that
 * is known, a body that is held or not readable to its end), all of it is
 * taken back, and the batch begins again without.
 */
#include "stream.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "batch.h"
#include "row.h"
#include "stage.h"

#ifndef STREAM_BYTES /* a test streams small bodies */
#define STREAM_BYTES (1 << 20)
#endif
#define ROW_BYTES   60 /* of a body, about: for a guess at its rows */
#define CHUNK_ROWS  (2 << 20)
#define CHUNK_NAMES (CHUNK_ROWS + 2 * LIMIT_ROW_BYTES)

struct chunk {
	struct buf names; /* rows of pg_temp.staged_series */
	struct buf rows;  /* of kpid.observation */
};

struct stream {
	struct work *w;
	struct item *it;
	int32_t event;
	int32_t first;    /* the number of the series with ordinal 0 */
	const char *code; /* the indicator looked at last */
	struct chunk chunks[2];
	struct chunk *filling; /* the reader's */
	pthread_mutex_t lock;  /* of what follows */
	pthread_cond_t changed;
	struct chunk *full; /* the sender's, or NULL */
	bool closed, failed;
};

/* The one large body of a batch that comes from a source. */
static struct item *
large_item(const struct work *w)
{
	struct item *it = direct_item(w);

	return it != NULL && !w->plain && !w->whole && it->job.replays == 0
		&& it->meta.bytes >= STREAM_BYTES
	    ? it
	    : NULL;
}

static struct stream *
stream_new(struct work *w, struct item *it, const struct db_rows *begun)
{
	struct stream *s = arena_alloc(&w->mem, sizeof(*s));

	*s = (struct stream){ .w = w,
		.it = it,
		.event = (int32_t)strtol(db_cell(begun, 0, 0), NULL, 10),
		.first = (int32_t)strtol(db_cell(begun, 0, 1), NULL, 10) };
	for (size_t i = 0; i < ARRAY_LEN(s->chunks); i++) {
		buf_init(&s->chunks[i].names, CHUNK_NAMES);
		buf_init(&s->chunks[i].rows, CHUNK_ROWS + ROW_MAX);
	}
	s->filling = s->chunks;
	(void)pthread_mutex_init(&s->lock, NULL);
	(void)pthread_cond_init(&s->changed, NULL);
	return s;
}

bool
stream_open(struct work *w, struct stream **out, struct kpid_err *err)
{
	struct item *it = large_item(w);
	char number[16], rows[24];
	struct db_rows begun;

	*out = NULL;
	if (it == NULL)
		return true;
	(void)snprintf(number, sizeof(number), "%d", it->taken.delivery);
	(void)snprintf(rows, sizeof(rows), "%llu",
	    (unsigned long long)it->meta.bytes / ROW_BYTES);
	const struct db_param params[] = { DB_TEXT(number), DB_TEXT(rows) };

	if (!db_exec(w->db, "select kpid.stage_begin()", NULL, 0, err)
	    || !db_rows(w->db,
		&(struct db_query){
		    "select event, series"
		    " from kpid.stream_begin($1::integer, $2::bigint)",
		    params, ARRAY_LEN(params) },
		&w->mem, &begun, err))
		return false;
	if (begun.n == 1)
		*out = stream_new(w, it, &begun);
	return true;
}

void
stream_release(struct stream *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < ARRAY_LEN(s->chunks); i++) {
		buf_release(&s->chunks[i].names);
		buf_release(&s->chunks[i].rows);
	}
	(void)pthread_mutex_destroy(&s->lock);
	(void)pthread_cond_destroy(&s->changed);
}

/* Gives the chunk to the sender, when it has sent the last one. */
static bool
hand_over(struct stream *s, struct kpid_err *err)
{
	bool failed;

	(void)pthread_mutex_lock(&s->lock);
	while (s->full != NULL && !s->failed)
		(void)pthread_cond_wait(&s->changed, &s->lock);
	failed = s->failed;
	if (!failed) {
		s->full = s->filling;
		s->filling = s->chunks + (s->filling == s->chunks ? 1 : 0);
		(void)pthread_cond_signal(&s->changed);
	}
	(void)pthread_mutex_unlock(&s->lock);
	return failed ? err_set(err, KPID_EDB, "rows could not be copied")
		      : true;
}

bool
stream_name(struct stream *s, const struct series_key *key,
    struct kpid_err *err)
{
	const bool seen = key->indicator == s->code;

	s->code = key->indicator;
	if (!seen && direct_watched(s->w, s->it, s->code))
		return err_set(err, KPID_EDB,
		    "a gate is to see all rows of '%s'", s->code);
	if (!stage_name(&s->filling->names, s->it->taken.delivery, key, NULL))
		return err_set(err, KPID_EDB, "a name over its limit");
	return s->filling->names.len < CHUNK_ROWS || hand_over(s, err);
}

bool
stream_row(struct stream *s, const struct series_key *key,
    const unsigned char *row, struct kpid_err *err)
{
	const struct row_place place = { key->org,
		s->first + (int32_t)key->ordinal, s->event,
		s->it->taken.delivery };
	unsigned char out[ROW_MAX];

	if (!buf_put(&s->filling->rows, out, row_direct(row, &place, out)))
		return err_set(err, KPID_EDB, "a row over its limit");
	return s->filling->rows.len < CHUNK_ROWS || hand_over(s, err);
}

void
stream_close(struct stream *s)
{
	struct kpid_err ignored;

	(void)!hand_over(s, &ignored);
	(void)pthread_mutex_lock(&s->lock);
	s->closed = true;
	(void)pthread_cond_signal(&s->changed);
	(void)pthread_mutex_unlock(&s->lock);
}

/* NULL: there will be none any more. */
static struct chunk *
take_chunk(struct stream *s)
{
	struct chunk *c;

	(void)pthread_mutex_lock(&s->lock);
	while (s->full == NULL && !s->closed)
		(void)pthread_cond_wait(&s->changed, &s->lock);
	c = s->full;
	(void)pthread_mutex_unlock(&s->lock);
	return c;
}

static void
give_back(struct stream *s, struct chunk *c)
{
	buf_clear(&c->names);
	buf_clear(&c->rows);
	(void)pthread_mutex_lock(&s->lock);
	s->full = NULL;
	(void)pthread_cond_signal(&s->changed);
	(void)pthread_mutex_unlock(&s->lock);
}

static bool
send_names(struct stream *s, const struct buf *names, struct kpid_err *err)
{
	struct db *db = s->w->db;
	char number[16];

	if (names->len == 0)
		return true;
	(void)snprintf(number, sizeof(number), "%d", s->it->taken.delivery);
	return staged_open(s->w, true, err)
	    && db_copy_put(db, names->ptr, names->len, err)
	    && db_copy_end(db, err)
	    && db_exec(db, "select kpid.stream_names($1::integer)",
		&DB_TEXT(number), 1, err);
}

static bool
send_rows(struct db *db, const struct buf *rows, struct kpid_err *err)
{
	return rows->len == 0
	    || (direct_copy_begin(db, err)
		&& db_copy_put(db, rows->ptr, rows->len, err)
		&& direct_copy_end(db, err));
}

bool
stream_send(struct stream *s, struct kpid_err *err)
{
	struct chunk *c;

	while ((c = take_chunk(s)) != NULL) {
		if (!send_names(s, &c->names, err)
		    || !send_rows(s->w->db, &c->rows, err))
			return false;
		give_back(s, c);
	}
	return true;
}

void
stream_fail(struct stream *s)
{
	(void)pthread_mutex_lock(&s->lock);
	s->failed = true;
	(void)pthread_cond_signal(&s->changed);
	(void)pthread_mutex_unlock(&s->lock);
}

static bool
send_rest(struct work *w, const struct taken *t, struct kpid_err *err)
{
	return staged_open(w, false, err)
	    && stage_rejects(w->db, &w->in, t, err) && db_copy_end(w->db, err)
	    && db_copy_begin(w->db,
		"copy pg_temp.said from stdin (format binary)", err)
	    && stage_digests(w->db, t, err) && db_copy_end(w->db, err);
}

bool
stream_load(struct work *w, struct kpid_err *err)
{
	struct item *it = w->stream->it;
	bool ignored;

	if (!item_loads(it) || it->taken.repeats)
		return err_set(err, KPID_EDB,
		    "a body that was copied is not one to be");
	return content_ask(w, err) && send_rest(w, &it->taken, err)
	    && direct_ask(w, it,
		"select kpid.stream_end($1::integer, array(select"
		" date '2000-01-01' + p from unnest($2::integer[]) with"
		" ordinality u (p, n) order by n), $3::bigint[])",
		3, &ignored, err)
	    && direct_end(w, it, err);
}
