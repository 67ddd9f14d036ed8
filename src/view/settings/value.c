/* SPDX-License-Identifier: MIT */
/*
 * view: the values of settings, read and written. Pure but for the search of an encoding; any thread.
 *
 * A value is a number, one of a few names, a list of tab stops, the two sizes of a header, or an encoding. Only two
 * kinds of number know more than that: the target and the shift, which may be a share of the screen, and the window, which
 * less counts with the status row.
 */
#include "inside.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/** The widest header, in columns. */
#define HEADER_COLUMNS_MAX 10000
/** No header begins so far down. */
#define HEADER_FIRST_MAX 1000000000

/** Read ".5": digits after the point, as hundredths; what follows the second is below a hundredth. */
static bool settings_share(const char *text, int *percent)
{
    size_t digits = strspn(text + 1, "0123456789");
    if (digits == 0 || text[1 + digits] != '\0')
        return false;
    *percent = (text[1] - '0') * 10 + (digits > 1 ? text[2] - '0' : 0);
    return true;
}

/** One number of `text`, up to its end or a comma, which is passed over. */
static bool settings_digits(const struct setting *row, const char **text, int low, int high, int *value,
                            struct error *error)
{
    char *end;
    errno = 0;
    long number = strtol(*text, &end, 10);
    bool listed = *end == ',' && row->kind != SETTING_NUMBER;
    if (end == *text || (*end != '\0' && !listed) || isspace((unsigned char)(*text)[0]))
        return error_set(error, 0, "%s is not a number for %s", *text, row->name);
    if (errno != 0 || number < low || number > high)
        return error_set(error, 0, "%s must be from %d to %d", row->name, low, high);
    *value = (int)number;
    *text = end + listed;
    return true;
}

/** Where the share of the screen is kept that may stand in place of the number; -1: none does. */
static int *settings_percent(struct settings *settings, const struct setting *row)
{
    return row->offset == AT(target) ? &settings->target_percent : &settings->shift_percent;
}

static bool settings_number(struct settings *settings, const struct setting *row, const char *text,
                            struct error *error)
{
    int number = 0;
    if (row->kind == SETTING_SHARE && text[0] == '.' && settings_share(text, &number)) {
        *settings_percent(settings, row) = number;
        return true;
    }
    if (!settings_digits(row, &text, row->low, row->high, &number, error))
        return false;
    if (row->kind == SETTING_SHARE)
        *settings_percent(settings, row) = -1;
    if (row->offset == AT(target) && number == 0)
        number = 1; /* less: there is no row 0, the first is meant. */
    if (row->offset == AT(window) && number < 0)
        number++;
    *settings_value(settings, row) = number;
    return true;
}

/** The names as a sentence has them: "off, on or carry". */
static void settings_names(const struct setting *row, char *out, size_t capacity)
{
    size_t at = 0;
    out[0] = '\0';
    for (int i = row->low; i <= row->high && at < capacity; i++) {
        const char *between = i == row->low ? "" : i == row->high ? " or " : ", ";
        at += (size_t)snprintf(out + at, capacity - at, "%s%s", between, row->names[i - row->low]);
    }
}

static bool settings_named(struct settings *settings, const struct setting *row, const char *text,
                           struct error *error)
{
    char names[128];
    for (int i = row->low; i <= row->high; i++) {
        if (strcmp(row->names[i - row->low], text) == 0) {
            *settings_value(settings, row) = i;
            return true;
        }
    }
    settings_names(row, names, sizeof names);
    return error_set(error, 0, "%s is not a value for %s: %s", text, row->name, names);
}

/** One number is the distance of all stops; of several, that of the last two goes on. */
static bool settings_stops(struct settings *settings, const struct setting *row, const char *text,
                           struct error *error)
{
    int stop[GLYPH_STOP_MAX] = {0}, count = 0, before = 0;
    do {
        if (count == GLYPH_STOP_MAX)
            return error_set(error, 0, "%s has at most %d stops", row->name, GLYPH_STOP_MAX);
        if (!settings_digits(row, &text, count ? 1 : row->low, count ? 10000 : row->high, &stop[count],
                             error))
            return false;
        if (count && (stop[count] <= stop[count - 1] || stop[count] - stop[count - 1] > row->high))
            return error_set(error, 0, "%s must ascend, by %d at most", row->name, row->high);
        before = count ? stop[count - 1] : 0;
        count++;
    } while (*text != '\0' || text[-1] == ',');
    settings->tab_width = stop[count - 1] - before;
    settings->stop_count = count > 1 ? count : 0;
    for (int i = 0; i < GLYPH_STOP_MAX; i++)
        settings->stop[i] = i < settings->stop_count ? stop[i] : 0;
    return true;
}

