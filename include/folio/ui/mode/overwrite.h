/* SPDX-License-Identifier: MIT */
/**
 * ui: the mode in which it is asked what to do with a file that is there already: o overwrites it, a appends to it, d
 * or Esc leaves it, q quits. UI thread.
 */
#ifndef FOLIO_UI_MODE_OVERWRITE_H
#define FOLIO_UI_MODE_OVERWRITE_H

#include "folio/ui/app/mode.h"

/** The request that came upon the file; it is sent again with the answer. */
struct overwrite {
    enum verb verb; /**< WRITE, or SAVE, in whose text a range stands before the name */
    int64_t amount;
    char text[REQUEST_TEXT];
};

/** The mode; it is on while this is asked. */
extern const struct mode overwrite_mode;

/** The reply to WRITE or SAVE: asks, if it came upon a file that is there. */
void overwrite_replied(struct app *app, const struct reply *reply);

#endif
