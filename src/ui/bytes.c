/* SPDX-License-Identifier: MIT */
/**
 * ui: keys that are bytes, and questions about changing them. Main thread.
 */
#include "app_private.h"

void action_save(struct app *app, const struct invocation *invocation)
{
    if (!action_forbidden(app)) {
        app_request(app, REQUEST_SAVE, WRITE_ASK, NULL, invocation->text);
    }
}

bool bytes_key(struct app *app, uint32_t stroke)
{
    (void)app;
    (void)stroke;
    return false;
}

bool bytes_answer(struct app *app, uint32_t stroke)
{
    (void)app;
    (void)stroke;
    return false;
}

void bytes_asked(struct app *app, const struct reply *reply)
{
    app_say(app, reply->message);
}
