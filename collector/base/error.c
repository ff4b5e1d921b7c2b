#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kpid/error.h"

#define ELLIPSIS "\xe2\x80\xa6" /* U+2026 */
#define HINT     ". HINT:"      /* behind what is wrong */

enum {
	EXIT_FAILED = 1,
	EXIT_USAGE = 2,
	EXIT_INTERNAL = 70,
	EXIT_LATER = 75,
	EXIT_CONFIG = 78
};

/* Copies text into msg; a longer one is cut between two characters, because
 * messages quote Japanese names and end up in JSON and in mails. */
static void
set_message(char msg[KPID_ERR_MAX], const char *text)
{
	size_t len = strlen(text);

	if (len < KPID_ERR_MAX) {
		memcpy(msg, text, len + 1);
		return;
	}
	len = KPID_ERR_MAX - sizeof(ELLIPSIS);
	while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
		len--;
	memcpy(msg, text, len);
	memcpy(msg + len, ELLIPSIS, sizeof(ELLIPSIS));
}

/* Does what ends at `end` close a sentence already? */
static bool
ends_sentence(const char *text, const char *end)
{
	static const char *const stops[] = { ".", "!", "?", "。", "．", "！",
		"？" };

	for (size_t i = 0; i < ARRAY_LEN(stops); i++) {
		size_t len = strlen(stops[i]);

		if ((size_t)(end - text) >= len
		    && memcmp(end - len, stops[i], len) == 0)
			return true;
	}
	return false;
}

/* A text that is quoted from elsewhere brings its own full stop. */
static void
drop_second_stop(char *text)
{
	char *stop = text;

	while ((stop = strstr(stop, HINT)) != NULL) {
		if (ends_sentence(text, stop))
			memmove(stop, stop + 1, strlen(stop + 1) + 1);
		stop++;
	}
}

PRINTF(4, 0)
static void
set_error(struct kpid_err *err, enum kpid_code code, bool retry,
    const char *fmt, va_list ap)
{
	/* One byte more than fits, so that set_message sees the cut; not in
	 * place, because an argument may be err->msg itself. */
	char text[KPID_ERR_MAX + 1] = "";

	(void)vsnprintf(text, sizeof(text), fmt, ap);
	drop_second_stop(text);
	err->code = code;
	err->retry = retry;
	set_message(err->msg, text);
}

bool
err_set(struct kpid_err *err, enum kpid_code code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	set_error(err, code, false, fmt, ap);
	va_end(ap);
	return false;
}

bool
err_set_retry(struct kpid_err *err, enum kpid_code code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	set_error(err, code, true, fmt, ap);
	va_end(ap);
	return false;
}

bool
err_wrap(struct kpid_err *err, const char *fmt, ...)
{
	char text[2 * KPID_ERR_MAX + sizeof(": ")] = "";
	va_list ap;
	size_t len;

	va_start(ap, fmt);
	(void)vsnprintf(text, KPID_ERR_MAX, fmt, ap);
	va_end(ap);
	len = strlen(text);
	(void)snprintf(text + len, sizeof(text) - len, ": %s", err->msg);
	set_message(err->msg, text);
	return false;
}

int
err_exit_code(const struct kpid_err *err)
{
	if (err->code == KPID_OK)
		return 0;
	if (err->retry)
		return EXIT_LATER;
	if (err->code == KPID_EUSAGE)
		return EXIT_USAGE;
	return err->code == KPID_ECONFIG ? EXIT_CONFIG : EXIT_FAILED;
}

void
fatal(const char *fmt, ...)
{
	va_list ap;

	(void)fputs("kpid: ", stderr);
	va_start(ap, fmt);
	(void)vfprintf(stderr, fmt, ap);
	va_end(ap);
	(void)fputc('\n', stderr);
	(void)fflush(stderr);
	/* No atexit handlers: what they would tidy is no longer trusted. */
	_exit(EXIT_INTERNAL);
}
