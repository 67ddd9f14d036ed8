/* SPDX-License-Identifier: MIT */
/** model/document: opening by name, and what happens to an open file: growth, truncation, rotation, deletion. */
#include "folio/model/document/document.h"

#include "model/sample.h"
#include "test.h"

#include "folio/model/document/encoding.h"
#include "folio/model/kind/kind.h"
#include "folio/model/known/lines.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>

static char folder[] = "/tmp/folio-document-XXXXXX";
static char path[sizeof folder + 8], other[sizeof folder + 8];
static struct document_options options;

static int folder_make(void **state)
{
    struct error error;
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/file", folder);
    snprintf(other, sizeof other, "%s/other", folder);
    options = (struct document_options){MAPPING_SHARED, ADVICE_AUTO, -1, wake_open(&error)};
    return options.wake ? 0 : -1;
}

static int folder_remove(void **state)
{
    (void)state;
    unlink(path);
    unlink(other);
    rmdir(folder);
    return sample_settled(2) ? 0 : -1;
}

/** Write `text` into the file `name`, at its end or in place of what is there. */
static void put(const char *name, const char *text, bool append)
{
    FILE *file = fopen(name, append ? "a" : "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static struct document *open_path(const char *text)
{
    struct error error;
    put(path, text, false);
    struct document *document = document_open(path, &options, &error);
    assert_non_null(document);
    survey_start(document->survey);
    return document;
}

static void assert_content(struct document *document, const char *text)
{
    struct span span;
    assert_int_equal(reader_size(document->reader), strlen(text));
    assert_int_equal(reader_span(document->reader, 0, 1000, &span), READER_OK);
    assert_int_equal(span.length, strlen(text));
    assert_memory_equal(span.data, text, span.length);
}

static void assert_lines(struct document *document, uint64_t expected)
{
    uint64_t total;
    sample_wait(document->lines);
    assert_true(lines_total(document->lines, document->reader, &total));
    assert_int_equal(total, expected);
}

static void what_cannot_be_opened(void **state)
{
    struct error error = {0};
    (void)state;
    assert_null(document_open("/nonexistent/file", &options, &error));
    assert_non_null(strstr(error.message, "No such file"));
    assert_null(document_open(folder, &options, &error));
    assert_non_null(strstr(error.message, "is a directory"));
    document_close(NULL);
}

static void a_file_that_grows(void **state)
{
    (void)state;
    struct document *document = open_path("one\ntwo\n");
    assert_content(document, "one\ntwo\n");
    assert_int_equal(document_look(document, true), 0);
    assert_lines(document, 2);
    put(path, "three\n", true);
    assert_int_equal(document_look(document, true), DOCUMENT_GREW);
    assert_content(document, "one\ntwo\nthree\n");
    assert_lines(document, 3);
    assert_false(document_streaming(document));
    document_close(document);
}

static void a_file_that_shrinks(void **state)
{
    (void)state;
    struct document *document = open_path("one\ntwo\nthree\n");
    assert_int_equal(document_look(document, true), 0);
    put(path, "one\n", false);
    assert_int_equal(document_look(document, true), DOCUMENT_SHRANK);
    assert_content(document, "one\n");
    assert_lines(document, 1);
    assert_int_equal(document_look(document, true), 0);
    document_close(document);
}

static void a_file_that_is_rewritten(void **state)
{
    (void)state;
    struct document *document = open_path("one\ntwo\n");
    assert_int_equal(document_look(document, true), 0);
    struct stat before, now;
    assert_int_equal(stat(path, &before), 0);
    do /* the clock of files ticks slowly */
        put(path, "1\n2\n3\n4\n", false);
    while (stat(path, &now) == 0 && now.st_mtim.tv_sec == before.st_mtim.tv_sec &&
           now.st_mtim.tv_nsec == before.st_mtim.tv_nsec);
    unsigned change = 0;
    for (int look = 0; look < 30; look++, sample_sleep(10))
        change |= document_look(document, true);
    assert_int_equal(change, DOCUMENT_REWRITTEN);
    assert_content(document, "1\n2\n3\n4\n");
    assert_lines(document, 4);
    /* Truncated and written anew, longer than before, between two looks. */
    put(path, "another beginning\nand more\n", false);
    assert_int_equal(document_look(document, true), DOCUMENT_REWRITTEN | DOCUMENT_GREW);
    assert_content(document, "another beginning\nand more\n");
    assert_lines(document, 2);
    assert_int_equal(document_look(document, true), 0);
    document_close(document);
}

static void a_path_that_leads_elsewhere(void **state)
{
    (void)state;
    struct document *document = open_path("one\n");
    put(other, "other\n", false);
    assert_int_equal(rename(other, path), 0);
    assert_int_equal(document_look(document, true), DOCUMENT_REPLACED);
    assert_int_equal(document_look(document, true), DOCUMENT_REPLACED);
    assert_content(document, "one\n");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(document_look(document, true), DOCUMENT_DELETED);
    assert_content(document, "one\n");
    document_close(document);
}

static void growth_is_noticed_by_itself(void **state)
{
    (void)state;
    struct document *document = open_path("one\n");
    unsigned change = document_look(document, false);
    put(path, "two\n", true);
    for (int tries = 0; !(change & DOCUMENT_GREW); tries++) {
        assert_true(tries < 600);
        wake_wait(options.wake, 100);
        change |= document_look(document, false);
    }
    assert_content(document, "one\ntwo\n");
    document_close(document);
}

static atomic_bool appended;

static void *append_fast(void *argument)
{
    int fd = open(argument, O_WRONLY | O_APPEND);
    static char line[5000];
    memset(line, 'x', sizeof line - 1);
    line[sizeof line - 1] = '\n';
    for (int i = 0; i < 20000 && fd >= 0; i++)
        if (write(fd, line, sizeof line) < 0)
            break;
    close(fd);
    atomic_store(&appended, true);
    return NULL;
}

/** Somebody appends as fast as possible: that is growth and nothing else, at every moment. */
static void fast_growth_is_no_rewriting(void **state)
{
    pthread_t thread;
    unsigned change = 0;
    (void)state;
    struct document *document = open_path("one\n");
    atomic_store(&appended, false);
    assert_int_equal(pthread_create(&thread, NULL, append_fast, path), 0);
    while (!atomic_load(&appended))
        change |= document_look(document, true);
    pthread_join(thread, NULL);
    sample_sleep(10);
    for (int look = 0; look < 3; look++)
        change |= document_look(document, true);
    assert_int_equal(change, DOCUMENT_GREW);
    assert_int_equal(reader_size(document->reader), 4 + 5000 * 20000ull);
    assert_lines(document, 20001);
    document_close(document);
}

static void a_pipe_is_a_file_that_grows(void **state)
{
    struct error error;
    struct document_options piped = options;
    int end[2];
    (void)state;
    assert_int_equal(pipe(end), 0);
    piped.stdin_fd = end[0];
    struct document *document = document_open("-", &piped, &error);
    assert_non_null(document);
    survey_start(document->survey);
    assert_true(document_streaming(document));
    assert_true(document_is_stdin(document));
    assert_int_equal(write(end[1], "one\ntwo\n", 8), 8);
    for (int tries = 0; reader_size(document->reader) < 8; tries++, sample_sleep(5)) {
        assert_true(tries < 12000);
        document_look(document, false);
    }
    assert_content(document, "one\ntwo\n");
    assert_int_equal(write(end[1], "three", 5), 5);
    close(end[1]);
    for (int tries = 0; document_streaming(document); tries++, sample_sleep(5)) {
        assert_true(tries < 12000);
        document_look(document, false);
    }
    /* Once its end was seen, all of it was. */
    assert_content(document, "one\ntwo\nthree");
    assert_lines(document, 3);
    document_close(document);
}

static void given_text(void **state)
{
    struct error error;
    (void)state;
    struct document *document = document_open_text("HELP", "some help\n", 10, &options, &error);
    assert_non_null(document);
    assert_string_equal(document->name, "HELP");
    assert_false(document_is_stdin(document));
    survey_start(document->survey);
    assert_content(document, "some help\n");
    assert_int_equal(document_look(document, true), 0);
    assert_lines(document, 1);
    document_close(document);
}

static void the_kind_of_file(void **state)
{
    const char *unpacker = "?";
    (void)state;
    struct document *document = open_path("{\"a\": [1, 2]}\n");
    for (int tries = 0; !document_kind(document, &unpacker)[0]; tries++, sample_sleep(5))
        assert_true(tries < 12000);
    assert_non_null(strstr(document_kind(document, NULL), "JSON"));
    assert_null(unpacker);
    document_close(document);
    document = open_path("\x1f\x8b\x08");
    for (int tries = 0; !document_kind(document, &unpacker)[0]; tries++, sample_sleep(5))
        assert_true(tries < 12000);
    document_close(document);
}

/** Write `length` bytes into the file, at its end or in place of what is there, and open it. */
static void put_bytes(const char *data, size_t length, bool append)
{
    FILE *file = fopen(path, append ? "a" : "w");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, length, file), length);
    fclose(file);
}

