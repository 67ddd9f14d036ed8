/* SPDX-License-Identifier: MIT */
/** view: the layout of text: lines, and lists that are shown like them. Constant; see view/layout. */
#ifndef FOLIO_VIEW_TEXT_LAYOUT_H
#define FOLIO_VIEW_TEXT_LAYOUT_H

#include "folio/view/layout/layout.h"

/** Lines of text, wrapped or chopped. */
extern const struct layout text_layout;

/** The same, a row of which is picked with Enter. */
extern const struct layout list_layout;

#endif
