/* SPDX-License-Identifier: MIT */
/**
 * model: guessing how a file spells its characters, from its first bytes.
 *
 * A byte order mark decides; then UTF-16 and UTF-32 by where their zero bytes are; then UTF-8 if the bytes are that,
 * but for a few; else ISO-8859-1, or WINDOWS-1252 where bytes are used that have no character in the former; UTF-8 with
 * broken bytes where the latter has none either. What is no text at all is binary, and is shown as UTF-8 with its
 * controls visible. A value; pure, but for encoding_find: view thread.
 */
#ifndef FOLIO_MODEL_KIND_CHARSET_H
#define FOLIO_MODEL_KIND_CHARSET_H

#include "folio/base/bytes/span.h"
#include "folio/base/text/encoding.h"

#include <stdbool.h>

struct charset {
    const struct encoding *encoding; /**< never NULL */
    /** A byte order mark says so, or characters longer than a byte, all of them well-formed UTF-8. */
    bool sure;
    /** No text: zero bytes that no UTF-16 or UTF-32 has, or many controls. */
    bool binary;
    /** Nothing but ASCII so far: UTF-8 holds, and any other superset of ASCII would as well. */
    bool ascii;
};

/** The guess for a file that begins with `sample`, or is that. A character cut by its end means nothing. */
struct charset charset_guess(struct span sample);

/** `guess`, made better by what libmagic says of the same bytes (kind_encoding); NULL and "" say nothing. */
struct charset charset_hear(struct charset guess, const char *magic);

#endif
