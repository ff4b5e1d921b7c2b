/* The rules of a text: not empty, of a form, one of some words. */
#include <string.h>

#include "kpid/pattern.h"
#include "read.h"
#include "suggest.h"
#include "template.h"

/* Names go into headers of mails, lines of logs and URLs. */
static bool
has_control(const char *text)
{
	for (; *text != '\0'; text++) {
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return true;
	}
	return false;
}

int
word_place(const struct place *p, const struct key *key, const char *text)
{
	struct suggestion s;
	const char *list = "";

	for (int i = 0; key->words[i] != NULL; i++)
		if (strcmp(key->words[i], text) == 0)
			return i;
	suggestion_begin(&s, text);
	for (int i = 0; key->words[i] != NULL; i++) {
		suggestion_offer(&s, key->words[i]);
		list = arena_printf(p->d->scratch, "%s%s'%s'", list,
		    i == 0 ? "" : ", ", key->words[i]);
	}
	if (s.best != NULL)
		document_problem(p->d, p->pointer,
		    "'%s' must be one of %s, "
		    "not '%s'. HINT: did you mean '%s'?",
		    key->name, list, text, s.best);
	else
		document_problem(p->d, p->pointer,
		    "'%s' must be one of %s, not '%s'", key->name, list, text);
	return -1;
}

/* Not empty and without control characters, as a person would type it. */
static bool
is_plain(const struct place *p, const struct key *key, const char *text)
{
	if (*text == '\0') {
		document_problem(p->d, p->pointer, "'%s' must not be empty",
		    key->name);
		return false;
	}
	if (has_control(text)) {
		document_problem(p->d, p->pointer,
		    "'%s' must not hold line breaks or control characters",
		    key->name);
		return false;
	}
	return true;
}

static bool
is_like(const struct place *p, const struct key *key, const char *pattern,
    const char *want, const char *text)
{
	if (pattern == NULL || form_matches(p->d->forms, pattern, text))
		return true;
	document_problem(p->d, p->pointer, "'%s' must be %s, not '%s'",
	    key->name, want, text);
	return false;
}

bool
text_check(const struct place *p, const struct key *key, const char *text)
{
	if (*text == '\0' && key->empty)
		return true;
	return is_plain(p, key, text)
	    && is_like(p, key, key->pattern, key->want, text)
	    && (key->words == NULL || word_place(p, key, text) >= 0);
}

bool
name_check(const struct place *p, const struct key *key, const char *name)
{
	if (key->names == NULL)
		return true;
	if (*name == '\0') {
		document_problem(p->d, p->pointer,
		    "'%s' must not hold an empty name", key->name);
		return false;
	}
	return is_plain(p, key, name)
	    && is_like(p, key, key->names, key->names_want, name);
}

bool
form_check(const struct place *p, const struct key *key, const char *text)
{
	CLEANUP(arena_release) struct arena scratch = { 0 };
	struct kpid_err err = { 0 };
	struct pattern *pattern;
	bool ok = true;

	if (key->kind == KEY_PATTERN)
		ok = pattern_new(text, &scratch, &pattern, &err);
	else if (key->kind == KEY_TEMPLATE)
		ok = template_check(text, &err);
	if (!ok)
		document_problem(p->d, p->pointer, "'%s': %s", key->name,
		    err.msg);
	return ok;
}
