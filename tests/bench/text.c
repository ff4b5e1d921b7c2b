/*
 * How fast bytes become text and text becomes rows, beside the C library's
 * converter over the same bytes in the same memory.
 *
 *	text ENCODING ICONV-NAME FILE
 *
 * Best of five runs each, in MB/s of the file by processor time.
 */
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kpid/decode.h"
#include "kpid/limits.h"
#include "kpid/parse.h"
#include "kpid/place.h"

#define RUNS 5

struct job {
	struct slice body;
	const char *library; /* its name for the encoding */
	enum encoding encoding;
	bool rows; /* parse the text too */
	struct csv *csv;
	const struct row_sink *sink;
	uint64_t cells;
};

static double
seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool
run_library(struct job *job, struct kpid_err *err)
{
	iconv_t cd = iconv_open("UTF-8", job->library);
	char *out = malloc(4 * CHUNK_BYTES), *from;
	size_t left = job->body.len;

	memcpy(&from, &job->body.ptr, sizeof(from));
	while (left > 0 && out != NULL) {
		size_t step = left < CHUNK_BYTES ? left : CHUNK_BYTES;
		size_t in = step, room = 4 * CHUNK_BYTES;
		char *to = out;

		(void)iconv(cd, &from, &in, &to, &room);
		if (in == step)
			return err_set(err, KPID_EDECODE, "iconv stopped");
		left -= step - in;
	}
	free(out);
	(void)iconv_close(cd);
	return true;
}

static bool
take_text(void *ctx, struct slice text, struct kpid_err *err)
{
	struct job *job = ctx;

	return job->rows ? csv_push(job->csv, text, false, job->sink, err)
			 : true;
}

static bool
take_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct job *job = ctx;

	(void)err;
	job->cells += row->n;
	return true;
}

static bool
push_all(struct job *job, struct decoder *d, struct kpid_err *err)
{
	const struct text_sink text = { job, take_text };
	struct slice piece = { job->body.ptr, CHUNK_BYTES };

	for (size_t at = 0; at < job->body.len; at += piece.len) {
		piece.ptr = job->body.ptr + at;
		if (piece.len > job->body.len - at)
			piece.len = job->body.len - at;
		if (!decoder_push(d, piece, at + piece.len == job->body.len,
			&text, err))
			return false;
	}
	return true;
}

static bool
run_ours(struct job *job, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct row_sink rows = { .ctx = job, .row = take_row };
	struct decoder *d = decoder_new(job->encoding, &mem);
	struct slice none = { "", 0 };
	bool ok;

	job->csv = csv_new((struct csv_dialect){ ',', '"' }, &mem);
	job->sink = &rows;
	job->cells = 0;
	ok = push_all(job, d, err);
	if (ok && job->rows)
		ok = csv_push(job->csv, none, true, &rows, err);
	csv_free(job->csv);
	return ok;
}

static void
measure(const char *what, struct job *job,
    bool (*run)(struct job *job, struct kpid_err *err))
{
	struct kpid_err err = { 0 };
	double best = 1e9;

	for (int i = 0; i < RUNS; i++) {
		double from = seconds(), took;

		if (!run(job, &err))
			fatal("%s: %s", what, err.msg);
		took = seconds() - from;
		best = took < best ? took : best;
	}
	(void)printf("%-12s %8.0f MB/s\n", what,
	    (double)job->body.len / best / 1e6);
}

static struct slice
read_file(const char *path, struct buf *body)
{
	static char chunk[CHUNK_BYTES]; /* too long for a stack */
	FILE *f = fopen(path, "rb");
	size_t n;

	if (f == NULL)
		fatal("could not open '%s'", path);
	buf_init(body, (size_t)1 << 30);
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		if (!buf_put(body, chunk, n))
			fatal("'%s' is too long", path);
	(void)fclose(f);
	return buf_slice(body);
}

int
main(int argc, char **argv)
{
	CLEANUP(buf_release) struct buf body;
	struct kpid_err err = { 0 };
	struct job job = { 0 };

	if (argc != 4)
		fatal("usage: text ENCODING ICONV-NAME FILE");
	if (!encoding_from_name(argv[1], &job.encoding, &err))
		fatal("%s", err.msg);
	job.library = argv[2];
	job.body = read_file(argv[3], &body);
	measure("iconv", &job, run_library);
	measure("decode", &job, run_ours);
	job.rows = true;
	measure("decode+rows", &job, run_ours);
	(void)printf("%llu cells\n", (unsigned long long)job.cells);
	return 0;
}
