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
	bool open;
};

/* false: it cannot be read at all. */
MUST_CHECK static bool
loading_open(const char *path, struct arena *mem, struct problems *all,
    struct loading *out)
{
	struct feed *feed = &out->file.feed;
	json_t *contract, *one;
	size_t i;

	if (!document_open(path, mem, all, &out->d)) {
		document_close(&out->d);
		return false;
	}
	contract = json_object_get(out->d.root, "contract");
	/* Before defaults: only what people change makes it another one. */
	if (json_is_object(contract) || json_is_array(contract))
		contract_hash(contract, feed->contract_hash);
	format_defaults(contract);
	json_array_foreach(contract, i, one) format_defaults(one);
	document_read(&out->d, &feed_keys, &out->file);
	feed->file = out->d.file;
	out->open = true;
	return true;
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

/* cfg has the indicators of all files. */
static void
loading_check(struct loading *l, const struct config *cfg)
{
	struct feed *feed = &l->file.feed;

	if (feed->time_zone == NULL)
		feed->time_zone = cfg->time_zone;
	jitter_settle(cfg, feed);
	feed_secrets_check(&l->d, feed);
	feed_template_check(&l->d, cfg, feed);
	feed_url_check(&l->d, cfg, feed);
	feed_drop_check(&l->d, feed);
	indicators_check(&l->d, &l->file.indicators, cfg);
	contracts_check(&l->d, cfg, feed);
	published_check(&l->d, feed);
	release_check(&l->d, feed);
	holidays_check(&l->d, feed);
	holidays_settle(feed);
	request_check(&l->d, feed);
	gates_check(&l->d, cfg, feed);
}

void
feed_load(const char *path, struct config *cfg, struct arena *mem,
    struct problems *all, struct feed *out)
{
	struct loading l = { 0 };

	if (!loading_open(path, mem, all, &l))
		return;
	indicators_add(&l.d, &l.file.indicators, cfg);
	loading_check(&l, cfg);
	document_close(&l.d);
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

static void
load_all(struct loading *list, size_t n, struct config *cfg)
{
	/* Without the file of indicators every code would be unknown. */
	bool known = cfg->indicators != NULL;

	for (size_t i = 0; i < n && known; i++)
		if (list[i].open)
			indicators_add(&list[i].d, &list[i].file.indicators,
			    cfg);
	for (size_t i = 0; i < n; i++) {
		if (!list[i].open)
			continue;
		name_check(&list[i].d, &list[i].file.feed);
		loading_check(&list[i], cfg);
		document_close(&list[i].d);
	}
}

void
feeds_load(const char *dir, struct arena *mem, struct config *cfg,
    struct problems *all)
{
	struct dirent **entries;
	struct loading *list;
	struct feed *feeds;
	int n = scandir(dir, &entries, is_feed_file, by_name);

	if (n < 0) {
		problem_add(all, path_shown(dir, mem), 0,
		    "could not read the directory of feeds: %s",
		    strerror(errno));
		return;
	}
	feeds = arena_array(mem, (size_t)n, sizeof(*feeds));
	list = arena_array(mem, (size_t)n, sizeof(*list));
	for (int i = 0; i < n; i++) {
		list[i].open =
		    loading_open(path_join(dir, entries[i]->d_name, mem), mem,
			all, &list[i]);
		free(entries[i]);
	}
	free(entries);
	load_all(list, (size_t)n, cfg);
	for (int i = 0; i < n; i++)
		feeds[i] = list[i].file.feed;
	cfg->feeds = feeds;
	cfg->n_feeds = (size_t)n;
}
