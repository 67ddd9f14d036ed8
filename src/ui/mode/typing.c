/* SPDX-License-Identifier: MIT */
/**
 * ui: keys on their way to commands and prompts. Main thread.
 */
#include "folio/ui/mode/typing.h"

#include "folio/base/text/utf8.h"
#include "folio/ui/app/talk.h"
#include "folio/ui/command/modifier.h"
#include "folio/ui/mode/action.h"
#include "folio/ui/mode/bytes.h"
#include "folio/ui/mode/complete.h"
#include "folio/ui/mode/write.h"

#include <ctype.h>
#include <string.h>

/** All that may stand before a pattern. */
#define TYPING_MODIFIERS                                                                                     \
    (SEARCH_INVERT | SEARCH_FILES | SEARCH_FIRST | SEARCH_KEEP | SEARCH_LITERAL | SEARCH_WRAP)

/** And before that of a filter. */
#define TYPING_FILTER (SEARCH_INVERT | SEARCH_LITERAL)

/** Before the pattern some keys say how to search. True: this was one. */
static bool typing_modifier(struct app *app, uint32_t stroke)
{
    if (app->prompt.kind != PROMPT_SEARCH || app->prompt.text.length > 0)
        return false;
    const bool filter = app->asked.id == COMMAND_FILTER;
    bool used = true;
    if (app->group_asked) {
        app->group_asked = false;
        used = modifier_number(&app->modifiers, stroke);
    } else if (!filter && modifier_asks(stroke)) {
        app->group_asked = true;
    } else {
        used = modifier_type(&app->modifiers, filter ? TYPING_FILTER : TYPING_MODIFIERS, stroke);
    }
    action_label(app);
    return used;
}

/** A key for the prompt that is open. */
static void typing_prompt(struct app *app, uint32_t stroke)
{
    struct prompt *prompt = &app->prompt;
    if (prompt->kind == PROMPT_BYTE) {
        bytes_typed(app, stroke);
        return;
    }
    if (typing_modifier(app, stroke))
        return;
    enum prompt_result result = prompt_feed(prompt, stroke);
    if (result == PROMPT_COMPLETE) {
        complete_next(app);
        return;
    }
    complete_forget(app);
    bool ready = result == PROMPT_EDITED && prompt->kind == PROMPT_OPTION && action_option_ready(app);
    if (result == PROMPT_ENTERED || ready)
        action_entered(app);
    else if (result == PROMPT_CANCELLED)
        action_cancelled(app);
    else
        action_typed(app);
}

static void typing_command(struct app *app, uint32_t stroke)
{
    struct invocation invocation;
    switch (keymap_feed(&app->keymap, &app->typed, stroke, &invocation)) {
    case KEYMAP_COMMAND:
        action_run(app, &invocation);
        break;
    case KEYMAP_UNKNOWN:
        if (stroke != STROKE_ESCAPE && app->screen && !app->options.quiet)
            screen_bell(app->screen);
        break;
    case KEYMAP_MORE:
        break;
    }
}

bool app_key(struct app *app, uint32_t stroke, uint32_t next)
{
    app->message[0] = '\0';
    app->info = false;
    app->dirty = true;
    if (write_answer(app, stroke) || bytes_answer(app, stroke))
        return false;
    if (!app->prompt.open && bytes_keep(app, stroke))
        return false;
    if (app->prompt.open) {
        typing_prompt(app, stroke);
        return false;
    }
    /* Esc alone stops what runs; Esc with another key right behind it is Alt and that key. */
    if (stroke == STROKE_ESCAPE && app->typed.length == 0 && next == STROKE_NONE && app_busy(app)) {
        app->typed = (struct typed){0};
        app_stop(app);
        return false;
    }
    bool alone = stroke == STROKE_ESCAPE && next == STROKE_NONE;
    if (app->typed.length == 0 && (bytes_key(app, stroke) || (alone && bytes_escape(app))))
        return false;
    typing_command(app, stroke);
    if (stroke == STROKE_ESCAPE && next != STROKE_NONE && app->typed.length > 0) {
        typing_command(app, next);
        return true;
    }
    return false;
}

void app_type(struct app *app, const char *keys)
{
    size_t length = strlen(keys);
    app->scripted = true;
    /* +0x100 is +:0x100: as keys it would be a count of nothing, and then another view. */
    if (keys[0] == '0' && keys[1] == 'x' && isxdigit((unsigned char)keys[2]))
        app_key(app, ':', STROKE_NONE);
    for (size_t at = 0; at < length;) {
        struct utf8 rune = utf8_decode(keys + at, length - at);
        at += rune.length;
        app_key(app, rune.rune, STROKE_NONE);
    }
    if (app->prompt.open) {
        app_key(app, '\r', STROKE_NONE);
    } else if (app->typed.counted && app->typed.length == 0) {
        /* +N is +Ng. */
        app_key(app, 'g', STROKE_NONE);
    }
    app->scripted = false;
    app->typed = (struct typed){0};
}
