/* rooms: base decode parse */
/* Bodies in gzip and zip envelopes. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "../support/xlsx_make.h"

/* One gzip member behind what is in out; returns the new length. */
static size_t
gzip_put(const char *text, char *out, size_t at, size_t cap)
{
	z_stream z = { 0 };

	cr_assert(deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8,
		      Z_DEFAULT_STRATEGY)
	    == Z_OK);
	z.next_in = (Bytef *)(uintptr_t)text;
	z.avail_in = (uInt)strlen(text);
	z.next_out = (Bytef *)out + at;
	z.avail_out = (uInt)(cap - at);
	cr_assert(deflate(&z, Z_FINISH) == Z_STREAM_END);
	(void)deflateEnd(&z);
	return cap - z.avail_out;
}

/* What comes out as text; "error: .." when nothing does. */
static const char *
unpack(int fd, enum envelope kind, const struct pick *pick, long long max,
    struct arena *mem)
{
	const struct pick none = { 0 };
	struct kpid_err err = { 0 };
	const char *name = NULL;
	char *text = arena_alloc(mem, 1 << 20);
	ssize_t n;
	int in;

	if (!archive_unpack(fd,
		&(struct archive_job){ kind, pick != NULL ? pick : &none, max },
		mem, &in, &name, &err))
		return arena_printf(mem, "error %d %s", (int)err.code, err.msg);
	n = pread(in, text, (1 << 20) - 1, 0);
	cr_assert(n >= 0);
	text[n] = '\0';
	(void)close(in);
	return name == NULL ? text : arena_printf(mem, "%s: %s", name, text);
}

Test(archive, envelopes_are_known_by_their_bytes)
{
	static const struct {
		const char *bytes;
		size_t len;
		enum envelope want;
	} table[] = {
		{ "", 0, ENVELOPE_NONE },
		{ "PK", 2, ENVELOPE_NONE },
		{ "PK,1\n", 5, ENVELOPE_NONE },
		{ "a,b\n1,2\n", 8, ENVELOPE_NONE },
		{ "\x1f\x8b\x08\0", 4, ENVELOPE_GZIP },
		{ "\x1f\x8b\x07\0", 4, ENVELOPE_NONE },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		int fd = bytes_fd(table[i].bytes, table[i].len);
		struct kpid_err err = { 0 };
		enum envelope got;

		cr_expect(envelope_of(fd, &got, &err) && got == table[i].want,
		    "row %zu: %s", i, err.msg);
		(void)close(fd);
	}
}

#define TYPE_OF(dir) "application/vnd.oasis.opendocument." dir
#define OFFICE(target)                                                         \
	{ .name = "[Content_Types].xml", .text = "<Types/>" },                 \
	{                                                                      \
		.name = "_rels/.rels",                                         \
		.text = "<r><Relationship Id=\"1\" Type=\"x/officeDocument\" " \
			"Target=\"" target "\"/></r>"                          \
	}

