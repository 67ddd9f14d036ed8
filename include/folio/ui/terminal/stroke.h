/* SPDX-License-Identifier: MIT */
/**
 * ui: what a key is: a stroke is the code point of a character, or one of enum stroke for a key without one.
 */
#ifndef FOLIO_UI_TERMINAL_STROKE_H
#define FOLIO_UI_TERMINAL_STROKE_H

#include <stdint.h>

/** Keys that are no character. */
enum stroke {
    STROKE_NONE = 0x110000, /**< no key is waiting */
    STROKE_UP,
    STROKE_DOWN,
    STROKE_LEFT,
    STROKE_RIGHT,
    STROKE_HOME,
    STROKE_END,
    STROKE_PAGE_UP,
    STROKE_PAGE_DOWN,
    STROKE_DELETE,
    STROKE_WORD_LEFT,  /**< Control and Left */
    STROKE_WORD_RIGHT, /**< Control and Right */
    STROKE_SHIFT_UP,   /**< Shift and an arrow */
    STROKE_SHIFT_DOWN,
    STROKE_SHIFT_LEFT,
    STROKE_SHIFT_RIGHT,
    STROKE_SHIFT_TAB,
    STROKE_WHEEL_UP,
    STROKE_WHEEL_DOWN,
    STROKE_INSERT,
    STROKE_F1, /**< and the eleven after it */
    STROKE_F12 = STROKE_F1 + 11,
    STROKE_PASTE_BEGIN, /**< what comes up to the end was pasted, not typed: characters, controls among them */
    STROKE_PASTE_END,
};

/** The code point that Control and a letter (a capital) make. */
#define STROKE_CONTROL(letter) ((uint32_t)((letter) ^ 0x40))
#define STROKE_ESCAPE          0x1bu

#endif
