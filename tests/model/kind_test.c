/* SPDX-License-Identifier: MIT */
/** model/kind: what libmagic says, in time and after everyone has gone; and compressed files by their first bytes. */
#include "folio/model/kind/kind.h"

#include "model/sample.h"
#include "test.h"

#include "folio/io/page/guard.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/** The text, once it is known. */
static const char *wait_text(struct kind *kind, struct wake *wake)
{
    while (!kind_text(kind))
        assert_true(wake_wait(wake, 60000));
    return kind_text(kind);
}

static void assert_kind(const char *data, size_t length, const char *expected)
{
    struct error error;
    struct wake *wake = wake_open(&error);
    char *copy = malloc(length + (length == 0));
    assert_non_null(copy);
    memcpy(copy, data, length);
    struct kind *kind = kind_open((struct span){copy, length}, wake);
    assert_non_null(kind);
    /* The sample is borrowed during the call only. */
    memset(copy, 0, length);
    free(copy);
    assert_non_null(strstr(wait_text(kind, wake), expected));
    kind_close(kind);
    wake_close(wake);
}

static void libmagic_is_asked(void **state)
{
    (void)state;
    assert_kind("{\"a\": 1}\n", 9, "JSON");
    assert_kind("hello\n", 6, "ASCII text");
    assert_kind("\xc3\xa9t\xc3\xa9\n", 6, "UTF-8");
    assert_kind("%PDF-1.4\n", 9, "PDF document");
    assert_kind("\x1f\x8b\x08\0\0\0\0\0\0\3", 10, "gzip");
    assert_kind("", 0, "empty");
}

/** What it would be with these bytes in it; the file stays as it is. */
static void assert_edited(int fd, const struct sandbox_byte *byte, size_t count, const char *expected)
{
    struct error error;
    struct wake *wake = wake_open(&error);
    struct kind *kind = kind_open_edited(fd, byte, count, wake);
    assert_non_null(kind);
    assert_non_null(strstr(wait_text(kind, wake), expected));
    kind_close(kind);
    wake_close(wake);
}

static void libmagic_sees_edits(void **state)
{
    static const char text[] = "hello, this is a text\n";
    static const struct sandbox_byte elf[] = {{0, 0x7f}, {1, 'E'}, {2, 'L'}, {3, 'F'}, {9000, 'x'}};
    char path[] = "/tmp/folio-kind-XXXXXX", now[sizeof text];
    (void)state;
    guard_install(); /* cmocka has put a handler of its own in its place */
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, sizeof text - 1), sizeof text - 1);
    assert_edited(fd, NULL, 0, "ASCII text");
    assert_edited(fd, elf, 5, "ELF");
    assert_edited(fd, elf, 1, "data");
    assert_int_equal(pread(fd, now, sizeof now, 0), sizeof text - 1);
    assert_memory_equal(now, text, sizeof text - 1);
    assert_int_equal(ftruncate(fd, 0), 0);
    assert_edited(fd, elf, 5, "empty");
    close(fd);
    unlink(path);
    assert_null(kind_open_edited(-1, NULL, 0, NULL));
}

/** The file and the bytes are the helper's own: closing both, and letting go, does no harm. */
static void letting_go_of_edits_is_harmless(void **state)
{
    (void)state;
    guard_install();
    for (int i = 0; i < 50; i++) {
        char path[] = "/tmp/folio-kind-XXXXXX";
        int fd = mkstemp(path);
        struct sandbox_byte *byte = calloc(1, sizeof *byte);
        assert_true(fd >= 0);
        assert_non_null(byte);
        assert_int_equal(write(fd, "text\n", 5), 5);
        struct kind *kind = kind_open_edited(fd, byte, 1, NULL);
        assert_non_null(kind);
        free(byte);
        close(fd);
        unlink(path);
        kind_close(kind);
    }
}

static void assert_encoding(const char *data, size_t length, const char *expected)
{
    struct error error;
    struct wake *wake = wake_open(&error);
    struct kind *kind = kind_open((struct span){data, length}, wake);
    assert_non_null(kind);
    (void)wait_text(kind, wake);
    assert_string_equal(kind_encoding(kind), expected);
    kind_close(kind);
    wake_close(wake);
}

