/* SPDX-License-Identifier: MIT */
/* model: a list of pokes is read (see the header). Pure but for memory; any thread.
 *
 * Each line is brought down to "OFFSET: BYTES", with "-> BYTES" or "# BYTES" behind or not. What a line of ours says of
 * its state decides whether it counts: what was undone, or never stored, is no part of what the file became. */
#include "folio/model/poke/list.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The most bytes of a line's either side. */
#define LIST_ROW 256u
/** The longest line; one of the journal holds a path. */
#define LIST_LINE 16384u

/** A line under way. */
struct list_reader {
    struct poke_list *list;
    const char *name;
    size_t line, room;
    char *path; /**< that lines of the journal are about; NULL: none came */
    struct error *error;
};

static bool list_refuse(struct list_reader *reader, size_t line, const char *why)
{
    return error_set(reader->error, 0, "%s, line %zu: %s", reader->name, line, why);
}

static unsigned list_digit(char digit)
{
    return (unsigned)(isdigit((unsigned char)digit) ? digit - '0' : tolower((unsigned char)digit) - 'a' + 10);
}

static bool list_pair(const char *text)
{
    return isxdigit((unsigned char)text[0]) && isxdigit((unsigned char)text[1]);
}

/** The bytes at `*text`: pairs of digits, a blank between them or not, each with its character or not. */
static size_t list_bytes(const char **text, uint8_t byte[LIST_ROW])
{
    size_t count = 0;
    const char *at = *text;
    while (list_pair(at) && count < LIST_ROW) {
        byte[count++] = (uint8_t)(list_digit(at[0]) << 4 | list_digit(at[1]));
        at += 2;
        if (at[0] == ' ' && at[1] == '\'' && at[2] != '\0' && at[3] == '\'')
            at += 4;
        *text = at;
        at += at[0] == ' ' && list_pair(at + 1);
    }
    return count;
}

static bool list_add(struct list_reader *reader, struct poke_byte byte)
{
    struct poke_list *list = reader->list;
    if (list->count == POKE_LIST_MAX)
        return list_refuse(reader, reader->line, "more bytes than can be changed at once");
    if (list->count == reader->room) {
        size_t room = reader->room * 2 + 64;
        struct poke_byte *bytes = realloc(list->byte, room * sizeof *bytes);
        list->byte = bytes ? bytes : list->byte;
        size_t *line = realloc(list->line, room * sizeof *line);
        list->line = line ? line : list->line;
        if (!bytes || !line)
            return error_set(reader->error, 0, "%s: out of memory", reader->name);
        reader->room = room;
    }
    list->line[list->count] = reader->line;
    list->byte[list->count++] = byte;
    return true;
}

/** "OFFSET: BYTES", and what may be behind. */
static bool list_plain(struct list_reader *reader, const char *text)
{
    uint8_t first[LIST_ROW], second[LIST_ROW];
    const char *digits = text + (text[0] == '0' && (text[1] == 'x' || text[1] == 'X') ? 2 : 0);
    char *end;
    uint64_t offset = strtoull(digits, &end, 16);
    const char *at = end + 1;
    if (!isxdigit((unsigned char)digits[0]) || *end != ':' || end - digits > 16 || offset > INT64_MAX)
        return list_refuse(reader, reader->line, "no line of a list of pokes, such as 0x1f3a0: 41 -> 5a");
    at += strspn(at, " ");
    size_t count = list_bytes(&at, first), others = 0;
    const char *sign = at + strspn(at, " ");
    bool arrow = strncmp(sign, "-> ", 3) == 0, remark = strncmp(sign, "# ", 2) == 0;
    if (arrow || remark) {
        at = sign + (arrow ? 3 : 2);
        others = list_bytes(&at, second);
    }
    if (count == 0 || ((arrow || remark) && others != count))
        return list_refuse(reader, reader->line,
                           "as many new bytes as old ones are needed, in pairs of digits");
    /* Behind its bytes xxd has the characters, set off; folio has what became of them. */
    if (*at != '\0' && strncmp(at, " written", 8) != 0 && (arrow || remark || strncmp(at, "  ", 2) != 0))
        return list_refuse(reader, reader->line, "something else stands behind the bytes");
    for (size_t i = 0; i < count; i++) {
        struct poke_byte byte = {.offset = offset + i, .expected = POKE_ANY, .value = first[i], .mask = 0xff};
        if (arrow)
            byte.expected = first[i];
        if (remark)
            byte.expected = second[i];
        byte.value = arrow ? second[i] : first[i];
        if (!list_add(reader, byte))
            return false;
    }
    return true;
}

/** A line of the journal, behind its state. All must be about one file. */
static bool list_journal(struct list_reader *reader, const char *state, char *text)
{
    char *path = strstr(text, " path="), *blank = path ? strchr(path + 1, ' ') : NULL;
    bool stands = strcmp(state, "done") == 0 || strcmp(state, "failed") == 0;
    if (blank)
        *blank = '\0';
    if (path && !reader->path)
        reader->path = strdup(path);
    if (path && reader->path && strcmp(path, reader->path) != 0)
        return list_refuse(reader, reader->line, "it is about another file than the lines before");
    if (strcmp(state, "intent") == 0)
        return list_refuse(reader, reader->line,
                           "it does not tell whether the byte was stored; folio --pokes does");
    if (!stands || strstr(text, " undoes=") || strstr(text, " redoes="))
        return true;
    char *when = strstr(text, " -> ");
    if (when && strlen(when) > 6)
        when[6] = '\0';
    return list_plain(reader, text);
}

