/* SPDX-License-Identifier: MIT */
/**
 * ui: the mode in which a person types a line: a pattern, a command behind `:`, an option, a name.
 *
 * Who opens the prompt says what the line is for; the mode knows no command. UI thread.
 */
#ifndef FOLIO_UI_MODE_PROMPT_H
#define FOLIO_UI_MODE_PROMPT_H

#include "folio/ui/app/mode.h"
#include "folio/ui/prompt/prompt.h"

struct invocation;

/** What a line is for. All but `entered` may be NULL. */
struct purpose {
    enum prompt_kind kind;
    /** Enter: `text` is the line; the prompt is closed, and app->asking.invocation is the command that opened it. */
    void (*entered)(struct app *app, const char *text);
    /** The prompt was left without Enter. */
    void (*cancelled)(struct app *app);
    /** A key that may mean something else than a character of the line. True: it did. */
    bool (*key)(struct app *app, uint32_t stroke);
    /** The line may have changed. */
    void (*changed)(struct app *app);
    /** Is the line complete without Enter? */
    bool (*complete)(const struct app *app);
};

/** The mode; it is on while such a prompt is open. */
extern const struct mode prompt_mode;

/** Open a prompt for the command `invocation`, with `label` before the line. */
void prompt_ask(struct app *app, const struct invocation *invocation, const struct purpose *purpose,
                const char *label);

#endif
