/*
 * Why an http transfer gave no body, in words.
 */
#include "fetch_int.h"

#include <stdio.h>
#include <string.h>

#include "kpid/limits.h"

#define QUOTE_BYTES 160 /* of an error page, in a message */
#define TOLD_BYTES  480 /* of what an error says itself */

struct quote {
	char text[TOLD_BYTES];
	size_t n, max; /* max: bytes of text to use, the NUL included */
};

static const CURLcode transient[] = {
	CURLE_COULDNT_RESOLVE_PROXY,
	CURLE_COULDNT_RESOLVE_HOST,
	CURLE_COULDNT_CONNECT,
	CURLE_OPERATION_TIMEDOUT,
	CURLE_PARTIAL_FILE,
	CURLE_GOT_NOTHING,
	CURLE_SEND_ERROR,
	CURLE_RECV_ERROR,
	CURLE_HTTP2,
	CURLE_HTTP2_STREAM,
	CURLE_SSL_CONNECT_ERROR,
};

static bool
is_transient(CURLcode rc)
{
	for (size_t i = 0; i < ARRAY_LEN(transient); i++)
		if (rc == transient[i])
			return true;
	return false;
}

static bool
is_transient_status(long status)
{
	return status >= 500 || status == 408 || status == 425 || status == 429;
}

/* Length of the UTF-8 character at p, 0 when it is none. Overlong forms do no
 * harm in a message. */
static size_t
char_len(const unsigned char *p, size_t left)
{
	size_t n = *p < 0x80 ? 1
	    : *p < 0xc2      ? 0
	    : *p < 0xe0      ? 2
	    : *p < 0xf0      ? 3
	    : *p < 0xf5      ? 4
			     : 0;

	if (n > left)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

/* Appends one character, or one blank for any number of them. */
static void
quote_put(struct quote *q, const unsigned char *p, size_t len)
{
	bool blank = *p <= ' ' || *p == 0x7f;

	if (q->n + len >= q->max
	    || (blank && (q->n == 0 || q->text[q->n - 1] == ' ')))
		return;
	memcpy(q->text + q->n, blank ? (const unsigned char *)" " : p, len);
	q->n += len;
}

/* The text of an error page without its tags, blanks folded; what is not
 * UTF-8 is left out. */
static void
quote_make(struct slice page, struct quote *q)
{
	const unsigned char *p = (const unsigned char *)page.ptr;
	const unsigned char *end = p + page.len;
	size_t c;
	bool tag = false;

	for (; p<end; p += c> 0 ? c : 1) {
		c = char_len(p, (size_t)(end - p));
		if (*p == '<')
			tag = true;
		if (tag)
			quote_put(q, (const unsigned char *)" ", 1);
		else if (c > 0)
			quote_put(q, p, c);
		if (*p == '>')
			tag = false;
	}
	if (q->n > 0 && q->text[q->n - 1] == ' ')
		q->n--;
	q->text[q->n] = '\0';
}

static bool
is_text(struct transfer *t)
{
	const char *type = NULL;

	(void)curl_easy_getinfo(t->easy, CURLINFO_CONTENT_TYPE, &type);
	return type != NULL
	    && (strncmp(type, "text/", 5) == 0 || strstr(type, "json") != NULL
		|| strstr(type, "xml") != NULL);
}

static struct slice
excerpt_of(struct transfer *t)
{
	if (t->excerpt_len == 0)
		return slice_of("");
	return secrets_hide_cut(t,
	    (struct slice){ t->excerpt, t->excerpt_len });
}

/* What the body itself tells of the error; not true: nothing that is known. */
static bool
say_told(struct transfer *t)
{
	error_text_fn *error_text = t->owner->error_text;
	struct quote q = { .max = sizeof(q.text) };
	const char *told;

	if (error_text == NULL || t->excerpt_len == 0)
		return false;
	told = error_text(t->feed, excerpt_of(t), &t->mem);
	if (told == NULL)
		return false;
	quote_make(slice_of(told), &q);
	(void)err_set(&t->err, KPID_EFETCH, "HTTP status %ld: %s", t->status,
	    q.text);
	return true;
}

void
http_status_failed(struct transfer *t)
{
	struct quote q = { .max = QUOTE_BYTES };

	coding_excerpt(t);
	if (!say_told(t)) {
		if (is_text(t))
			quote_make(excerpt_of(t), &q);
		(void)err_set(&t->err, KPID_EFETCH, "HTTP status %ld%s%s%s",
		    t->status, q.n > 0 ? " '" : "", q.text, q.n > 0 ? "'" : "");
	}
	t->err.retry = is_transient_status(t->status);
	t->failed = true;
}

static void
ended_early(struct transfer *t)
{
	curl_off_t came = 0, whole = -1;

	(void)curl_easy_getinfo(t->easy, CURLINFO_SIZE_DOWNLOAD_T, &came);
	(void)curl_easy_getinfo(t->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T,
	    &whole);
	if (whole >= 0)
		(void)err_set(&t->err, KPID_EFETCH,
		    "the body ends early: "
		    "%lld of %lld bytes arrived",
		    (long long)came, (long long)whole);
	else
		(void)err_set(&t->err, KPID_EFETCH,
		    "the body ends early: "
		    "%lld bytes arrived and the end did not",
		    (long long)came);
}

static void
certificate_refused(struct transfer *t)
{
	(void)err_set(&t->err, KPID_EFETCH,
	    "the server's certificate is not "
	    "trusted: %s. HINT: when it is of an authority of your own, name "
	    "that in \"network\": {\"ca_file\": ..}",
	    t->curl_err);
}

void
http_curl_failed(struct transfer *t, CURLcode rc)
{
	t->failed = true;
	if (t->refused && rc == CURLE_COULDNT_CONNECT)
		return; /* err says which address */
	if (rc == CURLE_FILESIZE_EXCEEDED) {
		(void)transfer_too_large(t, &t->err);
		return;
	}
	if (rc == CURLE_PARTIAL_FILE)
		ended_early(t);
	else if (rc == CURLE_PEER_FAILED_VERIFICATION)
		certificate_refused(t);
	else
		(void)err_set(&t->err, KPID_EFETCH, "%s",
		    t->curl_err[0] != '\0' ? t->curl_err
					   : curl_easy_strerror(rc));
	t->err.retry = is_transient(rc);
}
