/* SPDX-License-Identifier: MIT */
/**
 * io: the editor in the foreground, and leaving.
 *
 * posix_spawn and not fork: this process has threads, locks and hundreds of gigabytes of mappings, none of which a
 * child needs for the moment before exec; and a program that cannot be run comes back as an errno value. The child
 * stays in this process group, so it has the terminal. While it runs, the keys that make signals are its own affair:
 * ^C and ^\ do nothing here, and ^Z stops both, so that the shell gets the terminal (as after system(3) in less).
 */
#include "folio/io/thread/process.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/** What signals do here while a child has the terminal. SIGCHLD: ignored, it would make waitpid lose the status. */
static const struct process_signal {
    int number;
    void (*handler)(int);
} process_signal[] = {{SIGINT, SIG_IGN}, {SIGQUIT, SIG_IGN}, {SIGTSTP, SIG_DFL}, {SIGCHLD, SIG_DFL}};

#define PROCESS_SIGNAL_COUNT (sizeof process_signal / sizeof process_signal[0])

/** How signals were before. */
struct process_manners {
    struct sigaction action[PROCESS_SIGNAL_COUNT];
    sigset_t mask;
};

/** Behave as one who waits for the program in the foreground. */
static void process_yield(struct process_manners *before)
{
    for (size_t i = 0; i < PROCESS_SIGNAL_COUNT; i++) {
        struct sigaction action = {.sa_handler = process_signal[i].handler};
        sigemptyset(&action.sa_mask);
        sigaction(process_signal[i].number, &action, &before->action[i]);
    }
    /* Blocked (for a signalfd, say), a stop would never come to pass, and the shell would wait for it. */
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &stop, &before->mask);
}

/** Behave as before. The mask first: a stop that is blocked again must not meet the default action. */
static void process_resume(const struct process_manners *before)
{
    pthread_sigmask(SIG_SETMASK, &before->mask, NULL);
    for (size_t i = 0; i < PROCESS_SIGNAL_COUNT; i++)
        sigaction(process_signal[i].number, &before->action[i], NULL);
}

/** The words of `command` (cut in place) and then `argument`, for the caller to free; NULL when out of memory. */
static char **process_words(char *command, char *const argument[])
{
    /* Words have a blank between them, so there are at most half as many as characters, rounded up; and the NULL. */
    size_t count = strlen(command) / 2 + 2;
    for (size_t i = 0; argument && argument[i]; i++)
        count++;
    char **word = calloc(count, sizeof *word);
    if (!word)
        return NULL;
    size_t filled = 0;
    char *rest = NULL;
    for (char *next = strtok_r(command, " \t", &rest); next; next = strtok_r(NULL, " \t", &rest))
        word[filled++] = next;
    for (size_t i = 0; argument && argument[i] && filled > 0; i++)
        word[filled++] = argument[i];
    return word;
}

/** Start `word` with default signals and `tty_fd` as its standard input; 0 or an errno value. */
static int process_spawn(char *const word[], int tty_fd, pid_t *child)
{
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigemptyset(&none);
    int code = posix_spawnattr_init(&attributes);
    if (code != 0)
        return code;
    code = posix_spawn_file_actions_init(&actions);
    if (code != 0) {
        posix_spawnattr_destroy(&attributes);
        return code;
    }
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    /* Also right where both are 0: it then takes close-on-exec off. */
    code = posix_spawn_file_actions_adddup2(&actions, tty_fd, STDIN_FILENO);
    if (code == 0)
        code = posix_spawnp(child, word[0], &actions, &attributes, word, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return code;
}

/** The end of the program as true or as a sentence. */
static bool process_verdict(const char *name, int status, struct error *error)
{
    if (WIFSIGNALED(status)) {
        int number = WTERMSIG(status);
        const char *text = sigdescr_np(number);
        return error_set(error, 0, "%s was killed by signal %d (%s)", name, number, text ? text : "unknown");
    }
    if (WEXITSTATUS(status) != 0)
        return error_set(error, 0, "%s ended with status %d", name, WEXITSTATUS(status));
    return true;
}

/** Start, wait, tell. */
static bool process_run_words(char *const word[], int tty_fd, struct error *error)
{
    struct process_manners before;
    process_yield(&before);
    pid_t child;
    int status = 0;
    int code = process_spawn(word, tty_fd, &child);
    while (code == 0 && waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            code = errno;
    process_resume(&before);
    if (code != 0)
        return error_system(error, code, "Cannot run %s", word[0]);
    return process_verdict(word[0], status, error);
}

bool process_run(const char *command, char *const argument[], int tty_fd, struct error *error)
{
    bool fine;
    char **word = NULL;
    char *copy = strdup(command);
    if (!copy) {
        fine = error_system(error, ENOMEM, "Cannot run %s", command);
        goto done;
    }
    word = process_words(copy, argument);
    if (!word) {
        fine = error_system(error, ENOMEM, "Cannot run %s", command);
        goto done;
    }
    if (!word[0]) {
        fine = error_set(error, 0, "There is no command to run");
        goto done;
    }
    fine = process_run_words(word, tty_fd, error);
done:
    free(word);
    free(copy);
    return fine;
}

void process_leave(int status)
{
    _exit(status);
}
