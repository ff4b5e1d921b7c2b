#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/file.h"
#include "kpid/sha256.h"
#include "load.h"

/* Sorted keys and no blanks: the same contract, however it is laid out, has
 * the same hash. */
static void
contract_hash(const json_t *contract, uint8_t out[SHA256_LEN])
{
	char *text = json_dumps(contract, JSON_COMPACT | JSON_SORT_KEYS);

	if (text == NULL)
		fatal("out of memory");
	sha256_of(text, strlen(text), out);
	free(text);
}

static void
name_check(const struct document *d, const struct feed *f)
{
	const char *base = path_base(d->path);
	size_t len = strlen(base) - strlen(".json");

	if (f->name != NULL
	    && (strlen(f->name) != len || strncmp(base, f->name, len) != 0))
		document_problem(d, "/feed",
		    "the feed '%s' stands in the file "
		    "'%s'. HINT: the file must be named '%s.json'",
		    f->name, base, f->name);
}

void
feed_load(const char *path, bool any_name, const struct config *cfg,
    struct arena *mem, struct problems *all, struct feed *out)
{
	CLEANUP(document_close) struct document d;
	const json_t *contract;

	if (!document_open(path, mem, all, &d))
		return;
	document_read(&d, &feed_keys, out);
	out->file = d.file;
	if (out->time_zone == NULL)
		out->time_zone = cfg->time_zone;
	if (!any_name)
		name_check(&d, out);
	feed_url_check(&d, cfg, out);
	contract = json_object_get(d.root, "contract");
	if (!json_is_object(contract))
		return;
	contract_check(&d, cfg, &out->contract);
	contract_hash(contract, out->contract.hash);
}

/* Not the hidden files that editors leave beside. */
static int
is_feed_file(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return entry->d_name[0] != '.' && len > strlen(".json")
	    && strcmp(entry->d_name + len - strlen(".json"), ".json") == 0;
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

void
feeds_load(const char *dir, struct arena *mem, struct config *cfg,
    struct problems *all)
{
	struct dirent **entries;
	struct feed *feeds;
	int n = scandir(dir, &entries, is_feed_file, by_name);

	if (n < 0) {
		problem_add(all, path_shown(dir, mem), 0,
		    "could not read the directory of feeds: %s",
		    strerror(errno));
		return;
	}
	feeds = arena_array(mem, (size_t)n, sizeof(*feeds));
	for (int i = 0; i < n; i++) {
		feed_load(path_join(dir, entries[i]->d_name, mem), false, cfg,
		    mem, all, &feeds[i]);
		free(entries[i]);
	}
	free(entries);
	cfg->feeds = feeds;
	cfg->n_feeds = (size_t)n;
}
