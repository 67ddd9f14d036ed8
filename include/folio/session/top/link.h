/* SPDX-License-Identifier: MIT */
/**
 * session: how it is started, and the link through which the UI thread talks to it.
 *
 * The session owns the files, the place in each, marks, the pattern, the settings. session_open starts the view thread,
 * which does everything else. link_open does that too and returns a link: requests are sent through it, replies and
 * frames are taken from it, and its descriptor can be polled for both. The first file is opened before either returns,
 * so that "no such file" is said before the screen is switched; nothing of its content is read there.
 *
 * A link is opaque and belongs to the UI thread. It is never closed: the process ends without waiting for the session.
 */
#ifndef FOLIO_SESSION_TOP_LINK_H
#define FOLIO_SESSION_TOP_LINK_H

#include "folio/base/bytes/error.h"
#include "folio/io/thread/mailbox.h"
#include "folio/io/thread/wake.h"
#include "folio/session/core/options.h"
#include "folio/session/core/request.h"
#include "folio/view/frame/frame.h"

#include <stdbool.h>
#include <stddef.h>

struct session;
struct link;

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

/** A frame is on the screen: the survey may begin. UI thread; any number of times. */
void session_drawn(struct session *session);

/**
 * Start a session as session_open does, and whatever the UI thread needs to talk to it. Once in a process, and before
 * any other thread is started. NULL and `error` where that cannot be done.
 */
struct link *link_open(const struct session_options *options, void (*complain)(const struct error *error),
                       unsigned *failed, struct error *error);

/**
 * Send `request`, to which this gives the next number; its payload is taken over. False when the session does not keep
 * up or there is no memory: then it is not sent, and the next request gets the same number.
 */
bool link_send(struct link *link, struct request *request);

/** The number of the last request that was sent, 0 before the first. */
uint64_t link_sent(const struct link *link);

/** Take the oldest reply that has come; its payload is the caller's. False when there is none. */
bool link_collect(struct link *link, struct reply *reply);

/** The latest frame, until the next call; NULL when none has come since the last one. The one before is given back. */
struct frame *link_latest(struct link *link);

/** A descriptor to poll for reading: something has come, or somebody rang. link_clear before looking what it was. */
int link_fd(const struct link *link);

/** Use up what made the descriptor readable. */
void link_clear(struct link *link);

/** Make the descriptor readable. Any thread. */
void link_ring(struct link *link);

/** Have whatever the session waits for give way, as session_interrupt does. */
void link_interrupt(struct link *link);

/** Is a byte being stored at this moment? */
bool link_storing(struct link *link);

/** How many bytes are stored of how many that are being stored, or were last; true: the rest was left out. */
bool link_stored(struct link *link, size_t *stored, size_t *count);

/** Leave out what is not begun of bytes that are being stored, from now on: the process is about to end. */
void link_stop(struct link *link);

/** A frame is on the screen: what the session put off for that may begin. Any number of times. */
void link_drawn(struct link *link);

#endif
