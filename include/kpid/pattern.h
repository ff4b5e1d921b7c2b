/*
 * Regular expressions of contracts: Perl's syntax, UTF-8 (PCRE2). \d takes ６
 * too, and \s the wide blank.
 *
 * A match that takes too many steps is an error, not a wait: patterns come
 * from a configuration, texts from anywhere.
 */
#ifndef KPID_PATTERN_H
#define KPID_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "kpid/arena.h"
#include "kpid/bytes.h"
#include "kpid/error.h"

#define PATTERN_GROUPS 16 /* with the whole match */

struct pattern;

/* Lives in mem, and takes of it while it matches, up to a limit. false: the
 * text is no pattern (KPID_ECONFIG, with the place in it), or has more groups
 * than are counted. */
MUST_CHECK bool pattern_new(const char *text, struct arena *mem,
    struct pattern **out, struct kpid_err *err);
/* Groups in parentheses, without the whole match. */
size_t pattern_groups(const struct pattern *p);

/*
 * Looks for p anywhere in text. *found: groups[0] is the whole match, group i
 * what the i-th parenthesis took (ptr NULL: it took no part); all borrowed
 * from text. false only when the match takes too many steps.
 */
MUST_CHECK bool pattern_find(struct pattern *p, struct slice text,
    struct slice groups[PATTERN_GROUPS], bool *found, struct kpid_err *err);

/* The first group (ptr NULL: it took no part), or all that was found when the
 * pattern has none. */
struct slice pattern_taken(const struct pattern *p,
    const struct slice groups[PATTERN_GROUPS]);

#endif
