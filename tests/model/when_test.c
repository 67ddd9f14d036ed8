/* SPDX-License-Identifier: MIT */
/** model/known/when: the first line at or after a time, against a plain walk; how little is read; what is no log. */
#include "folio/model/known/when.h"

#include "model/sample.h"
#include "test.h"

#include <locale.h>
#include <stdio.h>

static const struct stamp_hint hint = {INT64_C(1795240800000), 0};
/** 2026-11-20 00:00. */
#define BEGIN INT64_C(1795132800000)

/** A log of `count` entries, the n-th at BEGIN + n * step; some have a trace behind them. Returned in `*length`. */
static char *log_make(size_t count, int64_t step, bool colour, size_t *length)
{
    char *data = malloc(count * 160 + 1);
    assert_non_null(data);
    *length = 0;
    for (size_t i = 0; i < count; i++) {
        char text[40];
        stamp_write((struct stamp){BEGIN + (int64_t)i * step, STAMP_NO_ZONE}, text);
        *length += (size_t)sprintf(data + *length, "%s%s%s INFO entry %zu\n", colour ? "\033[2m" : "", text,
                                   colour ? "\033[0m" : "", i);
        for (size_t left = i % 7 == 3 ? sample_below(4) : 0; left > 0; left--)
            *length += (size_t)sprintf(data + *length, "\tat depot.Worker.run(Worker.java:%zu)\n", left);
    }
    return data;
}

/** The plain answer. */
static bool plain_find(const struct sample *sample, const struct glyph_rules *rules, struct stamp wanted,
                       uint64_t *line)
{
    (void)rules;
    for (size_t at = 0; at < sample->length;) {
        const char *newline = memchr(sample->data + at, '\n', sample->length - at);
        size_t end = newline ? (size_t)(newline - sample->data) : sample->length;
        size_t skip = sample->data[at] == '\033' ? 4 : 0;
        struct stamp stamp;
        if (stamp_find(sample->data + at + skip, end - at - skip, &hint, &stamp) &&
            stamp_compare(stamp, wanted) >= 0) {
            *line = at;
            return true;
        }
        at = end + 1;
    }
    return false;
}

static void check_find(struct sample *sample, const struct glyph_rules *rules, int64_t written)
{
    struct stamp wanted = {written, STAMP_NO_ZONE};
    struct when when = when_begin(wanted, &hint, rules, sample->length);
    struct error error;
    uint64_t line = 0, plain = 0;
    bool there = plain_find(sample, rules, wanted, &plain);
    enum when_result result = when_go_on(&when, sample->reader, &line, &error);
    assert_int_equal(result, there ? WHEN_FOUND : WHEN_NONE);
    if (there)
        assert_int_equal(line, plain);
}

static void test_log(void **state)
{
    (void)state;
    for (int colour = 0; colour < 2; colour++) {
        struct sample sample;
        struct glyph_rules rules = glyph_plain;
        size_t length, count = 20000;
        rules.sgr = colour;
        char *data = log_make(count, 700, colour, &length);
        sample_open(&sample, data, length);
        for (int i = 0; i < 300; i++)
            check_find(&sample, &rules, BEGIN + (int64_t)sample_below(count * 710) - 1000);
        check_find(&sample, &rules, BEGIN);
        check_find(&sample, &rules, BEGIN + (int64_t)(count - 1) * 700);
        check_find(&sample, &rules, BEGIN + (int64_t)count * 700);
        sample_close(&sample);
    }
}

/** Times that many lines share, and times that are missing for a while. */
static void test_uneven(void **state)
{
    struct sample sample;
    size_t length = 0, lines = 4000;
    char *data = malloc(lines * 64);
    int64_t now = BEGIN;
    (void)state;
    assert_non_null(data);
    for (size_t i = 0; i < lines; i++) {
        char text[40];
        now += sample_below(5) == 0 ? (int64_t)sample_below(100000) : 0;
        stamp_write((struct stamp){now / 1000 * 1000, 0}, text);
        length += (size_t)sprintf(data + length, "%s x\n", text);
    }
    sample_open(&sample, data, length);
    for (int i = 0; i < 300; i++)
        check_find(&sample, &glyph_plain, BEGIN + (int64_t)sample_below((size_t)(now - BEGIN)));
    sample_close(&sample);
}

/** What is no log is said to be none, soon, whether it has lines or not. */
static void test_no_log(void **state)
{
    (void)state;
    for (int lines = 0; lines < 2; lines++) {
        struct sample sample;
        struct error error;
        size_t length = 24 * MIB;
        char *data = malloc(length);
        uint64_t line;
        assert_non_null(data);
        for (size_t i = 0; i < length; i++)
            data[i] = lines && i % 64 == 63 ? '\n' : 'x';
        sample_open(&sample, data, length);
        struct when when = when_begin((struct stamp){BEGIN, 0}, &hint, &glyph_plain, length);
        assert_int_equal(when_go_on(&when, sample.reader, &line, &error), WHEN_FAILED);
        assert_non_null(strstr(error.message, "no time stamps"));
        sample_close(&sample);
    }
}

static void test_at(void **state)
{
    struct sample sample;
    struct stamp stamp;
    struct error error;
    size_t length;
    char *data = log_make(10, 1000, false, &length);
    (void)state;
    sample_open(&sample, data, length);
    assert_int_equal(when_at(sample.reader, &glyph_plain, &hint, 0, &stamp, &error), WHEN_FOUND);
    assert_int_equal(stamp.written, BEGIN);
    sample_close(&sample);
    sample_open(&sample, strdup("no time\nnone\n"), 13);
    assert_int_equal(when_at(sample.reader, &glyph_plain, &hint, 0, &stamp, &error), WHEN_NONE);
    sample_close(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_log),
        cmocka_unit_test(test_uneven),
        cmocka_unit_test(test_no_log),
        cmocka_unit_test(test_at),
    };
    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
