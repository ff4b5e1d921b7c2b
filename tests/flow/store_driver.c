/* rooms: all */
/*
 * The loader, driven line by line: what the model of the store is compared
 * with.
 *
 *	store_driver CONFIG...
 *
 * One session for all configurations; they name the same database. Lines of
 * standard input, words parted by tabs:
 *
 *	config N                         the N-th (from 0) from now on
 *	body FEED FETCHED PUBLISHED TEXT a body to be loaded; instants, "-" for
 *	                                 none, "|" for the line breaks of TEXT
 *	again FEED DELIVERY              a delivery to be mapped again
 *	load, dry                        the batch of what was named since
 *	retract DELIVERY
 *
 * load and dry answer a line for each body (outcome, delivery, read, inserted,
 * revised, unchanged, rejected, withdrawn, error), retract t or f; "error WHY"
 * says that nothing was done. Each answer ends with a line "end".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/load.h"
#include "kpid/session.h"

#define JOBS_MAX  16
#define WORDS_MAX 5

struct driver {
	struct session session;
	struct spool *spool;
	struct config *configs;
	size_t n_configs, now;
	struct load_job jobs[JOBS_MAX];
	size_t n;
	struct arena *mem; /* of the batch */
};

/* Cuts the line at its tabs. */
static size_t
cut(char *line, char *words[WORDS_MAX])
{
	size_t n = 0;

	line[strcspn(line, "\n")] = '\0';
	for (char *at = line; at != NULL && n < WORDS_MAX;) {
		char *tab = n + 1 < WORDS_MAX ? strchr(at, '\t') : NULL;

		words[n++] = at;
		if (tab != NULL)
			*tab++ = '\0';
		at = tab;
	}
	return n;
}

static const struct config *
config_now(const struct driver *d)
{
	return &d->configs[d->now];
}

static bool
add_job(struct driver *d, const char *feed, const char *spool_id, int replays,
    struct kpid_err *err)
{
	const struct load_job job = { config_feed(config_now(d), feed),
		spool_id, replays };

	if (job.feed == NULL || d->n == JOBS_MAX)
		return err_set(err, KPID_EUSAGE, "no feed '%s', or no room",
		    feed);
	d->jobs[d->n++] = job;
	return true;
}

/* words: body FEED FETCHED PUBLISHED TEXT */
static bool
put_body(struct driver *d, char *const *words, struct kpid_err *err)
{
	struct spool_meta meta = { .feed = arena_printf(d->mem, "%s", words[1]),
		.url = "file:///model",
		.quiet = true };
	struct spool_writer *w;

	meta.has_published = strcmp(words[3], "-") != 0;
	if (!instant_parse(slice_of(words[2]), &meta.fetched_at)
	    || (meta.has_published
		&& !instant_parse(slice_of(words[3]), &meta.published_at)))
		return err_set(err, KPID_EUSAGE, "no instant");
	for (char *at = words[4]; (at = strchr(at, '|')) != NULL;)
		*at = '\n';
	w = spool_begin(d->spool);
	if (!spool_write(w, words[4], strlen(words[4]), err)) {
		spool_abort(w);
		return false;
	}
	return spool_commit(w, &meta, d->mem, err)
	    && add_job(d, meta.feed, meta.id, 0, err);
}

static void
print_result(const struct load_result *r)
{
	char why[KPID_ERR_MAX];

	(void)snprintf(why, sizeof(why), "%s", r->err.msg);
	for (char *at = why; *at != '\0'; at++)
		if (*at == '\n' || *at == '\t')
			*at = ' ';
	printf("%s\t%d\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu\t%s\n",
	    load_outcome_text(r->outcome), r->delivery,
	    (unsigned long long)r->read, (unsigned long long)r->inserted,
	    (unsigned long long)r->revised, (unsigned long long)r->unchanged,
	    (unsigned long long)r->rejected, (unsigned long long)r->withdrawn,
	    why);
}

