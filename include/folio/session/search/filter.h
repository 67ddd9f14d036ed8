/* SPDX-License-Identifier: MIT */
/** session: which lines are shown. View thread. */
#ifndef FOLIO_SESSION_SEARCH_FILTER_H
#define FOLIO_SESSION_SEARCH_FILTER_H

#include "folio/session/core/session.h"

/** How often the patterns changed: who began something with them sees whether they are still the same. */
unsigned filtering_change(const struct session *session);

#endif
