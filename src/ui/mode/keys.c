/* SPDX-License-Identifier: MIT */
/** ui: the mode in which keys are commands. UI thread. */
#include "folio/ui/mode/keys.h"

#include "folio/ui/app/app.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/command/unknown.h"
#include "folio/ui/mode/actions.h"

/** Does the key end a pair with Esc that means nothing? Then it is this key alone. */
static bool keys_alone(const struct typed *before, uint32_t stroke)
{
    return before->length == 1 && before->stroke[0] == STROKE_ESCAPE && !before->letter &&
           stroke != STROKE_ESCAPE;
}

/** What was typed means nothing: say which key shows what does. */
static void keys_unknown(struct app *app, const struct typed *before, uint32_t stroke)
{
    struct typed keys = *before;
    char said[REQUEST_TEXT];
    keys.stroke[keys.length++] = stroke;
    unknown_keys(&app->keymap, keys.views, keys.stroke, keys.length, said, sizeof said);
    app_bell(app);
    app_say(app, said);
}

static enum mode_result keys_feed(struct app *app, uint32_t stroke)
{
    struct invocation invocation;
    app->typed.views = app->shown && app->shown->report.tree ? COMMAND_IN_TREE : 0;
    const struct typed before = app->typed;
    switch (keymap_feed(&app->keymap, &app->typed, stroke, &invocation)) {
    case KEYMAP_COMMAND:
        actions_run(app, &invocation);
        break;
    case KEYMAP_UNKNOWN:
        if (keys_alone(&before, stroke))
            return MODE_AGAIN;
        if (stroke != STROKE_ESCAPE)
            keys_unknown(app, &before, stroke);
        break;
    case KEYMAP_MORE:
        break;
    }
    return MODE_USED;
}

/* Esc alone stops what runs; Esc with another key right behind it is Alt and that key. */
static enum mode_result keys_key(struct app *app, uint32_t stroke, uint32_t next)
{
    if (stroke == STROKE_ESCAPE && app->typed.length == 0 && next == STROKE_NONE && app_busy(app)) {
        app->typed = (struct typed){0};
        app_stop(app);
        return MODE_USED;
    }
    /* As in less, which knows two keys that end it. */
    bool following = app->shown && app->shown->report.following != FOLLOWING_NOT;
    if (stroke == STROKE_CONTROL('X') && app->typed.length == 0 && following) {
        app_stop(app);
        return MODE_USED;
    }
    enum mode_result result = keys_feed(app, stroke);
    if (stroke != STROKE_ESCAPE || next == STROKE_NONE || app->typed.length == 0)
        return result;
    return keys_feed(app, next) == MODE_AGAIN ? MODE_USED : MODE_USED_NEXT;
}

const struct mode keys_mode = {.name = "keys", .key = keys_key};
