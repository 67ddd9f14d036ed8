/* SPDX-License-Identifier: MIT */
/** model/byte/classes: what bytes are called, what a survey of them finds, and how little it keeps. */
#include "folio/model/byte/classes.h"

#include "model/sample.h"
#include "test.h"

#include <stdio.h>

static enum byte_class class_of_all(int first, int last, size_t length, unsigned *entropy)
{
    char *data = malloc(length);
    assert_non_null(data);
    for (size_t i = 0; i < length; i++)
        data[i] = (char)(first + (int)(i % (size_t)(last - first + 1)));
    enum byte_class class = classes_of(data, length, entropy);
    free(data);
    return class;
}

static void bytes_are_called_what_they_are(void **state)
{
    static const struct {
        int first, last;
        enum byte_class class;
        unsigned entropy;
    } rows[] = {
        {0, 0, CLASS_ZERO, 0},          {' ', ' ', CLASS_SPACE, 0},     {'\t', '\r', CLASS_SPACE, 5},
        {1, 8, CLASS_CONTROL, 6},       {0x7f, 0x7f, CLASS_CONTROL, 0}, {'!', '~', CLASS_PRINTABLE, 13},
        {0x80, 0xff, CLASS_HIGH, 14},   {0, 255, CLASS_MIXED, 15},      {'a', 'b', CLASS_PRINTABLE, 2},
        {'a', 'd', CLASS_PRINTABLE, 4}, {0x60, 0x9f, CLASS_MIXED, 12},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t length = 65536; length > 8000; length -= 9973) {
            unsigned entropy = 99;
            assert_int_equal(class_of_all(rows[i].first, rows[i].last, length, &entropy), rows[i].class);
            assert_int_equal(entropy, rows[i].entropy);
        }
    unsigned entropy;
    assert_int_equal(classes_of("", 0, &entropy), CLASS_MIXED);
    assert_int_equal(classes_of("hello world", 11, &entropy), CLASS_PRINTABLE);
    assert_int_equal(classes_of("a\0b\0c", 5, &entropy), CLASS_PRINTABLE);
    assert_int_equal(classes_of("a\0b\0", 4, &entropy), CLASS_MIXED);
}

/** Every stretch of length below some words is counted whole. */
static void no_byte_is_left_out(void **state)
{
    char data[64];
    unsigned entropy;
    (void)state;
    memset(data, 'x', sizeof data);
    for (size_t length = 1; length < sizeof data; length++) {
        assert_int_equal(classes_of(data, length, &entropy), CLASS_PRINTABLE);
        assert_int_equal(entropy, 0);
        data[length - 1] = '\0';
        assert_int_equal(classes_of(data, length, &entropy), length == 1   ? CLASS_ZERO
                                                             : length == 2 ? CLASS_MIXED
                                                                           : CLASS_PRINTABLE);
        data[length - 1] = 'x';
    }
}

/** Text, then zeros, then noise, then a hole (where the file system has holes), a MiB each. */
static struct classes *open_parts(struct sample *sample, size_t part, bool *holes)
{
    struct error error;
    char *data = malloc(4 * part);
    int fd = sample_file();
    assert_non_null(data);
    for (size_t i = 0; i < part; i++)
        data[i] = "abcdefgh"[i % 8];
    memset(data + part, 0, part);
    for (size_t i = 2 * part; i < 3 * part; i++)
        data[i] = (char)sample_random();
    memset(data + 3 * part, 0, part);
    sample_write(fd, 0, data, 3 * part);
    assert_int_equal(ftruncate(fd, (off_t)(4 * part)), 0);
    *holes = lseek(fd, (off_t)(3 * part), SEEK_DATA) < 0;
    sample_attach(sample, fd, data, 4 * part, 3);
    struct classes *classes = classes_open(sample->survey, sample->length, &error);
    assert_non_null(classes);
    return classes;
}

