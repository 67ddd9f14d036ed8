/* SPDX-License-Identifier: MIT */
/** ui: the mode at the bottom of the stack: keys are commands. UI thread. */
#ifndef FOLIO_UI_MODE_KEYS_H
#define FOLIO_UI_MODE_KEYS_H

#include "folio/ui/app/mode.h"

/** The mode; it is always on and uses every key that no other wants. */
extern const struct mode keys_mode;

#endif
