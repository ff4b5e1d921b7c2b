/* libzip behind kpid's own types: errors with names, sizes that are counted. */
#include "archive_zip.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "kpid/bytes.h"
#include "kpid/decode.h"
#include "kpid/limits.h"

#define NAME_BYTES 65535 /* a zip archive has 16 bits for it */

static bool
refuse_open(int code, struct kpid_err *err)
{
	zip_error_t why;

	zip_error_init_with_code(&why, code);
	(void)err_set(err, KPID_EPARSE,
	    "the zip archive could not be opened: %s. HINT: a download that "
	    "ended too early looks like this; fetch the file again",
	    zip_error_strerror(&why));
	zip_error_fini(&why);
	return false;
}

bool
zip_begin(int fd, zip_t **out, struct kpid_err *err)
{
	int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	int code = 0;
	zip_t *zip;

	if (own < 0)
		return err_set(err, KPID_ESPOOL,
		    "could not read the zip archive: %s", strerror(errno));
	zip = zip_fdopen(own, 0, &code);
	if (zip == NULL) {
		(void)close(own);
		return refuse_open(code, err);
	}
	if (zip_get_num_entries(zip, 0) > LIMIT_ARCHIVE_MEMBERS) {
		zip_discard(zip);
		return err_set(err, KPID_EREFUSED,
		    "the zip archive has more than %d members",
		    LIMIT_ARCHIVE_MEMBERS);
	}
	*out = zip;
	return true;
}

void
zip_release(zip_t **zip)
{
	if (*zip != NULL)
		zip_discard(*zip);
	*zip = NULL;
}

bool
zip_find(zip_t *zip, const char *name, uint64_t *index)
{
	zip_int64_t at = zip_name_locate(zip, name, 0);

	if (at < 0)
		at = zip_name_locate(zip, name, ZIP_FL_NOCASE);
	if (at < 0)
		return false;
	*index = (uint64_t)at;
	return true;
}

static bool
take_text(void *ctx, struct slice text, struct kpid_err *err)
{
	(void)err;
	return buf_put(ctx, text.ptr, text.len);
}

static bool
decode_name(enum encoding e, struct slice raw, struct buf *to)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct text_sink sink = { to, take_text };
	struct kpid_err why;

	buf_clear(to);
	return decoder_push(decoder_new(e, &mem), raw, true, &sink, &why);
}

static bool
escape_name(struct slice raw, struct buf *to)
{
	bool ok = true;

	buf_clear(to);
	for (size_t i = 0; ok && i < raw.len; i++) {
		unsigned char c = (unsigned char)raw.ptr[i];

		ok = c >= ' ' && c < 0x7f ? buf_put(to, raw.ptr + i, 1)
					  : buf_printf(to, "\\x%02x", c);
	}
	return ok;
}

static bool
is_ascii(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] >= 0x80)
			return false;
	return true;
}

/* UTF-8 comes first whatever the archive's flag says: macOS does not set it. */
static const char *
name_text(const char *name, struct buf *work, struct arena *mem)
{
	const struct slice raw = slice_of(name);

	if (is_ascii(raw))
		return arena_strndup(mem, raw.ptr, raw.len);
	if (!decode_name(ENCODING_UTF8, raw, work)
	    && !decode_name(ENCODING_CP932, raw, work)
	    && !escape_name(raw, work))
		fatal("a name of a zip archive is longer than its format "
		      "allows");
	return arena_strndup(mem, work->ptr, work->len);
}

const char **
zip_names(zip_t *zip, struct arena *mem, size_t *n)
{
	CLEANUP(buf_release) struct buf work;
	zip_int64_t entries = zip_get_num_entries(zip, 0);
	size_t count = entries > 0 ? (size_t)entries : 0;
	const char **names = arena_array(mem, count, sizeof(*names));

	buf_init(&work, 4 * NAME_BYTES);
	for (size_t i = 0; i < count; i++) {
		const char *raw = zip_get_name(zip, i, ZIP_FL_ENC_RAW);

		names[i] = name_text(raw != NULL ? raw : "", &work, mem);
	}
	*n = count;
	return names;
}

static bool
refuse_member(const char *name, const char *why, struct kpid_err *err)
{
	return err_set(err, KPID_EPARSE,
	    "could not unpack '%s' of the zip archive: %s", name, why);
}

bool
zip_member_open(zip_t *zip, uint64_t index, const char *name, long long max,
    struct zip_member *out, struct kpid_err *err)
{
	zip_stat_t st;
	zip_file_t *file;

	zip_stat_init(&st);
	if (zip_stat_index(zip, index, 0, &st) != 0)
		return refuse_member(name, zip_strerror(zip), err);
	if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0
	    && st.encryption_method != ZIP_EM_NONE)
		return err_set(err, KPID_EREFUSED,
		    "'%s' of the zip archive is locked by a password. HINT: "
		    "unpack it by hand, or ask the publisher for an open file",
		    name);
	file = zip_fopen_index(zip, index, 0);
	if (file == NULL)
		return refuse_member(name, zip_strerror(zip), err);
	*out = (struct zip_member){ file, name, max, 0 };
	return true;
}

void
zip_member_close(struct zip_member *m)
{
	if (m->file != NULL)
		(void)zip_fclose(m->file);
	m->file = NULL;
}

bool
zip_member_read(struct zip_member *m, void *to, size_t size, size_t *len,
    struct kpid_err *err)
{
	zip_int64_t n = zip_fread(m->file, to, size);

	if (n < 0)
		return refuse_member(m->name, zip_file_strerror(m->file), err);
	m->read += n;
	if (m->read > m->max)
		return err_set(err, KPID_EREFUSED,
		    "'%s' of the zip archive unpacks to more than the limit of "
		    "%lld bytes",
		    m->name, m->max);
	*len = (size_t)n;
	return true;
}
