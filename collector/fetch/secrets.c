/*
 * Secrets of a URL: put in when the request is made, taken out of whatever is
 * told of it. An error page likes to quote what it was asked.
 */
#include "fetch_int.h"

#include <ctype.h>
#include <string.h>

/* As error pages may quote it: decoded, as it was sent, as other programs
 * encode URLs, and escaped for HTML and JSON. */
#define FORMS 7

struct url_text {
	const char *name, *plain, *coded;
	const char *forms[FORMS];
};

struct escape {
	char c;
	const char *as;
};

static const struct escape html[] = { { '&', "&amp;" }, { '<', "&lt;" },
	{ '>', "&gt;" }, { '"', "&quot;" }, { '\'', "&#39;" } };
/* Some escape the last one, too. */
static const struct escape json[] = { { '"', "\\\"" }, { '\\', "\\\\" },
	{ '/', "\\/" } };

static const char *
escaped(const char *text, const struct escape *list, size_t n,
    struct arena *mem)
{
	const char *out = "";

	for (; *text != '\0'; text++) {
		const char own[2] = { *text, '\0' }, *as = own;

		for (size_t i = 0; i < n; i++)
			if (list[i].c == *text)
				as = list[i].as;
		out = arena_printf(mem, "%s%s", out, as);
	}
	return out;
}

/* %2B as %2b; or a blank as +. */
static const char *
encoded_like(const char *coded, bool plus, struct arena *mem)
{
	char *out = arena_strdup(mem, coded), *to = out;

	for (const char *p = coded; *p != '\0'; p++) {
		if (plus && strncmp(p, "%20", 3) == 0) {
			*to++ = '+';
			p += 2;
		} else if (!plus && *p == '%') {
			*to++ = '%';
			*to++ = (char)tolower((unsigned char)*++p);
			*to++ = (char)tolower((unsigned char)*++p);
		} else {
			*to++ = *p;
		}
	}
	*to = '\0';
	return out;
}

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
	out->forms[0] = out->plain;
	out->forms[1] = out->coded;
	out->forms[2] = encoded_like(out->coded, false, &t->mem);
	out->forms[3] = encoded_like(out->coded, true, &t->mem);
	out->forms[4] = escaped(out->plain, html, ARRAY_LEN(html), &t->mem);
	out->forms[5] = escaped(out->plain, json, 2, &t->mem);
	out->forms[6] = escaped(out->plain, json, ARRAY_LEN(json), &t->mem);
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
	t->real = t->led ? t->url : fill(t, t->url, true);
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
	for (size_t i = 0; i < t->n_secrets; i++)
		for (size_t k = 0; k < FORMS; k++)
			text = hide(text, t->secrets[i].forms[k],
			    t->secrets[i].name, &t->mem);
	return text;
}

struct slice
secrets_hide_cut(struct transfer *t, struct slice text)
{
	text = secrets_hide(t, text);
	for (size_t i = 0; i < t->n_secrets; i++)
		for (size_t k = 0; k < FORMS; k++)
			text = without_start(text, t->secrets[i].forms[k]);
	return text;
}
