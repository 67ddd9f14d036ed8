/* SPDX-License-Identifier: MIT */
/*
 * tests: the steps of a screen test.
 *
 * Whatever is passed is also the new text of the file: a block of expected rows puts out the rows that were asked for
 * or, when recording, those that came. So recording is the same walk as testing, and only a walk that reached the end
 * writes the file.
 */
#include "harness/rows.h"
#include "harness/script.h"
#include "harness/terminal_look.h"
#include "harness/terminal_wait.h"

#include <stdlib.h>
#include <string.h>

/* Milliseconds that recording gives the old rows to come, and the screen to settle if they do not. */
enum { UPDATE_TIMEOUT = 2000, SETTLED = 300 };

/** The rows an expectation is about, and where they stand in the file. */
struct expectation {
    struct script *script;
    enum row_aspect aspect;
    int first_row, row_count;
    size_t first_line, line_count;
};

/** What row number `index` of an expectation must be; rows that were not written are blank. */
static const char *row_expected(const struct expectation *expectation, int index)
{
    if ((size_t)index >= expectation->line_count)
        return "";
    return expectation->script->line[expectation->first_line + (size_t)index] + 1;
}

static bool row_as_expected(const struct expectation *expectation, const struct terminal *terminal, int index)
{
    char *text = row_read(terminal, expectation->aspect, expectation->first_row + index);
    bool same = row_matches(row_expected(expectation, index), text);
    free(text);
    return same;
}

static bool screen_as_expected(const struct terminal *terminal, void *context)
{
    const struct expectation *expectation = context;
    for (int index = 0; index < expectation->row_count; index++)
        if (!row_as_expected(expectation, terminal, index))
            return false;
    return true;
}

static bool expectation_failed(const struct expectation *expectation)
{
    const struct script *script = expectation->script;
    script_failed(script, "the screen is another  (- expected, + shown)");
    for (int index = 0; index < expectation->row_count; index++) {
        char *text = row_read(script->terminal, expectation->aspect, expectation->first_row + index);
        int number = expectation->first_row + index + 1;
        if (row_matches(row_expected(expectation, index), text))
            printf("%4d  |%s\n", number, text);
        else
            printf("%4d -|%s\n%4d +|%s\n", number, row_expected(expectation, index), number, text);
        free(text);
    }
    if (expectation->aspect == ROW_ATTRIBUTES || expectation->row_count == 1)
        screen_print(script->terminal, stdout);
    return false;
}

/** Put the lines of an expectation out, with the rows that do not match as the screen shows them. */
static void expectation_put(struct expectation *expectation, bool as_shown)
{
    struct script *script = expectation->script;
    int count = as_shown ? expectation->row_count : (int)expectation->line_count;
    for (int index = 0; index < count; index++) {
        char *text = row_read(script->terminal, expectation->aspect, expectation->first_row + index);
        bool keep = !as_shown || row_matches(row_expected(expectation, index), text);
        bool written = (size_t)index < expectation->line_count;
        if (keep && written)
            fprintf(script->output, "%s\n", script->line[expectation->first_line + (size_t)index]);
        else
            fprintf(script->output, "|%s\n", text);
        script->changed = script->changed || !keep || !written;
        free(text);
    }
    script->changed = script->changed || (size_t)count < expectation->line_count;
}

static int row_number(const struct script *script, const char *text, char **end)
{
    int rows, columns;
    terminal_size(script->terminal, &rows, &columns);
    if (strncmp(text, "last", 4) == 0) {
        *end = (char *)text + 4;
        return rows;
    }
    return (int)strtol(text, end, 10);
}

