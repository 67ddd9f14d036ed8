/* SPDX-License-Identifier: MIT */
/** tests: ui/command/lookup: rows of the help that are about a word. */
#include "folio/ui/command/lookup.h"

#include "test.h"

#include "folio/ui/command/command.h"
#include "folio/ui/option/options.h"
#include "folio/ui/option/switch.h"

#include <stdio.h>

static const char text[] = "folio: the keys\n\n"
                           "Moving\n\n"
                           "  j e ^E Down             Forward one line\n"
                           "  a b c d e f g h i j k l m n\n"
                           "                          Keys enough for a row\n"
                           "\nFiles\n\n"
                           "  E :e                    Open another FILE\n"
                           "  :write                  Save; q leaves\n"
                           "  -S, --chop[=N]          Cut lines\n"
                           "  nowrap, wrap            cut long lines\n"
                           "  tabs=NUMBER             stops\n"
                           "\nThe end.\n";

static void finds(const char *word, size_t count, const char *wanted)
{
    struct buf out = {0};
    assert_int_equal(lookup(text, word, &out), count);
    assert_string_equal(buf_string(&out), wanted);
    buf_release(&out);
}

static void keys_and_names_are_exact(void **state)
{
    (void)state;
    finds("^E", 1, "\nMoving\n\n  j e ^E Down             Forward one line\n");
    finds(":e", 1, "\nFiles\n\n  E :e                    Open another FILE\n");
    finds("E", 1, "\nFiles\n\n  E :e                    Open another FILE\n");
    finds("-S", 1, "\nFiles\n\n  -S, --chop[=N]          Cut lines\n");
    finds("--chop", 1, "\nFiles\n\n  -S, --chop[=N]          Cut lines\n");
    finds("q", 0, "");
    finds("N", 0, "");
}

static void other_words_are_anywhere(void **state)
{
    (void)state;
    finds("file", 1, "\nFiles\n\n  E :e                    Open another FILE\n");
    finds("write", 1, "\nFiles\n\n  :write                  Save; q leaves\n");
    finds("tabs", 1, "\nFiles\n\n  tabs=NUMBER             stops\n");
    finds("LINE", 3,
          "\nMoving\n\n  j e ^E Down             Forward one line\n"
          "\nFiles\n\n  -S, --chop[=N]          Cut lines\n  nowrap, wrap            cut long lines\n");
    finds("nothing", 0, "");
}

static void a_row_may_go_on_below(void **state)
{
    (void)state;
    finds("enough", 1,
          "\nMoving\n\n  a b c d e f g h i j k l m n\n                          Keys enough for a row\n");
    finds("n", 1,
          "\nMoving\n\n  a b c d e f g h i j k l m n\n                          Keys enough for a row\n");
}

/** Each name that there is finds a row of the real help. */
static void every_name_is_found(void **state)
{
    struct buf help = {0};
    const char *name;
    (void)state;
    command_help(&help);
    options_help_rows(&help);
    options_set_help(&help);
    for (size_t i = 0; (name = command_name(i)); i++) {
        struct buf out = {0};
        char word[64];
        snprintf(word, sizeof word, ":%s", name);
        if (lookup(buf_string(&help), word, &out) != 1)
            fail_msg("%s: %s", word, buf_string(&out));
        buf_release(&out);
    }
    for (size_t i = 0; (name = options_switch_name(i)); i++) {
        struct buf out = {0};
        if (lookup(buf_string(&help), name, &out) == 0)
            fail_msg("%s", name);
        buf_release(&out);
    }
    buf_release(&help);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_and_names_are_exact),
        cmocka_unit_test(other_words_are_anywhere),
        cmocka_unit_test(a_row_may_go_on_below),
        cmocka_unit_test(every_name_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
