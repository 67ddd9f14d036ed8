/* SPDX-License-Identifier: MIT */
/* model: a line of a list of pokes (see list.h). Pure but for memory; any thread.
 *
 * Each line is brought down to "OFFSET: BYTES", with "-> BYTES" or "# BYTES" behind or not. What a line of ours says of
 * its state decides whether it counts: what was undone, or never stored, is no part of what the file became.
 *
 * The characters of a row of xxd may look like either sign. They stand behind two blanks and are never more than the
 * bytes, and the signs with as many bytes behind them always are. */
#include "inside.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/** The sign behind the bytes, where `text` is one and not characters of as many bytes; its length, 0: none. */
static size_t list_sign(const char *text, size_t count)
{
    size_t blanks = strspn(text, " ");
    const char *sign = text + blanks;
    size_t length = strncmp(sign, "-> ", 3) == 0 ? 3 : strncmp(sign, "# ", 2) == 0 ? 2 : 0;
    return length == 0 || (blanks >= 2 && strlen(sign) <= count) ? 0 : blanks + length;
}

/** "OFFSET:" at `*text`, which is moved behind it and the blanks there. */
static bool list_offset(const char **text, uint64_t *offset)
{
    const char *digits = *text + ((*text)[0] == '0' && ((*text)[1] == 'x' || (*text)[1] == 'X') ? 2 : 0);
    char *end;
    *offset = strtoull(digits, &end, 16);
    *text = end + 1;
    if (!isxdigit((unsigned char)digits[0]) || *end != ':' || end - digits > 16 || *offset > INT64_MAX)
        return false;
    *text += strspn(*text, " ");
    return true;
}

/** A line that is none: why, as far as that can be told. */
static bool list_wrong(struct list_reader *reader, const char *why)
{
    const char *against = xxd_against(&reader->signs);
    return poke_list_refuse(reader, reader->line, against ? against : why);
}

/** "OFFSET: BYTES", and what may be behind. */
static bool list_plain(struct list_reader *reader, const char *text)
{
    uint8_t first[LIST_ROW], second[LIST_ROW];
    uint64_t offset;
    const char *at = text, *other = xxd_without_offset(text);
    if (!list_offset(&at, &offset))
        return list_wrong(reader, other ? other : "no line of a list of pokes, such as 0x1f3a0: 41 -> 5a");
    size_t count = list_bytes(&at, first), others = 0, sign = list_sign(at, count);
    bool arrow = sign > 0 && at[sign - 2] == '>';
    if (sign > 0) {
        at += sign;
        others = list_bytes(&at, second);
    }
    if (count == 0 || (sign > 0 && others != count))
        return list_wrong(reader, "as many new bytes as old ones are needed, in pairs of digits");
    /* Behind its bytes xxd has the characters, set off; folio has what became of them. */
    if (*at != '\0' && strncmp(at, " written", 8) != 0 && (sign > 0 || strncmp(at, "  ", 2) != 0))
        return list_wrong(reader, "something else stands behind the bytes");
    if (arrow)
        return poke_list_row(reader, offset, first, second, count);
    return poke_list_row(reader, offset, sign > 0 ? second : NULL, first, count);
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
        return poke_list_refuse(reader, reader->line, "it is about another file than the lines before");
    if (strcmp(state, "intent") == 0)
        return poke_list_refuse(reader, reader->line,
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
        return poke_list_refuse(reader, reader->line, "it does not tell what became of the byte");
    *state = '\0';
    state += 2;
    if (with)
        *with = '\0';
    bool stands = strncmp(state, "done", 4) == 0 || strncmp(state, "NOT saved", 9) == 0 ||
                  strncmp(state, "unfinished: it was stored", 25) == 0;
    return moved || !stands || list_plain(reader, text);
}

bool poke_list_line(struct list_reader *reader, char *text)
{
    static const char *const word[] = {"intent", "done", "refused", "failed", "lost", "undone"};
    text[strcspn(text, "\r")] = '\0';
    xxd_look(&reader->signs, text);
    char *end = text + strlen(text);
    while (end > text && isspace((unsigned char)end[-1]))
        *--end = '\0';
    text += strspn(text, " \t");
    if (*text == '\0' || *text == '#' || strcmp(text, "*") == 0)
        return true;
    for (size_t i = 0; i < sizeof word / sizeof *word; i++) {
        size_t length = strlen(word[i]);
        if (strncmp(text, word[i], length) == 0 && text[length] == ' ')
            return list_journal(reader, word[i], text + length + strspn(text + length, " "));
    }
    unsigned long long id;
    int place = 0;
    if (sscanf(text, "%llu  %*4[0-9]-%*2[0-9]-%*2[0-9] %*2[0-9]:%*2[0-9]:%*2[0-9]  %n", &id, &place) == 1 &&
        place)
        return list_printed(reader, text + place);
    return list_plain(reader, text);
}
