/*
 * Which addresses may be spoken to.
 *
 * A feed's URL, or a redirect, must not reach what only this machine and its
 * network can see. Judged is the address that is about to be connected to,
 * after names are resolved; behind a proxy that is the proxy's.
 */
#include "fetch_int.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* IANA's special-purpose registries (RFC 6890 and later): what is not
 * globally reachable. */
static const char *const private_blocks[] = {
	"0.0.0.0/8",                                     /* this network */
	"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", /* private use */
	"100.64.0.0/10",  /* shared by a provider's customers */
	"127.0.0.0/8",    /* this machine */
	"169.254.0.0/16", /* link local, cloud metadata */
	"192.0.0.0/24", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24",
	"198.18.0.0/15",              /* benchmarks */
	"224.0.0.0/4", "240.0.0.0/4", /* multicast, reserved, broadcast */
	"::/96",                      /* none, this machine, old IPv4 */
	"64:ff9b:1::/48",             /* local translation */
	"100::/64",                   /* discard */
	"100:0:0:1::/64",             /* dummy */
	"::ffff:0:0:0/96",            /* stateless translation */
	"2001:2::/48",                /* benchmarks */
	"2001:10::/28",               /* hashes, no places */
	"3fff::/20",                  /* documentation */
	"5f00::/16",                  /* segment routing */
	"2001::/32",                  /* Teredo: IPv4 in disguise */
	"2001:db8::/32", "fc00::/7",  /* private use */
	"fe80::/10", "fec0::/10",     /* link and site local */
	"ff00::/8",                   /* multicast */
};

static void
v4_mapped(const uint8_t v4[4], uint8_t out[16])
{
	memset(out, 0, 10);
	memset(out + 10, 0xff, 2);
	memcpy(out + 12, v4, 4);
}

static bool
address_parse(const char *text, uint8_t out[16], bool *is_v4)
{
	uint8_t v4[4];

	*is_v4 = inet_pton(AF_INET, text, v4) == 1;
	if (*is_v4)
		v4_mapped(v4, out);
	return *is_v4 || inet_pton(AF_INET6, text, out) == 1;
}

/* All digits, 0..max. */
static bool
bits_parse(const char *text, int max, int *out)
{
	size_t n = strlen(text);

	if (n == 0 || n > 3 || strspn(text, "0123456789") != n)
		return false;
	*out = (int)strtol(text, NULL, 10);
	return *out <= max;
}

bool
block_parse(const char *text, struct block *out)
{
	char address[INET6_ADDRSTRLEN];
	const char *slash = strchr(text, '/');
	size_t n = slash != NULL ? (size_t)(slash - text) : strlen(text);
	struct block b = { .bits = 128 };
	bool is_v4;

	if (n >= sizeof(address))
		return false;
	memcpy(address, text, n);
	address[n] = '\0';
	if (!address_parse(address, b.addr, &is_v4))
		return false;
	if (slash != NULL) {
		if (!bits_parse(slash + 1, is_v4 ? 32 : 128, &b.bits))
			return false;
		b.bits += is_v4 ? 96 : 0;
	}
	*out = b;
	return true;
}

static bool
block_holds(const struct block *b, const uint8_t addr[16])
{
	size_t whole = (size_t)b->bits / 8;
	int rest = b->bits % 8;

	if (memcmp(b->addr, addr, whole) != 0)
		return false;
	return rest == 0 || (b->addr[whole] ^ addr[whole]) >> (8 - rest) == 0;
}

/* Translated (64:ff9b::/96) and tunnelled (2002::/16) addresses reach the
 * IPv4 address that stands in them: that one is judged. */
static void
unwrap(uint8_t addr[16])
{
	static const uint8_t nat64[12] = { 0x00, 0x64, 0xff, 0x9b };
	uint8_t v4[4];

	if (memcmp(addr, nat64, sizeof(nat64)) == 0)
		memcpy(v4, addr + 12, sizeof(v4));
	else if (addr[0] == 0x20 && addr[1] == 0x02)
		memcpy(v4, addr + 2, sizeof(v4));
	else
		return;
	v4_mapped(v4, addr);
}

