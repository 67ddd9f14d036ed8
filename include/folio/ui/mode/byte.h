/* SPDX-License-Identifier: MIT */
/**
 * ui: two modes in which keys are bytes of the file.
 *
 * bytes_mode is for the view of bytes: where pokes are armed or edits go to a sandbox, a digit (or, in the column of
 * characters, a character) opens a prompt for the byte under the cursor; everything else is a command as everywhere.
 * byte_mode is that prompt: it says what is there and what is typed; Enter has it stored. UI thread.
 */
#ifndef FOLIO_UI_MODE_BYTE_H
#define FOLIO_UI_MODE_BYTE_H

#include "folio/ui/app/mode.h"

/** What the prompt is about. */
struct byte {
    uint64_t offset;
    int before;      /**< what was shown there */
    bool characters; /**< a character is typed, not two digits */
};

/** The mode of the view; it lies on the commands. */
extern const struct mode bytes_mode;

/** The mode of the prompt; it is on while that is open. */
extern const struct mode byte_mode;

#endif
