/* SPDX-License-Identifier: MIT */
/**
 * model: the text that a person sees, for searching. UTF-8, without the sequences of colour and hyperlinks, a CR before
 * a newline, joiners and variation selectors, with one character where two were struck over each other, and the way back
 * to the bytes of the file.
 *
 * Only what base/glyph hides is hidden: every other control stays as it is. Broken bytes become bytes that no
 * character has, so that they match nothing. Newlines stay, so lines are found in the shown text as in the file.
 * A worker's or the view's own; nothing is allocated after shown_open, so it may be made in a scan.
 */
#ifndef FOLIO_MODEL_PATTERN_SHOWN_H
#define FOLIO_MODEL_PATTERN_SHOWN_H

#include "folio/base/bytes/span.h"
#include "folio/base/glyph/glyph.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct shown;

/** Room for `capacity` bytes of a file, at most 1 MiB. NULL when out of memory. */
struct shown *shown_open(size_t capacity);

/** Free the room; NULL is fine. */
void shown_close(struct shown *shown);

/** Can the shown text of `span` differ from its bytes? False only where it surely does not. Faster than making it. */
bool shown_differs(const struct glyph_rules *rules, struct span span);

/**
 * Make the shown text of `span` (of its first `capacity` bytes), whose first byte stands at an offset of the file that
 * is `phase` modulo the encoding's unit. Borrowed until the next call.
 */
struct span shown_make(struct shown *shown, const struct glyph_rules *rules, struct span span,
                       unsigned phase);

/** The byte of the span that text offset `at` comes from; `at` may be the text's end. */
size_t shown_byte(const struct shown *shown, size_t at);

/** The byte of the span behind what text offset `at` - 1 comes from: where text that ends at `at` (not 0) ends. */
size_t shown_end(const struct shown *shown, size_t at);

/** Where in the text the byte `at` of the span is; of a hidden one, what comes after it. */
size_t shown_text(const struct shown *shown, size_t at);

#endif
