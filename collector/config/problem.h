/*
 * The list of what is wrong; private to config.
 */
#ifndef CONFIG_PROBLEM_H
#define CONFIG_PROBLEM_H

#include "kpid/config.h"

/* By file and line, from the from-th on, as a person mends them. */
void problems_sort(struct problems *all, size_t from);

#endif
