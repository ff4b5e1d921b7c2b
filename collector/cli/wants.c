/* What a collection of a feed fetches: addresses, or files of a folder. */
#include <stdio.h>
#include <string.h>

#include "gather.h"

#define DROPS_MAX 256 /* at once, each with a descriptor */

/* The files; a folder that cannot be read fails its own feed alone. */
static void
drops_of(struct cli *cli, const struct feed *feed, struct wants *out)
{
	const bool collects = strcmp(cli->command->name, "collect") == 0
	    && cli_option(cli, "dry-run") == NULL;
	const struct drop_wish wish = { .most = DROPS_MAX, .claim = collects };
	struct kpid_err *why = arena_alloc(&cli->mem, sizeof(*why));
	struct drop_files files = { .again = INT64_MAX };
	bool ok;

	*why = (struct kpid_err){ 0 };
	ok = drop_take(&cli->cfg, feed, &wish, &cli->mem, &files, why);
	if (files.more || files.again != INT64_MAX)
		fprintf(stderr,
		    "kpid: feed '%s': %s; the next run takes them\n",
		    feed->name,
		    files.more ? "there are more files"
			       : "there are files that came just now");
	if (ok && files.unread != NULL && files.n > 0)
		fprintf(stderr, "kpid: feed '%s': %s\n", feed->name,
		    files.unread);
	else if (ok && files.unread != NULL)
		ok = err_set(why, KPID_EFETCH, "%s", files.unread);
	out->n = files.n > 0 ? files.n : 1;
	out->list = arena_array(&cli->mem, out->n, sizeof(*out->list));
	out->list[0] = (struct want){
		.feed = feed, .nothing = true, .why = ok ? NULL : why
	};
	for (size_t i = 0; i < files.n; i++) {
		struct drop_file *file = &files.list[i];
		const bool claimed = file->fd >= 0;

		out->list[i] = (struct want){ .feed = feed,
			.look.url = file->url,
			.fd = claimed ? &file->fd : NULL,
			.drop = claimed ? file : NULL };
	}
}

bool
wants_of(struct cli *cli, const struct feed *feed, struct wants *out,
    struct kpid_err *err)
{
	struct looks looks;

	if (feed->drop.set) {
		drops_of(cli, feed, out);
		return true;
	}
	if (!feed_looks(feed, clock_read(&cli->clock), &cli->mem, &looks, err))
		return false;
	out->n = looks.n;
	out->list = arena_array(&cli->mem, looks.n, sizeof(*out->list));
	for (size_t i = 0; i < looks.n; i++)
		out->list[i] =
		    (struct want){ .feed = feed, .look = looks.list[i] };
	return true;
}
