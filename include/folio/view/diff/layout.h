/* SPDX-License-Identifier: MIT */
/** view: the layout of two files beside each other. Constant; see view/layout. */
#ifndef FOLIO_VIEW_DIFF_LAYOUT_H
#define FOLIO_VIEW_DIFF_LAYOUT_H

#include "folio/view/layout/layout.h"

/** Bytes of two files beside each other. Its content is the struct diff that compares them. */
extern const struct layout diff_layout;

#endif
