/* SPDX-License-Identifier: MIT */
/** base/words/reckon: what places come to, and what is wrong where. */
#include "folio/base/words/reckon.h"

#include "test.h"

#include <stdio.h>
#include <string.h>

static const unsigned char stored[RECKON_BYTES] = {0xf1, 0xf2, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08};

static enum reckon_result read_stored(void *context, uint64_t offset, unsigned char out[RECKON_BYTES],
                                      size_t length, struct error *error)
{
    const enum reckon_result *result = context;
    assert_true(offset == 1000);
    assert_true(length <= RECKON_BYTES);
    memcpy(out, stored, length);
    if (*result == RECKON_FAILED)
        error_set(error, 0, "The disk is gone");
    return *result;
}

static bool mark_stored(void *context, char letter, uint64_t *offset)
{
    (void)context;
    *offset = 70;
    return letter == 'a';
}

static enum reckon_result readable = RECKON_OK;
static const struct reckon_scene scene = {1000, 5000, &readable, read_stored, mark_stored};

static void test_values(void **state)
{
    static const struct {
        const char *text;
        uint64_t offset;
    } rows[] = {
        {"0", 0},
        {"12", 12},
        {"0x200*3+16", 0x610},
        {"0x200 * 3 + 16", 0x610},
        {"16+0x200*3", 0x610},
        {"(16+2)*3", 54},
        {"end-0x200", 5000 - 0x200},
        {"end", 5000},
        {".", 1000},
        {".+16", 1016},
        {" . - 1K / 2 ", 488},
        {"+0x10", 1016},
        {"-0x10", 984},
        {"+8*4", 1032},
        {"- 8 * 4 + 2", 970},
        {"0-(0-5)", 5},
        {"7/2", 3},
        {"7--2", 9},
        {"2*-3+10", 4},
        {"1-2+1", 0},
        {"100/10/5", 2},
        {"3b", 3},
        {"2K", 2048},
        {"3M", 3 << 20},
        {"1G+1", (1 << 30) + 1},
        {"4T", UINT64_C(4) << 40},
        {"0x1bK", 27 << 10},
        {"0XfF", 255},
        {"end/2", 2500},
        {"'a", 70},
        {"'a+2", 72},
        {"@u8", 0xf1},
        {"@i8+20", 5},
        {"@u16le", 0xf2f1},
        {"@u16be", 0xf1f2},
        {"@i16le+0x10000", 0xf2f1},
        {"@i16be+0x10000", 0xf1f2},
        {"@u32le", 0x0403f2f1},
        {"@u32be", 0xf1f20304},
        {"@i32le", 0x0403f2f1},
        {"@i32be + 0x100000000", 0xf1f20304},
        {"@u64le", UINT64_C(0x080706050403f2f1)},
        {"@u64be/16", UINT64_C(0x0f1f203040506070)},
        {"@i64le", UINT64_C(0x080706050403f2f1)},
        {"0xffffffffffffffff + @i64be - 0x7fffffffffffffff", UINT64_C(0x71f2030405060708)},
        {"@u8*(@u8-.+1000)", 0xf1 * 0xf1},
        {"0x7fffffffffffffff", INT64_MAX},
        {"0xffffffffffffffff - 0x8000000000000000", INT64_MAX},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error error = {0};
        uint64_t offset = 0;
        enum reckon_result result = reckon_place(rows[i].text, &scene, &offset, &error);
        if (result != RECKON_OK || offset != rows[i].offset)
            fail_msg("%s: %d %llu %s", rows[i].text, (int)result, (unsigned long long)offset, error.message);
        assert_int_equal(reckon_check(rows[i].text, &error), RECKON_OK);
    }
}

