/*
 * Facts on standard input to a whole message on standard output, for the flow
 * test of mails:
 *
 *	mail_render KIND LANGUAGE FROM TO
 */
#include <stdio.h>
#include <string.h>

#include "kpid/limits.h"
#include "kpid/notify.h"

static const char *
read_all(struct arena *mem)
{
	char *text = arena_alloc(mem, LIMIT_MAIL_BYTES + 1);

	(void)fread(text, 1, LIMIT_MAIL_BYTES, stdin);
	return text;
}

int
main(int argc, char **argv)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	CLEANUP(buf_release) struct buf out = { 0 };
	struct config cfg = { .time_zone = "Asia/Tokyo" };
	struct mail m = {
		.message_id = "<12.0f3c@kpid.example.jp>",
		.in_reply_to = "<11.77aa@kpid.example.jp>",
		.references = "<3.1b@kpid.example.jp> "
			      "<11.77aa@kpid.example.jp>",
		.date = 1728950400000000,
		.utc_offset_s = 9 * 3600,
	};
	struct kpid_err err = { 0 };

	if (argc != 5)
		fatal("usage: mail_render KIND LANGUAGE FROM TO");
	cfg.mail.language = argv[2];
	cfg.mail.operator= "kpid-admin@example.jp";
	cfg.mail.report_url = "https://kpi.example.jp/r6/";
	m.from = argv[3];
	m.to = argv[4];
	buf_init(&out, LIMIT_MAIL_BYTES);
	if (!message_compose(&cfg, argv[1], read_all(&mem), &mem, &m, &err)
	    || !mail_render(&m, &out, &err))
		fatal("%s", err.msg);
	(void)fwrite(out.ptr, 1, out.len, stdout);
	return 0;
}
