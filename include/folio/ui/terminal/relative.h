/* SPDX-License-Identifier: MIT */
/**
 * ui: which terminal type is most like one that terminfo does not know. Pure.
 *
 * New terminals bring a description of their own, and a machine that one logs in to does not have it. Nearly all of them
 * do what xterm does, or come from another that is known.
 */
#ifndef FOLIO_UI_TERMINAL_RELATIVE_H
#define FOLIO_UI_TERMINAL_RELATIVE_H

#include <stddef.h>

/**
 * The `number`-th type (from 0) to try in place of `type`, nearest first; NULL: there are no more. What is returned is
 * in `room`, or constant.
 */
const char *relative_type(const char *type, unsigned number, char *room, size_t room_size);

#endif
