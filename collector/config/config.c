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
load_all(const struct document *d, const struct reading *by, bool feeds,
    struct config *out)
{
	struct service s = { 0 };

	document_read(d, &service_keys, &s);
	s.cfg.path = d->path;
	s.cfg.dir = arena_strdup(by->mem, d->dir);
	service_check(d, &s);
	*out = s.cfg;
	if (!feeds)
		return;
	if (s.indicators_file != NULL)
		indicators_load(s.indicators_file, by, &s.cfg);
	if (s.feeds_dir != NULL)
		feeds_load(s.feeds_dir, by, &s.cfg);
	derivations_check_feeds(&s.cfg, d->all);
	*out = s.cfg;
}

/* The service, with its feeds or without. */
MUST_CHECK static bool
load(const char *path, struct arena *mem, bool feeds, struct config *out,
    struct problems *all)
{
	CLEANUP(arena_release) struct arena scratch = { 0 };
	CLEANUP(document_close) struct document d = { 0 };
	CLEANUP(forms_free) struct forms *forms = forms_new();
	struct defaults *defaults = NULL;
	const struct reading by = { mem, all, forms, &defaults };
	const char *absolute;
	size_t before = all->n;

	if (all->mem == NULL)
		all->mem = mem;
	absolute = absolute_path(path, mem, all);
	if (absolute == NULL || !document_open(absolute, &by, &scratch, &d))
		return false;
	load_all(&d, &by, feeds, out);
	problems_sort(all, before);
	return all->n == before;
}

bool
config_load(const char *path, struct arena *mem, struct config *out,
    struct problems *all)
{
	return load(path, mem, true, out, all);
}

bool
config_load_service(const char *path, struct arena *mem, struct config *out,
    struct problems *all)
{
	return load(path, mem, false, out, all);
}

bool
config_load_feed(const char *path, const struct config *base, struct arena *mem,
    struct config *with, struct feed *out, struct problems *all)
{
	CLEANUP(forms_free) struct forms *forms = forms_new();
	struct defaults *defaults = NULL;
	const struct reading by = { mem, all, forms, &defaults };
	struct feed feed = { 0 };
	struct config cfg = *base;
	const char *absolute;
	size_t before = all->n;

	if (all->mem == NULL)
		all->mem = mem;
	absolute = absolute_path(path, mem, all);
	if (absolute == NULL)
		return false;
	feed_load(absolute, &by, &cfg, &feed);
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

/* "a-b.json" comes before "a.json". */
int
feed_order(const char *a, const char *b)
{
	while (*a == *b && *a != '\0') {
		a++;
		b++;
	}
	const unsigned char x = *a == '\0' ? '.' : (unsigned char)*a;
	const unsigned char y = *b == '\0' ? '.' : (unsigned char)*b;

	return (x > y) - (x < y);
}

static int
name_against(const void *name, const void *feed)
{
	return feed_order(name, ((const struct feed *)feed)->name);
}

const struct feed *
config_feed(const struct config *cfg, const char *name)
{
	return cfg->n_feeds == 0 ? NULL
				 : bsearch(name, cfg->feeds, cfg->n_feeds,
				     sizeof(*cfg->feeds), name_against);
}
