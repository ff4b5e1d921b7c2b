/* Which envelope a body stands in, and one member out of it. */
#include "kpid/archive.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "archive_out.h"
#include "archive_pick.h"
#include "archive_zip.h"
#include "kpid/file.h"
#include "kpid/limits.h"
#include "xlsx_part.h"

#define PIECE_BYTES   (64 << 10)

#define OPEN_DOCUMENT "application/vnd.oasis.opendocument."

/* Members of a zip archive that hold no data; both are left by macOS and
 * Windows. */
static const char *const litter[] = { ".DS_Store", "Thumbs.db", "desktop.ini" };

static bool
read_head(int fd, char *to, size_t size, size_t *len, struct kpid_err *err)
{
	ssize_t n;

	do
		n = pread(fd, to, size, 0);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(err, KPID_ESPOOL, "could not read the body: %s",
		    strerror(errno));
	*len = (size_t)n;
	return true;
}

static bool
refuse_office(const char *what, struct kpid_err *err)
{
	return err_set(err, KPID_EPARSE,
	    "this is %s, not a table. HINT: save its table as an XLSX workbook "
	    "or as CSV",
	    what);
}

/* OpenDocument says what it is in a member called mimetype. */
static bool
refuse_open_document(zip_t *zip, struct kpid_err *err)
{
	static const size_t skip = sizeof(OPEN_DOCUMENT) - 1;
	CLEANUP(zip_member_close) struct zip_member m = { 0 };
	char type[128] = "";
	uint64_t index = 0;
	size_t len;

	if (!zip_find(zip, "mimetype", &index))
		return true;
	if (!zip_member_open(zip, index, "mimetype", LIMIT_WORKBOOK_BYTES, &m,
		err)
	    || !zip_member_read(&m, type, sizeof(type) - 1, &len, err))
		return false;
	if (strncmp(type, OPEN_DOCUMENT, skip) != 0)
		return true;
	return refuse_office(strncmp(type + skip, "spreadsheet", 11) == 0
		? "an OpenDocument workbook (.ods)"
		: "an OpenDocument text or drawing",
	    err);
}

/* By the part that its relations call the document. */
static bool
office_kind(zip_t *zip, enum envelope *out, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *part, *end;

	if (!xlsx_main_part(zip, &mem, &part, err))
		return false;
	if (part == NULL)
		return true;
	end = strrchr(part, '.');
	if (end != NULL && strcmp(end, ".bin") == 0)
		return refuse_office("a binary Excel workbook (.xlsb)", err);
	if (strncmp(part, "word/", 5) == 0)
		return refuse_office("a Word document (.docx)", err);
	if (strncmp(part, "ppt/", 4) == 0)
		return refuse_office("a PowerPoint presentation (.pptx)", err);
	*out = ENVELOPE_XLSX;
	return true;
}

static bool
zip_kind(int fd, enum envelope *out, struct kpid_err *err)
{
	CLEANUP(zip_release) zip_t *zip = NULL;
	enum envelope kind = ENVELOPE_ZIP;
	uint64_t index;

	if (!zip_begin(fd, &zip, err) || !refuse_open_document(zip, err))
		return false;
	if (zip_find(zip, "[Content_Types].xml", &index)
	    && !office_kind(zip, &kind, err))
		return false;
	*out = kind;
	return true;
}

bool
envelope_of(int fd, enum envelope *out, struct kpid_err *err)
{
	char head[4];
	size_t len = 0;

	if (!read_head(fd, head, sizeof(head), &len, err))
		return false;
	if (len >= 3 && memcmp(head, "\x1f\x8b\x08", 3) == 0) {
		*out = ENVELOPE_GZIP;
		return true;
	}
	if (len == 4
	    && (memcmp(head, "PK\x03\x04", 4) == 0
		|| memcmp(head, "PK\x05\x06", 4) == 0))
		return zip_kind(fd, out, err);
	*out = ENVELOPE_NONE;
	return true;
}

static bool
holds_data(const char *name)
{
	size_t len = strlen(name);

	if (len == 0 || name[len - 1] == '/' || name[len - 1] == '\\'
	    || strncmp(name, "__MACOSX/", 9) == 0)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(litter); i++)
		if (strcmp(path_base(name), litter[i]) == 0)
			return false;
	return true;
}

