/*
 * A mail as bytes. Written here and not left to libcurl, whose messages have
 * raw 8-bit subjects, no date and random boundaries: an outbox keeps what it
 * sent, and sends the same again.
 */
#include <stdint.h>
#include <string.h>

#include "address.h"
#include "kpid/civil.h"
#include "kpid/limits.h"
#include "kpid/notify.h"
#include "words.h"

/* RFC 5322: a line has at most 998 bytes; an identifier cannot be folded. */
#define MESSAGE_ID_MAX 900

/* 1970-01-01 in days since 2000-01-01. */
#define UNIX_EPOCH_DAY (-10957)

static const char *const weekdays[] = { "Mon", "Tue", "Wed", "Thu", "Fri",
	"Sat", "Sun" };
static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
	"Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

static bool
header_safe(const char *field, const char *text, struct kpid_err *err)
{
	for (const char *p = text; *p != '\0'; p++) {
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return err_set(err, KPID_EMAIL,
			    "refusing a line break or control character in the "
			    "mail's %s",
			    field);
	}
	if (!utf8_valid(text))
		return err_set(err, KPID_EMAIL, "the mail's %s is not UTF-8",
		    field);
	return true;
}

/* The end of the identifier <left@right> that begins at p, or NULL. */
static const char *
message_id_end(const char *p)
{
	size_t len = strcspn(p, "> \t");
	const char *at = memchr(p, '@', len);

	if (*p != '<' || p[len] != '>' || len > MESSAGE_ID_MAX)
		return NULL;
	if (at == NULL || at == p + 1 || at == p + len - 1)
		return NULL;
	return p + len + 1;
}

/* One or more identifiers, a blank between two. */
static bool
message_ids_safe(const char *field, const char *ids, struct kpid_err *err)
{
	const char *p = ids;

	if (!header_safe(field, ids, err))
		return false;
	do {
		const char *end = ascii_only(ids) ? message_id_end(p) : NULL;

		if (end == NULL)
			return err_set(err, KPID_EMAIL,
			    "the mail's %s '%s' is not of the form "
			    "<left@right>",
			    field, ids);
		p = end + strspn(end, " ");
	} while (*p != '\0');
	return true;
}

static bool
mail_check(const struct mail *m, struct kpid_err *err)
{
	if (m->from == NULL || m->to == NULL || m->subject == NULL
	    || m->message_id == NULL || m->text == NULL)
		return err_set(err, KPID_EINTERNAL,
		    "a mail without sender, "
		    "recipient, subject, Message-ID or text");
	if (!utf8_valid(m->text) || (m->html != NULL && !utf8_valid(m->html)))
		return err_set(err, KPID_EMAIL, "the mail's text is not UTF-8");
	return header_safe("subject", m->subject, err)
	    && message_ids_safe("Message-ID", m->message_id, err)
	    && (m->in_reply_to == NULL
		|| message_ids_safe("In-Reply-To", m->in_reply_to, err))
	    && (m->references == NULL
		|| message_ids_safe("References", m->references, err));
}

static bool
date_put(struct buf *out, const struct mail *m)
{
	const usec second = 1000000, day_s = 86400;
	int offset = m->utc_offset_s / 60;
	usec at = m->date / second + m->utc_offset_s;
	usec days, rest;
	struct civil c;

	if (m->date % second < 0)
		at--; /* round down before 1970 too */
	days = at / day_s - (at % day_s < 0 ? 1 : 0);
	rest = at - days * day_s;
	c = civil_from_day((int32_t)(days + UNIX_EPOCH_DAY));
	return buf_printf(out,
	    "Date: %s, %d %s %04d %02d:%02d:%02d %c%02d%02d\r\n",
	    weekdays[civil_weekday((int32_t)(days + UNIX_EPOCH_DAY)) - 1],
	    c.day, months[c.month - 1], c.year, (int)(rest / 3600),
	    (int)(rest / 60 % 60), (int)(rest % 60), offset < 0 ? '-' : '+',
	    (offset < 0 ? -offset : offset) / 60,
	    (offset < 0 ? -offset : offset) % 60);
}

static bool
quoted_put(struct buf *out, const char *text)
{
	if (!buf_puts(out, "\""))
		return false;
	for (; *text != '\0'; text++) {
		if ((*text == '"' || *text == '\\') && !buf_puts(out, "\\"))
			return false;
		if (!buf_put(out, text, 1))
			return false;
	}
	return buf_puts(out, "\"");
}

/* A display name: a quoted string when it is ASCII and fits on the line. */
static bool
name_put(struct buf *out, const char *name, size_t *column)
{
	size_t len = strlen(name);

	if (!ascii_only(name) || strstr(name, "=?") != NULL
	    || *column + 2 * len + 2 > MAIL_LINE_MAX)
		return words_put(out, name, column);
	*column += 2 * len + 2;
	return quoted_put(out, name);
}

