/* When the source says that it published a body. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "grid.h"
#include "kpid/body.h"
#include "kpid/normalise.h"
#include "kpid/pattern.h"
#include "kpid/schedule.h"
#include "text.h"

#define HEAD_BYTES (64 << 10) /* of the body's text that are looked at */

/* The beginning of a body, as text. */
struct head {
	struct buf text;
};

/* true goes on; an error of KPID_OK ends the reading. */
static bool
head_put(struct head *h, struct slice text, char after, struct kpid_err *err)
{
	const size_t room = HEAD_BYTES - h->text.len;

	if (!buf_put(&h->text, text.ptr, text.len < room ? text.len : room)
	    || (h->text.len < HEAD_BYTES && after != '\0'
		&& !buf_put(&h->text, &after, 1)))
		fatal("out of memory");
	return h->text.len < HEAD_BYTES || err_set(err, KPID_OK, "enough");
}

static bool
head_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	for (size_t i = 0; i < row->n; i++)
		if (!head_put(ctx, cell_raw(&row->cells[i]),
			i + 1 < row->n ? '\t' : '\n', err))
			return false;
	return true;
}

static bool
head_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	(void)line;
	(void)column;
	(void)reason;
	return head_put(ctx, raw, '\n', err);
}

static bool
head_text(void *ctx, struct slice text, struct kpid_err *err)
{
	return head_put(ctx, text, '\0', err);
}

/* A workbook's cells, or text as it stands: JSON says it outside its rows. */
static bool
head_read(const struct body *body, struct head *h, struct arena *mem,
    struct kpid_err *err)
{
	CLEANUP(grid_close) struct opened o = { 0 };
	const struct contract *c = &body->feed->contracts[0];
	const struct row_sink rows = {
		.ctx = h, .row = head_row, .bad = head_bad
	};
	const struct text_sink text = { h, head_text };
	struct body_text t;

	if (!grid_open(body, c, mem, &o, err))
		return false;
	if (o.workbook)
		return grid_read(&o, c, &rows, err);
	if (!text_open(&o, c, &t, err))
		return false;
	const struct text_source source = text_source(&t);

	return source.read(source.ctx, &text, err);
}

/* 2024-10-01T09:00:00+09:00 as it is; a bare date counts to the end of its
 * day, a month to the end of its last. */
static bool
read_instant(struct slice text, const struct zone *zone, usec *out)
{
	struct period p;
	const char *why;

	if (instant_parse(text, out))
		return true;
	if (!period_read(text, PERIOD_AS_AUTO, NULL, &p, &why))
		return false;
	*out = zone_instant(zone, p.last + 1, 0) - 1;
	return true;
}

/* HTTP's own date: Tue, 15 Nov 1994 08:12:31 GMT. */
static bool
read_http_date(const char *text, usec *out)
{
	struct tm tm = { 0 };
	const char *end =
	    text == NULL ? NULL : strptime(text, "%a, %d %b %Y %T GMT", &tm);

	if (end == NULL || *end != '\0')
		return false;
	*out = (usec)timegm(&tm) * 1000000;
	return true;
}

/* What the rule's pattern takes of the text. */
static bool
take(const char *rule, struct slice text, struct arena *mem,
    struct slice *taken, struct kpid_err *err)
{
	struct slice groups[PATTERN_GROUPS];
	struct pattern *p;
	bool found = false;

	*taken = (struct slice){ 0 };
	if (!pattern_new(rule, mem, &p, err)
	    || !pattern_find(p, text, groups, &found, err))
		return false;
	if (found)
		*taken = pattern_taken(p, groups);
	return true;
}

/* Where the rule looks; text lives in mem. */
static bool
place_text(const struct body *body, struct arena *mem, struct slice *out,
    struct kpid_err *err)
{
	const char *url = body->url != NULL ? body->url : body->feed->url;
	struct head h;
	bool ok;

	if (body->feed->published.from == PUBLISHED_URL) {
		*out = slice_of(arena_strdup(mem, url));
		return true;
	}
	buf_init(&h.text, HEAD_BYTES);
	ok = head_read(body, &h, mem, err) || err->code == KPID_OK;
	*out = slice_of(arena_strndup(mem, h.text.len > 0 ? h.text.ptr : "",
	    h.text.len));
	buf_release(&h.text);
	return ok;
}

bool
body_published(const struct body *body, const char *last_modified,
    struct arena *mem, struct published *out, struct kpid_err *err)
{
	const struct published_rule *rule = &body->feed->published;
	const struct zone *zone;
	struct slice text, taken;

	*out = (struct published){ 0 };
	if (!rule->set)
		return true;
	if (rule->from == PUBLISHED_LAST_MODIFIED) {
		out->found = read_http_date(last_modified, &out->at);
		out->why =
		    out->found ? NULL : "the server said no Last-Modified";
		return true;
	}
	if (!zone_load(body->feed->time_zone != NULL ? body->feed->time_zone
						     : body->cfg->time_zone,
		mem, &zone, err)
	    || !place_text(body, mem, &text, err)
	    || !take(rule->pattern, text, mem, &taken, err))
		return false;
	out->found = taken.len > 0 && read_instant(taken, zone, &out->at);
	if (!out->found)
		out->why = taken.len == 0
		    ? "the pattern of 'published' was not found"
		    : arena_printf(mem,
			"'" SLICE_FMT "', which 'published' takes, is no date",
			slice_width(taken), taken.ptr);
	return true;
}
