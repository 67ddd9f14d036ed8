/* SPDX-License-Identifier: MIT */
/**
 * ui: the self-pipe. The pipe is the one thing a handler can reach, so it is static. Main thread.
 */
#include "folio/ui/terminal/signals.h"

#include "folio/io/thread/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static int signals_pipe[2] = {-1, -1};

static const int signals_caught[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH};

static void signals_note(int number)
{
    int code = errno;
    unsigned char byte = (unsigned char)number;
    /* Full: then there are plenty waiting, and what counts among them is noticed anyway. */
    if (write(signals_pipe[1], &byte, 1) < 0)
        errno = code;
    errno = code;
}

int signals_open(struct error *error)
{
    if (pipe2(signals_pipe, O_CLOEXEC | O_NONBLOCK) != 0) {
        error_system(error, errno, "Cannot make a pipe");
        return -1;
    }
    struct sigaction action = {.sa_handler = signals_note, .sa_flags = SA_RESTART};
    struct sigaction before;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals_caught / sizeof signals_caught[0]; i++)
        if (sigaction(signals_caught[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            (void)sigaction(signals_caught[i], &action, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN);
    return signals_pipe[0];
}

int signals_take(void)
{
    unsigned char number = 0;
    return read(signals_pipe[0], &number, 1) == 1 ? number : 0;
}

void signals_die(int number)
{
    sigset_t only;
    (void)signal(number, SIG_DFL);
    sigemptyset(&only);
    sigaddset(&only, number);
    (void)sigprocmask(SIG_UNBLOCK, &only, NULL);
    (void)raise(number);
    process_leave(128 + number);
}

void signals_stop(void)
{
    struct sigaction before;
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigemptyset(&action.sa_mask);
    (void)sigaction(SIGTSTP, &action, &before);
    (void)kill(0, SIGTSTP);
    (void)sigaction(SIGTSTP, &before, NULL);
}
