#include <arpa/inet.h>
#include <string.h>

#include "load.h"

/* Secrets are named in a configuration, never written. */
static void
database_check(const struct document *d, const struct config_database *db)
{
	const char *host, *at;

	if (db->url == NULL)
		return;
	host = strstr(db->url, "://") + 3;
	at = strchr(host, '@');
	if ((at != NULL && memchr(host, ':', (size_t)(at - host)) != NULL)
	    || strstr(db->url, "password=") != NULL)
		document_problem(d, "/database/url",
		    "the URL holds a "
		    "password. HINT: leave it to ~/.pgpass or PGPASSFILE");
}

static void
mail_check(const struct document *d, struct config_mail *mail)
{
	static const int ports[] = { [MAIL_TLS_STARTTLS] = 587,
		[MAIL_TLS_IMPLICIT] = 465,
		[MAIL_TLS_NONE] = 25 };
	bool password =
	    mail->smtp_password.file != NULL || mail->smtp_password.env != NULL;

	if (mail->smtp_port == 0)
		mail->smtp_port = ports[mail->smtp_tls];
	if (mail->smtp_user != NULL && !password)
		document_problem(d, "/mail/smtp/user",
		    "'user' without 'password'. HINT: name where it stands, "
		    "{\"file\": ..} or {\"env\": ..}");
	if (mail->smtp_user == NULL && password)
		document_problem(d, "/mail/smtp/password",
		    "'password' without 'user'");
	if (password && mail->smtp_tls == MAIL_TLS_NONE)
		document_problem(d, "/mail/smtp/tls",
		    "'tls' is 'none': the "
		    "password would travel as plain text");
}

/* A sign of life goes the way of mails, or it would prove less. */
static void
alerts_check(const struct document *d, const struct config *cfg)
{
	const struct config_heartbeat *h = &cfg->alerts.heartbeat;

	if (h->set && h->url == NULL && !h->mail)
		document_problem(d, "/alerts/heartbeat",
		    "neither 'url' nor 'mail'. HINT: say where the sign of "
		    "life goes");
	if (h->set && !cfg->mail.set)
		document_problem(d, "/alerts/heartbeat",
		    "there is no 'mail': signs of life leave with it");
}

/* 10.0.0.0/8, fd00::/8, 127.0.0.1 */
static bool
is_address_block(const char *text)
{
	unsigned char bytes[16];
	const char *slash = strchr(text, '/');
	size_t len = slash == NULL ? strlen(text) : (size_t)(slash - text);
	char address[64] = "";
	int bits = 0, most;

	if (len >= sizeof(address))
		return false;
	memcpy(address, text, len);
	if (inet_pton(AF_INET, address, bytes) == 1)
		most = 32;
	else if (inet_pton(AF_INET6, address, bytes) == 1)
		most = 128;
	else
		return false;
	if (slash == NULL)
		return true;
	len = strlen(slash + 1);
	if (len < 1 || len > 3 || strspn(slash + 1, "0123456789") != len)
		return false;
	for (const char *p = slash + 1; *p != '\0'; p++)
		bits = 10 * bits + (*p - '0');
	return bits <= most;
}

static void
network_check(const struct document *d, const struct config_network *network)
{
	for (size_t i = 0; i < network->n_allow; i++) {
		if (is_address_block(network->allow[i]))
			continue;
		document_problem(d,
		    pointer_element("/network/allow", i, d->scratch),
		    "'%s' is no block of addresses such as "
		    "'10.0.0.0/8'",
		    network->allow[i]);
	}
}

/* The sixth digit of 全国地方公共団体コード: the five before it, weighted 6 5
 * 4 3 2, and the number to the next multiple of 11. */
static char
check_digit(const char *code)
{
	int sum = 0;

	for (int i = 0; i < 5; i++)
		sum += (6 - i) * (code[i] - '0');
	return (char)('0' + (11 - sum % 11) % 10);
}

void
organization_check(const struct document *d, const char *pointer,
    const char *code)
{
	/* 000000: the whole country, which has no check digit. */
	if (code == NULL || strcmp(code, "000000") == 0)
		return;
	if (strlen(code) != 6 || strspn(code, "0123456789") != 6)
		document_problem(d, pointer,
		    "'%s' is no code of a local government. HINT: six digits, "
		    "such as '202037'",
		    code);
	else if (check_digit(code) != code[5])
		document_problem(d, pointer,
		    "'%s' is no code of a local government: its check digit "
		    "would be %c",
		    code, check_digit(code));
}

void
service_check(const struct document *d, struct service *s)
{
	organization_check(d, "/organization", s->cfg.organization);
	/* Said, but wrong: feeds must not be told that it is missing. */
	if (s->cfg.organization == NULL
	    && json_object_get(d->root, "organization") != NULL)
		s->cfg.organization = "";
	database_check(d, &s->cfg.database);
	if (s->cfg.mail.set)
		mail_check(d, &s->cfg.mail);
	alerts_check(d, &s->cfg);
	network_check(d, &s->cfg.network);
}
