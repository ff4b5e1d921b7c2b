/* The files of the English letter, to each other. */
#ifndef KPID_NOTIFY_ENGLISH_H
#define KPID_NOTIFY_ENGLISH_H

#include "letter.h"

#define EN_LINES 15

extern const struct line_rule en_lines[EN_LINES];

/* In words; lives for ever. */
const char *en_status(const struct letter *letter, const struct fact_target *t);
/* "off track" of off_track; an unknown code is given back. NULL for NULL. */
const char *en_status_name(const char *code);
/* The actual value and its unit, in the letter's mem; NULL: none yet. */
const char *en_amount(const struct letter *letter, const struct fact_target *t);
/* What was to be reached by now; NULL when nothing can be said. */
const char *en_expectation(const struct letter *letter,
    const struct fact_target *t);

/* A number with the target's unit; NULL for NULL. */
const char *en_quantity(const struct letter *letter,
    const struct fact_target *t, const char *number);
/* Where it will be at its due date; NULL where nobody can say. */
const char *en_forecast(const struct letter *letter,
    const struct fact_target *t);
/* What the plot shows, with its unit. */
const char *en_plot_caption(const struct letter *letter,
    const struct fact_target *t);
/* 2024-04 */
const char *en_plot_label(const struct fact_period *p);

/* The letter about a held delivery. */
const char *en_held_subject(const struct letter *letter);
const char *en_held_lead(const struct letter *letter);
void en_held(struct letter *letter);

#endif