static struct document *open_bytes(const char *data, size_t length)
{
    struct error error;
    put_bytes(data, length, false);
    struct document *document = document_open(path, &options, &error);
    assert_non_null(document);
    survey_start(document->survey);
    return document;
}

static void assert_encoding(struct document *document, const char *name, bool sure)
{
    bool is_sure;
    assert_string_equal(document_encoding(document, &is_sure)->name, name);
    assert_int_equal(is_sure, sure);
}

static void an_encoding_is_guessed(void **state)
{
    (void)state;
    struct document *document = open_bytes("\xff\xfe"
                                           "a\0\n\0\x0a\x0b\n\0b\0",
                                           12);
    assert_encoding(document, "UTF-16LE", true);
    assert_int_equal(document->lines_generation, 1);
    assert_int_equal(document_bom(document), 2);
    assert_false(document_binary(document));
    assert_lines(document, 3);
    assert_encoding(document, "UTF-16LE", true);
    assert_int_equal(document->lines_generation, 1);
    document_close(document);
    document = open_bytes("Gr\xfc\xdf"
                          "e\n",
                          6);
    assert_encoding(document, "ISO-8859-1", false);
    assert_int_equal(document->lines_generation, 0);
    assert_int_equal(document_bom(document), 0);
    document_close(document);
    document = open_bytes("\0\1\2\n\3", 5);
    assert_encoding(document, "UTF-8", false);
    assert_true(document_binary(document));
    document_close(document);
    document = open_bytes("", 0);
    assert_encoding(document, "UTF-8", false);
    assert_false(document_binary(document));
    document_close(document);
}

