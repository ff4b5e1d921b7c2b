/*
 * Sends standard input with mail_send and says what came of it, for the flow
 * test of SMTP:
 *
 *	smtp_client HOST PORT starttls|implicit|none USER CA_FILE FROM TO
 *
 * "-" stands for none; the password is read from $SMTP_PASSWORD. One line on
 * standard output: "sent 250", "retry CODE MESSAGE" or "final CODE MESSAGE".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/limits.h"
#include "kpid/notify.h"

static const char *
optional(const char *arg)
{
	return strcmp(arg, "-") == 0 ? NULL : arg;
}

static enum mail_tls
tls_of(const char *name)
{
	return strcmp(name, "starttls") == 0 ? MAIL_TLS_STARTTLS
	    : strcmp(name, "implicit") == 0  ? MAIL_TLS_IMPLICIT
					     : MAIL_TLS_NONE;
}

static void
read_all(struct buf *out)
{
	char chunk[4096];

	for (size_t n; (n = fread(chunk, 1, sizeof(chunk), stdin)) > 0;) {
		if (!buf_put(out, chunk, n))
			fatal("message too long");
	}
}

int
main(int argc, char **argv)
{
	CLEANUP(buf_release) struct buf message = { 0 };
	struct config_mail mail = { .set = true };
	struct kpid_err err = { 0 };
	int code = -1;

	if (argc != 8)
		fatal("usage: smtp_client HOST PORT TLS USER CA FROM TO");
	mail.smtp_host = argv[1];
	mail.smtp_port = (int)strtol(argv[2], NULL, 10);
	mail.smtp_tls = tls_of(argv[3]);
	mail.smtp_user = optional(argv[4]);
	mail.smtp_password.env = "SMTP_PASSWORD";
	mail.ca_file = optional(argv[5]);
	mail.from = argv[6];
	buf_init(&message, LIMIT_MAIL_BYTES);
	read_all(&message);
	const struct mail_bytes bytes = { .to = argv[7],
		.message = buf_slice(&message) };

	if (mail_send(&mail, &bytes, &code, &err))
		printf("sent %d\n", code);
	else
		printf("%s %d %s\n", err.retry ? "retry" : "final", code,
		    err.msg);
	return 0;
}
