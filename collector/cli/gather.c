/* curl's transfers, and a progress bar while they run. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bar.h"
#include "gather.h"
#include "kpid/parse.h"

struct waiting {
	const struct wanted *wanted;
	struct gathered *out;
	size_t done, total;
	struct arena *mem;
};

/* Whose answer it is. */
struct asked {
	struct waiting *w;
	struct fetched *to;
};

static void
progress(size_t done, size_t n)
{
	if (n > 1)
		bar_show("fetching", done, n);
	if (done == n)
		bar_clear();
}

/* The entry outlives the call: its texts are copied. */
static void
take(void *ctx, const struct fetched *f)
{
	struct asked *a = ctx;

	*a->to = *f;
	if (f->outcome == FETCH_BODY)
		a->to->meta.id = arena_strdup(a->w->mem, f->meta.id);
	if (a->w->wanted->came != NULL)
		a->w->wanted->came(a->w->wanted->came_ctx,
		    (size_t)(a->to - a->w->out->list), a->to);
	progress(++a->w->done, a->w->total);
}

static const struct validators *
validators_of(const struct known_feeds *known, const char *feed)
{
	for (size_t i = 0; known != NULL && i < known->n; i++)
		if (strcmp(known->list[i].feed, feed) == 0)
			return &known->list[i].validators;
	return NULL;
}

static bool
wait_all(struct fetcher *f, struct kpid_err *err)
{
	while (fetcher_running(f) > 0)
		if (!fetcher_poll(f, NULL, 0, 1000, err)
		    || !fetcher_step(f, err))
			return false;
	return true;
}

static void
ask(struct cli *cli, struct fetcher *f, const struct wanted *wanted, size_t i,
    struct asked *a)
{
	const struct want *want = &wanted->list[i];

	if (want->nothing) {
		*a->to = (struct fetched){ .feed = want->feed,
			.outcome = want->why != NULL ? FETCH_FAILED
						     : FETCH_NOT_MODIFIED };
		if (want->why != NULL)
			a->to->err = *want->why;
		progress(++a->w->done, a->w->total);
		return;
	}
	fetcher_start(f,
	    &(struct fetch_request){ want->feed, want->look.url,
		validators_of(wanted->known, want->feed->name),
		clock_read(&cli->clock), want->fd, want->quiet },
	    take, a);
}

bool
gather(struct cli *cli, struct spool *spool, const struct wanted *wanted,
    struct gathered *out, struct kpid_err *err)
{
	struct waiting w = { wanted, out, wanted->done,
		wanted->total > 0 ? wanted->total : wanted->n, &cli->mem };
	struct asked *asked;
	struct fetcher *f;
	bool ok;

	out->n = wanted->n;
	out->list = arena_array(&cli->mem, wanted->n, sizeof(*out->list));
	asked = arena_array(&cli->mem, wanted->n, sizeof(*asked));
	if (!fetcher_new(&cli->cfg, spool, &f, err))
		return false;
	fetcher_follow(f, page_next);
	fetcher_explain(f, error_text);
	progress(w.done, w.total);
	for (size_t i = 0; i < wanted->n; i++) {
		asked[i] = (struct asked){ &w, &out->list[i] };
		ask(cli, f, wanted, i, &asked[i]);
	}
	ok = wait_all(f, err);
	fetcher_free(f);
	return ok;
}
