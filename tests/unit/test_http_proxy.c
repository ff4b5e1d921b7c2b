/* rooms: base spool fetch */
/* A proxy: who is asked, and what is still refused. */
#include "../support/web_rig.h"

static const char *
server(struct web *w)
{
	return arena_printf(&w->rig.mem, "http://127.0.0.1:%d", w->port);
}

static struct answer
get(struct web *w, const char *url)
{
	return rig_fetch(&w->rig, url, NULL);
}

Test(http_proxy, is_asked_in_the_place_of_the_server)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	web_open(&w);
	w.rig.cfg.network.proxy = server(&w);
	a = get(&w, "http://nowhere.example/t.csv");
	cr_assert_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
	cr_expect_str_eq(a.body, TABLE);
	cr_expect_str_eq(a.meta.url, "http://nowhere.example/t.csv");
	a = get(&w, "http://nowhere.example/none.csv");
	cr_expect_eq(a.status, 404, "its errors are the server's");
}

Test(http_proxy, comes_from_the_environment_unless_it_is_said)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	web_open(&w);
	cr_assert_eq(setenv("http_proxy", server(&w), 1), 0);
	w.rig.cfg.network.proxy = NULL;
	a = get(&w, "http://nowhere.example/t.csv");
	cr_expect_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
	w.rig.cfg.network.proxy = "";
	a = get(&w, "http://nowhere.example/t.csv");
	cr_expect_eq(a.outcome, FETCH_FAILED, "\"\" is none");
	cr_expect(a.err.retry, "%s", a.err.msg);
	w.rig.cfg.network.proxy = "http://127.0.0.1:1";
	a = get(&w, "http://nowhere.example/t.csv");
	cr_expect(a.outcome == FETCH_FAILED && a.err.retry,
	    "a proxy that is away: %s", a.err.msg);
}

Test(http_proxy, leads_to_no_private_address)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	web_open(&w);
	w.rig.cfg.network.proxy = server(&w);
	a = get(&w, "http://10.0.0.1/t.csv");
	cr_expect_eq(a.err.code, KPID_EREFUSED);
	cr_expect_not_null(strstr(a.err.msg, "'10.0.0.1' is private"), "%s",
	    a.err.msg);
	a = get(&w, "http://169.254.169.254/latest");
	cr_expect_eq(a.err.code, KPID_EREFUSED, "%s", a.err.msg);
}

Test(http_proxy, at_a_private_address_must_be_allowed)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct kpid_err err = { 0 };
	struct answer a;

	web_open(&w);
	fetcher_free(w.rig.fetcher);
	w.rig.cfg.network.n_allow = 0;
	w.rig.cfg.network.proxy = server(&w);
	cr_assert(fetcher_new(&w.rig.cfg, w.rig.spool, &w.rig.fetcher, &err));
	a = get(&w, "http://nowhere.example/t.csv");
	cr_expect_eq(a.err.code, KPID_EREFUSED);
	cr_expect_not_null(strstr(a.err.msg, "'127.0.0.1' is private"), "%s",
	    a.err.msg);
}
