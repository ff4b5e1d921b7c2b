/* What a service manager or a scraper is told of the loop. */
#include <sys/statvfs.h>
#include <unistd.h>

#include "kpid/log.h"
#include "loop.h"
#include "machine.h"

#define PARTS   4
#define HOUR_US (3600 * (usec)1000000)

static const char *
database_fault(const struct loop *l)
{
	return !l->loader.ready ? "no loader has the database"
	    : !l->claimer.ready ? "no claimer has the database"
				: NULL;
}

static const char *
spool_fault(const struct loop *l)
{
	struct statvfs fs;

	if (l->full)
		return "it is full: nothing is fetched until the database "
		       "takes what waits";

	if (access(l->cfg->state_dir, R_OK | W_OK | X_OK) != 0
	    || statvfs(l->cfg->state_dir, &fs) != 0)
		return "the state directory cannot be written";
	return fs.f_bavail > 0 ? NULL : "the disk of the spool is full";
}

/* Of mails that cannot leave no mail can tell. */
static const char *
outbox_fault(const struct loop *l)
{
	const usec most = l->cfg->alerts.outbox_hours * HOUR_US;

	if (!l->cfg->mail.set)
		return NULL;
	if (!l->mailer.ready)
		return "no mailer has the database";
	return l->mail_waits != 0
		&& clock_read(&l->clock) - l->mail_waits > most
	    ? "a mail has waited longer than 'outbox_hours'"
	    : NULL;
}

static struct tally_feed
feed_view(const struct feed_run *r)
{
	return (struct tally_feed){ .name = r->feed->name,
		.loaded_at = r->loaded_at,
		.due_at = r->scheduled ? r->next : 0,
		.failures = r->failures };
}

static void
look(void *ctx, struct tally_view *view)
{
	struct loop *l = ctx;
	struct arena *mem = &l->view_mem;

	arena_reset(mem);
	spool_look(l->spool);
	struct tally_part *parts = arena_array(mem, PARTS, sizeof(*parts));
	struct tally_feed *feeds = arena_array(mem, l->n_feeds, sizeof(*feeds));

	parts[0] = (struct tally_part){ "database", database_fault(l) };
	parts[1] = (struct tally_part){ "spool", spool_fault(l) };
	parts[2] = (struct tally_part){ "outbox", outbox_fault(l) };
	parts[3] = (struct tally_part){ "clock",
		machine_clock_fault(clock_now(), machine_unsynchronised(),
		    &l->unsynchronised) };
	for (size_t i = 0; i < l->n_feeds; i++)
		feeds[i] = feed_view(&l->feeds[i]);
	*view = (struct tally_view){ .tally = &l->tally,
		.parts = parts,
		.n_parts = PARTS,
		.feeds = feeds,
		.n_feeds = l->n_feeds,
		.leases = leases_held(l),
		.waiting = l->pending.n + l->working.n,
		.waiting_bytes = spool_bytes(l->spool),
		.most_bytes = spool_most(l->spool) };
}

bool
view_open(struct loop *l, struct kpid_err *err)
{
	if (l->cfg->health == NULL)
		return true;
	if (!health_open(l->cfg->health, look, l, &l->health, err))
		return false;
	log_info("health", "listening, port %d", health_port(l->health));
	return true;
}

void
view_close(struct loop *l)
{
	health_close(l->health);
	l->health = NULL;
}