Test(archive, zip_archives_are_known_by_their_members)
{
	static const struct {
		const char *why;
		struct part parts[3];
		size_t n;
		const char *want;
	} table[] = {
		{ "a table", { { .name = "a.csv", .text = "1" } }, 1, "2" },
		{ "a workbook", { OFFICE("xl/workbook.xml") }, 2, "3" },
		{ "one elsewhere", { OFFICE("/workbook.xml") }, 2, "3" },
		{ "types of something else",
		    { { .name = "[Content_Types].xml", .text = "<Types/>" } },
		    1, "2" },
		{ "Word", { OFFICE("word/document.xml") }, 2,
		    "error 6 this is a Word document (.docx), not a table. "
		    "HINT: save its table as an XLSX workbook or as CSV" },
		{ "PowerPoint", { OFFICE("ppt/presentation.xml") }, 2,
		    "a PowerPoint presentation (.pptx)" },
		{ "binary", { OFFICE("xl/workbook.bin") }, 2,
		    "a binary Excel workbook (.xlsb)" },
		{ "OpenDocument",
		    { { .name = "mimetype", .text = TYPE_OF("spreadsheet") } },
		    1, "an OpenDocument workbook (.ods), not a table" },
		{ "its texts",
		    { { .name = "mimetype", .text = TYPE_OF("text") } }, 1,
		    "an OpenDocument text or drawing" },
		{ "another mimetype",
		    { { .name = "mimetype", .text = "application/x" } }, 1,
		    "2" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		int fd = zip_make(table[i].parts, table[i].n);
		struct kpid_err err = { 0 };
		enum envelope kind = ENVELOPE_NONE;
		char got[KPID_ERR_MAX + 32];

		if (envelope_of(fd, &kind, &err))
			(void)snprintf(got, sizeof(got), "%d", (int)kind);
		else
			(void)snprintf(got, sizeof(got), "error %d %s",
			    (int)err.code, err.msg);
		cr_expect(strstr(got, table[i].want) != NULL,
		    "row %zu (%s): got %s", i, table[i].why, got);
		(void)close(fd);
	}
}

Test(archive, gzip_is_unpacked_whole_or_not)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	char bytes[8192] = "";
	const size_t one = gzip_put("団体,値\n", bytes, 0, sizeof(bytes));
	const size_t two = gzip_put("1,2\n", bytes, one, sizeof(bytes));
	const struct {
		const char *why;
		size_t len;  /* of bytes, zeros behind them */
		size_t flip; /* this byte is changed; 0: none */
		const char *want;
	} table[] = {
		{ "one member", one, 0, "団体,値\n" },
		{ "two, one behind the other", two, 0, "団体,値\n1,2\n" },
		{ "filled up with zeros", sizeof(bytes), 0, "団体,値\n1,2\n" },
		{ "its trailer cut", one - 1, 0, "it ends too early" },
		{ "cut in the middle", one - 12, 0, "it ends too early" },
		{ "nothing but a head", 10, 0, "it ends too early" },
		{ "the second cut", two - 1, 0, "it ends too early" },
		{ "a wrong sum", one, one - 6, "incorrect data check" },
		{ "a wrong length", one, one - 2, "incorrect length check" },
		{ "the second damaged", two, one, "incorrect header check" },
		{ "something behind the zeros", sizeof(bytes),
		    sizeof(bytes) - 1, "something follows its end" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		char copy[sizeof(bytes)];
		const char *got;
		int fd;

		memcpy(copy, bytes, sizeof(bytes));
		if (table[i].flip > 0)
			copy[table[i].flip] ^= 0x55;
		fd = bytes_fd(copy, table[i].len);
		got = unpack(fd, ENVELOPE_GZIP, NULL, 1000, &mem);
		cr_expect(strstr(got, table[i].want) != NULL
			&& (strncmp(got, "error 6 the gzip file is damaged", 32)
			       == 0)
			    == (strchr(table[i].want, ',') == NULL),
		    "row %zu (%s): got %s", i, table[i].why, got);
		(void)close(fd);
	}
}

Test(archive, every_cut_of_a_gzip_file_is_noticed)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	char bytes[256];
	const size_t len = gzip_put("a,b\n1,2\n", bytes, 0, sizeof(bytes));

	for (size_t cut = 3; cut < len; cut++) {
		int fd = bytes_fd(bytes, cut);
		const char *got = unpack(fd, ENVELOPE_GZIP, NULL, 1000, &mem);

		cr_expect(strncmp(got, "error 6 ", 8) == 0, "%zu bytes: %s",
		    cut, got);
		(void)close(fd);
	}
}

/* 年.csv as Windows writes it, and macOS: NFD would be another text again. */
#define CP932_NAME "\x94\x4e.csv"

static const struct part one[] = {
	{ .name = "data/" CP932_NAME, .text = "1" },
	{ .name = "__MACOSX/data/._a.csv", .text = "x" },
	{ .name = "data/.DS_Store", .text = "x" },
};
static const struct part many[] = {
	{ .name = CP932_NAME, .text = "1" },
	{ .name = "b/データ.csv", .text = "2" },
	{ .name = "b/メモ.txt", .text = "3" },
	{ .name = "c/メモ.txt", .text = "4" },
	{ .name = "\xff\x01", .text = "5" },
};
static const struct part locked[] = {
	{ .name = "a.csv", .text = "1", .password = "x" },
};
static const struct {
	const char *why;
	const struct part *parts;
	size_t n;
	struct pick pick;
	const char *want;
} picks[] = {
	{ "the only one, litter aside", one, 3, { 0 }, "data/年.csv: 1" },
	{ "by its whole name", one, 3, { .name = "data/年.csv" },
	    "data/年.csv: 1" },
	{ "by its name alone", one, 3, { .name = "年.csv" }, "data/年.csv: 1" },
	{ "in other letters", many, 5, { .name = "b/ﾃﾞｰﾀ.csv" },
	    "b/データ.csv: 2" },
	{ "by pattern", many, 5, { .pattern = "^b/.*csv$" },
	    "b/データ.csv: 2" },
	{ "a pattern of several", many, 5, { .pattern = "csv$" },
	    "error 7 more than one member of the zip archive is like "
	    "'csv$'; there are: '年.csv', 'b/データ.csv', "
	    "'b/メモ.txt', 'c/メモ.txt', '\\xff\\x01'" },
	{ "a name of several", many, 5, { .name = "メモ.txt" },
	    "error 7 more than one member" },
	{ "none", many, 5, { .name = "x" },
	    "error 7 no member of the zip archive is like 'x'" },
	{ "nothing picked", many, 5, { 0 },
	    "error 7 the zip archive has several members: '年.csv', " },
	{ "bytes that are no name", many, 5, { .pattern = "x01" },
	    "\\xff\\x01: 5" },
	{ "under a password", locked, 1, { 0 },
	    "error 4 'a.csv' of the zip archive is locked by a "
	    "password. HINT: " },
};

