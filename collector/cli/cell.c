/* Where a value stands, read again out of the body that was kept. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cell.h"
#include "kpid/hand.h"
#include "kpid/json_text.h"
#include "kpid/load.h"
#include "kpid/table.h"
#include "kpid/work.h"

struct cited
cited_at(const struct db_rows *rows, size_t i)
{
	enum {
		DELIVERY,
		FEED,
		URL,
		CONTRACT,
		LINE,
		COL,
		INDICATOR,
		FREQUENCY,
		DIMS,
		PERIOD,
		ORG
	};

	return (struct cited){
		.delivery = (int)strtol(db_cell(rows, i, DELIVERY), NULL, 10),
		.feed = db_cell(rows, i, FEED),
		.url = db_cell(rows, i, URL),
		.contract = db_cell(rows, i, CONTRACT),
		.line = (uint32_t)strtoul(db_cell(rows, i, LINE), NULL, 10),
		.column = (uint32_t)strtoul(db_cell(rows, i, COL), NULL, 10),
		.value = { .indicator = db_cell(rows, i, INDICATOR),
		    .frequency = db_cell(rows, i, FREQUENCY),
		    .dims = db_cell(rows, i, DIMS),
		    .period = db_cell(rows, i, PERIOD),
		    .org = (int)strtol(db_cell(rows, i, ORG), NULL, 10) },
	};
}

/* PostgreSQL writes {"sex": "女"}, a series has {"sex":"女"}. */
static const char *
compact_dims(const char *text, struct arena *mem)
{
	json_t *doc = json_loads(text, 0, NULL);
	char *dumped = json_dumps(doc, JSON_COMPACT | JSON_SORT_KEYS);
	const char *copy = arena_strdup(mem, dumped != NULL ? dumped : text);

	free(dumped);
	json_decref(doc);
	return copy;
}

/* 1 is A, 27 is AA. */
static const char *
a1_name(const struct cell_found *at, struct arena *mem)
{
	char text[8];
	size_t i = sizeof(text) - 1;

	text[i] = '\0';
	for (uint32_t n = at->column; n > 0 && i > 0; n = (n - 1) / 26)
		text[--i] = (char)('A' + (n - 1) % 26);
	return arena_printf(mem, "%s%u", text + i, at->line % LINES_PER_SHEET);
}

static void
no_cell(struct cell_shown *out, const char *why, const char *note)
{
	out->why = why;
	out->note = note;
}

static void
read_body(struct cli *cli, const struct feed *feed, int fd,
    const struct cited *cited, struct cell_shown *out)
{
	const struct body body = {
		.cfg = &cli->cfg, .feed = feed, .fd = fd, .url = cited->url
	};
	struct cell_wanted wanted = cited->value;
	struct kpid_err err = { 0 };
	bool ok;

	out->contract_changed = !contract_same(feed, cited->contract);
	wanted.dims = compact_dims(wanted.dims, &cli->mem);
	ok = cited->line != 0
	    ? body_cell(&body, cited->line, cited->column, &cli->mem, &out->at,
		&err)
	    : body_value(&body, &wanted, &cli->mem, &out->at, &err);
	if (!ok)
		no_cell(out, "unreadable",
		    arena_printf(&cli->mem,
			"the feed's present contract cannot read the body: %s",
			err.msg));
	else if (out->at.raw == NULL)
		no_cell(out, "not_found",
		    "the feed's present contract finds no such cell");
	else if (out->at.sheet != NULL)
		out->a1 = a1_name(&out->at, &cli->mem);
}

static bool
is_empty(int fd)
{
	struct stat st = { 0 };

	return fstat(fd, &st) != 0 || st.st_size == 0;
}

bool
cell_read(struct cli *cli, struct db *db, const struct cited *cited,
    struct cell_shown *out, struct kpid_err *err)
{
	const struct feed *feed = NULL;
	struct kpid_err unreadable = { 0 };
	int fd;

	*out = (struct cell_shown){ .at = { .line = cited->line,
					.column = cited->column } };
	if (!body_fetch(db, cited->delivery, &cli->mem, &fd, err))
		return false;
	if (is_empty(fd))
		no_cell(out, "pruned", "the body is not kept any more");
	else if (!hand_or_feed(&cli->cfg, cited->feed, fd, &cli->mem, &feed,
		     &unreadable))
		no_cell(out, "unreadable",
		    arena_strdup(&cli->mem, unreadable.msg));
	else if (feed == NULL)
		no_cell(out, "feed_gone",
		    arena_printf(&cli->mem,
			"the feed '%s' is not configured any more: no "
			"contract says how to read its bodies",
			cited->feed));
	else
		read_body(cli, feed, fd, cited, out);
	(void)close(fd);
	return true;
}

static bool
put_text(struct buf *b, const char *key, const char *text)
{
	return json_put_key(b, key)
	    && (text == NULL ? buf_puts(b, "null")
			     : json_put_text(b, slice_of(text)));
}

/* 0 is not known. */
static bool
put_place(struct buf *b, const char *key, uint32_t n)
{
	return json_put_key(b, key)
	    && (n == 0 ? buf_puts(b, "null") : buf_printf(b, "%u", n));
}

bool
cell_put(const struct cell_shown *c, struct buf *b)
{
	return put_place(b, "line", c->at.line)
	    && put_place(b, "column", c->at.column)
	    && put_text(b, "raw", c->at.raw)
	    && put_text(b, "sheet", c->at.sheet) && put_text(b, "cell", c->a1)
	    && put_text(b, "member", c->at.member)
	    && json_put_key(b, "contract_changed")
	    && buf_puts(b, c->contract_changed ? "true" : "false")
	    && put_text(b, "why", c->why) && put_text(b, "note", c->note);
}
