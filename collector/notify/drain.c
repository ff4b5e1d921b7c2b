/*
 * The outbox, sent.
 *
 * A mail is claimed, rendered and stored; claimed again, sent as it is stored,
 * and told. No transaction is open meanwhile. A claim ends with its session,
 * or when nothing was heard for a lease, which is asked about once more before
 * the first byte: who stood still meanwhile sends nothing. A crash, or standing
 * still, between sending and telling sends the same bytes under the same
 * Message-ID once more.
 */
#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "kpid/limits.h"
#include "kpid/notify.h"
#include "kpid/schedule.h"

enum cell {
	CELL_ID,
	CELL_RECIPIENT,
	CELL_KIND,
	CELL_MESSAGE_ID,
	CELL_IN_REPLY_TO,
	CELL_REFERENCES,
	CELL_CREATED,
	CELL_PAYLOAD,
	CELL_MESSAGE,
	CELL_LEASE,
	CELL_COUNT
};

/* One head of a thread; the instant in the form that instant_parse reads. */
static const char next_sql[] =
    "select outbox, recipient, kind, message_id, in_reply_to, refs, "
    "pg_catalog.to_char(created_at at time zone 'UTC', "
    "'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), payload, "
    "pg_catalog.encode(message, 'hex'), lease"
    " from kpid.outbox_next(1, $1::integer * interval '1 second')";

/* What one step of the drain was about. */
struct step {
	struct db *db;
	const struct config *cfg;
	const struct zone *zone;
	struct outbox_counts *counts;
	struct arena *mem;
	const char *const *row;
	bool unreachable; /* no server answered */
	bool lost;        /* the mail is another's by now */
	long long failed; /* the last to fail, or 0 */
};

static bool
rendered_store(struct step *s, const struct buf *message, struct kpid_err *err)
{
	const struct db_param params[] = { DB_TEXT(s->row[CELL_ID]),
		DB_BYTES(message->ptr, message->len) };

	return db_exec(s->db, "select kpid.outbox_rendered($1, $2)", params,
	    ARRAY_LEN(params), err);
}

static bool
failure_store(struct step *s, int code, const struct kpid_err *why,
    struct kpid_err *err)
{
	const char *answer = arena_printf(s->mem, "%d", code);
	const struct db_param params[] = { DB_TEXT(s->row[CELL_ID]),
		DB_TEXT(answer), DB_TEXT(why->msg),
		DB_TEXT(why->retry ? "false" : "true"),
		DB_TEXT(s->row[CELL_LEASE]) };

	s->failed = strtoll(s->row[CELL_ID], NULL, 10);
	if (why->retry)
		s->counts->deferred++;
	else
		s->counts->given_up++;
	s->counts->last = *why;
	return db_exec(s->db, "select kpid.outbox_failed($1, $2, $3, $4, $5)",
	    params, ARRAY_LEN(params), err);
}

static bool
compose(const struct step *s, struct buf *out, struct kpid_err *err)
{
	struct mail m = {
		.from = s->cfg->mail.from,
		.to = s->row[CELL_RECIPIENT],
		.message_id = s->row[CELL_MESSAGE_ID],
		.in_reply_to = s->row[CELL_IN_REPLY_TO],
		.references = s->row[CELL_REFERENCES],
	};

	if (!instant_parse(slice_of(s->row[CELL_CREATED]), &m.date))
		return err_set(err, KPID_EINTERNAL, "'%s' is no instant",
		    s->row[CELL_CREATED]);
	m.utc_offset_s = zone_offset(s->zone, m.date);
	return message_compose(s->cfg, s->row[CELL_KIND], s->row[CELL_PAYLOAD],
		   s->mem, &m, err)
	    && mail_render(&m, out, err);
}

/* What cannot be written today cannot be written tomorrow: it is given up
 * and told to the operator like a refusal. */
static bool
step_render(struct step *s, struct kpid_err *err)
{
	CLEANUP(buf_release) struct buf message = { 0 };
	struct kpid_err why = { 0 };

	buf_init(&message, LIMIT_MAIL_BYTES);
	return compose(s, &message, &why) ? rendered_store(s, &message, err)
					  : failure_store(s, 0, &why, err);
}

/* The last question before the first byte; the answer may take as long as a
 * transfer does. */
static bool
still_ours(void *ctx, struct kpid_err *err)
{
	struct step *s = ctx;
	const struct db_param params[] = { DB_TEXT(s->row[CELL_ID]),
		DB_TEXT(s->row[CELL_LEASE]),
		DB_TEXT(arena_printf(s->mem, "%d",
		    2 * s->cfg->instances.lease_s)) };
	const char *ours;

	if (!db_value(s->db,
		&(struct db_query){ "select kpid.outbox_hold($1, $2,"
				    " $3::integer * interval '1 second')",
		    params, ARRAY_LEN(params) },
		s->mem, &ours, err))
		return false;
	s->lost = strcmp(ours, "t") != 0;
	return !s->lost
	    || err_set(err, KPID_EMAIL, "another instance sends it");
}

