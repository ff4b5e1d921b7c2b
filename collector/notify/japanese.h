/* The two files of the Japanese letter, to each other. */
#ifndef KPID_NOTIFY_JAPANESE_H
#define KPID_NOTIFY_JAPANESE_H

#include "letter.h"

#define JA_LINES	14

extern const struct line_rule ja_lines[JA_LINES];

const char *ja_status(const struct letter *letter,
    const struct fact_target *t);
/* 遅れ of off_track; an unknown code is given back. NULL for NULL. */
const char *ja_status_name(const char *code);
const char *ja_amount(const struct letter *letter,
    const struct fact_target *t);
const char *ja_expectation(const struct letter *letter,
    const struct fact_target *t);

#endif
