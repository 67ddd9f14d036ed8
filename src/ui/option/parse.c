/* SPDX-License-Identifier: MIT */
/**
 * ui: reading options, from $LESS and from the command line, by one scanner.
 *
 * $LESS is one long word whose first hyphen may be missing ("FRX"), in which blanks separate, a text ends at
 * `$`, and what is not known is passed over, because others set it (git, systemd, man) with less in mind. A
 * word of the command line is the same with three differences: a text goes on to the end of the word, an
 * argument may be the next word, and of what is wrong the first is said. What is right counts in either case: a file, or
 * what comes through a pipe, is to be seen whatever else was asked for. Main thread.
 */
#include "table.h"

#include "folio/io/file/source.h"
#include "folio/ui/option/options.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** What is being read. */
struct options_scan {
    struct options *options;
    const char *at;      /**< the rest of the word */
    bool lenient;        /**< $LESS: blanks separate, $ ends a text, nothing is an error */
    char **next;         /**< words of the command line behind this one; NULL-terminated */
    struct buf text;     /**< the argument last read */
    struct error *error; /**< of the option at hand */
};

/** Pass over what is left of the option, which is not understood. */
static void options_drop(struct options_scan *scan)
{
    scan->at += scan->lenient ? strcspn(scan->at, " $") : strlen(scan->at);
}

static bool options_skipped(const struct options_scan *scan, char byte)
{
    return scan->lenient && (byte == ' ' || byte == '\t' || byte == '$');
}

/** How much of the rest is the number in front of it: "-5", ".5", "8,16". */
static size_t options_number_length(const char *text)
{
    size_t sign = text[0] == '-' || text[0] == '+';
    size_t digits = strspn(text + sign, "0123456789.,");
    return digits == 0 ? 0 : sign + digits;
}

/** Read the argument of `row` into scan->text. False and one sentence when there is none. */
static bool options_argument(struct options_scan *scan, const struct options_row *row)
{
    bool numeric = options_numeric(row);
    buf_clear(&scan->text);
    if (scan->lenient && numeric)
        scan->at += strspn(scan->at, " ");
    if (*scan->at == '\0' && !scan->lenient && scan->next[0])
        return buf_text(&scan->text, *scan->next++);
    /* -D is followed by more options behind a blank in many a $LESS. */
    const char *stop = !scan->lenient ? "" : row->letter == 'D' || row->letter == 0 ? "$ " : "$";
    size_t length = numeric ? options_number_length(scan->at) : strcspn(scan->at, stop);
    if (length == 0 && (numeric || *scan->at == '\0')) {
        if (!scan->lenient)
            options_drop(scan);
        return error_set(scan->error, 0, "-%s%s needs %s behind it", row->letter != 0 ? "" : "-",
                         row->letter != 0 ? (char[]){row->letter, '\0'} : row->name,
                         numeric ? "a number" : row->argument);
    }
    buf_append(&scan->text, scan->at, length);
    scan->at += length;
    return !scan->text.failed;
}

/** A setting without a letter has its name for a word. */
static bool options_named(struct settings *settings, const struct options_row *row, const char *value,
                          struct error *error)
{
    char word[256];
    bool given = row->argument != NULL;
    int length = snprintf(word, sizeof word, "%s%s%s", row->setting, given ? "=" : "", given ? value : "");
    if (length >= (int)sizeof word)
        return error_set(error, 0, "%s is too long for --%s", value, row->name);
    return settings_change(settings, word, NULL, 0, error);
}

bool options_row_apply(struct options *options, const struct options_row *row, const char *value,
                       struct error *error)
{
    switch (row->action) {
    case OPTIONS_SETTING:
        return settings_option(&options->settings, row->letter, row->argument ? value : NULL, error);
    case OPTIONS_NAMED:
        return options_named(&options->settings, row, value, error);
    case OPTIONS_ASSIGN:
        *options_member(options, row) = row->value;
        return true;
    case OPTIONS_CALL:
        return row->call(options, value, error);
    case OPTIONS_REFUSED:
        return error_set(error, 0, "Option --%s of less is not supported", row->name);
    case OPTIONS_IGNORED:
        return true;
    }
    return true;
}