/** One number of a header, which stays as it is where nothing stands in its place. */
static bool settings_header_part(const struct setting *row, const char **text, int low, int high, int *value,
                                 struct error *error)
{
    size_t empty = **text == ',';
    *text += empty;
    return empty || **text == '\0' || settings_digits(row, text, low, high, value, error);
}

static bool settings_header(struct settings *settings, const struct setting *row, const char *text,
                            struct error *error)
{
    int lines = settings->header_lines, columns = settings->header_columns, first = 1;
    if (strcmp(text, "-") == 0)
        text = "0,0";
    if (!settings_header_part(row, &text, row->low, row->high, &lines, error) ||
        !settings_header_part(row, &text, 0, HEADER_COLUMNS_MAX, &columns, error) ||
        !settings_header_part(row, &text, 1, HEADER_FIRST_MAX, &first, error))
        return false;
    if (text[0] != '\0')
        return error_set(error, 0, "%s has lines, columns and a first line", row->name);
    settings->header_lines = lines;
    settings->header_columns = columns;
    settings->header_first = first;
    return true;
}

static bool settings_encoding(struct settings *settings, const char *text, struct error *error)
{
    const struct encoding *encoding = NULL;
    if (strcasecmp(text, "auto") != 0) {
        encoding = encoding_find_bytes(text, error);
        if (!encoding)
            return false;
    }
    settings->encoding = encoding;
    return true;
}

/** The text that a row is about. */
static char *settings_chars(struct settings *settings, const struct setting *row)
{
    return (char *)settings + row->offset;
}

static bool settings_text(struct settings *settings, const struct setting *row, const char *text,
                          struct error *error)
{
    char *chars = settings_chars(settings, row);
    if (strlen(text) >= SETTINGS_TEXT)
        return error_set(error, 0, "%s has at most %d bytes", row->name, SETTINGS_TEXT - 1);
    memset(chars, 0, SETTINGS_TEXT);
    if (strcmp(text, "auto") != 0)
        snprintf(chars, SETTINGS_TEXT, "%s", text);
    return true;
}

bool settings_read(struct settings *settings, const struct setting *row, const char *text,
                   struct error *error)
{
    switch (row->kind) {
    case SETTING_NUMBER:
    case SETTING_SHARE:
        break;
    case SETTING_NAMES:
        return settings_named(settings, row, text, error);
    case SETTING_STOPS:
        return settings_stops(settings, row, text, error);
    case SETTING_HEADER:
        return settings_header(settings, row, text, error);
    case SETTING_ENCODING:
        return settings_encoding(settings, text, error);
    case SETTING_TEXT:
        return settings_text(settings, row, text, error);
    }
    return settings_number(settings, row, text, error);
}

/** The tab stops: "8", or "9,17". */
static void settings_write_stops(const struct settings *settings, char *out, size_t capacity)
{
    size_t at = 0;
    if (settings->stop_count == 0)
        snprintf(out, capacity, "%d", settings->tab_width);
    for (int i = 0; i < settings->stop_count && at < capacity; i++)
        at += (size_t)snprintf(out + at, capacity - at, "%s%d", i ? "," : "", settings->stop[i]);
}

/** "2,8"; where the lines are not the first ones of the file, "2,8,5". */
static void settings_write_header(const struct settings *settings, char *out, size_t capacity)
{
    int length = snprintf(out, capacity, "%d,%d", settings->header_lines, settings->header_columns);
    if (settings->header_first != 1 && length > 0 && (size_t)length < capacity)
        snprintf(out + length, capacity - (size_t)length, ",%d", settings->header_first);
}

/** The share of the screen that stands in place of the number; -1: none does. */
static int settings_share_now(const struct settings *settings, const struct setting *row)
{
    struct settings now = *settings;
    return row->kind == SETTING_SHARE ? *settings_percent(&now, row) : -1;
}