static bool
mailbox_put(struct buf *out, const char *field, const char *text,
    struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	size_t column = strlen(field) + 2;
	struct mailbox box;

	if (!mailbox_parse(text, &mem, &box, err))
		return err_wrap(err, "the mail's %s", field);
	if (!utf8_valid(box.name))
		return err_set(err, KPID_EMAIL, "the mail's %s is not UTF-8",
		    field);
	bool ok = buf_printf(out, "%s: ", field);
	if (box.name[0] == '\0') {
		ok = ok && buf_printf(out, "%s\r\n", box.address);
	} else {
		ok = ok && name_put(out, box.name, &column)
		    && buf_printf(out, "%s<%s>\r\n",
			column + strlen(box.address) + 3 > MAIL_LINE_MAX
			    ? "\r\n "
			    : " ",
			box.address);
	}
	return ok ? true : err_set(err, KPID_EMAIL, "the mail is too large");
}

static bool
subject_put(struct buf *out, const char *subject)
{
	size_t column = strlen("Subject: ");

	return buf_puts(out, "Subject: ") && words_put(out, subject, &column)
	    && buf_puts(out, "\r\n");
}

/* Identifiers, one a line: they may be long and must not be cut. */
static bool
ids_put(struct buf *out, const char *field, const char *ids)
{
	const char *before = " ";

	if (ids == NULL)
		return true;
	if (!buf_printf(out, "%s:", field))
		return false;
	while (*ids != '\0') {
		size_t len = strcspn(ids, " ");

		if (!buf_printf(out, "%s%.*s", before, (int)len, ids))
			return false;
		before = "\r\n ";
		ids += len + strspn(ids + len, " ");
	}
	return buf_puts(out, "\r\n");
}

/* FNV-1a: spreads identifiers, protects nothing. "=_" cannot stand in base64,
 * so the boundary cannot stand in a part. */
static uint64_t
boundary_of(const char *message_id)
{
	uint64_t hash = 0xcbf29ce484222325U;

	for (; *message_id != '\0'; message_id++)
		hash = (hash ^ (uint8_t)*message_id) * 0x100000001b3U;
	return hash;
}

static bool
part_put(struct buf *out, const char *subtype, const char *text)
{
	return buf_printf(out,
		   "Content-Type: text/%s; charset=utf-8\r\n"
		   "Content-Transfer-Encoding: base64\r\n\r\n",
		   subtype)
	    && base64_body(out, text);
}

static bool
body_put(struct buf *out, const struct mail *m)
{
	char line[32], hash[17];
	uint64_t id = boundary_of(m->message_id);
	uint8_t bytes[8];

	if (m->html == NULL)
		return part_put(out, "plain", m->text);
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(id >> (56 - 8 * i));
	hex_encode(bytes, sizeof(bytes), hash);
	memcpy(line, "=_kpid_", 8);
	memcpy(line + 7, hash, sizeof(hash));
	return buf_printf(out,
		   "Content-Type: multipart/alternative;\r\n"
		   " boundary=\"%s\"\r\n\r\n--%s\r\n",
		   line, line)
	    && part_put(out, "plain", m->text)
	    && buf_printf(out, "--%s\r\n", line)
	    && part_put(out, "html", m->html)
	    && buf_printf(out, "--%s--\r\n", line);
}

static bool
render(const struct mail *m, struct buf *out, struct kpid_err *err)
{
	bool fits;

	if (!mail_check(m, err))
		return false;
	fits = date_put(out, m);
	if (!mailbox_put(out, "From", m->from, err)
	    || !mailbox_put(out, "To", m->to, err))
		return false;
	fits = fits && subject_put(out, m->subject)
	    && ids_put(out, "Message-ID", m->message_id)
	    && ids_put(out, "In-Reply-To", m->in_reply_to)
	    && ids_put(out, "References", m->references)
	    && buf_puts(out,
		"Auto-Submitted: auto-generated\r\n"
		"MIME-Version: 1.0\r\n")
	    && body_put(out, m);
	return fits ? true
		    : err_set(err, KPID_EMAIL,
			"the mail is larger than %zu bytes", out->max);
}

bool
mail_render(const struct mail *m, struct buf *out, struct kpid_err *err)
{
	CLEANUP(buf_release) struct buf whole = { 0 };

	buf_init(&whole, LIMIT_MAIL_BYTES);
	if (!render(m, &whole, err))
		return false;
	return buf_put(out, whole.ptr, whole.len)
	    ? true
	    : err_set(err, KPID_EMAIL, "the mail is larger than %zu bytes",
		out->max);
}
