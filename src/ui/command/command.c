/* SPDX-License-Identifier: MIT */
/**
 * ui: commands.def as a table, what is typed behind `:`, and the texts that are made of the table. Pure; any
 * thread.
 */
#include "folio/ui/command/command.h"

#include "folio/base/glyph/glyph.h"
#include "folio/base/words/nearest.h"
#include "folio/base/words/reckon.h"
#include "folio/model/json/place.h"
#include "folio/model/json/step.h"
#include "folio/session/core/request.h"
#include "folio/ui/command/manual.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SESSION(session_verb, value) .verb = REQUEST_##session_verb, .amount = (value)
#define UI(function, value)          .verb = COMMAND_BY_UI, .amount = (value)
/* Two steps, so that SESSION and UI are replaced by their members before the row is made. */
#define COMMAND(id, key_list, colon_name, actor, kind, section, text, ...)                                   \
    [COMMAND_##id] = {.word = #id,                                                                           \
                      .keys = key_list,                                                                      \
                      .name = colon_name,                                                                    \
                      actor,                                                                                 \
                      .argument = ARGUMENT_##kind,                                                           \
                      .group = GROUP_##section,                                                              \
                      .help = text,                                                                          \
                      __VA_ARGS__},
static const struct command command_table[COMMAND_COUNT] = {
#include "folio/ui/command/commands.def"
};
#undef COMMAND
#undef UI
#undef SESSION

static const char *const command_section[GROUP_COUNT] = {
    [GROUP_MOVE] = "Moving",
    [GROUP_JUMP] = "Jumping",
    [GROUP_SEARCH] = "Searching",
    [GROUP_BYTES] = "Bytes",
    [GROUP_TREE] = "The tree of a JSON file",
    [GROUP_FILE] = "Files",
    [GROUP_OTHER] = "Other",
};

const struct command *command_row(enum command_id id)
{
    return &command_table[id];
}

/** A real name, that is, not the form of an argument. */
static bool command_named(const struct command *command)
{
    return command->name && islower((unsigned char)command->name[0]);
}

const char *command_name(size_t number)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (command_named(&command_table[i]) && number-- == 0)
            return command_table[i].name;
    return NULL;
}

/** Names that fingers know from vim and less, besides our own. They are not offered by Tab. */
static const struct {
    const char *name;
    enum command_id id;
} command_alias[] = {
    {"w", COMMAND_WRITE},
    {"quit", COMMAND_QUIT},
    {"q!", COMMAND_QUIT},
    {"quit!", COMMAND_QUIT},
    {"qa", COMMAND_QUIT},
    {"qa!", COMMAND_QUIT},
    {"qall", COMMAND_QUIT},
    {"e!", COMMAND_RELOAD},
    {"edit", COMMAND_EXAMINE},
    {"examine", COMMAND_EXAMINE},
    {"bn", COMMAND_FILE_NEXT},
    {"bnext", COMMAND_FILE_NEXT},
    {"bp", COMMAND_FILE_PREVIOUS},
    {"bprevious", COMMAND_FILE_PREVIOUS},
    {"bd", COMMAND_FILE_DROP},
    {"bdelete", COMMAND_FILE_DROP},
    {"file", COMMAND_INFO},
    {"h", COMMAND_HELP},
    {"se", COMMAND_SET},
    {"u", COMMAND_UNDO},
    {"red", COMMAND_REDO},
    {"noh", COMMAND_SEARCH_MARKS},
    {"nohlsearch", COMMAND_SEARCH_MARKS},
};

#define COMMAND_ALIASES (sizeof command_alias / sizeof *command_alias)

/** Exact names only: an abbreviation of today would be another command tomorrow. */
static bool command_find(const char *name, size_t length, enum command_id *id)
{
    for (size_t i = 0; i < COMMAND_ALIASES; i++)
        if (strlen(command_alias[i].name) == length && memcmp(command_alias[i].name, name, length) == 0) {
            *id = command_alias[i].id;
            return true;
        }
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (command_named(&command_table[i]) && strlen(command_table[i].name) == length &&
            memcmp(command_table[i].name, name, length) == 0) {
            *id = (enum command_id)i;
            return true;
        }
    }
    return false;
}

enum command_argument command_line_argument(const char *text, size_t *begin)
{
    enum command_id id;
    size_t skipped = strspn(text, " ");
    size_t length = strcspn(text + skipped, " ");
    *begin = 0;
    if (text[skipped + length] == '\0' || !command_find(text + skipped, length, &id))
        return ARGUMENT_NONE;
    *begin = skipped + length + strspn(text + skipped + length, " ");
    if (command_table[id].argument != ARGUMENT_RANGE)
        return command_table[id].argument;
    size_t range = strcspn(text + *begin, " ");
    *begin += text[*begin + range] == ' ' ? range + strspn(text + *begin + range, " ") : 0;
    return ARGUMENT_FILE;
}

