/* SPDX-License-Identifier: MIT */
/** view: the layout of bytes. Constant; see view/layout. */
#ifndef FOLIO_VIEW_HEX_LAYOUT_H
#define FOLIO_VIEW_HEX_LAYOUT_H

#include "folio/view/layout/layout.h"

/** Bytes: offset, digits, characters. */
extern const struct layout hex_layout;

#endif
