/* SPDX-License-Identifier: MIT */
/** view/session_move, session_search: rules of less that are easily lost, each as keys and the rows they lead to. */
#include "test.h"

#include "folio/io/page/guard.h"
#include "folio/io/thread/mailbox.h"
#include "folio/session/core/request.h"
#include "folio/session/top/link.h"
#include "folio/view/frame/frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** A session over a file of its own, with the test as the UI thread. Sessions end with the program. */
struct desk {
    char path[32];
    struct mailbox *mailbox;
    struct wake *wake;
    struct frame *frame;
    struct reply reply;
    uint64_t sent;
    struct desk *next;
};

/** Desks whose test is over; their sessions still use them. */
static struct desk *desk_ended;

static struct desk *desk_open(const char *content, unsigned rows, unsigned columns, const char *option)
{
    struct desk *desk = calloc(1, sizeof *desk);
    struct error error = {0};
    unsigned failed;
    assert_non_null(desk);
    snprintf(desk->path, sizeof desk->path, "/tmp/folio-move-XXXXXX");
    int file = mkstemp(desk->path);
    assert_int_equal(write(file, content, strlen(content)), strlen(content));
    close(file);
    guard_install(); /* cmocka has put a handler of its own in its place */
    desk->wake = wake_open(&error);
    desk->frame = frame_open();
    struct session_options options = {.path = (char *[]){desk->path},
                                      .path_count = 1,
                                      .stdin_fd = -1,
                                      .kind = MAPPING_SHARED,
                                      .advice = ADVICE_AUTO,
                                      .settings = settings_default(),
                                      .rows = rows,
                                      .columns = columns};
    if (option)
        assert_true(settings_change(&options.settings, option, NULL, 0, &error));
    struct session *session = session_open(&options, desk->wake, NULL, &failed, &error);
    assert_non_null(session);
    desk->mailbox = session_mailbox(session);
    return desk;
}

/** The session's thread stays; the file can go. */
static void desk_close(struct desk *desk)
{
    unlink(desk->path);
    desk->next = desk_ended;
    desk_ended = desk;
}

static void desk_take(struct desk *desk)
{
    wake_wait(desk->wake, 50);
    while (mailbox_collect(desk->mailbox, &desk->reply))
        ;
    struct frame *latest = mailbox_latest(desk->mailbox, desk->frame);
    desk->frame = latest ? latest : desk->frame;
}

/** Send, and wait for the reply and a frame; one that shows what the reply is about may come a little later. */
static void desk_ask(struct desk *desk, enum verb verb, int64_t count, int64_t amount, const char *text)
{
    struct request request = {
        .number = ++desk->sent, .verb = verb, .counted = count > 0, .count = count, .amount = amount};
    snprintf(request.text, sizeof request.text, "%s", text ? text : "");
    assert_true(mailbox_send(desk->mailbox, &request));
    while (desk->reply.number < desk->sent || desk->frame->request < desk->sent || desk->frame->pending)
        desk_take(desk);
}

/** The rows, with | between them; looked at again for some seconds. */
static void check_rows(struct desk *desk, const char *expected)
{
    char all[4000] = "";
    for (int tries = 0; tries < 100 && strcmp(all, expected) != 0; tries++) {
        size_t used = 0;
        if (tries)
            desk_take(desk);
        for (unsigned row = 0; row < desk->frame->rows; row++) {
            if (row > 0)
                all[used++] = '|';
            used += frame_row_text(desk->frame, row, all + used, sizeof all - used);
        }
    }
    assert_string_equal(all, expected);
}

static void check_shift(struct desk *desk, uint64_t expected)
{
    for (int tries = 0; tries < 100 && desk->frame->report.shift != expected; tries++)
        desk_take(desk);
    assert_int_equal(desk->frame->report.shift, expected);
}