static bool
step_send(struct step *s, struct kpid_err *err)
{
	const char *hex = s->row[CELL_MESSAGE];
	size_t len = strlen(hex) / 2;
	char *bytes = arena_alloc(s->mem, len);
	const struct db_param id = DB_TEXT(s->row[CELL_ID]);
	struct kpid_err why = { 0 };
	int code;

	if (!hex_decode(hex, (uint8_t *)bytes, len))
		return err_set(err, KPID_EINTERNAL,
		    "outbox row %s holds no "
		    "message",
		    s->row[CELL_ID]);
	const struct mail_bytes mail = { s->row[CELL_RECIPIENT],
		s->row[CELL_MESSAGE_ID], { bytes, len }, still_ours, s };

	if (!mail_deliver(&s->cfg->mail, &mail, &code, &why)) {
		if (s->lost)
			return true;
		if (why.code == KPID_EDB) {
			*err = why;
			return false;
		}
		s->unreachable = why.retry && code == 0;
		return failure_store(s, code, &why, err);
	}
	s->counts->sent++;
	return db_exec(s->db, "select kpid.outbox_sent($1)", &id, 1, err);
}

/* A sign of life by request has no bytes to keep. Who does not answer it may
 * well take mail. */
static bool
step_sign(struct step *s, struct kpid_err *err)
{
	const struct db_param id = DB_TEXT(s->row[CELL_ID]);
	struct kpid_err why = { 0 };
	int code;

	if (!heartbeat_send(s->cfg, &code, &why))
		return failure_store(s, code, &why, err);
	s->counts->sent++;
	return db_exec(s->db, "select kpid.outbox_sent($1)", &id, 1, err);
}

static bool
is_sign(const struct step *s)
{
	return strcmp(s->row[CELL_KIND], "heartbeat") == 0
	    && strcmp(s->row[CELL_RECIPIENT], "url") == 0;
}

/* One row further; *more is false when nothing is due. */
static bool
step_run(struct step *s, bool *more, struct kpid_err *err)
{
	struct db_rows rows;

	const struct db_param lease =
	    DB_TEXT(arena_printf(s->mem, "%d", s->cfg->instances.lease_s));

	if (!db_rows(s->db, &(struct db_query){ next_sql, &lease, 1 }, s->mem,
		&rows, err))
		return false;
	*more = rows.n > 0;
	if (!*more)
		return true;
	if (rows.columns != CELL_COUNT)
		return err_set(err, KPID_EINTERNAL,
		    "the outbox has %zu "
		    "columns instead of %d",
		    rows.columns, CELL_COUNT);
	s->row = rows.cells;
	s->lost = false;
	/* Never in a circle, should the database offer it again at once. */
	*more = s->failed != strtoll(s->row[CELL_ID], NULL, 10);
	if (!*more)
		return true;
	if (is_sign(s))
		return step_sign(s, err);
	return s->row[CELL_MESSAGE] == NULL ? step_render(s, err)
					    : step_send(s, err);
}

bool
mail_deliver(const struct config_mail *mail, const struct mail_bytes *bytes,
    int *code, struct kpid_err *err)
{
	if (mail->maildir == NULL)
		return mail_send(mail, bytes, code, err);
	*code = 0;
	if ((bytes->may_go != NULL && !bytes->may_go(bytes->ctx, err))
	    || !maildir_put(mail->maildir, bytes->message_id, bytes->message,
		err))
		return false;
	*code = 250;
	return true;
}

/* What would fail for every mail is told once, and no mail is given up. */
static bool
prepare(const struct config *cfg, struct arena *mem, const struct zone **zone,
    struct kpid_err *err)
{
	struct mailbox from;

	if (!zone_load(cfg->time_zone, mem, zone, err))
		return false;
	if (!mailbox_parse(cfg->mail.from, mem, &from, err)) {
		err->code = KPID_ECONFIG;
		return err_wrap(err, "mail.from");
	}
	return true;
}

bool
outbox_drain(struct db *db, const struct config *cfg, struct outbox_counts *out,
    struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena zone_mem = { 0 };
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct outbox_counts counts = { 0 };
	struct step s = {
		.db = db, .cfg = cfg, .counts = &counts, .mem = &mem
	};
	bool ok, more = cfg->mail.set;

	ok = !more || prepare(cfg, &zone_mem, &s.zone, err);
	/* Nobody answers: the others would wait for the same nobody. */
	while (ok && more && !s.unreachable) {
		ok = step_run(&s, &more, err);
		arena_reset(&mem);
	}
	*out = counts;
	return ok ? true : err_wrap(err, "sending mail");
}

bool
outbox_wait(struct db *db, int *ms, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *text;

	if (!db_value(db,
		&(struct db_query){ "select least(kpid.outbox_wait(),"
				    " 86400000)",
		    NULL, 0 },
		&mem, &text, err))
		return err_wrap(err, "sending mail");
	*ms = text == NULL ? -1 : (int)strtol(text, NULL, 10);
	return true;
}

bool
outbox_oldest(struct db *db, usec *out, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *text;

	if (!db_value(db,
		&(struct db_query){ "select (pg_catalog.date_part('epoch',"
				    " kpid.outbox_oldest()) * 1000000)::bigint",
		    NULL, 0 },
		&mem, &text, err))
		return err_wrap(err, "sending mail");
	*out = text == NULL ? 0 : strtoll(text, NULL, 10);
	return true;
}
