/* Where the next page of an answer is. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "kpid/fetch.h"
#include "shape_estat.h"

#define BOM       "\xef\xbb\xbf"
#define BOM_BYTES 3

struct page_look {
	const struct page *page;
	const struct shape_kind *kind;
	struct arena *mem;
	const char *next;
	struct kpid_err *err;
};

/* ---- URLs -------------------------------------------------------------- */

/* Where the value of a query parameter stands; len of it. NULL: it is not
 * there. */
static const char *
query_find(const char *url, const char *name, size_t *len)
{
	const char *p = memchr(url, '?', strcspn(url, "#"));
	size_t n = strlen(name);

	while (p != NULL && *p != '\0' && *p != '#') {
		p++;
		if (strncmp(p, name, n) == 0 && p[n] == '=') {
			*len = strcspn(p + n + 1, "&#");
			return p + n + 1;
		}
		p += strcspn(p, "&#");
	}
	return NULL;
}

/* url with one parameter changed or added, everything else as it is. */
static const char *
query_set(const char *url, const char *name, uint64_t value, struct arena *mem)
{
	size_t len = 0, upto = strcspn(url, "#");
	const char *at = query_find(url, name, &len);
	const char *before = "&";

	if (at != NULL)
		return arena_printf(mem, "%.*s%" PRIu64 "%s", (int)(at - url),
		    url, value, at + len);
	if (memchr(url, '?', upto) == NULL)
		before = "?";
	else if (url[upto - 1] == '?' || url[upto - 1] == '&')
		before = "";
	return arena_printf(mem, "%.*s%s%s=%" PRIu64 "%s", (int)upto, url,
	    before, name, value, url + upto);
}

static uint64_t
query_number(const char *url, const char *name, uint64_t absent)
{
	struct slice text = { NULL, 0 };
	uint64_t n;

	text.ptr = query_find(url, name, &text.len);
	return text.ptr != NULL && slice_number(text, &n) ? n : absent;
}

/* ---- what a page says -------------------------------------------------- */

static const struct json_value *
member_of(const struct json_value *v, const char *const *steps)
{
	return v == NULL ? NULL : value_at(v, steps);
}

static bool
estat_next(struct page_look *l, const struct json_value *root)
{
	static const char *const next_at[] = { "STATISTICAL_DATA", "RESULT_INF",
		"NEXT_KEY", NULL };
	const struct json_value *doc = estat_top(root);
	uint64_t key;

	if (!value_number(member_of(doc, next_at), &key))
		return true;
	if (key <= query_number(l->page->url, "startPosition", 1))
		return err_set(l->err, KPID_EFETCH,
		    "NEXT_KEY %" PRIu64 " does not lead on", key);
	l->next = query_set(l->page->url, "startPosition", key, l->mem);
	return true;
}

/* total may be an estimate: an empty page ends the answer whatever it says. */
static bool
ckan_next(struct page_look *l, const struct json_value *root)
{
	static const char *const records_at[] = { "result", "records", NULL };
	static const char *const total_at[] = { "result", "total", NULL };
	const struct json_value *records = value_at(root, records_at);
	uint64_t offset = query_number(l->page->url, "offset", 0), total;

	if (records == NULL)
		return err_set(l->err, KPID_EFETCH,
		    "CKAN answers with an error");
	offset += records->n;
	if (records->n > 0 && value_number(value_at(root, total_at), &total)
	    && offset < total)
		l->next = query_set(l->page->url, "offset", offset, l->mem);
	return true;
}

static bool
world_bank_next(struct page_look *l, const struct json_value *root)
{
	const struct json_value *head = value_element(root, 0);
	uint64_t page, pages;

	if (value_number(value_member(head, "page"), &page)
	    && value_number(value_member(head, "pages"), &pages)
	    && page < pages)
		l->next = query_set(l->page->url, "page", page + 1, l->mem);
	return true;
}

static bool
on_document(void *ctx, const struct json_value *root, struct kpid_err *err)
{
	struct page_look *l = ctx;
	struct shape shape = { .kind = l->kind, .mem = l->mem, .err = err };

	if (!l->kind->fine(&shape, root)) {
		err->code = KPID_EFETCH;
		return false;
	}
	if (!l->kind->is(root))
		return err_set(err, KPID_EFETCH, "this is no answer of %s",
		    l->kind->title);
	l->err = err;
	if (l->kind == &shape_estat)
		return estat_next(l, root);
	if (l->kind == &shape_ckan)
		return ckan_next(l, root);
	return world_bank_next(l, root);
}

/* ---- reading ----------------------------------------------------------- */

static bool
read_page(void *ctx, const struct text_sink *to, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct page_look *l = ctx;
	char *chunk = arena_alloc(&mem, CHUNK_BYTES);
	uint64_t at = l->page->from;
	ssize_t n;

	while ((n = pread(l->page->fd, chunk, CHUNK_BYTES, (off_t)at)) > 0) {
		struct slice text = { chunk, (size_t)n };

		if (at == l->page->from && n >= BOM_BYTES
		    && memcmp(chunk, BOM, BOM_BYTES) == 0)
			text = (struct slice){ chunk + BOM_BYTES,
				(size_t)n - BOM_BYTES };
		if (!to->text(to->ctx, text, err))
			return false;
		at += (uint64_t)n;
	}
	return n == 0 ? true
		      : err_set(err, KPID_ESPOOL,
			  "could not read the page again: %s", strerror(errno));
}

bool
page_next(const struct page *page, struct arena *mem, const char **next,
    struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena docs = { 0 };
	enum feed_format format = page->feed->contracts[0].format;
	struct page_look look = { .page = page, .mem = mem };
	const struct text_source text = { &look, read_page };
	struct shape_walk walk;
	bool ok;

	look.kind = shape_kind_of(format);
	if (look.kind == NULL || !look.kind->paged) {
		*next = NULL;
		return true;
	}
	walk = (struct shape_walk){
		.lists = &look.kind->lists,
		.document = on_document,
		.ctx = &look,
		.doc_mem = &docs,
		.paged = true,
	};
	ok = shape_walk_run(&walk, &text, err);
	shape_walk_free(&walk);
	if (ok)
		*next = look.next;
	return ok;
}
