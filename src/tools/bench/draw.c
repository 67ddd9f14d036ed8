/* SPDX-License-Identifier: MIT */
/*
 * tools: drawing a screen in which every cell has a colour of its own.
 *
 *     bench_draw [ROWSxCOLUMNS [PICTURES]]    50x200, 200 pictures
 *
 * Two kinds of pictures, each drawn over another of its kind so that every cell is sent: a gradient, as picture viewers
 * make, and noise. Prints the time that screen_draw takes, in milliseconds of processor time of the drawing thread; the
 * terminal is a pty that another thread empties. Leaves without freeing anything.
 */
#include "measure.h"

#include "folio/ui/terminal/screen.h"

#include <fcntl.h>
#include <locale.h>
#include <pthread.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/** Take what is sent to the terminal, as a terminal does. */
static void *drain(void *context)
{
    static char piece[65536];
    int terminal = *(int *)context;
    while (read(terminal, piece, sizeof piece) > 0)
        continue;
    return NULL;
}

static double thread_time(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static struct frame *picture(unsigned rows, unsigned columns, bool noise, unsigned seed)
{
    struct frame *frame = frame_open();
    uint32_t random = seed * 2654435761u + 1;
    if (!frame || !frame_resize(frame, rows, columns))
        bench_fail("out of memory");
    for (unsigned row = 0; row < rows; row++)
        for (unsigned column = 0; column < columns; column++) {
            struct cell *cell = &frame_row(frame, row)[column];
            random = random * 1664525 + 1013904223;
            uint32_t gradient = (column * 255 / columns) << 16 | (row * 255 / rows) << 8 | (seed * 40 & 0xff);
            cell->rune[0] = 'a' + (row + column + seed) % 26;
            cell->ink = (struct ink){.foreground = INK_RGB(noise ? random >> 8 : gradient)};
        }
    frame->used = rows;
    return frame;
}

static void measure(struct screen *screen, unsigned rows, unsigned columns, bool noise, int pictures)
{
    struct frame *frames[2] = {picture(rows, columns, noise, 1), picture(rows, columns, noise, 2)};
    struct samples samples = {0};
    struct strip strip;
    strip_init(&strip, columns, true);
    for (int number = 0; number < pictures; number++) {
        double began = thread_time();
        screen_draw(screen, frames[number % 2], &strip, 0, false);
        if (number >= 2)
            samples_add(&samples, thread_time() - began);
    }
    samples_print(&samples, noise ? "noise" : "gradient", "ms");
}

int main(int argc, char **argv)
{
    unsigned rows = 50, columns = 200;
    int pictures = argc > 2 ? atoi(argv[2]) : 200, terminal, device;
    if (argc > 1 && sscanf(argv[1], "%ux%u", &rows, &columns) != 2)
        bench_fail("usage: bench_draw [ROWSxCOLUMNS [PICTURES]]");
    struct winsize size = {.ws_row = (unsigned short)(rows + 1), .ws_col = (unsigned short)columns};
    struct looks looks = looks_default();
    struct screen_standout standout;
    struct error error;
    pthread_t thread;
    setlocale(LC_ALL, "C.UTF-8");
    setenv("TERM", "xterm-256color", 1);
    if (openpty(&terminal, &device, NULL, NULL, &size) != 0 ||
        pthread_create(&thread, NULL, drain, &terminal) != 0)
        bench_fail("no terminal");
    struct screen_options options = {
        .tty = device, .out = device, .alternate = true, .color = true, .looks = &looks};
    struct screen *screen = screen_able(device, &standout, &error) ? screen_open(&options, &error) : NULL;
    if (!screen)
        bench_fail("%s", error.message);
    measure(screen, rows, columns, false, pictures);
    measure(screen, rows, columns, true, pictures);
    fflush(stdout);
    _exit(0);
}
