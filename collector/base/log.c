#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "kpid/bytes.h"
#include "kpid/clock.h"
#include "kpid/log.h"

#define LINE_MAX_BYTES (2 * KPID_ERR_MAX)

static const struct {
	const char *name;
	int priority; /* of syslog(3) */
} levels[] = {
	[LOG_LEVEL_ERROR] = { "error", 3 },
	[LOG_LEVEL_WARN] = { "warn", 4 },
	[LOG_LEVEL_INFO] = { "info", 6 },
	[LOG_LEVEL_DEBUG] = { "debug", 7 },
};

/* The one thing about logging that every caller would pass unchanged; set
 * once, before anything else runs. */
static enum log_level threshold = LOG_LEVEL_INFO;

void
log_set_level(enum log_level level)
{
	threshold = level;
}

static size_t
line_head(char *line, enum log_level level, const char *subject)
{
	char at[INSTANT_TEXT_MAX];
	int len;

	if (getenv("JOURNAL_STREAM") != NULL) {
		len = snprintf(line, LINE_MAX_BYTES,
		    "<%d>%s %s: ", levels[level].priority, levels[level].name,
		    subject);
	} else {
		(void)instant_text(clock_now(), at);
		len = snprintf(line, LINE_MAX_BYTES, "%s %s %s: ", at,
		    levels[level].name, subject);
	}
	return (size_t)len < LINE_MAX_BYTES ? (size_t)len : LINE_MAX_BYTES - 1;
}

/* One write, so that lines of two processes do not mix. Control characters
 * become blanks: names and messages come from files of others. */
static void
line_write(char *line, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
			line[i] = ' ';
	}
	line[len] = '\n';
	/* A log that cannot be written has nobody to be told to. */
	if (write(STDERR_FILENO, line, len + 1) < 0)
		return;
}

PRINTF(3, 0)
static void
log_line(enum log_level level, const char *subject, const char *fmt, va_list ap)
{
	char line[LINE_MAX_BYTES + 1];
	size_t head;
	int len;

	if (level > threshold)
		return;
	head = line_head(line, level, subject);
	len = vsnprintf(line + head, LINE_MAX_BYTES - head, fmt, ap);
	if (len < 0)
		return;
	head += (size_t)len;
	line_write(line, head < LINE_MAX_BYTES ? head : LINE_MAX_BYTES - 1);
}

void
log_error(const char *subject, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_line(LOG_LEVEL_ERROR, subject, fmt, ap);
	va_end(ap);
}

void
log_warn(const char *subject, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_line(LOG_LEVEL_WARN, subject, fmt, ap);
	va_end(ap);
}

void
log_info(const char *subject, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_line(LOG_LEVEL_INFO, subject, fmt, ap);
	va_end(ap);
}

void
log_debug(const char *subject, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_line(LOG_LEVEL_DEBUG, subject, fmt, ap);
	va_end(ap);
}
