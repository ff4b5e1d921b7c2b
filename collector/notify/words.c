#include <stdint.h>
#include <string.h>

#include "words.h"

/* =?UTF-8?B? and ?= around the base64 text of an encoded-word. */
#define WORD_OPEN   "=?UTF-8?B?"
#define WORD_CLOSE  "?="
#define WORD_AROUND 12
/* RFC 2047: an encoded-word has at most 75 characters; 45 bytes give 72. */
#define WORD_BYTES  45

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz0123456789+/";

/* What a first byte promises: its length and the least code point that needs
 * that many bytes. */
static const struct {
	uint8_t mask, lead, length;
	uint32_t least;
} forms[] = {
	{ 0x80, 0x00, 1, 0 },
	{ 0xe0, 0xc0, 2, 0x80 },
	{ 0xf0, 0xe0, 3, 0x800 },
	{ 0xf8, 0xf0, 4, 0x10000 },
};

static bool
code_point_valid(uint32_t c, uint32_t least)
{
	return c >= least && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
}

size_t
utf8_length(const char *s)
{
	uint8_t lead = (uint8_t)s[0];

	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		uint32_t c = lead & (uint8_t)~forms[i].mask;

		if ((lead & forms[i].mask) != forms[i].lead)
			continue;
		for (size_t k = 1; k < forms[i].length; k++) {
			if (((uint8_t)s[k] & 0xc0) != 0x80)
				return 0;
			c = c << 6 | ((uint8_t)s[k] & 0x3f);
		}
		return code_point_valid(c, forms[i].least) ? forms[i].length
							   : 0;
	}
	return 0;
}

bool
utf8_valid(const char *s)
{
	while (*s != '\0') {
		size_t len = utf8_length(s);

		if (len == 0)
			return false;
		s += len;
	}
	return true;
}

bool
ascii_only(const char *s)
{
	for (; *s != '\0'; s++) {
		if ((unsigned char)*s >= 0x80)
			return false;
	}
	return true;
}

static void
base64_group(const uint8_t *p, size_t len, char out[4])
{
	uint32_t bits = (uint32_t)p[0] << 16
	    | (len > 1 ? (uint32_t)p[1] << 8 : 0)
	    | (len > 2 ? (uint32_t)p[2] : 0);

	out[0] = digits[bits >> 18];
	out[1] = digits[bits >> 12 & 63];
	out[2] = len > 1 ? digits[bits >> 6 & 63] : '=';
	out[3] = len > 2 ? digits[bits & 63] : '=';
}

bool
base64_put(struct buf *out, const char *p, size_t len)
{
	char group[4];

	for (size_t i = 0; i < len; i += 3) {
		base64_group((const uint8_t *)p + i, len - i, group);
		if (!buf_put(out, group, sizeof(group)))
			return false;
	}
	return true;
}

/* The whole characters at s that fit into `room` bytes. */
static size_t
characters_within(const char *s, size_t room)
{
	size_t n = 0;

	while (s[n] != '\0') {
		size_t len = utf8_length(s + n);

		if (len == 0 || n + len > room)
			break;
		n += len;
	}
	return n;
}

/* Source bytes that an encoded-word may carry when it begins at column. */
static size_t
word_room(size_t column)
{
	size_t room;

	if (column + WORD_AROUND + 4 > MAIL_LINE_MAX)
		return 0;
	room = (MAIL_LINE_MAX - column - WORD_AROUND) / 4 * 3;
	return room < WORD_BYTES ? room : WORD_BYTES;
}

static bool
encoded_words_put(struct buf *out, const char *text, size_t *column)
{
	while (*text != '\0') {
		size_t n = characters_within(text, word_room(*column));

		if (n > 0) {
			if (!buf_puts(out, WORD_OPEN)
			    || !base64_put(out, text, n)
			    || !buf_puts(out, WORD_CLOSE))
				return false;
			*column += WORD_AROUND + (n + 2) / 3 * 4;
			text += n;
		}
		if (*text != '\0') {
			if (!buf_puts(out, "\r\n "))
				return false;
			*column = 1;
		}
	}
	return true;
}

/* Could a reader take it for an encoded-word, or can it not be folded? */
static bool
needs_encoding(const char *text)
{
	size_t run = 0;

	if (!ascii_only(text) || strstr(text, "=?") != NULL || text[0] == ' '
	    || strstr(text, "  ") != NULL)
		return true;
	for (; *text != '\0'; text++) {
		run = *text == ' ' ? 0 : run + 1;
		if (run > WORD_BYTES)
			return true;
	}
	return false;
}

/* Plain words, the line broken before one that would pass its end. */
static bool
plain_words_put(struct buf *out, const char *text, size_t *column)
{
	while (*text != '\0') {
		size_t blank = *text == ' ' ? 1 : 0;
		size_t len = blank + strcspn(text + blank, " ");

		if (*column + len > MAIL_LINE_MAX && blank > 0) {
			if (!buf_puts(out, "\r\n"))
				return false;
			*column = 0;
		}
		if (!buf_put(out, text, len))
			return false;
		*column += len;
		text += len;
	}
	return true;
}

bool
words_put(struct buf *out, const char *text, size_t *column)
{
	return needs_encoding(text) ? encoded_words_put(out, text, column)
				    : plain_words_put(out, text, column);
}

/* Appends text with every line break as CRLF, and one at its end. */
static bool
canonical_lines(struct buf *out, const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\r\n");

		if (!buf_put(out, text, len) || !buf_puts(out, "\r\n"))
			return false;
		text += len;
		if (text[0] == '\r' && text[1] == '\n')
			text++;
		if (*text != '\0')
			text++;
	}
	return true;
}

bool
base64_body(struct buf *out, const char *text)
{
	CLEANUP(buf_release) struct buf lines = { 0 };
	const size_t step = MAIL_LINE_MAX / 4 * 3;

	buf_init(&lines, out->max);
	if (!canonical_lines(&lines, text))
		return false;
	for (size_t i = 0; i < lines.len; i += step) {
		size_t left = lines.len - i;

		if (!base64_put(out, lines.ptr + i, left < step ? left : step)
		    || !buf_puts(out, "\r\n"))
			return false;
	}
	return true;
}
