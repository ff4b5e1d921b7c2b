/* kpid.json: when mails of the calendar leave, who hears of what, and what
 * counts as trouble. What is left out the database knows. */
#include "keys.h"

#define ADDRESS "^[^@<>]+@[^@<> ]+$|^[^@<>]*<[^@<> ]+@[^@<> ]+>$"

static const char *const every_words[] = { "day", "week", "month", NULL };

static const struct key heartbeat_list[] = {
	{ "every", KEY_TEXT, .at = offsetof(struct config_heartbeat, every),
	    .words = every_words, .fallback = "day" },
	{ "url", KEY_TEXT, .at = offsetof(struct config_heartbeat, url),
	    .pattern = "^https?://",
	    .want = "a URL that begins with http:// or https://" },
	{ "mail", KEY_FLAG, .at = offsetof(struct config_heartbeat, mail),
	    .fallback = "false" },
};
static const struct keys heartbeat_keys = {
	.list = heartbeat_list,
	.n = ARRAY_LEN(heartbeat_list),
	.size = sizeof(struct config_heartbeat),
};

static const struct key alerts_list[] = {
	{ "hour", KEY_INT, .at = offsetof(struct config_alerts, hour),
	    .max = 23, .fallback = "8" },
	{ "digest_day", KEY_INT,
	    .at = offsetof(struct config_alerts, digest_day), .min = 1,
	    .max = 28, .fallback = "1" },
	{ "checkpoint_days", KEY_INT,
	    .at = offsetof(struct config_alerts, checkpoint_days), .max = 92,
	    .fallback = "14" },
	{ "feed_failures", KEY_INT,
	    .at = offsetof(struct config_alerts, feed_failures), .min = 1,
	    .max = 1000, .fallback = "3" },
	{ "outbox_hours", KEY_INT,
	    .at = offsetof(struct config_alerts, outbox_hours), .min = 1,
	    .max = 8760, .fallback = "4" },
	{ "slow_s", KEY_INT, .at = offsetof(struct config_alerts, slow_s),
	    .min = 1, .max = 86400, .fallback = "120" },
	{ "disk_free_mb", KEY_INT,
	    .at = offsetof(struct config_alerts, disk_free_mb),
	    .max = 1000000000, .fallback = "512" },
	{ "departments", KEY_PAIRS,
	    .at = offsetof(struct config_alerts, departments),
	    .also = offsetof(struct config_alerts, n_departments),
	    .pattern = ADDRESS, .want = "a mail address" },
	{ "heartbeat", KEY_OBJECT, .sub = &heartbeat_keys,
	    .at = offsetof(struct config_alerts, heartbeat),
	    .also = offsetof(struct config_alerts, heartbeat.set) },
};
const struct keys alerts_keys = {
	.list = alerts_list,
	.n = ARRAY_LEN(alerts_list),
	.size = sizeof(struct config_alerts),
};
