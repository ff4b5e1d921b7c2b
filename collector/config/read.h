/*
 * Reading one value by its key; between document_read and read_value.c.
 */
#ifndef CONFIG_READ_H
#define CONFIG_READ_H

#include "document.h"

/* One value of d and where it stands. */
struct place {
	const struct document *d;
	const json_t *json;
	const char *pointer;
};

/* A copy of the text at p, a path made absolute. */
const char *place_text(const struct place *p, const struct key *key);
/* Reads the object at p; out is the struct that keys fills. */
void read_object(const struct place *p, const struct keys *keys, void *out);
/* Makes *out what keys says of a struct of which nothing is said: defaults,
 * its own and those of objects that may be left out, and zeros. */
void read_defaults(const struct document *d, const struct keys *keys,
    void *out);
/* Reads a value of whatever kind; base is the struct that holds key->at. */
void read_value(const struct place *p, const struct key *key, void *base);

/* The same for kinds that hold others. */
void read_texts(const struct place *p, const struct key *key, void *base);
void read_pairs(const struct place *p, const struct key *key, void *base);
void read_list(const struct place *p, const struct key *key, void *base);
void read_one_or_list(const struct place *p, const struct key *key, void *base);
void read_members(const struct place *p, const struct key *key, void *base);

/* A text by the rules of key (not empty, pattern, words). */
MUST_CHECK bool text_check(const struct place *p, const struct key *key,
    const char *text);
/* A member's name by the rules of key; p is the member. */
MUST_CHECK bool name_check(const struct place *p, const struct key *key,
    const char *name);
/* Patterns and templates: what text says must be one; others are fine. */
MUST_CHECK bool form_check(const struct place *p, const struct key *key,
    const char *text);
/* The place of text in words; -1 and a problem when it is none of them. */
int word_place(const struct place *p, const struct key *key, const char *text);
/* A default, from its text in the table; base as for read_value. */
void fallback_set(const struct document *d, const struct key *key, void *base);

#endif
