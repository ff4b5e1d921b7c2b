/* What runs by a configuration, and how a new one takes over. */
#include <stdlib.h>
#include <string.h>

#include "kpid/limits.h"
#include "kpid/log.h"
#include "kpid/parse.h"
#include "loop.h"

static uint64_t
bound_of(const struct config *cfg)
{
	const long long said = cfg->spool.max_bytes;

	return (uint64_t)(said > 0 ? said : LIMIT_SPOOL_BYTES);
}

bool
parts_open(struct loop *l, struct kpid_err *err)
{
	l->clock = (struct clock){ l->cfg->clock_fixed, l->cfg->clock };
	if (!spool_open(l->cfg->state_dir, &l->mem, &l->spool, err))
		return false;
	spool_bound(l->spool, bound_of(l->cfg));
	if (!calendar_open(l, err)
	    || !fetcher_new(l->cfg, l->spool, &l->fetcher, err))
		return false;
	fetcher_follow(l->fetcher, page_next);
	fetcher_explain(l->fetcher, error_text);
	return view_open(l, err);
}

void
parts_close(struct loop *l)
{
	view_close(l);
	fetcher_free(l->fetcher);
	l->fetcher = NULL;
	calendar_close(l);
}

bool
reload_read(const char *path, struct arena *mem, struct config *cfg,
    struct kpid_err *err)
{
	struct problems all = { .mem = mem };

	if (config_load(path, mem, cfg, &all))
		return true;
	for (size_t i = 0; i < all.n; i++)
		log_error("config", "%s: %s",
		    problem_place(all.list[i].file, all.list[i].line, mem),
		    all.list[i].text);
	return err_set(err, KPID_ECONFIG,
	    "the configuration '%s' has %zu "
	    "problem%s",
	    path, all.n, all.n == 1 ? "" : "s");
}

/* A bad configuration keeps the running one. */
static void
take_config(struct loop *l)
{
	struct loop_next *next = calloc(1, sizeof(*next));
	struct kpid_err err = { 0 };

	if (next == NULL)
		fatal("out of memory");
	if (!reload_read(l->config_path, &next->mem, &next->cfg, &err)
	    || !calendar_check(&next->cfg, &next->mem, &err)) {
		log_error("config", "%s; going on with the old one", err.msg);
		arena_release(&next->mem);
		free(next);
		return;
	}
	if (l->next != NULL) {
		arena_release(&l->next->mem);
		free(l->next);
	} else {
		l->swap_by = clock_now() + SWAP_WAIT_US;
	}
	l->next = next;
	log_info("config", "read again");
}

/* SIGHUP */
void
reload(struct loop *l)
{
	/* Who reloads wants to hear what is wrong, again. */
	log_repeats_end(l->repeats, INT64_MAX);
	manager_reloading(&l->manager);
	take_config(l);
	manager_tell(&l->manager, "READY=1");
}

/* While the spool is full nothing begins: what waits for that is due again by
 * the new calendar. */
static size_t
transfers(const struct loop *l)
{
	return l->full ? fetcher_active(l->fetcher)
		       : fetcher_running(l->fetcher);
}

/* A transfer that hangs, or a load that takes long, is not waited for: the one
 * is due again, the other's bodies are on the spool. */
static void
give_up_work(struct loop *l)
{
	const bool loads = l->loader.busy;

	if (transfers(l) > 0 || loads)
		log_info("config",
		    "%zu transfers%s take too long: begun again by the new "
		    "configuration",
		    transfers(l), loads ? " and a load" : "");
	if (!loads)
		return;
	helper_stop(&l->loader);
	bodies_put_back(l);
	l->day_owed = true;
}

/* The new configuration takes over once nothing refers to the old. */
bool
reload_swap(struct loop *l, struct kpid_err *err)
{
	struct loop_next *next = l->next;

	if (next == NULL
	    || ((transfers(l) > 0 || l->loader.busy)
		&& clock_now() < l->swap_by))
		return true;
	const bool moved = strcmp(l->cfg->state_dir, next->cfg.state_dir) != 0;

	give_up_work(l);
	calendar_unlook(l);
	leases_close(l);
	parts_close(l);
	helper_stop(&l->loader);
	helper_stop(&l->mailer);
	helper_stop(&l->claimer);
	arena_release(&l->mem);
	l->mem = next->mem;
	l->cfg = arena_alloc(&l->mem, sizeof(*l->cfg));
	*l->cfg = next->cfg;
	free(next);
	l->next = NULL;
	l->loader.restart_at = l->mailer.restart_at = 0;
	l->claimer.restart_at = 0;
	if (!parts_open(l, err))
		return false;
	if (moved) {
		id_clear(&l->pending); /* they are where they were */
		if (!bodies_left_over(l, err))
			return false;
	}
	leases_adopt(l);
	return true;
}
