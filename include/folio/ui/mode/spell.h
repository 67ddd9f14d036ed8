/* SPDX-License-Identifier: MIT */
/**
 * ui: how a run spells what is typed into the column of characters: in the encoding in which they are shown. UI thread.
 *
 * A key is a character of that encoding, of as many bytes as it has there: one in Latin-1 or EBCDIC, two or four in UTF-16,
 * up to four in UTF-8. Where the column shows each byte by itself, so are they typed over: as many bytes as it takes.
 */
#ifndef FOLIO_UI_MODE_SPELL_H
#define FOLIO_UI_MODE_SPELL_H

#include "folio/base/bytes/buf.h"
#include "folio/base/text/encoding.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct app;

/** Bytes that a key in the run is about: those of a character where one begins at the cursor, otherwise one. */
unsigned spell_unit(const struct app *app);

/** Bytes before the cursor that one key takes back: those of a character, or one. */
unsigned spell_last(const struct app *app);

/** Is the cursor of the run inside a character, where none can be typed? */
bool spell_inside(const struct app *app);

/**
 * The bytes of a key for the characters, to `unit` (ENCODING_LENGTH_MAX). Returns how many; 0: it is none. Where the next
 * key is quoted, it is a byte in any encoding.
 */
unsigned spell_key(const struct app *app, uint32_t stroke, char *unit);

/**
 * What is pasted into the run, appended to `out`: spelled as the characters are; digits, and what is UTF-8, as they came.
 * False: something in it is no character of the encoding.
 */
bool spell_text(const struct app *app, const struct buf *pasted, struct buf *out);

/** What a key is that the run cannot take: "no byte", "no character of CP037". */
void spell_refusal(const struct app *app, uint32_t stroke, char *why, size_t capacity);

#endif
