/* From facts to the words of a mail. */
#include <string.h>

#include "kpid/civil.h"
#include "kpid/notify.h"
#include "letter.h"
#include "notice.h"

static const struct {
	const char *name;
	enum letter_kind kind;
} kinds[] = {
	{ "opened", LETTER_OPENED },
	{ "reopened", LETTER_OPENED },
	{ "escalated", LETTER_ESCALATED },
	{ "closed", LETTER_CLOSED },
	{ "correction", LETTER_CORRECTION },
	{ "target_changed", LETTER_TARGET_CHANGED },
	{ "reminder", LETTER_REMINDER },
	{ "held", LETTER_HELD },
	{ "late", LETTER_NOTICE },
	{ "trouble", LETTER_NOTICE },
	{ "trouble_over", LETTER_NOTICE },
	{ "digest", LETTER_NOTICE },
	{ "checkpoint", LETTER_NOTICE },
	{ "heartbeat", LETTER_NOTICE },
};

static bool
kind_of(const char *name, enum letter_kind *out, struct kpid_err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (strcmp(kinds[i].name, name) == 0) {
			*out = kinds[i].kind;
			return true;
		}
	}
	return err_set(err, KPID_EMAIL, "no mail is written of kind '%s'",
	    name);
}

/* A subject is one line, whatever a target is called in the spreadsheet. */
static const char *
one_line(const char *text, struct arena *mem)
{
	char *out = arena_strdup(mem, text);

	for (char *p = out; *p != '\0'; p++) {
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = ' ';
	}
	return out;
}

/* What the row's kind and the configuration say beside the facts. */
static void
complete(struct letter *letter, const struct config *cfg, const char *kind)
{
	char now[INSTANT_TEXT_MAX];

	if (strcmp(kind, "reopened") == 0)
		letter->facts.reopened = "true";
	if (cfg->clock_fixed) {
		(void)instant_text(cfg->clock, now);
		letter->facts.clock = arena_strdup(letter->mem, now);
	}
	if (letter->kind == LETTER_HELD)
		letter->lang->held(letter);
}

/* A letter is about targets, about a delivery, or says itself what about. */
static bool
has_subject(const struct letter *letter, struct kpid_err *err)
{
	if (letter->kind == LETTER_HELD)
		return letter->facts.source.delivery != NULL
		    ? true
		    : err_set(err, KPID_EMAIL,
			"the facts of the mail name no delivery");
	return letter->kind == LETTER_NOTICE || letter->facts.n_targets > 0
	    ? true
	    : err_set(err, KPID_EMAIL, "the facts of the mail name no target");
}

bool
message_compose(const struct config *cfg, const char *kind,
    const char *payload_json, struct arena *mem, struct mail *out,
    struct kpid_err *err)
{
	const char *language = cfg->mail.language;
	struct letter letter = {
		.lang = language != NULL && strcmp(language, "en") == 0
		    ? &language_en
		    : &language_ja,
		.operator= cfg->mail.operator,
		.report_url = cfg->mail.report_url,
		.mem = mem,
	};
	const char *text, *html;

	if (!kind_of(kind, &letter.kind, err)
	    || !facts_read(payload_json, mem, &letter.facts, err)
	    || !zone_load(cfg->time_zone, mem, &letter.zone, err))
		return false;
	if (!has_subject(&letter, err))
		return false;
	complete(&letter, cfg, kind);
	if (letter.kind == LETTER_NOTICE
	    && !notice_read(&letter, payload_json, err))
		return false;
	if (!letter_text(&letter, &text) || !letter_html(&letter, &html))
		return err_set(err, KPID_EMAIL,
		    "a mail about %zu targets is "
		    "too large",
		    letter.facts.n_targets);
	out->subject = one_line(letter.lang->subject(&letter), mem);
	out->text = text;
	out->html = html;
	return true;
}
