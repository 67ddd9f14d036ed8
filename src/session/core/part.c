/* SPDX-License-Identifier: MIT */
/* session: what is asked of all parts, whoever asks. View thread. */
#include "folio/session/core/part.h"

#include "folio/session/core/session.h"

void parts_wait(struct session *session)
{
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (session->part[i]->wait)
            session->part[i]->wait(session);
}

void parts_reveal(struct session *session, uint64_t offset)
{
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (session->part[i]->reveal)
            session->part[i]->reveal(session, offset);
}
