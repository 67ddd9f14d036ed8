/* SPDX-License-Identifier: MIT */
/** ui, private: keys that are bytes, and questions about changing them (bytes.c). UI thread. */
#ifndef FOLIO_UI_MODE_BYTES_H
#define FOLIO_UI_MODE_BYTES_H

#include "folio/ui/app/inside.h"

/** Bytes of the file into another: the range, and its name, are the text of the command. */
void action_save(struct app *app, const struct invocation *invocation);

/** A key that is a byte, or picks from a list, in the view that is shown. False: it is a command as everywhere. */
bool bytes_key(struct app *app, uint32_t stroke);

/** Is the key kept, for it is not known yet what it is about? */
bool bytes_keep(struct app *app, uint32_t stroke);

/** A key for the prompt of a byte. */
void bytes_typed(struct app *app, uint32_t stroke);

/** Esc alone leaves the column of characters, where keys are bytes. False: it is Esc as everywhere. */
bool bytes_escape(struct app *app);

/** A request was sent. */
void bytes_sent(struct app *app, enum verb verb);

/** A reply may be that to a byte that was typed. */
void bytes_replied(struct app *app, const struct reply *reply);

/** A frame may have come that shows it: keys that were kept are carried out. */
void bytes_continue(struct app *app);

/** The session asks. */
void bytes_asked(struct app *app, const struct reply *reply);

/** A key may be the answer to a question of the session. False: nothing is asked. */
bool bytes_answer(struct app *app, uint32_t stroke);

/** Before leaving: wait a little for what is being stored. */
void bytes_settle(struct app *app);

#endif
