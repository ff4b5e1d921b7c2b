/*
 * The outbox: rows that evaluation wrote, rendered once, sent in order.
 *
 * In: rows of kpid.outbox (facts as JSON).  Out: RFC 5322 messages over SMTP
 * or into a maildir. The rendered bytes are stored before the first attempt,
 * so that a retry sends the same.
 */
#ifndef KPID_NOTIFY_H
#define KPID_NOTIFY_H

#include <stdbool.h>
#include <stddef.h>

#include "kpid/arena.h"
#include "kpid/bytes.h"
#include "kpid/config.h"
#include "kpid/db.h"
#include "kpid/error.h"

/* A mail before it is bytes. Texts are UTF-8; line breaks in headers are
 * refused. */
struct mail {
	const char *from, *to; /* mailboxes, display names allowed */
	const char *subject;
	const char *message_id, *in_reply_to, *references; /* with <> */
	usec date;
	int utc_offset_s;        /* of the Date header */
	const char *text, *html; /* html may be NULL */
};

/* The whole message, CRLF, RFC 2047 and base64, lines within 78 columns
 * (identifiers and addresses are never cut), boundary from the Message-ID: the
 * same mail gives the same bytes. KPID_EMAIL: a line break in a header, a
 * malformed address or Message-ID, text that is not UTF-8, too large. */
MUST_CHECK bool mail_render(const struct mail *m, struct buf *out,
    struct kpid_err *err);

/* Facts (kpid.outbox.payload) to subject, text and HTML in cfg's language; the
 * other fields of *out stay as they are. kind: opened, reopened, escalated,
 * closed, correction, target_changed, reminder, held, or a notice in the
 * database's words (late, trouble, digest, ..). What the facts do not say is
 * left out. */
MUST_CHECK bool message_compose(const struct config *cfg, const char *kind,
    const char *payload_json, struct arena *mem, struct mail *out,
    struct kpid_err *err);

/* A message on its way to one recipient. may_go, unless NULL, is asked before
 * the first byte goes out: false, and nothing does; its error is the
 * delivery's. */
struct mail_bytes {
	const char *to, *message_id;
	struct slice message;
	bool (*may_go)(void *ctx, struct kpid_err *err);
	void *ctx;
};

/* One message to one recipient over SMTP. *code: the server's answer (250, 451,
 * 550), set on failure too; 0 when none came. err->retry is false only for a
 * 5xx about this recipient or this message: a wrong password, an unknown
 * certificate, a refused sender are mended by the operator, and mail waits. */
MUST_CHECK bool mail_send(const struct config_mail *mail,
    const struct mail_bytes *bytes, int *code, struct kpid_err *err);
/* maildir: tmp/, fsync, rename into new/; a name from the Message-ID, so that
 * the same message twice is one file, also when it was read meanwhile (cur/).
 * Directories are made. */
MUST_CHECK bool maildir_put(const char *dir, const char *message_id,
    struct slice message, struct kpid_err *err);

/* maildir_put (code 250) when the configuration names a maildir, else
 * mail_send. */
MUST_CHECK bool mail_deliver(const struct config_mail *mail,
    const struct mail_bytes *bytes, int *code, struct kpid_err *err);

/* Asks for alerts.heartbeat.url; any answer but 2xx is a failure that may be
 * tried again. *code: the answer's; 0 when none came. */
MUST_CHECK bool heartbeat_send(const struct config *cfg, int *code,
    struct kpid_err *err);

struct outbox_counts {
	size_t sent, deferred, given_up;
	struct kpid_err last; /* why the last failure; or empty */
};

/* Sends what is due, thread by thread in order, each claimed before;
 * stops when no server answers. A refused or deferred mail is a row's
 * matter and counted; false is the database's failure, *out then counts what
 * was done before it. Begins outside a transaction. */
MUST_CHECK bool outbox_drain(struct db *db, const struct config *cfg,
    struct outbox_counts *out, struct kpid_err *err);

/* How long nothing is to be sent, unless the database says so: *ms, -1 when no
 * mail waits. */
MUST_CHECK bool outbox_wait(struct db *db, int *ms, struct kpid_err *err);
/* When the oldest of those that wait was written; 0: none waits. */
MUST_CHECK bool outbox_oldest(struct db *db, usec *out, struct kpid_err *err);

#endif
