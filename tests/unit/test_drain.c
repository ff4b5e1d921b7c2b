/* rooms: base schedule notify */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kpid/limits.h"
#include "kpid/notify.h"

/*
 * The outbox without a database: the test's own db_* stand in for the store.
 * What is kept is what kpid.outbox_* keep, a row at a time.
 */
struct row {
	const char *id, *recipient, *kind, *message_id, *payload;
	char *message; /* hexadecimal once rendered */
	bool sent, given_up;
	int deferred, code;
	char error[KPID_ERR_MAX];
};

struct db {
	struct row rows[4];
	size_t n;
	int asked;  /* for the next */
	bool lost;  /* the connection, before the next mail */
	bool taken; /* by another, before the next mail */
	bool eager; /* offers any row again */
	struct arena mem;
};

static bool
due(const struct db *db, const struct row *r)
{
	return db->eager || (!r->sent && !r->given_up && r->deferred == 0);
}

bool
db_rows(struct db *db, const struct db_query *q, struct arena *mem,
    struct db_rows *out, struct kpid_err *err)
{
	const char **cells = arena_array(mem, 10, sizeof(*cells));

	(void)err;
	cr_assert_not_null(strstr(q->sql, "kpid.outbox_next(1, "));
	cr_assert_str_eq(q->params[0].value, "60",
	    "a claim as long as a lease");
	db->asked++;
	*out = (struct db_rows){ .columns = 10, .cells = cells };
	for (size_t i = 0; i < db->n && out->n == 0; i++) {
		const struct row *r = &db->rows[i];
		const char *const values[] = { r->id, r->recipient, r->kind,
			r->message_id, NULL, NULL, "2024-10-15T00:00:00.5Z",
			r->payload, r->message, "7" };

		if (!due(db, r))
			continue;
		memcpy(cells, values, sizeof(values));
		out->n = 1;
	}
	return true;
}

bool
db_value(struct db *db, const struct db_query *q, struct arena *mem,
    const char **out, struct kpid_err *err)
{
	if (strstr(q->sql, "kpid.outbox_wait()") != NULL) {
		*out = db->n == 0 ? NULL : arena_strdup(mem, "1500");
		return true;
	}
	if (strstr(q->sql, "kpid.outbox_oldest()") != NULL) {
		*out =
		    db->n == 0 ? NULL : arena_strdup(mem, "1728950400000000");
		return true;
	}
	cr_assert_not_null(strstr(q->sql, "kpid.outbox_hold("));
	cr_assert_str_eq(q->params[1].value, "7");
	cr_assert_str_eq(q->params[2].value, "120");
	if (db->lost)
		return err_set_retry(err, KPID_EDB, "connection lost");
	*out = db->taken ? "f" : "t";
	for (size_t i = 0; db->taken && i < db->n; i++)
		if (strcmp(db->rows[i].id, q->params[0].value) == 0)
			db->rows[i].sent = true; /* by the other */
	db->taken = false;
	return true;
}

static struct row *
row_of(struct db *db, const char *id)
{
	for (size_t i = 0; i < db->n; i++) {
		if (strcmp(db->rows[i].id, id) == 0)
			return &db->rows[i];
	}
	cr_assert(false, "no row %s", id);
	return NULL;
}

static void
failed(struct row *r, const struct db_param *p)
{
	r->code = (int)strtol(p[1].value, NULL, 10);
	(void)snprintf(r->error, sizeof(r->error), "%s", p[2].value);
	if (strcmp(p[3].value, "true") == 0)
		r->given_up = true;
	else
		r->deferred++;
}

bool
db_exec(struct db *db, const char *sql, const struct db_param *p, size_t n,
    struct kpid_err *err)
{
	struct row *r = row_of(db, p[0].value);

	(void)n;
	(void)err;
	if (strstr(sql, "kpid.outbox_rendered(") != NULL) {
		r->message = arena_alloc(&db->mem, 2 * (size_t)p[1].len + 1);
		hex_encode((const uint8_t *)p[1].value, (size_t)p[1].len,
		    r->message);
	} else if (strstr(sql, "kpid.outbox_sent(") != NULL) {
		r->sent = true;
	} else {
		cr_assert_not_null(strstr(sql, "kpid.outbox_failed("));
		failed(r, p);
	}
	return true;
}

