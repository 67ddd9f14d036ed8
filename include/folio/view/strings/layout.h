/* SPDX-License-Identifier: MIT */
/** view: the layout of runs of text among bytes. Constant; see view/layout. */
#ifndef FOLIO_VIEW_STRINGS_LAYOUT_H
#define FOLIO_VIEW_STRINGS_LAYOUT_H

#include "folio/view/layout/layout.h"

/** Runs of printable text, each a row with its offset. Its content is the struct runs that are listed. */
extern const struct layout strings_layout;

#endif
