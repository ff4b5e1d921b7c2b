/*
 * Zip archives and workbooks for tests, made of texts.
 *
 *	int fd = book_make(&(struct book){ .sheet = "<row><c>...</c></row>" });
 */
#ifndef TEST_SUPPORT_XLSX_MAKE_H
#define TEST_SUPPORT_XLSX_MAKE_H

#include <criterion/criterion.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zip.h>

#include "kpid/archive.h"
#include "rows.h"

struct part {
	const char *name, *text;
	size_t len;           /* 0: of text */
	const char *password; /* or NULL */
};

/* An unnamed file of these bytes; closed by the caller. */
static inline int
bytes_fd(const void *p, size_t len)
{
	int fd = memfd_create("test", MFD_CLOEXEC);

	cr_assert(fd >= 0 && write(fd, p, len) == (ssize_t)len);
	return fd;
}

static inline struct part
part_of(const char *name, const char *text)
{
	return (struct part){ .name = name, .text = text };
}

/* The bytes of an archive; freed by the caller. Names go in as they are;
 * only those that are UTF-8 have the flag that says so. */
static inline char *
zip_bytes(const struct part *parts, size_t n, size_t *len)
{
	zip_source_t *to = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = zip_open_from_source(to, ZIP_TRUNCATE, NULL);
	zip_stat_t st;
	char *bytes;

	cr_assert(zip != NULL);
	zip_source_keep(to);
	for (size_t i = 0; i < n; i++) {
		const struct part *p = &parts[i];
		zip_source_t *text = zip_source_buffer(zip, p->text,
		    p->len > 0 ? p->len : strlen(p->text), 0);
		zip_int64_t at = zip_file_add(zip, p->name, text, 0);

		cr_assert(at >= 0, "%s", zip_strerror(zip));
		(void)zip_set_file_compression(zip, (zip_uint64_t)at,
		    ZIP_CM_DEFLATE, 1);
		if (p->password != NULL)
			cr_assert(zip_file_set_encryption(zip, (zip_uint64_t)at,
				      ZIP_EM_TRAD_PKWARE, p->password)
			    == 0);
	}
	cr_assert(zip_close(zip) == 0 && zip_source_open(to) == 0
	    && zip_source_stat(to, &st) == 0);
	bytes = malloc(st.size);
	cr_assert(bytes != NULL
	    && zip_source_read(to, bytes, st.size) == (zip_int64_t)st.size);
	(void)zip_source_close(to);
	zip_source_free(to);
	*len = st.size;
	return bytes;
}

static inline int
zip_make(const struct part *parts, size_t n)
{
	size_t len;
	char *bytes = zip_bytes(parts, n, &len);
	int fd = bytes_fd(bytes, len);

	free(bytes);
	return fd;
}

/* A workbook; NULL: the part is not there, or has its usual text. */
struct book {
	const char *sheet;   /* what stands in <sheetData> */
	const char *behind;  /* what follows it: <mergeCells> */
	const char *strings; /* <si> elements */
	const char *styles;  /* what stands in <styleSheet> */
	const char *before;  /* sheets: <workbookPr/> */
	/* Further sheets, names and <sheetData>; .. */
	const char *names[4], *sheets[4];
	const char *states[4]; /* .. and whether they are seen */
	const char *whole;     /* the first sheet's XML, all of it */
};

#define BOOK_XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define BOOK_NS                                                     \
	" xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/" \
	"2006/main\""
#define BOOK_RELATIONS \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/* The sheet's own element; name of the first: 推移. */
static inline const char *
book_sheet(const struct book *b, size_t i, struct arena *mem)
{
	const char *data = i == 0 ? b->sheet : b->sheets[i - 1];

	if (i == 0 && b->whole != NULL)
		return b->whole;
	return arena_printf(mem,
	    BOOK_XML "<worksheet" BOOK_NS "><sheetData>%s</sheetData>%s"
		     "</worksheet>",
	    data != NULL ? data : "",
	    i == 0 && b->behind != NULL ? b->behind : "");
}

