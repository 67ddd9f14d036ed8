/* SPDX-License-Identifier: MIT */
/** session: the memory of what the parts keep, laid out in one piece. Pure. */
#ifndef FOLIO_SESSION_CORE_STATES_H
#define FOLIO_SESSION_CORE_STATES_H

#include "folio/session/core/session.h"

#include <stddef.h>

/** The room for so many bytes, so that what comes behind them may be anything too. */
size_t states_room(size_t size);

/** The next piece of the memory at `*next`, of `size` bytes for anything; NULL where there is no size. */
void *states_take(unsigned char **next, size_t size);

/** How many bytes the states of all parts on one stage take. */
size_t states_stage_size(const struct session *session);

/** Lay the states of a stage into so much memory at `*next`, all zero, which goes on behind them. */
void states_stage(const struct session *session, struct stage *stage, unsigned char **next);

#endif
