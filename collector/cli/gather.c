/* curl's transfers, and a progress bar while they run. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bar.h"
#include "gather.h"
#include "kpid/parse.h"

struct waiting {
	struct gathered *out;
	const struct wanted *wanted;
	size_t done;
	struct arena *mem;
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
	struct waiting *w = ctx;

	for (size_t i = 0; i < w->out->n; i++) {
		struct fetched *to = &w->out->list[i];

		if (w->wanted->feeds[i] != f->feed || to->feed != NULL)
			continue;
		*to = *f;
		if (f->outcome == FETCH_BODY)
			to->meta.id = arena_strdup(w->mem, f->meta.id);
		break;
	}
	progress(++w->done, w->out->n);
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

bool
gather(struct cli *cli, struct spool *spool, const struct wanted *wanted,
    struct gathered *out, struct kpid_err *err)
{
	struct waiting w = { out, wanted, 0, &cli->mem };
	struct fetcher *f;
	bool ok;

	out->n = wanted->n;
	out->list = arena_array(&cli->mem, wanted->n, sizeof(*out->list));
	if (!fetcher_new(&cli->cfg, spool, &f, err))
		return false;
	fetcher_follow(f, page_next);
	fetcher_explain(f, error_text);
	progress(0, wanted->n);
	for (size_t i = 0; i < wanted->n; i++)
		fetcher_start(f,
		    &(struct fetch_request){ wanted->feeds[i], wanted->url,
			validators_of(wanted->known, wanted->feeds[i]->name),
			clock_read(&cli->clock) },
		    take, &w);
	ok = wait_all(f, err);
	fetcher_free(f);
	return ok;
}