/** What a setting of this name is at the start. */
static void options_named_reset(struct settings *settings, const char *name)
{
    char word[256];
    struct settings fresh = settings_default();
    size_t count;
    const struct setting *row = settings_table(&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(row[i].name, name) == 0 && settings_word(&fresh, &row[i], word, sizeof word) < sizeof word)
            (void)settings_change(settings, word, NULL, 0, NULL);
}

void options_row_reset(struct options *options, const struct options_row *row)
{
    char word[] = {'-', '+', row->letter, '\0'};
    if (row->action == OPTIONS_SETTING)
        (void)settings_change(&options->settings, word, NULL, 0, NULL);
    else if (row->action == OPTIONS_NAMED)
        options_named_reset(&options->settings, row->setting);
    else if (row->action == OPTIONS_ASSIGN)
        *options_member(options, row) = 0;
}

/** One option has been recognised, `scan->at` is behind it, and behind a = if one is given. */
static bool options_found(struct options_scan *scan, const struct options_row *row, bool reset, bool given)
{
    scan->options->once = scan->options->once || row->once;
    if (reset) {
        options_row_reset(scan->options, row);
        return true;
    }
    buf_clear(&scan->text);
    bool none = !row->argument || (row->argument[0] == '[' && !given);
    return (none || options_argument(scan, row)) &&
           options_row_apply(scan->options, row, buf_string(&scan->text), scan->error);
}

/** A long name, `scan->at` behind the hyphens. */
static bool options_long(struct options_scan *scan)
{
    bool reset = *scan->at == '+';
    scan->at += reset;
    size_t length = strcspn(scan->at, scan->lenient ? "= $" : "=");
    const struct options_row *row = options_row_name(scan->at, length, scan->error);
    scan->at += length;
    if (!row) {
        options_drop(scan);
        return false;
    }
    bool given = *scan->at == '=';
    scan->at += given;
    if (given && !row->argument) {
        options_drop(scan);
        return error_set(scan->error, 0, "--%s takes nothing behind it", row->name);
    }
    if (given && !scan->lenient && *scan->at == '\0')
        return error_set(scan->error, 0, "--%s needs %s behind it", row->name, row->argument);
    if (!options_found(scan, row, reset, given)) {
        if (!scan->lenient)
            options_drop(scan);
        return false;
    }
    if (scan->lenient || *scan->at == '\0')
        return true;
    error_set(scan->error, 0, "%s is not a value for --%s", scan->at, row->name);
    options_drop(scan);
    return false;
}

/** +COMMAND, `scan->at` behind the plus. */
static bool options_plus(struct options_scan *scan)
{
    bool every = *scan->at == '+';
    scan->at += every;
    size_t length = strcspn(scan->at, scan->lenient ? "$" : "");
    struct options *options = scan->options;
    char *keys = options->command_count < OPTIONS_COMMANDS ? strndup(scan->at, length) : NULL;
    if (keys)
        options->command[options->command_count++] = (struct options_command){.keys = keys, .every = every};
    scan->at += length;
    return true;
}

/** One letter, `scan->at` on it. */
static bool options_letter_next(struct options_scan *scan, bool reset)
{
    char letter = *scan->at;
    /* -5 is -z5, as more has it. */
    bool digit = !reset && isdigit((unsigned char)letter) != 0;
    const struct options_row *row = options_row_letter(digit ? 'z' : letter);
    scan->at += !digit;
    if (!row) {
        return error_set(scan->error, 0,
                         isprint((unsigned char)letter) ? "There is no option -%c"
                                                        : "There is no option -<%02X>",
                         (unsigned char)letter);
    }
    return options_found(scan, row, reset, false);
}

