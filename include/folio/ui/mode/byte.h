/* SPDX-License-Identifier: MIT */
/**
 * ui: the mode of the view of bytes, where keys may be bytes of the file.
 *
 * Where pokes are armed or edits go to a sandbox, a digit (or, in the column of characters, a character) begins a run at
 * the byte under the cursor (ui/mode/typing.h); everything else is a command as everywhere. Esc is no prefix there. UI
 * thread.
 */
#ifndef FOLIO_UI_MODE_BYTE_H
#define FOLIO_UI_MODE_BYTE_H

#include "folio/ui/app/mode.h"

/** The mode; it lies on the commands. */
extern const struct mode bytes_mode;

#endif