Test(archive, members_are_picked)
{
	CLEANUP(arena_release) struct arena mem = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(picks); i++) {
		int fd = zip_make(picks[i].parts, picks[i].n);
		const char *got =
		    unpack(fd, ENVELOPE_ZIP, &picks[i].pick, 1000, &mem);

		cr_expect(strncmp(got, picks[i].want, strlen(picks[i].want))
			== 0,
		    "row %zu (%s): got %s", i, picks[i].why, got);
		(void)close(fd);
	}
}

Test(archive, damaged_zip_archives_are_refused)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct part part = { .name = "a.csv",
		.text = "stored as it is: too short to pack" };
	size_t len;
	char *bytes = zip_bytes(&part, 1, &len);
	char *text = memmem(bytes, len, "a.csv", 5);
	const char *got;
	int fd;

	cr_assert(text != NULL);
	text[8] ^= 0x55;
	fd = bytes_fd(bytes, len);
	got = unpack(fd, ENVELOPE_ZIP, NULL, 1000, &mem);
	cr_expect(strstr(got,
		      "error 6 could not unpack 'a.csv' of the zip "
		      "archive: ")
		!= NULL,
	    "a changed byte: got %s", got);
	(void)close(fd);
	for (size_t cut = 4; cut < len; cut += 7) {
		struct kpid_err err = { 0 };
		enum envelope kind;

		fd = bytes_fd(bytes, cut);
		cr_expect(!envelope_of(fd, &kind, &err)
			&& strstr(err.msg, "fetch the file again") != NULL,
		    "%zu bytes: got %s", cut, err.msg);
		(void)close(fd);
	}
	free(bytes);
	fd = bytes_fd("PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22);
	got = unpack(fd, ENVELOPE_ZIP, NULL, 1000, &mem);
	cr_expect_str_eq(got, "error 6 the zip archive has no members");
	(void)close(fd);
}

/* A million zeros to a thousand bytes: what counts is what comes out. */
Test(archive, bombs_end_at_the_limit)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	static char zeros[1000001];
	char bytes[4096];
	const struct part part = { .name = "a.csv", .text = zeros };
	const char *got;
	size_t len;
	int fd;

	memset(zeros, '0', sizeof(zeros) - 1);
	len = gzip_put(zeros, bytes, 0, sizeof(bytes));
	fd = bytes_fd(bytes, len);
	got = unpack(fd, ENVELOPE_GZIP, NULL, 999999, &mem);
	cr_expect_str_eq(got,
	    "error 4 the body unpacks to more than the limit of 999999 bytes. "
	    "HINT: \"max_bytes\" of the feed raises it");
	got = unpack(fd, ENVELOPE_GZIP, NULL, 1000000, &mem);
	cr_expect(strlen(got) == 1000000);
	(void)close(fd);
	fd = zip_make(&part, 1);
	got = unpack(fd, ENVELOPE_ZIP, NULL, 999999, &mem);
	cr_expect(strncmp(got, "error 4 the body unpacks to more", 32) == 0,
	    "got %s", got);
	got = unpack(fd, ENVELOPE_ZIP, NULL, 1000000, &mem);
	cr_expect(strlen(got) == 1000000 + strlen("a.csv: "));
	(void)close(fd);
}

Test(archive, a_directory_that_is_not_there_is_named)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct part part = { .name = "a.csv", .text = "1" };
	int fd = zip_make(&part, 1);
	const char *got;

	cr_assert(setenv("TMPDIR", "/nonexistent", 1) == 0);
	got = unpack(fd, ENVELOPE_ZIP, NULL, 1000, &mem);
	cr_expect(strncmp(got,
		      "error 9 could not make a temporary file in "
		      "'/nonexistent': ",
		      59)
		== 0,
	    "got %s", got);
	(void)close(fd);
}
