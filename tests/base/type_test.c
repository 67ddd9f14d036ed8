/* SPDX-License-Identifier: MIT */
/** tests: base/words/type and date: the types of numbers by name, and dates read back. */
#include "folio/base/words/type.h"

#include "test.h"

#include "folio/base/words/date.h"
#include "folio/base/words/inspect.h"

#include <stdio.h>
#include <string.h>

static enum type_answer ask(const char *word, struct type *type, struct error *error)
{
    error_clear(error);
    return type_read(word, strlen(word), type, error);
}

static void names(void **state)
{
    static const struct {
        const char *word;
        enum type_form form;
        unsigned bits;
        bool big;
    } rows[] = {
        {"u8", TYPE_UNSIGNED, 8, false},     {"i8", TYPE_SIGNED, 8, false},
        {"u16le", TYPE_UNSIGNED, 16, false}, {"u16be", TYPE_UNSIGNED, 16, true},
        {"i32be", TYPE_SIGNED, 32, true},    {"i64le", TYPE_SIGNED, 64, false},
        {"f16", TYPE_REAL, 16, false},       {"f32be", TYPE_REAL, 32, true},
        {"f64le", TYPE_REAL, 64, false},     {"uleb", TYPE_LEB, 0, false},
        {"sleb", TYPE_SIGNED_LEB, 0, false}, {"unix32be", TYPE_TIME, 32, true},
        {"unixns", TYPE_TIME, 64, false},    {"filetime", TYPE_TIME, 64, false},
        {"dosle", TYPE_DOS, 32, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct type type;
        struct error error;
        assert_int_equal(ask(rows[i].word, &type, &error), TYPE_KNOWN);
        assert_int_equal(type.form, rows[i].form);
        assert_int_equal(type.bits, rows[i].bits);
        assert_int_equal(type.big, rows[i].big);
    }
}

static void what_is_no_name(void **state)
{
    static const char *const none[] = {"", "u", "8", "f8", "f3", "ff", "text", "index", "unit", "unix"};
    static const char *const wrong[][2] = {
        {"u16", "a byte order is missing: u16le or u16be"},
        {"i64", "a byte order is missing: i64le or i64be"},
        {"u32me", "a byte order is missing: u32le or u32be"},
        {"f32xe", "a byte order is missing: f32le or f32be"},
        {"u8le", "there is no type u8le: u8 has no byte order"},
        {"u24",
         "there is no type u24; there are u8 i8, u16le u16be i16le ... i64be, f16 f32 f64, uleb sleb, unix32 "
         "unix64 unixms unixus unixns filetime dos"},
    };
    struct type type;
    struct error error;
    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(ask(none[i], &type, &error), TYPE_NONE);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(ask(wrong[i][0], &type, &error), TYPE_WRONG);
        assert_string_equal(error.message, wrong[i][1]);
    }
}

/** Every day from 1 to 9999, and a second of it, as the inspector writes it. */
static void dates_are_what_the_inspector_says(void **state)
{
    (void)state;
    for (int64_t seconds = INT64_C(-62135596800); seconds < INT64_C(253402300800);
         seconds += 86400 * 11 + 6427) {
        char text[INSPECT_TEXT];
        struct date date;
        assert_true(inspect_value(INSPECT_UNIX64, (const unsigned char *)&seconds, 8, false, text) > 1);
        if (!date_read(text, &date) || date_seconds(&date) != seconds)
            fail_msg("%s is not %lld", text, (long long)seconds);
    }
}

static void dates(void **state)
{
    static const struct {
        const char *text;
        int64_t seconds;
        uint32_t nanosecond;
    } rows[] = {
        {"1970-01-01", 0, 0},
        {"1970-01-01T00:00:01.5Z", 1, 500000000},
        {"2000-02-29T12", 951825600, 0},
        {"2026-11-20T13:45", 1795182300, 0},
        {"2026-11-20T13:45:12.123456789Z", 1795182312, 123456789},
        {"2026-11-20T13:45:12.1234567890", 1795182312, 123456789},
    };
    static const char *const none[] = {
        "",
        "1970",
        "1970-1-1",
        "1970-13-01",
        "1970-00-01",
        "1900-02-29",
        "2001-02-29",
        "2001-04-31",
        "2001-04-30T24",
        "2001-04-30T23:60",
        "0000-01-01",
        "2001-04-30 12",
        "2001-04-30T12:00:60",
        "2001-04-30T12:00:00.",
        "2001-04-30T12:00:00.1234567891",
        "2001-04-30ZZ",
        "2001-04-30T12:00Zx",
    };
    struct date date;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(date_read(rows[i].text, &date));
        assert_int_equal(date_seconds(&date), rows[i].seconds);
        assert_int_equal(date.nanosecond, rows[i].nanosecond);
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (date_read(none[i], &date))
            fail_msg("%s is taken for a date", none[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names),
        cmocka_unit_test(what_is_no_name),
        cmocka_unit_test(dates),
        cmocka_unit_test(dates_are_what_the_inspector_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
