/* SPDX-License-Identifier: MIT */
/* session: the tables of parts and of motions, and what the parts keep. Constant but for that. */
#include "parts.h"

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
};

/** Memory of `size` bytes, all zeros, where there is a size. False when out of memory. */
static bool state_open(void **state, size_t size)
{
    *state = size ? calloc(1, size) : NULL;
    return size == 0 || *state;
}

bool parts_open(struct session *session)
{
    bool fine = true;
    session->part = part_table;
    session->motion = motion_table;
    for (unsigned i = 0; i < PART_COUNT; i++) {
        const struct part *part = part_table[i];
        fine = state_open(&session->state[i], part->session_size) && fine;
        fine = state_open(&session->base.state[i], part->stage_size) && fine;
        fine = state_open(&session->help.state[i], part->stage_size) && fine;
    }
    return fine;
}

void parts_close(struct session *session)
{
    for (unsigned i = 0; i < PART_COUNT; i++) {
        free(session->state[i]);
        free(session->base.state[i]);
        free(session->help.state[i]);
    }
}