/** The sentence for a `:` line that means nothing. */
static bool command_unknown(const char *text, struct error *error)
{
    char harmless[128];
    struct nearest nearest = {.typed = text, .length = strcspn(text, " ")};
    /* A letter or two are near to everything. */
    for (size_t i = 0; nearest.length > 2 && islower((unsigned char)text[0]) && command_name(i); i++)
        if (strlen(command_name(i)) > 2)
            nearest_offer(&nearest, command_name(i));
    glyph_text(text, strlen(text), harmless, sizeof harmless);
    if (nearest.best)
        return error_set(error, 0, "No such command: %s; did you mean :%s?", harmless, nearest.best);
    return error_set(error, 0, "No such command: %s (:help lists them)", harmless);
}

/** The power of two that a suffix multiplies by, -1 where it is none. */
static int command_suffix(const char *suffix)
{
    static const char letter[] = "bKMGT";
    if (suffix[0] == '\0' || suffix[1] != '\0' || !strchr(letter, suffix[0]))
        return -1;
    return 10 * (int)(strchr(letter, suffix[0]) - letter);
}

/** Up to three decimals behind a point, as thousandths; `*end` is moved behind all of them. */
static uint32_t command_decimals(const char **end)
{
    uint32_t fraction = 0;
    uint32_t unit = 100;
    if (**end != '.')
        return 0;
    for (++*end; isdigit((unsigned char)**end); ++*end) {
        fraction += (uint32_t)(**end - '0') * unit;
        unit /= 10;
    }
    return fraction;
}

/** A `:` line that starts with a digit or a sign. */
static bool command_number(const char *text, struct invocation *invocation, struct error *error)
{
    bool relative = text[0] == '+' || text[0] == '-';
    const char *digits = text + relative;
    bool hex = digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X');
    const char *first = digits + 2 * hex;
    char *stop;
    errno = 0;
    unsigned long long value = strtoull(first, &stop, hex ? 16 : 10);
    const char *end = stop;
    if (!isxdigit((unsigned char)first[0]) || end == first)
        return command_unknown(text, error);
    int shift = command_suffix(end);
    if (errno == ERANGE || value > (unsigned long long)INT64_MAX >> (shift > 0 ? shift : 0))
        return error_set(error, ERANGE, "The number is too large: %s", text);
    invocation->counted = true;
    invocation->count = (int64_t)(value << (shift > 0 ? shift : 0));
    if (relative) {
        invocation->id = COMMAND_RELATIVE;
        invocation->count *= text[0] == '-' ? -1 : 1;
    } else if (hex || shift >= 0) {
        invocation->id = COMMAND_BYTE;
    } else {
        invocation->fraction = command_decimals(&end);
        invocation->id = *end == '%' ? COMMAND_PERCENT : COMMAND_LINE;
        end += *end == '%';
        if (invocation->id == COMMAND_LINE && end != stop)
            return command_unknown(text, error);
    }
    return shift >= 0 || *end == '\0' || command_unknown(text, error);
}

/** Take the marks off that stand in front of a command. */
static const char *command_marks(const char *text, struct invocation *invocation)
{
    bool marks = text[0] == '\'' && text[1] != '\0' && text[2] == ',' && text[3] == '\'' && text[4] != '\0';
    if (!marks)
        return text;
    invocation->from = text[1];
    invocation->to = text[4];
    return text + 5 + strspn(text + 5, " ");
}

/** Anything else that is a place: an expression. */
static bool command_place(const char *text, struct invocation *invocation, struct error *error)
{
    bool sign_only = text[strspn(text, "+- ")] == '\0';
    enum reckon_result result = sign_only ? RECKON_UNKNOWN : reckon_check(text, error);
    *invocation = (struct invocation){.id = COMMAND_PLACE, .text = text};
    return result == RECKON_OK || (result == RECKON_UNKNOWN && command_unknown(text, error));
}

/** A path of a JSON file; `.` alone, and with a sign or blanks behind it, is the byte that keys are about. */
static bool command_path(const char *text, struct invocation *invocation, struct error *error)
{
    *invocation = (struct invocation){.id = COMMAND_JSON_PLACE, .text = text};
    struct error wrong;
    if (json_place_check(text, &wrong))
        return true;
    char harmless[sizeof wrong.message];
    glyph_text(wrong.message, strlen(wrong.message), harmless, sizeof harmless);
    return error_set(error, 0, "%s", harmless);
}

bool command_is_path(const char *text)
{
    unsigned char next = text[0] == '.' ? (unsigned char)text[1] : 0;
    bool bracket = text[0] == '[' && (text[1] == '"' || text[1] == '-' || isdigit((unsigned char)text[1]));
    return bracket || isalpha(next) || next >= 0x80 || (next && strchr("_[\"", next));
}

