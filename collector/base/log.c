#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

/* What every caller would pass unchanged; set once, before anything else
 * runs. */
static struct {
	enum log_level threshold;
	bool json;
	struct log_repeats *repeats; /* or NULL */
} settings = { .threshold = LOG_LEVEL_INFO };

void
log_set_level(enum log_level level)
{
	settings.threshold = level;
}

void
log_set_json(bool json)
{
	settings.json = json;
}

void
log_set_repeats(struct log_repeats *repeats)
{
	if (repeats == NULL && settings.repeats != NULL)
		log_repeats_end(settings.repeats, INT64_MAX);
	settings.repeats = repeats;
}

bool
log_level_read(const char *text, enum log_level *out)
{
	for (size_t i = 0; i < ARRAY_LEN(levels); i++)
		if (strcmp(levels[i].name, text) == 0) {
			*out = (enum log_level)i;
			return true;
		}
	return false;
}

/* Control characters become blanks: names and messages come from files of
 * others. */
static void
blank(char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			*text = ' ';
}

/* At most room bytes with the NUL; of a text that is cut, no half escape. */
static size_t
put_quoted(char *out, size_t room, const char *key, const char *text)
{
	int n =
	    snprintf(out, room, "%s\"%s\":\"", *key == 't' ? "{" : ",", key);
	size_t len = n > 0 ? (size_t)n : 0;

	for (; *text != '\0' && len + 8 < room; text++) {
		if (*text == '"' || *text == '\\')
			out[len++] = '\\';
		out[len++] = *text;
	}
	out[len++] = '"';
	out[len] = '\0';
	return len;
}

static size_t
line_json(char *line, const struct log_event *e)
{
	char at[INSTANT_TEXT_MAX];
	size_t len;

	(void)instant_text(clock_now(), at);
	len = put_quoted(line, LINE_MAX_BYTES, "time", at);
	len += put_quoted(line + len, LINE_MAX_BYTES - len, "level",
	    levels[e->level].name);
	len +=
	    put_quoted(line + len, LINE_MAX_BYTES - len, "subject", e->subject);
	if (e->run != NULL)
		len +=
		    put_quoted(line + len, LINE_MAX_BYTES - len, "run", e->run);
	len +=
	    put_quoted(line + len, LINE_MAX_BYTES - len, "message", e->message);
	line[len++] = '}';
	return len;
}

/* The variable names the journal's stream as DEVICE:INODE: standard error may
 * have been sent elsewhere since. */
static bool
to_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	char ours[64];
	struct stat st;

	if (stream == NULL || fstat(STDERR_FILENO, &st) != 0)
		return false;
	(void)snprintf(ours, sizeof(ours), "%llu:%llu",
	    (unsigned long long)st.st_dev, (unsigned long long)st.st_ino);
	return strcmp(stream, ours) == 0;
}

static size_t
line_text(char *line, const struct log_event *e, bool journal)
{
	char at[INSTANT_TEXT_MAX];
	int len;

	(void)instant_text(clock_now(), at);
	len = snprintf(line, LINE_MAX_BYTES, "%s%s%s %s: %s%s%s",
	    journal ? "" : at, journal ? "" : " ", levels[e->level].name,
	    e->subject, e->message, e->run != NULL ? " run=" : "",
	    e->run != NULL ? e->run : "");
	return (size_t)len < LINE_MAX_BYTES ? (size_t)len : LINE_MAX_BYTES - 1;
}

/* One write, so that lines of two processes do not mix. */
void
log_write(const struct log_event *e)
{
	char whole[8 + LINE_MAX_BYTES + 1], *line = whole;
	const bool journal = to_journal();
	size_t len;

	if (journal)
		line += snprintf(whole, 8, "<%d>", levels[e->level].priority);
	len = settings.json ? line_json(line, e) : line_text(line, e, journal);

	line[len] = '\0';
	blank(line);
	line[len] = '\n';
	/* A log that cannot be written has nobody to be told to. */
	len += (size_t)(line - whole) + 1;
	if (write(STDERR_FILENO, whole, len) < 0)
		return;
}

PRINTF(4, 0)
static void
log_line(enum log_level level, const char *subject, const char *run,
    const char *fmt, va_list ap)
{
	char message[LINE_MAX_BYTES];
	struct log_event e = { level, subject, run, message };

	if (level > settings.threshold
	    || vsnprintf(message, sizeof(message), fmt, ap) < 0)
		return;
	if (settings.repeats != NULL && level <= LOG_LEVEL_WARN
	    && log_repeats_hold(settings.repeats, &e, clock_now()))
		return;
	log_write(&e);
}

void
log_run(enum log_level level, const char *subject, const char *run,
    const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_line(level, subject, run, fmt, ap);
	va_end(ap);
}

void
log_error(const char *subject, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_line(LOG_LEVEL_ERROR, subject, NULL, fmt, ap);
	va_end(ap);
}

void
log_warn(const char *subject, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_line(LOG_LEVEL_WARN, subject, NULL, fmt, ap);
	va_end(ap);
}

void
log_info(const char *subject, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_line(LOG_LEVEL_INFO, subject, NULL, fmt, ap);
	va_end(ap);
}

void
log_debug(const char *subject, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_line(LOG_LEVEL_DEBUG, subject, NULL, fmt, ap);
	va_end(ap);
}
