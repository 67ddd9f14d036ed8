/* SPDX-License-Identifier: MIT */
/** tests: ui/command/modifier: keys before a pattern, and how the prompt shows them. */
#include "folio/ui/command/modifier.h"

#include "test.h"

#include "folio/session/core/request.h"
#include "folio/ui/command/keymap.h"

#define ALL (~0u)

static void keys_switch(void **state)
{
    static const struct {
        uint32_t stroke;
        unsigned bit;
    } key[] = {{'!', SEARCH_INVERT},
               {STROKE_CONTROL('N'), SEARCH_INVERT},
               {'*', SEARCH_FILES},
               {STROKE_CONTROL('E'), SEARCH_FILES},
               {'@', SEARCH_FIRST},
               {STROKE_CONTROL('F'), SEARCH_FIRST},
               {STROKE_CONTROL('K'), SEARCH_KEEP},
               {STROKE_CONTROL('R'), SEARCH_LITERAL},
               {STROKE_CONTROL('W'), SEARCH_WRAP}};
    (void)state;
    for (size_t i = 0; i < sizeof key / sizeof key[0]; i++) {
        unsigned modifiers = 0;
        assert_true(modifier_type(&modifiers, ALL, key[i].stroke));
        assert_int_equal(modifiers, key[i].bit);
        assert_true(modifier_type(&modifiers, ALL, key[i].stroke));
        assert_int_equal(modifiers, 0);
        assert_false(modifier_type(&modifiers, ALL & ~key[i].bit, key[i].stroke));
    }
    unsigned none = 0;
    assert_false(modifier_type(&none, ALL, 'x'));
    assert_false(modifier_type(&none, ALL, STROKE_NONE));
}

/** To the other end of the file and to the next file: only one of them can be. */
static void wrapping_and_files_exclude_each_other(void **state)
{
    unsigned modifiers = 0;
    (void)state;
    modifier_type(&modifiers, ALL, STROKE_CONTROL('W'));
    modifier_type(&modifiers, ALL, '*');
    assert_int_equal(modifiers, SEARCH_FILES);
    modifier_type(&modifiers, ALL, STROKE_CONTROL('W'));
    assert_int_equal(modifiers, SEARCH_WRAP);
}

static void groups_have_numbers(void **state)
{
    unsigned modifiers = SEARCH_KEEP;
    (void)state;
    assert_true(modifier_asks(STROKE_CONTROL('S')));
    assert_false(modifier_asks('s'));
    assert_false(modifier_number(&modifiers, '0'));
    assert_false(modifier_number(&modifiers, 'x'));
    assert_true(modifier_number(&modifiers, '3'));
    assert_int_equal(modifiers, SEARCH_KEEP | SEARCH_GROUP(3));
    assert_true(modifier_number(&modifiers, '9'));
    assert_int_equal(SEARCH_GROUP_OF(modifiers), 9);
    assert_true(modifier_number(&modifiers, '9'));
    assert_int_equal(modifiers, SEARCH_KEEP);
}

static void labels_are_those_of_less(void **state)
{
    char label[96];
    char little[8];
    (void)state;
    modifier_label(0, "/", label, sizeof label);
    assert_string_equal(label, "/");
    modifier_label(SEARCH_INVERT | SEARCH_FIRST | SEARCH_FILES | SEARCH_KEEP | SEARCH_LITERAL | SEARCH_WRAP |
                       SEARCH_GROUP(2),
                   "?", label, sizeof label);
    assert_string_equal(label, "Non-match First-file EOF-ignore Keep-pos Regex-off Wrap Sub-2 ?");
    modifier_label(SEARCH_INVERT | SEARCH_LITERAL, "/", little, sizeof little);
    assert_string_equal(little, "Non-mat");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_switch),
        cmocka_unit_test(wrapping_and_files_exclude_each_other),
        cmocka_unit_test(groups_have_numbers),
        cmocka_unit_test(labels_are_those_of_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
