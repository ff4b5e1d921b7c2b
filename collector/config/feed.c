#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

/* A feed file while it is read: the document is needed for its places. */
struct loading {
	struct document d;
	struct feed_file file;
	struct arena scratch; /* the document's */
	size_t place;         /* of the feed among all */
};

/* What a file of that name says: false when it cannot be read at all. Close it
 * in both cases. */
MUST_CHECK static bool
loading_open(const char *dir, const char *name, const struct reading *by,
    struct loading *l)
{
	uint8_t hash[SHA256_LEN] = { 0 };
	json_t *contract, *one;
	size_t i;

	if (!document_open(path_join(dir, name, &l->scratch), by, &l->scratch,
		&l->d))
		return false;
	contract = json_object_get(l->d.root, "contract");
	/* Before defaults: only what people change makes it another one. */
	if (json_is_object(contract) || json_is_array(contract))
		contract_hash(contract, hash);
	format_defaults(contract);
	json_array_foreach(contract, i, one) format_defaults(one);
	document_read(&l->d, &feed_keys, &l->file);
	memcpy(l->file.feed.contract_hash, hash, sizeof(hash));
	l->file.feed.file = l->d.file;
	return true;
}

/* For the next file: keeps some of the memory. */
static void
loading_close(struct loading *l)
{
	document_close(&l->d);
	arena_reset(&l->scratch);
	*l = (struct loading){ .scratch = l->scratch };
}

static void
loading_release(struct loading *l)
{
	loading_close(l);
	arena_release(&l->scratch);
}

static void
published_check(const struct document *d, const struct feed *feed)
{
	const struct published_rule *r = &feed->published;

	if (r->set
	    && (r->pattern == NULL) != (r->from == PUBLISHED_LAST_MODIFIED))
		document_problem(d, "/published",
		    r->pattern == NULL
			? "'published' needs a 'pattern'. HINT: one that takes "
			  "the date, such as \"公表日[:：]\\\\s*(\\\\S+)\""
			: "'last_modified' is a date by itself. HINT: leave "
			  "'pattern' out");
}

