/*
 * A letter in the database's own words: what is late, what is wrong with
 * kpid, digests and reminders. SQL says it in both languages; here one is
 * chosen.
 */
#ifndef KPID_NOTIFY_NOTICE_H
#define KPID_NOTIFY_NOTICE_H

#include "letter.h"

/* Sets subject, lead and blocks of the letter, in letter->mem. KPID_EMAIL:
 * the document has none. */
MUST_CHECK bool notice_read(struct letter *letter, const char *json,
    struct kpid_err *err);

#endif
