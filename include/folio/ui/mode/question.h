/* SPDX-License-Identifier: MIT */
/**
 * ui: the mode in which the session has asked whether bytes are to be changed (OUTCOME_ASKS).
 *
 * The question stands in the last row. Enter does it, any other key leaves it; a colon begins a command as well. UI
 * thread.
 */
#ifndef FOLIO_UI_MODE_QUESTION_H
#define FOLIO_UI_MODE_QUESTION_H

#include "folio/ui/app/mode.h"

struct question {
    uint64_t number; /**< what the answer has to name */
    char text[REQUEST_TEXT + 64];
};

/** The mode; it is on while something is asked. */
extern const struct mode question_mode;

/** The session asks in this reply. It gets no for an answer at once where the person is typing into a prompt. */
void question_ask(struct app *app, const struct reply *reply);

#endif
