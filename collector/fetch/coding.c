/*
 * How a body is packed on its way here: not at all, or with gzip, which alone
 * is asked for. Anything else would be kept as if it were the table.
 */
#include "fetch_int.h"

#include <string.h>

#include "unpack.h"

/* Lines of one header that a message names. */
#define LINES_NAMED 4

/* Without what is blank at the end: libcurl leaves the line break at an empty
 * value. */
static int
value_len(const char *value)
{
	size_t n = strlen(value);

	while (n > 0 && (unsigned char)value[n - 1] <= ' ')
		n--;
	return (int)n;
}

/* The header in the last answer, after all redirects; its lines are a list,
 * as if they were one. "" without it. */
static const char *
header_list(struct transfer *t, const char *name)
{
	const char *list = "";
	struct curl_header *h;

	for (size_t i = 0; i < LINES_NAMED
	     && curl_easy_header(t->easy, name, i, CURLH_HEADER, -1, &h)
		 == CURLHE_OK;
	     i++)
		list = arena_printf(&t->mem, "%s%s%.*s", list,
		    i > 0 ? ", " : "", value_len(h->value), h->value);
	return list;
}

static bool
is_one_of(const char *text, const char *one, const char *other)
{
	return curl_strequal(text, one) || curl_strequal(text, other);
}

static bool
coding_refuse(struct transfer *t, const char *name, const char *value)
{
	size_t n = 0;

	while (value[n] >= ' ' && value[n] <= '~')
		n++;
	return err_set(&t->err, KPID_EFETCH,
	    "the answer has %s '%.*s', which "
	    "was not asked for. HINT: the server, or a proxy before it, must "
	    "heed Accept-Encoding: gzip",
	    name, (int)(n < 80 ? n : 80), value);
}

/* Looks once. libcurl undoes a Transfer-Encoding by itself and does not see
 * that one is cut short either; chunked, whose end it does see, is fine. */
static bool
coding_look(struct transfer *t)
{
	const char *way, *body;

	if (t->coding_known)
		return true;
	way = header_list(t, "Transfer-Encoding");
	if (way[0] != '\0' && !is_one_of(way, "chunked", "identity"))
		return coding_refuse(t, "Transfer-Encoding", way);
	body = header_list(t, "Content-Encoding");
	if (is_one_of(body, "gzip", "x-gzip"))
		t->unpack = unpack_new();
	else if (body[0] != '\0' && !curl_strequal(body, "identity"))
		return coding_refuse(t, "Content-Encoding", body);
	t->coding_known = true;
	return true;
}

static bool
unpacked(void *ctx, const void *p, size_t len)
{
	return transfer_body(ctx, p, len);
}

bool
coding_put(struct transfer *t, const void *p, size_t len)
{
	t->failed = !coding_look(t)
	    || !(t->unpack == NULL
		    ? transfer_body(t, p, len)
		    : unpack_put(t->unpack, p, len, unpacked, t, &t->err));
	return !t->failed;
}

bool
coding_end(struct transfer *t)
{
	t->failed = !coding_look(t)
	    || (t->unpack != NULL && !unpack_end(t->unpack, &t->err));
	return !t->failed;
}

void
coding_excerpt(struct transfer *t)
{
	char page[EXCERPT_BYTES];

	if (!coding_look(t)) {
		t->excerpt_len = 0;
	} else if (t->unpack != NULL && t->excerpt_len > 0) {
		t->excerpt_len = unpack_excerpt(t->excerpt, t->excerpt_len,
		    page, sizeof(page));
		memcpy(t->excerpt, page, t->excerpt_len);
	}
}
