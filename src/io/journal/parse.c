/* SPDX-License-Identifier: MIT */
/* io: an entry from the text of a line (src/io/journal/line.c makes it). Any thread. */
#include "line.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define NANOSECONDS INT64_C(1000000000)

/** The value of a hexadecimal digit; -1: it is none. */
static int journal_digit(char digit)
{
    return isdigit((unsigned char)digit)    ? digit - '0'
           : isxdigit((unsigned char)digit) ? tolower((unsigned char)digit) - 'a' + 10
                                            : -1;
}

/** The byte in two digits; -1: there are none. */
static int journal_pair(const char *text)
{
    int high = journal_digit(text[0]);
    int low = high < 0 ? -1 : journal_digit(text[1]);
    return low < 0 ? -1 : high << 4 | low;
}

static uint8_t journal_context(const char *text, uint8_t *byte)
{
    uint8_t count = 0;

    for (int pair; count < JOURNAL_CONTEXT && (pair = journal_pair(text)) >= 0; text += 2)
        byte[count++] = (uint8_t)pair;
    return count;
}

static char *journal_path_read(const char *text)
{
    size_t length = strcspn(text, " ");
    char *path = malloc(length + 1);
    size_t used = 0;

    for (size_t index = 0; path && index < length; index++) {
        bool code = text[index] == '%' && journal_pair(text + index + 1) >= 0;
        path[used++] = code ? (char)journal_pair(text + index + 1) : text[index];
        index += code ? 2 : 0;
    }
    if (path)
        path[used] = '\0';
    return path;
}

/** Seconds of a day of the calendar, counted from March on, for then the day that is sometimes there comes last. */
static int64_t journal_day(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t days = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
    return days * 86400;
}

/** "2026-11-21T07:31:02Z". */
static bool journal_time(const char *text, int64_t *time)
{
    static const char shape[] = "dddd-dd-ddTdd:dd:ddZ";
    int64_t part[6] = {0};
    size_t which = 0;

    for (size_t index = 0; shape[index] != '\0'; index++) {
        if (shape[index] == 'd' ? !isdigit((unsigned char)text[index]) : text[index] != shape[index])
            return false;
        if (shape[index] == 'd')
            part[which] = 10 * part[which] + text[index] - '0';
        else if (which < 5)
            which++;
    }
    *time = journal_day(part[0], part[1], part[2]) + part[3] * 3600 + part[4] * 60 + part[5];
    return true;
}

/** What stands at a fixed place; NULL: the line is none. Else what is behind it. */
static const char *journal_read_head(const char *line, struct journal_entry *entry)
{
    char *end;

    entry->offset = strtoull(line, &end, 16);
    int before = end == line || strncmp(end, ": ", 2) != 0 ? -1 : journal_pair(end + 2);
    int after = before < 0 || strncmp(end + 4, " -> ", 4) != 0 ? -1 : journal_pair(end + 8);
    if (after < 0 || end[10] != ' ' || !journal_time(end + 11, &entry->time))
        return NULL;
    entry->before = (uint8_t)before;
    entry->after = (uint8_t)after;
    return end + 11 + strlen("2026-11-21T07:31:02Z");
}

/** Does the field at `text` have this name? Then `*value` is behind the sign. */
static bool journal_is_field(const char *text, const char *name, const char **value)
{
    size_t length = strlen(name);
    bool is = strncmp(text, name, length) == 0 && text[length] == '=';

    *value = is ? text + length + 1 : *value;
    return is;
}

static void journal_read_birth(const char *value, struct journal_entry *entry)
{
    char *end;
    int64_t seconds = strtoll(value, &end, 10);
    entry->birth_ns = *end == '.' ? seconds * NANOSECONDS + strtoll(end + 1, NULL, 10) : 0;
}

static void journal_read_way(const char *value, enum journal_way way, struct journal_entry *entry)
{
    entry->way = way;
    entry->reverts = strtoull(value, NULL, 10);
}

/** One field; what nobody knows is left alone. */
static void journal_read_field(const char *text, struct journal_entry *entry)
{
    const char *value = NULL;

    if (journal_is_field(text, "left", &value))
        entry->left_count = journal_context(value, entry->left);
    else if (journal_is_field(text, "right", &value))
        entry->right_count = journal_context(value, entry->right);
    else if (journal_is_field(text, "birth", &value))
        journal_read_birth(value, entry);
    else if (journal_is_field(text, "path", &value) && !entry->path)
        entry->path = journal_path_read(value);
    else if (journal_is_field(text, "undoes", &value))
        journal_read_way(value, JOURNAL_UNDO, entry);
    else if (journal_is_field(text, "redoes", &value))
        journal_read_way(value, JOURNAL_REDO, entry);
}

bool journal_line_read(const char *line, struct journal_entry *entry)
{
    static const struct {
        const char *name;
        size_t place;
    } number[] = {{"id", offsetof(struct journal_entry, id)},
                  {"group", offsetof(struct journal_entry, group)},
                  {"size", offsetof(struct journal_entry, size)},
                  {"inode", offsetof(struct journal_entry, inode)},
                  {"system", offsetof(struct journal_entry, system)}};
    const char *text = journal_read_head(line, entry);

    while (text && (text = strchr(text, ' '))) {
        const char *value = NULL;
        size_t which = 0;
        text++;
        while (which < sizeof number / sizeof *number && !journal_is_field(text, number[which].name, &value))
            which++;
        if (value)
            *(uint64_t *)((char *)entry + number[which].place) = strtoull(value, NULL, 10);
        else
            journal_read_field(text, entry);
    }
    return entry->path != NULL;
}
