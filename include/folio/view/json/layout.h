/* SPDX-License-Identifier: MIT */
/**
 * view: the layout of a JSON file as a tree. Constant; see view/layout.
 *
 * A row is a value, or a closing bracket, as model/json/row has them, indented by its depth. The cursor is on a byte, as
 * among bytes, and the row that holds it is the one that keys are about: who comes from text or bytes and goes back there
 * is where he was.
 */
#ifndef FOLIO_VIEW_JSON_LAYOUT_H
#define FOLIO_VIEW_JSON_LAYOUT_H

#include "folio/model/json/row.h"
#include "folio/view/layout/layout.h"

/** What the layout is made of: its content, which the session keeps. */
struct json_tree {
    struct json_rows rows;
};

extern const struct layout json_layout;

#endif
