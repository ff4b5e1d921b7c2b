/* rooms: base schedule spool fetch notify */
/* Signs of life: asked for by HTTP, and behind the mails in the outbox. */
#include "../support/web_rig.h"
#include "kpid/notify.h"

Test(heartbeat, any_answer_but_2xx_is_tried_again)
{
	static const struct {
		const char *path;
		bool ok;
		int code;
	} rows[] = {
		{ "t.csv", true, 200 },
		{ "status/204", true, 204 },
		{ "redirect/t.csv", false, 302 },
		{ "status/404", false, 404 },
		{ "status/500", false, 500 },
	};
	CLEANUP(web_free) struct web w = { 0 };

	web_open(&w);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct config cfg = w.rig.cfg;
		struct kpid_err err = { 0 };
		int code = -1;

		cfg.alerts.heartbeat.url = arena_printf(&w.rig.mem,
		    "http://127.0.0.1:%d/%s", w.port, rows[i].path);
		cr_expect_eq(heartbeat_send(&cfg, &code, &err), rows[i].ok,
		    "%s: %s", rows[i].path, err.msg);
		cr_expect_eq(code, rows[i].code, "%s: %d", rows[i].path, code);
		cr_expect_eq(err.retry, !rows[i].ok, "%s", rows[i].path);
		cr_expect_null(strstr(err.msg, "127.0.0.1"), "%s: %s",
		    rows[i].path, err.msg);
	}
}

Test(heartbeat, nobody_there)
{
	struct config cfg = { .network.proxy = "" };
	struct kpid_err err = { 0 };
	int code;

	cr_expect_not(heartbeat_send(&cfg, &code, &err));
	cr_expect_eq(err.code, KPID_ECONFIG, "it was taken out of the file");
	cfg.alerts.heartbeat.url = "http://127.0.0.1:1/";
	cr_expect_not(heartbeat_send(&cfg, &code, &err));
	cr_expect(err.retry);
	cr_expect_eq(code, 0);
}