static inline size_t
book_parts(const struct book *b, struct arena *mem, struct part parts[12])
{
	const char *list = "", *relations = "";
	size_t sheets = 1, n = 0;

	while (sheets < 5 && b->names[sheets - 1] != NULL)
		sheets++;
	for (size_t i = 0; i < sheets; i++) {
		const char *state = i > 0 ? b->states[i - 1] : NULL;

		list = arena_printf(mem,
		    "%s<sheet name=\"%s\" sheetId=\"%zu\" state=\"%s\" "
		    "r:id=\"s%zu\"/>",
		    list, i == 0 ? "推移" : b->names[i - 1], i + 1,
		    state != NULL ? state : "visible", i);
		relations = arena_printf(mem,
		    "%s<Relationship Id=\"s%zu\" Type=\"" BOOK_RELATIONS
		    "/worksheet\" Target=\"worksheets/s%zu.xml\"/>",
		    relations, i, i);
		parts[n++] =
		    part_of(arena_printf(mem, "xl/worksheets/s%zu.xml", i),
			book_sheet(b, i, mem));
	}
	parts[n++] = part_of("[Content_Types].xml", "<Types/>");
	parts[n++] = part_of("_rels/.rels",
	    "<Relationships><Relationship Id=\"r1\" Type=\"" BOOK_RELATIONS
	    "/officeDocument\" Target=\"xl/workbook.xml\"/>"
	    "</Relationships>");
	parts[n++] = part_of("xl/workbook.xml",
	    arena_printf(mem,
		BOOK_XML "<workbook" BOOK_NS " xmlns:r=\"" BOOK_RELATIONS
			 "\">%s<sheets>%s</sheets></workbook>",
		b->before != NULL ? b->before : "", list));
	parts[n++] = part_of("xl/_rels/workbook.xml.rels",
	    arena_printf(mem,
		"<Relationships>%s<Relationship Id=\"t\" "
		"Type=\"" BOOK_RELATIONS "/sharedStrings\" "
		"Target=\"/xl/sharedStrings.xml\"/><Relationship Id=\"y\" "
		"Type=\"" BOOK_RELATIONS "/styles\" "
		"Target=\"styles.xml\"/></Relationships>",
		relations));
	if (b->strings != NULL)
		parts[n++] = part_of("xl/sharedStrings.xml",
		    arena_printf(mem, "<sst" BOOK_NS ">%s</sst>", b->strings));
	if (b->styles != NULL)
		parts[n++] = part_of("xl/styles.xml",
		    arena_printf(mem,
			"<styleSheet" BOOK_NS ">%s"
			"</styleSheet>",
			b->styles));
	return n;
}

static inline int
book_make(const struct book *b)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct part parts[12];

	return zip_make(parts, book_parts(b, &mem, parts));
}

/* Rows as seen_row writes them, and a line for each sheet: "sheet 推移"; cells
 * that a merged one covers are written in ^..^, raw texts behind as {..}. */
static inline bool
book_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct seen *s = ctx;
	bool ok = buf_printf(&s->text, "%u: ", row->line);

	for (size_t i = 0; i < row->n; i++) {
		const struct cell *c = &row->cells[i];
		const char *mark = c->kind == CELL_MERGED ? "^" : "";

		cr_expect(c->column == i + 1 && c->line == row->line);
		ok &= buf_printf(&s->text, "%s%s", i > 0 ? "|" : "", mark);
		seen_put(s, c->text);
		ok &= buf_puts(&s->text, mark);
		if (c->raw.ptr != NULL)
			ok &= buf_printf(&s->text, "{%.*s}",
			    slice_width(c->raw), c->raw.ptr);
	}
	cr_assert(ok && buf_puts(&s->text, "\n"));
	if (s->stop_after > 0 && ++s->rows == s->stop_after)
		return err_set(err, KPID_EDB, "enough");
	return true;
}

static inline bool
book_begins(void *ctx, struct slice name, struct kpid_err *err)
{
	struct seen *s = ctx;

	(void)err;
	return buf_printf(&s->text, "sheet " SLICE_FMT "\n", slice_width(name),
	    name.ptr);
}

/* What a workbook gives, its error as the last line. */
static inline void
book_read(int fd, const struct pick *pick, struct seen *s)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct row_sink sink = {
		.ctx = s, .row = book_row, .sheet = book_begins
	};
	const struct pick none = { 0 };
	struct kpid_err err = { 0 };

	if (!xlsx_read(fd, pick != NULL ? pick : &none, &sink, &mem, &err))
		cr_assert(buf_printf(&s->text, "error %d %s\n", (int)err.code,
		    err.msg));
	(void)close(fd);
}

#endif
