/* SPDX-License-Identifier: MIT */
/** ui: the mode of the view of bytes. UI thread. */
#include "folio/ui/mode/byte.h"

#include "folio/session/core/verb.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/mode/ahead.h"
#include "folio/ui/mode/armed.h"
#include "folio/ui/mode/typing.h"

/** Are bytes selected, or may they be as soon as the screen shows what keys did? */
static bool bytes_selected(const struct app *app)
{
    const struct report *report = armed_view(app);
    return report && (report->selected_end > report->selected || app->selecting > app->shown->request);
}

/** Is this Esc alone, and not the beginning of a pair that is a command? */
static bool bytes_alone(const struct app *app, uint32_t next)
{
    struct invocation invocation;
    const uint32_t pair[] = {STROKE_ESCAPE, next};
    return next == STROKE_NONE || !keymap_find(&app->keymap, 0, pair, 2, &invocation);
}

/** Esc is no prefix where keys are bytes: it stops what runs, ends a selection, leaves the characters, or does nothing. */
static enum mode_result bytes_escape(struct app *app, const struct report *report)
{
    if (app_busy(app)) {
        app_stop(app);
    } else if (bytes_selected(app)) {
        app_request(app, REQUEST_SELECT, -1, NULL, NULL);
    } else if (report->characters) {
        ahead_forget(app);
        app_request(app, REQUEST_CURSOR_SIDE, 0, NULL, NULL);
    }
    return MODE_USED;
}

/** Enter where nothing is typed: it picks from a list, or says what has to be done first. */
static enum mode_result bytes_enter(struct app *app)
{
    if (app->shown && app->shown->report.list) {
        app->typed = (struct typed){0};
        app_request(app, REQUEST_PICK, 0, NULL, NULL);
        return MODE_USED;
    }
    if (!armed_view(app))
        return MODE_PASS;
    app_say(app, armed_report(app)
                     ? "Type over the bytes; Enter then stores what was typed"
                     : "To change bytes: :set write, or :set private to try it without the file");
    return MODE_USED;
}

/** The first key of a run. */
static enum mode_result bytes_begin(struct app *app, const struct report *report)
{
    if (report->byte >= 0)
        return typing_begin(app, report);
    app_say(app, "There is no byte here that can be read");
    return MODE_USED;
}

static enum mode_result bytes_key(struct app *app, uint32_t stroke, uint32_t next)
{
    const struct report *report = armed_report(app);
    if (app->typed.length > 0)
        return MODE_PASS;
    if (stroke == STROKE_ESCAPE && (report || (bytes_selected(app) && bytes_alone(app, next))))
        return bytes_escape(app, armed_view(app));
    if (armed_enter(stroke))
        return bytes_enter(app);
    return report && armed_takes(report, stroke) ? bytes_begin(app, report) : MODE_PASS;
}

/** Where keys are bytes, what is pasted becomes a run of them, which is stored as any other. */
static bool bytes_paste(struct app *app, const struct buf *text)
{
    return armed_report(app) && typing_paste(app, text);
}

static void bytes_sent(struct app *app, enum verb verb)
{
    if (verb_row(verb)->selects)
        app->selecting = app->talk.sent;
}

const struct mode bytes_mode = {.name = "bytes", .key = bytes_key, .paste = bytes_paste, .sent = bytes_sent};
