/* SPDX-License-Identifier: MIT */
/**
 * tests: ui/terminal/screen: a screen full of colours is drawn with the pairs that curses has, in few bytes. What it looks
 * like is for tests/screen.
 */
#include "folio/ui/terminal/screen.h"

#include "io/asleep.h"
#include "test.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { ROWS = 50, COLUMNS = 200, PICTURES = 24 };

static struct screen *screen;
static struct strip strip;
static int terminal;

/** The start of what was sent since sent_forget; both threads, under the lock. */
static struct {
    pthread_mutex_t lock;
    char text[1 << 16];
    size_t length;
    size_t count; /* of all bytes, also of those for which there is no room */
} sent = {.lock = PTHREAD_MUTEX_INITIALIZER};

/** Take what is sent to the terminal, as a terminal does. */
static void *drain(void *context)
{
    char piece[65536];
    (void)context;
    for (ssize_t got = read(terminal, piece, sizeof piece); got > 0;
         got = read(terminal, piece, sizeof piece)) {
        pthread_mutex_lock(&sent.lock);
        size_t room = sizeof sent.text - sent.length;
        memcpy(sent.text + sent.length, piece, (size_t)got < room ? (size_t)got : room);
        sent.length += (size_t)got < room ? (size_t)got : room;
        sent.count += (size_t)got;
        pthread_mutex_unlock(&sent.lock);
    }
    return NULL;
}

static void sent_forget(void)
{
    pthread_mutex_lock(&sent.lock);
    sent.length = 0;
    sent.count = 0;
    pthread_mutex_unlock(&sent.lock);
}

/** Is this sent within some seconds? */
static bool sent_has(const char *text)
{
    bool found = false;
    for (int wait = 0; wait < 500 && !found; wait++) {
        pthread_mutex_lock(&sent.lock);
        found = memmem(sent.text, sent.length, text, strlen(text)) != NULL;
        pthread_mutex_unlock(&sent.lock);
        (void)poll(NULL, 0, found ? 0 : 10);
    }
    return found;
}

static int setup(void **state)
{
    (void)state;
    struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};
    struct looks looks = looks_default();
    struct screen_standout standout;
    struct error error;
    pthread_t thread;
    int device;
    setenv("TERM", "xterm-256color", 1);
    if (openpty(&terminal, &device, NULL, NULL, &size) != 0 ||
        pthread_create(&thread, NULL, drain, NULL) != 0)
        return 1;
    struct screen_options options = {
        .tty = device, .out = device, .alternate = true, .color = true, .looks = &looks};
    screen = screen_able(device, &standout, &error) ? screen_open(&options, &error) : NULL;
    strip_init(&strip, COLUMNS, true);
    return screen ? 0 : 1;
}

static void inks_become_sequences(void **state)
{
    (void)state;
    static const struct {
        enum style style;
        struct ink ink;
        const char *expected;
    } row[] = {
        {STYLE_TEXT, {.flags = INK_BOLD}, "\033[0;1mX"},
        {STYLE_TEXT, {.flags = INK_DIM}, "\033[0;2mX"},
        {STYLE_TEXT, {.flags = INK_UNDERLINE}, "\033[0;4mX"},
        {STYLE_TEXT, {.flags = INK_LINK}, "\033[0;4mX"},
        {STYLE_TEXT, {.flags = INK_BLINK}, "\033[0;5mX"},
        {STYLE_TEXT, {.flags = INK_ITALIC}, "\033[3mX"},
        {STYLE_TEXT, {.flags = INK_STRIKE}, "\033[0;9mX"},
        {STYLE_TEXT, {.flags = INK_STRIKE | INK_BOLD}, "\033[0;1;9mX"},
        /* Never as a control is drawn. */
        {STYLE_TEXT, {.flags = INK_REVERSE}, "\033[0;2;7mX"},
        {STYLE_CONTROL, {0}, "\033[0;7mX"},
        {STYLE_TEXT, {.foreground = INK_PALETTE(200)}, "\033[38;5;200mX"},
        {STYLE_TEXT, {.foreground = INK_RGB(0xff0000)}, "\033[38;5;196mX"},
        {STYLE_TEXT, {.background = INK_RGB(0x0000ff)}, "\033[48;5;21mX"},
        /* One colour here, two in the file: the text is not hidden. */
        {STYLE_TEXT, {.foreground = INK_RGB(0xff0001), .background = INK_RGB(0xff0000)}, "\033[38;5;196mX"},
        /* A hit wins over the file's colours. */
        {STYLE_HIT, {.foreground = INK_PALETTE(2), .flags = INK_UNDERLINE}, "\033[33mX"},
    };
    struct frame *frame = frame_open();
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        assert_true(frame && frame_resize(frame, ROWS - 1, COLUMNS));
        frame_row(frame, 3)[0].rune[0] = '.';
        screen_draw(screen, frame, &strip, 0, true);
        sent_forget();
        struct cell *cell = &frame_row(frame, 3)[0];
        cell->rune[0] = 'X';
        cell->style = (uint8_t)row[i].style;
        cell->ink = row[i].ink;
        screen_draw(screen, frame, &strip, 0, false);
        if (!sent_has(row[i].expected))
            fail_msg("row %zu: %s is not in %.*s", i, row[i].expected + 1, (int)sent.length, sent.text);
    }
    frame_close(frame);
}

