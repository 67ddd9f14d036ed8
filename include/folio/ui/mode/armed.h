/* SPDX-License-Identifier: MIT */
/**
 * ui: are keys bytes? They are in a view that shows bytes and nothing else (report->bytes), once pokes are armed or
 * edits go to a sandbox. UI thread.
 */
#ifndef FOLIO_UI_MODE_ARMED_H
#define FOLIO_UI_MODE_ARMED_H

#include "folio/ui/terminal/stroke.h"

#include <stdbool.h>
#include <stdint.h>

struct app;
struct report;

/** The report of what is shown, where keys may become bytes; NULL: something else is shown. */
const struct report *armed_view(const struct app *app);

/** The same, where keys are bytes now; NULL: they are commands. */
const struct report *armed_report(const struct app *app);

/** In the column of characters: the next key is a byte, whatever it is. */
#define ARMED_QUOTE STROKE_CONTROL('V')

/** Where keys are bytes: does this one begin a run of them? A colon begins a command in either column. */
bool armed_takes(const struct report *report, uint32_t stroke);

/** Is the key Enter? */
bool armed_enter(uint32_t stroke);

/** Is the key a digit of a byte? */
bool armed_digit(uint32_t stroke);

/** What a digit is worth. */
unsigned armed_value(uint32_t stroke);

/** Is the key a character that takes a cell of its own: no control, none of the keys without a character? */
bool armed_character(uint32_t stroke);

#endif
