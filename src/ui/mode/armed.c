/* SPDX-License-Identifier: MIT */
/** ui: are keys bytes? UI thread. */
#include "folio/ui/mode/armed.h"

#include "folio/ui/app/app.h"

#include <ctype.h>

const struct report *armed_view(const struct app *app)
{
    const struct report *report = app->shown ? &app->shown->report : NULL;
    return report && !app->help && report->bytes ? report : NULL;
}

const struct report *armed_report(const struct app *app)
{
    const struct report *report = armed_view(app);
    return report && (report->armed || report->sandboxed) ? report : NULL;
}

bool armed_enter(uint32_t stroke)
{
    return stroke == '\r' || stroke == '\n';
}

bool armed_digit(uint32_t stroke)
{
    return stroke < 0x80 && isxdigit((int)stroke);
}

unsigned armed_value(uint32_t stroke)
{
    return isdigit((int)stroke) ? stroke - '0' : (unsigned)(tolower((int)stroke) - 'a') + 10;
}

bool armed_character(uint32_t stroke)
{
    return stroke >= ' ' && stroke != 0x7f && stroke < STROKE_NONE;
}

bool armed_takes(const struct report *report, uint32_t stroke)
{
    if (!report->characters)
        return armed_digit(stroke);
    return (armed_character(stroke) && stroke != ':') || stroke == ARMED_QUOTE;
}
