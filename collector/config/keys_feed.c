/* A feed's file: everything but the contract. */
#include "keys.h"

#define SECRET_NAME "^[A-Za-z_][A-Za-z0-9_]*$"

static const struct key url_secret_list[] = {
	{ "file", KEY_PATH, .at = offsetof(struct url_secret, secret.file) },
	{ "env", KEY_TEXT, .at = offsetof(struct url_secret, secret.env),
	    .pattern = SECRET_NAME,
	    .want = "the name of an environment variable" },
};
static const struct keys url_secret_keys = {
	.list = url_secret_list,
	.n = ARRAY_LEN(url_secret_list),
	.size = sizeof(struct url_secret),
	.line_at = offsetof(struct url_secret, line),
	.name_at = offsetof(struct url_secret, name),
	.one_of = { "file", "env" },
};

static const struct key request_list[] = {
	{ "headers", KEY_PAIRS, .at = offsetof(struct request_rule, headers),
	    .also = offsetof(struct request_rule, n_headers),
	    .pattern = "^[ -~]+$", .want = "printable ASCII" },
	{ "body", KEY_TEXT, .at = offsetof(struct request_rule, body) },
	{ "certificate", KEY_PATH,
	    .at = offsetof(struct request_rule, certificate) },
	{ "key", KEY_PATH, .at = offsetof(struct request_rule, key) },
	{ "redirects", KEY_TEXTS,
	    .at = offsetof(struct request_rule, redirects),
	    .also = offsetof(struct request_rule, n_redirects) },
};
static const struct keys request_keys = {
	.list = request_list,
	.n = ARRAY_LEN(request_list),
	.size = sizeof(struct request_rule),
};

static const struct key release_list[] = {
	{ "after_days", KEY_INT,
	    .at = offsetof(struct release_rule, after_days), .max = 3660,
	    .fallback = "0" },
	{ "poll", KEY_TEXT, .at = offsetof(struct release_rule, poll),
	    .line_at = offsetof(struct release_rule, poll_line) },
	{ "give_up_days", KEY_INT,
	    .at = offsetof(struct release_rule, give_up_days), .min = 1,
	    .max = 366, .fallback = "20" },
};
static const struct keys release_keys = {
	.list = release_list,
	.n = ARRAY_LEN(release_list),
	.size = sizeof(struct release_rule),
	.line_at = offsetof(struct release_rule, line),
};

static const char *const published_words[] = { "last_modified", "url", "text",
	NULL };
static const struct key published_list[] = {
	{ "from", KEY_CHOICE, .required = true,
	    .at = offsetof(struct published_rule, from),
	    .words = published_words },
	{ "pattern", KEY_PATTERN,
	    .at = offsetof(struct published_rule, pattern) },
};
static const struct keys published_keys = {
	.list = published_list,
	.n = ARRAY_LEN(published_list),
	.size = sizeof(struct published_rule),
};

/* In the order of enum span_kind. */
static const char *const frequency_words[] = { "D", "W", "M", "Q", "S", "A",
	"FY", NULL };
static const struct key template_list[] = {
	{ "frequency", KEY_CHOICE, .at = offsetof(struct url_template, every),
	    .words = frequency_words },
	{ "lag", KEY_INT, .at = offsetof(struct url_template, lag), .max = 1000,
	    .fallback = "1" },
	{ "organizations", KEY_TEXTS, .filled = true,
	    .at = offsetof(struct url_template, orgs),
	    .also = offsetof(struct url_template, n_orgs) },
};
static const struct keys template_keys = {
	.list = template_list,
	.n = ARRAY_LEN(template_list),
	.size = sizeof(struct url_template),
};

static const char *const order_words[] = { "name", "time", NULL };
static const char *const then_words[] = { "move", "delete", "keep", NULL };
static const struct key drop_list[] = {
	{ "settle_s", KEY_INT, .at = offsetof(struct drop_rule, settle_s),
	    .min = 1, .max = 86400, .fallback = "10" },
	{ "order", KEY_SWITCH, .at = offsetof(struct drop_rule, by_time),
	    .words = order_words, .fallback = "name" },
	{ "then", KEY_CHOICE, .at = offsetof(struct drop_rule, then),
	    .words = then_words, .fallback = "move" },
};
static const struct keys drop_keys = {
	.list = drop_list,
	.n = ARRAY_LEN(drop_list),
	.size = sizeof(struct drop_rule),
};