/* A name as RFC 9110 has it, and not one that the transfer sets itself. */
static bool
header_name_good(const char *name)
{
	static const char *const ours[] = { "host", "content-length",
		"transfer-encoding", "connection", "accept-encoding",
		"if-none-match", "if-modified-since" };
	static const char token[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	    "!#$%&'*+-.^_`|~";

	for (size_t i = 0; i < ARRAY_LEN(ours); i++)
		if (strcasecmp(name, ours[i]) == 0)
			return false;
	return *name != '\0' && name[strspn(name, token)] == '\0';
}

static void
request_check(const struct document *d, const struct feed *feed)
{
	const struct request_rule *r = &feed->request;

	for (size_t i = 0; i < r->n_headers; i++)
		if (!header_name_good(r->headers[i].from))
			document_problem(d, "/request/headers",
			    "'%s' is no header that a feed may set",
			    r->headers[i].from);
	if (r->key != NULL && r->certificate == NULL)
		document_problem(d, "/request/key",
		    "'key' belongs to a 'certificate', which is missing");
	if (feed->url != NULL && strncmp(feed->url, "file:", 5) == 0
	    && (r->n_headers > 0 || r->body != NULL || r->certificate != NULL
		|| r->n_redirects > 0))
		document_problem(d, "/request",
		    "'request' is for URLs of http: and https:");
}

static void
release_check(const struct document *d, const struct feed *feed)
{
	if (feed->release.set && feed->schedule == NULL)
		document_problem(d, "/release",
		    "'release' needs a 'schedule'. HINT: it says when the "
		    "source publishes, such as \"0 9 10> * *\"");
}

/* Its days lie ahead, and that is no fault of theirs. */
static void
holidays_settle(struct feed *feed)
{
	if (feed->holidays)
		feed->gates.future = false;
}

static void
holidays_check(const struct document *d, const struct feed *feed)
{
	for (size_t i = 0; feed->holidays && i < feed->n_contracts; i++)
		if (!feed->contracts[i].withdraw)
			document_problem(d, "/holidays",
			    "a day that the list moves would stay a holiday. "
			    "HINT: the contract of a feed with 'holidays' "
			    "needs \"absent\": \"withdraw\"");
}

/* By the feed and whose installation it is: what many of them have scheduled
 * for one minute does not come to the source at once, and what one has does
 * each time at the same. */
static void
jitter_settle(const struct config *cfg, struct feed *feed)
{
	const char *const texts[] = { feed->name, cfg->organization };
	uint32_t hash = 2166136261U; /* FNV-1a */

	if (!feed->jitter_set)
		feed->jitter_s = cfg->jitter_s;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		for (const char *p = texts[i]; p != NULL && *p != '\0'; p++)
			hash = (hash ^ (unsigned char)*p) * 16777619U;
	hash ^= hash >> 15;
	feed->late_s =
	    (int)((uint64_t)hash * ((uint64_t)feed->jitter_s + 1) >> 32);
}

/* What a feed says by itself. */
static void
loading_settle(struct loading *l, const struct config *cfg)
{
	struct feed *feed = &l->file.feed;

	if (feed->time_zone == NULL)
		feed->time_zone = cfg->time_zone;
	jitter_settle(cfg, feed);
	feed_secrets_check(&l->d, feed);
	feed_template_check(&l->d, cfg, feed);
	feed_url_check(&l->d, cfg, feed);
	feed_drop_check(&l->d, feed);
	published_check(&l->d, feed);
	release_check(&l->d, feed);
	holidays_check(&l->d, feed);
	holidays_settle(feed);
	request_check(&l->d, feed);
}

/* cfg has the indicators of all files. */
static void
loading_check(struct loading *l, const struct config *cfg)
{
	indicators_check(&l->d, &l->file.indicators, cfg);
	contracts_check(&l->d, cfg, &l->file.feed);
	gates_check(&l->d, cfg, &l->file.feed);
}

void
feed_load(const char *path, const struct reading *by, struct config *cfg,
    struct feed *out)
{
	CLEANUP(loading_release) struct loading l = { 0 };

	if (!loading_open("/", path, by, &l))
		return;
	indicators_reserve(cfg, l.file.indicators.n, by->mem);
	indicators_add(&l.d, &l.file.indicators, cfg);
	loading_settle(&l, cfg);
	loading_check(&l, cfg);
	*out = l.file.feed;
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

/*
 * Nothing is wrong with it by the indicators that are known so far, which more
 * of them would not change: what it was read from need not wait for the other
 * files. What is wrong is said when all are known.
 */
static bool
good_already(struct loading *l, const struct config *cfg)
{
	struct problems *all = l->d.all;
	const size_t before = all->n;

	if (l->file.indicators.n > 0 || cfg->n_indicators == 0)
		return false;
	loading_check(l, cfg);
	const bool good = all->n == before;

	all->n = before;
	return good;
}

/* Those that wait for the other files' indicators. */
struct waiting {
	struct loading *list;
	size_t n;
};

static void
load_waiting(struct waiting *w, struct config *cfg, struct arena *mem,
    struct feed *feeds)
{
	size_t more = 0;

	for (size_t i = 0; i < w->n; i++)
		more += w->list[i].file.indicators.n;
	/* Without the file of indicators every code would be unknown. */
	if (cfg->indicators != NULL) {
		indicators_reserve(cfg, more, mem);
		for (size_t i = 0; i < w->n; i++)
			indicators_add(&w->list[i].d,
			    &w->list[i].file.indicators, cfg);
	}
	for (size_t i = 0; i < w->n; i++) {
		struct loading *l = &w->list[i];

		loading_check(l, cfg);
		feeds[l->place] = l->file.feed;
		loading_release(l);
	}
}

/* Puts it into feeds, or to those that wait. */
static void
load_one(struct loading *l, const struct config *cfg, struct waiting *w,
    struct feed *feeds)
{
	name_check(&l->d, &l->file.feed);
	loading_settle(l, cfg);
	if (good_already(l, cfg)) {
		feeds[l->place] = l->file.feed;
		return;
	}
	w->list[w->n++] = *l;
	*l = (struct loading){ 0 };
}

static void
load_entries(const char *dir, struct dirent **entries, size_t n,
    const struct reading *by, struct config *cfg)
{
	CLEANUP(arena_release) struct arena scratch = { 0 };
	CLEANUP(loading_release) struct loading l = { 0 };
	struct feed *feeds = arena_array(by->mem, n, sizeof(*feeds));
	struct waiting w = { arena_array(&scratch, n, sizeof(*w.list)), 0 };

	for (size_t i = 0; i < n; i++) {
		l.place = i;
		if (loading_open(dir, entries[i]->d_name, by, &l))
			load_one(&l, cfg, &w, feeds);
		loading_close(&l);
	}
	load_waiting(&w, cfg, by->mem, feeds);
	cfg->feeds = feeds;
	cfg->n_feeds = n;
}

void
feeds_load(const char *dir, const struct reading *by, struct config *cfg)
{
	struct dirent **entries;
	int n = scandir(dir, &entries, is_feed_file, by_name);

	if (n < 0) {
		problem_add(by->all, path_shown(dir), 0,
		    "could not read the directory of feeds: %s",
		    strerror(errno));
		return;
	}
	load_entries(dir, entries, (size_t)n, by, cfg);
	for (int i = 0; i < n; i++)
		free(entries[i]);
	free(entries);
}
