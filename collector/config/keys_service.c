#include "keys.h"

#define ADDRESS "^[^@<>]+@[^@<> ]+$|^[^@<>]*<[^@<> ]+@[^@<> ]+>$"

static const char *const tls_words[] = { "starttls", "implicit", "none", NULL };
static const char *const languages[] = { "ja", "en", NULL };

static const struct key database_list[] = {
	{ "url", KEY_TEXT, .at = offsetof(struct config_database, url),
	    .pattern = "^postgres(ql)?://",
	    .want = "a URL that begins with postgresql://" },
	{ "private", KEY_PATH,
	    .at = offsetof(struct config_database, private_dir) },
	{ "bindir", KEY_PATH, .at = offsetof(struct config_database, bindir) },
	{ "user", KEY_TEXT, .at = offsetof(struct config_database, user) },
};
static const struct keys database_keys = {
	.list = database_list,
	.n = ARRAY_LEN(database_list),
	.size = sizeof(struct config_database),
	.one_of = { "url", "private" },
};

static const struct key secret_list[] = {
	{ "file", KEY_PATH, .at = offsetof(struct secret, file) },
	{ "env", KEY_TEXT, .at = offsetof(struct secret, env),
	    .pattern = "^[A-Za-z_][A-Za-z0-9_]*$",
	    .want = "the name of an environment variable" },
};
static const struct keys secret_keys = {
	.list = secret_list,
	.n = ARRAY_LEN(secret_list),
	.size = sizeof(struct secret),
	.one_of = { "file", "env" },
};

static const struct key smtp_list[] = {
	{ "host", KEY_TEXT, .required = true,
	    .at = offsetof(struct config_mail, smtp_host) },
	/* Without it the port follows tls: see service.c. */
	{ "port", KEY_INT, .at = offsetof(struct config_mail, smtp_port),
	    .min = 1, .max = 65535 },
	{ "tls", KEY_CHOICE, .at = offsetof(struct config_mail, smtp_tls),
	    .words = tls_words, .fallback = "starttls" },
	{ "user", KEY_TEXT, .at = offsetof(struct config_mail, smtp_user) },
	{ "password", KEY_OBJECT, .sub = &secret_keys,
	    .at = offsetof(struct config_mail, smtp_password) },
};
static const struct keys smtp_keys = {
	.list = smtp_list,
	.n = ARRAY_LEN(smtp_list),
	.size = sizeof(struct config_mail),
};

static const struct key mail_list[] = {
	{ "from", KEY_TEXT, .required = true,
	    .at = offsetof(struct config_mail, from), .pattern = ADDRESS,
	    .want = "a mail address" },
	{ "operator", KEY_TEXT, .required = true,
	    .at = offsetof(struct config_mail, operator), .pattern = ADDRESS,
	    .want = "a mail address" },
	{ "language", KEY_TEXT, .at = offsetof(struct config_mail, language),
	    .words = languages, .fallback = "ja" },
	{ "maildir", KEY_PATH, .at = offsetof(struct config_mail, maildir) },
	{ "smtp", KEY_OBJECT, .sub = &smtp_keys },
	{ "ca_file", KEY_PATH, .at = offsetof(struct config_mail, ca_file) },
	{ "report_url", KEY_TEXT,
	    .at = offsetof(struct config_mail, report_url),
	    .pattern = "^https?://",
	    .want = "a URL that begins with http:// or https://" },
};
static const struct keys mail_keys = {
	.list = mail_list,
	.n = ARRAY_LEN(mail_list),
	.size = sizeof(struct config_mail),
	.one_of = { "maildir", "smtp" },
};

static const struct key network_list[] = {
	{ "allow", KEY_TEXTS, .at = offsetof(struct config_network, allow),
	    .also = offsetof(struct config_network, n_allow) },
	{ "contact", KEY_TEXT, .at = offsetof(struct config_network, contact) },
	{ "proxy", KEY_TEXT, .at = offsetof(struct config_network, proxy),
	    .empty = true },
	{ "per_host", KEY_INT, .at = offsetof(struct config_network, per_host),
	    .min = 1, .max = 64, .fallback = "4" },
	{ "pause_ms", KEY_INT, .at = offsetof(struct config_network, pause_ms),
	    .max = 60000, .fallback = "100" },
	{ "timeout_s", KEY_INT,
	    .at = offsetof(struct config_network, timeout_s), .min = 1,
	    .max = 86400, .fallback = "300" },
	{ "stall_s", KEY_INT, .at = offsetof(struct config_network, stall_s),
	    .min = 1, .max = 86400, .fallback = "60" },
	{ "ca_file", KEY_PATH, .at = offsetof(struct config_network, ca_file) },
};
static const struct keys network_keys = {
	.list = network_list,
	.n = ARRAY_LEN(network_list),
	.size = sizeof(struct config_network),
};

