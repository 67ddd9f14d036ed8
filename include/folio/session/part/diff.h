/* SPDX-License-Identifier: MIT */
/** session: comparing the file with another one. View thread. */
#ifndef FOLIO_SESSION_PART_DIFF_H
#define FOLIO_SESSION_PART_DIFF_H

#include "folio/model/survey/summary.h"
#include "folio/session/core/session.h"

/** What counts what the overview shows: matches, or differences; NULL: neither. */
const struct summary *comparison_summary(const struct session *session);

#endif
