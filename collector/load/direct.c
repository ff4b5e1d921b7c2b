/*
 * The straight way of a large delivery: its series are offered with a digest
 * each, and the database says which of them nobody ever stated, or nobody for
 * these periods (their rows are copied into kpid.observation as they are),
 * which say what they said before (nothing is sent) and which are to be staged
 * and compared.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "row.h"
#include "stage.h"

#ifndef DIRECT_ROWS        /* a test goes this way with few rows */
#define DIRECT_ROWS   5000 /* fewer are staged as fast */
#define DIRECT_LENGTH 4    /* rows a series: a digest costs as much.. */
#define SAMPLE_ROWS   5000 /* what the gates look at */
#endif

/* What is to become of a series, by ordinal. */
struct series_plan {
	int32_t series;
	char class; /* f, n, s, c: see kpid.direct_begin */
};

struct direct {
	struct work *w;
	struct item *it;
	struct series_plan *plans;
	int32_t event;
	uint64_t every; /* the sample takes every so many-th row */
};

struct item *
direct_item(const struct work *w)
{
	struct item *only = NULL;

	for (size_t i = 0; i < w->n; i++) {
		if (!item_loads(&w->items[i]))
			continue;
		if (only != NULL)
			return NULL;
		only = &w->items[i];
	}
	return only;
}

/* Does a gate look at every number of this indicator? */
static bool
is_watched(const struct gates *g, const struct indicator *i)
{
	return (g->running_total
		   && (i->measure == MEASURE_FLOW_YTD
		       || (i->monotone && i->measure == MEASURE_STOCK)))
	    || (g->ratio_max != NULL && i->measure == MEASURE_RATIO);
}

bool
direct_watched(const struct work *w, const struct item *it, const char *code)
{
	const struct indicator *found = config_indicator(w->cfg, code);

	return found == NULL || is_watched(&it->job.feed->gates, found);
}

/* Series of one indicator mostly stand together. */
static bool
gates_want_rows(const struct work *w, const struct item *it)
{
	const struct taken *t = &it->taken;
	const char *last = NULL;

	for (size_t i = 0; i < t->n_series; i++) {
		const char *code = t->series[i].key != NULL
		    ? t->series[i].key->indicator
		    : last;

		if (code == last)
			continue;
		last = code;
		if (direct_watched(w, it, code))
			return true;
	}
	return it->job.feed->gates.all_zero && !t->nonzero;
}

static size_t
form_sample(const void *ctx, const unsigned char *row, uint64_t nth,
    unsigned char *out)
{
	const struct direct *d = ctx;

	return nth % d->every == 0 ? row_staged(row, d->it->taken.delivery, out)
				   : 0;
}

static size_t
form_changed(const void *ctx, const unsigned char *row, uint64_t nth,
    unsigned char *out)
{
	const struct direct *d = ctx;

	(void)nth;
	return d->plans[row_ordinal(row)].class == 'c'
	    ? row_staged(row, d->it->taken.delivery, out)
	    : 0;
}

static bool
goes_straight(const struct series_plan *plan)
{
	return plan->class == 'f' || plan->class == 'n';
}

static size_t
form_fresh(const void *ctx, const unsigned char *row, uint64_t nth,
    unsigned char *out)
{
	const struct direct *d = ctx;
	const struct taken *t = &d->it->taken;
	const uint32_t ordinal = row_ordinal(row);
	const struct series_plan *plan = &d->plans[ordinal];

	(void)nth;
	if (!goes_straight(plan))
		return 0;
	return row_direct(row,
	    &(struct row_place){ t->series[ordinal].key->org, plan->series,
		d->event, t->delivery },
	    out);
}

/* Series, rejects and the sample. */
static bool
offer_rows(struct direct *d, struct kpid_err *err)
{
	struct work *w = d->w;
	const struct taken *t = &d->it->taken;
	const struct sender sample = { form_sample, d };

	d->every = t->rows / SAMPLE_ROWS;
	return staged_open(w, true, err) && stage_series(w->db, t, true, err)
	    && db_copy_end(w->db, err) && staged_open(w, false, err)
	    && stage_rejects(w->db, &w->in, t, err)
	    && stage_rows(w->db, &w->in, t, &sample, err)
	    && db_copy_end(w->db, err);
}

/* The shape as two arrays' texts. */
static bool
put_shape(const struct shape *s, struct buf *periods, struct buf *keys)
{
	bool ok = buf_puts(periods, "{") && buf_puts(keys, "{");

	for (size_t i = 0; ok && i < s->n; i++)
		ok = buf_printf(periods, "%s%d", i > 0 ? "," : "",
			 s->periods[i].first)
		    && buf_printf(keys, "%s%llu", i > 0 ? "," : "",
			(unsigned long long)s->periods[i].rows);
	return ok && buf_put(periods, "}", 2) && buf_put(keys, "}", 2);
}

