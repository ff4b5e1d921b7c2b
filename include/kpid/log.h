/*
 * The log: one line per event on standard error, "level subject: message".
 *
 * Library code does not log; jobs, commands and the daemon do, once for each
 * event. Under systemd (JOURNAL_STREAM set) lines carry the "<N>" priority
 * prefix and no time; on a terminal and in files they begin with the time.
 */
#ifndef KPID_LOG_H
#define KPID_LOG_H

#include "kpid/error.h"

enum log_level {
	LOG_LEVEL_ERROR,
	LOG_LEVEL_WARN,
	LOG_LEVEL_INFO,
	LOG_LEVEL_DEBUG
};

/* Lines above this level are not written. Default LOG_LEVEL_INFO. */
void log_set_level(enum log_level level);

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