static const struct key bodies_list[] = {
	{ "keep_days", KEY_INT, .required = true,
	    .at = offsetof(struct bodies_policy, keep_days), .min = 1,
	    .max = 36500 },
};
const struct keys bodies_keys = {
	.list = bodies_list,
	.n = ARRAY_LEN(bodies_list),
	.size = sizeof(struct bodies_policy),
};

static const struct key instances_list[] = {
	{ "lease_s", KEY_INT, .at = offsetof(struct config_instances, lease_s),
	    .min = 2, .max = 3600, .fallback = "60" },
};
static const struct keys instances_keys = {
	.list = instances_list,
	.n = ARRAY_LEN(instances_list),
	.size = sizeof(struct config_instances),
};

static const struct key spool_list[] = {
	{ "max_bytes", KEY_LONG, .required = true,
	    .at = offsetof(struct config_spool, max_bytes), .min = 1,
	    .max = 1LL << 50 },
};
static const struct keys spool_keys = {
	.list = spool_list,
	.n = ARRAY_LEN(spool_list),
	.size = sizeof(struct config_spool),
};

static const struct key plan_list[] = {
	{ "goals", KEY_PATH, .at = offsetof(struct plan_files, goals) },
	{ "targets", KEY_PATH, .required = true,
	    .at = offsetof(struct plan_files, targets) },
};
static const struct keys plan_keys = {
	.list = plan_list,
	.n = ARRAY_LEN(plan_list),
	.size = sizeof(struct plan_files),
};

static const struct key service_list[] = {
	{ .name = "$schema", .kind = KEY_NOTE },
	{ "database", KEY_OBJECT, .required = true, .sub = &database_keys,
	    .at = offsetof(struct service, cfg.database) },
	{ "organization", KEY_TEXT,
	    .at = offsetof(struct service, cfg.organization),
	    .pattern = "^[0-9]{6}$", .want = "six digits" },
	{ "time_zone", KEY_TEXT, .at = offsetof(struct service, cfg.time_zone),
	    .line_at = offsetof(struct service, cfg.time_zone_line),
	    .fallback = "Asia/Tokyo" },
	{ "jitter_s", KEY_INT, .at = offsetof(struct service, cfg.jitter_s),
	    .max = 86400, .fallback = "0" },
	{ "clock", KEY_INSTANT, .at = offsetof(struct service, cfg.clock),
	    .also = offsetof(struct service, cfg.clock_fixed) },
	{ "state", KEY_PATH, .required = true,
	    .at = offsetof(struct service, cfg.state_dir) },
	{ "file_roots", KEY_PATHS,
	    .at = offsetof(struct service, cfg.file_roots),
	    .also = offsetof(struct service, cfg.n_file_roots) },
	{ "feeds", KEY_PATH, .required = true,
	    .at = offsetof(struct service, feeds_dir) },
	{ "indicators", KEY_PATH, .required = true,
	    .at = offsetof(struct service, indicators_file) },
	{ "plans", KEY_LIST, .sub = &plan_keys,
	    .at = offsetof(struct service, cfg.plans),
	    .also = offsetof(struct service, cfg.n_plans) },
	{ "mail", KEY_OBJECT, .sub = &mail_keys,
	    .at = offsetof(struct service, cfg.mail),
	    .also = offsetof(struct service, cfg.mail.set) },
	{ "health", KEY_TEXT, .at = offsetof(struct service, cfg.health),
	    .pattern = "^([0-9.]+|\\[[0-9a-fA-F:.]+\\]):[0-9]{1,5}$",
	    .want = "an address and a port, such as 127.0.0.1:9108" },
	{ "alerts", KEY_OBJECT, .sub = &alerts_keys,
	    .at = offsetof(struct service, cfg.alerts) },
	{ "network", KEY_OBJECT, .sub = &network_keys,
	    .at = offsetof(struct service, cfg.network) },
	{ "bodies", KEY_OBJECT, .sub = &bodies_keys,
	    .at = offsetof(struct service, cfg.bodies) },
	{ "instances", KEY_OBJECT, .sub = &instances_keys,
	    .at = offsetof(struct service, cfg.instances) },
	{ "spool", KEY_OBJECT, .sub = &spool_keys,
	    .at = offsetof(struct service, cfg.spool) },
};
const struct keys service_keys = {
	.list = service_list,
	.n = ARRAY_LEN(service_list),
	.size = sizeof(struct service),
};