#define PAYLOAD                                                 \
	"{\"fiscal_year\":2024,\"targets\":[{\"name\":\"甲\"," \
	"\"status\":\"missed\"}]}"

/* A maildir of its own for each test; removed by the test's end. */
static struct config
config_in(struct db *db)
{
	const char *top = getenv("TMPDIR");
	char *dir = arena_printf(&db->mem, "%s/kpid-drain-XXXXXX",
	    top == NULL ? "/tmp" : top);
	struct config cfg = { .time_zone = "Asia/Tokyo",
		.instances = { .lease_s = 60 },
		.mail = { .set = true,
		    .from = "kpid@example.jp",
		    .language = "ja" } };

	cr_assert_not_null(mkdtemp(dir));
	cfg.mail.maildir = dir;
	return cfg;
}

static void
row_add(struct db *db, const char *id, const char *recipient,
    const char *message_id, const char *payload)
{
	db->rows[db->n++] = (struct row){ .id = id,
		.recipient = recipient,
		.kind = "opened",
		.message_id = message_id,
		.payload = payload };
}

static void
remove_maildir(const char *dir)
{
	char command[3][300];
	static const char *const parts[] = { "new", "cur", "tmp" };

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		DIR *d;
		struct dirent *e;

		(void)snprintf(command[i], sizeof(command[i]), "%s/%s", dir,
		    parts[i]);
		d = opendir(command[i]);
		while (d != NULL && (e = readdir(d)) != NULL)
			(void)unlinkat(dirfd(d), e->d_name, 0);
		if (d != NULL)
			(void)closedir(d);
		(void)rmdir(command[i]);
	}
	(void)rmdir(dir);
}

static char *
mail_in(const struct config *cfg, const char *name, struct arena *mem)
{
	char *text = arena_alloc(mem, 65536);
	FILE *f =
	    fopen(arena_printf(mem, "%s/new/%s", cfg->mail.maildir, name), "r");

	if (f == NULL)
		return NULL;
	(void)fread(text, 1, 65535, f);
	(void)fclose(f);
	return text;
}

Test(drain, everything_due_is_rendered_stored_and_sent)
{
	struct db db = { 0 };
	struct config cfg = config_in(&db);
	struct outbox_counts counts = {
		.sent = 9, .deferred = 9, .given_up = 9
	};
	struct kpid_err err = { 0 };
	char *mail;

	row_add(&db, "1", "a@example.jp", "<1@kpid>", PAYLOAD);
	row_add(&db, "2", "課 <b@example.jp>", "<2@kpid>", PAYLOAD);
	cr_assert(outbox_drain(&db, &cfg, &counts, &err), "%s", err.msg);
	cr_expect_eq(counts.sent, 2);
	cr_expect_eq(counts.deferred + counts.given_up, 0);
	mail = mail_in(&cfg, "1@kpid", &db.mem);
	cr_assert_not_null(mail);
	cr_expect_not_null(strstr(mail,
			       "Date: Tue, 15 Oct 2024 09:00:00 "
			       "+0900\r\n"),
	    "the time of the town: %.80s", mail);
	cr_expect_not_null(mail_in(&cfg, "2@kpid", &db.mem));
	cr_expect_eq(db.asked, 5, "two each and the last look");
	cr_assert(outbox_drain(&db, &cfg, &counts, &err), "%s", err.msg);
	cr_expect_eq(counts.sent, 0, "the second time there is nothing");
	remove_maildir(cfg.mail.maildir);
	arena_release(&db.mem);
}

Test(drain, stored_bytes_are_sent_as_they_are)
{
	struct db db = { 0 };
	struct config cfg = config_in(&db);
	struct outbox_counts counts;
	struct kpid_err err = { 0 };

	/* The payload says something else by now; what was rendered counts. */
	row_add(&db, "1", "a@example.jp", "<1@kpid>", "not even JSON");
	db.rows[0].message = arena_strdup(&db.mem, "53656e7420627974657300");
	db.rows[0].message[20] = '\0';
	cr_assert(outbox_drain(&db, &cfg, &counts, &err), "%s", err.msg);
	cr_expect_eq(counts.sent, 1);
	cr_expect_str_eq(mail_in(&cfg, "1@kpid", &db.mem), "Sent bytes");
	remove_maildir(cfg.mail.maildir);
	arena_release(&db.mem);
}

