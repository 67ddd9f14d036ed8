/* SPDX-License-Identifier: MIT */
/**
 * session: the link between the UI thread and the session. UI thread.
 *
 * Numbers the requests and keeps the three frames going round: the session draws into one, the mailbox holds one, and
 * one is with the UI thread. Before the first frame has come, that last one is an empty frame.
 */
#include "folio/session/top/link.h"

#include "folio/io/page/guard.h"
#include "folio/session/poke/confirm.h"

#include <errno.h>
#include <stdlib.h>

struct link {
    struct session *session;
    struct mailbox *mailbox; /**< the session's */
    struct wake *wake;       /**< rung for every reply and frame */
    struct frame *frame;     /**< the one that is not with the session */
    uint64_t sent;           /**< number of the last request */
};

static void link_abandon(struct link *link)
{
    wake_close(link->wake);
    frame_close(link->frame);
    free(link);
}

struct link *link_open(const struct session_options *options, void (*complain)(const struct error *error),
                       unsigned *failed, struct error *error)
{
    struct link *link = calloc(1, sizeof *link);
    *failed = 0;
    if (!link) {
        error_system(error, ENOMEM, "Cannot start");
        return NULL;
    }
    /* The handler has to stand before the view thread touches the first byte of a file. */
    guard_install();
    link->wake = wake_open(error);
    link->frame = link->wake ? frame_open() : NULL;
    if (link->wake && !link->frame)
        error_system(error, ENOMEM, "Cannot start");
    if (link->frame)
        link->session = session_open(options, link->wake, complain, failed, error);
    if (!link->session) {
        link_abandon(link);
        return NULL;
    }
    link->mailbox = session_mailbox(link->session);
    return link;
}

bool link_send(struct link *link, struct request *request)
{
    request->number = link->sent + 1;
    bool sent = mailbox_send(link->mailbox, request);
    link->sent += sent;
    return sent;
}

uint64_t link_sent(const struct link *link)
{
    return link->sent;
}

bool link_collect(struct link *link, struct reply *reply)
{
    return mailbox_collect(link->mailbox, reply);
}

struct frame *link_latest(struct link *link)
{
    struct frame *latest = mailbox_latest(link->mailbox, link->frame);
    link->frame = latest ? latest : link->frame;
    return latest;
}

int link_fd(const struct link *link)
{
    return wake_fd(link->wake);
}

void link_clear(struct link *link)
{
    wake_clear(link->wake);
}

void link_ring(struct link *link)
{
    wake_ring(link->wake);
}

void link_interrupt(struct link *link)
{
    session_interrupt(link->session);
}

bool link_storing(struct link *link)
{
    return poking_storing(link->session);
}

bool link_stored(struct link *link, size_t *stored, size_t *count)
{
    struct poke_progress *progress = poking_progress(link->session);
    *stored = atomic_load(&progress->stored);
    *count = atomic_load(&progress->count);
    return atomic_load(&progress->stopped);
}

void link_stop(struct link *link)
{
    atomic_store(&poking_progress(link->session)->stop, true);
}

void link_drawn(struct link *link)
{
    session_drawn(link->session);
}