static bool
is_private(const uint8_t addr[16])
{
	for (size_t i = 0; i < ARRAY_LEN(private_blocks); i++) {
		struct block b;

		if (!block_parse(private_blocks[i], &b))
			fatal("'%s' is no address block", private_blocks[i]);
		if (block_holds(&b, addr))
			return true;
	}
	return false;
}

static bool
permits(const struct policy *p, uint8_t addr[16])
{
	for (size_t i = 0; i < p->n; i++)
		if (block_holds(&p->allow[i], addr))
			return true;
	unwrap(addr);
	for (size_t i = 0; i < p->n; i++)
		if (block_holds(&p->allow[i], addr))
			return true;
	return !is_private(addr);
}

bool
policy_make(const struct config *cfg, struct arena *mem, struct policy *out,
    struct kpid_err *err)
{
	const struct config_network *net = &cfg->network;
	struct block *allow = arena_array(mem, net->n_allow, sizeof(*allow));

	for (size_t i = 0; i < net->n_allow; i++)
		if (!block_parse(net->allow[i], &allow[i]))
			return err_set(err, KPID_ECONFIG,
			    "network.allow: '%s' "
			    "is not an address or a block of them. HINT: "
			    "write it like '192.168.10.0/24' or '::1'",
			    net->allow[i]);
	*out = (struct policy){ allow, net->n_allow };
	return true;
}

bool
policy_permits(const struct policy *p, const struct sockaddr *sa)
{
	uint8_t addr[16];

	if (sa->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, sa, sizeof(in));
		v4_mapped((const uint8_t *)&in.sin_addr, addr);
	} else if (sa->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;

		memcpy(&in6, sa, sizeof(in6));
		memcpy(addr, &in6.sin6_addr, sizeof(addr));
	} else {
		return false;
	}
	return permits(p, addr);
}

/* This machine's name for itself, and a proxy's for the proxy. */
static bool
is_localhost(const char *host)
{
	static const char name[] = "localhost";
	size_t n = strlen(host);
	const size_t m = sizeof(name) - 1;

	n -= n > 0 && host[n - 1] == '.';
	return n >= m && strncasecmp(host + n - m, name, m) == 0
	    && (n == m || host[n - m - 1] == '.');
}

bool
policy_permits_host(const struct policy *p, const char *host)
{
	uint8_t addr[16];
	bool is_v4;

	if (is_localhost(host))
		return policy_permits_host(p, "127.0.0.1")
		    || policy_permits_host(p, "::1");
	return !address_parse(host, addr, &is_v4) || permits(p, addr);
}

bool
policy_is_private(const char *host)
{
	uint8_t addr[16];
	bool is_v4;

	if (!address_parse(host, addr, &is_v4))
		return is_localhost(host);
	unwrap(addr);
	return is_private(addr);
}

void
address_text(const struct sockaddr *sa, char out[INET6_ADDRSTRLEN])
{
	struct sockaddr_in in;
	struct sockaddr_in6 in6;

	out[0] = '\0';
	if (sa->sa_family == AF_INET) {
		memcpy(&in, sa, sizeof(in));
		(void)inet_ntop(AF_INET, &in.sin_addr, out, INET6_ADDRSTRLEN);
	} else if (sa->sa_family == AF_INET6) {
		memcpy(&in6, sa, sizeof(in6));
		(void)inet_ntop(AF_INET6, &in6.sin6_addr, out,
		    INET6_ADDRSTRLEN);
	}
}

bool
policy_refuse(struct kpid_err *err, const char *address)
{
	return err_set(err, KPID_EREFUSED,
	    "the address '%s' is private. "
	    "HINT: when it is meant, add \"%s\" to \"network\": {\"allow\": "
	    "[..]} in the configuration",
	    address, address);
}
