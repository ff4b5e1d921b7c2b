/*
 * Secrets of a URL: put in when the request is made, taken out of whatever is
 * told of it. An error page likes to quote what it was asked.
 */
#include "fetch_int.h"

#include <string.h>

/* A secret as the server sees it, and as an error page may quote it. */
struct url_text {
	const char *name, *plain, *coded;
};

static char *
percent_encoded(const char *plain, struct arena *mem)
{
	char *text = curl_easy_escape(NULL, plain, (int)strlen(plain)), *copy;

	if (text == NULL)
		fatal("out of memory");
	copy = arena_strdup(mem, text);
	curl_free(text);
	return copy;
}

/* Of those that the URL names; the caller's t->err when one cannot be read. */
static bool
text_read(struct transfer *t, const struct url_secret *s, struct url_text *out)
{
	out->name = s->name;
	if (!secret_read(&s->secret, &t->mem, &out->plain, &t->err))
		return err_wrap(&t->err, "{%s}", s->name);
	out->coded = percent_encoded(out->plain, &t->mem);
	return true;
}

static const struct url_text *
text_of(const struct transfer *t, struct slice name)
{
	for (size_t i = 0; i < t->n_secrets; i++)
		if (slice_is(name, t->secrets[i].name))
			return &t->secrets[i];
	return NULL;
}

static const char *
fill(struct transfer *t, const char *text, bool coded)
{
	const char *from = text, *full = "";
	struct slice name;

	for (const char *at = from; (at = url_secret_find(at, &name)) != NULL;
	     at++) {
		const struct url_text *s = text_of(t, name);

		if (s == NULL)
			continue;
		full = arena_printf(&t->mem, "%s%.*s%s", full, (int)(at - from),
		    from, coded ? s->coded : s->plain);
		from = name.ptr + name.len + 1;
	}
	return arena_printf(&t->mem, "%s%s", full, from);
}

const char *
secrets_fill(struct transfer *t, const char *text)
{
	return fill(t, text, false);
}

bool
secrets_put(struct transfer *t)
{
	size_t n = t->secrets == NULL ? t->feed->n_secrets : 0;

	if (n > 0)
		t->secrets = arena_array(&t->mem, n, sizeof(*t->secrets));
	for (; t->n_secrets < n; t->n_secrets++)
		if (!text_read(t, &t->feed->secrets[t->n_secrets],
			&t->secrets[t->n_secrets]))
			return false;
	/* {names} in a place that a server names are no wish of ours. */
	t->real = t->redirects > 0 ? t->url : fill(t, t->url, true);
	return true;
}

static struct slice
hide(struct slice text, const char *secret, const char *name, struct arena *mem)
{
	size_t len = strlen(secret);
	const char *out = "", *from = text.ptr, *end = text.ptr + text.len;
	const char *at;

	while ((at = memmem(from, (size_t)(end - from), secret, len)) != NULL) {
		out = arena_printf(mem, "%s%.*s{%s}", out, (int)(at - from),
		    from, name);
		from = at + len;
	}
	if (from == text.ptr)
		return text;
	return slice_of(arena_printf(mem, "%s%.*s", out, (int)(end - from),
	    from));
}

/* A page that was cut may end in the middle of the secret. */
static struct slice
without_start(struct slice text, const char *secret)
{
	size_t n = strlen(secret);

	for (n = n < text.len ? n : text.len; n > 0; n--)
		if (memcmp(text.ptr + text.len - n, secret, n) == 0)
			break;
	text.len -= n;
	return text;
}

struct slice
secrets_hide(struct transfer *t, struct slice text)
{
	for (size_t i = 0; i < t->n_secrets; i++) {
		const struct url_text *s = &t->secrets[i];

		text = hide(text, s->plain, s->name, &t->mem);
		text = hide(text, s->coded, s->name, &t->mem);
	}
	return text;
}

struct slice
secrets_hide_cut(struct transfer *t, struct slice text)
{
	text = secrets_hide(t, text);
	for (size_t i = 0; i < t->n_secrets; i++)
		text = without_start(without_start(text, t->secrets[i].plain),
		    t->secrets[i].coded);
	return text;
}