static void test_mistakes(void **state)
{
    static const struct {
        const char *text, *message;
        enum reckon_result result;
    } rows[] = {
        {"", "A number is missing at character 1", RECKON_FAILED},
        {"5*", "A number is missing at character 3", RECKON_FAILED},
        {"5 * / 2", "A number is missing at character 5", RECKON_FAILED},
        {"()", "A number is missing at character 2", RECKON_FAILED},
        {"5 6", "An operator is missing at character 3", RECKON_FAILED},
        {"50%", "An operator is missing at character 3", RECKON_FAILED},
        {"(1+2", "The parenthesis at character 1 is not closed", RECKON_FAILED},
        {"1+(2*(3+4)", "The parenthesis at character 3 is not closed", RECKON_FAILED},
        {"1)", "An operator is missing at character 2", RECKON_FAILED},
        {"8/(4-2*2)", "Division by zero at character 2", RECKON_FAILED},
        {"0x10000000000000000", "The number becomes too large at character 1", RECKON_FAILED},
        {"2 * 0xffffffffffffffff", "The number becomes too large at character 3", RECKON_FAILED},
        {"0xffffffffffffffff*0xffffffffffffffff", "The number becomes too large at character 19",
         RECKON_FAILED},
        {"0xffffffffffffffff+1", "The number becomes too large at character 19", RECKON_FAILED},
        {"99999999T", "The number becomes too large at character 1", RECKON_FAILED},
        {"0x8000000000000000", "No file has a byte 9223372036854775808", RECKON_FAILED},
        {"5-6", "That lies before the first byte, by 1", RECKON_FAILED},
        {"-2K", "That lies before the first byte, by 1048", RECKON_FAILED},
        {"foo", "There is no number with the name at character 1", RECKON_UNKNOWN},
        {"end-start", "There is no number with the name at character 5", RECKON_UNKNOWN},
        {"12x", "There is no number with the name at character 1", RECKON_UNKNOWN},
        {"0x", "There is no number with the name at character 1", RECKON_UNKNOWN},
        {"1KK", "There is no number with the name at character 1", RECKON_UNKNOWN},
        {"1+\033[m", "A number is missing at character 3", RECKON_FAILED},
        {"@u16", "No type behind the @ at character 1; there are u8, u16le, i32be, ...", RECKON_FAILED},
        {"1+@u8le", "No type behind the @ at character 3; there are u8, u16le, i32be, ...", RECKON_FAILED},
        {"@", "No type behind the @ at character 1; there are u8, u16le, i32be, ...", RECKON_FAILED},
        {"@f32le", "No type behind the @ at character 1; there are u8, u16le, i32be, ...", RECKON_FAILED},
        {"'b", "The mark at character 1 is not set", RECKON_FAILED},
        {"'", "A number is missing at character 1", RECKON_FAILED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error error = {0};
        uint64_t offset = 77;
        assert_int_equal(reckon_place(rows[i].text, &scene, &offset, &error), rows[i].result);
        assert_string_equal(error.message, rows[i].message);
        assert_true(offset == 77);
    }
}

/** Nothing is nested so deep that the stack ends. */
static void test_depth(void **state)
{
    char text[100001];
    struct error error = {0};
    uint64_t offset;
    (void)state;
    memset(text, '(', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_int_equal(reckon_place(text, &scene, &offset, &error), RECKON_FAILED);
    assert_string_equal(error.message, "Too many parentheses and signs at character 65");
    memset(text, '-', sizeof text - 1);
    assert_int_equal(reckon_check(text, &error), RECKON_FAILED);
    snprintf(text, sizeof text, "((((((((((((((((((((((((((((((5))))))))))))))))))))))))))))))");
    assert_int_equal(reckon_place(text, &scene, &offset, &error), RECKON_OK);
    assert_true(offset == 5);
}

/** Bytes that are not here yet, or cannot be had, are the answer; nobody asks for them to check an expression. */
static void test_bytes(void **state)
{
    struct error error = {0};
    uint64_t offset;
    (void)state;
    readable = RECKON_WAIT;
    assert_int_equal(reckon_place("@u8+1", &scene, &offset, &error), RECKON_WAIT);
    assert_int_equal(reckon_place("12+1", &scene, &offset, &error), RECKON_OK);
    assert_int_equal(reckon_check("@u8+1", &error), RECKON_OK);
    readable = RECKON_FAILED;
    assert_int_equal(reckon_place("1+@u8/(", &scene, &offset, &error), RECKON_FAILED);
    assert_string_equal(error.message, "The disk is gone");
    readable = RECKON_OK;
}

/** What depends on the file is no mistake while it is only checked. */
static void test_check(void **state)
{
    static const char *const fine[] = {"1/(.-end)", "'z", "-5", "1/0", "@i8*@i8"};
    struct error error = {0};
    (void)state;
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        assert_int_equal(reckon_check(fine[i], &error), RECKON_OK);
    assert_int_equal(reckon_check("frob", &error), RECKON_UNKNOWN);
    assert_int_equal(reckon_check("1+", &error), RECKON_FAILED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values), cmocka_unit_test(test_mistakes), cmocka_unit_test(test_depth),
        cmocka_unit_test(test_bytes),  cmocka_unit_test(test_check),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
