/*
 * Answers that come in pages: each page is asked for when the one before it
 * has said where it is, and put behind it in one body.
 */
#include "fetch_int.h"

#include <string.h>
#include <strings.h>

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
	if (t->pages == LIMIT_PAGES)
		return err_set(&t->err, KPID_EREFUSED,
		    "the answer has more than %d pages (LIMIT_PAGES)",
		    LIMIT_PAGES);
	if (strcmp(next, t->url) == 0)
		return err_set(&t->err, KPID_EFETCH,
		    "the page names itself as the one that comes next");
	if (!transfer_body(t, "\n", 1))
		return false;
	t->page_from = t->bytes;
	transfer_forget(t);
	t->redirects = 0;
	t->moved = t->posted = false;
	t->url = next;
	t->shown = url_redact(next, &t->mem);
	return http_start(t);
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
	page.fd = spool_writer_fd(t->body);
	if (!t->owner->next_page(&page, &t->mem, &next, &err))
		return page_refused(t, &err);
	if (next == NULL)
		return false;
	if (page_begin(t, next))
		return true;
	t->failed = true;
	return false;
}
