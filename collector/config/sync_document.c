/* What the database keeps of the configuration. */
#include <stdlib.h>

#include "load.h"

static void
put(struct buf *out, const char *text)
{
	if (!buf_puts(out, text))
		fatal("out of memory");
}

/* Takes over part. One at a time: the tree of many feeds needs ten times the
 * memory of its text. */
static void
put_part(struct buf *out, const char *before, json_t *part)
{
	char *text = part == NULL ? NULL : json_dumps(part, JSON_COMPACT);

	if (text == NULL)
		fatal("out of memory");
	put(out, before);
	put(out, text);
	free(text);
	json_decref(part);
}

/* When to poll is the program's own matter. */
static json_t *
release_document(const struct release_rule *r)
{
	return r->set ? json_pack("{s:i, s:i}", "after_days", r->after_days,
		   "give_up_days", r->give_up_days)
		      : NULL;
}

static json_t *
feed_document(const struct feed *f)
{
	return json_pack(
	    "{s:s, s:s, s:s, s:s?, s:s?, s:s?, s:s, s:s, s:o, s:o, s:o*, s:o*,"
	    " s:o*}",
	    "feed", f->name, "title", f->title, "owner", f->owner, "source",
	    f->source, "licence", f->licence, "schedule", f->schedule,
	    "time_zone", f->time_zone, "absent",
	    f->contracts[0].withdraw ? "withdraw" : "keep", "gates",
	    gates_document(&f->gates), "grace_days",
	    f->grace_set ? json_integer(f->grace_days) : json_null(), "release",
	    release_document(&f->release), "holidays",
	    f->holidays ? json_true() : NULL, "by_url",
	    feed_by_url(f) ? json_true() : NULL);
}

/* The URL of a heartbeat may hold a secret: the database only hears that
 * there is one. */
static json_t *
alerts_document(const struct config_alerts *a)
{
	json_t *departments = json_object();
	const struct config_heartbeat *h = &a->heartbeat;

	for (size_t i = 0; i < a->n_departments; i++)
		(void)json_object_set_new(departments, a->departments[i].from,
		    json_string(a->departments[i].to));
	return json_pack("{s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:o, s:s?, s:b, "
			 "s:b}",
	    "hour", a->hour, "digest_day", a->digest_day, "checkpoint_days",
	    a->checkpoint_days, "feed_failures", a->feed_failures,
	    "outbox_hours", a->outbox_hours, "slow_s", a->slow_s,
	    "disk_free_mb", a->disk_free_mb, "departments", departments,
	    "heartbeat", h->set ? h->every : NULL, "heartbeat_url",
	    (int)(h->url != NULL), "heartbeat_mail", (int)h->mail);
}

static json_t *
indicator_document(const struct indicator *i)
{
	return json_pack("{s:s, s:s, s:s?, s:s, s:s, s:i, s:s?, s:s?, s:b, "
			 "s:s?, s:s?, s:o*}",
	    "indicator", i->code, "name_ja", i->name_ja, "name_en", i->name_en,
	    "unit", i->unit, "measure", measure_words[i->measure], "decimals",
	    i->decimals, "numerator", i->numerator, "denominator",
	    i->denominator, "monotone", (int)i->monotone, "source", i->source,
	    "settles_on", i->settles_on, "derived",
	    derivation_document(&i->derived));
}

const char *
config_document(const struct config *cfg, struct arena *mem)
{
	CLEANUP(buf_release) struct buf out;

	buf_init(&out, SIZE_MAX / 4);
	put(&out, "{\"feeds\":[");
	for (size_t i = 0; i < cfg->n_feeds; i++)
		put_part(&out, i == 0 ? "" : ",",
		    feed_document(&cfg->feeds[i]));
	put(&out, "],\"indicators\":[");
	for (size_t i = 0; i < cfg->n_indicators; i++)
		put_part(&out, i == 0 ? "" : ",",
		    indicator_document(&cfg->indicators[i]));
	put_part(&out, "],\"alerts\":", alerts_document(&cfg->alerts));
	put(&out, "}");
	return slice_dup(buf_slice(&out), mem);
}
