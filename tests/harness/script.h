/* SPDX-License-Identifier: MIT */
/**
 * tests: a screen test while it runs, shared by the runner and the words of the language (tests/screen/README.md).
 *
 * A process runs one test, in one thread. The file is kept as an array of lines; texts of the head point into it.
 */
#ifndef FOLIO_TESTS_SCRIPT_H
#define FOLIO_TESTS_SCRIPT_H

#include "harness/sandbox.h"
#include "harness/terminal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** Exit status of the runner. */
enum { SCRIPT_PASSED = 0, SCRIPT_FAILED = 1, SCRIPT_SKIPPED = 77 };

enum { MOST_ENVIRONMENT = 32, MOST_SETUPS = 16 };

/** Everything about the one test that this process runs. */
struct script {
    const char *program, *data, *path;
    bool update, changed;
    char **line; /**< the file, without newlines */
    size_t lines, next;
    FILE *output; /**< the new text of the file */
    char *output_text;
    size_t output_size;

    struct sandbox sandbox;
    int rows, columns;
    int timeout; /**< milliseconds after which a step that waits has failed */
    const char *arguments, *producer, *output_file;
    const char *setup[MOST_SETUPS];
    size_t setups;
    const char *environment[MOST_ENVIRONMENT + 1];
    size_t environment_count;
    bool no_controlling, job, input_closed, start_now;
    int ignored_signal;

    struct terminal *terminal;
    bool end_expected;
};

/** A word at the start of a line and what carries it out; false: failed, and said so. */
struct word {
    const char *name;
    bool (*run)(struct script *script, const char *text);
};

/** Read the file into lines. False, and said so, if that fails. */
bool script_read(struct script *script);

/** Write the new text of the file over it. False, and said so, if that fails. */
bool script_write(const struct script *script);

/** Take in the head: everything before the first step. Skips by leaving the process: nothing was made yet. */
bool script_head_run(struct script *script);

/** Carry out the steps. */
bool script_steps_run(struct script *script);

/** Run a shell command in the test's folder; it must succeed. */
bool script_shell(struct script *script, const char *command);

/** Say what is wrong at the present line. Returns false, always. */
bool script_failed(const struct script *script, const char *what);

/** The same, with the screen. */
bool script_failed_on_screen(const struct script *script, const char *what);

/** The word that `line` begins with, and in `text` what follows it; NULL if it is none of `words`. */
const struct word *word_find(const struct word *words, size_t count, const char *line, const char **text);

/** The signal of a name like TERM; 0 if there is none. */
int signal_number(const char *name);

/** `memory`, or the end of a test that has none. */
void *required(void *memory);

#endif
