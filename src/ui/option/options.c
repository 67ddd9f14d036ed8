/* SPDX-License-Identifier: MIT */
/**
 * ui: the table of options, looking things up in it, and the texts that are made of it. Pure; main thread.
 */
#include "folio/ui/option/options.h"

#include "table.h"

#include "folio/base/glyph/glyph.h"
#include "folio/base/words/nearest.h"
#include "folio/session/core/request.h"
#include "folio/ui/command/manual.h"
#include "folio/ui/terminal/look_less.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What CALL(name) of options.def does. */

static bool options_call_help(struct options *options, const char *value, struct error *error)
{
    (void)value, (void)error;
    options->help = 1;
    return true;
}

static bool options_call_version(struct options *options, const char *value, struct error *error)
{
    (void)value, (void)error;
    options->version = 1;
    return true;
}

/** -p PATTERN is +/PATTERN. */
static bool options_call_pattern(struct options *options, const char *value, struct error *error)
{
    (void)error;
    char *keys;
    if (options->command_count < OPTIONS_COMMANDS && asprintf(&keys, "/%s", value) >= 0)
        options->command[options->command_count++] = (struct options_command){.keys = keys};
    return true;
}

/** Put a copy of `value` in the place of `*text`. */
static bool options_text(char **text, const char *value, struct error *error)
{
    char *copy = strdup(value);
    if (!copy)
        return error_system(error, ENOMEM, "folio");
    free(*text);
    *text = copy;
    return true;
}

static bool options_call_config(struct options *options, const char *value, struct error *error)
{
    return options_text(&options->config, value, error);
}

static const char *const options_color_name[] = {"auto", "always", "never"};

static bool options_call_color(struct options *options, const char *value, struct error *error)
{
    for (int i = 0; i < 3; i++) {
        if (strcmp(value, options_color_name[i]) == 0) {
            options->color = (enum options_color)i;
            return true;
        }
    }
    if (look_less(value, NULL))
        return buf_append(&options->looks, value, strlen(value) + 1) || error_system(error, ENOMEM, "folio");
    return error_set(error, 0, "--color is auto, always or never, not %s", value);
}

/** -Dxcolor is --color=xcolor; older versions of less had other words behind it, which mean nothing here. */
static bool options_call_look(struct options *options, const char *value, struct error *error)
{
    return !look_less(value, NULL) || options_call_color(options, value, error);
}

static bool options_call_mapping(struct options *options, const char *value, struct error *error)
{
    if (strcmp(value, "shared") != 0 && strcmp(value, "private") != 0)
        return error_set(error, 0, "--map is shared or private, not %s", value);
    options->mapping = value[0] == 's' ? MAPPING_SHARED : MAPPING_PRIVATE;
    return true;
}

static bool options_call_advice(struct options *options, const char *value, struct error *error)
{
    return advice_parse(value, &options->advice) ||
           error_set(error, 0, "--advice is auto, normal, sequential or random, not %s", value);
}

/** --poke may be given several times: all bytes of it are one group. */
static bool options_call_poke(struct options *options, const char *value, struct error *error)
{
    return buf_append(&options->poke, value, strlen(value) + 1) || error_system(error, ENOMEM, "folio");
}

static bool options_call_expect(struct options *options, const char *value, struct error *error)
{
    buf_clear(&options->expect);
    return buf_append(&options->expect, value, strlen(value) + 1) || error_system(error, ENOMEM, "folio");
}

static bool options_call_patch(struct options *options, const char *value, struct error *error)
{
    return options_text(&options->patch, value, error);
}

/** The number of an entry of the journal; none is the last. */
static bool options_revert(struct options *options, const char *value, struct error *error)
{
    char *end;
    errno = 0;
    options->undo_id = strtoull(value, &end, 10);
    return (*end == '\0' && errno == 0 && value[0] != '-') ||
           error_set(error, 0, "%s is no entry; --pokes prints their numbers", value);
}

static bool options_call_undo(struct options *options, const char *value, struct error *error)
{
    options->undo = 1;
    return options_revert(options, value, error);
}

static bool options_call_redo(struct options *options, const char *value, struct error *error)
{
    options->redo = 1;
    return options_revert(options, value, error);
}

static bool options_call_pokes(struct options *options, const char *value, struct error *error)
{
    static const char *const word[] = {
        [CLI_POKES_LIST] = "", [CLI_POKES_XXD] = "xxd", [CLI_POKES_BACK] = "xxd-undo"};
    for (int i = CLI_POKES_LIST; i <= CLI_POKES_BACK; i++) {
        if (strcmp(value, word[i]) == 0) {
            options->pokes = (enum cli_pokes)i;
            return true;
        }
    }
    return error_set(error, 0, "--pokes is alone, xxd or xxd-undo, not %s", value);
}

