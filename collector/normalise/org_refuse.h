/*
 * Why a name is no organization, in words, with what may be meant. Texts live
 * in mem.
 */
#ifndef NORMALISE_ORG_REFUSE_H
#define NORMALISE_ORG_REFUSE_H

#include "kpid/arena.h"

/* The name is there n times: in n spellings of the list, from first on. */
const char *org_why_several(const char *key, size_t first, size_t n,
    struct arena *mem);
/* A ward of 東京都 whose name others have that the list does not know. */
const char *org_why_shared_ward(const char *key, size_t first,
    struct arena *mem);
/* The name is not in the list: a ward of a city, or something near. */
const char *org_why_unknown(const char *key, struct arena *mem,
    struct arena *scratch);

#endif
