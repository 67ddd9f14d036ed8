/* SPDX-License-Identifier: MIT */
/* base: dates read back (see the header). Pure; any thread. */
#include "folio/base/words/date.h"

#include <ctype.h>
#include <stddef.h>

/** Digits of a fraction that count, and as many more may stand behind as are 0. */
#define DATE_FRACTION 9u

/** `digits` digits at `*text`, which is moved behind them. False: there are not so many. */
static bool date_number(const char **text, unsigned digits, unsigned *number)
{
    *number = 0;
    for (; digits > 0; digits--, ++*text) {
        if (!isdigit((unsigned char)**text))
            return false;
        *number = *number * 10 + (unsigned)(**text - '0');
    }
    return true;
}

/** A sign and two digits behind it. */
static bool date_part(const char **text, char sign, unsigned *number)
{
    if (**text != sign)
        return false;
    ++*text;
    return date_number(text, 2, number);
}

/** Digits behind the point of a second. */
static bool date_fraction(const char **text, uint32_t *nanosecond)
{
    unsigned digits = 0;
    for (++*text; isdigit((unsigned char)**text); ++*text, digits++) {
        if (digits >= DATE_FRACTION && **text != '0')
            return false;
        if (digits < DATE_FRACTION)
            *nanosecond = *nanosecond * 10 + (uint32_t)(**text - '0');
    }
    for (unsigned missing = digits; missing < DATE_FRACTION; missing++)
        *nanosecond *= 10;
    return digits > 0;
}

/** As much of the clock as there is. */
static bool date_clock(const char **text, struct date *date)
{
    if (!date_part(text, 'T', &date->hour))
        return false;
    if (**text == ':' && !date_part(text, ':', &date->minute))
        return false;
    if (**text == ':' && !date_part(text, ':', &date->second))
        return false;
    return **text != '.' || date_fraction(text, &date->nanosecond);
}

static unsigned date_month_days(int year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

/** Is there such a day, and such a time on it? */
static bool date_there(const struct date *date)
{
    return date->year >= 1 && date->month >= 1 && date->month <= 12 && date->day >= 1 &&
           date->day <= date_month_days(date->year, date->month) && date->hour < 24 && date->minute < 60 &&
           date->second < 60;
}

bool date_read(const char *text, struct date *date)
{
    unsigned year;
    *date = (struct date){0};
    if (!date_number(&text, 4, &year) || !date_part(&text, '-', &date->month) ||
        !date_part(&text, '-', &date->day))
        return false;
    date->year = (int)year;
    if (*text == 'T' && !date_clock(&text, date))
        return false;
    text += *text == 'Z';
    return *text == '\0' && date_there(date);
}

int64_t date_seconds(const struct date *date)
{
    /* The year begins in March, so that the leap day is its last. */
    int64_t year = date->year - (date->month <= 2), era = year / 400;
    unsigned month = date->month > 2 ? date->month - 3 : date->month + 9, of_era = (unsigned)(year % 400);
    unsigned of_year = (153 * month + 2) / 5 + date->day - 1;
    unsigned day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    int64_t days = era * 146097 + day_of_era - 719468;
    return ((days * 24 + date->hour) * 60 + date->minute) * 60 + date->second;
}
