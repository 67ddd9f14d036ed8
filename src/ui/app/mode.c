/* SPDX-License-Identifier: MIT */
/** ui: the stack of modes. UI thread. */
#include "folio/ui/app/mode.h"

#include "folio/ui/app/app.h"

void mode_push(struct app *app, const struct mode *mode)
{
    struct mode_stack *stack = &app->modes;
    if (!mode_on(app, mode) && stack->count < MODE_DEPTH)
        stack->mode[stack->count++] = mode;
}

void mode_pop(struct app *app, const struct mode *mode)
{
    struct mode_stack *stack = &app->modes;
    unsigned kept = 0;
    for (unsigned i = 0; i < stack->count; i++)
        if (stack->mode[i] != mode)
            stack->mode[kept++] = stack->mode[i];
    stack->count = kept;
}

bool mode_on(const struct app *app, const struct mode *mode)
{
    bool found = false;
    for (unsigned i = 0; i < app->modes.count; i++)
        found = found || app->modes.mode[i] == mode;
    return found;
}

/* A mode that passes a key on may have taken itself off: those below it stay where they are. */
enum mode_result mode_key(struct app *app, uint32_t stroke, uint32_t next)
{
    enum mode_result result = MODE_PASS;
    for (unsigned i = app->modes.count; i > 0 && result == MODE_PASS; i--)
        result = app->modes.mode[i - 1]->key(app, stroke, next);
    return result;
}

bool mode_paste_refused(struct app *app, const struct buf *text)
{
    (void)app, (void)text;
    return false;
}

bool mode_paste(struct app *app, const struct buf *text)
{
    for (unsigned i = app->modes.count; i > 0; i--)
        if (app->modes.mode[i - 1]->paste)
            return app->modes.mode[i - 1]->paste(app, text);
    return false;
}

const char *mode_label(const struct app *app)
{
    const char *label = NULL;
    for (unsigned i = app->modes.count; i > 0 && !label; i--) {
        const struct mode *mode = app->modes.mode[i - 1];
        label = mode->label ? mode->label(app) : NULL;
    }
    return label;
}

void mode_sent(struct app *app, enum verb verb)
{
    for (unsigned i = 0; i < app->modes.count; i++)
        if (app->modes.mode[i]->sent)
            app->modes.mode[i]->sent(app, verb);
}

void mode_reply(struct app *app, const struct reply *reply)
{
    for (unsigned i = 0; i < app->modes.count; i++)
        if (app->modes.mode[i]->reply)
            app->modes.mode[i]->reply(app, reply);
}

bool mode_stays(const struct app *app)
{
    bool stays = false;
    for (unsigned i = 0; i < app->modes.count; i++)
        stays = stays || (app->modes.mode[i]->stays && app->modes.mode[i]->stays(app));
    return stays;
}

void mode_leave(struct app *app)
{
    for (unsigned i = 0; i < app->modes.count; i++)
        if (app->modes.mode[i]->leave)
            app->modes.mode[i]->leave(app);
}