/** A line as --pokes prints it, from its offset on. */
static bool list_printed(struct list_reader *reader, char *text)
{
    bool moved = strstr(text, " (undo of ") || strstr(text, " (redo of ");
    char *state = strstr(text, "  ");
    char *with = strstr(text, " (with ");
    if (!state)
        return list_refuse(reader, reader->line, "it does not tell what became of the byte");
    *state = '\0';
    state += 2;
    if (with)
        *with = '\0';
    bool stands = strncmp(state, "done", 4) == 0 || strncmp(state, "NOT saved", 9) == 0 ||
                  strncmp(state, "unfinished: it was stored", 25) == 0;
    return moved || !stands || list_plain(reader, text);
}

/** One line, without its newline. It is written into. */
static bool list_line(struct list_reader *reader, char *text)
{
    static const char *const word[] = {"intent", "done", "refused", "failed", "lost", "undone"};
    char *end = text + strlen(text);
    while (end > text && isspace((unsigned char)end[-1]))
        *--end = '\0';
    text += strspn(text, " \t");
    if (*text == '\0' || *text == '#')
        return true;
    for (size_t i = 0; i < sizeof word / sizeof *word; i++) {
        size_t length = strlen(word[i]),
               blanks = strspn(text + length * (strncmp(text, word[i], length) == 0), " ");
        if (strncmp(text, word[i], length) == 0 && blanks > 0)
            return list_journal(reader, word[i], text + length + blanks);
    }
    unsigned long long id;
    int place = 0;
    if (sscanf(text, "%llu  %*4[0-9]-%*2[0-9]-%*2[0-9] %*2[0-9]:%*2[0-9]:%*2[0-9]  %n", &id, &place) == 1 &&
        place)
        return list_printed(reader, text + place);
    return list_plain(reader, text);
}

/** Where in the list, and which byte of the file. */
struct list_order {
    uint64_t offset;
    size_t index;
};

static int list_compare(const void *left, const void *right)
{
    const struct list_order *a = left, *b = right;
    if (a->offset != b->offset)
        return a->offset < b->offset ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

/** Bring the bytes in order, and make one of those that are about the same place. */
static bool list_fold(struct list_reader *reader)
{
    struct poke_list *list = reader->list, folded = {0};
    struct list_order *order = calloc(list->count + 1, sizeof *order);
    bool fine = true;
    if (!order)
        return error_set(reader->error, 0, "%s: out of memory", reader->name);
    for (size_t i = 0; i < list->count; i++)
        order[i] = (struct list_order){list->byte[i].offset, i};
    qsort(order, list->count, sizeof *order, list_compare);
    struct list_reader into = {.list = &folded, .name = reader->name, .error = reader->error};
    for (size_t i = 0; fine && i < list->count; i++) {
        const struct poke_byte *byte = &list->byte[order[i].index];
        struct poke_byte *last = folded.count ? &folded.byte[folded.count - 1] : NULL;
        into.line = list->line[order[i].index];
        if (!last || last->offset != byte->offset)
            fine = list_add(&into, *byte);
        else if (byte->expected != POKE_ANY && byte->expected != last->value)
            fine = list_refuse(&into, into.line, "it expects another byte than the line before makes of it");
        else
            last->value = byte->value;
    }
    free(order);
    poke_list_release(list);
    *list = folded;
    return fine;
}

bool poke_list_parse(const char *name, struct span text, struct poke_list *list, struct error *error)
{
    struct list_reader reader = {.list = list, .name = name, .error = error};
    char *line = malloc(LIST_LINE);
    *list = (struct poke_list){0};
    bool fine = true;
    if (!line)
        return error_set(error, 0, "%s: out of memory", name);
    for (size_t at = 0; fine && at < text.length;) {
        const char *end = memchr(text.data + at, '\n', text.length - at);
        size_t length = end ? (size_t)(end - text.data) - at : text.length - at;
        reader.line++;
        fine = (length < LIST_LINE && !memchr(text.data + at, '\0', length)) ||
               list_refuse(&reader, reader.line, "no line of a list of pokes");
        if (fine) {
            memcpy(line, text.data + at, length);
            line[length] = '\0';
            fine = list_line(&reader, line);
        }
        at += length + 1;
    }
    fine = fine && list_fold(&reader);
    if (fine && list->count == 0)
        fine = error_set(error, 0, "%s holds no poke", name);
    if (!fine)
        poke_list_release(list);
    free(reader.path);
    free(line);
    return fine;
}

void poke_list_release(struct poke_list *list)
{
    free(list->byte);
    free(list->line);
    *list = (struct poke_list){0};
}
