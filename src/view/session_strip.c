/* SPDX-License-Identifier: MIT */
/* view: kinds of bytes at the right edge (see session_body.h). View thread. */
#include "session_body.h"

unsigned session_strip_columns(const struct session *session)
{
    (void)session;
    return 0;
}

void session_strip_draw(struct session *session, struct frame *frame)
{
    (void)session;
    (void)frame;
}

void session_strip_close(struct stage *stage)
{
    (void)stage;
}
