/* A grid of the body: sampled, guessed, settled. */
#include "subject.h"

#include "check.h"
#include "kpid/limits.h"

void
subject_begin(const struct subject *s, enum feed_format format, struct guess *g)
{
	const char *name = s->in.member != NULL ? s->in.member : s->file;

	*g = (struct guess){ .mem = s->mem,
		.cfg = s->cfg,
		.format = format,
		.file = name,
		.url = s->url,
		.stem = file_stem(s->file, s->mem) };
	if (s->in.pattern != NULL) {
		json_set_text(&g->draft.member, "pattern", s->in.pattern);
		doubt(g, "whether the member '%s' of the archive is the one",
		    s->in.member);
	}
}

/* The grid as the contract's format gives it, in a sample. */
static bool
take_sample(const struct subject *s, const struct contract *c, struct guess *g,
    struct kpid_err *err)
{
	const struct feed feed = { .name = g->stem,
		.title = g->stem,
		.file = "the draft",
		.url = s->url,
		.max_bytes = LIMIT_BODY_BYTES,
		.contracts = c,
		.n_contracts = 1 };
	const struct body body = {
		.cfg = s->cfg, .feed = &feed, .fd = s->in.fd, .file = g->file
	};
	struct sampler *sampler =
	    sampler_new(c->format == FORMAT_CSV || c->format == FORMAT_XLSX,
		s->mem);
	const struct row_sink sink = sampler_sink(sampler);
	struct arena mem = { 0 };
	bool ok = body_grid(&body, c, &sink, &mem, err);

	arena_release(&mem);
	g->sample = sampler_end(sampler);
	return ok;
}

static void
finish(struct guess *g, struct inspection *out)
{
	measures_tell(g);
	doubt(g,
	    "when it is published: 'schedule' is left out, so that kpid "
	    "collects it only when told to");
	doubt(g, "who is told when it is late: owner@example.jp is written");
	*out = (struct inspection){ draft_write(&g->draft, g->mem), g->doubts,
		g->n_doubts };
}

bool
subject_try(const struct subject *s, const struct contract *c, struct guess *g,
    struct inspection *out, struct kpid_err *err)
{
	bool ok = take_sample(s, c, g, err) && table_guess(g, err)
	    && draft_settle(g, s->fd, err);

	if (ok)
		finish(g, out);
	draft_release(&g->draft);
	return ok;
}
