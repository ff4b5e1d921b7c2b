/* What was typed, as a CSV body and the contract that reads it. */
#include "kpid/hand.h"

#include <stddef.h>
#include <string.h>

#include "kpid/body.h"
#include "kpid/sha256.h"

#define DIM "dim:" /* before the name of a dimension, as a column */

/* The columns of a body, before those of its dimensions. */
static const struct {
	const char *name;
	size_t at;
} fields[] = {
	{ "indicator", offsetof(struct hand, indicator) },
	{ "organization", offsetof(struct hand, org) },
	{ "period", offsetof(struct hand, period) },
	{ "value", offsetof(struct hand, value) },
	{ "frequency", offsetof(struct hand, frequency) },
	{ "missing", offsetof(struct hand, missing) },
	{ "by", offsetof(struct hand, by) },
	{ "why", offsetof(struct hand, why) },
	{ "again", offsetof(struct hand, again) },
};

static const char *
field_text(const struct hand *h, size_t i)
{
	return *(const char *const *)(const void *)((const char *)h
	    + fields[i].at);
}

static bool
put_cell(struct buf *b, const char *prefix, const char *text, bool first)
{
	bool ok = buf_puts(b, first ? "\"" : ",\"") && buf_puts(b, prefix);

	for (const char *p = text; ok && *p != '\0'; p++)
		ok = (*p != '"' || buf_puts(b, "\"")) && buf_put(b, p, 1);
	return ok && buf_puts(b, "\"");
}

bool
hand_write(const struct hand *h, struct buf *out, struct kpid_err *err)
{
	bool ok = true;

	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		ok = ok && put_cell(out, "", fields[i].name, i == 0);
	for (size_t i = 0; i < h->n_dims; i++)
		ok = ok && put_cell(out, DIM, h->dims[i].from, false);
	ok = ok && buf_puts(out, "\n");
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		ok = ok && put_cell(out, "", field_text(h, i), i == 0);
	for (size_t i = 0; i < h->n_dims; i++)
		ok = ok && put_cell(out, "", h->dims[i].to, false);
	ok = ok && buf_puts(out, "\n");
	return ok ? true
		  : err_set(err, KPID_EUSAGE, "what was typed is over %d KB",
		      HAND_BYTES >> 10);
}

/* The two rows of a body on their way into a struct hand. */
struct reading {
	struct hand hand;
	struct arena *mem;
	struct pair dims[HAND_DIMS_MAX];
	const char *names[ARRAY_LEN(fields) + HAND_DIMS_MAX];
	size_t n; /* of names; 0: the header has not come */
};

static void
take_field(struct reading *r, const char *name, const char *text)
{
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (strcmp(fields[i].name, name) == 0)
			*(const char **)(void *)((char *)&r->hand
			    + fields[i].at) = text;
	if (strncmp(name, DIM, strlen(DIM)) == 0
	    && r->hand.n_dims < HAND_DIMS_MAX)
		r->dims[r->hand.n_dims++] =
		    (struct pair){ name + strlen(DIM), text };
}

static bool
take_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct reading *r = ctx;
	const bool header = r->n == 0;

	if (row->n > ARRAY_LEN(r->names) || (!header && row->n != r->n))
		return err_set(err, KPID_EPARSE, "a row of %zu cells", row->n);
	for (size_t i = 0; i < row->n; i++) {
		const char *text = slice_dup(row->cells[i].text, r->mem);

		if (header)
			r->names[r->n++] = text;
		else
			take_field(r, r->names[i], text);
	}
	return true;
}