/** Can no command begin like this, but an expression? `end` is both. */
static bool command_is_place(const char *text)
{
    struct error ignored;
    bool end = strncmp(text, "end", 3) == 0 && text[3] != '\0' && !isalnum((unsigned char)text[3]);
    return (text[0] != '\0' && strchr(".@('", text[0]) != NULL) ||
           (end && (text[3] != ' ' || reckon_check(text, &ignored) == RECKON_OK));
}

bool command_parse(const char *text, struct invocation *invocation, struct error *error)
{
    *invocation = (struct invocation){.text = ""};
    text = command_marks(text + strspn(text, " "), invocation);
    if (isdigit((unsigned char)text[0]) || text[0] == '+' || text[0] == '-') {
        return command_number(text, invocation, error) ||
               (error->code != ERANGE && command_place(text, invocation, error));
    }
    /* A path that was copied begins with the point that @ has written already. */
    text += text[0] == '.' && text[1] == '.' && command_is_path(text + 1);
    if (invocation->from == '\0' && command_is_path(text))
        return command_path(text, invocation, error);
    if (invocation->from == '\0' && command_is_place(text))
        return command_place(text, invocation, error);
    size_t length = strcspn(text, " ");
    if (!command_find(text, length, &invocation->id))
        return command_unknown(text, error);
    if (invocation->from != '\0' && invocation->id != COMMAND_WRITE)
        return error_set(error, 0, ":%s takes no marks in front of it", command_table[invocation->id].name);
    invocation->text = text + length + strspn(text + length, " ");
    if (invocation->text[0] != '\0' && command_table[invocation->id].argument == ARGUMENT_NONE)
        return error_set(error, 0, ":%s takes nothing behind it", command_table[invocation->id].name);
    return true;
}

/** A word of the configuration, of which hyphens and small letters are only how it is written. */
static void command_word(const struct command *command, char out[40])
{
    size_t i = 0;
    for (; command->word[i] != '\0' && i < 39; i++)
        out[i] = command->word[i] == '_' ? '-' : (char)tolower((unsigned char)command->word[i]);
    out[i] = '\0';
}

/** The command with this word; the nearest one is offered where there is none. */
static bool command_find_word(const char *text, size_t length, enum command_id *id, struct error *error)
{
    char word[40];
    char near[40] = "";
    char harmless[128];
    struct nearest nearest = {.typed = text, .length = length};
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        command_word(&command_table[i], word);
        if (strlen(word) == length && memcmp(word, text, length) == 0) {
            *id = (enum command_id)i;
            return true;
        }
        unsigned before = nearest.distance;
        bool first = !nearest.best;
        nearest_offer(&nearest, word);
        if (nearest.best && (first || nearest.distance != before))
            memcpy(near, word, sizeof near);
    }
    glyph_text(text, length, harmless, sizeof harmless);
    if (near[0] != '\0')
        return error_set(error, 0, "there is no command %s; did you mean %s?", harmless, near);
    return error_set(error, 0, "there is no command %s; folio --print-config lists them", harmless);
}

/** What stands behind a word must be what its command takes. */
static bool command_given(struct invocation *invocation, const char *word, const char *text,
                          struct error *error)
{
    int length = (int)strcspn(word, " ");
    switch (command_table[invocation->id].argument) {
    case ARGUMENT_NONE:
        return text[0] == '\0' || error_set(error, 0, "%.*s takes nothing behind it", length, word);
    case ARGUMENT_LETTER:
        if (text[0] != '\0' && text[1] != '\0')
            return error_set(error, 0, "%.*s takes one letter behind it", length, word);
        invocation->letter = (unsigned char)text[0];
        break;
    case ARGUMENT_FILE:
    case ARGUMENT_RANGE:
    case ARGUMENT_SETTING:
    case ARGUMENT_TEXT:
        break;
    }
    invocation->text = text[0] != '\0' ? text : NULL;
    return true;
}

bool command_parse_word(const char *text, struct invocation *invocation, struct error *error)
{
    *invocation = (struct invocation){0};
    text += strspn(text, " ");
    if (text[0] == ':') {
        enum command_id id;
        const char *name = text + 1 + strspn(text + 1, " ");
        struct error ignored;
        /* :quit is what everybody writes. */
        if (command_find_word(name, strlen(name), &id, &ignored)) {
            invocation->id = id;
            return true;
        }
        return command_parse(name, invocation, error);
    }
    size_t digits = strspn(text, "0123456789");
    if (digits > 0 && text[digits] == ' ') {
        errno = 0;
        invocation->counted = true;
        invocation->count = strtoll(text, NULL, 10);
        text += digits + strspn(text + digits, " ");
    }
    size_t length = strcspn(text, " ");
    if (!command_find_word(text, length, &invocation->id, error))
        return false;
    return command_given(invocation, text, text + length + strspn(text + length, " "), error);
}

