/* SPDX-License-Identifier: MIT */
/** ui: telling the person something. UI thread. */
#include "folio/ui/app/say.h"

#include "folio/io/thread/clock.h"
#include "folio/ui/app/app.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Who types on when it has been there for so long has seen it. */
#define SAY_SEEN_MS 1000

void app_say(struct app *app, const char *text)
{
    snprintf(app->remark.message, sizeof app->remark.message, "%s", text);
    app->terminal.dirty = true;
}

void app_end(struct app *app, const char *text, enum ending how, bool awaited)
{
    struct end *end = &app->remark.end;
    snprintf(end->text, sizeof end->text, "%s", text);
    end->how = how;
    end->holds = !awaited || how == ENDING_UNSAVED;
    end->drawn = false;
    app->terminal.dirty = true;
    if (how != ENDING_UNSAVED)
        return;
    app_bell(app);
    buf_text(&app->remark.unsaved, text);
    buf_text(&app->remark.unsaved, "\n");
}

bool app_end_seen(struct app *app, bool escape)
{
    struct end *end = &app->remark.end;
    bool fine = end->how == ENDING_FINE;
    bool seen = end->drawn && (!end->holds || clock_ms() - end->since >= SAY_SEEN_MS);
    if (end->text[0] == '\0' || (!seen && !escape))
        return false;
    end->text[0] = '\0';
    app->terminal.dirty = true;
    return !fine;
}

void app_bell(struct app *app)
{
    if (app->terminal.screen && !app->options.quiet)
        screen_bell(app->terminal.screen);
}

bool app_color(const struct app *app)
{
    const char *none = getenv("NO_COLOR");
    return app->options.color == OPTIONS_COLOR_ALWAYS ||
           (app->options.color == OPTIONS_COLOR_AUTO && (!none || none[0] == '\0'));
}

bool app_forbidden(struct app *app)
{
    bool forbidden = app->options.secure || app->help;
    if (forbidden)
        app_say(app, "Command not available");
    return forbidden;
}

/* Anything else than a letter, Esc and ^C among it, is a change of mind. */
bool app_letter(struct app *app, uint32_t letter, const char *also)
{
    if (letter < 0x80 && letter > 0 && (isalpha((int)letter) || strchr(also, (int)letter)))
        return true;
    if (letter != STROKE_ESCAPE && letter != STROKE_CONTROL('C'))
        app_say(app, "A mark is a letter");
    return false;
}