Test(drain, what_cannot_be_written_is_given_up_and_the_next_goes_out)
{
	struct db db = { 0 };
	struct config cfg = config_in(&db);
	struct outbox_counts counts;
	struct kpid_err err = { 0 };

	row_add(&db, "1", "a@example.jp", "<1@kpid>", "{}");
	row_add(&db, "2", "no address", "<2@kpid>", PAYLOAD);
	row_add(&db, "3", "c@example.jp", "<3@kpid>", PAYLOAD);
	cr_assert(outbox_drain(&db, &cfg, &counts, &err), "%s", err.msg);
	cr_expect_eq(counts.given_up, 2);
	cr_expect_eq(counts.sent, 1);
	cr_expect(db.rows[0].given_up);
	cr_expect_not_null(strstr(db.rows[0].error, "no target"), "%s",
	    db.rows[0].error);
	cr_expect_not_null(strstr(db.rows[1].error, "'no address'"), "%s",
	    db.rows[1].error);
	cr_expect(db.rows[2].sent);
	remove_maildir(cfg.mail.maildir);
	arena_release(&db.mem);
}

/* A sign of life by request: nothing is rendered, and who does not answer it
 * may well take mail. */
Test(drain, a_sign_that_nobody_takes_holds_no_mail)
{
	struct db db = { 0 };
	struct config cfg = config_in(&db);
	struct outbox_counts counts;
	struct kpid_err err = { 0 };

	cfg.network.proxy = "";
	cfg.alerts.heartbeat.url = "http://127.0.0.1:1/";
	row_add(&db, "1", "url", "<1@kpid>", "{}");
	db.rows[0].kind = "heartbeat";
	row_add(&db, "2", "a@example.jp", "<2@kpid>", PAYLOAD);
	cr_assert(outbox_drain(&db, &cfg, &counts, &err), "%s", err.msg);
	cr_expect_eq(counts.deferred, 1);
	cr_expect_eq(counts.sent, 1);
	cr_expect_null(db.rows[0].message);
	cr_expect(!db.rows[0].sent && !db.rows[0].given_up);
	remove_maildir(cfg.mail.maildir);
	arena_release(&db.mem);
}

Test(drain, when_nobody_answers_the_rest_waits)
{
	struct db db = { 0 };
	struct config cfg = config_in(&db);
	const char *dir = cfg.mail.maildir;
	struct outbox_counts counts;
	struct kpid_err err = { 0 };

	row_add(&db, "1", "a@example.jp", "<1@kpid>", PAYLOAD);
	row_add(&db, "2", "b@example.jp", "<2@kpid>", PAYLOAD);
	cfg.mail.maildir = "/dev/null/mail";
	cr_assert(outbox_drain(&db, &cfg, &counts, &err), "%s", err.msg);
	cr_expect_eq(counts.deferred, 1);
	cr_expect_eq(counts.sent + counts.given_up, 0);
	cr_expect(!db.rows[0].given_up && db.rows[0].deferred == 1);
	cr_expect_not_null(db.rows[0].message, "rendered before the attempt");
	cr_expect_eq(db.rows[1].deferred, 0, "not even tried");
	remove_maildir(dir);
	arena_release(&db.mem);
}

Test(drain, a_lost_database_is_an_error_and_the_mail_stays_due)
{
	struct db db = { 0 };
	struct config cfg = config_in(&db);
	struct outbox_counts counts;
	struct kpid_err err = { 0 };

	row_add(&db, "1", "a@example.jp", "<1@kpid>", PAYLOAD);
	db.lost = true;
	cr_expect(!outbox_drain(&db, &cfg, &counts, &err));
	cr_expect_eq(err.code, KPID_EDB);
	cr_expect(err.retry);
	cr_expect_str_eq(err.msg, "sending mail: connection lost");
	cr_expect_null(mail_in(&cfg, "1@kpid", &db.mem));
	cr_expect(due(&db, &db.rows[0]));
	remove_maildir(cfg.mail.maildir);
	arena_release(&db.mem);
}