static void libmagic_is_asked_for_the_encoding(void **state)
{
    (void)state;
    assert_null(kind_encoding(NULL));
    assert_encoding("hello\n", 6, "us-ascii");
    assert_encoding("\xc3\xa9t\xc3\xa9\n", 6, "utf-8");
    assert_encoding("Gr\xfc\xdf\n", 5, "iso-8859-1");
    assert_encoding("\xff\xfeh\0i\0\n\0", 8, "utf-16le");
}

static void only_the_sample_is_kept(void **state)
{
    (void)state;
    char *data = malloc(3 * KIND_SAMPLE);
    assert_non_null(data);
    memset(data, 'a', KIND_SAMPLE);
    memset(data + KIND_SAMPLE, 0, 2 * KIND_SAMPLE);
    assert_kind(data, 3 * KIND_SAMPLE, "ASCII text");
    free(data);
}

/** No database: not an error, and known. */
static void without_a_database_the_text_is_empty(void **state)
{
    (void)state;
    struct error error;
    struct wake *wake = wake_open(&error);
    setenv("MAGIC", "/nonexistent/magic", 1);
    struct kind *kind = kind_open((struct span){"hello\n", 6}, wake);
    assert_string_equal(wait_text(kind, wake), "");
    unsetenv("MAGIC");
    kind_close(kind);
    wake_close(wake);
}

/** Closing while the helper works is safe, also when the wake goes away right after. */
static void closing_does_not_wait(void **state)
{
    (void)state;
    struct error error;
    unsigned threads = sample_threads();
    for (unsigned i = 0; i < 50; i++) {
        struct wake *wake = wake_open(&error);
        struct kind *kind = kind_open((struct span){"#!/bin/sh\n", 10}, wake);
        assert_non_null(kind);
        struct timespec pause = {0, (long)i * 100000};
        nanosleep(&pause, NULL);
        kind_close(kind);
        wake_close(wake);
    }
    /* The helpers are detached: let them come to their ends before a sanitizer counts what is left. */
    assert_true(sample_settled(threads));
}

static void nobody_is_fine(void **state)
{
    (void)state;
    kind_close(NULL);
    assert_null(kind_text(NULL));
    struct kind *kind = kind_open((struct span){"x", 1}, NULL);
    struct timespec pause = {0, 1000000};
    while (!kind_text(kind))
        nanosleep(&pause, NULL);
    kind_close(kind);
}

static void compressed_files_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *data;
        size_t length;
        const char *program;
    } samples[] = {
        {"\x1f\x8b\x08\0\0\0", 6, "zcat"},
        {"\x1f\x9d\x90", 3, "zcat"},
        {"\xfd"
         "7zXZ\0",
         6, "xzcat"},
        {"LZIP\x01\x0c", 6, "xzcat"},
        {"\x28\xb5\x2f\xfd\x04\x00", 6, "zstdcat"},
        {"BZh91AY&SY", 10, "bzcat"},
        {"BZh9\x17\x72\x45\x38\x50\x90", 10, "bzcat"},
        {"\x04\x22\x4d\x18\x64\x40", 6, "lz4cat"},
        {"BZh91 is a text", 15, NULL},
        {"BZh01AY&SY", 10, NULL},
        {"BZh91", 5, NULL},
        {"\x1f\x8b", 2, NULL},
        {"\xfd"
         "7zXZ",
         5, NULL},
        {"LZIP\n", 5, NULL},
        {"hello\n", 6, NULL},
        {"", 0, NULL},
    };
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        const char *program = kind_unpacker((struct span){samples[i].data, samples[i].length});
        if (!samples[i].program) {
            assert_null(program);
        } else {
            assert_non_null(program);
            assert_string_equal(program, samples[i].program);
        }
    }
    assert_null(kind_unpacker((struct span){NULL, 0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(libmagic_sees_edits),       cmocka_unit_test(letting_go_of_edits_is_harmless),
        cmocka_unit_test(libmagic_is_asked),         cmocka_unit_test(libmagic_is_asked_for_the_encoding),
        cmocka_unit_test(only_the_sample_is_kept),   cmocka_unit_test(without_a_database_the_text_is_empty),
        cmocka_unit_test(closing_does_not_wait),     cmocka_unit_test(nobody_is_fine),
        cmocka_unit_test(compressed_files_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
