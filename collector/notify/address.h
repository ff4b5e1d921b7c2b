/*
 * Mailboxes as people write them in a table or a configuration: "a@b" or
 * "Name <a@b>". Addresses are ASCII: no IDN, no SMTPUTF8, no quoted local
 * parts; groups and lists are refused.
 *
 * In: text.  Out: struct mailbox.
 */
#ifndef KPID_NOTIFY_ADDRESS_H
#define KPID_NOTIFY_ADDRESS_H

#include "kpid/arena.h"
#include "kpid/error.h"

struct mailbox {
	const char *name;    /* UTF-8 without quotes; "" for none */
	const char *address; /* local@domain */
};

/* *out lives in mem. Errors are KPID_EMAIL and quote the text. */
MUST_CHECK bool mailbox_parse(const char *text, struct arena *mem,
    struct mailbox *out, struct kpid_err *err);

#endif