/** The text, as it can be typed again unless it is made harmless. */
static void settings_write_text(const char *text, char *out, size_t capacity)
{
    if (*text)
        glyph_text(text, strlen(text), out, capacity);
    else
        snprintf(out, capacity, "auto");
}

void settings_write(const struct settings *settings, const struct setting *row, char *out, size_t capacity)
{
    switch (row->kind) {
    case SETTING_NAMES:
        snprintf(out, capacity, "%s",
                 row->names[*(const int *)((const char *)settings + row->offset) - row->low]);
        return;
    case SETTING_STOPS:
        settings_write_stops(settings, out, capacity);
        return;
    case SETTING_HEADER:
        settings_write_header(settings, out, capacity);
        return;
    case SETTING_ENCODING:
        snprintf(out, capacity, "%s", settings->encoding ? settings->encoding->name : "auto");
        return;
    case SETTING_TEXT:
        settings_write_text((const char *)settings + row->offset, out, capacity);
        return;
    case SETTING_NUMBER:
    case SETTING_SHARE:
        break;
    }
    int value = *(const int *)((const char *)settings + row->offset);
    /* The window as less says it: -1 is what the body has, because less counts the status row. */
    value -= row->offset == AT(window) && value <= 0;
    int percent = settings_share_now(settings, row);
    if (percent >= 0)
        snprintf(out, capacity, ".%02d", percent);
    else
        snprintf(out, capacity, "%d", value);
}

void settings_reset(struct settings *settings, const struct setting *row)
{
    struct settings fresh = settings_default();
    if (row->kind == SETTING_ENCODING) {
        settings->encoding = fresh.encoding;
        return;
    }
    if (row->kind == SETTING_TEXT) {
        memcpy(settings_chars(settings, row), settings_chars(&fresh, row), SETTINGS_TEXT);
        return;
    }
    *settings_value(settings, row) = *settings_value(&fresh, row);
    if (row->kind == SETTING_SHARE) {
        *settings_percent(settings, row) = *settings_percent(&fresh, row);
    } else if (row->kind == SETTING_STOPS) {
        settings->stop_count = fresh.stop_count;
        memcpy(settings->stop, fresh.stop, sizeof settings->stop);
    } else if (row->kind == SETTING_HEADER) {
        settings->header_columns = fresh.header_columns;
        settings->header_first = fresh.header_first;
    }
}

/** Of several switches of one member, the row that says what it is now. */
static const struct setting *settings_speaker(const struct settings *settings, const struct setting *row)
{
    size_t count;
    const struct setting *table = settings_table(&count);
    int value = *(const int *)((const char *)settings + row->offset);
    for (size_t i = 0; i < count && row->high > 1 && value != row->set_value; i++)
        if (table[i].offset == row->offset && table[i].set_value == value)
            return &table[i];
    return row;
}

void settings_say(const struct settings *settings, const struct setting *row, char *said, size_t size)
{
    char value[128];
    settings_write(settings, row, value, sizeof value);
    if (row->offset == AT(sgr) && settings->sgr == SGR_CARRY) {
        snprintf(said, size, "%s, also over newlines", row->set_text);
    } else if (row->kind == SETTING_NAMES && row->off &&
               *(const int *)((const char *)settings + row->offset) > row->set_value) {
        snprintf(said, size, "%s: %s", row->set_text, value);
    } else if (row->off) {
        row = settings_speaker(settings, row);
        bool set = *(const int *)((const char *)settings + row->offset) == row->set_value;
        snprintf(said, size, "%s", set ? row->set_text : row->off_text);
    } else if (settings_share_now(settings, row) >= 0) {
        snprintf(said, size, "%s %d%% of the screen",
                 row->offset == AT(target) ? "Jumps lead to" : "Horizontal shift",
                 settings_share_now(settings, row));
    } else if (row->kind == SETTING_STOPS) {
        snprintf(said, size, "%s%s%severy %d%s", row->set_text, settings->stop_count ? value : "",
                 settings->stop_count ? " and then " : "", settings->tab_width, row->off_text);
    } else {
        snprintf(said, size, "%s%s%s", row->set_text, value, row->off_text);
    }
}
