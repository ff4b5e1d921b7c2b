/*
 * A workbook of any parts gives rows in order, with columns that count up.
 * Bytes that begin with PK or gzip's mark are read as they are; others are the
 * parts of a workbook, cut at bytes 0xff, which no UTF-8 has: sheet, shared
 * strings, styles, the workbook itself.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zip.h>

#include "kpid/archive.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = { "xl/s.xml", "xl/t.xml", "xl/y.xml",
	"xl/workbook.xml" };
static const char relations[] =
    "<r><Relationship Id=\"1\" Type=\"worksheet\" Target=\"s.xml\"/>"
    "<Relationship Id=\"2\" Type=\"sharedStrings\" Target=\"t.xml\"/>"
    "<Relationship Id=\"3\" Type=\"styles\" Target=\"y.xml\"/></r>";
static const char book[] =
    "<b><sheets><sheet name=\"a\" id=\"1\"/></sheets></b>";

static bool
check_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	uint32_t *line = ctx;
	bool ok = row->n > 0 && row->line > *line
	    && row->cells[row->n - 1].text.len > 0;

	*line = row->line;
	for (size_t i = 0; i < row->n; i++)
		ok = ok && row->cells[i].column == i + 1
		    && row->cells[i].line == row->line;
	return ok ? true : (abort(), err != NULL);
}

static void
read_body(int fd)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct pick any = { .pattern = "" };
	uint32_t line = 0;
	const struct row_sink sink = { .ctx = &line, .row = check_row };
	enum envelope kind = ENVELOPE_NONE;
	struct kpid_err err;
	const char *name;
	int in;

	if (envelope_of(fd, &kind, &err)
	    && (kind == ENVELOPE_GZIP || kind == ENVELOPE_ZIP)
	    && archive_unpack(fd, &(struct archive_job){ kind, &any, 1 << 20 },
		&mem, &in, &name, &err))
		(void)close(in);
	(void)!xlsx_read(fd, &any, &sink, &mem, &err);
}

static void
add(zip_t *zip, const char *name, const void *p, size_t len)
{
	zip_source_t *text = zip_source_buffer(zip, p, len, 0);
	zip_int64_t at = zip_file_add(zip, name, text, 0);

	if (at < 0
	    || zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0)
		!= 0)
		abort();
}

static void
write_book(const uint8_t *data, size_t size, int fd)
{
	zip_source_t *to = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = zip_open_from_source(to, ZIP_TRUNCATE, NULL);
	const uint8_t *end = data + size;
	char bytes[4096];
	zip_int64_t n;
	size_t parts = 0;

	zip_source_keep(to);
	for (; parts < 4 && data < end; parts++) {
		const uint8_t *cut = memchr(data, 0xff, (size_t)(end - data));
		const uint8_t *stop = cut != NULL ? cut : end;

		add(zip, names[parts], data, (size_t)(stop - data));
		data = stop + (cut != NULL);
	}
	if (parts < 4)
		add(zip, names[3], book, sizeof(book) - 1);
	add(zip, "xl/_rels/workbook.xml.rels", relations,
	    sizeof(relations) - 1);
	if (zip_close(zip) != 0 || zip_source_open(to) != 0)
		abort();
	while ((n = zip_source_read(to, bytes, sizeof(bytes))) > 0)
		if (write(fd, bytes, (size_t)n) != n)
			abort();
	(void)zip_source_close(to);
	zip_source_free(to);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd < 0)
		abort();
	if (size >= 2 && (memcmp(data, "PK", 2) == 0 || data[0] == 0x1f)) {
		if (write(fd, data, size) != (ssize_t)size)
			abort();
	} else {
		write_book(data, size, fd);
	}
	read_body(fd);
	(void)close(fd);
	return 0;
}