static const struct key feed_list[] = {
	{ .name = "$schema", .kind = KEY_NOTE },
	{ "feed", KEY_TEXT, .required = true,
	    .at = offsetof(struct feed_file, feed.name),
	    .pattern = "^[a-z0-9-]+$", .want = "a name of a-z, 0-9 and '-'" },
	{ "title", KEY_TEXT, .required = true,
	    .at = offsetof(struct feed_file, feed.title) },
	{ "owner", KEY_TEXT, .required = true,
	    .at = offsetof(struct feed_file, feed.owner),
	    .pattern = "^[^@<>]+@[^@<> ]+$|^[^@<>]*<[^@<> ]+@[^@<> ]+>$",
	    .want = "a mail address" },
	{ "source", KEY_TEXT, .at = offsetof(struct feed_file, feed.source) },
	{ "licence", KEY_TEXT, .at = offsetof(struct feed_file, feed.licence) },
	{ "url", KEY_TEXT, .required = true,
	    .at = offsetof(struct feed_file, feed.url),
	    .pattern = "^(https?://|file:)",
	    .want = "a URL of http:, https: or file:" },
	{ "secrets", KEY_MEMBERS, .sub = &url_secret_keys,
	    .at = offsetof(struct feed_file, feed.secrets),
	    .also = offsetof(struct feed_file, feed.n_secrets),
	    .names = SECRET_NAME,
	    .names_want =
		"named with letters, digits and '_' such as 'appId'" },
	{ "schedule", KEY_TEXT, .at = offsetof(struct feed_file, feed.schedule),
	    .line_at = offsetof(struct feed_file, feed.schedule_line) },
	{ "time_zone", KEY_TEXT,
	    .at = offsetof(struct feed_file, feed.time_zone),
	    .line_at = offsetof(struct feed_file, feed.time_zone_line) },
	{ "release", KEY_OBJECT, .sub = &release_keys,
	    .at = offsetof(struct feed_file, feed.release),
	    .also = offsetof(struct feed_file, feed.release.set) },
	{ "holidays", KEY_FLAG,
	    .at = offsetof(struct feed_file, feed.holidays) },
	{ "jitter_s", KEY_INT, .at = offsetof(struct feed_file, feed.jitter_s),
	    .also = offsetof(struct feed_file, feed.jitter_set), .max = 86400 },
	{ "grace_days", KEY_INT,
	    .at = offsetof(struct feed_file, feed.grace_days),
	    .also = offsetof(struct feed_file, feed.grace_set), .max = 3660 },
	{ "max_bytes", KEY_LONG,
	    .at = offsetof(struct feed_file, feed.max_bytes), .min = 1,
	    .max = 1LL << 40, .fallback = "8589934592" },
	{ "request", KEY_OBJECT, .sub = &request_keys,
	    .at = offsetof(struct feed_file, feed.request) },
	{ "template", KEY_OBJECT, .sub = &template_keys,
	    .at = offsetof(struct feed_file, feed.template) },
	{ "drop", KEY_OBJECT, .sub = &drop_keys,
	    .at = offsetof(struct feed_file, feed.drop),
	    .also = offsetof(struct feed_file, feed.drop.set) },
	{ "published", KEY_OBJECT, .sub = &published_keys,
	    .at = offsetof(struct feed_file, feed.published),
	    .also = offsetof(struct feed_file, feed.published.set) },
	{ "gates", KEY_OBJECT, .sub = &gates_keys,
	    .at = offsetof(struct feed_file, feed) },
	{ "bodies", KEY_OBJECT, .sub = &bodies_keys,
	    .at = offsetof(struct feed_file, feed.bodies) },
	{ "contract", KEY_ONE_OR_LIST, .required = true, .filled = true,
	    .sub = &contract_keys,
	    .at = offsetof(struct feed_file, feed.contracts),
	    .also = offsetof(struct feed_file, feed.n_contracts) },
	{ "indicators", KEY_LIST, .sub = &one_indicator_keys,
	    .at = offsetof(struct feed_file, indicators.list),
	    .also = offsetof(struct feed_file, indicators.n) },
};
const struct keys feed_keys = {
	.list = feed_list,
	.n = ARRAY_LEN(feed_list),
	.size = sizeof(struct feed_file),
};
