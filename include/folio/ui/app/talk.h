/* SPDX-License-Identifier: MIT */
/** ui, private: requests to the session, and what comes back from it: replies and frames (talk.c). UI thread. */
#ifndef FOLIO_UI_APP_TALK_H
#define FOLIO_UI_APP_TALK_H

#include "folio/ui/app/inside.h"

/** Send a request for `amount`, the count of `invocation` (NULL: none) and `text` (NULL: none). */
void app_request(struct app *app, enum verb verb, int64_t amount, const struct invocation *invocation,
                 const char *text);

/** Send a search as it was asked for: its direction, count and modifiers, and `text`. */
void app_request_search(struct app *app, enum verb verb, const char *text);

/** Tell the session the size of the body. */
void app_request_size(struct app *app);

/** Hand over the text of the help. */
void app_request_help(struct app *app, char *text, size_t length);

/** Take replies and the latest frame; what was held may go out. */
void app_collect(struct app *app);

/** Does something run that ^C and Esc would stop? */
bool app_busy(const struct app *app);

/** Stop it. */
void app_stop(struct app *app);

/** At the end, under -e or -E: the next file, or leave. */
void app_next_or_leave(struct app *app);

/** Rows that the session composes. */
unsigned app_body(const struct app *app);

#endif
