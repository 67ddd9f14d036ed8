/* SPDX-License-Identifier: MIT */
/** tests: ui/mode/complete: what Tab offers. */
#include "folio/ui/mode/complete.h"

#include "stand.h"
#include "test.h"

#include <fcntl.h>
#include <sys/stat.h>

static const char *typed(const struct stand *stand)
{
    return buf_string(&stand->app.asking.prompt.text);
}

/** Wait until a helper has rung, then take what it has. */
static void collect(struct stand *stand)
{
    struct pollfd polled = {.fd = stand->link.fd, .events = POLLIN};
    assert_int_equal(poll(&polled, 1, 10000), 1);
    complete_collect(&stand->app);
}

static void names_of_commands_go_round(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":hi\t");
    assert_string_equal(typed(stand), "highlight");
    stand_type(stand, "\t");
    assert_string_equal(typed(stand), "highlight");
    assert_int_equal(stand->screen.bells, 0);
}

static void what_fits_nothing_rings(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":zzz\t");
    assert_string_equal(typed(stand), "zzz");
    assert_int_equal(stand->screen.bells, 1);
    stand->app.options.quiet = 1;
    stand_type(stand, "\t");
    assert_int_equal(stand->screen.bells, 1);
}

static void settings_and_their_values(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":set nowra\t");
    assert_string_equal(typed(stand), "set nowrap");
    stand_type(stand, " enco\t");
    assert_string_equal(typed(stand), "set nowrap encoding=");
    stand_type(stand, "latin\t");
    assert_string_equal(typed(stand), "set nowrap encoding=latin1");
    stand_type(stand, " incs\t");
    assert_string_equal(typed(stand), "set nowrap encoding=latin1 incsearch");
}

/** A key in between begins anew. */
static void typing_on_forgets_what_was_offered(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":set nowra\t");
    assert_non_null(stand->app.asking.completion);
    stand_type(stand, " ");
    assert_null(stand->app.asking.completion);
}

static void a_pattern_has_no_completion(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "/hi\t");
    assert_string_equal(typed(stand), "hi");
    assert_null(stand->app.asking.completion);
}

/** A directory with two files, a hidden one, and a directory. */
static void folder_make(char *folder)
{
    static const char *const name[] = {"one", "only", ".hidden"};
    char path[256];
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, name[i]);
        close(open(path, O_CREAT | O_WRONLY, 0600));
    }
    snprintf(path, sizeof path, "%s/sub", folder);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void folder_remove(const char *folder)
{
    static const char *const name[] = {"one", "only", ".hidden", "sub", ""};
    char path[256];
    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, name[i]);
        (void)remove(path);
    }
}

static void names_of_files_come_from_a_helper(void **state)
{
    struct stand *stand = *state;
    char folder[] = "/tmp/folio-complete-XXXXXX";
    char path[256];
    folder_make(folder);
    stand_type(stand, ":e ");
    stand_type(stand, folder);
    stand_type(stand, "/o\t");
    collect(stand);
    snprintf(path, sizeof path, "e %s/one", folder);
    assert_string_equal(typed(stand), path);
    stand_type(stand, "\t");
    snprintf(path, sizeof path, "e %s/only", folder);
    assert_string_equal(typed(stand), path);
    stand_type(stand, "\t");
    snprintf(path, sizeof path, "e %s/one", folder);
    assert_string_equal(typed(stand), path);
    folder_remove(folder);
}

/** A directory gets its slash; what is hidden is offered only to who asks for it. */
static void all_names_but_hidden_ones(void **state)
{
    struct stand *stand = *state;
    char folder[] = "/tmp/folio-complete-XXXXXX";
    char path[256];
    folder_make(folder);
    stand_type(stand, ":e ");
    stand_type(stand, folder);
    stand_type(stand, "/\t");
    collect(stand);
    stand_type(stand, "\t\t");
    snprintf(path, sizeof path, "e %s/sub/", folder);
    assert_string_equal(typed(stand), path);
    stand_type(stand, "\t");
    snprintf(path, sizeof path, "e %s/one", folder);
    assert_string_equal(typed(stand), path);
    folder_remove(folder);
}

static void secure_mode_reads_no_directory(void **state)
{
    struct stand *stand = *state;
    stand->app.options.secure = 1;
    stand_type(stand, ":e /\t");
    assert_null(stand->app.asking.completion);
    assert_string_equal(typed(stand), "e /");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAND_TEST(names_of_commands_go_round),  STAND_TEST(what_fits_nothing_rings),
        STAND_TEST(settings_and_their_values),   STAND_TEST(typing_on_forgets_what_was_offered),
        STAND_TEST(a_pattern_has_no_completion), STAND_TEST(names_of_files_come_from_a_helper),
        STAND_TEST(all_names_but_hidden_ones),   STAND_TEST(secure_mode_reads_no_directory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
