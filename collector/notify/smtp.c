/*
 * One message to one recipient over SMTP.
 *
 * One transaction per recipient, because libcurl reports success for a
 * message of which only some recipients were refused. What the server said is
 * kept for the error text; what was sent is not, since it holds the password.
 */
#include <stdio.h>
#include <string.h>

#include <curl/curl.h>

#include "address.h"
#include "kpid/notify.h"

#define CONNECT_TIMEOUT_S 20L
#define TOTAL_TIMEOUT_S   120L
#define ANSWER_MAX        300 /* bytes of the server's words kept */

enum smtp_step {
	STEP_GREETING,
	STEP_LOGIN,
	STEP_SENDER,
	STEP_RECIPIENT,
	STEP_MESSAGE
};

struct transfer {
	struct slice left; /* of the message, still to be sent */
	const struct mail_bytes *bytes;
	bool asked, refused;     /* may_go, and it said no.. */
	struct kpid_err why;     /* ..with this */
	enum smtp_step step;     /* the last command sent */
	char answer[ANSWER_MAX]; /* the server's last refusal */
	char reason[CURL_ERROR_SIZE];
};

static void
handle_release(CURL **handle)
{
	curl_easy_cleanup(*handle);
}

static void
list_release(struct curl_slist **list)
{
	curl_slist_free_all(*list);
}

static void
url_release(CURLU **url)
{
	curl_url_cleanup(*url);
}

static size_t
on_read(char *out, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;
	size_t len = size * n < t->left.len ? size * n : t->left.len;

	if (!t->asked && t->bytes->may_go != NULL)
		t->refused = !t->bytes->may_go(t->bytes->ctx, &t->why);
	t->asked = true;
	if (t->refused)
		return CURL_READFUNC_ABORT;
	if (len == 0)
		return 0;
	memcpy(out, t->left.ptr, len);
	t->left.ptr += len;
	t->left.len -= len;
	return len;
}

/* A line of an answer. The last refusal is kept: it explains the failure, and
 * the goodbye to libcurl's QUIT that follows it does not. */
static size_t
on_answer(char *line, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;
	size_t len = size * n, kept = 0;

	if (len == 0 || (line[0] != '4' && line[0] != '5'))
		return len;
	for (size_t i = 0; i < len && kept + 1 < sizeof(t->answer); i++) {
		if (line[i] >= ' ' && line[i] < 0x7f)
			t->answer[kept++] = line[i];
	}
	t->answer[kept] = '\0';
	return len;
}

/* Where the dialogue stands. Looks at the verb alone and keeps no byte of a
 * command: libcurl gives the lines of AUTH here too. */
static int
on_debug(CURL *handle, curl_infotype type, char *data, size_t len, void *arg)
{
	static const struct {
		const char *verb;
		enum smtp_step step;
	} verbs[] = {
		{ "AUTH ", STEP_LOGIN },
		{ "MAIL ", STEP_SENDER },
		{ "RCPT ", STEP_RECIPIENT },
		{ "DATA\r", STEP_MESSAGE },
	};
	struct transfer *t = arg;

	(void)handle;
	if (type != CURLINFO_HEADER_OUT)
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		if (len >= 5 && memcmp(data, verbs[i].verb, 5) == 0)
			t->step = verbs[i].step;
	}
	return 0;
}

static bool
set_url(CURL *handle, CURLU *url, const struct config_mail *mail)
{
	bool smtps = mail->smtp_tls == MAIL_TLS_IMPLICIT;
	char port[12];

	(void)snprintf(port, sizeof(port), "%d", mail->smtp_port);
	return curl_url_set(url, CURLUPART_SCHEME, smtps ? "smtps" : "smtp", 0)
	    == CURLUE_OK
	    && curl_url_set(url, CURLUPART_HOST, mail->smtp_host, 0)
	    == CURLUE_OK
	    && curl_url_set(url, CURLUPART_PORT, port, 0) == CURLUE_OK
	    && curl_easy_setopt(handle, CURLOPT_CURLU, url) == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
	    == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_PROXY, "") == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L) == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT,
		   CONNECT_TIMEOUT_S)
	    == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_TIMEOUT, TOTAL_TIMEOUT_S)
	    == CURLE_OK;
}

static bool
set_security(CURL *handle, const struct config_mail *mail, const char *password)
{
	long tls = mail->smtp_tls == MAIL_TLS_NONE ? (long)CURLUSESSL_NONE
						   : (long)CURLUSESSL_ALL;

	return curl_easy_setopt(handle, CURLOPT_USE_SSL, tls) == CURLE_OK
	    && (mail->ca_file == NULL
		|| curl_easy_setopt(handle, CURLOPT_CAINFO, mail->ca_file)
		    == CURLE_OK)
	    && (mail->smtp_user == NULL
		|| (curl_easy_setopt(handle, CURLOPT_USERNAME, mail->smtp_user)
			== CURLE_OK
		    && curl_easy_setopt(handle, CURLOPT_PASSWORD, password)
			== CURLE_OK));
}

