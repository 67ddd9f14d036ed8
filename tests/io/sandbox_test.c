/* SPDX-License-Identifier: MIT */
/* io: private windows: what is in them, that nothing of it gets into the file, holes, ends, files that are cut off. */
#include "folio/io/page/sandbox.h"

#include "test.h"

#include "folio/io/page/guard.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define LENGTH_MAX ((size_t)300000)
#define EDITS      200

/** On the disk, and in memory: they differ in holes, in what lies behind the end, and in who may ask. */
static const char *const folder[] = {"/var/tmp", "/dev/shm"};

struct file {
    char path[64];
    int fd;   /**< as the view has it: for reading only */
    int edit; /**< the test's own, for writing */
    char *data;
    size_t length;
};

static uint64_t seed = 0x9e3779b97f4a7c15u;

static size_t below(size_t limit)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return limit ? (size_t)(seed * 0x2545f4914f6cdd1du >> 16) % limit : 0;
}

static void file_open(struct file *file, const char *where, size_t length)
{
    snprintf(file->path, sizeof file->path, "%s/folio-sandbox-XXXXXX", where);
    file->edit = mkstemp(file->path);
    assert_true(file->edit >= 0);
    file->length = length;
    file->data = malloc(length + 1);
    assert_non_null(file->data);
    for (size_t i = 0; i < length; i++)
        file->data[i] = (char)below(256);
    assert_int_equal(pwrite(file->edit, file->data, length, 0), (ssize_t)length);
    assert_int_equal(fchmod(file->edit, 0644), 0);
    file->fd = open(file->path, O_RDONLY | O_CLOEXEC);
    assert_true(file->fd >= 0);
}

/** The file is what it was, all of it. */
static void file_unchanged(const struct file *file)
{
    char *now = malloc(file->length + 1);
    assert_non_null(now);
    assert_int_equal(pread(file->edit, now, file->length + 1, 0), (ssize_t)file->length);
    assert_memory_equal(now, file->data, file->length);
    free(now);
}

static void file_close(struct file *file)
{
    close(file->fd);
    close(file->edit);
    unlink(file->path);
    free(file->data);
}

/** What was seen. */
struct seen {
    char *bytes;
    size_t length;
    unsigned calls;
    int cut; /**< make the file that short in the middle of looking; -1: do not */
    const struct file *file;
};

static void look(struct span bytes, void *argument)
{
    struct seen *seen = argument;
    seen->calls++;
    if (seen->cut >= 0 && ftruncate(seen->file->edit, seen->cut) != 0)
        abort();
    seen->length = bytes.length;
    memcpy(seen->bytes, bytes.data, bytes.length);
}

static void check_window(const struct file *file)
{
    struct sandbox_byte edit[EDITS];
    char *expected = malloc(file->length + 1);
    struct seen seen = {.bytes = malloc(LENGTH_MAX), .cut = -1};
    struct range range;
    struct error error;
    size_t count = below(EDITS);
    assert_non_null(expected);
    assert_non_null(seen.bytes);
    memcpy(expected, file->data, file->length);
    for (size_t i = 0; i < count; i++) {
        edit[i] = (struct sandbox_byte){below(file->length + 100), (uint8_t)below(256)};
        if (edit[i].offset < file->length)
            expected[edit[i].offset] = (char)edit[i].value;
    }
    range.begin = below(file->length + 10);
    range.end = range.begin + below(file->length + 5000);
    assert_int_equal(sandbox_run(file->fd, range, edit, count, look, &seen, &error), SANDBOX_DONE);
    size_t end = range.end < file->length ? (size_t)range.end : file->length;
    size_t length = range.begin < end ? end - (size_t)range.begin : 0;
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.length, length);
    assert_memory_equal(seen.bytes, expected + (length ? range.begin : 0), length);
    free(seen.bytes);
    free(expected);
}

static void a_window_is_the_file_with_the_edits_in_it(void **state)
{
    static const size_t lengths[] = {1, 77, 4095, 4096, 4097, 65536, 200001};
    (void)state;
    guard_install();
    for (size_t where = 0; where < 2; where++)
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
            struct file file;
            file_open(&file, folder[where], lengths[i]);
            for (int round = 0; round < 40; round++)
                check_window(&file);
            file_unchanged(&file);
            file_close(&file);
        }
}

static void an_empty_file_is_an_empty_window(void **state)
{
    struct file file;
    struct sandbox_byte edit = {0, 'x'};
    struct seen seen = {.bytes = malloc(1), .cut = -1};
    struct error error;
    (void)state;
    guard_install();
    file_open(&file, folder[0], 0);
    assert_int_equal(sandbox_run(file.fd, (struct range){0, 65536}, &edit, 1, look, &seen, &error),
                     SANDBOX_DONE);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.length, 0);
    file_close(&file);
    free(seen.bytes);
}

/** What is stored behind the end of the last page must not be there when the file grows. */
static void nothing_comes_up_behind_the_end(void **state)
{
    (void)state;
    guard_install();
    for (size_t where = 0; where < 2; where++) {
        struct file file;
        struct sandbox_byte edit[] = {{99, 'A'}, {100, 'B'}, {4095, 'C'}, {4096, 'D'}};
        struct seen seen = {.bytes = malloc(LENGTH_MAX), .cut = -1};
        struct error error;
        char grown[5000];
        file_open(&file, folder[where], 100);
        assert_int_equal(sandbox_run(file.fd, (struct range){0, 65536}, edit, 4, look, &seen, &error),
                         SANDBOX_DONE);
        assert_int_equal(seen.length, 100);
        assert_int_equal(seen.bytes[99], 'A');
        assert_int_equal(ftruncate(file.edit, sizeof grown), 0);
        assert_int_equal(pread(file.edit, grown, sizeof grown, 0), (ssize_t)sizeof grown);
        assert_memory_equal(grown, file.data, 100);
        for (size_t i = 100; i < sizeof grown; i++)
            assert_int_equal(grown[i], 0);
        file_close(&file);
        free(seen.bytes);
    }
}

