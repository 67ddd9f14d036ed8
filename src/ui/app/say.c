/* SPDX-License-Identifier: MIT */
/** ui: telling the person something. UI thread. */
#include "folio/ui/app/say.h"

#include "folio/ui/app/app.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

void app_say(struct app *app, const char *text)
{
    snprintf(app->remark.message, sizeof app->remark.message, "%s", text);
    app->terminal.dirty = true;
}

void app_bell(struct app *app)
{
    if (app->terminal.screen && !app->options.quiet)
        screen_bell(app->terminal.screen);
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