/* Another instance took it while we stood still. */
Test(drain, a_claim_that_is_lost_sends_nothing_and_fails_nothing)
{
	struct db db = { .taken = true };
	struct config cfg = config_in(&db);
	struct outbox_counts counts;
	struct kpid_err err = { 0 };

	row_add(&db, "1", "a@example.jp", "<1@kpid>", PAYLOAD);
	row_add(&db, "2", "b@example.jp", "<2@kpid>", PAYLOAD);
	cr_assert(outbox_drain(&db, &cfg, &counts, &err), "%s", err.msg);
	cr_expect_eq(counts.sent, 1);
	cr_expect_eq(counts.deferred + counts.given_up, 0);
	cr_expect_null(mail_in(&cfg, "1@kpid", &db.mem));
	cr_expect_not_null(mail_in(&cfg, "2@kpid", &db.mem));
	remove_maildir(cfg.mail.maildir);
	arena_release(&db.mem);
}

Test(drain, how_long_to_sleep_is_the_databases_word)
{
	struct db db = { 0 };
	struct kpid_err err = { 0 };
	int ms = 0;

	cr_assert(outbox_wait(&db, &ms, &err), "%s", err.msg);
	cr_expect_eq(ms, -1, "until somebody wakes it: %d", ms);
	row_add(&db, "1", "a@example.jp", "<1@kpid>", PAYLOAD);
	cr_assert(outbox_wait(&db, &ms, &err), "%s", err.msg);
	cr_expect_eq(ms, 1500);
	arena_release(&db.mem);
}

Test(drain, since_when_mails_wait)
{
	struct db db = { 0 };
	struct kpid_err err = { 0 };
	usec oldest = 7;

	cr_assert(outbox_oldest(&db, &oldest, &err), "%s", err.msg);
	cr_expect_eq(oldest, 0, "none waits");
	row_add(&db, "1", "a@example.jp", "<1@kpid>", PAYLOAD);
	cr_assert(outbox_oldest(&db, &oldest, &err), "%s", err.msg);
	cr_expect_eq(oldest, 1728950400 * (usec)1000000);
	arena_release(&db.mem);
}

Test(drain, without_mail_in_the_configuration_nothing_is_asked)
{
	struct db db = { 0 };
	struct config cfg = config_in(&db);
	struct outbox_counts counts;
	struct kpid_err err = { 0 };

	row_add(&db, "1", "a@example.jp", "<1@kpid>", PAYLOAD);
	cfg.mail.set = false;
	cr_assert(outbox_drain(&db, &cfg, &counts, &err), "%s", err.msg);
	cr_expect_eq(db.asked, 0);
	cr_expect_eq(counts.sent, 0);
	remove_maildir(cfg.mail.maildir);
	arena_release(&db.mem);
}

Test(drain, a_row_that_failed_is_not_tried_in_a_circle)
{
	struct db db = { .eager = true };
	struct config cfg = config_in(&db);
	struct outbox_counts counts;
	struct kpid_err err = { 0 };

	row_add(&db, "1", "a@example.jp", "<1@kpid>", "no facts");
	cr_assert(outbox_drain(&db, &cfg, &counts, &err), "%s", err.msg);
	cr_expect_eq(counts.given_up, 1);
	remove_maildir(cfg.mail.maildir);
	arena_release(&db.mem);
}

Test(drain, a_wrong_sender_gives_no_mail_up)
{
	struct db db = { 0 };
	struct config cfg = config_in(&db);
	struct outbox_counts counts;
	struct kpid_err err = { 0 };

	row_add(&db, "1", "a@example.jp", "<1@kpid>", PAYLOAD);
	cfg.mail.from = "the town hall";
	cr_expect(!outbox_drain(&db, &cfg, &counts, &err));
	cr_expect_eq(err.code, KPID_ECONFIG);
	cr_expect_not_null(strstr(err.msg, "mail.from"), "%s", err.msg);
	cr_expect(due(&db, &db.rows[0]));
	remove_maildir(cfg.mail.maildir);
	arena_release(&db.mem);
}