/** "2", "2-5", "4-last", "last" or nothing (all rows), into first_row and row_count. */
static bool range_read(struct expectation *expectation, const char *text)
{
    int rows, columns, first, last;
    char *end;
    terminal_size(expectation->script->terminal, &rows, &columns);
    expectation->first_row = 0;
    expectation->row_count = rows;
    if (*text == '\0')
        return true;
    first = last = row_number(expectation->script, text, &end);
    if (*end == '-')
        last = row_number(expectation->script, end + 1, &end);
    expectation->first_row = first - 1;
    expectation->row_count = last - first + 1;
    return *end == '\0' && first >= 1 && last >= first && last <= rows;
}

static bool step_expect(struct script *script, enum row_aspect aspect, const char *range)
{
    struct expectation expectation = {.script = script, .aspect = aspect, .first_line = script->next};
    int timeout = script->update ? UPDATE_TIMEOUT : script->timeout;
    if (!range_read(&expectation, range))
        return script_failed(script, "no such rows on the screen");
    while (script->next + expectation.line_count < script->lines &&
           script->line[script->next + expectation.line_count][0] == '|')
        expectation.line_count++;
    if (expectation.line_count > (size_t)expectation.row_count && !script->update)
        return script_failed(script, "more rows expected than there are");
    if (terminal_wait(script->terminal, screen_as_expected, &expectation, timeout)) {
        expectation_put(&expectation,
                        script->update && expectation.line_count > (size_t)expectation.row_count);
    } else {
        if (!script->update)
            return expectation_failed(&expectation);
        terminal_watch(script->terminal, SETTLED);
        expectation_put(&expectation, true);
    }
    script->next += expectation.line_count;
    return true;
}

static bool step_screen(struct script *script, const char *range)
{
    return step_expect(script, ROW_TEXT, range);
}

static bool step_attributes(struct script *script, const char *range)
{
    return step_expect(script, ROW_ATTRIBUTES, range);
}

static bool step_keys(struct script *script, const char *keys)
{
    struct error error = {0};
    return terminal_keys(script->terminal, keys, &error) || script_failed(script, error.message);
}

static bool step_wait(struct script *script, const char *needle)
{
    return terminal_wait_text(script->terminal, needle, script->timeout) ||
           script_failed_on_screen(script, "this text did not come");
}

static bool not_shown(const struct terminal *terminal, void *context)
{
    return !terminal_shows(terminal, context);
}

static bool step_gone(struct script *script, const char *needle)
{
    char *context = required(strdup(needle));
    bool gone = terminal_wait(script->terminal, not_shown, context, script->timeout);
    free(context);
    return gone || script_failed_on_screen(script, "this text did not go");
}

static bool stopped(const struct terminal *terminal, void *context)
{
    (void)context;
    return terminal_stopped(terminal);
}

static bool step_stopped(struct script *script, const char *nothing)
{
    (void)nothing;
    return terminal_wait(script->terminal, stopped, NULL, script->timeout) ||
           script_failed_on_screen(script, "the program does not stop");
}

static bool on_alternate(const struct terminal *terminal, void *context)
{
    return terminal_alternate(terminal) == *(bool *)context;
}

static bool step_alternate(struct script *script, const char *answer)
{
    bool wanted = strcmp(answer, "yes") == 0;
    return terminal_wait(script->terminal, on_alternate, &wanted, script->timeout) ||
           script_failed_on_screen(script, "the program is on the other screen");
}

struct place {
    int row, column;
};

static bool cursor_there(const struct terminal *terminal, void *context)
{
    const struct place *wanted = context;
    int row, column;
    terminal_cursor(terminal, &row, &column);
    return row + 1 == wanted->row && column + 1 == wanted->column;
}

static bool step_cursor(struct script *script, const char *text)
{
    struct place wanted = {0};
    if (sscanf(text, "%d,%d", &wanted.row, &wanted.column) != 2)
        return script_failed(script, "cursor: ROW,COLUMN, counted from 1");
    return terminal_wait(script->terminal, cursor_there, &wanted, script->timeout) ||
           script_failed_on_screen(script, "the cursor is elsewhere");
}

