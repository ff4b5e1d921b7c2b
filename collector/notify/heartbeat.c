/* A sign of life: one request, the answer's code and nothing else of it. */
#include <curl/curl.h>

#include "kpid/notify.h"

#define TIMEOUT_S 15L

static void
handle_release(CURL **handle)
{
	curl_easy_cleanup(*handle);
}

static size_t
discard(char *bytes, size_t size, size_t n, void *arg)
{
	(void)bytes;
	(void)arg;
	return size * n;
}

static bool
set_request(CURL *handle, const struct config *cfg)
{
	return curl_easy_setopt(handle, CURLOPT_URL, cfg->alerts.heartbeat.url)
	    == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https")
	    == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L) == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_TIMEOUT, TIMEOUT_S) == CURLE_OK
	    && curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, discard)
	    == CURLE_OK
	    && (cfg->network.proxy == NULL
		|| curl_easy_setopt(handle, CURLOPT_PROXY, cfg->network.proxy)
		    == CURLE_OK);
}

/* The URL is not named in what is said: it may be all that a stranger needs
 * to give our sign. */
bool
heartbeat_send(const struct config *cfg, int *code, struct kpid_err *err)
{
	CLEANUP(handle_release) CURL *handle = curl_easy_init();
	long answer = 0;

	*code = 0;
	if (handle == NULL)
		fatal("out of memory");
	if (cfg->alerts.heartbeat.url == NULL)
		return err_set(err, KPID_ECONFIG,
		    "alerts.heartbeat.url is not configured any more");
	if (!set_request(handle, cfg))
		return err_set_retry(err, KPID_EMAIL,
		    "alerts.heartbeat.url: libcurl does not take the settings");
	CURLcode result = curl_easy_perform(handle);

	(void)curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answer);
	*code = (int)answer;
	if (result != CURLE_OK)
		return err_set_retry(err, KPID_EMAIL,
		    "alerts.heartbeat.url: %s", curl_easy_strerror(result));
	if (answer < 200 || answer >= 300)
		return err_set_retry(err, KPID_EMAIL,
		    "alerts.heartbeat.url: it answered %ld", answer);
	return true;
}