#define SETTING          .action = OPTIONS_SETTING
#define NAMED(name_of)   .action = OPTIONS_NAMED, .setting = name_of
#define IGNORED          .action = OPTIONS_IGNORED
#define REFUSED          .action = OPTIONS_REFUSED
#define CALL(function)   .action = OPTIONS_CALL, .call = options_call_##function
#define ONCE(function)   CALL(function), .once = true
#define ASSIGN(field, v) .action = OPTIONS_ASSIGN, .member = offsetof(struct options, field), .value = (v)
#define START(field, v)  ASSIGN(field, v), .start = true
#define FIXED(field, v)  ASSIGN(field, v), .fixed = true
#define OPTION(option_letter, option_name, option_argument, option_action, text)                             \
    {.letter = (option_letter),                                                                              \
     .word = {(option_letter), '\0'},                                                                        \
     .name = option_name,                                                                                    \
     .argument = option_argument,                                                                            \
     .help = text,                                                                                           \
     option_action},
static const struct options_row options_rows[] = {
#include "folio/ui/option/options.def"
};
#undef OPTION
#undef START
#undef FIXED
#undef ASSIGN
#undef CALL
#undef ONCE
#undef REFUSED
#undef IGNORED
#undef NAMED
#undef SETTING

const struct options_row *options_table(size_t *count)
{
    *count = sizeof options_rows / sizeof options_rows[0];
    return options_rows;
}

void options_init(struct options *options)
{
    *options = (struct options){.settings = settings_default()};
}

void options_release(struct options *options)
{
    for (size_t i = 0; i < options->command_count; i++)
        free(options->command[i].keys);
    free(options->path);
    free(options->config);
    free(options->patch);
    buf_release(&options->poke);
    buf_release(&options->expect);
    buf_release(&options->looks);
    *options = (struct options){0};
}

int *options_member(struct options *options, const struct options_row *row)
{
    return (int *)((char *)options + row->member);
}

bool options_numeric(const struct options_row *row)
{
    return row->argument && strcmp(row->argument, "N") == 0;
}

const struct options_row *options_row_letter(char letter)
{
    size_t count;
    const struct options_row *row = options_table(&count);
    for (size_t i = 0; i < count; i++)
        if (letter != '\0' && row[i].letter == letter)
            return &row[i];
    return NULL;
}

/** "No such option", with the nearest name where one is near. */
static const struct options_row *options_unknown(const char *name, size_t length, struct error *error)
{
    size_t count;
    const struct options_row *row = options_table(&count);
    struct nearest nearest = {.typed = name, .length = length};
    char harmless[64];
    for (size_t i = 0; i < count; i++)
        nearest_offer(&nearest, row[i].name);
    glyph_text(name, length, harmless, sizeof harmless);
    if (nearest.best)
        error_set(error, 0, "There is no option --%s; did you mean --%s?", harmless, nearest.best);
    else
        error_set(error, 0, "There is no option --%s", harmless);
    return NULL;
}

const struct options_row *options_row_name(const char *name, size_t length, struct error *error)
{
    size_t count;
    const struct options_row *row = options_table(&count);
    const struct options_row *found = NULL;
    for (size_t i = 0; length > 0 && i < count; i++) {
        if (strncmp(row[i].name, name, length) != 0)
            continue;
        if (row[i].name[length] == '\0')
            return &row[i];
        if (found) {
            error_set(error, 0, "--%.*s is short for more than one option: --%s, --%s", (int)length, name,
                      found->name, row[i].name);
            /* An exact name may still come; otherwise this is the answer. */
            for (i++; i < count; i++)
                if (strncmp(row[i].name, name, length) == 0 && row[i].name[length] == '\0')
                    return &row[i];
            return NULL;
        }
        found = &row[i];
    }
    return found ? found : options_unknown(name, length, error);
}

const char *options_word(const char *name, struct error *error)
{
    const struct options_row *row = options_row_name(name, strlen(name), error);
    if (!row)
        return NULL;
    const char *word = row->setting ? row->setting : row->word;
    if (word[0] == '\0') {
        error_set(error, 0, "--%s can only be given at the start", row->name);
        return NULL;
    }
    return word;
}

