/* SPDX-License-Identifier: MIT */
/**
 * ui: what one sequence that a terminal sends means, in the spellings that most terminals share. Pure.
 *
 * terminfo knows the keys of the terminal that $TERM names, in one of their two modes. What comes really is more: the
 * other mode, keys with modifiers, keys of newer protocols (kitty's `u`, xterm's modifyOtherKeys), the mouse, and
 * late answers to somebody's questions. They all have one grammar (ECMA-48), so the end of any of them can be found.
 */
#ifndef FOLIO_UI_TERMINAL_SPELLING_H
#define FOLIO_UI_TERMINAL_SPELLING_H

#include <stddef.h>
#include <stdint.h>

enum spelling_kind {
    SPELLING_NONE, /**< the first byte is a key of its own */
    SPELLING_PAIR, /**< the bytes are keys of their own unless more comes at once: Esc, or Alt and a bracket */
    SPELLING_MORE,   /**< the beginning of a sequence; without its end it is nothing */
    SPELLING_STRING, /**< a string begins, whose text is the last byte and what comes: OSC, DCS, APC, PM */
    SPELLING_BROKEN, /**< the last byte belongs to no sequence: those before it are nothing */
    SPELLING_WHOLE,  /**< `stroke` is what it means */
};

struct spelling {
    enum spelling_kind kind;
    uint32_t
        stroke[2]; /**< of a whole one: STROKE_NONE where it means nothing to us; two for Alt and a key */
};

/** What these bytes are; at least one. */
struct spelling spelling_read(const char *text, size_t length);

#endif
