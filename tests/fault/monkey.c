/* SPDX-License-Identifier: MIT */
/*
 * tests: random keys, as fast as they are taken, with random sizes of the window in between.
 *
 *     monkey [--seconds N] [--seed N] [--anonymous KIB] PROGRAM ARGUMENT...
 *
 * Some of the keys may end the program (^C after -K), which is then started anew; but nothing else does, it always takes
 * keys, and at the end it takes `q`. With --anonymous its own memory is looked at all the time. A seed gives the same keys.
 */
#include "harness/rows.h"
#include "harness/terminal.h"
#include "harness/terminal_look.h"
#include "harness/terminal_wait.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BATCH = 40, LEAVE = 60000, AGAIN = 1000 };

/** Keys; those that take a while or bring one into another mode come once, those that move several times. */
static const char *const keys[] = {
    "j",
    "j",
    "j",
    "k",
    "k",
    "f",
    "f",
    "b",
    "b",
    "d",
    "u",
    "z",
    "w",
    "g",
    "G",
    "p",
    "P",
    "J",
    "K",
    "<Space>",
    "<PgDn>",
    "<PgUp>",
    "<Home>",
    "<End>",
    "<Up>",
    "<Down>",
    "<Left>",
    "<Right>",
    "<Left>",
    "<Right>",
    "<ESC>",
    "<C-c>",
    "<CR>",
    "<CR>",
    "<CR>",
    "<BS>",
    "<BS>",
    "<Del>",
    "<Tab>",
    "<C-u>",
    "<C-k>",
    "<C-w>",
    "<F1>",
    "<F5>",
    "<Ins>",
    "<S-Up>",
    "<M-x>",
    "<C-l>",
    "r",
    "R",
    "h",
    "=",
    "n",
    "n",
    "N",
    "N",
    "/",
    "?",
    "&",
    "F",
    "m",
    "M",
    "'",
    "-",
    "_",
    ":",
    ":set ",
    ":set nowrap<CR>",
    ":set wrap<CR>",
    ":set sgr=carry<CR>",
    ":set encoding=utf-16<CR>",
    ":set encoding=latin1<CR>",
    ":set encoding=auto<CR>",
    ":set header=2,3<CR>",
    ":set header=0,0<CR>",
    ":set wordwrap<CR>",
    ":set nowordwrap<CR>",
    ":50%<CR>",
    ":0x1234<CR>",
    ":n<CR>",
    ":p<CR>",
    ":e ",
    "-S",
    "-N",
    "-s",
    "-i",
    "-J",
    "/[a-z]+<CR>",
    "/(<CR>",
    "?a|b<CR>",
    "/x*<CR>",
    "S",
    "N",
    "i",
    "x4",
    "0",
    "1",
    "2",
    "5",
    "9",
    "99",
    "%",
    "a",
    "e",
    "o",
    "x",
    "t",
    ".",
    "*",
    "(",
    "[",
    "\\",
    "<x9b>",
    "<x80>",
    "<xff>",
    "<xc3><xa4>",
    "<xe2><x80><xae>",
    "<ESC>u",
    "<ESC>U",
    "<ESC>G",
    "<ESC>f",
    "<ESC>[",
    "<ESC>]",
    "<ESC>(",
    "<ESC>)",
    "<lt>",
    ">",
    "V",
};

/** Numbers that the seed fixes: Knuth's generator, of which the upper half is used. */
static unsigned below(uint64_t *seed, unsigned bound)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*seed >> 33) % bound;
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/** KiB of the program's own memory, 0 if the kernel does not say. */
static long anonymous(const struct terminal *terminal)
{
    char path[64], line[128];
    long found = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)terminal_process(terminal));
    FILE *file = fopen(path, "re");
    while (file && !found && fgets(line, sizeof line, file))
        (void)sscanf(line, "RssAnon: %ld", &found);
    if (file)
        fclose(file);
    return found;
}

/**
 * Does it keep more than `limit` KiB? What it needs for a moment, of which there is more where it seldom gets to run,
 * it may have.
 */
static bool keeps(struct terminal *terminal, long limit)
{
    double end = seconds_now() + 60 * terminal_patience();
    while (limit && anonymous(terminal) > limit) {
        if (seconds_now() > end || anonymous(terminal) > 3 * limit)
            return true;
        terminal_watch(terminal, 20);
    }
    return false;
}