/** \e \n \\ and \xHH in `text`, into bytes. Returns how many. */
static size_t bytes_read(const char *text, char *bytes)
{
    size_t size = 0;
    char *end;
    while (*text) {
        char hex[3] = {0};
        if (*text != '\\' || !text[1]) {
            bytes[size++] = *text++;
        } else if (text[1] == 'x' && text[2] && text[3]) {
            memcpy(hex, text + 2, 2);
            bytes[size++] = (char)strtol(hex, &end, 16);
            text += 4;
        } else {
            bytes[size++] = (char)(text[1] == 'e' ? '\033' : text[1] == 'n' ? '\n' : text[1]);
            text += 2;
        }
    }
    return size;
}

static bool step_never(struct script *script, const char *text)
{
    char *bytes = required(malloc(strlen(text) + 1));
    size_t size = bytes_read(text, bytes), written;
    const char *raw = terminal_raw(script->terminal, &written);
    bool found = memmem(raw, written, bytes, size) != NULL;
    free(bytes);
    return !found || script_failed(script, "the program has written these bytes to the terminal");
}

static bool step_resize(struct script *script, const char *text)
{
    int rows, columns;
    if (sscanf(text, "%dx%d", &rows, &columns) != 2)
        return script_failed(script, "resize: ROWSxCOLUMNS");
    terminal_resize(script->terminal, rows, columns);
    return true;
}

static bool step_signal(struct script *script, const char *name)
{
    int number = signal_number(name);
    if (!number)
        return script_failed(script, "no such signal (write TERM, not SIGTERM)");
    terminal_signal(script->terminal, number);
    return true;
}

static bool step_hangup(struct script *script, const char *nothing)
{
    (void)nothing;
    terminal_hangup(script->terminal);
    return true;
}

static bool step_exit(struct script *script, const char *text)
{
    int wanted = atoi(text);
    int status = terminal_exit_status(script->terminal, script->timeout);
    char what[96];
    script->end_expected = true;
    if (status == wanted)
        return true;
    if (status < 0)
        snprintf(what, sizeof what, "the program still runs after %d ms", script->timeout);
    else
        snprintf(what, sizeof what, "exit status %d, not %d", status, wanted);
    return script_failed_on_screen(script, what);
}

static bool step_shell(struct script *script, const char *command)
{
    return script_shell(script, command);
}

static const struct word step_words[] = {
    {"keys", step_keys},           {"wait", step_wait},
    {"gone", step_gone},           {"shell", step_shell},
    {"resize", step_resize},       {"signal", step_signal},
    {"hangup", step_hangup},       {"stopped", step_stopped},
    {"alternate", step_alternate}, {"cursor", step_cursor},
    {"never", step_never},         {"exit", step_exit},
    {"screen", step_screen},       {"rows", step_screen},
    {"row", step_screen},          {"attributes", step_attributes},
};

/** The text of a word: without blanks at its end, and without the colon that ends a block's name. */
static char *word_text(const char *text, bool block)
{
    char *copy = required(strdup(text));
    size_t length = strlen(copy);
    while (length > 0 && copy[length - 1] == ' ')
        copy[--length] = '\0';
    if (block && length > 0 && copy[length - 1] == ':')
        copy[length - 1] = '\0';
    return copy;
}

bool script_steps_run(struct script *script)
{
    while (script->next < script->lines) {
        const char *line = script->line[script->next++], *text = NULL;
        const struct word *word;
        char *copy;
        bool fine;
        fprintf(script->output, "%s\n", line);
        if (*line == '#' || *line == '\0')
            continue;
        word = word_find(step_words, sizeof step_words / sizeof step_words[0], line, &text);
        if (!word)
            return script_failed(script, "no such step");
        copy = word_text(text, word->run == step_screen || word->run == step_attributes);
        fine = word->run(script, copy);
        free(copy);
        if (!fine)
            return false;
    }
    return true;
}
