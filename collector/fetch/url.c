/*
 * URLs as they may be shown and stored.
 */
#include "kpid/fetch.h"

#include <string.h>
#include <strings.h>

#include "kpid/bytes.h"

#define STARS        "***"
#define NAME_MAX_LEN 64

/* Names of query parameters that carry a secret, in small letters without
 * "-" and "_"; what ends like one of the second list is one too. */
static const char *const secret_names[] = {
	"appid",
	"key",
	"auth",
	"authorization",
	"pass",
	"pwd",
	"sid",
	"session",
	"sessionid",
	"sig",
	"signature",
	"user",
	"username",
};
static const char *const secret_ends[] = {
	"apikey",
	"accesskey",
	"secretkey",
	"subscriptionkey",
	"token",
	"secret",
	"password",
	"passwd",
	"passphrase",
	"credential",
};

static bool
ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

static bool
is_secret(struct slice name)
{
	char folded[NAME_MAX_LEN];
	size_t n = 0;

	for (size_t i = 0; i < name.len && n + 1 < sizeof(folded); i++) {
		char c = name.ptr[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c != '-' && c != '_')
			folded[n++] = c;
	}
	folded[n] = '\0';
	for (size_t i = 0; i < ARRAY_LEN(secret_names); i++)
		if (strcmp(folded, secret_names[i]) == 0)
			return true;
	for (size_t i = 0; i < ARRAY_LEN(secret_ends); i++)
		if (ends_with(folded, secret_ends[i]))
			return true;
	return false;
}

static char *
append(char *out, const char *p, size_t len)
{
	memcpy(out, p, len);
	return out + len;
}

/* The name of a secret in its place, as feeds write it. */
static bool
is_placeholder(const char *value, size_t len)
{
	struct slice name;

	return len > 2 && url_secret_find(value, &name) == value
	    && name.len + 2 == len;
}

/* "a=1&key=2" from p up to its end or "#". */
static char *
query_redact(const char **p, char *out)
{
	while (**p != '\0' && **p != '#') {
		size_t name = strcspn(*p, "=&;#");
		size_t all = strcspn(*p, "&;#");
		bool hide = name < all && is_secret((struct slice){ *p, name })
		    && !is_placeholder(*p + name + 1, all - name - 1);

		out = append(out, *p, hide ? name + 1 : all);
		if (hide)
			out = append(out, STARS, strlen(STARS));
		*p += all;
		if (**p == '&' || **p == ';')
			*out++ = *(*p)++;
	}
	return out;
}

/* Where the host begins, when there is a user before it; else NULL. */
static const char *
host_after_user(const char *authority)
{
	const char *host = NULL;

	for (const char *p = authority; *p != '\0' && strchr("/?#", *p) == NULL;
	     p++)
		if (*p == '@')
			host = p;
	return host;
}

char *
url_redact(const char *url, struct arena *mem)
{
	/* Stars replace one character or none at worst, once a parameter. */
	char *text = arena_alloc(mem, strlen(url) * 4 + sizeof(STARS));
	const char *p = strstr(url, "://"), *host;
	char *out = text;
	size_t n;

	p = p != NULL ? p + 3 : url;
	out = append(out, url, (size_t)(p - url));
	if (p != url && (host = host_after_user(p)) != NULL) {
		out = append(out, STARS, strlen(STARS));
		p = host;
	}
	n = strcspn(p, "?");
	out = append(out, p, n);
	p += n;
	if (*p == '?') {
		*out++ = *p++;
		out = query_redact(&p, out);
	}
	out = append(out, p, strlen(p));
	*out = '\0';
	return text;
}
