/* SPDX-License-Identifier: MIT */
/** tests: ui/mode/run: typing into a run. */
#include "folio/ui/mode/run.h"

#include "test.h"

#include <string.h>

/** A run at 0x10 of a file of 0x14 bytes, typed as digits. */
static struct run *typed(const char *digits)
{
    static struct run run;
    run_begin(&run, 0x10, false);
    for (; *digits != '\0'; digits++)
        assert_true(run_digit(&run, (unsigned)(*digits <= '9' ? *digits - '0' : *digits - 'a' + 10), 0x14));
    return &run;
}

static void digits_are_halves_of_bytes(void **state)
{
    (void)state;
    struct run *run = typed("dea");
    assert_int_equal(run->count, 2);
    assert_int_equal(run->at, 1);
    assert_true(run->half);
    assert_int_equal(run->byte[0], 0xde);
    assert_int_equal(run->byte[1], 0xa0);
    assert_true(run_digit(run, 0xd, 0x14));
    assert_int_equal(run->byte[1], 0xad);
    assert_false(run->half);
}

static void each_change_is_another_edition(void **state)
{
    (void)state;
    struct run *run = typed("de");
    uint64_t edition = run->edition;
    assert_true(run_move(run, -1));
    assert_true(run->edition > edition);
    edition = run->edition;
    assert_false(run_move(run, -1));
    assert_int_equal(run->edition, edition);
    assert_true(typed("")->edition > edition);
}

static void what_is_taken_back_is_the_last_digit_or_byte(void **state)
{
    (void)state;
    struct run *run = typed("deadb");
    assert_true(run_erase(run));
    assert_int_equal(run->count, 2);
    assert_true(run_erase(run));
    assert_int_equal(run->count, 1);
    assert_int_equal(run->at, 1);
    assert_true(run_erase(run));
    assert_int_equal(run->count, 0);
    assert_false(run_erase(run));
}

/** Half a byte within the run gives way to the whole one that was there. */
static void within_the_run_nothing_is_lost(void **state)
{
    (void)state;
    struct run *run = typed("deadbe");
    assert_true(run_move(run, -2));
    assert_true(run_digit(run, 1, 0x14));
    assert_int_equal(run->count, 3);
    assert_true(run_erase(run));
    assert_int_equal(run->byte[1], 0xad);
    assert_int_equal(run->at, 1);
    assert_true(run_erase(run)); /* only back */
    assert_int_equal(run->at, 0);
    assert_int_equal(run->count, 3);
}

static void the_cursor_stays_in_the_run(void **state)
{
    (void)state;
    struct run *run = typed("deadbe");
    assert_false(run_move(run, 1));
    assert_true(run_move(run, -16));
    assert_int_equal(run->at, 0);
    assert_true(run_move(run, 2));
    assert_true(run_move(run, 16));
    assert_int_equal(run->at, 3);
    assert_true(run_digit(run, 0xe, 0x14));
    assert_false(run_move(run, -1)); /* half a byte is to be finished */
    assert_false(run_turn(run));
}

static void the_file_ends_it(void **state)
{
    (void)state;
    struct run *run = typed("deadbeef");
    assert_false(run_digit(run, 0, 0x14));
    assert_false(run_type(run, 0, 0x14));
    assert_int_equal(run->count, 4);
    run_begin(run, 0x14, false);
    assert_false(run_digit(run, 0, 0x14));
}

static void text_becomes_bytes_all_or_none(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "  \n", "123", "12 zz", "1234567890"};
    struct run *run = typed("de");
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(run_paste(run, wrong[i], strlen(wrong[i]), 0x14));
    assert_int_equal(run->count, 1);
    assert_true(run_bytes(run, "AD be\nEf", 8) == 3 && run_bytes(run, "123", 3) == 0);
    assert_true(run_bytes(run, "12 zz", 5) == 0);
    assert_true(run_paste(run, "AD be\nEf", 8, 0x14));
    assert_memory_equal(run->byte, "\xde\xad\xbe\xef", 4);
    assert_true(run_move(run, -4));
    assert_true(run_turn(run));
    assert_true(run_paste(run, ":q\n", 3, 0x14));
    assert_memory_equal(run->byte, ":q\n\xef", 4);
    assert_false(run_paste(run, "ab", 2, 0x14));
}

static void a_character_is_typed_whole_or_not(void **state)
{
    (void)state;
    struct run *run = typed("");
    run_begin(run, 0x10, true);
    assert_true(run_unit(run, "A", 2, 0x13));
    assert_int_equal(run->count, 2);
    uint64_t edition = run->edition;
    assert_false(run_unit(run, "B", 2, 0x13));
    assert_int_equal(run->count, 2);
    assert_int_equal(run->edition, edition);
    assert_true(run_unit(run, "C", 1, 0x13));
    assert_memory_equal(run->byte, "A\0C", 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_are_halves_of_bytes),
        cmocka_unit_test(each_change_is_another_edition),
        cmocka_unit_test(what_is_taken_back_is_the_last_digit_or_byte),
        cmocka_unit_test(within_the_run_nothing_is_lost),
        cmocka_unit_test(the_cursor_stays_in_the_run),
        cmocka_unit_test(the_file_ends_it),
        cmocka_unit_test(text_becomes_bytes_all_or_none),
        cmocka_unit_test(a_character_is_typed_whole_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
