/* SPDX-License-Identifier: MIT */
/** base/words/stamp: each form of time stamp, what is none, and what people ask for. */
#include "folio/base/words/stamp.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** 2026-11-21 06:00 UTC; the person's clock is an hour ahead. */
static const struct stamp_hint hint = {INT64_C(1795240800000), 3600};

/** What stamp_write makes of the stamp in `line`, "" where there is none. */
static const char *found(const char *line)
{
    static char text[40];
    struct stamp stamp;
    text[0] = '\0';
    if (stamp_find(line, strlen(line), &hint, &stamp))
        stamp_write(stamp, text);
    return text;
}

static void test_forms(void **state)
{
    static const struct {
        const char *line, *written;
    } rows[] = {
        {"2026-11-20T13:45:12Z start", "2026-11-20 13:45:12+00:00"},
        {"2026-11-20T13:45:12.345678+01:00 x", "2026-11-20 13:45:12.345+01:00"},
        {"2026-11-20 13:45:12,5 INFO", "2026-11-20 13:45:12.500"},
        {"2026-11-20 13:45:12 -0330 x", "2026-11-20 13:45:12-03:30"},
        {"2026/11/20 13:45:12 [error] 7#7: x", "2026-11-20 13:45:12"},
        {"20261120T134512Z x", "2026-11-20 13:45:12+00:00"},
        {"<34>1 2003-10-11T22:14:15.003Z host app", "2003-10-11 22:14:15.003+00:00"},
        {"[2026-11-20 13:45:12] x", "2026-11-20 13:45:12"},
        {"10.0.0.1 - - [20/Nov/2026:13:45:12 +0100] \"GET /\"", "2026-11-20 13:45:12+01:00"},
        {"Nov 20 13:45:12 host sshd[1]: x", "2026-11-20 13:45:12"},
        {"Nov  3 03:04:05 host x", "2026-11-03 03:04:05"},
        {"Dec 31 23:59:59 host x", "2025-12-31 23:59:59"},
        {"Nov 21 20:00:00 host x", "2026-11-21 20:00:00"},
        {"Nov 23 20:00:00 host x", "2025-11-23 20:00:00"},
        {"[Fri Nov 20 13:45:12.123456 2026] [core:error]", "2026-11-20 13:45:12.123"},
        {"Date: Fri, 20 Nov 2026 13:45:12 GMT", "2026-11-20 13:45:12"},
        {"November 20, 2026 13:45:12 x", "2026-11-20 13:45:12"},
        {"1700000000 x", "2023-11-14 23:13:20+01:00"},
        {"[1700000000.25] x", "2023-11-14 23:13:20.250+01:00"},
        {"1700000000123 x", "2023-11-14 23:13:20.123+01:00"},
        {"1700000000123456789 x", "2023-11-14 23:13:20.123+01:00"},
        {"{\"level\":\"info\",\"ts\":1700000000.5,\"x\":1}", "2023-11-14 23:13:20.500+01:00"},
        {"{\"n\":1700000001,\"timestamp\" : \"2026-11-20T13:45:12Z\"}", "2026-11-20 13:45:12+00:00"},
        {"{\"@timestamp\":\"2026-11-20T13:45:12.001Z\"}", "2026-11-20 13:45:12.001+00:00"},
        {"{\"time\":1700000000123}", "2023-11-14 23:13:20.123+01:00"},
        {"2024-02-29 00:00:00 x", "2024-02-29 00:00:00"},
        {"1969-12-31 23:59:59 x", "1969-12-31 23:59:59"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(found(rows[i].line), rows[i].written) != 0)
            fail_msg("%s: %s, not %s", rows[i].line, found(rows[i].line), rows[i].written);
}

static void test_none(void **state)
{
    static const char *const lines[] = {
        "",
        "    at depot.db.Pool.borrow(Pool.java:127)",
        "2026-11-20 is a date only",
        "2026-13-20 13:45:12",
        "2026-11-20 25:45:12",
        "12345678901 too many digits for seconds",
        "request 1700000000 took long", /* a number is a time at the start only */
        "Nova 20 13:45:12",
        "x2026-11-20T13:45:12Z stands in a word",
        "{\"timely\":1700000000}",
        "127.0.0.1:8080",
        "12:30",
    };
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (found(lines[i])[0])
            fail_msg("%s: %s", lines[i], found(lines[i]));
}

static void test_ask(void **state)
{
    static const struct {
        const char *text, *written;
    } rows[] = {
        {"2026-11-20 13:45", "2026-11-20 13:45:00"},
        {"2026-11-20", "2026-11-20 00:00:00"},
        {"2026-11-20T13", "2026-11-20 13:00:00"},
        {" 13:45 ", "2026-03-01 13:45:00"},
        {"13:45:10.5", "2026-03-01 13:45:10.500"},
        {"13:45Z", "2026-03-01 13:45:00+00:00"},
        {"Nov 20", "2025-11-20 00:00:00"}, /* nearer to March 2026 than the one behind it */
        {"Apr 2 13:45", "2026-04-02 13:45:00"},
        {"20/Nov/2026:13:45:12 +0100", "2026-11-20 13:45:12+01:00"},
        {"1700000000", "2023-11-14 23:13:20+01:00"},
        {"+10m", "2026-03-01 12:10:00+02:00"},
        {"-2h30m", "2026-03-01 09:30:00+02:00"},
        {"+1d 1s 5ms", "2026-03-02 12:00:01.005+02:00"},
        {"-1w", "2026-02-22 12:00:00+02:00"},
    };
    static const char *const bad[] = {
        "", "noon", "+", "+10", "+10x", "13", "2026", "2026-11-20 13:45 or so", "99:99"};
    const struct stamp here = {INT64_C(1772366400000), 7200}; /* 2026-03-01 12:00, two hours east */
    struct stamp wanted;
    struct error error;
    char text[40];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!stamp_ask(rows[i].text, here, &hint, &wanted, &error))
            fail_msg("%s: %s", rows[i].text, error.message);
        stamp_write(wanted, text);
        if (strcmp(text, rows[i].written) != 0)
            fail_msg("%s: %s, not %s", rows[i].text, text, rows[i].written);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (stamp_ask(bad[i], here, &hint, &wanted, &error))
            fail_msg("%s was taken for a time", bad[i]);
}

static void test_compare(void **state)
{
    (void)state;
    const struct stamp noon = {INT64_C(43200000), STAMP_NO_ZONE}, noon_utc = {INT64_C(43200000), 0};
    const struct stamp noon_east = {INT64_C(43200000), 3600}, one_east = {INT64_C(46800000), 3600};
    assert_true(stamp_compare(noon_east, noon_utc) < 0);
    assert_int_equal(stamp_compare(one_east, noon_utc), 0);
    assert_int_equal(stamp_compare(noon, noon_east), 0);
    assert_true(stamp_compare(one_east, noon) > 0);
}

/** Whatever the bytes, nothing outside them is read: the line stands at the end of its memory. */
static void test_cut(void **state)
{
    static const char line[] =
        "{\"@timestamp\":\"2026-11-20T13:45:12.345+01:00\"} 20/Nov/2026:13:45:12 +0100";
    (void)state;
    for (size_t length = 0; length < sizeof line; length++) {
        char *copy = malloc(length ? length : 1);
        struct stamp stamp;
        assert_non_null(copy);
        memcpy(copy, line, length);
        (void)stamp_find(copy, length, &hint, &stamp);
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),   cmocka_unit_test(test_none), cmocka_unit_test(test_ask),
        cmocka_unit_test(test_compare), cmocka_unit_test(test_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
