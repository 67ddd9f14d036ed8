/* SPDX-License-Identifier: MIT */
/* session: the tables of parts and of motions, and what the parts keep. Constant but for that. */
#include "parts.h"

#include "folio/session/move/cursor.h"
#include "folio/session/move/lines.h"

#include <stdalign.h>
#include <stddef.h>
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

/** The room for so many bytes, so that what comes behind them may be anything too. */
static size_t state_size(size_t size)
{
    return (size + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
}

/** The next piece of the memory at `*next`, of `size` bytes for anything; NULL where there is no size. */
static void *state_take(unsigned char **next, size_t size)
{
    void *taken = size ? *next : NULL;
    *next += state_size(size);
    return taken;
}

/** What all states take together. */
static size_t states_size(void)
{
    size_t sum = 0;
    for (unsigned i = 0; i < PART_COUNT; i++)
        sum += state_size(part_table[i]->session_size) + 2 * state_size(part_table[i]->stage_size);
    return sum;
}

bool parts_open(struct session *session)
{
    session->part = part_table;
    session->motion = motion_table;
    /* One piece, which is so large that its pages come as they are used: most of them never are. */
    unsigned char *next = session->states = calloc(1, states_size());
    for (unsigned i = 0; i < PART_COUNT && next; i++) {
        const struct part *part = part_table[i];
        session->state[i] = state_take(&next, part->session_size);
        session->base.state[i] = state_take(&next, part->stage_size);
        session->help.state[i] = state_take(&next, part->stage_size);
    }
    return session->states;
}

void parts_close(struct session *session)
{
    free(session->states);
}
