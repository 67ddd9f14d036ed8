/* SPDX-License-Identifier: MIT */
/*
 * base: reading time stamps. Pure; any thread.
 *
 * A cursor walks over the text; every take_ function takes what it knows from the cursor, or leaves the cursor where it
 * was and says no. A form of time stamp is such a function: the table of forms is tried wherever in a line a word or a
 * number begins. The same forms read what a person asks for, with leave to stop early (`partial`).
 */
#include "folio/base/words/stamp.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define SECOND_MS INT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)

/** What is left of a text. */
struct cursor {
    const char *at, *end;
};

/** The fields of a clock. */
struct fields {
    int64_t year;
    unsigned month, day, hour, minute, second, millisecond;
    int32_t zone;
};

/** How the forms are to be read. */
struct reading {
    const struct stamp_hint *hint;
    bool partial; /**< a person's question: the time of day may be missing or short */
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

static bool take_byte(struct cursor *c, char byte)
{
    if (c->at == c->end || *c->at != byte)
        return false;
    c->at++;
    return true;
}

/** One of `bytes`; 0 when it is none of them. */
static char take_any(struct cursor *c, const char *bytes)
{
    if (c->at == c->end || *c->at == '\0' || !strchr(bytes, *c->at))
        return 0;
    return *c->at++;
}

static bool take_blanks(struct cursor *c)
{
    const char *begin = c->at;
    while (c->at < c->end && (*c->at == ' ' || *c->at == '\t'))
        c->at++;
    return c->at > begin;
}

/** How many digits stand here. */
static size_t digits_here(const struct cursor *c)
{
    size_t count = 0;
    while (c->at + count < c->end && is_digit(c->at[count]))
        count++;
    return count;
}

/** A number of `least` to `most` digits, no digit behind it, within [low, high]. */
static bool take_number(struct cursor *c, size_t least, size_t most, unsigned low, unsigned high,
                        unsigned *number)
{
    size_t count = digits_here(c);
    unsigned value = 0;
    if (count < least || count > most)
        return false;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (unsigned)(c->at[i] - '0');
    if (value < low || value > high)
        return false;
    c->at += count;
    *number = value;
    return true;
}

/** Days since 1970 of a date in the Gregorian calendar; the year begins in March, so that leap days come last. */
static int64_t days_of(int64_t year, unsigned month, unsigned day)
{
    int64_t shifted = month > 2 ? year : year - 1;
    int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    unsigned of_era = (unsigned)(shifted - era * 400);
    unsigned of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + (int64_t)(of_era * 365 + of_era / 4 - of_era / 100 + of_year) - 719468;
}

/** The other way round. */
static void date_of(int64_t days, struct fields *fields)
{
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    unsigned of_era = (unsigned)(shifted - era * 146097);
    unsigned year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    unsigned of_year = of_era - (365 * year + year / 4 - year / 100);
    unsigned month = (5 * of_year + 2) / 153;
    fields->day = of_year - (153 * month + 2) / 5 + 1;
    fields->month = month < 10 ? month + 3 : month - 9;
    fields->year = (int64_t)year + era * 400 + (fields->month <= 2);
}

static int64_t fields_time(const struct fields *fields)
{
    return days_of(fields->year, fields->month, fields->day) * DAY_MS + fields->hour * HOUR_MS +
           fields->minute * MINUTE_MS + fields->second * SECOND_MS + fields->millisecond;
}

static struct fields time_fields(int64_t time)
{
    struct fields fields = {0};
    int64_t days = time / DAY_MS - (time % DAY_MS < 0), rest = time - days * DAY_MS;
    date_of(days, &fields);
    fields.hour = (unsigned)(rest / HOUR_MS);
    fields.minute = (unsigned)(rest / MINUTE_MS % 60);
    fields.second = (unsigned)(rest / SECOND_MS % 60);
    fields.millisecond = (unsigned)(rest % SECOND_MS);
    return fields;
}

/** Digits behind a point or comma, as milliseconds; further digits are passed over. Nothing there is 0. */
static unsigned take_fraction(struct cursor *c)
{
    struct cursor ahead = *c;
    unsigned value = 0, scale = 100;
    if (!take_any(&ahead, ".,") || digits_here(&ahead) == 0)
        return 0;
    for (; ahead.at < ahead.end && is_digit(*ahead.at); ahead.at++, scale /= 10)
        value += scale * (unsigned)(*ahead.at - '0');
    *c = ahead;
    return value;
}

/** Z, +01:00, +0100, +01, with or without a blank before it. Nothing there is no zone. */
static void take_zone(struct cursor *c, int32_t *zone)
{
    struct cursor ahead = *c;
    unsigned hours, minutes = 0;
    *zone = STAMP_NO_ZONE;
    if (take_byte(&ahead, 'Z') || take_byte(&ahead, 'z')) {
        *zone = 0;
        *c = ahead;
        return;
    }
    take_blanks(&ahead);
    char sign = take_any(&ahead, "+-");
    if (!sign)
        return;
    if (digits_here(&ahead) == 4) {
        unsigned both;
        if (!take_number(&ahead, 4, 4, 0, 1459, &both))
            return;
        hours = both / 100;
        minutes = both % 100;
    } else if (!take_number(&ahead, 2, 2, 0, 14, &hours) ||
               (take_byte(&ahead, ':') && !take_number(&ahead, 2, 2, 0, 59, &minutes))) {
        return;
    }
    *zone = (int32_t)(hours * 3600 + minutes * 60) * (sign == '-' ? -1 : 1);
    *c = ahead;
}

/** 13:45:12.345; `partial`: 13:45 and 13 as well. */
static bool take_clock(struct cursor *c, bool partial, struct fields *fields)
{
    struct cursor ahead = *c;
    if (!take_number(&ahead, 1, 2, 0, 23, &fields->hour))
        return false;
    bool minutes = take_byte(&ahead, ':') && take_number(&ahead, 2, 2, 0, 59, &fields->minute);
    struct cursor short_end = ahead;
    bool seconds = minutes && take_byte(&ahead, ':') && take_number(&ahead, 2, 2, 0, 60, &fields->second);
    if (!seconds) {
        fields->second = 0;
        *c = minutes ? short_end : *c;
        if (partial && !minutes)
            c->at += digits_here(c);
        return partial;
    }
    fields->millisecond = take_fraction(&ahead);
    *c = ahead;
    return true;
}

/** The name of a month, at least three letters of it. */
static bool take_month(struct cursor *c, unsigned *month)
{
    static const char names[12][10] = {"january", "february", "march",     "april",   "may",      "june",
                                       "july",    "august",   "september", "october", "november", "december"};
    size_t count = 0;
    while (c->at + count < c->end && is_letter(c->at[count]))
        count++;
    for (unsigned i = 0; i < 12 && count >= 3; i++)
        if (count <= strlen(names[i]) && strncasecmp(c->at, names[i], count) == 0) {
            *month = i + 1;
            c->at += count;
            return true;
        }
    return false;
}

/** 2026-11-20T13:45:12.345+01:00, 2026/11/20 13:45:12,345, 20261120T134512Z */
static bool take_iso(struct cursor *c, const struct reading *reading, struct fields *fields)
{
    unsigned year, compact;
    if (digits_here(c) == 8 && c->at + 8 < c->end && c->at[8] == 'T') {
        if (!take_number(c, 8, 8, 19000101, 29991231, &compact) || !take_byte(c, 'T'))
            return false;
        fields->year = compact / 10000;
        fields->month = compact / 100 % 100;
        fields->day = compact % 100;
        if (!take_number(c, 6, 6, 0, 235960, &compact))
            return false;
        fields->hour = compact / 10000;
        fields->minute = compact / 100 % 100;
        fields->second = compact % 100;
        fields->millisecond = take_fraction(c);
        take_zone(c, &fields->zone);
        return true;
    }
    if (!take_number(c, 4, 4, 1900, 2999, &year))
        return false;
    fields->year = year;
    char mark = take_any(c, "-/.");
    if (!mark || !take_number(c, 1, 2, 1, 12, &fields->month) || !take_byte(c, mark) ||
        !take_number(c, 1, 2, 1, 31, &fields->day))
        return false;
    struct cursor date = *c;
    char between = take_any(c, "Tt :_");
    if (between == ' ')
        take_blanks(c);
    if (!between || !take_clock(c, reading->partial, fields)) {
        *c = date;
        return reading->partial;
    }
    take_zone(c, &fields->zone);
    return true;
}

/** 20/Nov/2026:13:45:12 +0100, 20 Nov 2026 13:45:12, 20-Nov-2026 13:45:12 */
static bool take_day_first(struct cursor *c, const struct reading *reading, struct fields *fields)
{
    unsigned year;
    if (!take_number(c, 1, 2, 1, 31, &fields->day))
        return false;
    char mark = take_any(c, "/ -");
    if (!mark || !take_month(c, &fields->month) || !take_byte(c, mark) ||
        !take_number(c, 4, 4, 1900, 2999, &year))
        return false;
    fields->year = year;
    struct cursor date = *c;
    if (!take_any(c, ": T") || !take_clock(c, reading->partial, fields)) {
        *c = date;
        return reading->partial;
    }
    take_zone(c, &fields->zone);
    return true;
}

/** The last year in which these fields are not later than the hint allows; a day for clocks that differ. */
static int64_t year_guess(const struct fields *fields, const struct stamp_hint *hint)
{
    struct fields guess = *fields;
    guess.year = time_fields(hint->latest + DAY_MS).year;
    if (fields_time(&guess) > hint->latest + DAY_MS)
        guess.year--;
    return guess.year;
}

/** Nov 20 13:45:12, Nov 20 13:45:12.123456 2026, Nov 20 2026 13:45:12; `partial`: Nov 20 */
static bool take_month_first(struct cursor *c, const struct reading *reading, struct fields *fields)
{
    unsigned year;
    if (!take_month(c, &fields->month) || !take_blanks(c) || !take_number(c, 1, 2, 1, 31, &fields->day))
        return false;
    struct cursor date = *c, ahead = *c;
    take_byte(&ahead, ',');
    bool dated = take_blanks(&ahead) && take_number(&ahead, 4, 4, 1900, 2999, &year);
    if (dated)
        *c = date = ahead;
    if (!take_blanks(c) || !take_clock(c, reading->partial, fields)) {
        *c = date;
        if (!reading->partial)
            return false;
    }
    ahead = *c;
    if (!dated && take_blanks(&ahead) && take_number(&ahead, 4, 4, 1900, 2999, &year)) {
        dated = true;
        *c = ahead;
    }
    fields->year = dated ? (int64_t)year : year_guess(fields, reading->hint);
    return true;
}

/** 1700000000, 1700000000.123, and in thousandths, millionths, milliardths of a second; 10, 13, 16 or 19 digits. */
static bool take_epoch(struct cursor *c, const struct reading *reading, struct fields *fields)
{
    size_t count = digits_here(c);
    int64_t value = 0;
    if (count != 10 && count != 13 && count != 16 && count != 19)
        return false;
    if (c->at[0] > (count == 19 ? '8' : '9') || c->at[0] == '0')
        return false;
    for (size_t i = 0; i < count && i < 13; i++)
        value = value * 10 + (c->at[i] - '0');
    c->at += count;
    if (count == 10)
        value = value * 1000 + take_fraction(c);
    *fields = time_fields(value + reading->hint->local * SECOND_MS);
    fields->zone = reading->hint->local;
    return true;
}

typedef bool form(struct cursor *c, const struct reading *reading, struct fields *fields);

/** Read one form at the cursor, which is left alone where it is not that. */
static bool take_form(form *take, struct cursor *c, const struct reading *reading, struct stamp *stamp)
{
    struct cursor ahead = *c;
    struct fields fields = {.zone = STAMP_NO_ZONE};
    if (!take(&ahead, reading, &fields))
        return false;
    *stamp = (struct stamp){fields_time(&fields), fields.zone};
    *c = ahead;
    return true;
}

/** Any form that says its date. */
static bool take_stamp(struct cursor *c, const struct reading *reading, struct stamp *stamp)
{
    static form *const forms[] = {take_iso, take_day_first, take_month_first};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (take_form(forms[i], c, reading, stamp))
            return true;
    return false;
}

/** The value of a member named time, ts, timestamp or @timestamp, if one stands at the cursor's quote. */
static bool take_member(struct cursor *c, const struct reading *reading, struct stamp *stamp)
{
    static const char *const names[] = {"time", "ts", "timestamp", "@timestamp"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct cursor ahead = *c;
        size_t length = strlen(names[i]);
        if (!take_byte(&ahead, '"') || (size_t)(ahead.end - ahead.at) <= length ||
            memcmp(ahead.at, names[i], length) != 0)
            continue;
        ahead.at += length;
        if (!take_byte(&ahead, '"'))
            continue;
        take_blanks(&ahead);
        if (!take_byte(&ahead, ':'))
            continue;
        take_blanks(&ahead);
        take_byte(&ahead, '"');
        return take_stamp(&ahead, reading, stamp) || take_form(take_epoch, &ahead, reading, stamp);
    }
    return false;
}

bool stamp_find(const char *line, size_t length, const struct stamp_hint *hint, struct stamp *stamp)
{
    struct reading reading = {hint, false};
    struct cursor whole = {line, line + (length < STAMP_LOOK ? length : STAMP_LOOK)}, c = whole;
    take_any(&c, "[<(");
    if (take_form(take_epoch, &c, &reading, stamp))
        return true;
    for (c = whole; c.at < c.end; c.at++) {
        if (*c.at == '"' && take_member(&c, &reading, stamp))
            return true;
        bool word = is_digit(*c.at) || is_letter(*c.at);
        bool begins = c.at == line || (!is_digit(c.at[-1]) && !is_letter(c.at[-1]));
        if (word && begins && take_stamp(&c, &reading, stamp))
            return true;
    }
    return false;
}

int stamp_compare(struct stamp a, struct stamp b)
{
    bool zoned = a.zone != STAMP_NO_ZONE && b.zone != STAMP_NO_ZONE;
    int64_t left = a.written - (zoned ? a.zone * SECOND_MS : 0);
    int64_t right = b.written - (zoned ? b.zone * SECOND_MS : 0);
    return (left > right) - (left < right);
}

/** The unit of a distance in milliseconds; 0 when it is none. */
static int64_t take_unit(struct cursor *c)
{
    static const struct {
        const char *name;
        int64_t length;
    } units[] = {{"ms", 1},      {"s", SECOND_MS}, {"m", MINUTE_MS},
                 {"h", HOUR_MS}, {"d", DAY_MS},    {"w", 7 * DAY_MS}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t length = strlen(units[i].name);
        if ((size_t)(c->end - c->at) >= length && memcmp(c->at, units[i].name, length) == 0) {
            c->at += length;
            return units[i].length;
        }
    }
    return 0;
}

/** +10m, -2h30m */
static bool take_distance(struct cursor *c, int64_t *distance)
{
    char sign = take_any(c, "+-");
    *distance = 0;
    if (!sign || c->at == c->end)
        return false;
    while (c->at < c->end) {
        unsigned number;
        if (!take_number(c, 1, 9, 0, 999999999, &number))
            return false;
        int64_t unit = take_unit(c);
        if (unit == 0)
            return false;
        *distance += unit * (int64_t)number;
        take_blanks(c);
    }
    if (sign == '-')
        *distance = -*distance;
    return true;
}

/** A time of day, on the day of `here`. */
static bool take_time_of_day(struct cursor *c, struct stamp here, struct stamp *wanted)
{
    struct fields fields = time_fields(here.written), clock = {0};
    if (!memchr(c->at, ':', (size_t)(c->end - c->at)) || !take_clock(c, true, &clock))
        return false;
    clock.year = fields.year;
    clock.month = fields.month;
    clock.day = fields.day;
    take_zone(c, &clock.zone);
    *wanted = (struct stamp){fields_time(&clock), clock.zone};
    return true;
}

bool stamp_ask(const char *text, struct stamp here, const struct stamp_hint *hint, struct stamp *wanted,
               struct error *error)
{
    /* A day without a year is meant near the line on the screen, not near now. */
    struct stamp_hint near = {here.written + 183 * DAY_MS, hint->local};
    struct reading reading = {&near, true};
    struct cursor whole = {text, text + strlen(text)};
    int64_t distance;
    take_blanks(&whole);
    while (whole.end > whole.at && whole.end[-1] == ' ')
        whole.end--;
    struct cursor c = whole;
    if (take_distance(&c, &distance)) {
        *wanted = (struct stamp){here.written + distance, here.zone};
        return true;
    }
    c = whole;
    if ((take_stamp(&c, &reading, wanted) || take_form(take_epoch, &c, &reading, wanted) ||
         take_time_of_day(&c, here, wanted)) &&
        c.at == c.end)
        return true;
    return error_set(error, 0, "%s is not a time: try 2026-11-20 13:45, 13:45 or +10m", text);
}

void stamp_write(struct stamp stamp, char out[40])
{
    struct fields fields = time_fields(stamp.written);
    int length = snprintf(out, 40, "%04lld-%02u-%02u %02u:%02u:%02u", (long long)fields.year % 10000,
                          fields.month, fields.day, fields.hour, fields.minute, fields.second);
    if (fields.millisecond)
        length += snprintf(out + length, 40 - (size_t)length, ".%03u", fields.millisecond);
    if (stamp.zone != STAMP_NO_ZONE) {
        unsigned minutes = (unsigned)(stamp.zone < 0 ? -stamp.zone : stamp.zone) / 60;
        snprintf(out + length, 40 - (size_t)length, "%c%02u:%02u", stamp.zone < 0 ? '-' : '+',
                 minutes / 60 % 100, minutes % 60);
    }
}