/** A colour for a cell of a picture. */
typedef uint32_t color(unsigned picture, unsigned cell);

/** No two cells of a picture have the same one, and neighbours look alike, as in a gradient. */
static uint32_t gradient(unsigned picture, unsigned cell)
{
    unsigned row = cell / COLUMNS;
    unsigned column = cell % COLUMNS;
    return INK_RGB((column << 16 | row << 8 | (column + 7 * picture) % 256) & 0xffffff);
}

/** Neighbours have nothing to do with each other. */
static uint32_t noise(unsigned picture, unsigned cell)
{
    return INK_RGB((picture * 10007 + cell) * UINT32_C(2654435761) >> 8 & 0xffffff);
}

/** The most bytes that were sent for a picture; the first, which makes the pairs, does not count. */
static size_t draw(color *foreground, color *background)
{
    size_t most = 0;
    struct frame *frame = frame_open();
    assert_true(frame && frame_resize(frame, ROWS - 1, COLUMNS));
    for (unsigned picture = 0; picture < PICTURES; picture++) {
        for (unsigned cell = 0; cell < (ROWS - 1) * COLUMNS; cell++) {
            frame->cell[cell].rune[0] = 'a' + (cell + picture) % 26;
            frame->cell[cell].ink.foreground = foreground(picture, cell);
            frame->cell[cell].ink.background = background ? background(picture, cell) : INK_DEFAULT;
        }
        sent_forget();
        screen_draw(screen, frame, &strip, 0, false);
        /* Whoever takes it has taken all of it. */
        asleep_wait();
        most = picture > 0 && sent.count > most ? sent.count : most;
    }
    frame_close(frame);
    return most;
}

/** A picture is a colour and a character for each cell, and no more than that; how long it takes, script/bench tells. */
static void true_colours_are_drawn_at_once(void **state)
{
    (void)state;
    size_t one = draw(gradient, NULL);
    size_t two = draw(noise, NULL);
    size_t three = draw(noise, gradient);
    const size_t cells = (ROWS - 1) * COLUMNS;
    print_message("200x50, bytes: gradient %zu, noise %zu, on colours %zu\n", one, two, three);
    assert_true(one < 4 * cells && two < 16 * cells && three < 32 * cells);
}

static void rows_that_stay_cost_little(void **state)
{
    (void)state;
    struct frame *frame = frame_open();
    assert_true(frame && frame_resize(frame, ROWS - 1, COLUMNS));
    for (unsigned cell = 0; cell < (ROWS - 1) * COLUMNS; cell++)
        frame->cell[cell].ink.foreground = noise(0, cell);
    sent_forget();
    screen_draw(screen, frame, &strip, 0, false);
    asleep_wait();
    size_t first = sent.count;
    sent_forget();
    for (int again = 0; again < 10; again++)
        screen_draw(screen, frame, &strip, 0, false);
    asleep_wait();
    size_t each = sent.count / 10;
    print_message("first %zu bytes, again %zu\n", first, each);
    assert_true(each < first / 100);
    frame_close(frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inks_become_sequences),
        cmocka_unit_test(true_colours_are_drawn_at_once),
        cmocka_unit_test(rows_that_stay_cost_little),
    };
    int failed = cmocka_run_group_tests(tests, setup, NULL);
    /* curses keeps what it has, and a thread still reads. */
    fflush(NULL);
    _exit(failed);
}
