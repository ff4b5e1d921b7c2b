/* What both ways of printing a preview need. */
#include <stdio.h>

#include "preview.h"

void
preview_copy(FILE *f)
{
	char chunk[4096];
	size_t n;

	rewind(f);
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		(void)fwrite(chunk, 1, n, stdout);
}

bool
preview_published(struct preview *p, const struct observation_sink *to,
    struct kpid_err *err)
{
	const struct published_rule *rule = &p->body->feed->published;
	struct kpid_err unread = { 0 };
	struct published said;

	/* A body that cannot be read is told when it is read. */
	if (!rule->set || rule->from == PUBLISHED_LAST_MODIFIED
	    || !body_published(p->body, NULL, &p->cli->mem, &said, &unread))
		return true;
	if (said.found) {
		(void)instant_text(said.at / 1000000 * 1000000, p->published);
		return true;
	}
	return to->finding(to->ctx,
	    &(struct finding){ .kind = "published", .text = said.why }, err);
}
