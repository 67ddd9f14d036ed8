/* SPDX-License-Identifier: MIT */
/** ui: what comes back from the session: replies and frames. UI thread. */
#ifndef FOLIO_UI_RUN_RECEIVE_H
#define FOLIO_UI_RUN_RECEIVE_H

struct app;

/** Take all replies and the latest frame; a scroll that was held back may go out. */
void receive_all(struct app *app);

#endif