static void wait_for(const struct classes *classes)
{
    for (int tries = 0; tries < 60000; tries++, sample_sleep(1))
        if (classes_state(classes).complete)
            return;
    fail_msg("the survey does not come to its end");
}

static void shares_are_what_lies_there(void **state)
{
    struct sample sample;
    struct class_share share[64];
    bool holes;
    (void)state;
    struct classes *classes = open_parts(&sample, MIB, &holes);
    classes_spread(classes, sample.length, share, 8);
    for (unsigned i = 0; i < 8; i++)
        assert_false(share[i].known);
    survey_start(sample.survey);
    wait_for(classes);
    for (unsigned count = 4; count <= 64; count *= 2) {
        classes_spread(classes, sample.length, share, count);
        for (unsigned i = 0; i < count; i++) {
            static const enum byte_class expected[] = {CLASS_PRINTABLE, CLASS_ZERO, CLASS_MIXED, CLASS_HOLE};
            static const unsigned entropy[] = {6, 0, 15, 0};
            unsigned part = i * 4 / count;
            assert_true(share[i].known);
            assert_int_equal(share[i].class, part == 3 && !holes ? CLASS_ZERO : expected[part]);
            assert_int_equal(share[i].entropy, entropy[part]);
            assert_false(share[i].unreadable);
        }
    }
    /* More rows than blocks: each row is the block it lies in. */
    classes_spread(classes, 65536, share, 64);
    for (unsigned i = 0; i < 64; i++)
        assert_int_equal(share[i].class, CLASS_PRINTABLE);
    classes_spread(classes, 0, share, 3);
    assert_int_equal(share[2].class, CLASS_HOLE);
    classes_close(classes);
    sample_close(&sample);
}

/** A file grows: what is new is found out too. */
static void growth(void **state)
{
    struct sample sample;
    struct class_share share[5];
    struct error error;
    char *data = malloc(4 * 65536);
    char *more = calloc(1, 65536);
    (void)state;
    memset(data, 'x', 4 * 65536);
    sample_open(&sample, data, 4 * 65536);
    struct classes *classes = classes_open(sample.survey, sample.length, &error);
    survey_start(sample.survey);
    wait_for(classes);
    sample_append(&sample, more, 65536);
    wait_for(classes);
    classes_spread(classes, sample.length, share, 5);
    for (unsigned i = 0; i < 5; i++)
        assert_int_equal(share[i].class, i < 4 ? CLASS_PRINTABLE : CLASS_ZERO);
    free(more);
    classes_close(classes);
    sample_close(&sample);
}

/** What it keeps: a byte a block and the bookkeeping of a chunk; of a large file an eighth of that. */
static void it_keeps_little(void **state)
{
    struct sample sample;
    struct error error;
    bool holes;
    (void)state;
    for (int coarse = 0; coarse < 2; coarse++) {
        struct classes *classes = open_parts(&sample, 8 * MIB, &holes);
        if (coarse) {
            classes_close(classes);
            classes = classes_open(sample.survey, CLASSES_COARSE, &error);
        }
        survey_start(sample.survey);
        sample_wait(sample.lines);
        wait_for(classes);
        uint64_t with = survey_memory(sample.survey);
        struct class_share share[4];
        classes_spread(classes, sample.length, share, 4);
        assert_int_equal(share[0].class, CLASS_PRINTABLE);
        assert_int_equal(share[1].class, CLASS_ZERO);
        assert_int_equal(share[2].class, CLASS_MIXED);
        assert_int_equal(share[2].entropy, 15);
        classes_close(classes);
        /* Two chunks. */
        assert_in_range(with - survey_memory(sample.survey), 1, coarse ? 2 * 128 : 2 * 360);
        sample_close(&sample);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_called_what_they_are),
        cmocka_unit_test(no_byte_is_left_out),
        cmocka_unit_test(shares_are_what_lies_there),
        cmocka_unit_test(growth),
        cmocka_unit_test(it_keeps_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
