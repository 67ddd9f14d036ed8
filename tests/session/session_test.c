/* SPDX-License-Identifier: MIT */
/** session/top/link: real files through the mailbox, with the test as the UI thread. Sessions end with the program. */
#include "test.h"

#include "folio/io/page/guard.h"
#include "folio/io/thread/mailbox.h"
#include "folio/session/core/request.h"
#include "folio/session/top/link.h"
#include "folio/view/frame/frame.h"

#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define ROWS        5
#define COLUMNS     30
#define REQUEST_MAX 4000
/** Longest wait for anything, in milliseconds. */
#define PATIENCE 60000

/** The other side: what was sent, what came back. */
struct ui {
    struct session *session;
    struct mailbox *mailbox;
    struct wake *wake;
    struct frame *frame;
    uint64_t sent;
    struct reply *reply[REQUEST_MAX];
    unsigned failed;
};

static char folder[] = "/tmp/folio-session-XXXXXX";
static char path_a[sizeof folder + 8], path_b[sizeof folder + 8], path_c[sizeof folder + 8];

/** What random requests say; some of them write files of such names. */
static const char *const words[] = {"line", "7$", "nothing", "(", "-S", "-N", "wrap", "", "9", "x="};

static int folder_make(void **state)
{
    (void)state;
    if (!mkdtemp(folder) || chdir(folder) < 0)
        return -1;
    snprintf(path_a, sizeof path_a, "%s/a", folder);
    snprintf(path_b, sizeof path_b, "%s/b", folder);
    snprintf(path_c, sizeof path_c, "%s/c", folder);
    return 0;
}

