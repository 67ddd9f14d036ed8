/* SPDX-License-Identifier: MIT */
/**
 * base: the sanitizer, which makes of bytes what is shown for them. There is no other.
 *
 * Nothing that comes from outside (content, file names, messages, patterns) reaches the terminal except as glyphs
 * made here. A glyph is one character with its combining marks, or the visible, harmless replacement of bytes that
 * a terminal must not get: controls as ^A, broken bytes as <9B>, invisible, bidirectional and unassigned characters
 * as <U+202E>, escape as ESC. A replacement has a kind of its own, drawn in an attribute that no text can have, so
 * that a file which contains the characters "<U+202E>" cannot pass for it. Private-use characters, which the fonts
 * of many prompts fill, are text if wcwidth knows them.
 *
 * Where the rules carry them out, colours and hyperlinks are sequences, which change the ink of what follows, and
 * characters struck over each other are one glyph. Nothing else that a terminal could understand is understood.
 *
 * What a glyph is does not depend on what stands before it (the column of a tab apart): rows may begin anywhere.
 *
 * Pure, apart from libc's wcwidth, whose answers are remembered (LC_CTYPE must be set, once, before); any thread.
 */
#ifndef FOLIO_BASE_GLYPH_GLYPH_H
#define FOLIO_BASE_GLYPH_GLYPH_H

#include "folio/base/glyph/ink.h"
#include "folio/base/text/encoding.h"

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
/** A character with its marks and what is struck over it, or a replacement, is made of at most this many bytes. */
#define GLYPH_LENGTH_MAX 128
/**
 * A sequence (SGR, hyperlink) has at most this many; a longer one is no sequence, and shows byte by byte. Give
 * glyph_next that many bytes where the data has them.
 */
#define GLYPH_SEQUENCE_MAX 2176

enum glyph_kind {
    GLYPH_TEXT, /**< a printable character; rune[0] is the base, the rest combine with it: all in one cell */
    GLYPH_TAB,  /**< `width` blank columns; rune_count 0 */
    GLYPH_DROPPED, /**< nothing to show: width 0 (CR before LF; a joiner or variation selector after no text) */
    GLYPH_NEWLINE,  /**< the end of the line: width 0 */
    GLYPH_SEQUENCE, /**< changes the ink of what follows: width 0; only where the rules carry sequences out */
    GLYPH_CONTROL,  /**< a replacement: each rune is printable ASCII, one column each */
    GLYPH_WARNING, /**< a replacement of something that deceives (bidirectional controls, invisible characters) */
};

struct glyph {
    enum glyph_kind kind;
    /** Bytes of the data it stands for, 1 to GLYPH_SEQUENCE_MAX. */
    uint16_t length;
    /** Columns it takes. */
    uint8_t width;
    /** How many of `rune` are used. */
    uint8_t rune_count;
    uint32_t rune[GLYPH_RUNE_MAX];
    /** TEXT: INK_BOLD and INK_UNDERLINE where it was struck over itself or an underscore; otherwise 0. */
    uint16_t struck;
    /** SEQUENCE: what it does; nothing where it is one that is only dropped. */
    struct ink_change change;
};

/** The most tab stops that can be set one by one. */
#define GLYPH_STOP_MAX 16

/** What decides how bytes are shown, the same for a whole file. */
struct glyph_rules {
    const struct encoding *encoding; /**< NULL: UTF-8 */
    /** Carry out colours (SGR), hyperlinks and overstrike, as less -R does; otherwise they show as controls. */
    bool sgr;
    /**
     * Tab stops: `stop[0]` to `stop[stop_count - 1]`, ascending, then every `tab_width` (1 to 255) columns. A tab is
     * never wider than 255 columns, even if the next stop is further away.
     */
    uint8_t stop_count;
    uint16_t stop[GLYPH_STOP_MAX];
    unsigned tab_width;
};

/** UTF-8, nothing carried out, a tab stop every 8 columns. For names, messages, and whatever is not a file. */
extern const struct glyph_rules glyph_plain;

/** What a glyph depends on besides its bytes: the column at which it stands, and the rules. */
struct glyph_place {
    /** Columns from the start of the line, which tabs count. */
    uint64_t column;
    const struct glyph_rules *rules;
};

/**
 * The glyph at the start of `data` (length at least 1). Combining marks that follow are taken in; a character cut
 * by the end of `data` is broken bytes, so pass GLYPH_SEQUENCE_MAX bytes wherever there are that many (without
 * sequences GLYPH_LENGTH_MAX is enough: glyph_ahead says which). Where the encoding is UTF-8, a printable ASCII
 * character with another one behind it is always a glyph by itself, one column wide: who walks fast may rely on it.
 */
void glyph_next(const char *data, size_t length, struct glyph_place place, struct glyph *glyph);

/** How many bytes glyph_next needs, under these rules, to give the same glyph as if it had all of the file. */
size_t glyph_ahead(const struct glyph_rules *rules);

/**
 * Make `data` harmless as one line of text: every glyph's runes as UTF-8 (newline becomes ^J, tab ^I, CR ^M), cut
 * to `capacity` - 1 bytes at a glyph border, NUL-terminated. For file names and messages. Returns the length.
 */
size_t glyph_text(const char *data, size_t length, char *out, size_t capacity);

/**
 * The target of the hyperlink that the sequence at the start of `data` opens (give it GLYPH_SEQUENCE_MAX bytes where
 * there are that many), made harmless and cut as glyph_text does. "" and 0 where there is no such sequence.
 */
size_t glyph_link(const struct glyph_rules *rules, const char *data, size_t length, char *out,
                  size_t capacity);

/** Is nothing shown for this code point, wherever it stands (joiners, variation selectors)? */
bool glyph_dropped(uint32_t rune);

/** Is this code point shown as itself: a character with a width, or a mark on one? */
bool glyph_shown(uint32_t rune);

/** The flag behind which tags spell whose it is: U+1F3F4 and, for Scotland, "gbsct" in tags. */
#define GLYPH_FLAG 0x1f3f4u

/**
 * The length of the tags at the start of `data`, behind a GLYPH_FLAG: three to six letters and digits, and the end tag.
 * They are one glyph with the flag; 0 where there are no such tags, and anywhere else tags are shown, for they can hide
 * a text. `encoding` NULL: UTF-8.
 */
size_t glyph_tags(const struct encoding *encoding, const char *data, size_t length);

/** Columns a printable code point takes as curses draws it: libc's wcwidth, 0 to 2, or -1 where not printable. */
int glyph_width(uint32_t rune);

#endif
