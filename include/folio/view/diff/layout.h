/* SPDX-License-Identifier: MIT */
/** view: the layout of two files beside each other. Constant; see view/layout. */
#ifndef FOLIO_VIEW_DIFF_LAYOUT_H
#define FOLIO_VIEW_DIFF_LAYOUT_H

#include "folio/view/layout/layout.h"

/**
 * The first of the rows with bytes that only the other file has before the one at `offset`. False: it has none there.
 * A screen that shows that byte has them above it.
 */
bool diff_more(const struct canvas *canvas, uint64_t offset, struct row *row);

/** Bytes of two files beside each other. Its content is the struct diff that compares them. */
extern const struct layout diff_layout;

#endif
