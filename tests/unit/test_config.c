/* rooms: base config */
/* Every directory of tests/cases/config; see the README there. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kpid/config.h"
#include "kpid/file.h"

#define CASES "tests/cases/config/"

/* text without the names of directories of this machine. */
static const char *
without(const char *text, const char *dir, struct arena *mem)
{
	const char *out = "", *at;

	while ((at = strstr(text, dir)) != NULL) {
		out = arena_printf(mem, "%s%.*s", out, (int)(at - text), text);
		text = at + strlen(dir);
	}
	return arena_printf(mem, "%s%s", out, text);
}

/* The problems as `kpid check` prints them. */
static const char *
printed(const struct problems *all, struct arena *mem)
{
	char *here = getcwd(arena_alloc(mem, 4096), 4096);
	const char *dir = arena_printf(mem, "%s/", here);
	const char *out = "";

	for (size_t i = 0; i < all->n; i++) {
		const struct problem *p = &all->list[i];

		out = p->line > 0
		    ? arena_printf(mem, "%s%s:%d: %s\n", out, p->file, p->line,
			p->text)
		    : arena_printf(mem, "%s%s: %s\n", out, p->file, p->text);
	}
	return without(out, dir, mem);
}

/* What the file says, or NULL when there is none. */
static const char *
text_of(const char *path, struct arena *mem)
{
	struct kpid_err err = { 0 };
	struct slice text;

	return file_read(path, 1 << 20, KPID_ECONFIG, mem, &text, &err)
	    ? text.ptr
	    : NULL;
}

static void
run_valid(const char *name)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct problems all = { .mem = &mem };
	const char *document = text_of("document", &mem), *got;
	struct config cfg;
	bool loaded = config_load("kpid.json", &mem, &cfg, &all);

	cr_expect(loaded, "%s:\n%s", name, printed(&all, &mem));
	if (!loaded || document == NULL)
		return;
	got = config_document(&cfg, &mem);
	cr_expect_str_eq(arena_printf(&mem, "%s\n", got), document,
	    "%s: got %s", name, got);
}

static void
run_invalid(const char *name)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct problems all = { .mem = &mem };
	const char *want = text_of("error", &mem), *got;
	struct config cfg = { 0 };

	cr_assert_not_null(want, "%s has no file 'error'", name);
	cr_expect(!config_load("kpid.json", &mem, &cfg, &all), "%s loads",
	    name);
	got = printed(&all, &mem);
	cr_expect_str_eq(got, want, "%s: got\n%swant\n%s", name, got, want);
}

static void
run_all(const char *dir, void (*run)(const char *name))
{
	DIR *cases = opendir(dir);
	struct dirent *entry;
	int here = open(".", O_RDONLY), n = 0;

	cr_assert_not_null(cases);
	while ((entry = readdir(cases)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		cr_assert_eq(fchdir(dirfd(cases)), 0);
		cr_assert_eq(chdir(entry->d_name), 0, "%s", entry->d_name);
		run(entry->d_name);
		n++;
	}
	cr_assert_eq(fchdir(here), 0);
	(void)closedir(cases);
	(void)close(here);
	cr_expect_gt(n, 0);
}

Test(config, valid_cases_load)
{
	run_all(CASES "valid", run_valid);
}

Test(config, invalid_cases_say_everything_that_is_wrong)
{
	run_all(CASES "invalid", run_invalid);
}

Test(config, a_file_that_is_not_there)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct problems all = { .mem = &mem };
	struct config cfg;

	cr_expect(!config_load("nowhere/kpid.json", &mem, &cfg, &all));
	cr_assert_eq(all.n, 1);
	cr_expect_str_eq(all.list[0].text,
	    "could not open: No such file or directory");
	cr_expect(!config_load(CASES "kpid.json", &mem, &cfg, &all));
	cr_assert_eq(all.n, 2);
	cr_expect_str_eq(all.list[1].file, CASES "kpid.json",
	    "paths are shown from the working directory on");
}

Test(config, problems_of_the_caller_are_kept)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct problems all = { .mem = &mem };
	struct config cfg;

	for (int i = 0; i < 40; i++)
		problem_add(&all, "z", i, "%d", i);
	cr_expect(config_load(CASES "valid/minimal/kpid.json", &mem, &cfg,
		      &all),
	    "problems of before do not fail it");
	cr_expect(!config_load(CASES "invalid/a-list/kpid.json", &mem, &cfg,
	    &all));
	cr_expect_eq(all.n, 41);
	cr_expect_str_eq(all.list[39].text, "39");
}
