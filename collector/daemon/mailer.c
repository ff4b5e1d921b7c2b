/* The mailer's side: sends what the outbox has. */
#include "mailer.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "kpid/log.h"
#include "kpid/notify.h"
#include "wire.h"

/* Also when there was none: the mailer has its database. */
static bool
tell_mails(struct db *db, int fd, const struct outbox_counts *counts,
    struct kpid_err *err)
{
	usec oldest;

	return outbox_oldest(db, &oldest, err)
	    && wire_send(fd,
		json_pack("{s:[I,I,I],s:I}", "mails", (json_int_t)counts->sent,
		    (json_int_t)counts->deferred, (json_int_t)counts->given_up,
		    "oldest", (json_int_t)oldest),
		err);
}

/* Sends what is due; *wait_ms until it should look again by itself. */
static bool
drain(struct db *db, const struct config *cfg, int fd, int *wait_ms,
    struct kpid_err *err)
{
	struct outbox_counts counts = { 0 };

	if (!outbox_drain(db, cfg, &counts, err))
		return false;
	if (counts.sent > 0)
		log_info("mail", "%zu sent", counts.sent);
	if (counts.given_up > 0)
		log_error("mail", "%zu refused for good: %s", counts.given_up,
		    counts.last.msg);
	if (counts.deferred > 0)
		log_warn("mail", "%zu deferred: %s", counts.deferred,
		    counts.last.msg);
	return tell_mails(db, fd, &counts, err)
	    && outbox_wait(db, wait_ms, err);
}

bool
mailer_serve(struct db *db, const struct config *cfg, int fd,
    struct kpid_err *err)
{
	struct pollfd p[2] = { { .fd = fd, .events = POLLIN },
		{ .fd = db_socket(db), .events = POLLIN } };
	int wait_ms = -1;
	bool any = true;

	if (!db_listen(db, err))
		return false;
	for (;;) {
		if (any && !drain(db, cfg, fd, &wait_ms, err))
			return false;
		int n = poll(p, ARRAY_LEN(p), wait_ms);

		if (n < 0 && errno != EINTR)
			return err_set(err, KPID_EINTERNAL, "poll: %s",
			    strerror(errno));
		if (n > 0 && p[0].revents != 0)
			return true;
		if (!db_notified(db, &any, err))
			return false;
		any = any || n == 0;
	}
}
