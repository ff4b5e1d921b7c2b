/* rooms: base spool fetch */
#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/fetch/fetch_int.h"

/* text as what a socket would be connected to. */
static struct sockaddr_storage
address(const char *text)
{
	struct sockaddr_storage out = { .ss_family = AF_INET };
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, text, &in.sin_addr) == 1) {
		memcpy(&out, &in, sizeof(in));
		return out;
	}
	cr_assert_eq(inet_pton(AF_INET6, text, &in6.sin6_addr), 1, "'%s'",
	    text);
	memcpy(&out, &in6, sizeof(in6));
	return out;
}

Test(policy, what_only_this_network_can_see_is_refused)
{
	static const struct {
		const char *address;
		bool permitted;
		const char *why;
	} table[] = {
		{ "203.104.1.1", true, "the world" },
		{ "8.8.8.8", true, "the world" },
		{ "2001:4860:4860::8888", true, "the world" },
		{ "127.0.0.1", false, "this machine" },
		{ "127.255.255.254", false, "all of 127" },
		{ "0.0.0.0", false, "this machine, too" },
		{ "10.1.2.3", false, "private" },
		{ "172.15.255.255", true, "before 172.16/12" },
		{ "172.16.0.0", false, "its first" },
		{ "172.31.255.255", false, "its last" },
		{ "172.32.0.0", true, "after it" },
		{ "192.168.1.1", false, "private" },
		{ "192.169.0.0", true, "after 192.168/16" },
		{ "169.254.169.254", false, "cloud metadata" },
		{ "100.64.0.1", false, "shared" },
		{ "100.128.0.0", true, "after 100.64/10" },
		{ "224.0.0.1", false, "multicast" },
		{ "255.255.255.255", false, "broadcast" },
		{ "::1", false, "this machine" },
		{ "::", false, "none" },
		{ "::ffff:127.0.0.1", false, "IPv4 in IPv6" },
		{ "::ffff:8.8.8.8", true, "IPv4 in IPv6, the world" },
		{ "64:ff9b::7f00:1", false, "translated" },
		{ "64:ff9b::808:808", true, "translated, the world" },
		{ "2002:a01:203::1", false, "6to4 of 10.1.2.3" },
		{ "2002:808:808::1", true, "6to4, the world" },
		{ "fd00::1", false, "private" },
		{ "fe80::1", false, "link" },
		{ "ff02::1", false, "multicast" },
		{ "::ffff:0:7f00:1", false, "translated without state" },
		{ "2001:2::1", false, "benchmarks" },
		{ "2001:1f::1", false, "hashes" },
		{ "3fff::1", false, "documentation" },
		{ "5f00::1", false, "segment routing" },
	};
	struct policy none = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct sockaddr_storage sa = address(table[i].address);

		cr_expect_eq(policy_permits(&none,
				 (const struct sockaddr *)&sa),
		    table[i].permitted, "row %zu (%s): %s", i, table[i].why,
		    table[i].address);
		cr_expect_eq(policy_permits_host(&none, table[i].address),
		    table[i].permitted, "row %zu (%s): as a host", i,
		    table[i].why);
	}
}

Test(policy, what_the_configuration_allows_is_permitted)
{
	static const char *const allow[] = { "127.0.0.1", "10.20.0.0/15",
		"fd00:1::/32" };
	static const struct {
		const char *address;
		bool permitted;
	} table[] = {
		{ "127.0.0.1", true },
		{ "127.0.0.2", false },
		{ "::ffff:127.0.0.1", true },
		{ "64:ff9b::7f00:1", true },
		{ "10.21.255.255", true },
		{ "10.22.0.0", false },
		{ "10.19.255.255", false },
		{ "fd00:1:2::3", true },
		{ "fd00:2::1", false },
		{ "8.8.8.8", true },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct config cfg = { .network = { .allow = allow,
				  .n_allow = ARRAY_LEN(allow) } };
	struct kpid_err err = { 0 };
	struct policy p;

	cr_assert(policy_make(&cfg, &mem, &p, &err), "%s", err.msg);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct sockaddr_storage sa = address(table[i].address);

		cr_expect_eq(policy_permits(&p, (const struct sockaddr *)&sa),
		    table[i].permitted, "row %zu: %s", i, table[i].address);
	}
}

Test(policy, names_are_judged_when_they_are_resolved)
{
	struct policy none = { 0 };
	struct sockaddr_storage local = { .ss_family = AF_UNIX };

	cr_expect(policy_permits_host(&none, "stat.example.jp"));
	cr_expect(!policy_permits(&none, (const struct sockaddr *)&local),
	    "neither IPv4 nor IPv6");
}

Test(policy, a_block_that_cannot_be_read_is_named)
{
	static const char *const table[] = { "", "10.0.0.0/33", "10.0.0.0/",
		"10.0.0.0/x", "10.0.0/8", "::/129", "localhost", "10.0.0.0/8/8",
		"10.0.0.0/-1", "1111:2222:3333:4444:5555:6666:7777:8888:9999" };

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		struct config cfg = { .network = {
					  .allow = &table[i], .n_allow = 1 } };
		struct kpid_err err = { 0 };
		struct policy p;

		cr_expect(!policy_make(&cfg, &mem, &p, &err), "row %zu: '%s'",
		    i, table[i]);
		cr_expect(err.code == KPID_ECONFIG
			&& strstr(err.msg, table[i]) != NULL,
		    "row %zu: got '%s'", i, err.msg);
	}
}

Test(policy, this_machine_has_a_name)
{
	static const struct {
		const char *host;
		bool permitted;
	} table[] = {
		{ "localhost", false },
		{ "LocalHost.", false },
		{ "stat.localhost", false },
		{ "localhost.example.jp", true },
		{ "notlocalhost", true },
	};
	struct policy none = { 0 }, one = { .n = 1 };
	struct block here;

	cr_assert(block_parse("::1", &here));
	one.allow = &here;
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		cr_expect_eq(policy_permits_host(&none, table[i].host),
		    table[i].permitted, "row %zu: '%s'", i, table[i].host);
		cr_expect(policy_permits_host(&one, table[i].host),
		    "row %zu: '%s', allowed", i, table[i].host);
	}
}