static char *numbers(unsigned count)
{
    static char text[4000];
    size_t used = 0;
    for (unsigned i = 1; i <= count; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%u\n", i);
    return text;
}

static void a_short_file_goes_to_the_bottom(void **state)
{
    (void)state;
    struct desk *desk = desk_open(numbers(4), 6, 20, NULL);
    desk_ask(desk, REQUEST_GOTO_END, 0, 0, NULL);
    check_rows(desk, "~|~|1|2|3|4");
    desk_ask(desk, REQUEST_SCROLL, 0, 1, NULL);
    check_rows(desk, "~|1|2|3|4|~");
    assert_false(desk->reply.bell);
    /* Now the end is not on the last row, and only the forced movement goes on. */
    desk_ask(desk, REQUEST_SCROLL, 0, 1, NULL);
    check_rows(desk, "~|1|2|3|4|~");
    assert_true(desk->reply.bell);
    desk_ask(desk, REQUEST_SCROLL_FORCED, 0, 1, NULL);
    check_rows(desk, "1|2|3|4|~|~");
    desk_ask(desk, REQUEST_GOTO_END, 0, 0, NULL);
    desk_ask(desk, REQUEST_SCROLL, 5, 1, NULL); /* one movement goes until no row is empty above */
    check_rows(desk, "1|2|3|4|~|~");
    desk_close(desk);
}

static void a_count_brings_the_first_line_to_the_target(void **state)
{
    (void)state;
    struct desk *desk = desk_open(numbers(30), 4, 20, "target=3");
    desk_ask(desk, REQUEST_GOTO_LINE, 1, 0, NULL);
    check_rows(desk, "~|~|1|2");
    desk_ask(desk, REQUEST_MARK_SET, 0, 'a', NULL);
    desk_ask(desk, REQUEST_GOTO_LINE, 0, 0, NULL);
    check_rows(desk, "1|2|3|4");
    desk_ask(desk, REQUEST_MARK_GOTO, 0, 'a', NULL);
    check_rows(desk, "~|~|1|2");
    desk_close(desk);
}

/** From line 20 to `line` and back by ''. */
static void check_return(int64_t line, const char *expected)
{
    struct desk *desk = desk_open(numbers(60), 4, 20, NULL);
    desk_ask(desk, REQUEST_GOTO_LINE, 20, 0, NULL);
    desk_ask(desk, REQUEST_GOTO_LINE, line, 0, NULL);
    desk_ask(desk, REQUEST_MARK_GOTO, 0, '\'', NULL);
    check_rows(desk, expected);
    desk_close(desk);
}

static void only_far_jumps_are_remembered(void **state)
{
    (void)state;
    check_return(23, "1|2|3|4");     /* on the screen */
    check_return(24, "20|21|22|23"); /* just below it */
    check_return(16, "1|2|3|4");     /* its screen ends where the old one began */
    check_return(15, "20|21|22|23"); /* one line between them */
}

static void percents_are_rounded(void **state)
{
    (void)state;
    char content[151];
    memset(content, '\n', 150);
    content[150] = '\0';
    struct desk *desk = desk_open(content, 4, 20, NULL);
    desk_ask(desk, REQUEST_GOTO_PERCENT, 0, 1000, NULL);
    assert_int_equal(desk->frame->report.top_offset, 2); /* 1.5 */
    desk_ask(desk, REQUEST_GOTO_PERCENT, 0, 3000, NULL);
    assert_int_equal(desk->frame->report.top_offset, 5); /* 4.5 */
    desk_ask(desk, REQUEST_GOTO_PERCENT, 0, 33300, NULL);
    assert_int_equal(desk->frame->report.top_offset, 50); /* 49.95 */
    desk_ask(desk, REQUEST_GOTO_PERCENT, 0, 100000, NULL);
    assert_int_equal(desk->frame->report.top_offset, 149);
    desk_close(desk);
}

static void a_hit_far_down_in_its_line_is_shown(void **state)
{
    (void)state;
    struct desk *desk =
        desk_open("top\naaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeHITeeffffffffff\nend\n", 3, 10, NULL);
    desk_ask(desk, REQUEST_SEARCH, 0, 1,
             "bbb"); /* that one is on the screen with the beginning of its line */
    check_rows(desk, "aaaaaaaaaa|bbbbbbbbbb|cccccccccc");
    desk_ask(desk, REQUEST_SEARCH, 0, 1, "HIT");
    check_rows(desk, "cccccccccc|dddddddddd|eeeeeHITee");
    desk_close(desk);
}

static void again_with_the_target_above_the_file(void **state)
{
    (void)state;
    struct desk *desk = desk_open("hit 1\nx\nhit 3\nx\nhit 5\nx\nx\nx\n", 6, 20, "target=3");
    desk_ask(desk, REQUEST_GOTO_LINE, 1, 0, NULL);
    desk_ask(desk, REQUEST_SEARCH, 0, 1, "hit");
    desk_ask(desk, REQUEST_SCROLL_FORCED, 0, -1, NULL);
    check_rows(desk, "~|~|~|hit 1|x|hit 3");
    desk_ask(desk, REQUEST_SEARCH_AGAIN, 0, 1, NULL);
    check_rows(desk, "~|~|hit 1|x|hit 3|x");
    desk_ask(desk, REQUEST_SEARCH_AGAIN, 0, 1, NULL);
    check_rows(desk, "hit 1|x|hit 3|x|hit 5|x");
    desk_close(desk);
}

static void a_chopped_line_is_shifted_by_screens(void **state)
{
    (void)state;
    struct desk *desk = desk_open("first\n\ta\tbHIT and more\nzzzzzzzzzzzzTWOzzzzzzzzzz\n", 3, 10, "chop");
    desk_ask(desk, REQUEST_SEARCH, 0, 1, "HIT"); /* column 17: tabs count as they are drawn */
    check_shift(desk, 10);
    desk_ask(desk, REQUEST_SHIFT, 5, -1, NULL);
    check_shift(desk, 5);
    desk_ask(desk, REQUEST_SEARCH, 0, 1, "TWO"); /* in sight, but whole screens all the same */
    check_shift(desk, 10);
    desk_close(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_file_goes_to_the_bottom),
        cmocka_unit_test(a_count_brings_the_first_line_to_the_target),
        cmocka_unit_test(only_far_jumps_are_remembered),
        cmocka_unit_test(percents_are_rounded),
        cmocka_unit_test(a_hit_far_down_in_its_line_is_shown),
        cmocka_unit_test(again_with_the_target_above_the_file),
        cmocka_unit_test(a_chopped_line_is_shifted_by_screens),
    };
    return cmocka_run_group_tests_name("view/move", tests, NULL, NULL);
}
