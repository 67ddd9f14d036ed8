/* SPDX-License-Identifier: MIT */
/** tests: ui/prompt/history: what is kept, who may read it, and files that are none. */
#include "folio/ui/prompt/history.h"

#include "test.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE_MS 60000

struct place {
    char folder[64], path[128];
};

static int setup(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    *state = place;
    strcpy(place->folder, "/tmp/folio-history-XXXXXX");
    if (!place || !mkdtemp(place->folder))
        return 1;
    snprintf(place->path, sizeof place->path, "%s/state/folio/history", place->folder);
    return 0;
}

static int entry_remove(const char *path, const struct stat *stat, int type, struct FTW *walk)
{
    (void)stat, (void)type, (void)walk;
    return remove(path);
}

static int teardown(void **state)
{
    struct place *place = *state;
    nftw(place->folder, entry_remove, 16, FTW_DEPTH | FTW_PHYS);
    free(place);
    return 0;
}

/** The folders and the file, with `length` bytes in it. */
static void file_write(const struct place *place, const char *text, size_t length)
{
    char folder[128];
    snprintf(folder, sizeof folder, "%s/state", place->folder);
    mkdir(folder, 0700);
    strcat(folder, "/folio");
    mkdir(folder, 0700);
    FILE *file = fopen(place->path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    fclose(file);
}

static char *file_read(const char *path)
{
    char *text = calloc(1, 4 << 20);
    FILE *file = fopen(path, "r");
    assert_non_null(text);
    if (file) {
        assert_true(fread(text, 1, (4 << 20) - 1, file) < 4 << 20);
        fclose(file);
    }
    return text;
}

static void expect(const char *path, const char *expected)
{
    char *text = file_read(path);
    assert_string_equal(text, expected);
    free(text);
}

/** One run that enters `count` lines, one after the other. */
static void run(const char *path, const char *const *line, size_t count)
{
    struct history_file *history = history_open(path);
    assert_non_null(history);
    for (size_t i = 0; i < count; i++) {
        enum prompt_kind kind = line[i][0] == '/'   ? PROMPT_SEARCH
                                : line[i][0] == ':' ? PROMPT_COLON
                                                    : PROMPT_FILE;
        history_add(history, kind, line[i] + 1);
        history_settle(history, PATIENCE_MS);
    }
    history_close(history);
}

/** What a new run recalls, the newest first, one a line. */
static void recall(const char *path, enum prompt_kind kind, char *out, size_t capacity)
{
    struct prompt prompt = {0};
    struct history_file *history = history_open(path);
    assert_non_null(history);
    history_settle(history, PATIENCE_MS);
    assert_true(history_take(history, &prompt));
    assert_false(history_take(history, &prompt));
    out[0] = '\0';
    for (size_t i = prompt.history[kind].count; i-- > 0;) {
        size_t length = strlen(out);
        snprintf(out + length, capacity - length, "%s\n", prompt.history[kind].line[i]);
    }
    prompt_release(&prompt);
    history_close(history);
}

static void what_is_entered_is_there_again(void **state)
{
    const struct place *place = *state;
    static const char *const line[] = {"/one", ":set numbers", "/two", ">a file name", "/one"};
    char text[256];
    struct stat stat_now;
    run(place->path, line, 5);
    expect(place->path, ":set numbers\n/two\n/one\n");
    recall(place->path, PROMPT_SEARCH, text, sizeof text);
    assert_string_equal(text, "one\ntwo\n");
    recall(place->path, PROMPT_COLON, text, sizeof text);
    assert_string_equal(text, "set numbers\n");
    assert_int_equal(stat(place->path, &stat_now), 0);
    assert_int_equal(stat_now.st_mode & 0777, 0600);
    char folder[128];
    snprintf(folder, sizeof folder, "%s/state", place->folder);
    assert_int_equal(stat(folder, &stat_now), 0);
    assert_int_equal(stat_now.st_mode & 0777, 0700);
}

static void a_file_that_others_may_read_is_closed(void **state)
{
    const struct place *place = *state;
    static const char *const line[] = {"/two"};
    struct stat stat_now;
    file_write(place, "/one\n", 5);
    assert_int_equal(chmod(place->path, 0644), 0);
    run(place->path, line, 1);
    assert_int_equal(stat(place->path, &stat_now), 0);
    assert_int_equal(stat_now.st_mode & 0777, 0600);
    expect(place->path, "/one\n/two\n");
}

/** Broken lines are passed over, and left out when the file is written anew. */
static void broken_lines_are_no_harm(void **state)
{
    const struct place *place = *state;
    static const char *const line[] = {"/last"};
    static const char before[] = "/one\n\nnonsense\n/\n\033[2J\n/t\two\n:x\n/half";
    char text[256];
    file_write(place, before, sizeof before - 1);
    recall(place->path, PROMPT_SEARCH, text, sizeof text);
    assert_string_equal(text, "half\none\n");
    run(place->path, line, 1);
    expect(place->path, "/one\n:x\n/half\n/last\n");
}

static void what_cannot_be_kept_is_not(void **state)
{
    const struct place *place = *state;
    char longest[HISTORY_LENGTH + 2] = "/";
    char longer[HISTORY_LENGTH + 3] = "/";
    memset(longest + 1, 'x', HISTORY_LENGTH);
    memset(longer + 1, 'x', HISTORY_LENGTH + 1);
    const char *const line[] = {"/", "/a\nb", longer, longest};
    run(place->path, line, 4);
    char *text = file_read(place->path);
    assert_int_equal(strlen(text), HISTORY_LENGTH + 2);
    free(text);
}

static void the_oldest_go(void **state)
{
    const struct place *place = *state;
    static const char *const line[] = {"/new", "/newer"};
    char *before = calloc(HISTORY_ENTRIES + 1, 16);
    size_t length = 0;
    assert_non_null(before);
    for (int i = 0; i < HISTORY_ENTRIES; i++)
        length += (size_t)sprintf(before + length, "/entry %d\n", i);
    file_write(place, before, length);
    run(place->path, line, 2);
    char *text = file_read(place->path);
    size_t count = 0;
    for (const char *at = text; *at != '\0'; at++)
        count += *at == '\n';
    assert_int_equal(count, HISTORY_ENTRIES);
    assert_int_equal(strncmp(text, "/entry 2\n", 9), 0);
    assert_non_null(strstr(text, "\n/entry 999\n/new\n/newer\n"));
    free(text);
    free(before);
}

/** A file that is no history is neither read nor changed. */
static void other_files_stay(void **state)
{
    const struct place *place = *state;
    static const char *const line[] = {"/new"};
    static const char binary[] = "/one\n\0/two\n";
    char text[256];
    file_write(place, binary, sizeof binary - 1);
    run(place->path, line, 1);
    recall(place->path, PROMPT_SEARCH, text, sizeof text);
    assert_string_equal(text, "");
    struct stat stat_now;
    assert_int_equal(stat(place->path, &stat_now), 0);
    assert_int_equal(stat_now.st_size, sizeof binary - 1);
    /* Huge: a hole would be NULs, so the size is what is looked at first. */
    file_write(place, "/one\n", 5);
    assert_int_equal(truncate(place->path, (off_t)1 << 40), 0);
    run(place->path, line, 1);
    recall(place->path, PROMPT_SEARCH, text, sizeof text);
    assert_string_equal(text, "");
    assert_int_equal(stat(place->path, &stat_now), 0);
    assert_int_equal(stat_now.st_size, (off_t)1 << 40);
    /* Nobody is waited for who might write into a pipe. */
    assert_int_equal(unlink(place->path), 0);
    assert_int_equal(mkfifo(place->path, 0600), 0);
    run(place->path, line, 1);
    recall(place->path, PROMPT_SEARCH, text, sizeof text);
    assert_string_equal(text, "");
    assert_int_equal(unlink(place->path), 0);
    assert_int_equal(mkdir(place->path, 0700), 0);
    run(place->path, line, 1);
}

/** Folders that cannot be made, a file that cannot be written: nothing happens. */
static void nowhere_to_write(void **state)
{
    static const char *const line[] = {"/new"};
    char text[64];
    (void)state;
    run("/proc/none/folio/history", line, 1);
    recall("/proc/none/folio/history", PROMPT_SEARCH, text, sizeof text);
    assert_string_equal(text, "");
}

static void a_link_stays_a_link(void **state)
{
    const struct place *place = *state;
    static const char *const line[] = {"/one", "/two", "/one"};
    char real[128];
    struct stat stat_now;
    file_write(place, "", 0);
    snprintf(real, sizeof real, "%s/elsewhere", place->folder);
    assert_int_equal(rename(place->path, real), 0);
    assert_int_equal(symlink(real, place->path), 0);
    run(place->path, line, 3);
    assert_int_equal(lstat(place->path, &stat_now), 0);
    assert_true(S_ISLNK(stat_now.st_mode));
    expect(real, "/two\n/one\n");
}

/** Several runs at once: no line is lost, none is torn. */
static void runs_share_the_file(void **state)
{
    const struct place *place = *state;
    for (int process = 0; process < 4; process++) {
        if (fork() == 0) {
            struct history_file *history = history_open(place->path);
            for (int i = 0; i < 25; i++) {
                char text[32];
                /* "same" again and again: the file is put in place anew while others append. */
                snprintf(text, sizeof text, i % 5 == 0 ? "same" : "process %d line %d", process, i);
                history_add(history, PROMPT_SEARCH, text);
                history_settle(history, PATIENCE_MS);
            }
            _exit(0);
        }
    }
    for (int process = 0; process < 4; process++) {
        int status;
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    char *text = file_read(place->path);
    size_t count = 0;
    for (char *at = strtok(text, "\n"); at; at = strtok(NULL, "\n")) {
        assert_true(strcmp(at, "/same") == 0 || strncmp(at, "/process ", 9) == 0);
        count++;
    }
    assert_int_equal(count, 4 * 20 + 1);
    free(text);
}

static void the_path_is_that_of_the_environment(void **state)
{
    (void)state;
    setenv("HOME", "/home/somebody", 1);
    unsetenv("XDG_STATE_HOME");
    char *path = history_path();
    assert_string_equal(path, "/home/somebody/.local/state/folio/history");
    free(path);
    setenv("XDG_STATE_HOME", "relative", 1);
    path = history_path();
    assert_string_equal(path, "/home/somebody/.local/state/folio/history");
    free(path);
    setenv("XDG_STATE_HOME", "/state", 1);
    path = history_path();
    assert_string_equal(path, "/state/folio/history");
    free(path);
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    assert_null(history_path());
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_entered_is_there_again),
        TEST(a_file_that_others_may_read_is_closed),
        TEST(broken_lines_are_no_harm),
        TEST(what_cannot_be_kept_is_not),
        TEST(the_oldest_go),
        TEST(other_files_stay),
        TEST(nowhere_to_write),
        TEST(a_link_stays_a_link),
        TEST(runs_share_the_file),
        TEST(the_path_is_that_of_the_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
