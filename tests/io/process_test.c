/* SPDX-License-Identifier: MIT */
/** io/thread/process: words, input, signals and the verdict of a program in the foreground; leaving without a word. */
#include "folio/io/thread/process.h"

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static char directory[] = "/tmp/folio-process-XXXXXX";
static char out_path[64];
static int null_fd;
static volatile sig_atomic_t signal_count;

/** The argument with which this program is its own child. */
#define TELL_SIGNALS "--tell-signals"

static void on_signal(int number)
{
    (void)number;
    signal_count++;
}

/** The child: which signals it was started with, blocked and then ignored, into $OUT. */
static int tell_signals(void)
{
    char line[256];
    char set[32];
    FILE *status = fopen("/proc/self/status", "r");
    FILE *out = fopen(getenv("OUT"), "w");
    if (!status || !out)
        return 1;
    while (fgets(line, sizeof line, status))
        if (sscanf(line, "SigBlk: %31s", set) == 1 || sscanf(line, "SigIgn: %31s", set) == 1)
            fprintf(out, "%s\n", set);
    fclose(status);
    return fclose(out) == 0 ? 0 : 1;
}

static int prepare(void **state)
{
    (void)state;
    if (!mkdtemp(directory))
        return -1;
    snprintf(out_path, sizeof out_path, "%s/out", directory);
    setenv("OUT", out_path, 1);
    null_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    return null_fd < 0 ? -1 : 0;
}

static int clean(void **state)
{
    (void)state;
    unlink(out_path);
    rmdir(directory);
    close(null_fd);
    return 0;
}

static bool run_script(const char *script, int tty_fd, struct error *error)
{
    char copy[512];
    snprintf(copy, sizeof copy, "%s", script);
    return process_run("sh -c", (char *[]){copy, NULL}, tty_fd, error);
}

/** What the script put into $OUT, as a string. */
static const char *output(void)
{
    static char text[4096];
    int fd = open(out_path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    assert_true(length >= 0);
    text[length] = '\0';
    return text;
}

static void a_good_end_is_true(void **state)
{
    (void)state;
    struct error error = {.code = 77};
    assert_true(process_run("true", NULL, null_fd, &error));
    assert_int_equal(error.code, 77);
}

static void a_bad_end_is_told(void **state)
{
    (void)state;
    struct error error;
    assert_false(run_script("exit 3", null_fd, &error));
    assert_string_equal(error.message, "sh ended with status 3");
    assert_false(run_script("kill -TERM $$", null_fd, &error));
    assert_string_equal(error.message, "sh was killed by signal 15 (Terminated)");
}

static void what_cannot_be_run_is_told(void **state)
{
    (void)state;
    struct error error;
    assert_false(process_run("/nonexistent/vi -x", NULL, null_fd, &error));
    assert_string_equal(error.message, "Cannot run /nonexistent/vi: No such file or directory");
    assert_int_equal(error.code, ENOENT);
    assert_false(process_run("/tmp", NULL, null_fd, &error));
    assert_string_equal(error.message, "Cannot run /tmp: Permission denied");
    assert_false(process_run(" \t ", (char *[]){(char *)"x", NULL}, null_fd, &error));
    assert_string_equal(error.message, "There is no command to run");
    assert_false(process_run("", NULL, null_fd, &error));
    assert_false(process_run("true", NULL, -1, &error));
}

static void words_are_split_and_arguments_are_not(void **state)
{
    (void)state;
    struct error error;
    char script[] = "for w; do echo \"[$w]\"; done > $OUT";
    char *argument[] = {script, (char *)"sh", (char *)"a  b", (char *)"$HOME;'`", (char *)"", NULL};
    assert_true(process_run("  sh\t -e   -c ", argument, null_fd, &error));
    assert_string_equal(output(), "[a  b]\n[$HOME;'`]\n[]\n");
}

static void input_is_the_terminal_given(void **state)
{
    (void)state;
    struct error error;
    int pipe_fd[2];
    assert_int_equal(pipe2(pipe_fd, O_CLOEXEC), 0);
    assert_int_equal(write(pipe_fd[1], "keys\n", 5), 5);
    close(pipe_fd[1]);
    assert_true(run_script("cat > $OUT", pipe_fd[0], &error));
    close(pipe_fd[0]);
    assert_string_equal(output(), "keys\n");
}

static void input_may_already_be_descriptor_0(void **state)
{
    (void)state;
    struct error error;
    int saved = fcntl(0, F_DUPFD_CLOEXEC, 3);
    int pipe_fd[2];
    assert_int_equal(pipe2(pipe_fd, O_CLOEXEC), 0);
    assert_int_equal(write(pipe_fd[1], "zero\n", 5), 5);
    close(pipe_fd[1]);
    assert_int_equal(dup3(pipe_fd[0], 0, O_CLOEXEC), 0);
    close(pipe_fd[0]);
    assert_true(run_script("cat > $OUT", 0, &error));
    dup2(saved, 0);
    close(saved);
    assert_string_equal(output(), "zero\n");
}

/** Signals ignored, blocked and caught here are as on the first day there; and here they are as before again. */
static void signals_have_their_defaults(void **state)
{
    (void)state;
    struct error error;
    sigset_t some;
    sigset_t before;
    sigset_t after;
    memset(&before, 0, sizeof before);
    memset(&after, 0, sizeof after);
    sigemptyset(&some);
    sigaddset(&some, SIGUSR1);
    sigaddset(&some, SIGTSTP);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGINT, on_signal);
    signal(SIGTSTP, on_signal);
    pthread_sigmask(SIG_BLOCK, &some, NULL);
    pthread_sigmask(SIG_SETMASK, NULL, &before);
    /* This program once more and no other: shells, and some awks, set signals of their own. */
    assert_true(process_run("/proc/self/exe", (char *[]){(char *)TELL_SIGNALS, NULL}, null_fd, &error));
    const char *lines = output();
    assert_int_equal(strtoull(lines, NULL, 16), 0);
    /* 32 and 33 are the C library's own; it leaves them ignored in what posix_spawn starts. */
    assert_int_equal(strtoull(strchr(lines, '\n') + 1, NULL, 16) & ~(3ull << 31), 0);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    assert_memory_equal(&before, &after, sizeof before);
    assert_ptr_equal(signal(SIGINT, SIG_DFL), on_signal);
    assert_ptr_equal(signal(SIGTSTP, SIG_DFL), on_signal);
    assert_ptr_equal(signal(SIGPIPE, SIG_DFL), SIG_IGN);
    pthread_sigmask(SIG_UNBLOCK, &some, NULL);
}

