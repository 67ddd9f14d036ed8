/* SPDX-License-Identifier: MIT */
/** base/words/inspect: values of known bytes, of too few, and of any. */
#include "folio/base/words/inspect.h"

#include "test.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *value_of(enum inspect_kind kind, const char *data, size_t length, bool big)
{
    static char text[INSPECT_TEXT];
    size_t said = inspect_value(kind, (const unsigned char *)data, length, big, text);
    assert_int_equal(said, strlen(text));
    return text;
}

/** Bytes (a string literal, without its NUL) and what they are, little endian and big endian. */
#define BYTES(text) text, sizeof text - 1

static void test_values(void **state)
{
    static const struct {
        enum inspect_kind kind;
        const char *data;
        size_t length;
        const char *little, *big;
    } rows[] = {
        {INSPECT_BITS, BYTES("A"), "0100 0001", "0100 0001"},
        {INSPECT_BITS, BYTES("\xff"), "1111 1111", "1111 1111"},
        {INSPECT_U8, BYTES("\xff"), "255", "255"},
        {INSPECT_I8, BYTES("\xff"), "-1", "-1"},
        {INSPECT_I8, BYTES("\x80"), "-128", "-128"},
        {INSPECT_U16, BYTES("\x01\xff"), "65281", "511"},
        {INSPECT_I16, BYTES("\x01\xff"), "-255", "511"},
        {INSPECT_U32, BYTES("\x01\x02\x03\xff"), "4278387201", "16909311"},
        {INSPECT_I32, BYTES("\x01\x02\x03\xff"), "-16580095", "16909311"},
        {INSPECT_U64, BYTES("\x01\x02\x03\x04\x05\x06\x07\xff"), "18376663423120507393", "72623859790383103"},
        {INSPECT_I64, BYTES("\x01\x02\x03\x04\x05\x06\x07\xff"), "-70080650589044223", "72623859790383103"},
        {INSPECT_I64, BYTES("\0\0\0\0\0\0\0\x80"), "-9223372036854775808", "128"},
        {INSPECT_F16, BYTES("\x00\x3c"), "1", "3.5763e-6"},
        {INSPECT_F16, BYTES("\x00\xc0"), "-2", "1.1444e-5"},
        {INSPECT_F16, BYTES("\xff\x7b"), "65504", "-nan"},
        {INSPECT_F16, BYTES("\x01\x00"), "5.9605e-8", "1.5259e-5"},
        {INSPECT_F16, BYTES("\x00\x04"), "6.1035e-5", "2.3842e-7"},
        {INSPECT_F16, BYTES("\x00\x7c"), "inf", "7.3910e-6"},
        {INSPECT_F16, BYTES("\x01\xfc"), "-nan", "3.0279e-5"},
        {INSPECT_F16, BYTES("\x00\x80"), "-0", "7.6294e-6"},
        {INSPECT_F32, BYTES("\xdb\x0f\x49\x40"), "3.1415927", "-4.033146e+16"},
        {INSPECT_F32, BYTES("\x00\x00\x80\xbf"), "-1", "4.61854e-41"},
        {INSPECT_F64, BYTES("\x18\x2d\x44\x54\xfb\x21\x09\x40"), "3.141592653589793",
         "3.207375630676366e-192"},
        {INSPECT_F64, BYTES("\x9a\x99\x99\x99\x99\x99\xb9\x3f"), "0.1", "-1.5423487136675799e-180"},
        {INSPECT_ULEB, BYTES("\xe5\x8e\x26"), "624485 (3)", "624485 (3)"},
        {INSPECT_SLEB, BYTES("\xe5\x8e\x26"), "624485 (3)", "624485 (3)"},
        {INSPECT_SLEB, BYTES("\xc0\xbb\x78"), "-123456 (3)", "-123456 (3)"},
        {INSPECT_ULEB, BYTES("\x7f"), "127 (1)", "127 (1)"},
        {INSPECT_SLEB, BYTES("\x7f"), "-1 (1)", "-1 (1)"},
        {INSPECT_ULEB, BYTES("\x80\x00"), "0 (2)", "0 (2)"},
        {INSPECT_ULEB, BYTES("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), "18446744073709551615 (10)",
         "18446744073709551615 (10)"},
        {INSPECT_ULEB, BYTES("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"), "-", "-"},
        {INSPECT_ULEB, BYTES("\x80\x80"), "-", "-"},
        {INSPECT_ULEB, BYTES("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"), "-", "-"},
        {INSPECT_SLEB, BYTES("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x7f"), "-9223372036854775808 (10)",
         "-9223372036854775808 (10)"},
        {INSPECT_SLEB, BYTES("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00"), "9223372036854775807 (10)",
         "9223372036854775807 (10)"},
        {INSPECT_SLEB, BYTES("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), "-", "-"},
        {INSPECT_RUNE, BYTES("A"), "U+0041", "U+0041"},
        {INSPECT_RUNE, BYTES("\xc3\xa9"), "U+00E9", "U+00E9"},
        {INSPECT_RUNE, BYTES("\xf0\x9f\x98\x80zz"), "U+1F600", "U+1F600"},
        {INSPECT_RUNE, BYTES("\xf0\x9f\x98"), "-", "-"},
        {INSPECT_RUNE, BYTES("\x80"), "-", "-"},
        {INSPECT_UNIX32, BYTES("\x00\x00\x00\x00"), "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
        {INSPECT_UNIX32, BYTES("\xff\xff\xff\x7f"), "2038-01-19T03:14:07Z", "1969-12-31T23:57:51Z"},
        {INSPECT_UNIX32, BYTES("\x00\x00\x00\x80"), "1901-12-13T20:45:52Z", "1970-01-01T00:02:08Z"},
        {INSPECT_UNIX64, BYTES("\x00\xf1\x53\x65\x00\x00\x00\x00"), "2023-11-14T22:13:20Z", "-"},
        {INSPECT_UNIX_MS, BYTES("\x15\x68\xe5\xcf\x8b\x01\x00\x00"), "2023-11-14T22:13:20.021Z", "-"},
        {INSPECT_UNIX_MS, BYTES("\xff\xff\xff\xff\xff\xff\xff\xff"), "1969-12-31T23:59:59.999Z",
         "1969-12-31T23:59:59.999Z"},
        {INSPECT_UNIX_US, BYTES("\x5d\x82\x95\x26\x7a\x61\x06\x00"), "2026-11-30T08:25:21.500765Z", NULL},
        {INSPECT_UNIX_NS, BYTES("\xff\xff\xff\xff\xff\xff\xff\xff"), "1969-12-31T23:59:59.999999999Z",
         "1969-12-31T23:59:59.999999999Z"},
        {INSPECT_UNIX_NS, BYTES("\xff\xff\xff\xff\xff\xff\xff\x7f"), "2262-04-11T23:47:16.854775807Z", NULL},
        {INSPECT_DOS, BYTES("\xaa\x60\x7e\x5d"), "2026-11-30T12:05:20", NULL},
        {INSPECT_DOS, BYTES("\x00\x00\x21\x00"), "1980-01-01T00:00:00", NULL},
        {INSPECT_DOS, BYTES("\x7d\xbf\x9f\xff"), "2107-12-31T23:59:58", NULL},
        {INSPECT_DOS, BYTES("\x7e\xbf\x9f\xff"), "-", NULL},
        {INSPECT_DOS, BYTES("\x00\x00\x00\x00"), "-", "-"},
        {INSPECT_FILETIME, BYTES("\x00\x80\x3e\xd5\xde\xb1\x9d\x01"), "1970-01-01T00:00:00Z", NULL},
        {INSPECT_FILETIME, BYTES("\x01\x00\x00\x00\x00\x00\x00\x00"), "1601-01-01T00:00:00.0000001Z",
         "1829-05-05T23:50:03.7927936Z"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *little = value_of(rows[i].kind, rows[i].data, rows[i].length, false);
        assert_string_equal(little, rows[i].little);
        if (rows[i].big)
            assert_string_equal(value_of(rows[i].kind, rows[i].data, rows[i].length, true), rows[i].big);
    }
}

/** The file ends: what needs more bytes has no value, the rest has. */
static void test_too_few(void **state)
{
    static const size_t size[INSPECT_COUNT] = {
        1, 1, 1, 1, 1, 1, 2, 2, 2, 4, 4, 4, 8, 8, 8, 4, 8, 8, 8, 8, 8, 4,
    };
    char data[8] = {1, 1, 1, 1, 1, 1, 1, 0};
    (void)state;
    for (unsigned kind = 0; kind < INSPECT_COUNT; kind++)
        for (size_t length = 0; length <= 8; length++) {
            char *exact = malloc(length ? length : 1);
            memcpy(exact, data, length);
            bool none = strcmp(value_of((enum inspect_kind)kind, exact, length, false), "-") == 0;
            bool no_date = kind >= INSPECT_UNIX64 && kind < INSPECT_FILETIME;
            if (!(no_date && length == 8) && none != (length < size[kind]))
                fail_msg("%s of %zu bytes: %s", inspect_label((enum inspect_kind)kind), length,
                         none ? "none" : "some");
            free(exact);
        }
    assert_int_equal(inspect_date((const unsigned char *)data, 3, false), INSPECT_UNIX64);
}

/** Floating point numbers read back as what they are. */
static void test_real(void **state)
{
    (void)state;
    srand(1);
    for (int i = 0; i < 20000; i++) {
        unsigned char bytes[8];
        double wide;
        float narrow;
        for (size_t at = 0; at < sizeof bytes; at++)
            bytes[at] = (unsigned char)(rand() >> 7);
        memcpy(&wide, bytes, sizeof wide);
        memcpy(&narrow, bytes, sizeof narrow);
        const char *text = value_of(INSPECT_F64, (const char *)bytes, 8, false);
        assert_true(strlen(text) <= 24);
        assert_true(wide != wide || strtod(text, NULL) == wide);
        text = value_of(INSPECT_F32, (const char *)bytes, 4, false);
        assert_true(strlen(text) <= 15);
        assert_true(narrow != narrow || strtof(text, NULL) == narrow);
    }
}

/** No two half numbers look the same, and each is what libc makes of its parts. */
static void test_half(void **state)
{
    char before[INSPECT_TEXT] = "";
    (void)state;
    for (unsigned bits = 0; bits < 0x7c00; bits++) {
        const char data[2] = {(char)(bits & 0xff), (char)(bits >> 8)};
        const char negative[2] = {data[0], (char)(bits >> 8 | 0x80)};
        assert_true(strlen(value_of(INSPECT_F16, negative, 2, false)) <= 10);
        const char *text = value_of(INSPECT_F16, data, 2, false);
        assert_string_not_equal(text, before);
        assert_true(bits == 0 || strtod(text, NULL) > strtod(before, NULL));
        snprintf(before, sizeof before, "%s", text);
    }
}

/** Dates are those of libc. */
static void test_dates(void **state)
{
    (void)state;
    for (int64_t seconds = INT64_C(-62135596800); seconds < INT64_C(253402300800);
         seconds += INT64_C(86400) * 29 + 3571) {
        char data[8], expected[64];
        struct tm fields;
        time_t time = (time_t)seconds;
        memcpy(data, &seconds, sizeof data);
        gmtime_r(&time, &fields);
        snprintf(expected, sizeof expected, "%04d-%02d-%02dT%02d:%02d:%02dZ", fields.tm_year + 1900,
                 fields.tm_mon + 1, fields.tm_mday, fields.tm_hour, fields.tm_min, fields.tm_sec);
        assert_string_equal(value_of(INSPECT_UNIX64, data, 8, false), expected);
    }
    int64_t outside[] = {INT64_C(-62135596801), INT64_C(253402300800), INT64_MIN, INT64_MAX};
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(value_of(INSPECT_UNIX64, (const char *)&outside[i], 8, false), "-");
}

/** The kind of date goes by the size of the number. */
static void test_date_kind(void **state)
{
    static const struct {
        int64_t value;
        enum inspect_kind kind;
    } rows[] = {
        {0, INSPECT_UNIX64},
        {1700000000, INSPECT_UNIX64},
        {-5, INSPECT_UNIX64},
        {INT64_C(1700000000021), INSPECT_UNIX_MS},
        {INT64_C(133444736000000000), INSPECT_FILETIME},
        {INT64_C(1796027121500765), INSPECT_UNIX_US},
        {INT64_C(1796027121500765432), INSPECT_UNIX_NS},
        {INT64_C(4102444799999), INSPECT_UNIX_MS},
        {INT64_C(4102444799999999), INSPECT_UNIX_US},
        {INT64_C(4102444799999999999), INSPECT_UNIX_NS},
        {INT64_C(100000000000000000), INSPECT_FILETIME},
        {INT64_C(157469183999999999), INSPECT_FILETIME},
        {INT64_C(157469184000000000), INSPECT_UNIX_NS},
        {INT64_C(0x123456785c7d65b3), INSPECT_UNIX_NS},
        {INT64_C(0x7f0000005c7d65b3), INSPECT_DOS},
        {INT64_C(0x7f000000ffffffff), INSPECT_FILETIME},
        {INT64_MIN, INSPECT_FILETIME},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(inspect_date((const unsigned char *)&rows[i].value, 8, false), rows[i].kind);
    assert_int_equal(inspect_date((const unsigned char *)"\xb3\x65\x7d\x5c", 4, false), INSPECT_DOS);
    assert_int_equal(inspect_date((const unsigned char *)"\xb3\x65\x7d\x5c", 3, false), INSPECT_UNIX64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values), cmocka_unit_test(test_too_few), cmocka_unit_test(test_real),
        cmocka_unit_test(test_half),   cmocka_unit_test(test_dates),   cmocka_unit_test(test_date_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