static struct names
members_of(zip_t *zip, struct arena *mem)
{
	struct names all = { 0 };

	all.list = zip_names(zip, mem, &all.n);
	all.shown = arena_array(mem, all.n, sizeof(*all.shown));
	for (size_t i = 0; i < all.n; i++)
		all.shown[i] = holds_data(all.list[i]);
	return all;
}

static bool
refuse_pick(const struct names *all, const struct pick *pick, size_t n,
    struct arena *mem, struct kpid_err *err)
{
	const char *listed = names_listed(all, mem);

	if (listed[0] == '\0')
		return err_set(err, KPID_EPARSE,
		    "the zip archive has no members");
	if (pick->name == NULL && pick->pattern == NULL)
		return err_set(err, KPID_ECONTRACT,
		    "the zip archive has several members: %s. HINT: "
		    "\"member\": {\"name\": ..} or {\"pattern\": ..} in the "
		    "contract says which",
		    listed);
	return err_set(err, KPID_ECONTRACT,
	    "%s member of the zip archive is like '%s'; there are: %s",
	    n == 0 ? "no" : "more than one",
	    pick->name != NULL ? pick->name : pick->pattern, listed);
}

/* A member may be named without its directories. */
static bool
pick_member(const struct names *all, const struct pick *pick, struct arena *mem,
    size_t *out, struct kpid_err *err)
{
	bool *taken = arena_array(mem, all->n, sizeof(*taken));
	struct names base = *all;
	size_t n = 0;

	if (pick->name == NULL && pick->pattern == NULL) {
		for (size_t i = 0; i < all->n; i++)
			n += taken[i] = all->shown[i];
	} else if (!names_pick(all, pick, mem, taken, &n, err)) {
		return false;
	}
	if (n == 0 && pick->name != NULL) {
		base.list = arena_array(mem, all->n, sizeof(*base.list));
		for (size_t i = 0; i < all->n; i++)
			base.list[i] = path_base(all->list[i]);
		if (!names_pick(&base, pick, mem, taken, &n, err))
			return false;
	}
	if (n != 1)
		return refuse_pick(all, pick, n, mem, err);
	for (*out = 0; !taken[*out];)
		++*out;
	return true;
}

static bool
copy_member(zip_t *zip, size_t index, const char *name, struct unpacked *u,
    struct kpid_err *err)
{
	CLEANUP(zip_member_close) struct zip_member m = { 0 };
	CLEANUP(arena_release) struct arena mem = { 0 };
	char *piece = arena_alloc(&mem, PIECE_BYTES);
	size_t len;

	/* The limit is the temporary file's. */
	if (!zip_member_open(zip, index, name, INT64_MAX, &m, err))
		return false;
	do {
		if (!zip_member_read(&m, piece, PIECE_BYTES, &len, err)
		    || !unpacked_put(u, piece, len, err))
			return false;
	} while (len > 0);
	return true;
}

static bool
zip_unpack(int fd, const struct pick *pick, struct unpacked *u,
    struct arena *mem, const char **name, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena work = { 0 };
	CLEANUP(zip_release) zip_t *zip = NULL;
	size_t index = 0;

	if (!zip_begin(fd, &zip, err))
		return false;
	const struct names all = members_of(zip, &work);

	if (!pick_member(&all, pick, &work, &index, err)
	    || !copy_member(zip, index, all.list[index], u, err))
		return false;
	*name = arena_strdup(mem, all.list[index]);
	return true;
}

bool
archive_unpack(int fd, const struct archive_job *job, struct arena *mem,
    int *out, const char **name, struct kpid_err *err)
{
	CLEANUP(unpacked_close) struct unpacked u = { .fd = -1 };
	const char *inside = NULL;

	if (job->kind != ENVELOPE_GZIP && job->kind != ENVELOPE_ZIP)
		return err_set(err, KPID_EINTERNAL,
		    "asked to unpack what is not packed");
	if (!unpacked_open(job->max, &u, err)
	    || !(job->kind == ENVELOPE_GZIP
		    ? gzip_unpack(fd, &u, err)
		    : zip_unpack(fd, job->pick, &u, mem, &inside, err)))
		return false;
	*out = u.fd;
	*name = inside;
	u.fd = -1;
	return true;
}
