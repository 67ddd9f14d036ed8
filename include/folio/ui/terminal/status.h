/* SPDX-License-Identifier: MIT */
/**
 * ui: the status row and the sentence of `=`, out of the report of a frame. Pure; UI thread.
 */
#ifndef FOLIO_UI_TERMINAL_STATUS_H
#define FOLIO_UI_TERMINAL_STATUS_H

#include "folio/ui/terminal/strip.h"
#include "folio/view/frame/frame.h"

#include <stdbool.h>
#include <stddef.h>

/** Everything the row is made of. */
struct status {
    const struct report *report; /**< NULL: no frame has come yet */
    const char *message;         /**< shown instead of all else; "" for none */
    const char *typed;           /**< keys of a command that is not complete; "" for none */
    bool help;                   /**< the help is shown, not a file */
    bool asked;                  /**< `message` is a question: each key answers it */
    bool waiting;                /**< a request has been on its way for long */
    unsigned rows;               /**< of the screen: a long message may take some */
};

/** Draw the row. What does not fit is left out, the least important first; a message goes on in rows above. */
void status_draw(const struct status *whole, struct strip *strip, unsigned columns);

/** What `=` says: "NAME lines A-B/TOTAL byte X/SIZE P%". */
void status_info(const struct report *report, char *out, size_t capacity);

#endif
