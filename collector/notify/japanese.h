/* The files of the Japanese letter, to each other. */
#ifndef KPID_NOTIFY_JAPANESE_H
#define KPID_NOTIFY_JAPANESE_H

#include "letter.h"

#define JA_LINES 14

extern const struct line_rule ja_lines[JA_LINES];

/* In words; in the letter's mem at most. */
const char *ja_status(const struct letter *letter, const struct fact_target *t);
/* 遅れ of off_track; an unknown code is given back. NULL for NULL. */
const char *ja_status_name(const char *code);
/* The actual value and its unit, in the letter's mem; NULL: none yet. */
const char *ja_amount(const struct letter *letter, const struct fact_target *t);
/* What was to be reached by now; NULL when nothing can be said. */
const char *ja_expectation(const struct letter *letter,
    const struct fact_target *t);

/* The letter about a held delivery. */
const char *ja_held_subject(const struct letter *letter);
const char *ja_held_lead(const struct letter *letter);
void ja_held(struct letter *letter);

#endif
