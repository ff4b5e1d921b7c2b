/*
 * Answers that come in pages: each page is asked for when the one before it
 * has said where it is, and put behind it in one body.
 */
#include "fetch_int.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "kpid/limits.h"

bool
pages_expected(const struct fetcher *f, const struct feed *feed,
    const char *url)
{
	enum feed_format format;

	if (f->next_page == NULL || feed->n_contracts == 0
	    || strncasecmp(url, "http", 4) != 0)
		return false;
	format = feed->contracts[0].format;
	return format == FORMAT_ESTAT || format == FORMAT_CKAN
	    || format == FORMAT_WORLD_BANK;
}

static bool
page_begin(struct transfer *t, const char *next)
{
	struct slice shown;

	if (t->pages == LIMIT_PAGES)
		return err_set(&t->err, KPID_EREFUSED,
		    "the answer has more than %d pages (LIMIT_PAGES)",
		    LIMIT_PAGES);
	if (strcmp(next, t->url) == 0)
		return err_set(&t->err, KPID_EFETCH,
		    "the page names itself as the one that comes next");
	if (!transfer_body(t, "\n", 1))
		return false;
	t->page_last = t->page_from;
	t->page_from = t->bytes;
	transfer_forget(t);
	/* Where a redirect led to, the next page is, too. */
	t->redirects = 0;
	t->posted = false;
	t->url = next;
	shown = secrets_hide(t, slice_of(url_redact(next, &t->mem)));
	t->shown = arena_strndup(&t->mem, shown.ptr, shown.len);
	return http_start(t);
}

/* A server that does not know the word for the page gives the first one again
 * and again. */
static bool
is_repeated(const struct transfer *t, int fd)
{
	const uint64_t len = t->bytes - t->page_from;
	char one[4096], other[sizeof(one)];
	uint64_t at = 0;

	if (t->pages < 2 || len == 0 || len != t->page_from - 1 - t->page_last)
		return false;
	while (at < len) {
		const size_t n =
		    len - at < sizeof(one) ? (size_t)(len - at) : sizeof(one);

		if (pread(fd, one, n, (off_t)(t->page_last + at)) != (ssize_t)n
		    || pread(fd, other, n, (off_t)(t->page_from + at))
			!= (ssize_t)n
		    || memcmp(one, other, n) != 0)
			return false;
		at += n;
	}
	return true;
}

/* The first page may be anything, an error in words too: who reads the body
 * says what it is. A later one is a part that is missing. */
static bool
page_refused(struct transfer *t, const struct kpid_err *err)
{
	if (t->pages == 1)
		return false;
	t->failed = true;
	t->err = *err;
	(void)err_wrap(&t->err, "page %zu", t->pages);
	t->err.retry = true;
	return false;
}

bool
pages_follow(struct transfer *t)
{
	const char *next = NULL;
	struct kpid_err err = { 0 };
	struct page page = {
		.feed = t->feed,
		.from = t->page_from,
		.url = t->url,
	};

	if (!t->paged || t->failed || t->not_modified || t->body == NULL)
		return false;
	t->pages++;
	page.fd = spool_writer_fd(t->body, &t->err);
	t->failed = page.fd < 0;
	if (t->failed)
		return false;
	if (is_repeated(t, page.fd)) {
		(void)err_set(&err, KPID_EFETCH,
		    "the page is the same as the one before it");
		return page_refused(t, &err);
	}
	if (!t->owner->next_page(&page, &t->mem, &next, &err))
		return page_refused(t, &err);
	if (next == NULL)
		return false;
	if (page_begin(t, next))
		return true;
	t->failed = true;
	return false;
}
