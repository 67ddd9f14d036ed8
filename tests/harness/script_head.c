/* SPDX-License-Identifier: MIT */
/* tests: the words in the head of a screen test: how the program is started. */
#include "harness/script.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool head_size(struct script *script, const char *text)
{
    return sscanf(text, "%dx%d", &script->rows, &script->columns) == 2;
}

static bool head_args(struct script *script, const char *text)
{
    script->arguments = text;
    return true;
}

static bool head_stdin(struct script *script, const char *text)
{
    script->producer = text;
    return true;
}

static bool head_stdout(struct script *script, const char *text)
{
    script->output_file = text;
    return true;
}

static bool head_input(struct script *script, const char *text)
{
    script->input_closed = strcmp(text, "closed") == 0;
    return script->input_closed;
}

static bool head_terminal(struct script *script, const char *text)
{
    script->no_controlling = strcmp(text, "none") == 0;
    script->job = strcmp(text, "job") == 0;
    return script->no_controlling || script->job;
}

static bool head_ignore(struct script *script, const char *text)
{
    script->ignored_signal = signal_number(text);
    return script->ignored_signal != 0;
}

static bool head_env(struct script *script, const char *text)
{
    if (script->environment_count == MOST_ENVIRONMENT)
        return false;
    script->environment[script->environment_count++] = text;
    return true;
}

static bool head_timeout(struct script *script, const char *text)
{
    script->timeout = atoi(text) * 1000;
    return script->timeout > 0;
}

static bool head_start(struct script *script, const char *text)
{
    script->start_now = strcmp(text, "now") == 0;
    return script->start_now;
}

static bool head_nothing(struct script *script, const char *text)
{
    (void)script;
    (void)text;
    return true;
}

static void skip(const struct script *script, const char *reason)
{
    printf("%s: skipped: %s\n", script->path, reason);
    exit(SCRIPT_SKIPPED);
}

static bool command_exists(const char *name)
{
    char command[256];
    snprintf(command, sizeof command, "command -v '%s' >/dev/null 2>&1", name);
    return system(command) == 0;
}

/** One thing a test cannot do without. */
static void need(const struct script *script, const char *thing)
{
    struct error error = {0};
    char reason[128];
    bool fuse = strcmp(thing, "fuse") == 0;
    if (strcmp(thing, "root") == 0) {
        if (geteuid() != 0)
            skip(script, "needs root");
        return;
    }
    if (fuse && (access("/dev/fuse", R_OK | W_OK) < 0 || !getenv("SLOWFS")))
        skip(script, "needs /dev/fuse, and SLOWFS in the environment");
    if (fuse || strcmp(thing, "unshare") == 0) {
        if (!sandbox_own_mounts(&error))
            skip(script, error.message);
        return;
    }
    snprintf(reason, sizeof reason, "needs the command %s", thing);
    if (!command_exists(thing))
        skip(script, reason);
}

/** Runs before anything was made, so a skip may simply leave. */
static bool head_needs(struct script *script, const char *text)
{
    char *words = required(strdup(text)), *rest = words, *word;
    while ((word = strsep(&rest, " ")))
        if (*word)
            need(script, word);
    free(words);
    return true;
}

static bool head_setup(struct script *script, const char *text)
{
    if (script->setups == MOST_SETUPS)
        return false;
    script->setup[script->setups++] = text;
    return true;
}

static const struct word head_words[] = {
    {"start", head_start},   {"size", head_size},       {"args", head_args},   {"stdin", head_stdin},
    {"stdout", head_stdout}, {"input", head_input},     {"env", head_env},     {"terminal", head_terminal},
    {"ignore", head_ignore}, {"timeout", head_timeout}, {"needs", head_needs}, {"labels", head_nothing},
    {"setup", head_setup},
};

/** The texts of the head are borrowed from the lines of the file, which live as long as the test. */
bool script_head_run(struct script *script)
{
    for (; script->next < script->lines; script->next++) {
        const char *line = script->line[script->next], *text;
        const struct word *word;
        if (*line == '#' || *line == '\0') {
            fprintf(script->output, "%s\n", line);
            continue;
        }
        word = word_find(head_words, sizeof head_words / sizeof head_words[0], line, &text);
        if (!word)
            return true;
        fprintf(script->output, "%s\n", line);
        if (!word->run(script, text)) {
            script->next++;
            return script_failed(script, "this does not make sense");
        }
    }
    return true;
}
