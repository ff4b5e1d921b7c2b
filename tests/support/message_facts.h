/* What mails are written from, and a mail written from it. */
#ifndef KPID_MESSAGE_FACTS_H
#define KPID_MESSAGE_FACTS_H

#include <criterion/criterion.h>

#include "kpid/notify.h"

/* The three targets that the midterm report of 上田市, 令和6年度 shows late
 * (goals 7-2-(4), 7-1-(4), 3-1-(3)). */
#define HELMETS                                                                \
	"{\"item\":\"7-2-(4)\",\"name\":"                                      \
	"\"自転車用ヘルメット購入費補助\",\"unit\":\"件\","     \
	"\"target_value\":\"500\",\"comparator\":\"at_least\","                \
	"\"actual\":\"45\",\"actual_period\":\"2024-09-30\","                  \
	"\"expected\":\"250.0000\",\"expected_whole\":\"250\","                \
	"\"gap\":\"-205.0000\",\"pace_index\":\"0.1800\","                     \
	"\"status\":\"off_track\",\"path\":\"linear\","                        \
	"\"due\":\"2025-03-31\",\"required_rate\":\"75.8333\","                \
	"\"source\":{\"feed\":\"ueda-midterm\",\"title\":\"中間報告\","    \
	"\"source\":\"上田市\",\"delivery\":3,\"sha256\":"                  \
	"\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"" \
	",\"url\":\"https://example.jp/r6.csv\",\"line\":58,\"col\":6,"        \
	"\"published_at\":\"2024-10-10\","                                     \
	"\"fetched_at\":\"2024-10-15T00:00:00+00:00\"}}"
#define LECTURES                                                                    \
	"{\"item\":\"7-1-(4)\",\"name\":"                                           \
	"\"特殊詐欺等被害防止に関する出前講座\",\"unit\":\"回\"," \
	"\"target_value\":\"15\",\"comparator\":\"at_least\","                      \
	"\"actual\":\"4\",\"actual_period\":\"2024-09-30\","                        \
	"\"expected\":\"7.5000\",\"expected_whole\":\"7\","                         \
	"\"gap\":\"-3.5000\",\"pace_index\":\"0.5333\","                            \
	"\"pace_index_whole\":\"0.5714\",\"status\":\"off_track\","                 \
	"\"modifiers\":[\"provisional\",\"stale\"],"                                \
	"\"due\":\"2025-03-31\",\"required_rate\":\"1.8333\"}"
#define FAIRS                                                              \
	"{\"item\":\"3-1-(3)\",\"name\":\"移住相談会の開催\","     \
	"\"unit\":\"回\",\"target_value\":\"30\","                        \
	"\"comparator\":\"at_least\",\"actual\":\"7\","                    \
	"\"actual_period\":\"2024-09-30\",\"expected\":\"13.5000\","       \
	"\"expected_whole\":\"13\",\"gap\":\"-6.5000\",\"path\":\"plan\"," \
	"\"gap_whole\":\"-6\",\"pace_index_whole\":\"0.5385\","            \
	"\"status\":\"off_track\"}"
#define HEAD                                                     \
	"{\"as_of\":\"2024-10-15\",\"event\":12,\"department\":" \
	"\"市民まちづくり推進部\",\"fiscal_year\":2024,\"targets\":["
#define THREE HEAD HELMETS "," LECTURES "," FAIRS "]}"

static const struct config config = {
	.time_zone = "Asia/Tokyo",
	.mail = { .set = true, .language = "ja" },
};

static inline struct mail
composed(const char *language, const char *kind, const char *json,
    struct arena *mem)
{
	struct config cfg = config;
	struct kpid_err err = { 0 };
	struct mail m = { 0 };

	cfg.mail.language = language;
	cfg.mail.operator= "kpid-admin@example.jp";
	cfg.mail.report_url = "https://kpi.example.jp/";
	cr_assert(message_compose(&cfg, kind, json, mem, &m, &err), "%s: %s",
	    kind, err.msg);
	return m;
}

#endif
