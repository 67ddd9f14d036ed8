/* SPDX-License-Identifier: MIT */
/**
 * base: bytes become what is shown for them. The one sanitizer.
 *
 * Nothing that comes from outside (content, file names, messages, patterns) reaches the terminal except as glyphs
 * made here. A glyph is one character with its combining marks, or the visible, harmless replacement of bytes that
 * a terminal must not get: controls as ^A, broken bytes as <9B>, invisible, bidirectional and unassigned characters
 * as <U+202E>, escape as ESC. A replacement has a kind of its own, drawn in an attribute that no text can have, so
 * that a file which contains the characters "<U+202E>" cannot pass for it. Private-use characters, which the fonts
 * of many prompts fill, are text if wcwidth knows them.
 *
 * What a glyph is does not depend on what stands before it (the column of a tab apart): rows may begin anywhere.
 *
 * Pure, apart from libc's wcwidth (LC_CTYPE must be set, once, before); any thread.
 */
#ifndef FOLIO_BASE_GLYPH_H
#define FOLIO_BASE_GLYPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Most code points in a glyph: "<U+10FFFF>" has ten. */
#define GLYPH_RUNE_MAX 12
/**
 * Most combining marks that stay on one character, as many as curses keeps in a cell. Those beyond, and marks that
 * have no character before them, are a glyph of their own: "<U+0301>" for one, "<+12>" for a run.
 */
#define GLYPH_MARK_MAX 4
/** A glyph is made of at most this many bytes; give glyph_next that many where the data has them. */
#define GLYPH_LENGTH_MAX 128

enum glyph_kind {
    GLYPH_TEXT, /**< a printable character; rune[0] is the base, the rest combine with it: all in one cell */
    GLYPH_TAB,  /**< `width` blank columns; rune_count 0 */
    GLYPH_DROPPED, /**< nothing to show: width 0 (CR before LF; a joiner or variation selector after no text) */
    GLYPH_NEWLINE, /**< the end of the line: width 0 */
    GLYPH_CONTROL, /**< a replacement: each rune is printable ASCII, one column each */
    GLYPH_WARNING, /**< a replacement of something that deceives (bidirectional controls, invisible characters) */
};

struct glyph {
    enum glyph_kind kind;
    /** Bytes of the data it stands for, 1 to GLYPH_LENGTH_MAX. */
    uint8_t length;
    /** Columns it takes. */
    uint8_t width;
    /** How many of `rune` are used. */
    uint8_t rune_count;
    uint32_t rune[GLYPH_RUNE_MAX];
};

/** Where a glyph stands. */
struct glyph_place {
    /** Columns from the start of the line, which tabs count. */
    uint64_t column;
    /** Columns between tab stops, 1 to 255. */
    unsigned tab_width;
};

/**
 * The glyph at the start of `data` (length at least 1). Combining marks that follow are taken in; a character cut
 * by the end of `data` is broken bytes, so pass GLYPH_LENGTH_MAX bytes wherever there are that many.
 */
void glyph_next(const char *data, size_t length, struct glyph_place place, struct glyph *glyph);

/**
 * Make `data` harmless as one line of text: every glyph's runes as UTF-8 (newline becomes ^J, tab ^I, CR ^M), cut
 * to `capacity` - 1 bytes at a glyph border, NUL-terminated. For file names and messages. Returns the length.
 */
size_t glyph_text(const char *data, size_t length, char *out, size_t capacity);

/** Columns a printable code point takes as curses draws it: libc's wcwidth, 0 to 2, or -1 where not printable. */
int glyph_width(uint32_t rune);

#endif
