/*
 * Errors: one caller-owned object, filled where the failure is seen and
 * wrapped on the way up by whoever knows more.
 *
 * Does not log and never allocates, so reporting an error cannot itself fail.
 *
 * Message style: lower case, no final stop, names in single quotes, "could
 * not X: reason"; when the operator can act, a second sentence "HINT: ...".
 * Configuration errors begin with file:line, data errors with line L column C.
 */
#ifndef KPID_ERROR_H
#define KPID_ERROR_H

#include <stdbool.h>
#include <stddef.h>

#define MUST_CHECK   __attribute__((warn_unused_result))
#define PRINTF(f, a) __attribute__((format(printf, f, a)))
#define CLEANUP(fn)  __attribute__((cleanup(fn)))
#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* What kind of thing failed; decides the exit code (kpid_exit_code). */
enum kpid_code {
	KPID_OK,
	KPID_EUSAGE,    /* the command line, or an unknown name */
	KPID_ECONFIG,   /* the configuration */
	KPID_EFETCH,    /* network, file, HTTP status */
	KPID_EREFUSED,  /* policy: address, size, scheme, path */
	KPID_EDECODE,   /* bytes that are not the encoding */
	KPID_EPARSE,    /* text that is not the format */
	KPID_ECONTRACT, /* a table that is not what the contract says */
	KPID_EDB,       /* PostgreSQL */
	KPID_ESPOOL,    /* local disk */
	KPID_EMAIL,     /* SMTP or maildir */
	KPID_EINTERNAL  /* a bug of ours, not fatal */
};

#define KPID_ERR_MAX 1024 /* bytes of a message, the NUL included */

struct kpid_err {
	enum kpid_code code;
	bool retry;             /* would the same call succeed later? */
	char msg[KPID_ERR_MAX]; /* "outer: inner" */
};

/*
 * Both return false always, so that a failing function is one line. A message
 * that does not fit is cut at a character boundary and ends in U+2026.
 * err_set clears retry: set it after, at the place that knows.
 */
PRINTF(3, 4)
bool err_set(struct kpid_err *err, enum kpid_code code, const char *fmt, ...);
/* Puts what the caller knows in front: "outer: inner". */
PRINTF(2, 3) bool err_wrap(struct kpid_err *err, const char *fmt, ...);

/* err_set, and the same call would succeed later. Returns false. */
PRINTF(3, 4)
bool err_set_retry(struct kpid_err *err, enum kpid_code code, const char *fmt,
    ...);

/* 0, 1, 2, 75 or 78: the exit code a command ends with for this error. */
int err_exit_code(const struct kpid_err *err);

/* Prints "kpid: message" to standard error and ends the process (code 70).
 * For what no caller can handle: out of memory, a violated invariant. */
PRINTF(1, 2) __attribute__((noreturn)) void fatal(const char *fmt, ...);

#endif
