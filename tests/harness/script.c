/* SPDX-License-Identifier: MIT */
/* tests: the file of a screen test, and saying what is wrong in it. */
#include "harness/script.h"

#include "harness/rows.h"
#include "harness/terminal_wait.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

void *required(void *memory)
{
    if (!memory)
        abort();
    return memory;
}

bool script_failed(const struct script *script, const char *what)
{
    printf("%s:%zu: %s\n", script->path, script->next, what);
    if (script->terminal) {
        int status = terminal_exit_status(script->terminal, 0);
        if (status >= 0)
            printf("    the program has ended, status %d\n", status);
    }
    return false;
}

bool script_failed_on_screen(const struct script *script, const char *what)
{
    script_failed(script, what);
    if (script->terminal)
        screen_print(script->terminal, stdout);
    return false;
}

bool script_read(struct script *script)
{
    size_t size = 0;
    char *line = NULL;
    ssize_t length;
    FILE *file = fopen(script->path, "re");
    if (!file) {
        printf("%s: %s\n", script->path, strerror(errno));
        return false;
    }
    while ((length = getline(&line, &size, file)) >= 0) {
        if (length > 0 && line[length - 1] == '\n')
            line[length - 1] = '\0';
        script->line = required(realloc(script->line, (script->lines + 1) * sizeof *script->line));
        script->line[script->lines++] = required(strdup(line));
    }
    free(line);
    fclose(file);
    return true;
}

bool script_write(const struct script *script)
{
    FILE *file = fopen(script->path, "we");
    bool fine = file && fwrite(script->output_text, 1, script->output_size, file) == script->output_size;
    if (file && fclose(file) != 0)
        fine = false;
    printf("%s: %s\n", script->path, fine ? "recorded anew" : "cannot be written");
    return fine;
}

bool script_shell(struct script *script, const char *command)
{
    int status = sandbox_run(&script->sandbox, command);
    char what[64];
    snprintf(what, sizeof what, "the command failed, status %d", status);
    return status == 0 || script_failed_on_screen(script, what);
}

int signal_number(const char *name)
{
    for (int number = 1; number < NSIG; number++) {
        const char *abbreviation = sigabbrev_np(number);
        if (abbreviation && strcmp(name, abbreviation) == 0)
            return number;
    }
    return 0;
}

const struct word *word_find(const struct word *words, size_t count, const char *line, const char **text)
{
    size_t length = strcspn(line, ": ");
    for (size_t i = 0; i < count; i++) {
        if (strlen(words[i].name) != length || strncmp(words[i].name, line, length) != 0)
            continue;
        /* "rows 1-3:" has its range before the colon, all others their text behind it. */
        *text = line + length + (line[length] ? 1 : 0);
        *text += strspn(*text, " ");
        return &words[i];
    }
    return NULL;
}
