/*
 * What is known of a spooled body, as JSON. A description in a file of its own
 * has a sum over itself as its last key; one behind its body has it outside
 * (trailer.c): a bit that falls over in it would change a date or name another
 * feed.
 */
#include "spool_int.h"

#include <jansson.h>
#include <string.h>

#include "kpid/bytes.h"
#include "kpid/sha256.h"

#define SUM "sum" /* the last key */

static void
json_free_str(char **s)
{
	free(*s);
}

/* A text or null; jansson gives NULL for what is not UTF-8. */
static bool
text_put(json_t *doc, const char *key, const char *text)
{
	return json_object_set_new(doc, key,
		   text != NULL ? json_string(text) : json_null())
	    == 0;
}

static bool
instant_put(json_t *doc, const char *key, bool given, usec at)
{
	char text[INSTANT_TEXT_MAX];

	(void)instant_text(at, text);
	return text_put(doc, key, given ? text : NULL);
}

/* Absent from bodies that were fetched for no turn. */
static bool
turn_put(json_t *doc, const struct spool_turn *turn)
{
	return !turn->set
	    || json_object_set_new(doc, "turn",
		   json_pack("{s:I,s:I}", "due", (json_int_t)turn->due, "lease",
		       (json_int_t)turn->lease))
	    == 0;
}

static bool
fill(json_t *doc, const struct spool_meta *meta)
{
	char hex[2 * sizeof(meta->sha256) + 1];

	hex_encode(meta->sha256, sizeof(meta->sha256), hex);
	return text_put(doc, "feed", meta->feed)
	    && text_put(doc, "url", meta->url)
	    && instant_put(doc, "fetched_at", true, meta->fetched_at)
	    && instant_put(doc, "published_at", meta->has_published,
		meta->published_at)
	    && text_put(doc, "etag", meta->etag)
	    && text_put(doc, "last_modified", meta->last_modified)
	    && json_object_set_new(doc, "bytes",
		   json_integer((json_int_t)meta->bytes))
	    == 0
	    && text_put(doc, "sha256", hex)
	    && json_object_set_new(doc, "quiet", json_boolean(meta->quiet)) == 0
	    && turn_put(doc, &meta->turn);
}

/* Of the document as it stands, in the order of its keys. */
static void
sum_of(const json_t *doc, char hex[2 * SHA256_LEN + 1])
{
	CLEANUP(json_free_str) char *text = json_dumps(doc, JSON_COMPACT);
	uint8_t sum[SHA256_LEN];

	if (text == NULL)
		fatal("out of memory");
	sha256_of(text, strlen(text), sum);
	hex_encode(sum, sizeof(sum), hex);
}

static bool
describe(json_t *doc, const struct spool_meta *meta, struct kpid_err *err)
{
	if (fill(doc, meta))
		return true;
	return err_set(err, KPID_EINTERNAL,
	    "the address or a header of feed '%s' is not UTF-8", meta->feed);
}

static const char *
dump(const json_t *doc, struct arena *mem)
{
	CLEANUP(json_free_str) char *text = json_dumps(doc, JSON_COMPACT);

	if (text == NULL)
		fatal("out of memory");
	return arena_strdup(mem, text);
}

bool
spool_meta_encode(const struct spool_meta *meta, struct arena *mem,
    const char **out, struct kpid_err *err)
{
	json_auto_t *doc = json_object();

	if (!describe(doc, meta, err))
		return false;
	*out = dump(doc, mem);
	return true;
}

bool
spool_meta_seal(const struct spool_meta *meta, struct arena *mem,
    const char **out, struct kpid_err *err)
{
	json_auto_t *doc = json_object();
	char hex[2 * SHA256_LEN + 1];

	if (!describe(doc, meta, err))
		return false;
	sum_of(doc, hex);
	if (!text_put(doc, SUM, hex))
		fatal("out of memory");
	*out = dump(doc, mem);
	return true;
}

static const char *
text_get(const json_t *doc, const char *key, struct arena *mem)
{
	const char *text = json_string_value(json_object_get(doc, key));

	return text != NULL ? arena_strdup(mem, text) : NULL;
}

static bool
instant_get(const json_t *doc, const char *key, usec *out)
{
	const char *text = json_string_value(json_object_get(doc, key));

	return text != NULL && instant_parse(slice_of(text), out);
}

static struct spool_turn
turn_get(const json_t *doc)
{
	const json_t *turn = json_object_get(doc, "turn");

	return (struct spool_turn){ .set = turn != NULL,
		.due = json_integer_value(json_object_get(turn, "due")),
		.lease = json_integer_value(json_object_get(turn, "lease")) };
}

/* Takes the sum out of the document; does it match what is left? */
static bool
sum_matches(json_t *doc)
{
	const char *given = json_string_value(json_object_get(doc, SUM));
	char said[2 * SHA256_LEN + 1] = "", hex[sizeof(said)];

	if (given == NULL || strlen(given) != sizeof(said) - 1)
		return false;
	memcpy(said, given, sizeof(said));
	(void)json_object_del(doc, SUM);
	sum_of(doc, hex);
	return strcmp(said, hex) == 0;
}

static bool
take(const json_t *doc, struct arena *mem, struct spool_meta *m)
{
	const char *hex = text_get(doc, "sha256", mem);

	m->feed = text_get(doc, "feed", mem);
	m->url = text_get(doc, "url", mem);
	m->etag = text_get(doc, "etag", mem);
	m->last_modified = text_get(doc, "last_modified", mem);
	m->has_published = instant_get(doc, "published_at", &m->published_at);
	m->bytes = (uint64_t)json_integer_value(json_object_get(doc, "bytes"));
	m->turn = turn_get(doc);
	m->quiet = json_is_true(json_object_get(doc, "quiet"));
	return m->feed != NULL && m->url != NULL && hex != NULL
	    && strlen(hex) == 2 * sizeof(m->sha256)
	    && hex_decode(hex, m->sha256, sizeof(m->sha256))
	    && instant_get(doc, "fetched_at", &m->fetched_at);
}

static bool
decode(const json_t *doc, const char *path, struct arena *mem,
    struct spool_meta *out, struct kpid_err *err)
{
	struct spool_meta m = { .id = out->id };

	if (!take(doc, mem, &m))
		return err_set(err, KPID_ESPOOL,
		    "'%s' is damaged: feed, url, fetched_at or sha256 is "
		    "missing",
		    path);
	*out = m;
	return true;
}

static bool
not_json(const char *path, const json_error_t *why, struct kpid_err *err)
{
	return err_set(err, KPID_ESPOOL, "could not read '%s': line %d: %s",
	    path, why->line, why->text);
}

bool
spool_meta_decode(struct slice text, const char *path, struct arena *mem,
    struct spool_meta *out, struct kpid_err *err)
{
	json_error_t why;
	json_auto_t *doc =
	    json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &why);

	if (doc == NULL)
		return not_json(path, &why, err);
	return decode(doc, path, mem, out, err);
}

bool
spool_meta_unseal(const char *path, struct arena *mem, struct spool_meta *out,
    struct kpid_err *err)
{
	json_error_t why;
	json_auto_t *doc = json_load_file(path, JSON_REJECT_DUPLICATES, &why);

	if (doc == NULL)
		return not_json(path, &why, err);
	if (!sum_matches(doc))
		return err_set(err, KPID_ESPOOL,
		    "'%s' is damaged: its sum is not the one that was written",
		    path);
	return decode(doc, path, mem, out, err);
}
