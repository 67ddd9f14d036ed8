/* SPDX-License-Identifier: MIT */
/** tests: ui/run/launch: showing files without a screen. */
#include "folio/ui/run/launch.h"

#include "stand.h"
#include "test.h"

/** What was printed, at the end of a test that began with capture. */
static int printed_fd = -1, stdout_fd = -1;

/** From now on what is written to standard output goes into a file. */
static void capture(void)
{
    char path[] = "/tmp/folio-launch-XXXXXX";
    printed_fd = mkstemp(path);
    assert_true(printed_fd >= 0);
    (void)unlink(path);
    (void)fflush(stdout);
    stdout_fd = dup(1);
    dup2(printed_fd, 1);
}

/** Until now. The text; it stays until the next call. */
static const char *captured(void)
{
    static char text[4096];
    (void)fflush(stdout);
    dup2(stdout_fd, 1);
    close(stdout_fd);
    ssize_t length = pread(printed_fd, text, sizeof text - 1, 0);
    text[length > 0 ? length : 0] = '\0';
    close(printed_fd);
    return text;
}

static struct cell cells[2 * 8];

/** A frame of two rows, of which `used` have text. */
static void fill(struct stand *stand, const char *first, const char *second, unsigned used)
{
    const char *text[] = {first, second};
    struct frame *frame = &stand->frame;
    frame->rows = 2;
    frame->columns = 8;
    frame->used = used;
    frame->cell = cells;
    for (unsigned row = 0; row < 2; row++)
        for (unsigned column = 0; column < 8; column++) {
            bool there = column < strlen(text[row]);
            cells[row * 8 + column] =
                (struct cell){.rune = {(unsigned char)(there ? text[row][column] : ' ')}, .rune_count = 1};
        }
}

static struct stand *ready(void **state)
{
    static char name[] = "file";
    struct stand *stand = *state;
    stand->app.options.path = calloc(1, sizeof(char *));
    assert_non_null(stand->app.options.path);
    stand->app.options.path[0] = name;
    stand->app.options.path_count = 1;
    stand->app.terminal.screen = NULL;
    stand->app.terminal.rows = 3;
    stand->frame.report.file = stand->frame.report.file_count = 1;
    link_ring(&stand->link);
    return stand;
}

static void print(struct stand *stand)
{
    launch_print(&stand->app);
}

static void wait_for_a_screen(struct stand *stand)
{
    launch_wait(&stand->app);
}

static void what_fits_is_printed_and_left(void **state)
{
    struct stand *stand = ready(state);
    fill(stand, "one", "", 1);
    stand->frame.report.end = true;
    stand->app.options.quit_one_screen = 1;
    capture();
    int status = stand_leaves(stand, wait_for_a_screen);
    assert_string_equal(captured(), "one\n");
    assert_int_equal(status, 0);
}

static void more_than_a_screen_needs_one(void **state)
{
    struct stand *stand = ready(state);
    fill(stand, "one", "two", 2);
    stand->app.options.quit_one_screen = 1;
    capture();
    int status = stand_leaves(stand, wait_for_a_screen);
    assert_string_equal(captured(), "");
    assert_int_equal(status, -1); /* it came back */
}

/** The end of what is there is not the end of a pipe. */
static void what_grows_is_waited_for(void **state)
{
    struct stand *stand = ready(state);
    static struct frame grown;
    fill(stand, "one", "two", 2);
    grown = stand->frame;
    stand->frame.used = 1;
    stand->frame.report.end = stand->frame.report.growing = true;
    stand->app.options.quit_one_screen = 1;
    stand->link.frame = &grown;
    capture();
    int status = stand_leaves(stand, wait_for_a_screen);
    assert_string_equal(captured(), "");
    assert_int_equal(status, -1);
    assert_ptr_equal(stand->app.shown, &grown);
}

/** Without -F nothing is waited for, but for what comes through a pipe: its producer may need the terminal. */
static void only_a_pipe_is_waited_for(void **state)
{
    struct stand *stand = ready(state);
    stand->app.shown = NULL;
    assert_int_equal(stand_leaves(stand, wait_for_a_screen), -1);
    static char dash[] = "-";
    stand->app.options.path[0] = dash;
    fill(stand, "one", "", 1);
    stand->link.frame = &stand->frame;
    assert_int_equal(stand_leaves(stand, wait_for_a_screen), -1);
    assert_ptr_equal(stand->app.shown, &stand->frame);
}

/** Rows of one file after the other; the status tells of files that could not be opened. */
static void printing_goes_to_the_end_of_the_last(void **state)
{
    struct stand *stand = ready(state);
    fill(stand, "last", "row", 2);
    stand->frame.report.end = true;
    stand->app.failed = 1;
    capture();
    int status = stand_leaves(stand, print);
    assert_string_equal(captured(), "last\nrow\n");
    assert_int_equal(status, 1);
}

/** More than a screen would rush past. */
static void no_more_than_a_screen_is_printed(void **state)
{
    struct stand *stand = ready(state);
    fill(stand, "one", "two", 2);
    capture();
    int status = stand_leaves(stand, print);
    assert_string_equal(captured(), "one\ntwo\n");
    assert_int_equal(status, 1);
    /* Nor of two files together. */
    fill(stand, "one", "", 1);
    stand->frame.report.end = true;
    stand->frame.report.file_count = 3;
    stand->frame.request = 100;
    capture();
    status = stand_leaves(stand, print);
    assert_string_equal(captured(), "one\none\n");
    assert_int_equal(status, 1);
}

/** Where no request can be sent the rest is not printed, and that is an error. */
static void printing_says_when_it_cannot_go_on(void **state)
{
    struct stand *stand = ready(state);
    fill(stand, "one", "", 1);
    stand->frame.report.end = true;
    stand->frame.report.file_count = 2;
    stand->link.full = true;
    capture();
    int status = stand_leaves(stand, print);
    assert_string_equal(captured(), "one\n");
    assert_int_equal(status, 1);
}

/** What hangs up while it is printed ends it. */
static void a_terminal_that_goes_ends_it(void **state)
{
    struct stand *stand = ready(state);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[1]);
    stand->app.terminal.tty = ends[0];
    stand->frame.pending = true;
    assert_int_equal(stand_leaves(stand, print), 1);
    close(ends[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAND_TEST(what_fits_is_printed_and_left),
        STAND_TEST(more_than_a_screen_needs_one),
        STAND_TEST(what_grows_is_waited_for),
        STAND_TEST(only_a_pipe_is_waited_for),
        STAND_TEST(printing_goes_to_the_end_of_the_last),
        STAND_TEST(no_more_than_a_screen_is_printed),
        STAND_TEST(printing_says_when_it_cannot_go_on),
        STAND_TEST(a_terminal_that_goes_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
