/* One line that is written over. */
#include <stdio.h>
#include <unistd.h>

#include "bar.h"

#define BAR_WIDTH 24
/* Shorter bodies are read before anybody looks. */
#define BAR_BYTES (4 << 20)

void
bar_show(const char *what, uint64_t done, uint64_t total)
{
	const uint64_t part = total == 0 ? 100 : done * 100 / total;
	const int full = (int)(part * BAR_WIDTH / 100);

	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r\033[K%s [%.*s%*s] %d %%", what, full,
		    "########################", BAR_WIDTH - full, "",
		    (int)part);
}

void
bar_clear(void)
{
	if (isatty(STDERR_FILENO))
		fputs("\r\033[K", stderr);
}

/* What is read whole is merged next, which has no middle. */
static void
tell(void *ctx, const char *feed, uint64_t done, uint64_t total)
{
	(void)ctx;
	if (total < BAR_BYTES)
		return;
	bar_show(feed, done, total);
	if (done == total && isatty(STDERR_FILENO))
		fprintf(stderr, "\r\033[K%s: storing", feed);
}

const struct progress bar_progress = { tell, NULL };
