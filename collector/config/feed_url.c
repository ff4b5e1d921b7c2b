#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/file.h"
#include "load.h"

static void
free_text(char **text)
{
	free(*text);
}

/*
 * Where path leads once symbolic links are followed. What does not exist yet
 * is taken as it is written: a file may come later, its directory may be
 * mounted later.
 */
static const char *
real_path(const char *path, struct arena *mem)
{
	CLEANUP(free_text) char *real = realpath(path, NULL);

	if (real != NULL)
		return arena_strdup(mem, real);
	if (strcmp(path, "/") == 0)
		return path;
	return path_join(real_path(path_dir(path, mem), mem), path_base(path),
	    mem);
}

static bool
below_a_root(const char *path, const struct config *cfg, struct arena *mem)
{
	const char *real = real_path(path, mem);

	for (size_t i = 0; i < cfg->n_file_roots; i++) {
		if (path_below(real, real_path(cfg->file_roots[i], mem)))
			return true;
	}
	return false;
}

void
feed_url_check(const struct document *d, const struct config *cfg,
    struct feed *f)
{
	const char *path;

	if (f->url == NULL || strncmp(f->url, "file:", 5) != 0)
		return;
	path = f->url + 5;
	if (strncmp(path, "//", 2) == 0 && path[2] != '/') {
		document_problem(d, "/url",
		    "'%s' names a host. HINT: write "
		    "file: and the path",
		    f->url);
		return;
	}
	path = path_join(d->dir, path, d->scratch);
	if (!below_a_root(path, cfg, d->scratch)) {
		document_problem(d, "/url",
		    "'%s' is outside the directories "
		    "that feeds may read. HINT: name its directory in "
		    "'file_roots'",
		    path);
		return;
	}
	f->url = arena_printf(d->mem, "file://%s", path);
}