bool
hand_read(int fd, struct arena *mem, struct hand *out, struct kpid_err *err)
{
	static const struct contract csv = { .format = FORMAT_CSV,
		.encoding = "utf-8",
		.delimiter = ',',
		.quote = '"' };
	static const struct feed feed = { .name = HAND_FEED,
		.file = HAND_FEED };
	const struct body body = { .feed = &feed, .fd = fd };
	struct reading r = { .mem = mem };
	const struct row_sink rows = {
		.ctx = &r, .row = take_row, .bad = bad_skip
	};

	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		take_field(&r, fields[i].name, "");
	if (!body_grid(&body, &csv, &rows, mem, err))
		return err_wrap(err, "not a body of kpid put");
	if (*r.hand.indicator == '\0')
		return err_set(err, KPID_EPARSE, "not a body of kpid put");
	struct pair *dims = arena_array(mem, r.hand.n_dims, sizeof(*dims));

	memcpy(dims, r.dims, r.hand.n_dims * sizeof(*dims));
	r.hand.dims = dims;
	*out = r.hand;
	return true;
}

static void
add_dimensions(const struct hand *h, struct contract *c, struct arena *mem)
{
	struct dimension *dims = arena_array(mem, h->n_dims, sizeof(*dims));

	for (size_t i = 0; i < h->n_dims; i++) {
		dims[i].name = h->dims[i].from;
		dims[i].source.column =
		    arena_printf(mem, DIM "%s", h->dims[i].from);
	}
	c->dims = dims;
	c->n_dims = h->n_dims;
}

static void
add_missing(const struct hand *h, struct contract *c, struct arena *mem)
{
	struct pair *missing = arena_alloc(mem, sizeof(*missing));

	if (*h->missing == '\0')
		return;
	*missing = (struct pair){ h->value, h->missing };
	c->missing = missing;
	c->n_missing = 1;
}

/* Whatever makes another reading of the same bytes. */
static void
hash_contract(const struct contract *c, uint8_t out[SHA256_LEN])
{
	static const char version[] = HAND_FEED " 1";
	struct sha256 s;

	sha256_init(&s);
	sha256_update(&s, version, sizeof(version));
	sha256_update(&s, c->frequency, strlen(c->frequency) + 1);
	for (size_t i = 0; i < c->n_dims; i++)
		sha256_update(&s, c->dims[i].name, strlen(c->dims[i].name) + 1);
	for (size_t i = 0; i < c->n_missing; i++)
		sha256_update(&s, c->missing[i].to,
		    strlen(c->missing[i].to) + 1);
	sha256_final(&s, out);
}

const struct feed *
hand_feed(const struct hand *h, struct arena *mem)
{
	static const struct contract_value value = { .column = "value" };
	struct contract *c = arena_alloc(mem, sizeof(*c));
	struct feed *feed = arena_alloc(mem, sizeof(*feed));
	struct hand *typed = arena_alloc(mem, sizeof(*typed));

	*typed = *h;
	*c = (struct contract){ .format = FORMAT_CSV,
		.encoding = "utf-8",
		.delimiter = ',',
		.quote = '"',
		.header = { .rows = 1, .join = "/" },
		.period = { .column = "period" },
		.frequency = *h->frequency != '\0' ? h->frequency : "D",
		.organization = { .column = "organization" },
		.indicator = { .column = "indicator" },
		.values = &value,
		.n_values = 1,
		.other_columns = true };
	add_dimensions(h, c, mem);
	add_missing(h, c, mem);
	*feed = (struct feed){ .name = HAND_FEED,
		.title = "手入力",
		.file = HAND_FEED,
		.url = HAND_FEED ":",
		.contracts = c,
		.n_contracts = 1,
		.typed = typed };
	hash_contract(c, feed->contract_hash);
	return feed;
}

bool
hand_or_feed(const struct config *cfg, const char *name, int fd,
    struct arena *mem, const struct feed **out, struct kpid_err *err)
{
	struct hand typed;

	*out = config_feed(cfg, name);
	if (*out != NULL || strcmp(name, HAND_FEED) != 0)
		return true;
	if (!hand_read(fd, mem, &typed, err))
		return false;
	*out = hand_feed(&typed, mem);
	return true;
}
