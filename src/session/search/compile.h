/* SPDX-License-Identifier: MIT */
/** session: the patterns of the search and of the filter, compiled, for who opens what counts them. View thread. */
#ifndef FOLIO_SESSION_SEARCH_COMPILE_H
#define FOLIO_SESSION_SEARCH_COMPILE_H

#include "state.h"

#include "folio/base/bytes/error.h"
#include "folio/model/pattern/pattern.h"

/** Compile the session's pattern as its modifiers say. NULL and `error` when it cannot be. */
struct pattern *search_compile(const struct session *session, struct error *error);

/** The pattern that was searched for, without regard to case. NULL when it cannot be. */
struct pattern *compile_folded(const struct session *session);

/** Compile one pattern of the filter. NULL and `error` when it cannot be. */
struct pattern *compile_filter(const struct session *session, const struct filter_pattern *one,
                               struct error *error);

/** Compile all patterns of the filter into `part`, as many as there are. False: not one of them is there. */
bool filtering_compile(const struct session *session, struct filter_part *part);

#endif
