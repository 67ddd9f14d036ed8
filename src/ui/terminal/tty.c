/* SPDX-License-Identifier: MIT */
/**
 * ui: the terminal device, and putting it back whatever happens. Main thread; tty_crash on any.
 *
 * tty_crash stands before the handler that was there, which is io/page/guard's for SIGBUS. It calls that one
 * first: where the guard jumps away, nothing was wrong and we do not come back. Where it returns, having set
 * the default action, this is a crash; the terminal is put back and the fault happens again, now with a core.
 */
#include "folio/ui/terminal/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/** What a handler needs; written before `armed` is set, by the main thread only. */
static struct tty_state {
    volatile sig_atomic_t armed;
    int fd, out;
    struct termios before;
    char leave[512];
    size_t leave_length;
} tty_state;

static const int tty_crash_signal[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
#define TTY_CRASH_COUNT (sizeof tty_crash_signal / sizeof tty_crash_signal[0])

/** The handlers that were there before; written once, before there are threads. */
static struct sigaction tty_crash_before[TTY_CRASH_COUNT];

bool tty_standard(void)
{
    bool input = fcntl(0, F_GETFD) >= 0;
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 0 ? O_RDONLY : O_WRONLY) < 0)
            return input;
    return input;
}

int tty_open(void)
{
    if (isatty(0))
        return 0;
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (fd >= 0)
        return fd;
    for (fd = 2; fd >= 1; fd--) {
        int flags = fcntl(fd, F_GETFL);
        if (isatty(fd) && flags >= 0 && (flags & O_ACCMODE) == O_RDWR)
            return fd;
    }
    return -1;
}

void tty_size(int fd, unsigned *rows, unsigned *columns)
{
    struct winsize size = {0};
    (void)ioctl(fd, TIOCGWINSZ, &size);
    *rows = size.ws_row == 0 ? 24 : size.ws_row < TTY_ROWS ? size.ws_row : TTY_ROWS;
    *columns = size.ws_col == 0 ? 80 : size.ws_col < TTY_COLUMNS ? size.ws_col : TTY_COLUMNS;
}

void tty_raw(int fd, int out, const char *leave)
{
    tty_state.fd = fd;
    tty_state.out = out;
    tty_state.leave_length = strlen(leave);
    if (tty_state.leave_length > sizeof tty_state.leave)
        tty_state.leave_length = 0;
    memcpy(tty_state.leave, leave, tty_state.leave_length);
    if (tcgetattr(fd, &tty_state.before) != 0)
        return;
    struct termios raw = tty_state.before;
    raw.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON);
    raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tty_state.armed = 1;
    (void)tcsetattr(fd, TCSADRAIN, &raw);
}

bool tty_write(int out, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t written = write(out, text, length);
        if (written < 0 && errno != EINTR)
            return false;
        text += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

void tty_restore(void)
{
    if (!tty_state.armed)
        return;
    tty_state.armed = 0;
    (void)tty_write(tty_state.out, tty_state.leave, tty_state.leave_length);
    (void)tcsetattr(tty_state.fd, TCSANOW, &tty_state.before);
}

static void tty_crash(int number, siginfo_t *info, void *context)
{
    struct sigaction now;
    for (size_t i = 0; i < TTY_CRASH_COUNT; i++) {
        const struct sigaction *before = &tty_crash_before[i];
        if (tty_crash_signal[i] == number && (before->sa_flags & SA_SIGINFO) != 0) {
            before->sa_sigaction(number, info, context);
            /* Whoever was here before has dealt with it unless it gave up its place. */
            if (sigaction(number, NULL, &now) == 0 && (now.sa_flags & SA_SIGINFO) != 0)
                return;
        }
    }
    tty_restore();
    (void)signal(number, SIG_DFL);
    /* Blocked until this handler is left; a fault comes back by itself, what was sent comes back by this. */
    (void)raise(number);
}

void tty_catch_crashes(void)
{
    struct sigaction action = {.sa_sigaction = tty_crash, .sa_flags = SA_SIGINFO};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < TTY_CRASH_COUNT; i++)
        if (sigaction(tty_crash_signal[i], NULL, &tty_crash_before[i]) == 0 &&
            ((tty_crash_before[i].sa_flags & SA_SIGINFO) != 0 || tty_crash_before[i].sa_handler == SIG_DFL))
            (void)sigaction(tty_crash_signal[i], &action, NULL);
}

bool tty_gone(int fd)
{
    struct pollfd look = {.fd = fd, .events = POLLIN};
    int waiting = 0;
    if (poll(&look, 1, 0) < 1)
        return false;
    if ((look.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
        return true;
    return ioctl(fd, FIONREAD, &waiting) != 0 || waiting == 0;
}