static int folder_remove(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        unlink(words[i]);
    unlink(path_a);
    unlink(path_b);
    unlink(path_c);
    return rmdir(folder);
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/** Write `count` numbered lines into a file, at its end or in place of what is there. */
static void put_lines(const char *path, unsigned first, unsigned count, bool append)
{
    guard_install(); /* sessions of earlier tests may be reading what is cut off here */
    FILE *file = fopen(path, append ? "a" : "w");
    assert_non_null(file);
    for (unsigned i = 0; i < count; i++)
        fprintf(file, "line %u\n", first + i);
    fclose(file);
}

static struct ui *ui_open(char *const *path, size_t count, int stdin_fd)
{
    struct ui *ui = calloc(1, sizeof *ui);
    struct error error = {0};
    struct session_options options = {.path = path,
                                      .path_count = count,
                                      .stdin_fd = stdin_fd,
                                      .kind = MAPPING_SHARED,
                                      .advice = ADVICE_AUTO,
                                      .settings = settings_default(),
                                      .rows = ROWS,
                                      .columns = COLUMNS};
    assert_non_null(ui);
    guard_install(); /* cmocka has put a handler of its own in its place */
    ui->wake = wake_open(&error);
    ui->session = session_open(&options, ui->wake, NULL, &ui->failed, &error);
    assert_non_null(ui->session);
    ui->mailbox = session_mailbox(ui->session);
    ui->frame = frame_open();
    return ui;
}

static struct ui *ui_open_file(char *path)
{
    static char *list[1];
    list[0] = path;
    return ui_open(list, 1, -1);
}

/** Take in what came: each request has one reply and no more, and none that was not asked for. */
static void ui_collect(struct ui *ui)
{
    struct reply reply;
    while (mailbox_collect(ui->mailbox, &reply)) {
        assert_in_range(reply.number, 1, ui->sent);
        assert_null(ui->reply[reply.number]);
        ui->reply[reply.number] = malloc(sizeof reply);
        assert_non_null(ui->reply[reply.number]);
        *ui->reply[reply.number] = reply;
    }
    struct frame *latest = mailbox_latest(ui->mailbox, ui->frame);
    if (latest) {
        ui->frame = latest;
        assert_true(latest->request <= ui->sent);
        assert_true(latest->used <= latest->rows);
    }
}

static void ui_wait(struct ui *ui, int64_t since)
{
    assert_true(now_ms() - since < PATIENCE);
    wake_wait(ui->wake, 50);
    ui_collect(ui);
}

static uint64_t ui_send(struct ui *ui, enum verb verb, int64_t count, int64_t amount, const char *text)
{
    struct request request = {
        .number = ++ui->sent, .verb = verb, .counted = count > 0, .count = count, .amount = amount};
    assert_true(ui->sent < REQUEST_MAX);
    if (text)
        snprintf(request.text, sizeof request.text, "%s", text);
    if (verb == REQUEST_HELP_OPEN) {
        request.payload = strdup(text);
        request.amount = (int64_t)strlen(text);
    }
    for (int64_t since = now_ms(); !mailbox_send(ui->mailbox, &request);)
        ui_wait(ui, since);
    return request.number;
}

static const struct reply *ui_reply(struct ui *ui, uint64_t number)
{
    int64_t since = now_ms();
    for (ui_collect(ui); !ui->reply[number];)
        ui_wait(ui, since);
    assert_int_equal(ui->reply[number]->number, number);
    return ui->reply[number];
}

/** Send, wait for the reply and for a frame of that request (a better one may follow: ui_until_row). */
static const struct reply *ui_ask(struct ui *ui, enum verb verb, int64_t count, int64_t amount,
                                  const char *text)
{
    uint64_t number = ui_send(ui, verb, count, amount, text);
    const struct reply *reply = ui_reply(ui, number);
    assert_int_equal(reply->verb, verb);
    int64_t since = now_ms();
    while (ui->frame->request < number || ui->frame->pending)
        ui_wait(ui, since);
    return reply;
}

static const char *ui_row(const struct ui *ui, unsigned row)
{
    static char text[1000];
    frame_row_text(ui->frame, row, text, sizeof text);
    return text;
}

/** Wait for a frame whose row `row` says `text`. */
static void ui_until_row(struct ui *ui, unsigned row, const char *text)
{
    int64_t since = now_ms();
    while (ui->frame->rows <= row || strcmp(ui_row(ui, row), text) != 0)
        ui_wait(ui, since);
}

static void ui_until_notice(struct ui *ui, const char *text)
{
    int64_t since = now_ms();
    while (!strstr(ui->frame->report.notice, text))
        ui_wait(ui, since);
}

static void ui_until_following(struct ui *ui, enum following following)
{
    int64_t since = now_ms();
    while (ui->frame->report.following != following)
        ui_wait(ui, since);
}

static void ui_until_size(struct ui *ui, uint64_t size)
{
    int64_t since = now_ms();
    while (ui->frame->report.size != size)
        ui_wait(ui, since);
}

static void ui_until_bells(struct ui *ui, unsigned bells)
{
    int64_t since = now_ms();
    while (ui->frame->report.bells != bells)
        ui_wait(ui, since);
}

static void assert_says(const struct reply *reply, enum outcome outcome, const char *message)
{
    assert_string_equal(reply->message, message);
    assert_int_equal(reply->outcome, outcome);
}

static void the_first_frame_comes_by_itself(void **state)
{
    (void)state;
    put_lines(path_a, 1, 3, false);
    struct ui *ui = ui_open_file(path_a);
    ui_until_row(ui, 0, "line 1");
    assert_int_equal(ui->frame->request, 0);
    assert_int_equal(ui->frame->rows, ROWS);
    assert_int_equal(ui->frame->columns, COLUMNS);
    ui_until_row(ui, 2, "line 3");
    ui_until_row(ui, 3, "~");
    assert_string_equal(ui->frame->report.name, path_a);
    int64_t since = now_ms();
    while (!ui->frame->report.line_count.exact || !ui->frame->report.kind[0])
        ui_wait(ui, since);
    assert_int_equal(ui->frame->report.line_count.value, 3);
    assert_int_equal(ui->frame->report.indexed, 1000);
}

static void what_cannot_be_opened_is_told(void **state)
{
    static char missing[] = "/nonexistent/file";
    char *list[] = {missing, path_a};
    struct error error = {0};
    unsigned failed;
    struct session_options options = {
        .path = list, .path_count = 1, .stdin_fd = -1, .settings = settings_default()};
    (void)state;
    assert_null(session_open(&options, NULL, NULL, &failed, &error));
    assert_int_equal(failed, 1);
    assert_non_null(strstr(error.message, "No such file"));
    put_lines(path_a, 1, 3, false);
    struct ui *ui = ui_open(list, 2, -1);
    assert_int_equal(ui->failed, 1);
    ui_until_row(ui, 0, "line 1");
}

static void moving_about(void **state)
{
    (void)state;
    put_lines(path_a, 1, 1000, false);
    struct ui *ui = ui_open_file(path_a);
    assert_int_equal(ui_ask(ui, REQUEST_SCROLL, 0, 1, NULL)->outcome, OUTCOME_DONE);
    ui_until_row(ui, 0, "line 2");
    ui_ask(ui, REQUEST_PAGE, 0, 1, NULL);
    ui_until_row(ui, 0, "line 7");
    ui_ask(ui, REQUEST_HALF, 0, -1, NULL);
    ui_until_row(ui, 0, "line 4");
    ui_ask(ui, REQUEST_GOTO_LINE, 500, 0, NULL);
    ui_until_row(ui, 0, "line 500");
    assert_says(ui_ask(ui, REQUEST_GOTO_LINE, 5000, 0, NULL), OUTCOME_FAILED,
                "Cannot seek to line number 5000");
    ui_until_row(ui, 0, "line 500");
    ui_ask(ui, REQUEST_MARK_SET, 0, 'a', NULL);
    ui_ask(ui, REQUEST_GOTO_END, 0, 0, NULL);
    ui_until_row(ui, ROWS - 1, "line 1000");
    assert_true(ui->frame->report.end);
    assert_true(ui_ask(ui, REQUEST_SCROLL, 0, 1, NULL)->bell);
    ui_ask(ui, REQUEST_MARK_GOTO, 0, 'a', NULL);
    ui_until_row(ui, 0, "line 500");
    assert_int_equal(ui_ask(ui, REQUEST_MARK_GOTO, 0, 'z', NULL)->outcome, OUTCOME_FAILED);
    ui_ask(ui, REQUEST_GOTO_PERCENT, 0, 0, NULL);
    ui_until_row(ui, 0, "line 1");
    assert_true(ui_ask(ui, REQUEST_SCROLL, 0, -1, NULL)->bell);
    ui_ask(ui, REQUEST_GOTO_BYTE, 0, 9, NULL);
    ui_until_row(ui, 0, "line 2");
    assert_int_equal(ui_ask(ui, REQUEST_GOTO_BYTE, 0, 1 << 30, NULL)->outcome, OUTCOME_FAILED);
    assert_int_equal(ui_ask(ui, REQUEST_SET, 0, 0, "-N")->outcome, OUTCOME_SAID);
    ui_until_row(ui, 0, "      2 line 2");
    assert_int_equal(ui_ask(ui, REQUEST_SET, 0, 0, "nonsense")->outcome, OUTCOME_FAILED);
    ui_ask(ui, REQUEST_RESIZE, 0, 3 << 16 | 50, NULL);
    assert_int_equal(ui->frame->rows, 3);
    assert_int_equal(ui->frame->columns, 50);
    assert_string_equal(ui_ask(ui, REQUEST_PLACE, 0, 0, NULL)->message, path_a);
}

static void searching(void **state)
{
    (void)state;
    put_lines(path_a, 1, 1000, false);
    struct ui *ui = ui_open_file(path_a);
    assert_int_equal(ui_ask(ui, REQUEST_SEARCH_AGAIN, 0, 1, NULL)->outcome, OUTCOME_FAILED);
    assert_int_equal(ui_ask(ui, REQUEST_SEARCH, 0, 1, "line 7")->outcome, OUTCOME_DONE);
    ui_until_row(ui, 0, "line 7");
    assert_int_equal(frame_row(ui->frame, 0)[0].style, STYLE_CURRENT);
    ui_ask(ui, REQUEST_SEARCH_AGAIN, 0, 1, NULL);
    ui_until_row(ui, 0, "line 70");
    ui_ask(ui, REQUEST_SEARCH_AGAIN, 3, 1, NULL);
    ui_until_row(ui, 0, "line 73");
    ui_ask(ui, REQUEST_SEARCH_AGAIN, 0, -1, NULL);
    ui_until_row(ui, 0, "line 72");
    int64_t since = now_ms();
    while (ui->frame->report.tally_count != 1 || !ui->frame->report.tally[0].count.exact)
        ui_wait(ui, since);
    assert_string_equal(ui->frame->report.tally[0].noun, "match");
    assert_int_equal(ui->frame->report.tally[0].count.value, 111);
    while (ui->frame->report.tally[0].index.value != 4)
        ui_wait(ui, since);
    assert_says(ui_ask(ui, REQUEST_SEARCH, 0, 1, "nothing such"), OUTCOME_FAILED,
                "Pattern not found: nothing such");
    ui_until_row(ui, 0, "line 72");
    assert_non_null(strstr(ui_ask(ui, REQUEST_SEARCH, 0, 1, "a(b")->message, "Invalid pattern"));
    assert_int_equal(ui_ask(ui, REQUEST_SEARCH, 0, -1, "line 5$")->outcome, OUTCOME_DONE);
    ui_until_row(ui, 0, "line 5");
}

static void following_growth(void **state)
{
    (void)state;
    put_lines(path_a, 1, 10, false);
    struct ui *ui = ui_open_file(path_a);
    assert_int_equal(ui_ask(ui, REQUEST_FOLLOW, 0, 0, NULL)->outcome, OUTCOME_DONE);
    ui_until_row(ui, ROWS - 1, "line 10");
    put_lines(path_a, 11, 20, true);
    ui_until_row(ui, ROWS - 1, "line 30");
    put_lines(path_a, 31, 1, true);
    ui_until_row(ui, ROWS - 1, "line 31");
    uint64_t stop = ui_send(ui, REQUEST_STOP, 0, 0, NULL);
    session_interrupt(ui->session);
    assert_int_equal(ui_reply(ui, stop)->outcome, OUTCOME_DONE);
    ui_until_following(ui, FOLLOWING_NOT);
    put_lines(path_a, 32, 1, true);
    ui_until_size(ui, 9 * 7 + 23 * 8);
    ui_until_row(ui, ROWS - 1, "line 31");
}

static void what_keeps_following_and_what_leads_back(void **state)
{
    (void)state;
    put_lines(path_a, 1, 10, false);
    struct ui *ui = ui_open_file(path_a);
    ui_ask(ui, REQUEST_FOLLOW, 0, 0, NULL);
    ui_until_row(ui, ROWS - 1, "line 10");
    /* What moves nothing, whatever came meanwhile. */
    assert_int_equal(ui_ask(ui, REQUEST_SEARCH, 0, 1, "nothing such")->outcome, OUTCOME_FAILED);
    ui_ask(ui, REQUEST_SHIFT, 2, 1, NULL);
    put_lines(path_a, 11, 1, true);
    ui_until_row(ui, ROWS - 1, "ne 11");
    ui_ask(ui, REQUEST_SHIFT, 2, -1, NULL);
    ui_until_following(ui, FOLLOWING_END);
    /* What goes away from the end stays there. */
    ui_ask(ui, REQUEST_SCROLL, 1, -1, NULL);
    ui_until_following(ui, FOLLOWING_AWAY);
    put_lines(path_a, 12, 2, true);
    ui_until_size(ui, 9 * 7 + 4 * 8);
    ui_until_row(ui, ROWS - 1, "line 10");
    /* What leads to the end goes on there. */
    ui_ask(ui, REQUEST_GOTO_END, 0, 0, NULL);
    ui_until_following(ui, FOLLOWING_END);
    put_lines(path_a, 14, 1, true);
    ui_until_row(ui, ROWS - 1, "line 14");
    ui_ask(ui, REQUEST_SEARCH, 0, -1, "line 2$");
    ui_until_following(ui, FOLLOWING_AWAY);
    ui_ask(ui, REQUEST_FOLLOW, 0, 0, NULL);
    ui_until_row(ui, ROWS - 1, "line 14");
    ui_until_following(ui, FOLLOWING_END);
    /* The same file anew is followed on, another one is not. */
    ui_ask(ui, REQUEST_RELOAD, 0, 0, NULL);
    ui_until_following(ui, FOLLOWING_END);
    put_lines(path_b, 1, 3, false);
    ui_ask(ui, REQUEST_FILE_OPEN, 0, 0, path_b);
    ui_until_following(ui, FOLLOWING_NOT);
}

static void following_bytes(void **state)
{
    (void)state;
    put_lines(path_a, 1, 10, false);
    struct ui *ui = ui_open_file(path_a);
    ui_ask(ui, REQUEST_VIEW, 0, VIEW_HEX, NULL);
    ui_ask(ui, REQUEST_FOLLOW, 0, 0, NULL);
    ui_until_following(ui, FOLLOWING_END);
    ui_ask(ui, REQUEST_SHIFT, 1, -1, NULL);
    ui_until_following(ui, FOLLOWING_AWAY);
    ui_ask(ui, REQUEST_SHIFT, 1, 1, NULL);
    ui_until_following(ui, FOLLOWING_END);
}

static void a_match_while_following(void **state)
{
    (void)state;
    put_lines(path_a, 1, 10, false);
    struct ui *ui = ui_open_file(path_a);
    assert_says(ui_ask(ui, REQUEST_FOLLOW, 0, 1, NULL), OUTCOME_FAILED, "No previous regular expression");
    ui_ask(ui, REQUEST_SEARCH, 0, 1, "3$");
    ui_ask(ui, REQUEST_FOLLOW, 0, 2, NULL);
    put_lines(path_a, 11, 3, true);
    ui_until_bells(ui, 1);
    ui_until_following(ui, FOLLOWING_END);
    /* Away from the end nothing moves the screen, and the match is gone to when it is back there. */
    ui_ask(ui, REQUEST_FOLLOW, 0, 1, NULL);
    ui_ask(ui, REQUEST_SCROLL, 3, -1, NULL);
    ui_until_following(ui, FOLLOWING_AWAY);
    put_lines(path_a, 14, 20, true);
    ui_until_size(ui, 9 * 7 + 24 * 8);
    ui_until_row(ui, ROWS - 1, "line 10");
    ui_ask(ui, REQUEST_GOTO_END, 0, 0, NULL);
    ui_until_following(ui, FOLLOWING_NOT);
    ui_until_row(ui, 0, "line 23");
    ui_until_bells(ui, 2);
}

static void a_file_changed_under_the_view(void **state)
{
    (void)state;
    put_lines(path_a, 1, 1000, false);
    struct ui *ui = ui_open_file(path_a);
    ui_ask(ui, REQUEST_GOTO_END, 0, 0, NULL);
    assert_int_equal(truncate(path_a, 14), 0);
    ui_until_notice(ui, "shrank");
    ui_ask(ui, REQUEST_GOTO_LINE, 1, 0, NULL);
    ui_until_row(ui, 0, "line 1");
    ui_until_row(ui, 1, "line 2");
    ui_until_row(ui, 2, "~");
    put_lines(path_b, 500, 100, false);
    assert_int_equal(rename(path_b, path_a), 0);
    ui_until_notice(ui, "another file");
    ui_ask(ui, REQUEST_RELOAD, 0, 0, NULL);
    ui_until_row(ui, 0, "line 500");
    assert_int_equal(unlink(path_a), 0);
    ui_until_notice(ui, "deleted");
    ui_ask(ui, REQUEST_GOTO_LINE, 50, 0, NULL);
    ui_until_row(ui, 0, "line 549");
    assert_int_equal(ui_ask(ui, REQUEST_RELOAD, 0, 0, NULL)->outcome, OUTCOME_FAILED);
    ui_until_row(ui, 0, "line 549");
}

static void following_a_rotated_file(void **state)
{
    (void)state;
    put_lines(path_a, 1, 10, false);
    struct ui *ui = ui_open_file(path_a);
    ui_send(ui, REQUEST_FOLLOW, 0, 0, NULL);
    ui_until_row(ui, ROWS - 1, "line 10");
    put_lines(path_b, 100, 10, false);
    assert_int_equal(rename(path_b, path_a), 0);
    ui_until_row(ui, ROWS - 1, "line 109");
    put_lines(path_a, 110, 1, true);
    ui_until_row(ui, ROWS - 1, "line 110");
}

static void several_files(void **state)
{
    char *list[] = {path_a, path_b, path_c};
    (void)state;
    put_lines(path_a, 1, 50, false);
    put_lines(path_b, 100, 50, false);
    put_lines(path_c, 200, 50, false);
    struct ui *ui = ui_open(list, 3, -1);
    ui_until_row(ui, 0, "line 1");
    assert_int_equal(ui->frame->report.file_count, 3);
    ui_ask(ui, REQUEST_SCROLL, 3, 1, NULL);
    ui_ask(ui, REQUEST_FILE_STEP, 0, 1, NULL);
    ui_until_row(ui, 0, "line 100");
    assert_int_equal(ui->frame->report.file, 2);
    ui_ask(ui, REQUEST_FILE_STEP, 0, -1, NULL);
    ui_until_row(ui, 0, "line 4");
    assert_says(ui_ask(ui, REQUEST_FILE_STEP, 0, -1, NULL), OUTCOME_FAILED, "No previous file");
    ui_ask(ui, REQUEST_FILE_PICK, 3, 0, NULL);
    ui_until_row(ui, 0, "line 200");
    assert_says(ui_ask(ui, REQUEST_FILE_STEP, 0, 1, NULL), OUTCOME_FAILED, "No next file");
    assert_int_equal(ui_ask(ui, REQUEST_FILE_DROP, 0, 0, NULL)->outcome, OUTCOME_DONE);
    assert_int_equal(ui->frame->report.file_count, 2);
    ui_until_row(ui, 0, "line 100");
    assert_int_equal(ui_ask(ui, REQUEST_FILE_OPEN, 0, 0, "/nonexistent")->outcome, OUTCOME_FAILED);
    ui_until_row(ui, 0, "line 100");
    assert_int_equal(ui_ask(ui, REQUEST_FILE_OPEN, 0, 0, path_c)->outcome, OUTCOME_DONE);
    ui_until_row(ui, 0, "line 200");
    assert_int_equal(ui->frame->report.file_count, 3);
}

static void help_lies_over_the_file(void **state)
{
    (void)state;
    put_lines(path_a, 1, 50, false);
    struct ui *ui = ui_open_file(path_a);
    ui_ask(ui, REQUEST_SCROLL, 3, 1, NULL);
    ui_ask(ui, REQUEST_HELP_OPEN, 0, 0, "help 1\nhelp 2\nhelp 3\nhelp 4\nhelp 5\nhelp 6\n");
    ui_until_row(ui, 0, "help 1");
    ui_ask(ui, REQUEST_SEARCH, 0, 1, "help 2");
    ui_until_row(ui, 0, "help 2");
    ui_ask(ui, REQUEST_HELP_OPEN, 0, 0, "again");
    ui_until_row(ui, 0, "help 2");
    ui_ask(ui, REQUEST_HELP_CLOSE, 0, 0, NULL);
    ui_until_row(ui, 0, "line 4");
    ui_ask(ui, REQUEST_HELP_CLOSE, 0, 0, NULL);
    ui_until_row(ui, 0, "line 4");
}

static void a_pipe(void **state)
{
    static char dash[] = "-";
    char *list[] = {dash};
    int end[2];
    (void)state;
    assert_int_equal(pipe(end), 0);
    struct ui *ui = ui_open(list, 1, end[0]);
    assert_int_equal(write(end[1], "one\ntwo\n", 8), 8);
    ui_until_row(ui, 1, "two");
    assert_true(ui->frame->report.growing);
    uint64_t line = ui_send(ui, REQUEST_GOTO_LINE, 4, 0, NULL);
    for (int i = 0; i < 4; i++) {
        wake_wait(ui->wake, 20);
        ui_collect(ui);
    }
    assert_null(ui->reply[line]);
    assert_int_equal(write(end[1], "three\nfour\nfive\n", 16), 16);
    assert_int_equal(ui_reply(ui, line)->outcome, OUTCOME_DONE);
    ui_until_row(ui, 0, "four");
    uint64_t last = ui_send(ui, REQUEST_GOTO_END, 0, 0, NULL);
    assert_int_equal(write(end[1], "six\nseven", 9), 9);
    close(end[1]);
    assert_int_equal(ui_reply(ui, last)->outcome, OUTCOME_DONE);
    ui_until_row(ui, ROWS - 1, "seven");
    assert_says(ui_ask(ui, REQUEST_GOTO_LINE, 8, 0, NULL), OUTCOME_FAILED, "Cannot seek to line number 8");
}

/** Anything in any order, on files that change meanwhile: each request has its one reply. */
static void random_requests(void **state)
{
    char *list[] = {path_a, path_b};
    (void)state;
    put_lines(path_a, 1, 20000, false);
    put_lines(path_b, 1, 30, false);
    struct ui *ui = ui_open(list, 2, -1);
    srandom(7);
    for (int i = 0; i < 1500; i++) {
        enum verb verb = (enum verb)(random() % REQUEST_COUNT);
        int64_t count = random() % 3 ? 0 : random() % 300, amount = random() % 2 ? 1 : -1;
        const char *word = words[random() % (long)(sizeof words / sizeof *words)];
        if (verb == REQUEST_RESIZE)
            amount = (random() % 40) << 16 | random() % 120;
        else if (verb == REQUEST_GOTO_BYTE || verb == REQUEST_GOTO_RELATIVE || verb == REQUEST_GOTO_PERCENT)
            amount = random() % 100000 * amount;
        else if (verb == REQUEST_MARK_SET || verb == REQUEST_MARK_GOTO)
            amount = 'a' + random() % 3;
        else if (verb == REQUEST_FILE_OPEN)
            word = random() % 2 ? path_b : "/nonexistent";
        else if (verb == REQUEST_HELP_OPEN)
            word = "help\nmore help\n";
        ui_send(ui, verb, count, amount, word);
        if (random() % 8 == 0)
            session_interrupt(ui->session);
        if (random() % 4 == 0)
            ui_wait(ui, now_ms());
        if (i % 100 == 50)
            put_lines(path_a, 1, (unsigned)(random() % 300), random() % 2);
    }
    uint64_t stop = ui_send(ui, REQUEST_STOP, 0, 0, NULL);
    for (uint64_t number = 1; number <= stop; number++)
        ui_reply(ui, number);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_frame_comes_by_itself),
        cmocka_unit_test(what_cannot_be_opened_is_told),
        cmocka_unit_test(moving_about),
        cmocka_unit_test(searching),
        cmocka_unit_test(following_growth),
        cmocka_unit_test(what_keeps_following_and_what_leads_back),
        cmocka_unit_test(following_bytes),
        cmocka_unit_test(a_match_while_following),
        cmocka_unit_test(a_file_changed_under_the_view),
        cmocka_unit_test(following_a_rotated_file),
        cmocka_unit_test(several_files),
        cmocka_unit_test(help_lies_over_the_file),
        cmocka_unit_test(a_pipe),
        cmocka_unit_test(random_requests),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    int failed = cmocka_run_group_tests(tests, folder_make, folder_remove);
    /* As the program itself ends: view threads are never joined. */
    fflush(stdout);
    _exit(failed != 0);
}
