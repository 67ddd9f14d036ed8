/* SPDX-License-Identifier: MIT */
/** session: shifting lines, for the motions that do. View thread. */
#ifndef FOLIO_SESSION_MOVE_SHIFT_H
#define FOLIO_SESSION_MOVE_SHIFT_H

#include "folio/session/core/session.h"

/** SHIFT and SHIFT_EDGE where rows hold text: other columns of it are shown. */
session_verb shift_columns, shift_to_edge;

#endif