static void an_encoding_is_set(void **state)
{
    struct error error = {0};
    (void)state;
    struct document *document = open_bytes("a\0\n\0\x41\x0a\n\0", 8);
    assert_encoding(document, "UTF-16LE", false);
    assert_lines(document, 2);
    assert_true(document_set_encoding(document, "latin1", &error));
    assert_encoding(document, "ISO-8859-1", true);
    assert_int_equal(document->lines_generation, 2);
    assert_lines(document, 4);
    assert_false(document_set_encoding(document, "klingon", &error));
    assert_non_null(strstr(error.message, "no such encoding"));
    assert_encoding(document, "ISO-8859-1", true);
    assert_true(document_set_encoding(document, "koi8-r", &error));
    assert_int_equal(document->lines_generation, 2);
    /* libmagic's answer does not change what was set. */
    for (int tries = 0; !document_kind(document, NULL)[0]; tries++, sample_sleep(5))
        assert_true(tries < 12000);
    assert_encoding(document, "KOI8-R", true);
    assert_true(document_set_encoding(document, "auto", &error));
    assert_encoding(document, "UTF-16LE", false);
    assert_lines(document, 2);
    document_close(document);
}

/** More of the file makes the guess better, until it has said something; another file makes it new. */
static void a_guess_grows_with_the_file(void **state)
{
    (void)state;
    struct document *document = open_bytes("plain\n", 6);
    assert_encoding(document, "UTF-8", false);
    put_bytes("Gr\xfc\xdf"
              "e und \xfc und \xfc und \xfc\n",
              24, true);
    document_look(document, true);
    assert_encoding(document, "ISO-8859-1", false);
    put_bytes("\xc3\xa4\xc3\xa4\xc3\xa4\n", 7, true);
    document_look(document, true);
    assert_encoding(document, "ISO-8859-1", false);
    put_bytes("\xc3\xa4\xc3\xa4\n", 5, false);
    document_look(document, true);
    assert_encoding(document, "UTF-8", true);
    document_close(document);
}

/** The sample ends inside a character. */
static void a_character_over_the_end_of_the_sample(void **state)
{
    (void)state;
    size_t length = KIND_SAMPLE + 100;
    char *data = malloc(length);
    assert_non_null(data);
    memset(data, 'x', length);
    for (unsigned cut = 1; cut < 4; cut++) {
        memcpy(data + KIND_SAMPLE - cut, "\xf0\x9f\x98\x80", 4);
        memcpy(data + 1000, "\xc3\xa4", 2);
        struct document *document = open_bytes(data, length);
        assert_encoding(document, "UTF-8", true);
        assert_false(document_binary(document));
        document_close(document);
        memset(data + KIND_SAMPLE - 4, 'x', 8);
    }
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_be_opened),
        cmocka_unit_test(a_file_that_grows),
        cmocka_unit_test(a_file_that_shrinks),
        cmocka_unit_test(a_file_that_is_rewritten),
        cmocka_unit_test(a_path_that_leads_elsewhere),
        cmocka_unit_test(growth_is_noticed_by_itself),
        cmocka_unit_test(fast_growth_is_no_rewriting),
        cmocka_unit_test(a_pipe_is_a_file_that_grows),
        cmocka_unit_test(given_text),
        cmocka_unit_test(the_kind_of_file),
        cmocka_unit_test(an_encoding_is_guessed),
        cmocka_unit_test(an_encoding_is_set),
        cmocka_unit_test(a_guess_grows_with_the_file),
        cmocka_unit_test(a_character_over_the_end_of_the_sample),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
