/* What comes of a draft when it is taken at its word. */
#include "check.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kpid/inspect.h"

struct reading {
	struct verdict *v;
	struct arena *mem;
};

static bool
count_observation(void *ctx, const struct observation *o, struct kpid_err *err)
{
	struct reading *r = ctx;

	(void)err;
	r->v->observations++;
	if (o->series->ordinal >= r->v->series)
		r->v->series = (uint64_t)o->series->ordinal + 1;
	return true;
}

static void
count_told(struct told *list, size_t *n, const struct told *one,
    struct arena *mem)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp(list[i].text, one->text) == 0) {
			list[i].n++;
			return;
		}
	if (*n == REASONS)
		return;
	list[*n] = *one;
	list[*n].text = arena_strdup(mem, one->text);
	list[*n].raw = one->raw;
	list[(*n)++].n = 1;
}

static bool
count_reject(void *ctx, const struct reject *reject, struct kpid_err *err)
{
	static const char same_key[] = "the file says different things";
	struct reading *r = ctx;
	struct told one = { .text = reject->reason,
		.line = reject->line,
		.column = reject->column };

	(void)err;
	if (strncmp(reject->reason, same_key, sizeof(same_key) - 1) == 0) {
		r->v->contradicting++;
		return true;
	}
	r->v->rejects++;
	if (r->v->n_reasons < REASONS)
		one.raw =
		    slice_dup((struct slice){ reject->raw.ptr,
				  reject->raw.len < 80 ? reject->raw.len : 80 },
			r->mem);
	count_told(r->v->reasons, &r->v->n_reasons, &one, r->mem);
	return true;
}

static bool
count_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	struct reading *r = ctx;

	(void)err;
	count_told(r->v->findings, &r->v->n_findings,
	    &(struct told){
		.text = f->text, .line = f->line, .column = f->column },
	    r->mem);
	return true;
}

/* The draft as a file that the configuration's own reader takes. */
static bool
load_draft(const struct guess *g, const char *path, struct config *with,
    struct feed *feed, struct kpid_err *err)
{
	static const char *const anywhere[] = { "/" };
	struct problems all = { .mem = g->mem };
	struct config base = *g->cfg;

	base.file_roots = anywhere;
	base.n_file_roots = 1;
	if (config_load_feed(path, &base, g->mem, with, feed, &all))
		return true;
	return err_set(err, KPID_EINTERNAL, "the draft is no feed: line %d: %s",
	    all.n > 0 ? all.list[0].line : 0,
	    all.n > 0 ? all.list[0].text : "");
}

static bool
write_draft(int fd, const char *json, struct kpid_err *err)
{
	size_t len = strlen(json), done = 0;

	while (done < len) {
		ssize_t n = write(fd, json + done, len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_set(err, KPID_ESPOOL,
			    "could not write the draft: %s", strerror(errno));
		done += (size_t)n;
	}
	return true;
}

static bool
read_body(const struct guess *g, const struct config *with,
    const struct feed *feed, int fd, struct reading *r, struct kpid_err *err)
{
	const struct body body = {
		.cfg = with, .feed = feed, .fd = fd, .file = g->file
	};
	const struct observation_sink count = { r, count_observation,
		count_reject, count_finding };
	struct arena mem = { 0 };
	struct repeats *repeats = repeats_find(&body, &mem);
	const struct observation_sink sink = repeats_sink(repeats, &count);
	uint64_t read;
	bool ok = body_read(&body, &sink, &mem, &read, err);

	r->v->unchecked = repeats_unchecked(repeats);
	repeats_free(repeats);
	arena_release(&mem);
	return ok;
}

bool
draft_check(const struct guess *g, int fd, struct verdict *out,
    struct kpid_err *err)
{
	struct verdict v = { 0 };
	struct reading r = { &v, g->mem };
	struct config with;
	struct feed feed = { 0 };
	int draft = memfd_create("draft", MFD_CLOEXEC);
	const char *path;
	bool ok;

	if (draft < 0)
		return err_set(err, KPID_ESPOOL,
		    "could not make a temporary file: %s", strerror(errno));
	path = arena_printf(g->mem, "/proc/self/fd/%d", draft);
	ok = write_draft(draft, draft_write(&g->draft, g->mem), err)
	    && load_draft(g, path, &with, &feed, err)
	    && read_body(g, &with, &feed, fd, &r, err);
	(void)close(draft);
	if (ok)
		*out = v;
	return ok;
}
