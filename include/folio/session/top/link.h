/* SPDX-License-Identifier: MIT */
/**
 * session: what the UI thread has of it. Requests in, frames and replies out.
 *
 * Owns the files, the place in each, marks, the pattern, the settings. session_open starts the view thread, which
 * does everything else; from then on the UI thread talks to it through the mailbox that session_open returns, and
 * waits at `ui`, which is rung for every frame and reply. The first file is opened before session_open returns, so
 * that "no such file" is said before the screen is switched; nothing of its content is read there.
 */
#ifndef FOLIO_SESSION_TOP_LINK_H
#define FOLIO_SESSION_TOP_LINK_H

#include "folio/base/bytes/error.h"
#include "folio/io/thread/mailbox.h"
#include "folio/io/thread/wake.h"
#include "folio/session/core/options.h"

#include <stdbool.h>
#include <stddef.h>

struct session;

/**
 * Open the first file that can be opened (telling of each that cannot by `complain`), start the view thread, and
 * return; a first frame follows by itself (request number 0). NULL and `error` when none could be opened or there is
 * no memory or thread. `*failed` gets how many files could not be opened so far.
 */
struct session *session_open(const struct session_options *options, struct wake *ui,
                             void (*complain)(const struct error *error), unsigned *failed,
                             struct error *error);

/** The mailbox; borrowed, as long as the session. */
struct mailbox *session_mailbox(struct session *session);

/**
 * Make whatever the view thread waits for give way: it then carries out the requests that are queued (send STOP
 * first). UI thread; never blocks.
 */
void session_interrupt(struct session *session);

/** Is a byte being stored at this moment? UI thread; before it leaves. */
bool session_storing(struct session *session);

/** A frame is on the screen: the survey may begin. UI thread; any number of times. */
void session_drawn(struct session *session);

#endif
