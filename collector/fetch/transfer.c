/*
 * One transfer: its body on the way to the spool, its end.
 */
#include "fetch_int.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kpid/clock.h"
#include "kpid/limits.h"
#include "unpack.h"

#define BOM       "\xef\xbb\xbf"
#define BOM_BYTES 3

void
list_init(struct transfer_list *l)
{
	l->first = NULL;
	l->end = &l->first;
}

void
list_put(struct transfer_list *l, struct transfer *t)
{
	t->next = NULL;
	*l->end = t;
	l->end = &t->next;
}

struct transfer *
list_take(struct transfer_list *l)
{
	struct transfer *t = l->first;

	if (t != NULL)
		list_remove(l, t);
	return t;
}

void
list_remove(struct transfer_list *l, struct transfer *t)
{
	struct transfer **at = &l->first;

	while (*at != NULL && *at != t)
		at = &(*at)->next;
	if (*at == NULL)
		return;
	*at = t->next;
	if (t->next == NULL)
		l->end = at;
}

long long
transfer_limit(const struct transfer *t)
{
	return t->feed->max_bytes > 0 ? t->feed->max_bytes : LIMIT_BODY_BYTES;
}

bool
transfer_too_large(struct transfer *t, struct kpid_err *err)
{
	t->failed = true;
	return err_set(err, KPID_EREFUSED,
	    "the body is larger than %lld "
	    "bytes. HINT: when that is right, raise \"max_bytes\" of feed "
	    "'%s'",
	    transfer_limit(t), t->feed->name);
}

bool
transfer_body(struct transfer *t, const void *p, size_t len)
{
	/* Between pages there is no place for a mark of byte order. */
	if (t->pages > 0 && t->bytes == t->page_from && len >= BOM_BYTES
	    && memcmp(p, BOM, BOM_BYTES) == 0) {
		p = (const char *)p + BOM_BYTES;
		len -= BOM_BYTES;
	}
	if (len > (uint64_t)transfer_limit(t) - t->bytes)
		return transfer_too_large(t, &t->err);
	t->bytes += len;
	if (t->body == NULL)
		t->body = spool_begin(t->owner->spool);
	t->failed = len > 0 && !spool_write(t->body, p, len, &t->err);
	return !t->failed;
}

/* The error as it may be told. */
static void
tell_error(struct transfer *t, struct kpid_err *out)
{
	struct slice text = secrets_hide(t, slice_of(t->err.msg));

	(void)err_set(out, t->err.code, "%.*s", slice_width(text), text.ptr);
	out->retry = t->err.retry;
	(void)err_wrap(out, "could not fetch '%s'", t->shown);
}

static struct spool_meta
describe(const struct transfer *t)
{
	return (struct spool_meta){ .feed = t->feed->name,
		.url = t->asked,
		.fetched_at = t->now,
		.quiet = t->quiet,
		.etag = t->etag,
		.last_modified = t->last_modified,
		.turn = t->turn };
}

void
transfer_end(struct transfer *t)
{
	transfer_hang_up(t);
	if (t->failed || t->not_modified
	    || (t->body == NULL && !transfer_body(t, "", 0))) {
		t->whole.meta = describe(t);
		transfer_tell(t);
		return;
	}
	t->whole = (struct spool_body){
		.writer = t->body, .meta = describe(t), .mem = &t->mem
	};
	t->body = NULL;
	commit_begin(t);
}

enum fetch_outcome
transfer_settle(struct transfer *t)
{
	if (t->put_off)
		return FETCH_PUT_OFF;
	if (t->failed)
		return FETCH_FAILED;
	if (t->whole.writer == NULL)
		return FETCH_NOT_MODIFIED;
	if (t->whole.ok) {
		spool_close(t->whole.writer);
		return FETCH_BODY;
	}
	spool_abort(t->whole.writer);
	t->err = t->whole.err;
	return FETCH_FAILED;
}

void
transfer_tell(struct transfer *t)
{
	struct fetched done = {
		.feed = t->feed,
		.http_status = t->status,
		.retry_after = t->retry_after,
		.outcome = transfer_settle(t),
		.missing = t->missing
		    || (t->pages == 0
			&& (t->status == 404 || t->status == 410)),
		.meta = t->whole.meta,
		.url = t->wanted,
	};

	if (done.outcome == FETCH_FAILED)
		tell_error(t, &done.err);
	done.took = clock_now() - t->started;
	t->fn(t->ctx, &done);
	transfer_free(t);
}

bool
fetched_not_yet(const struct fetched *f)
{
	return f->outcome == FETCH_FAILED && f->missing
	    && f->feed->template.of_period;
}

void
transfer_hang_up(struct transfer *t)
{
	if (t->easy != NULL) {
		(void)curl_multi_remove_handle(t->owner->multi, t->easy);
		curl_easy_cleanup(t->easy);
	}
	curl_slist_free_all(t->headers);
	unpack_free(t->unpack);
	t->easy = NULL;
	t->headers = NULL;
	t->unpack = NULL;
}

void
transfer_forget(struct transfer *t)
{
	transfer_hang_up(t);
	t->curl_err[0] = '\0';
	t->refused = false;
	t->excerpt_len = t->skipped = 0;
	t->coding_known = false;
	t->status = 0;
}

void
transfer_free(struct transfer *t)
{
	struct arena mem = t->mem;

	spool_abort(t->body);
	transfer_hang_up(t);
	if (t->fd >= 0)
		(void)close(t->fd);
	free(t);
	arena_release(&mem);
}
