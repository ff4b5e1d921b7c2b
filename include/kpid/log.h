/*
 * The log: one line per event on standard error, "level subject: message".
 *
 * Library code does not log; jobs, commands and the daemon do, once for each
 * event. Under systemd (JOURNAL_STREAM set) lines carry the "<N>" priority
 * prefix and no time; on a terminal and in files they begin with the time. As
 * JSON, a line is an object with time, level, subject, message, and run.
 *
 * A run is one collection of one feed: its number stands in every line about
 * it, and is the name of its body on the spool.
 */
#ifndef KPID_LOG_H
#define KPID_LOG_H

#include <stdbool.h>

#include "kpid/civil.h"
#include "kpid/error.h"

enum log_level {
	LOG_LEVEL_ERROR,
	LOG_LEVEL_WARN,
	LOG_LEVEL_INFO,
	LOG_LEVEL_DEBUG
};

/* Lines above this level are not written. Default LOG_LEVEL_INFO. */
void log_set_level(enum log_level level);

/* "error", "warn", "info" or "debug". */
MUST_CHECK bool log_level_read(const char *text, enum log_level *out);
/* Lines as JSON objects from now on. */
void log_set_json(bool json);

struct log_event {
	enum log_level level;
	const char *subject, *run; /* run may be NULL */
	const char *message;
};

/* Errors and warnings that were told in the last ten minutes. */
#define LOG_REPEATS 32
struct log_repeats {
	struct log_repeat {
		enum log_level level;
		usec since, last; /* since 0: free */
		unsigned long count;
		char subject[128];
		char message[KPID_ERR_MAX];
	} list[LOG_REPEATS];
};

/* The same error or warning is told three times in ten minutes from now on,
 * and then how often; NULL: tells what was held back, and holds back no
 * more. */
void log_set_repeats(struct log_repeats *repeats);
/* Is it one that was told often enough? Then it is counted. */
bool log_repeats_hold(struct log_repeats *all, const struct log_event *e,
    usec now);
/* Tells and forgets those of ten minutes ago. */
void log_repeats_end(struct log_repeats *all, usec now);
/* Writes the line, whatever its level. */
void log_write(const struct log_event *e);

/* As the four below; run: which collection it is about, or NULL. */
PRINTF(4, 5)
void log_run(enum log_level level, const char *subject, const char *run,
    const char *fmt, ...);

/* subject: feed, job or part ("feed ueda-midterm"). Line breaks inside the
 * message are written as spaces, so that an event stays one line. */
PRINTF(2, 3) void log_error(const char *subject, const char *fmt, ...);
/* Somebody should look, and nothing is lost. */
PRINTF(2, 3) void log_warn(const char *subject, const char *fmt, ...);
/* What was done, one line per deed. */
PRINTF(2, 3) void log_info(const char *subject, const char *fmt, ...);
/* For developers; off unless asked for. */
PRINTF(2, 3) void log_debug(const char *subject, const char *fmt, ...);

#endif
