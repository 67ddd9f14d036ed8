/* SPDX-License-Identifier: MIT */
/** ui: requests on their way to the session, and whether something runs there. UI thread. */
#ifndef FOLIO_UI_APP_SEND_H
#define FOLIO_UI_APP_SEND_H

#include "folio/session/core/request.h"

#include <stdbool.h>
#include <stdint.h>

struct app;
struct invocation;

/** Milliseconds of a clock that only goes forward. */
int64_t app_now(void);

/**
 * Send a request for `amount`, the count of `invocation` (NULL: none) and `text` (NULL: none). A scroll may be held
 * back for a moment, so that those that follow fast become one.
 */
void app_request(struct app *app, enum verb verb, int64_t amount, const struct invocation *invocation,
                 const char *text);

/** Send a request as it is; its payload is taken over. */
void app_request_whole(struct app *app, struct request *request);

/** Tell the session how many rows and columns it has to fill. */
void app_request_size(struct app *app);

/** Send the scroll that is held back, once few enough requests wait. */
void app_release(struct app *app);

/** Notice that a request has been waiting for long: the status row says so. */
void app_tire(struct app *app);

/** Does something run that ^C and Esc would stop? */
bool app_busy(const struct app *app);

/** Stop it. */
void app_stop(struct app *app);

/** Rows of the screen that the session fills: all but the last. */
unsigned app_body(const struct app *app);

#endif
