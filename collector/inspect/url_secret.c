/* Keys in the URL of a draft, which no file may show. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "guess.h"

/* Parameters that are usually somebody's own key. */
static bool
is_key(struct slice name)
{
	static const char *const words[] = { "appid", "app_id", "key", "apikey",
		"api_key", "api-key", "x-api-key", "token", "access_token",
		"accesstoken", "access_key", "auth", "secret", "client_secret",
		"password", "passwd", "subscription-key", "sig", "signature" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strlen(words[i]) == name.len
		    && strncasecmp(words[i], name.ptr, name.len) == 0)
			return true;
	return false;
}

/* api-key as the name of a secret (api_key) or, upper, of its variable. */
static const char *
secret_name(struct slice name, bool upper, struct arena *mem)
{
	char *out = arena_strndup(mem, name.ptr, name.len);

	for (char *c = out; *c != '\0'; c++)
		if (!isalnum((unsigned char)*c))
			*c = '_';
		else if (upper)
			*c = (char)toupper((unsigned char)*c);
	return out;
}

static void
add_secret(struct guess *g, struct slice name)
{
	const char *env = secret_name(name, true, g->mem);
	json_t *one = json_object();

	(void)json_object_set_new(one, "env", json_string(env));
	if (g->draft.secrets == NULL)
		g->draft.secrets = json_object();
	(void)json_object_set_new(g->draft.secrets,
	    secret_name(name, false, g->mem), one);
	doubt(g,
	    "whether '%.*s' of the URL is a secret: its value is left out, "
	    "and read from the environment variable %s",
	    (int)name.len, name.ptr, env);
}

/* One parameter, "appId=0123", as it may be shown. */
static const char *
shown(struct guess *g, struct slice part)
{
	const char *is = memchr(part.ptr, '=', part.len);
	struct slice name = { part.ptr,
		is == NULL ? part.len : (size_t)(is - part.ptr) };

	if (is == NULL || name.len + 1 == part.len || is[1] == '{'
	    || !is_key(name))
		return arena_strndup(g->mem, part.ptr, part.len);
	add_secret(g, name);
	return arena_printf(g->mem, "%.*s={%s}", (int)name.len, name.ptr,
	    secret_name(name, false, g->mem));
}

const char *
url_without_keys(struct guess *g)
{
	const char *url = g->url, *query = strchr(url, '?');
	const char *out;

	if (strncmp(url, "http", 4) != 0 || query == NULL)
		return url;
	out = arena_strndup(g->mem, url, (size_t)(query - url) + 1);
	for (const char *at = query + 1; *at != '\0';) {
		size_t n = strcspn(at, "&#");

		out = arena_printf(g->mem, "%s%s", out,
		    shown(g, (struct slice){ at, n }));
		at += n;
		n = strspn(at, "&#");
		out = arena_printf(g->mem, "%s%.*s", out, (int)n, at);
		at += n;
	}
	return out;
}
