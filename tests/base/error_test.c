/* SPDX-License-Identifier: MIT */
/* tests: base/bytes/error: a failure is told whole, once, and never out of its buffer. */
#include "folio/base/bytes/error.h"

#include "test.h"

#include <errno.h>
#include <string.h>

static void set_fills_code_and_sentence(void **state)
{
    (void)state;
    struct error error = {0};
    assert_false(error_set(&error, 0, "%s: offset %d is past the end", "log", 17));
    assert_int_equal(error.code, 0);
    assert_string_equal(error.message, "log: offset 17 is past the end");
    assert_false(error_set(&error, EIO, "other"));
    assert_int_equal(error.code, EIO);
    assert_string_equal(error.message, "other");
}

static void system_adds_the_cause(void **state)
{
    (void)state;
    struct error error = {0};
    assert_false(error_system(&error, ENOENT, "cannot open %s", "x"));
    assert_int_equal(error.code, ENOENT);
    assert_string_equal(error.message, "cannot open x: No such file or directory");
    assert_false(error_system(&error, 99999, "odd"));
    assert_memory_equal(error.message, "odd: ", 5);
    assert_true(strlen(error.message) > 5);
}

static void long_sentences_are_cut(void **state)
{
    (void)state;
    char name[2000];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    struct {
        struct error error;
        char fence[8];
    } place = {.fence = "fence"};
    assert_false(error_set(&place.error, 1, "%s", name));
    assert_int_equal(strlen(place.error.message), sizeof place.error.message - 1);
    assert_false(error_system(&place.error, EIO, "%s", name));
    assert_int_equal(strlen(place.error.message), sizeof place.error.message - 1);
    /* One byte of room left: not even the colon fits whole. */
    name[sizeof place.error.message - 2] = '\0';
    assert_false(error_system(&place.error, EIO, "%s", name));
    assert_int_equal(strlen(place.error.message), sizeof place.error.message - 1);
    assert_string_equal(place.fence, "fence");
}

static void null_is_ignored(void **state)
{
    (void)state;
    assert_false(error_set(NULL, 1, "nobody %s", "listens"));
    assert_false(error_system(NULL, EIO, "nobody"));
}

static void clear_empties(void **state)
{
    (void)state;
    struct error error = {0};
    (void)error_set(&error, 5, "x");
    error_clear(&error);
    assert_int_equal(error.code, 0);
    assert_string_equal(error.message, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(set_fills_code_and_sentence),
        cmocka_unit_test(system_adds_the_cause),
        cmocka_unit_test(long_sentences_are_cut),
        cmocka_unit_test(null_is_ignored),
        cmocka_unit_test(clear_empties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
