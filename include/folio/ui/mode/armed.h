/* SPDX-License-Identifier: MIT */
/**
 * ui: are keys bytes? They are in a view that shows bytes and nothing else (report->bytes), once pokes are armed or
 * edits go to a sandbox. UI thread.
 */
#ifndef FOLIO_UI_MODE_ARMED_H
#define FOLIO_UI_MODE_ARMED_H

#include <stdbool.h>
#include <stdint.h>

struct app;
struct report;

/** The report of what is shown, where keys may become bytes; NULL: something else is shown. */
const struct report *armed_view(const struct app *app);

/** The same, where keys are bytes now; NULL: they are commands. */
const struct report *armed_report(const struct app *app);

/** Where keys are bytes: is this one a byte, or Enter, which asks for one? */
bool armed_takes(const struct report *report, uint32_t stroke);

/** Is the key Enter? */
bool armed_enter(uint32_t stroke);

/** Is the key a digit of a byte? */
bool armed_digit(uint32_t stroke);

/** Is the key a character that takes a cell of its own: no control, none of the keys without a character? */
bool armed_character(uint32_t stroke);

#endif
