/* SPDX-License-Identifier: MIT */
/**
 * ui: the terminal's clipboard, by the sequence OSC 52. Main thread.
 *
 * Whether the terminal takes it nobody can know: some never do, some ask the person, tmux does where `set-clipboard`
 * is on.
 */
#ifndef FOLIO_UI_TERMINAL_CLIPBOARD_H
#define FOLIO_UI_TERMINAL_CLIPBOARD_H

#include "folio/base/bytes/error.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * Offer `length` bytes to the clipboard of the terminal behind the descriptor `out`. The sequence, with the bytes in
 * base64, is written directly, not through curses; so this is called between two pictures. False and `error`, and
 * nothing is written, where `out` is no terminal, or one ($TERM) that would show the sequence as text.
 */
bool clipboard_put(int out, const void *data, size_t length, struct error *error);

#endif