static bool
load(struct driver *d, bool dry, struct kpid_err *err)
{
	struct load_result results[JOBS_MAX];
	const struct load_batch batch = {
		.jobs = d->jobs, .n = d->n, .dry_run = dry
	};
	bool ok = load_batch(d->session.db, config_now(d), d->spool, &batch,
	    results, err);

	for (size_t i = 0; ok && i < d->n; i++)
		print_result(&results[i]);
	for (size_t i = 0; ok && i < d->n; i++)
		ok = d->jobs[i].spool_id == NULL
		    || spool_remove(d->spool, d->jobs[i].spool_id, err);
	d->n = 0;
	return ok;
}

static bool
retract(struct driver *d, const char *delivery, struct kpid_err *err)
{
	const struct db_query q = { "select kpid.retract($1::integer, 'model',"
				    " 'drawn')",
		&DB_TEXT(delivery), 1 };
	const char *done;

	if (!db_value(d->session.db, &q, d->mem, &done, err))
		return false;
	printf("%s\n", done);
	return true;
}

static bool
choose(struct driver *d, const char *number, struct kpid_err *err)
{
	const size_t n = strtoul(number, NULL, 10);

	if (n >= d->n_configs)
		return err_set(err, KPID_EUSAGE, "no such configuration");
	d->now = n;
	return session_sync(&d->session, config_now(d), d->mem, err);
}

static bool
obey(struct driver *d, char *const *words, size_t n, struct kpid_err *err)
{
	if (n == 2 && strcmp(words[0], "config") == 0)
		return choose(d, words[1], err);
	if (n == 5 && strcmp(words[0], "body") == 0)
		return put_body(d, words, err);
	if (n == 3 && strcmp(words[0], "again") == 0)
		return add_job(d, words[1], NULL,
		    (int)strtol(words[2], NULL, 10), err);
	if (n == 1 && strcmp(words[0], "load") == 0)
		return load(d, false, err);
	if (n == 1 && strcmp(words[0], "dry") == 0)
		return load(d, true, err);
	if (n == 2 && strcmp(words[0], "retract") == 0)
		return retract(d, words[1], err);
	return err_set(err, KPID_EUSAGE, "'%s' is no command", words[0]);
}

/* Bodies and orders to map again wait for their load; the rest is answered. */
static bool
is_answered(const char *word)
{
	return strcmp(word, "body") != 0 && strcmp(word, "again") != 0;
}

static void
converse(struct driver *d)
{
	CLEANUP(arena_release) struct arena batch = { 0 };
	char *line = NULL, *words[WORDS_MAX];
	size_t room = 0;

	d->mem = &batch;
	while (getline(&line, &room, stdin) > 0) {
		struct kpid_err err = { 0 };
		size_t n = cut(line, words);
		bool ok = obey(d, words, n, &err);

		if (!ok)
			printf("error %s\n", err.msg);
		if (!ok || is_answered(words[0])) {
			printf("end\n");
			(void)fflush(stdout);
		}
		if (d->n == 0)
			arena_release(&batch);
	}
	free(line);
}

static bool
open_all(struct driver *d, char **paths, struct arena *mem,
    struct kpid_err *err)
{
	struct problems all = { .mem = mem };

	d->configs = arena_array(mem, d->n_configs, sizeof(*d->configs));
	for (size_t i = 0; i < d->n_configs; i++)
		if (!config_load(paths[i], mem, &d->configs[i], &all))
			return err_set(err, KPID_ECONFIG, "%s: %s",
			    all.list[0].file, all.list[0].text);
	return session_open(d->configs, DB_ROLE_COLLECTOR, mem, NULL,
		   &d->session, err)
	    && spool_open(d->configs->state_dir, mem, &d->spool, err);
}

int
main(int argc, char **argv)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct driver d = { .n_configs = (size_t)argc - 1 };
	struct kpid_err err = { 0 };
	bool ok = argc > 1 && open_all(&d, argv + 1, &mem, &err);

	if (ok)
		converse(&d);
	else
		fprintf(stderr, "store_driver: %s\n", err.msg);
	session_close(&d.session);
	return ok ? 0 : 1;
}