/** Looks at the two ends and at one place only: the rest would be a terabyte of zeros. */
static void look_sparse(struct span bytes, void *argument)
{
    struct seen *seen = argument;
    seen->calls++;
    seen->length = bytes.length;
    seen->bytes[0] = bytes.data[0];
    seen->bytes[1] = bytes.data[bytes.length / 2];
    seen->bytes[2] = bytes.data[bytes.length - 1];
}

static void holes_stay_holes(void **state)
{
    const char *sanitizer = getenv("SANITIZER");
    /* Where addresses are watched there is no room for a window of all of it. */
    const uint64_t size = (uint64_t)1 << 40, most = sanitizer && sanitizer[0] ? (uint64_t)1 << 30 : size;
    (void)state;
    guard_install();
    for (size_t where = 0; where < 2; where++) {
        struct file file;
        char three[3];
        struct seen seen = {.bytes = three, .cut = -1};
        struct error error;
        struct stat before, after;
        file_open(&file, folder[where], 5000);
        if (ftruncate(file.edit, (off_t)size) != 0) {
            file_close(&file);
            continue;
        }
        struct sandbox_byte edit[] = {{most / 2, 'm'}, {most - 1, 'z'}};
        assert_int_equal(fsync(file.edit), 0);
        assert_int_equal(fstat(file.edit, &before), 0);
        assert_int_equal(sandbox_run(file.fd, (struct range){0, most}, edit, 2, look_sparse, &seen, &error),
                         SANDBOX_DONE);
        assert_true(seen.length == most);
        assert_int_equal(three[0], file.data[0]);
        assert_int_equal(three[1], 'm');
        assert_int_equal(three[2], 'z');
        assert_int_equal(fstat(file.edit, &after), 0);
        assert_true(after.st_blocks == before.st_blocks);
        char zero = 'x';
        assert_int_equal(pread(file.edit, &zero, 1, (off_t)most / 2), 1);
        assert_int_equal(zero, 0);
        file_close(&file);
    }
}

/** `left` bytes are left of the file while somebody looks. */
static void check_cut(const char *where, int left)
{
    struct file file;
    struct sandbox_byte edit = {150000, 'x'};
    struct error error;
    file_open(&file, where, 200000);
    struct seen seen = {.bytes = malloc(LENGTH_MAX), .cut = left, .file = &file};
    enum sandbox_result result =
        sandbox_run(file.fd, (struct range){0, LENGTH_MAX}, &edit, 1, look, &seen, &error);
    assert_int_equal(result, SANDBOX_CHANGED);
    assert_int_equal(seen.calls, 1);
    /* Once more: it is as long as it is now. */
    seen.cut = -1;
    result = sandbox_run(file.fd, (struct range){0, LENGTH_MAX}, &edit, 1, look, &seen, &error);
    assert_int_equal(result, SANDBOX_DONE);
    assert_int_equal(seen.length, left);
    file.data[edit.offset] = (char)edit.value;
    assert_memory_equal(seen.bytes, file.data, (size_t)left);
    file_close(&file);
    free(seen.bytes);
}

static void a_file_that_is_cut_off_is_told(void **state)
{
    (void)state;
    guard_install();
    for (size_t where = 0; where < 2; where++) {
        check_cut(folder[where], 0);
        check_cut(folder[where], 4096);
        check_cut(folder[where], 100000);
        check_cut(folder[where], 199999); /* in the last page: zeros, and no signal */
    }
}

/** Without rights, where nobody may say what is in memory: the window is filled by reading. */
static int stranger(const struct file *file)
{
    if (setresgid(65534, 65534, 65534) != 0 || setresuid(65534, 65534, 65534) != 0)
        return 2;
    for (int round = 0; round < 40; round++)
        check_window(file);
    return 0;
}

static void a_stranger_sees_the_same(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip();
    guard_install();
    for (size_t where = 0; where < 2; where++) {
        struct file file;
        int status;
        file_open(&file, folder[where], 100001);
        pid_t child = fork();
        if (child == 0)
            _exit(stranger(&file));
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
        file_unchanged(&file);
        file_close(&file);
    }
}

static void what_cannot_be_opened_is_told(void **state)
{
    struct seen seen = {.cut = -1};
    struct error error;
    (void)state;
    error_clear(&error);
    assert_int_equal(sandbox_run(-1, (struct range){0, 10}, NULL, 0, look, &seen, &error),
                     SANDBOX_UNREADABLE);
    assert_true(error.message[0] != '\0');
    assert_int_equal(seen.calls, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_window_is_the_file_with_the_edits_in_it),
        cmocka_unit_test(an_empty_file_is_an_empty_window),
        cmocka_unit_test(nothing_comes_up_behind_the_end),
        cmocka_unit_test(holes_stay_holes),
        cmocka_unit_test(a_file_that_is_cut_off_is_told),
        cmocka_unit_test(a_stranger_sees_the_same),
        cmocka_unit_test(what_cannot_be_opened_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
