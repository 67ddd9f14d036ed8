/* SPDX-License-Identifier: MIT */
/* session: the memory of what the parts keep (see the header). */
#include "folio/session/core/states.h"

#include <stdalign.h>

size_t states_room(size_t size)
{
    return (size + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
}

void *states_take(unsigned char **next, size_t size)
{
    void *taken = size ? *next : NULL;
    *next += states_room(size);
    return taken;
}

size_t states_stage_size(const struct session *session)
{
    size_t sum = 0;
    for (unsigned i = 0; i < PART_COUNT; i++)
        sum += states_room(session->part[i]->stage_size);
    return sum;
}

void states_stage(const struct session *session, struct stage *stage, unsigned char **next)
{
    for (unsigned i = 0; i < PART_COUNT; i++)
        stage->state[i] = states_take(next, session->part[i]->stage_size);
}