void command_spell(const struct invocation *invocation, struct buf *out)
{
    char word[40];
    const struct command *command = &command_table[invocation->id];
    command_word(command, word);
    if (invocation->counted && invocation->id == COMMAND_RELATIVE) {
        buf_format(out, ":%+lld", (long long)invocation->count);
        return;
    }
    if (invocation->counted && invocation->id == COMMAND_BYTE) {
        buf_format(out, ":0x%llx", (unsigned long long)invocation->count);
        return;
    }
    if (invocation->counted && invocation->id == COMMAND_PERCENT) {
        buf_format(out, ":%lld.%03u%%", (long long)invocation->count, invocation->fraction);
        return;
    }
    if (invocation->counted)
        buf_format(out, "%lld ", (long long)invocation->count);
    buf_text(out, word);
    if (invocation->text && invocation->text[0] != '\0')
        buf_format(out, " %s", invocation->text);
}

/** The keys of a row, and its `:` forms where they are not among them, each given to `put`. */
static void command_each_key(const struct command *command, void (*put)(struct buf *out, const char *key),
                             struct buf *out)
{
    char key[32];
    for (const char *at = command->keys; *at != '\0'; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        snprintf(key, sizeof key, "%.*s", (int)length, at);
        put(out, key);
        at += length;
    }
    for (const char *at = command->name ? command->name : ""; *at != '\0'; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        snprintf(key, sizeof key, ":%.*s", (int)length, at);
        if (!strstr(command->keys, key))
            put(out, key);
        at += length;
    }
}

static void command_help_key(struct buf *out, const char *key)
{
    buf_format(out, "%s ", key);
}

/** Keys in a column of their own, then what they do. */
static void command_help_row(struct buf *out, const struct command *command)
{
    size_t begin = out->length;
    buf_text(out, "  ");
    command_each_key(command, command_help_key, out);
    size_t used = out->length - begin;
    /* Keys that do not fit their column get a line of their own. */
    if (used > 26)
        buf_format(out, "\n%26s", "");
    else
        buf_format(out, "%*s", (int)(26 - used), "");
    buf_format(out, "%s\n", command->help);
}

void command_help(struct buf *out)
{
    buf_text(out, "folio: the keys\n\n"
                  "  q leaves this help. A number N typed before a key is its count.\n"
                  "  ^X is Control and X, ESC-x is Esc and then x (or Alt and x).\n");
    for (int group = 0; group < GROUP_COUNT; group++) {
        buf_format(out, "\n%s\n\n", command_section[group]);
        for (size_t i = 0; i < COMMAND_COUNT; i++)
            if ((int)command_table[i].group == group)
                command_help_row(out, &command_table[i]);
    }
    buf_text(out, "\nBefore a pattern (several together)\n\n"
                  "  ! ^N                    Lines that do not match\n"
                  "  * ^E                    Goes on in the other files\n"
                  "  @ ^F                    Begins in the first file, backward in the last\n"
                  "  ^K                      Highlights, and stays\n"
                  "  ^R                      No character is special\n"
                  "  ^W                      Goes on at the other end of the file\n"
                  "  ^S N                    Highlights only what the N-th parentheses match\n");
    buf_text(out, "\nA pattern where bytes are shown\n\n"
                  "  41 4? ?? deadbeef       Bytes; ? is any digit\n"
                  "  \"JFIF\" 00               Text between quotes is its bytes\n"
                  "  All else is text, as with ^R, and among the characters what has no quotes.\n");
    buf_text(out, "\nIn the name of a file\n\n"
                  "  ~ ~user $VAR ${VAR}     As in the shell; nothing is run\n"
                  "  % #                     The file that is shown, the one before it\n"
                  "  * ? [a-z]               Files that match: one, but :e takes them all\n"
                  "  \\                       The sign behind it means nothing; so do %% and ##\n");
    buf_text(out, "\nOptions are told by folio --help, everything by man folio.\n");
}

static void command_manual_key(struct buf *out, const char *key)
{
    buf_text(out, out->data[out->length - 1] == '\n' ? ".It Ic " : " , ");
    manual_word(out, key);
}

void command_manual(struct buf *out)
{
    for (int group = 0; group < GROUP_COUNT; group++) {
        buf_format(out, ".Ss %s\n.Bl -tag -width Ds\n", command_section[group]);
        for (size_t i = 0; i < COMMAND_COUNT; i++) {
            if ((int)command_table[i].group == group) {
                command_each_key(&command_table[i], command_manual_key, out);
                buf_text(out, "\n");
                manual_text(out, command_table[i].help);
                buf_text(out, ".\n");
            }
        }
        buf_text(out, ".El\n");
    }
}
