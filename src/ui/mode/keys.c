/* SPDX-License-Identifier: MIT */
/** ui: the mode in which keys are commands. UI thread. */
#include "folio/ui/mode/keys.h"

#include "folio/ui/app/app.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/mode/actions.h"

static void keys_feed(struct app *app, uint32_t stroke)
{
    struct invocation invocation;
    switch (keymap_feed(&app->keymap, &app->typed, stroke, &invocation)) {
    case KEYMAP_COMMAND:
        actions_run(app, &invocation);
        break;
    case KEYMAP_UNKNOWN:
        if (stroke != STROKE_ESCAPE)
            app_bell(app);
        break;
    case KEYMAP_MORE:
        break;
    }
}

/* Esc alone stops what runs; Esc with another key right behind it is Alt and that key. */
static enum mode_result keys_key(struct app *app, uint32_t stroke, uint32_t next)
{
    if (stroke == STROKE_ESCAPE && app->typed.length == 0 && next == STROKE_NONE && app_busy(app)) {
        app->typed = (struct typed){0};
        app_stop(app);
        return MODE_USED;
    }
    keys_feed(app, stroke);
    if (stroke != STROKE_ESCAPE || next == STROKE_NONE || app->typed.length == 0)
        return MODE_USED;
    keys_feed(app, next);
    return MODE_USED_NEXT;
}

const struct mode keys_mode = {.name = "keys", .key = keys_key};