const char *options_row_value(const struct options *options, const struct options_row *row)
{
    if (row->call == options_call_color)
        return options_color_name[options->color];
    if (row->call == options_call_mapping)
        return options->mapping == MAPPING_SHARED ? "shared" : "private";
    return row->call == options_call_advice ? advice_name(options->advice) : NULL;
}

bool options_takes_text(char letter)
{
    const struct options_row *row = options_row_letter(letter);
    return row && row->argument && row->argument[0] != '[';
}

bool options_idle(char letter, char *said, size_t said_size)
{
    const struct options_row *row = options_row_letter(letter);
    if (!row || row->action == OPTIONS_SETTING || (row->action == OPTIONS_ASSIGN && !row->start))
        return false;
    snprintf(said, said_size, "-%c%s", letter,
             row->start                       ? " is about what is done without a screen"
             : row->action == OPTIONS_IGNORED ? " has no effect here"
             : row->action == OPTIONS_REFUSED ? " is not supported"
                                              : " can only be given at the start");
    return true;
}

bool options_turn(struct options *options, char letter, enum options_turn turn, char *said, size_t said_size)
{
    const struct options_row *row = options_row_letter(letter);
    if (!row || row->action != OPTIONS_ASSIGN || row->start)
        return false;
    if (row->fixed && turn != OPTIONS_ASK) {
        snprintf(said, said_size, "-%c can only be given at the start", letter);
        return true;
    }
    int *member = options_member(options, row);
    bool on = *member == row->value;
    if (turn != OPTIONS_ASK)
        *member = on && turn == OPTIONS_SWITCH ? 0 : row->value;
    snprintf(said, said_size, "%s: %s", *member == row->value ? "On" : "Off",
             row->help ? row->help : row->name);
    return true;
}

/** Names in a column of 29; a longer one gets a line of its own. */
void options_help_rows(struct buf *out)
{
    size_t count;
    const struct options_row *row = options_table(&count);
    for (size_t i = 0; i < count; i++) {
        char names[80];
        if (!row[i].help)
            continue;
        const char *argument = row[i].argument ? row[i].argument : "";
        bool optional = argument[0] == '[';
        snprintf(names, sizeof names, "%c%c%s --%s%s%s", row[i].letter != 0 ? '-' : ' ',
                 row[i].letter != 0 ? row[i].letter : ' ', row[i].letter != 0 ? "," : " ", row[i].name,
                 optional           ? "[="
                 : argument[0] != 0 ? "="
                                    : "",
                 argument + optional);
        bool wide = strlen(names) > 29;
        buf_format(out, wide ? "  %s\n%33s%s\n" : "  %-29s  %s\n", names, wide ? "" : row[i].help,
                   row[i].help);
    }
}

void options_help(struct buf *out)
{
    buf_text(out, "Usage: folio [OPTION]... [+COMMAND]... [FILE]...\n"
                  "View files of any size. With no FILE, or where FILE is -, standard input is read.\n\n"
                  "  folio FILE            view it; h shows the keys, q quits\n"
                  "  folio +G FILE         begin at the end (+N: at line N, +F: follow, +/PATTERN: search)\n"
                  "  producer | folio      view what a program writes while it writes\n\n");
    options_help_rows(out);
    buf_text(
        out,
        "\n-+X takes -X back. Before these, ~/.config/folio/config and LESS in the environment are read.\n"
        "The manual: man folio\n");
}

/** =ARGUMENT, in brackets where it may be left out. */
static void options_manual_argument(struct buf *out, const char *argument)
{
    if (argument[0] != '[') {
        buf_format(out, " Ns = Ns Ar %s", argument);
        return;
    }
    buf_text(out, " Ns Oo = Ns Ar ");
    for (argument++; *argument != ']'; argument++)
        manual_word(out, (char[]){*argument, '\0'});
    buf_text(out, " Oc");
}

void options_manual(struct buf *out)
{
    size_t count;
    const struct options_row *row = options_table(&count);
    buf_text(out, ".Bl -tag -width Ds\n");
    for (size_t i = 0; i < count; i++) {
        if (!row[i].help)
            continue;
        buf_text(out, ".It ");
        if (row[i].letter != 0) {
            buf_text(out, "Fl ");
            manual_word(out, (char[]){row[i].letter, '\0'});
            buf_text(out, " , ");
        }
        buf_text(out, "Fl \\-");
        manual_text(out, row[i].name);
        if (row[i].argument)
            options_manual_argument(out, row[i].argument);
        buf_text(out, "\n");
        manual_text(out, row[i].help);
        buf_text(out, ".\n");
    }
    buf_text(out, ".El\n");
}
