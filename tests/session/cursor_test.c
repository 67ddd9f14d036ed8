/* SPDX-License-Identifier: MIT */
/** session/top/link: random movements of the cursor among bytes, beside a plain one. The session ends with the program. */
#include "model/sample.h"
#include "test.h"

#include "folio/io/page/guard.h"
#include "folio/session/core/request.h"
#include "folio/session/top/link.h"
#include "folio/view/frame/frame.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/** Bytes on a row, where there is room for them: on all screens here. */
#define BYTES 16
/** Longest wait for anything, in milliseconds. */
#define PATIENCE 60000

/** The other side: the session, what it showed last, and where the cursor should be. */
static struct {
    struct session *session;
    struct mailbox *mailbox;
    struct wake *wake;
    struct frame *frame;
    uint64_t sent;
    uint64_t size, cursor, mark, half;
    unsigned rows;
    bool past; /**< rows past the end may be shown */
} ui;

/** Sessions never end, nor do the frames that went to and fro. */
#define KEPT 16
static struct frame *volatile kept[KEPT];
static unsigned kept_count;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void ui_open(char *path, uint64_t size)
{
    struct error error;
    unsigned failed;
    kept[kept_count++ % KEPT] = ui.frame;
    memset(&ui, 0, sizeof ui);
    ui.size = size;
    ui.rows = 9;
    struct session_options options = {.path = &path,
                                      .path_count = 1,
                                      .stdin_fd = -1,
                                      .kind = MAPPING_SHARED,
                                      .advice = ADVICE_AUTO,
                                      .view = VIEW_HEX,
                                      .settings = settings_default(),
                                      .rows = ui.rows,
                                      .columns = 90};
    guard_install();
    ui.wake = wake_open(&error);
    ui.session = session_open(&options, ui.wake, NULL, &failed, &error);
    assert_non_null(ui.session);
    ui.mailbox = session_mailbox(ui.session);
    ui.frame = frame_open();
}

/** Send, wait for the reply and for a frame of that request. */
static struct reply ui_ask(enum verb verb, int64_t amount, uint64_t count)
{
    struct request request = {
        .number = ++ui.sent, .verb = verb, .amount = amount, .counted = count > 0, .count = (int64_t)count};
    struct reply reply = {.number = 0};
    int64_t since = now_ms();
    assert_true(mailbox_send(ui.mailbox, &request));
    while (reply.number != ui.sent || ui.frame->request < ui.sent || ui.frame->pending) {
        assert_true(now_ms() - since < PATIENCE);
        mailbox_collect(ui.mailbox, &reply);
        struct frame *latest = mailbox_latest(ui.mailbox, ui.frame);
        ui.frame = latest ? latest : ui.frame;
        if (!latest && reply.number != ui.sent)
            wake_wait(ui.wake, 50);
        else if (!latest)
            wake_wait(ui.wake, 5);
    }
    return reply;
}

/** The cursor is where it should be and is seen, and the screen is full if it can be. */
static void check(void)
{
    const struct report *report = &ui.frame->report;
    unsigned seen = 0;
    assert_int_equal(report->cursor, ui.cursor);
    assert_int_equal(report->top_offset % BYTES, 0);
    for (unsigned i = 0; i < ui.frame->rows * ui.frame->columns; i++)
        if (ui.frame->cell[i].style == STYLE_CURSOR) {
            assert_int_equal(ui.frame->cell[i].offset, ui.cursor);
            seen++;
        }
    assert_int_equal(seen, 2);
    assert_true(ui.past || ui.frame->used == ui.frame->rows || report->top_offset == 0);
}

/** `rows` rows on, in the same column. */
static uint64_t plain_rows(int64_t rows)
{
    uint64_t row = ui.cursor / BYTES, last = (ui.size - 1) / BYTES, up = (uint64_t)-rows;
    row = rows < 0 ? (row > up ? row - up : 0) : (last - row > (uint64_t)rows ? row + (uint64_t)rows : last);
    uint64_t to = row * BYTES + ui.cursor % BYTES;
    return to < ui.size ? to : ui.size - 1;
}

