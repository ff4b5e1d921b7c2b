/* The files of the Japanese letter, to each other. */
#ifndef KPID_NOTIFY_JAPANESE_H
#define KPID_NOTIFY_JAPANESE_H

#include "letter.h"

#define JA_LINES 15

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

/* A number with the target's unit; NULL for NULL. */
const char *ja_quantity(const struct letter *letter,
    const struct fact_target *t, const char *number);
/* Where it will be at its due date; NULL where nobody can say. */
const char *ja_forecast(const struct letter *letter,
    const struct fact_target *t);
/* What the plot shows, with its unit. */
const char *ja_plot_caption(const struct letter *letter,
    const struct fact_target *t);
/* 令和6年4月, or 5月 of the same year. */
const char *ja_plot_label(const struct fact_period *p);

/* The letter about a held delivery. */
const char *ja_held_subject(const struct letter *letter);
const char *ja_held_lead(const struct letter *letter);
void ja_held(struct letter *letter);

#endif