bool
direct_ask(struct work *w, const struct item *it, const char *query, size_t n,
    bool *yes, struct kpid_err *err)
{
	CLEANUP(buf_release) struct buf periods;
	CLEANUP(buf_release) struct buf keys;
	char number[16];
	const char *answer;

	buf_init(&periods, 64 << 20);
	buf_init(&keys, 64 << 20);
	if (!put_shape(&it->taken.shape, &periods, &keys))
		return err_set(err, KPID_EINTERNAL, "too many periods");
	(void)snprintf(number, sizeof(number), "%d", it->taken.delivery);
	const struct db_param params[] = { DB_TEXT(number),
		DB_TEXT(periods.ptr), DB_TEXT(keys.ptr) };

	if (!db_value(w->db, &(struct db_query){ query, params, n }, &w->mem,
		&answer, err))
		return false;
	*yes = answer != NULL && answer[0] == 't';
	return true;
}

bool
direct_may(struct work *w, bool *may, struct kpid_err *err)
{
	const struct item *it = direct_item(w);

	*may = it != NULL && !w->plain && !it->repeats && !it->taken.repeats
	    && it->job.replays == 0 && it->taken.rows >= DIRECT_ROWS
	    && !gates_want_rows(w, it);
	if (!*may
	    || it->taken.rows >= DIRECT_LENGTH * (uint64_t)it->taken.n_series)
		return true;
	/* ..unless nothing is to be compared, as in the newest month's file */
	return direct_ask(w, it,
	    "select kpid.direct_news($1::integer, array(select"
	    " date '2000-01-01' + p from unnest($2::integer[]) u (p)))",
	    2, may, err);
}

static bool
take_plans(struct direct *d, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct db_rows rows;
	char number[16];

	(void)snprintf(number, sizeof(number), "%d", d->it->taken.delivery);
	if (!db_rows(d->w->db,
		&(struct db_query){ "select ordinal, series, event, class"
				    " from kpid.direct_begin($1::integer)",
		    &DB_TEXT(number), 1 },
		&mem, &rows, err))
		return false;
	for (size_t i = 0; i < rows.n; i++) {
		const size_t ordinal = strtoul(db_cell(&rows, i, 0), NULL, 10);

		d->event = (int32_t)strtol(db_cell(&rows, i, 2), NULL, 10);
		if (ordinal < d->it->taken.n_series)
			d->plans[ordinal] = (struct series_plan){
				(int32_t)strtol(db_cell(&rows, i, 1), NULL, 10),
				db_cell(&rows, i, 3)[0]
			};
	}
	return true;
}

static bool
has_class(const struct direct *d, char class)
{
	for (size_t i = 0; i < d->it->taken.n_series; i++)
		if (d->plans[i].class == class)
			return true;
	return false;
}

bool
direct_copy_begin(struct db *db, struct kpid_err *err)
{
	return db_exec(db, "set local role kpid_loader", NULL, 0, err)
	    && db_copy_begin(db,
		"copy kpid.observation (org, series, period, since,"
		" delivery, line, col, status, value)"
		" from stdin (format binary)",
		err);
}

bool
direct_copy_end(struct db *db, struct kpid_err *err)
{
	return db_copy_end(db, err)
	    && db_exec(db, "set local role kpid_collector", NULL, 0, err);
}

static bool
send_fresh(struct direct *d, struct kpid_err *err)
{
	const struct sender fresh = { form_fresh, d };
	struct db *db = d->w->db;

	return (!has_class(d, 'f') && !has_class(d, 'n'))
	    || (direct_copy_begin(db, err)
		&& stage_rows(db, &d->w->in, &d->it->taken, &fresh, err)
		&& direct_copy_end(db, err));
}

static bool
send_changed(struct direct *d, struct kpid_err *err)
{
	const struct sender changed = { form_changed, d };
	struct db *db = d->w->db;

	return !has_class(d, 'c')
	    || (staged_open(d->w, false, err)
		&& stage_rows(db, &d->w->in, &d->it->taken, &changed, err)
		&& db_copy_end(db, err));
}

bool
direct_end(struct work *w, const struct item *it, struct kpid_err *err)
{
	char number[16], read[24];

	(void)snprintf(number, sizeof(number), "%d", it->taken.delivery);
	(void)snprintf(read, sizeof(read), "%llu",
	    (unsigned long long)it->result->read);
	const struct db_param params[] = { DB_TEXT(number), DB_TEXT(read) };

	return counts_take(w,
	    &(struct db_query){
		"select delivery, read, inserted, revised, unchanged,"
		" rejected, withdrawn"
		" from kpid.direct_end($1::integer, $2::bigint)",
		params, ARRAY_LEN(params) },
	    err);
}

bool
direct_load(struct work *w, bool *done, struct kpid_err *err)
{
	struct item *it = direct_item(w);
	struct direct d = { .w = w, .it = it };
	bool open = false;

	w->shortcut = true;
	d.plans = arena_array(&w->mem, it->taken.n_series, sizeof(*d.plans));
	if (!offer_rows(&d, err)
	    || !direct_ask(w, it,
		"select kpid.direct_offer($1::integer, array(select"
		" date '2000-01-01' + p from unnest($2::integer[]) with"
		" ordinality u (p, n) order by n), $3::bigint[])",
		3, &open, err))
		return false;
	*done = open;
	if (!open)
		return true; /* the caller begins again */
	if (!gates_pass(w, err))
		return false;
	if (!item_loads(it))
		return true; /* held */
	return take_plans(&d, err) && send_fresh(&d, err)
	    && send_changed(&d, err) && direct_end(w, it, err);
}
