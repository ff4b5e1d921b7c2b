/* Trays are read in blocks, and handed to libpq in blocks. */
#include <stdlib.h>
#include <string.h>

#include "row.h"
#include "stage.h"

#define BLOCK (256 << 10)

/* Bytes on their way to libpq. */
struct outgoing {
	struct db *db;
	unsigned char *block;
	size_t len, full;
};

static void
block_free(unsigned char **block)
{
	free(*block);
}

/* Of a small delivery as large as that is: a block costs the system's time. */
static size_t
block_size(uint64_t from, uint64_t to)
{
	return to - from < BLOCK ? (size_t)(to - from) : BLOCK;
}

static unsigned char *
block_new(size_t size)
{
	unsigned char *block = malloc(size + ROW_MAX);

	if (block == NULL)
		fatal("out of memory");
	return block;
}

static bool
flush(struct outgoing *o, struct kpid_err *err)
{
	const size_t len = o->len;

	o->len = 0;
	return len == 0 || db_copy_put(o->db, o->block, len, err);
}

/* The whole rows in a block; *used: their bytes. */
static bool
send_block(struct outgoing *o, struct slice block, const struct sender *sender,
    uint64_t *nth, size_t *used, struct kpid_err *err)
{
	const unsigned char *rows = (const unsigned char *)block.ptr;
	size_t at = 0;

	while (at + ROW_HEAD <= block.len
	    && at + row_length(rows + at) <= block.len) {
		o->len += sender->form(sender->ctx, rows + at, (*nth)++,
		    o->block + o->len);
		at += row_length(rows + at);
		if (o->len >= o->full && !flush(o, err))
			return false;
	}
	*used = at;
	return true;
}

bool
stage_rows(struct db *db, const struct intake *in, const struct taken *t,
    const struct sender *sender, struct kpid_err *err)
{
	const size_t size = block_size(t->rows_from, t->rows_to);
	CLEANUP(block_free) unsigned char *rows = block_new(size);
	CLEANUP(block_free) unsigned char *out = block_new(size);
	struct outgoing o = { .db = db, .block = out, .full = size };
	uint64_t nth = 0, at = t->rows_from;

	while (at < t->rows_to) {
		const uint64_t left = t->rows_to - at;
		size_t got, used;

		if (!tray_get(&in->rows, at, rows,
			left < BLOCK ? (size_t)left : BLOCK, &got, err)
		    || !send_block(&o,
			(struct slice){ (const char *)rows, got }, sender, &nth,
			&used, err))
			return false;
		at += used;
	}
	return flush(&o, err);
}

bool
stage_rejects(struct db *db, const struct intake *in, const struct taken *t,
    struct kpid_err *err)
{
	uint64_t at = t->rejects_from;

	if (at == t->rejects_to)
		return true;
	CLEANUP(block_free)
	unsigned char *block =
	    block_new(block_size(t->rejects_from, t->rejects_to));

	while (at < t->rejects_to) {
		const uint64_t left = t->rejects_to - at;
		size_t got;

		if (!tray_get(&in->rejects, at, block,
			left < BLOCK ? (size_t)left : BLOCK, &got, err)
		    || !db_copy_put(db, block, got, err))
			return false;
		at += got;
	}
	return true;
}

static size_t
form_staged(const void *ctx, const unsigned char *row, uint64_t nth,
    unsigned char *out)
{
	const struct taken *t = ctx;

	(void)nth;
	return row_staged(row, t->delivery, out);
}

struct sender
stage_all(const struct taken *t)
{
	return (struct sender){ form_staged, t };
}

static bool
put_field(struct buf *b, const void *p, size_t len)
{
	unsigned char head[4];

	return buf_put(b, head, int32_put((int32_t)len, head))
	    && buf_put(b, p, len);
}

static bool
put_int(struct buf *b, int32_t value)
{
	unsigned char bytes[4];

	return put_field(b, bytes, int32_put(value, bytes));
}

static bool
put_text(struct buf *b, const char *text)
{
	return put_field(b, text, strlen(text));
}

static bool
put_jsonb(struct buf *b, const char *text)
{
	const size_t len = strlen(text);
	unsigned char head[5];

	(void)int32_put((int32_t)len + 1, head);
	head[4] = 1; /* jsonb's wire version */
	return buf_put(b, head, 5) && buf_put(b, text, len);
}

static bool
put_digest(struct buf *b, const struct digest *d)
{
	unsigned char bytes[DIGEST_BYTES];

	if (d == NULL)
		return buf_put(b, bytes, int32_put(-1, bytes));
	digest_bytes(*d, bytes);
	return put_field(b, bytes, sizeof(bytes));
}

bool
stage_name(struct buf *b, int delivery, const struct series_key *key,
    const struct digest *digest)
{
	unsigned char head[2];

	return buf_put(b, head, int16_put(8, head)) && put_int(b, delivery)
	    && put_int(b, (int32_t)key->ordinal) && put_int(b, key->org)
	    && put_text(b, key->indicator) && put_text(b, key->frequency)
	    && put_text(b, key->span) && put_jsonb(b, key->dims)
	    && put_digest(b, digest);
}

/* A series as a row. */
typedef bool put_fn(struct buf *b, const struct taken *t,
    const struct taken_series *s);

static bool
put_name(struct buf *b, const struct taken *t, const struct taken_series *s)
{
	return stage_name(b, t->delivery, s->key, NULL);
}

static bool
put_name_and_digest(struct buf *b, const struct taken *t,
    const struct taken_series *s)
{
	return stage_name(b, t->delivery, s->key, &s->sum);
}

static bool
put_said(struct buf *b, const struct taken *t, const struct taken_series *s)
{
	unsigned char head[2];

	(void)t;
	return buf_put(b, head, int16_put(2, head))
	    && put_int(b, (int32_t)s->key->ordinal) && put_digest(b, &s->sum);
}

/* The series something is said of. */
static bool
send_series(struct db *db, const struct taken *t, put_fn *put,
    struct kpid_err *err)
{
	CLEANUP(buf_release) struct buf b;
	bool ok = true;

	buf_init(&b, BLOCK + 2 * LIMIT_ROW_BYTES);
	for (size_t i = 0; ok && i < t->n_series; i++) {
		if (t->series[i].key == NULL)
			continue;
		if (!put(&b, t, &t->series[i]))
			return err_set(err, KPID_EDB, "a name over its limit");
		if (b.len < BLOCK)
			continue;
		ok = db_copy_put(db, b.ptr, b.len, err);
		buf_clear(&b);
	}
	return ok && (b.len == 0 || db_copy_put(db, b.ptr, b.len, err));
}

bool
stage_series(struct db *db, const struct taken *t, bool digests,
    struct kpid_err *err)
{
	return send_series(db, t, digests ? put_name_and_digest : put_name,
	    err);
}

bool
stage_digests(struct db *db, const struct taken *t, struct kpid_err *err)
{
	return send_series(db, t, put_said, err);
}
