/* SPDX-License-Identifier: MIT */
/** ui/terminal/clipboard: what is written is the sequence and base64, and only to a terminal that may know it. */
#include "folio/ui/terminal/clipboard.h"

#include "test.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/** A terminal: its own end, and the one that the program has. */
static int terminal_pair(int *program)
{
    int own = posix_openpt(O_RDWR | O_NOCTTY);
    struct termios modes;
    assert_true(own >= 0);
    assert_int_equal(grantpt(own), 0);
    assert_int_equal(unlockpt(own), 0);
    *program = open(ptsname(own), O_RDWR | O_NOCTTY);
    assert_true(*program >= 0);
    assert_int_equal(tcgetattr(*program, &modes), 0);
    cfmakeraw(&modes);
    assert_int_equal(tcsetattr(*program, TCSANOW, &modes), 0);
    return own;
}

/** What has come, up to `want` bytes. */
static size_t terminal_read(int own, char *text, size_t want)
{
    size_t length = 0;
    struct pollfd polled = {.fd = own, .events = POLLIN};
    while (length < want && poll(&polled, 1, 5000) > 0) {
        ssize_t count = read(own, text + length, want - length);
        assert_true(count > 0);
        length += (size_t)count;
    }
    return length;
}

static bool terminal_silent(int own)
{
    struct pollfd polled = {.fd = own, .events = POLLIN};
    return poll(&polled, 1, 0) == 0;
}

static void test_sequence(void **state)
{
    static const char expected[] = "\033]52;c;Zm9vGwdi\a";
    struct error error;
    char text[64] = "";
    int program, own = terminal_pair(&program);
    (void)state;
    setenv("TERM", "xterm", 1);
    assert_true(clipboard_put(program, "foo\033\ab", 6, &error));
    assert_int_equal(terminal_read(own, text, strlen(expected)), strlen(expected));
    assert_string_equal(text, expected);
    assert_true(terminal_silent(own));
    close(program);
    close(own);
}

static void test_refused(void **state)
{
    static const char *const types[] = {"dumb", "linux", ""};
    struct error error;
    int program, own = terminal_pair(&program), none = open("/dev/null", O_WRONLY);
    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        setenv("TERM", types[i], 1);
        assert_false(clipboard_put(program, "foo", 3, &error));
        assert_string_equal(error.message, "This terminal has no clipboard for programs");
    }
    unsetenv("TERM");
    assert_false(clipboard_put(program, "foo", 3, &error));
    setenv("TERM", "xterm", 1);
    assert_false(clipboard_put(none, "foo", 3, &error));
    assert_true(terminal_silent(own));
    close(program);
    close(own);
    close(none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sequence), cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
