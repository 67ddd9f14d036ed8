/* SPDX-License-Identifier: MIT */
/** session: the bytes that are selected: from where that began to the cursor, which moves its end. View thread. */
#ifndef FOLIO_SESSION_MOVE_SELECTION_H
#define FOLIO_SESSION_MOVE_SELECTION_H

#include "folio/base/bytes/span.h"
#include "folio/session/core/session.h"

#include <stdbool.h>

/** The bytes that are selected on the stage that is shown, at least one. False: none are, and `range` is as it was. */
bool selection_range(const struct session *session, struct range *range);

/** Nothing is selected any more on the stage that is shown. */
void selection_drop(struct session *session);

#endif
