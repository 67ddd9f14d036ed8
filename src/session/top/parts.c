/* SPDX-License-Identifier: MIT */
/* session: the tables of parts and of motions, and what the parts keep. Constant but for that. */
#include "parts.h"

#include "folio/session/core/states.h"
#include "folio/session/move/cursor.h"
#include "folio/session/move/lines.h"

#include <stdlib.h>

static const struct part *const part_table[PART_COUNT] = {
#define PART(name, constant) [PART_##name] = &constant,
#include "folio/session/core/parts.def"
#undef PART
};

static const struct motion *const motion_table[] = {
    [LAYOUT_LINES] = &lines_motion,
    [LAYOUT_LIST] = &list_motion,
    [LAYOUT_BYTES] = &bytes_motion,
    [LAYOUT_TREE] = &list_motion,
};

/** What all states take together. */
static size_t parts_size(const struct session *session)
{
    size_t sum = 2 * states_stage_size(session);
    for (unsigned i = 0; i < PART_COUNT; i++)
        sum += states_room(session->part[i]->session_size);
    return sum;
}

bool parts_open(struct session *session)
{
    session->part = part_table;
    session->motion = motion_table;
    /* One piece, which is so large that its pages come as they are used: most of them never are. */
    unsigned char *next = session->states = calloc(1, parts_size(session));
    if (!next)
        return false;
    for (unsigned i = 0; i < PART_COUNT; i++)
        session->state[i] = states_take(&next, session->part[i]->session_size);
    states_stage(session, &session->base, &next);
    states_stage(session, &session->help, &next);
    return true;
}

void parts_close(struct session *session)
{
    free(session->states);
}