static uint64_t plain_bytes(int64_t bytes)
{
    uint64_t left = (uint64_t)-bytes;
    if (bytes < 0)
        return ui.cursor > left ? ui.cursor - left : 0;
    return ui.size - 1 - ui.cursor > (uint64_t)bytes ? ui.cursor + (uint64_t)bytes : ui.size - 1;
}

/** A count as people type them: often none, seldom a large one. */
static uint64_t some_count(void)
{
    return sample_below(2) ? 0 : sample_below(9) ? 1 + sample_below(30) : 1 + sample_random() % (2 * ui.size);
}

/** A movement by rows, or by bytes: the bell rings where the cursor stays. */
static void step(int64_t forward, uint64_t count)
{
    int64_t amount = forward * (int64_t)(count ? count : 1);
    bool bytes = sample_below(2) == 0;
    uint64_t to = bytes ? plain_bytes(amount) : plain_rows(amount);
    struct reply reply = ui_ask(bytes ? REQUEST_SHIFT : REQUEST_SCROLL, forward, count);
    if (!ui.past)
        assert_int_equal(reply.bell, to == ui.cursor);
    ui.cursor = to;
    ui.past = ui.past && bytes;
}

static void page(int64_t forward, uint64_t count)
{
    bool half = sample_below(3) == 0, forced = !half && sample_below(3) == 0;
    if (half && count)
        ui.half = count = 1 + count % 1000;
    uint64_t rows = half ? (ui.half ? ui.half : (ui.rows + 2) / 2) : count ? count : ui.rows;
    uint64_t to = plain_rows(forward * (int64_t)rows);
    ui_ask(half ? REQUEST_HALF : forced ? REQUEST_PAGE_FORCED : REQUEST_PAGE, forward, count);
    ui.cursor = to;
    ui.past = forced && forward > 0;
}

static void jump(void)
{
    uint64_t to = sample_random() % ui.size;
    int64_t by = (int64_t)sample_below(2000) - 1000;
    bool past = ui.past;
    ui.past = false;
    switch (sample_below(6)) {
    case 0:
        ui_ask(REQUEST_GOTO_BYTE, (int64_t)to, 0);
        ui.cursor = to;
        return;
    case 1:
        to = by < 0 ? plain_bytes(by) : ui.cursor + (uint64_t)by;
        assert_int_equal(ui_ask(REQUEST_GOTO_RELATIVE, by, 0).outcome,
                         to < ui.size ? OUTCOME_DONE : OUTCOME_FAILED);
        ui.past = past && to >= ui.size;
        ui.cursor = to < ui.size ? to : ui.cursor;
        return;
    case 2:
        ui.cursor = ui.size / 2 < ui.size - 1 ? (ui.size + 1) / 2 : ui.size - 1;
        ui_ask(REQUEST_GOTO_PERCENT, 50000, 0);
        return;
    case 3:
        ui.cursor = ui.size - 1;
        ui_ask(REQUEST_GOTO_END, 0, 0);
        return;
    case 4:
        ui.cursor = 0;
        ui_ask(REQUEST_GOTO_LINE, 0, 0);
        return;
    default:
        assert_int_equal(ui_ask(REQUEST_GOTO_BYTE, (int64_t)(ui.size + to), 0).outcome, OUTCOME_FAILED);
        ui.past = past;
        return;
    }
}

/** The screen moves: the cursor stays in its column, and on the screen. */
static void screen(int64_t forward, uint64_t count)
{
    uint64_t before = ui.cursor;
    ui_ask(REQUEST_SCROLL_FORCED, forward, count);
    ui.past = false;
    ui.cursor = ui.frame->report.cursor;
    bool dragged = forward > 0 ? ui.cursor >= before : ui.cursor <= before;
    assert_true(dragged);
    assert_true(ui.cursor % BYTES == before % BYTES || ui.cursor == ui.size - 1);
}

