/* rooms: base spool fetch */
/* Certificates: whom we trust, and who we are. */
#include "../support/web_rig.h"
#include "kpid/file.h"

static struct answer
get(struct web *w)
{
	return rig_fetch(&w->rig,
	    arena_printf(&w->rig.mem, "https://127.0.0.1:%d/t.csv", w->port),
	    NULL);
}

Test(http_tls, an_authority_of_our_own_is_trusted)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	rig_open(&w.rig);
	web_certificate(&w, "server", &w.cert, &w.key);
	web_open(&w);
	a = get(&w);
	cr_expect_not_null(strstr(a.err.msg, "\"ca_file\""), "%s", a.err.msg);
	w.rig.cfg.network.ca_file = w.cert;
	a = get(&w);
	cr_expect_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
	w.rig.cfg.network.ca_file = rig_file(&w.rig, "none.pem", "none");
	a = get(&w);
	cr_expect_eq(a.outcome, FETCH_FAILED, "a file without certificates");
}

/* A file with both in it. */
static const char *
together(struct web *w, const char *cert, const char *key)
{
	struct kpid_err err = { 0 };
	struct slice a, b;

	cr_assert(file_read(cert, 1 << 16, KPID_ECONFIG, &w->rig.mem, &a, &err)
	    && file_read(key, 1 << 16, KPID_ECONFIG, &w->rig.mem, &b, &err));
	return rig_file(&w->rig, "both.pem",
	    arena_printf(&w->rig.mem, "%s%s", a.ptr, b.ptr));
}

Test(http_tls, a_client_shows_its_certificate)
{
	static const struct {
		bool shown, right, together;
		enum fetch_outcome want;
		const char *why;
	} rows[] = {
		{ false, false, false, FETCH_FAILED, "none" },
		{ true, true, false, FETCH_BODY, "the right one" },
		{ true, false, false, FETCH_FAILED, "another" },
		{ true, true, true, FETCH_BODY, "with its key in one file" },
	};
	CLEANUP(web_free) struct web w = { 0 };
	const char *cert[2], *key[2];

	rig_open(&w.rig);
	web_certificate(&w, "server", &w.cert, &w.key);
	web_certificate(&w, "other", &cert[0], &key[0]);
	web_certificate(&w, "client", &cert[1], &key[1]);
	w.clients = cert[1];
	web_open(&w);
	w.rig.cfg.network.ca_file = w.cert;
	const char *both = together(&w, cert[1], key[1]);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct request_rule *r = &w.rig.feed.request;
		struct answer a;

		r->certificate = !rows[i].shown ? NULL
		    : rows[i].together          ? both
						: cert[rows[i].right];
		r->key = rows[i].shown && !rows[i].together ? key[rows[i].right]
							    : NULL;
		a = get(&w);
		cr_expect_eq(a.outcome, rows[i].want, "row %zu (%s): %s", i,
		    rows[i].why, a.err.msg);
	}
}