/** Some keys, all at once, and now and then another size. */
static bool batch_press(struct terminal *terminal, uint64_t *seed, struct error *error)
{
    char text[BATCH * 32] = "";
    for (int i = 0; i < BATCH; i++)
        strcat(text, keys[below(seed, sizeof keys / sizeof keys[0])]);
    if (below(seed, 8) == 0)
        terminal_resize(terminal, 1 + (int)below(seed, 60), 1 + (int)below(seed, 220));
    return terminal_keys(terminal, text, error);
}

/** Until the time is over, or the program has ended; what went wrong, NULL: nothing. */
static const char *keys_press(struct terminal *terminal, uint64_t *seed, double end, long limit)
{
    struct error error = {0};
    terminal_wait_text(terminal, " ", LEAVE);
    for (long pressed = 0; seconds_now() < end; pressed += BATCH) {
        if (!batch_press(terminal, seed, &error))
            return "it does not read keys";
        terminal_watch(terminal, 2);
        /* Wishes wait in a queue, which is as long as somebody who never looks makes it. */
        if (pressed % (20 * BATCH) == 0)
            terminal_wait_text(terminal, "", LEAVE);
        if (terminal_exit_status(terminal, 0) >= 0)
            return NULL;
        if (keeps(terminal, limit)) {
            printf("%ld KiB after %ld keys\n", anonymous(terminal), pressed);
            screen_print(terminal, stdout);
            return "it takes too much memory";
        }
        if (seconds_now() >= end)
            printf("%ld keys, %ld KiB\n", pressed, anonymous(terminal));
    }
    return NULL;
}

/** Out of prompts and help, then away. */
static int leave(struct terminal *terminal)
{
    struct error error;
    terminal_resize(terminal, 24, 80);
    for (int try = 0; try < 5 && terminal_exit_status(terminal, 0) < 0; try++) {
        terminal_keys(terminal, "<ESC><ESC>", &error);
        terminal_wait_text(terminal, "", 300);
        terminal_keys(terminal, "<C-c>", &error);
        terminal_wait_text(terminal, "", 300);
        terminal_keys(terminal, "q", &error);
        if (terminal_exit_status(terminal, AGAIN) >= 0)
            break;
    }
    return terminal_exit_status(terminal, LEAVE);
}

/** From one start to one end: the exit status of this test. */
static int session_run(char **command, uint64_t *seed, double end, long limit)
{
    struct error error = {0};
    struct terminal_setup setup = {.argv = command, .rows = 24, .columns = 80};
    struct terminal *terminal = terminal_open(&setup, &error);
    if (!terminal) {
        fprintf(stderr, "monkey: %s\n", error.message);
        return 1;
    }
    const char *fault = keys_press(terminal, seed, end, limit);
    int status = leave(terminal);
    if (!fault && (status < 0 || status > 2))
        fault = "it did not leave as it should";
    if (!fault && terminal_alternate(terminal))
        fault = "it left the other screen on";
    if (fault) {
        printf("FAIL: %s, status %d\n", fault, status);
        screen_print(terminal, stdout);
        size_t size;
        const char *raw = terminal_raw(terminal, &size);
        for (size_t i = size > 4000 ? size - 4000 : 0; i < size; i++)
            printf(raw[i] >= ' ' && raw[i] < 127 ? "%c" : "\\x%02x", (unsigned char)raw[i]);
        printf("\n");
    }
    terminal_close(terminal);
    return fault ? 1 : 0;
}

int main(int count, char **word)
{
    int seconds = 6, at = 1, status = 0;
    long limit = 0;
    uint64_t seed = (uint64_t)time(NULL);
    for (; at + 1 < count && word[at][0] == '-'; at += 2)
        if (strcmp(word[at], "--seconds") == 0)
            seconds = atoi(word[at + 1]);
        else if (strcmp(word[at], "--seed") == 0)
            seed = strtoull(word[at + 1], NULL, 10);
        else if (strcmp(word[at], "--anonymous") == 0)
            limit = atol(word[at + 1]);
    if (at >= count) {
        fprintf(stderr, "usage: monkey [--seconds N] [--seed N] [--anonymous KIB] PROGRAM ARGUMENT...\n");
        return 2;
    }
    printf("seed %llu: %s\n", (unsigned long long)seed, word[count - 1]);
    double end = seconds_now() + seconds;
    while (status == 0 && seconds_now() < end)
        status = session_run(word + at, &seed, end, limit);
    return status;
}