static void resize(void)
{
    unsigned rows = 1 + (unsigned)sample_below(30), columns = 80 + (unsigned)sample_below(60);
    ui.rows = rows;
    ui_ask(REQUEST_RESIZE, (int64_t)rows << 16 | columns, 0);
}

static void mark(void)
{
    if (sample_below(2)) {
        ui_ask(REQUEST_MARK_SET, 'a', 0);
        ui.mark = ui.cursor;
        return;
    }
    struct reply reply = ui_ask(REQUEST_MARK_GOTO, 'a', 0);
    assert_true(reply.outcome == (ui.mark == UINT64_MAX ? OUTCOME_FAILED : OUTCOME_DONE));
    ui.past = ui.past && reply.outcome == OUTCOME_FAILED;
    ui.cursor = ui.mark == UINT64_MAX ? ui.cursor : ui.mark;
}

static void edge(int64_t forward)
{
    uint64_t begin = ui.cursor - ui.cursor % BYTES, end = begin + BYTES - 1;
    ui_ask(REQUEST_SHIFT_EDGE, forward, 0);
    ui.cursor = forward < 0 ? begin : end < ui.size ? end : ui.size - 1;
}

/** To text and back, which changes nothing. */
static void text_and_back(void)
{
    uint64_t top = ui.frame->report.top_offset;
    ui_ask(REQUEST_VIEW, VIEW_OTHER, 0);
    assert_string_equal(ui.frame->report.view, "text");
    assert_int_equal(ui.frame->report.cursor, FRAME_NO_OFFSET);
    ui_ask(REQUEST_VIEW, VIEW_HEX, 0);
    assert_true(ui.past || ui.frame->report.top_offset == top);
    ui.past = false;
}

static void walk(char *path, uint64_t size, bool text, int rounds)
{
    ui_open(path, size);
    ui.mark = UINT64_MAX;
    ui_ask(REQUEST_REPAINT, 0, 0);
    check();
    for (int i = 0; i < sample_rounds(rounds); i++) {
        int64_t forward = sample_below(2) ? 1 : -1;
        uint64_t count = some_count();
        size_t what = sample_below(20);
        if (what < 8)
            step(forward, count);
        else if (what < 12)
            page(forward, count);
        else if (what < 14)
            jump();
        else if (what < 16)
            screen(forward, count);
        else if (what < 17)
            resize();
        else if (what < 18)
            mark();
        else if (what < 19)
            edge(forward);
        else if (text)
            text_and_back();
        check();
    }
}

static void cursors_walk_as_they_should(void **state)
{
    static const uint64_t sizes[] = {1, 15, 16, 17, 100, 160, 5000, 70001};
    (void)state;
    for (unsigned i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char path[] = "/tmp/folio-cursor-XXXXXX";
        int fd = mkstemp(path);
        assert_true(fd >= 0);
        for (uint64_t at = 0; at < sizes[i]; at++) {
            char byte = (char)(sample_below(40) ? 'a' + sample_below(26) : '\n');
            assert_int_equal(write(fd, &byte, 1), 1);
        }
        close(fd);
        walk(path, sizes[i], true, 300);
        unlink(path);
    }
}

static void they_do_so_in_a_file_of_a_terabyte(void **state)
{
    char path[] = "/tmp/folio-cursor-XXXXXX";
    int fd = mkstemp(path);
    (void)state;
    assert_true(fd >= 0);
    if (ftruncate(fd, (off_t)(((uint64_t)1 << 40) + 3)) != 0) {
        unlink(path);
        skip();
    }
    walk(path, ((uint64_t)1 << 40) + 3, false, 500);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cursors_walk_as_they_should),
        cmocka_unit_test(they_do_so_in_a_file_of_a_terabyte),
    };
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