/** ^C goes to the whole group: it is meant for the program in the foreground. */
static void an_interrupt_meanwhile_is_not_ours(void **state)
{
    (void)state;
    struct error error;
    signal_count = 0;
    signal(SIGINT, on_signal);
    signal(SIGQUIT, on_signal);
    assert_true(run_script("kill -INT $PPID; kill -QUIT $PPID", null_fd, &error));
    assert_int_equal(signal_count, 0);
    signal(SIGINT, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
}

/** ^Z stops this process too, so that the shell notices; SIGCONT and all goes on. */
static void a_stop_meanwhile_stops_both(void **state)
{
    (void)state;
    pid_t viewer = fork();
    if (viewer == 0) {
        struct error error;
        sigset_t stop;
        sigemptyset(&stop);
        sigaddset(&stop, SIGTSTP);
        signal(SIGTSTP, on_signal);
        pthread_sigmask(SIG_BLOCK, &stop, NULL);
        /* Not an orphaned group: its parent is in another one of the same session. */
        setpgid(0, 0);
        _exit(run_script("kill -TSTP 0; exit 0", null_fd, &error) ? 5 : 6);
    }
    int status = 0;
    assert_int_equal(waitpid(viewer, &status, WUNTRACED), viewer);
    assert_true(WIFSTOPPED(status));
    assert_int_equal(WSTOPSIG(status), SIGTSTP);
    kill(-viewer, SIGCONT);
    assert_int_equal(waitpid(viewer, &status, 0), viewer);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 5);
}

static void the_group_keeps_the_terminal(void **state)
{
    (void)state;
    struct error error;
    assert_true(run_script("cut -d' ' -f5 /proc/self/stat > $OUT", null_fd, &error));
    assert_int_equal(strtol(output(), NULL, 10), getpgrp());
}

/** Where on_alarm sends the line that lets the script end. */
static int go_fd;

static void on_alarm(int number)
{
    (void)number;
    if (++signal_count == 3)
        (void)!write(go_fd, "go\n", 3);
}

/** The script ends only once the wait for it was interrupted three times. */
static void signals_do_not_end_the_wait(void **state)
{
    (void)state;
    struct error error;
    int pipe_fd[2];
    assert_int_equal(pipe2(pipe_fd, O_CLOEXEC), 0);
    go_fd = pipe_fd[1];
    signal_count = 0;
    struct sigaction action = {.sa_handler = on_alarm};
    sigaction(SIGALRM, &action, NULL);
    struct itimerval timer = {{0, 5000}, {0, 5000}};
    setitimer(ITIMER_REAL, &timer, NULL);
    bool ended = run_script("read go && exit 4", pipe_fd[0], &error);
    setitimer(ITIMER_REAL, &(struct itimerval){0}, NULL);
    close(pipe_fd[0]);
    close(pipe_fd[1]);
    assert_false(ended);
    assert_string_equal(error.message, "sh ended with status 4");
    assert_true(signal_count >= 3);
}

/** A parent that ignores SIGCHLD leaves that to its children, and then waitpid has no status to give. */
static void ignored_children_are_waited_for(void **state)
{
    (void)state;
    struct error error;
    signal(SIGCHLD, SIG_IGN);
    bool ended = run_script("exit 9", null_fd, &error);
    assert_ptr_equal(signal(SIGCHLD, SIG_DFL), SIG_IGN);
    assert_false(ended);
    assert_string_equal(error.message, "sh ended with status 9");
}

static void leave_marks(void)
{
    close(open(out_path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
}

static void leaving_runs_nothing(void **state)
{
    (void)state;
    unlink(out_path);
    pid_t child = fork();
    if (child == 0) {
        atexit(leave_marks);
        process_leave(7);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 7);
    assert_int_equal(access(out_path, F_OK), -1);
}

int main(int count, char **arguments)
{
    if (count == 2 && strcmp(arguments[1], TELL_SIGNALS) == 0)
        return tell_signals();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_end_is_true),
        cmocka_unit_test(a_bad_end_is_told),
        cmocka_unit_test(what_cannot_be_run_is_told),
        cmocka_unit_test(words_are_split_and_arguments_are_not),
        cmocka_unit_test(input_is_the_terminal_given),
        cmocka_unit_test(input_may_already_be_descriptor_0),
        cmocka_unit_test(signals_have_their_defaults),
        cmocka_unit_test(an_interrupt_meanwhile_is_not_ours),
        cmocka_unit_test(a_stop_meanwhile_stops_both),
        cmocka_unit_test(the_group_keeps_the_terminal),
        cmocka_unit_test(signals_do_not_end_the_wait),
        cmocka_unit_test(ignored_children_are_waited_for),
        cmocka_unit_test(leaving_runs_nothing),
    };
    return cmocka_run_group_tests(tests, prepare, clean);
}
