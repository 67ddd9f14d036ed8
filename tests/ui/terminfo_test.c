/* SPDX-License-Identifier: MIT */
/**
 * tests: ui/terminal/screen with every terminal type that is installed here and can move its cursor: it can be drawn on,
 * and each key that its description names is that key.
 */
#include "test.h"

#include "folio/ui/terminal/screen.h"
#include "folio/ui/terminal/stroke.h"

#include <curses.h>
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <term.h>
#include <unistd.h>
#undef columns
#undef lines

static const struct {
    const char *capability;
    uint32_t stroke;
} named[] = {
    {"kbs", 0x7f},
    {"kcuu1", STROKE_UP},
    {"kcud1", STROKE_DOWN},
    {"kcub1", STROKE_LEFT},
    {"kcuf1", STROKE_RIGHT},
    {"khome", STROKE_HOME},
    {"kend", STROKE_END},
    {"kpp", STROKE_PAGE_UP},
    {"knp", STROKE_PAGE_DOWN},
    {"kdch1", STROKE_DELETE},
    {"kich1", STROKE_INSERT},
    {"kent", '\r'},
    {"kf1", STROKE_F1},
    {"kf2", STROKE_F1 + 1},
    {"kf10", STROKE_F1 + 9},
    {"kf12", STROKE_F1 + 11},
};

/** Take what is drawn. */
static void *drain(void *terminal)
{
    char piece[4096];
    while (read(*(int *)terminal, piece, sizeof piece) > 0)
        continue;
    return NULL;
}

/** The key that `sequence` makes. */
static uint32_t pressed(struct screen *screen, int terminal, int device, const char *sequence)
{
    struct pollfd polled = {.fd = device, .events = POLLIN};
    uint32_t stroke = STROKE_NONE;
    if (write(terminal, sequence, strlen(sequence)) != (ssize_t)strlen(sequence))
        return STROKE_NONE;
    while (stroke == STROKE_NONE && poll(&polled, 1, 10000) > 0)
        stroke = screen_key(screen);
    return stroke;
}

/** What `named` says of a sequence, of which the first counts; what can be typed is no key of its own. */
static uint32_t meant(size_t number, const char *sequence)
{
    for (size_t i = 0; i < number; i++) {
        const char *other = tigetstr(named[i].capability);
        if (other && other != (char *)-1 && strcmp(other, sequence) == 0)
            return named[i].stroke;
    }
    return named[number].stroke;
}

/** In a process of its own, because there is one screen in a process. What is wrong, 0: nothing, or no screen. */
static int tried(const char *type)
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    struct looks looks = looks_default();
    struct screen_standout standout;
    struct error error = {0};
    int terminal, device;
    pthread_t thread;
    setenv("TERM", type, 1);
    if (openpty(&terminal, &device, NULL, NULL, &size) != 0 ||
        pthread_create(&thread, NULL, drain, &terminal) != 0)
        return 9;
    if (!screen_able(device, &standout, &error))
        return 0;
    struct screen_options options = {
        .tty = device, .out = device, .alternate = true, .color = true, .looks = &looks};
    struct screen *screen = screen_open(&options, &error);
    if (!screen)
        return 1;
    unsigned rows, width;
    screen_size(screen, &rows, &width);
    if (rows != 24 || width != 80)
        return 2;
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        const char *sequence = tigetstr(named[i].capability);
        bool typed =
            sequence && sequence != (char *)-1 &&
            (sequence[0] == '\0' || strlen(sequence) > 15 || (sequence[1] == '\0' && sequence[0] >= ' '));
        if (sequence && sequence != (char *)-1 && !typed &&
            pressed(screen, terminal, device, sequence) != meant(i, sequence))
            return 10 + (int)i;
    }
    return 0;
}

static void every_installed_type(void **state)
{
    (void)state;
    static const char *const base[] = {"/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo"};
    unsigned count = 0, wrong = 0;
    const char *more = getenv("TERMINFO");
    for (size_t i = 0; i < 4; i++) {
        const char *folder = i < 3 ? base[i] : more;
        DIR *letters = folder ? opendir(folder) : NULL;
        for (struct dirent *letter = letters ? readdir(letters) : NULL; letter; letter = readdir(letters)) {
            char path[512];
            snprintf(path, sizeof path, "%s/%s", folder, letter->d_name);
            DIR *types = letter->d_name[0] != '.' ? opendir(path) : NULL;
            for (struct dirent *type = types ? readdir(types) : NULL; type; type = readdir(types)) {
                int status = 0;
                if (type->d_name[0] == '.')
                    continue;
                (void)fflush(stdout);
                pid_t child = fork();
                if (child == 0)
                    _exit(tried(type->d_name));
                assert_int_equal(waitpid(child, &status, 0), child);
                count++;
                if (status != 0)
                    print_message("%s: %d\n", type->d_name, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
                wrong += status != 0;
            }
            if (types)
                closedir(types);
        }
        if (letters)
            closedir(letters);
    }
    print_message("%u types\n", count);
    assert_int_equal(wrong, 0);
    assert_true(count > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_installed_type)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