/** All of the word at `scan->at`. False and the first sentence when something in it is wrong. */
static bool options_scan_word(struct options_scan *scan, struct error *error)
{
    struct error ignored;
    bool reset = false;
    bool right = true;
    scan->error = error;
    while (*scan->at != '\0') {
        bool fine = true;
        if (options_skipped(scan, *scan->at)) {
            scan->at++;
        } else if (scan->at[0] == '-' && scan->at[1] == '-') {
            scan->at += 2;
            fine = options_long(scan);
        } else if (scan->at[0] == '-') {
            reset = scan->at[1] == '+';
            scan->at += 1 + reset;
        } else if (scan->at[0] == '+') {
            scan->at++;
            fine = options_plus(scan);
        } else {
            fine = options_letter_next(scan, reset);
        }
        if (!fine) {
            right = false;
            scan->error = &ignored;
        }
    }
    scan->error = error;
    return right;
}

/** Is it a view or another file, or a place to go to, as typed behind a colon? */
static bool options_goes(const char *line)
{
    static const char *const word[] = {"n", "p", "x", "hex", "text", "json", "end"};
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        if (strcmp(line, word[i]) == 0)
            return true;
    line += *line == '+' || *line == '-';
    return isdigit((unsigned char)*line) && line[strspn(line, "0123456789abcdefxKMGT.%")] == '\0';
}

/**
 * Do these keys only look: a search, a filter, a movement, a switch of less? Whoever sets the environment is not there
 * to see what they do, so nothing is armed, run or written by them. No control is among them: one could end a prompt,
 * and what is behind it would be keys.
 */
static bool options_looks(const char *keys)
{
    for (const char *at = keys; *at != '\0'; at++)
        if (iscntrl((unsigned char)*at))
            return false;
    if (strchr("/?&", keys[0]))
        return true;
    if (keys[0] == ':')
        return options_goes(keys + 1);
    if (keys[0] == '-' || keys[0] == '_')
        return keys[1] != '\0' && strchr("NnSsiIGJwWRqQeE~", keys[1]) && keys[2] == '\0';
    if (keys[0] == '0' && keys[1] == 'x')
        return options_goes(keys);
    keys += strspn(keys, "0123456789.");
    return keys[0] == '\0' || (strchr("gG<>FpP%dufbjknNrRx", keys[0]) && keys[1] == '\0');
}

/** Of the commands of the environment only those stay that look. */
static void options_forget_commands(struct options *options)
{
    size_t kept = 0;
    for (size_t i = 0; i < options->command_count; i++)
        if (options_looks(options->command[i].keys))
            options->command[kept++] = options->command[i];
        else
            free(options->command[i].keys);
    options->command_count = kept;
}

/** Nothing is changed because of what somebody put in the environment, and no key becomes a byte. */
static void options_forget_pokes(struct options *options, const struct settings *before)
{
    options->settings.write = before->write;
    options->settings.sandbox = before->sandbox;
    buf_release(&options->poke);
    buf_release(&options->expect);
    free(options->patch);
    options->patch = NULL;
    options->once = options->undo = options->redo = options->force = 0;
    options->write_devices = options->write_setuid = 0;
    options->pokes = CLI_POKES_NOT;
}

void options_environment(struct options *options, const char *less)
{
    struct error ignored;
    struct settings before = options->settings;
    struct options_scan scan = {.options = options, .at = less, .lenient = true};
    (void)options_scan_word(&scan, &ignored);
    buf_release(&scan.text);
    /* Only a person who is there can want these. */
    options->help = 0;
    options->version = 0;
    options->print_config = 0;
    options_forget_commands(options);
    options_forget_pokes(options, &before);
}

bool options_arguments(struct options *options, int argc, char **argv, struct error *error)
{
    struct options_scan scan = {.options = options, .next = argv + (argc > 0)};
    struct error other;
    bool only_names = false;
    bool right = true;
    options->path = calloc((size_t)argc + 1, sizeof *options->path);
    if (!options->path)
        return error_system(error, ENOMEM, "folio");
    while (*scan.next) {
        char *word = *scan.next++;
        bool name = only_names || (word[0] != '-' && word[0] != '+') || source_names_stdin(word);
        if (name) {
            options->path[options->path_count++] = word;
        } else if (strcmp(word, "--") == 0) {
            only_names = true;
        } else {
            scan.at = word;
            right = options_scan_word(&scan, right ? error : &other) && right;
        }
    }
    buf_release(&scan.text);
    return right;
}
