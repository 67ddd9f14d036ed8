/* SPDX-License-Identifier: MIT */
/** ui: the mode in which a person types a line. UI thread. */
#include "folio/ui/mode/prompt.h"

#include "folio/ui/app/app.h"
#include "folio/ui/app/say.h"
#include "folio/ui/mode/complete.h"
#include "folio/ui/prompt/history.h"

#include <ctype.h>

void prompt_ask(struct app *app, const struct invocation *invocation, const struct purpose *purpose,
                const char *label)
{
    struct asking *asking = &app->asking;
    asking->invocation = *invocation;
    asking->purpose = purpose;
    if (asking->history && !app->options.no_history)
        (void)history_take(asking->history, &asking->prompt);
    prompt_open(&asking->prompt, purpose->kind, label);
    mode_push(app, &prompt_mode);
}

static void prompt_close(struct app *app)
{
    app->asking.prompt.open = false;
    mode_pop(app, &prompt_mode);
}

/** The line is complete. It is forgotten where a + command typed it. */
static void prompt_entered(struct app *app)
{
    struct asking *asking = &app->asking;
    const char *text = buf_string(&asking->prompt.text);
    prompt_close(app);
    if (asking->history && !app->options.no_history && !app->script.typing)
        history_add(asking->history, asking->prompt.kind, text);
    asking->purpose->entered(app, text);
}

/** Pasted text is text whatever it says: it is no modifier, completes nothing and enters nothing. */
static bool prompt_pasted(struct app *app, const struct buf *text)
{
    const struct purpose *purpose = app->asking.purpose;
    complete_forget(app);
    prompt_paste(&app->asking.prompt, text);
    if (purpose->changed)
        purpose->changed(app);
    return true;
}

/**
 * Esc and a key edit. Of pairs that mean nothing, those with a sign, q or Esc (`Esc :`, `Esc q`) are two keys, the first
 * of which leaves the prompt: then false. Others are what somebody is used to from another editor, and no wish to lose
 * the line.
 */
static bool prompt_paired(struct app *app, uint32_t next)
{
    const struct purpose *purpose = app->asking.purpose;
    bool edited = prompt_feed_pair(&app->asking.prompt, next);
    if (!edited && (next == 'q' || next == STROKE_ESCAPE || (next < 0x80 && ispunct((int)next))))
        return false;
    complete_forget(app);
    if (!edited)
        app_bell(app);
    else if (purpose->changed)
        purpose->changed(app);
    return true;
}

static enum mode_result prompt_key(struct app *app, uint32_t stroke, uint32_t next)
{
    const struct purpose *purpose = app->asking.purpose;
    if (stroke == STROKE_ESCAPE && next != STROKE_NONE && prompt_paired(app, next))
        return MODE_USED_NEXT;
    if (purpose->key && purpose->key(app, stroke))
        return MODE_USED;
    enum prompt_result result = prompt_feed(&app->asking.prompt, stroke);
    if (result == PROMPT_COMPLETE || result == PROMPT_COMPLETE_BACK) {
        complete_next(app, result == PROMPT_COMPLETE);
        return MODE_USED;
    }
    complete_forget(app);
    bool complete = result == PROMPT_EDITED && purpose->complete && purpose->complete(app);
    if (result == PROMPT_ENTERED || complete) {
        prompt_entered(app);
    } else if (result == PROMPT_CANCELLED) {
        prompt_close(app);
        if (purpose->cancelled)
            purpose->cancelled(app);
    } else if (purpose->changed) {
        purpose->changed(app);
    }
    return MODE_USED;
}

const struct mode prompt_mode = {
    .name = "prompt", .key = prompt_key, .reply = complete_replied, .paste = prompt_pasted};
