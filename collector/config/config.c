#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/file.h"
#include "load.h"
#include "problem.h"

/* The directory with its links followed, so that ".." in a path beside the
 * file means what its reader sees. NULL and a problem: there is no such. */
static const char *
absolute_path(const char *path, struct arena *mem, struct problems *all)
{
	char *dir = realpath(path_dir(path, mem), NULL);
	const char *out;

	if (dir == NULL) {
		problem_add(all, path, 0, "could not open: %s",
		    strerror(errno));
		return NULL;
	}
	out = path_join(dir, path_base(path), mem);
	free(dir);
	return out;
}

static void
load_all(const struct document *d, struct arena *mem, struct config *out)
{
	struct service s = { 0 };

	document_read(d, &service_keys, &s);
	s.cfg.path = d->path;
	s.cfg.dir = d->dir;
	service_check(d, &s);
	if (s.indicators_file != NULL)
		indicators_load(s.indicators_file, mem, &s.cfg, d->all);
	if (s.feeds_dir != NULL)
		feeds_load(s.feeds_dir, mem, &s.cfg, d->all);
	derivations_check_feeds(&s.cfg, d->all);
	*out = s.cfg;
}

bool
config_load(const char *path, struct arena *mem, struct config *out,
    struct problems *all)
{
	CLEANUP(document_close) struct document d = { 0 };
	const char *absolute;
	struct config cfg;
	size_t before = all->n;

	if (all->mem == NULL)
		all->mem = mem;
	absolute = absolute_path(path, mem, all);
	if (absolute == NULL || !document_open(absolute, mem, all, &d))
		return false;
	load_all(&d, mem, &cfg);
	if (all->n > before) {
		problems_sort(all, before);
		*out = cfg;
		return false;
	}
	cfg.json = config_document(&cfg, mem);
	*out = cfg;
	return true;
}

bool
config_load_feed(const char *path, const struct config *base, struct arena *mem,
    struct config *with, struct feed *out, struct problems *all)
{
	struct feed feed = { 0 };
	struct config cfg = *base;
	const char *absolute;
	size_t before = all->n;

	if (all->mem == NULL)
		all->mem = mem;
	absolute = absolute_path(path, mem, all);
	if (absolute == NULL)
		return false;
	feed_load(absolute, &cfg, mem, all, &feed);
	if (all->n > before) {
		problems_sort(all, before);
		return false;
	}
	*with = cfg;
	*out = feed;
	return true;
}

bool
feed_by_url(const struct feed *feed)
{
	return feed->template.set || feed->drop.set;
}

const struct feed *
config_feed(const struct config *cfg, const char *name)
{
	for (size_t i = 0; i < cfg->n_feeds; i++) {
		if (strcmp(cfg->feeds[i].name, name) == 0)
			return &cfg->feeds[i];
	}
	return NULL;
}
