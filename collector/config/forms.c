#include "forms.h"

#include <regex.h>
#include <stdlib.h>

#include "kpid/arena.h"

struct form {
	const char *pattern;
	regex_t regex;
	struct form *next;
};

struct forms {
	struct form *first;
};

struct forms *
forms_new(void)
{
	struct forms *forms = calloc(1, sizeof(*forms));

	if (forms == NULL)
		fatal("out of memory");
	return forms;
}

void
forms_free(struct forms **forms)
{
	struct form *next;

	for (struct form *f = *forms == NULL ? NULL : (*forms)->first;
	     f != NULL; f = next) {
		next = f->next;
		regfree(&f->regex);
		free(f);
	}
	free(*forms);
	*forms = NULL;
}

static struct form *
compiled(const char *pattern)
{
	struct form *form = calloc(1, sizeof(*form));

	if (form == NULL)
		fatal("out of memory");
	form->pattern = pattern;
	if (regcomp(&form->regex, pattern, REG_EXTENDED | REG_NOSUB) != 0)
		fatal("pattern '%s' of the key table is none", pattern);
	return form;
}

bool
form_matches(struct forms *forms, const char *pattern, const char *text)
{
	struct form *form = forms->first;

	/* One text of the program, not two that are alike. */
	while (form != NULL && form->pattern != pattern)
		form = form->next;
	if (form == NULL) {
		form = compiled(pattern);
		form->next = forms->first;
		forms->first = form;
	}
	return regexec(&form->regex, text, 0, NULL, 0) == 0;
}