static bool
set_envelope(CURL *handle, struct transfer *t, const char *from,
    struct curl_slist *to)
{
	return curl_easy_setopt(handle, CURLOPT_MAIL_FROM, from) == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, to) == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L) == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE,
		   (curl_off_t)t->left.len)
	    == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_READFUNCTION, on_read)
	    == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_READDATA, t) == CURLE_OK;
}

static bool
set_reporting(CURL *handle, struct transfer *t)
{
	return curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_answer)
	    == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_HEADERDATA, t) == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, t->reason)
	    == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, on_debug)
	    == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_DEBUGDATA, t) == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L) == CURLE_OK;
}

static const char *
hint(CURLcode result, int code, const struct transfer *t)
{
	if (code == 535 || result == CURLE_LOGIN_DENIED)
		return ". HINT: check mail.smtp user and password";
	if (result == CURLE_PEER_FAILED_VERIFICATION
	    || result == CURLE_SSL_CACERT_BADFILE)
		return ". HINT: name the authority that signed the server's "
		       "certificate in mail.smtp ca_file";
	if (result == CURLE_USE_SSL_FAILED)
		return ". HINT: the server offers no STARTTLS; see mail.smtp "
		       "tls";
	if (result == CURLE_COULDNT_CONNECT
	    || result == CURLE_COULDNT_RESOLVE_HOST)
		return ". HINT: check mail.smtp host and port";
	if (t->step == STEP_SENDER)
		return ". HINT: the server does not take mail.from as a "
		       "sender";
	return "";
}

/*
 * A 5xx about the recipient or the message is final. Every other failure (no
 * connection, TLS, login, sender) is the operator's to mend and not this
 * mail's: it waits.
 */
static bool
explain(const struct config_mail *mail, const struct transfer *t,
    CURLcode result, int code, struct kpid_err *err)
{
	bool answered = code >= 400 && t->answer[0] != '\0';
	const char *what = answered ? t->answer
	    : t->reason[0] != '\0'  ? t->reason
				    : curl_easy_strerror(result);

	(void)err_set(err, KPID_EMAIL, "mail server '%s:%d': %s%s%s",
	    mail->smtp_host, mail->smtp_port, answered ? "it answered " : "",
	    what, hint(result, code, t));
	err->retry = code < 500 || t->step < STEP_RECIPIENT;
	return false;
}

static bool
perform(CURL *handle, const struct config_mail *mail, struct transfer *t,
    int *code, struct kpid_err *err)
{
	CURLcode result = curl_easy_perform(handle);
	long answer = 0;

	(void)curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answer);
	/* A 2xx or 3xx before a broken connection is no answer to the mail. */
	*code = result == CURLE_OK || answer >= 400 ? (int)answer : 0;
	if (t->refused) {
		*err = t->why;
		return false;
	}
	return result == CURLE_OK ? true : explain(mail, t, result, *code, err);
}

static bool
envelope(const char *text, struct arena *mem, const char **out,
    struct kpid_err *err)
{
	struct mailbox box;

	if (!mailbox_parse(text, mem, &box, err))
		return false;
	*out = arena_printf(mem, "<%s>", box.address);
	return true;
}

bool
mail_send(const struct config_mail *mail, const struct mail_bytes *bytes,
    int *code, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	CLEANUP(url_release) CURLU *url = curl_url();
	CLEANUP(list_release) struct curl_slist *recipients = NULL;
	CLEANUP(handle_release) CURL *handle = curl_easy_init();
	struct transfer t = { .left = bytes->message, .bytes = bytes };
	const char *sender, *recipient, *password = NULL;

	*code = 0;
	if (handle == NULL || url == NULL)
		fatal("out of memory");
	if (!envelope(mail->from, &mem, &sender, err)
	    || !envelope(bytes->to, &mem, &recipient, err))
		return false;
	if (mail->smtp_user != NULL
	    && !secret_read(&mail->smtp_password, &mem, &password, err)) {
		err->retry = true;
		return err_wrap(err, "mail.smtp password");
	}
	recipients = curl_slist_append(NULL, recipient);
	if (recipients == NULL)
		fatal("out of memory");
	if (!set_url(handle, url, mail) || !set_security(handle, mail, password)
	    || !set_envelope(handle, &t, sender, recipients)
	    || !set_reporting(handle, &t))
		return err_set_retry(err, KPID_EMAIL,
		    "mail server '%s:%d': "
		    "libcurl does not take the settings. HINT: check mail.smtp "
		    "host, port and ca_file",
		    mail->smtp_host, mail->smtp_port);
	return perform(handle, mail, &t, code, err);
}
