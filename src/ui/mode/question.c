/* SPDX-License-Identifier: MIT */
/** ui: the mode in which the session has asked whether bytes are to be changed. UI thread. */
#include "folio/ui/mode/question.h"

#include "folio/ui/app/app.h"
#include "folio/ui/app/send.h"
#include "folio/ui/mode/ahead.h"
#include "folio/ui/mode/armed.h"

#include <stdio.h>
#include <string.h>

/** How a question is answered, at length and where there is less room. */
static const char *const question_answers[] = {"  Enter does it, any other key leaves it", "  Enter does it",
                                               "  Enter?"};

/** So much of `message`, in bytes, takes at most `room` columns; cut at the start of a character. */
static size_t question_cut(const char *message, unsigned room)
{
    size_t length = strlen(message);
    while (length > 0 && strip_width(message, length) > room)
        do {
            length--;
        } while (length > 0 && (message[length] & 0xc0) == 0x80);
    return length;
}

/* How it is answered must be seen whatever is asked, so the question gives way where there is no room. */
static void question_put(struct question *question, const char *message, unsigned columns)
{
    const char *answer = NULL;
    unsigned room = 0;
    bool whole = false;
    for (size_t i = 0; i < sizeof question_answers / sizeof question_answers[0] && !whole; i++) {
        answer = question_answers[i];
        unsigned width = strip_width(answer, strlen(answer));
        room = columns > width + 4 ? columns - width - 4 : 0;
        whole = strip_width(message, strlen(message)) <= room + 3;
    }
    size_t length = whole ? strlen(message) : question_cut(message, room);
    snprintf(question->text, sizeof question->text, "%.*s%s%s", (int)length, message, whole ? "" : "...",
             answer);
}

void question_ask(struct app *app, const struct reply *reply)
{
    /* The keys that come next were meant for the prompt. */
    if (app->asking.prompt.open) {
        app_request(app, REQUEST_POKE_ANSWER, 0, NULL, NULL);
        return;
    }
    question_put(app->question, reply->message, app->terminal.columns);
    app->question->number = reply->value;
    mode_push(app, &question_mode);
    app->terminal.dirty = true;
    /* Nobody has answered before they were asked. */
    ahead_forget(app);
}

static enum mode_result question_key(struct app *app, uint32_t stroke, uint32_t next)
{
    int64_t answer = armed_enter(stroke) ? (int64_t)app->question->number : 0;
    (void)next;
    mode_pop(app, &question_mode);
    app_request(app, REQUEST_POKE_ANSWER, answer, NULL, NULL);
    ahead_answer(app);
    /* A command line that is begun is not typed into the bytes. */
    return stroke == ':' ? MODE_PASS : MODE_USED;
}

static const char *question_label(const struct app *app)
{
    return app->question->text;
}

const struct mode question_mode = {
    .name = "question", .key = question_key, .paste = mode_paste_refused, .label = question_label};
