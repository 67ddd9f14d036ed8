/* SPDX-License-Identifier: MIT */
/**
 * view, private: what the files of the hex layout share. View thread.
 *
 *     rows.c     which bytes stand on which row
 *     draw.c     what is drawn on a row
 *     sign.c     the characters of bytes
 *     shape.c    how many bytes stand on a row, and in which columns
 *     hits.c     which of them were searched for
 *     grid.c     what this layout shares with others of bytes (grid.h)
 *
 * A row is so many bytes, the first of which is a multiple of that: all places are arithmetic, whatever the size.
 *
 *     00001f40  7f 45 4c 46 02 01 01 00  00 00 00 00 00 00 00 00  .ELF...
 *     offset    first                    a wider gap per group    text
 */
#ifndef FOLIO_VIEW_HEX_HEX_H
#define FOLIO_VIEW_HEX_HEX_H

#include "folio/view/layout/layout.h"

/** The most bytes on a row. */
#define HEX_BYTES_MAX 1024u

/** Where things stand on a row; all in columns but `bytes` and `group`. */
struct hex_shape {
    unsigned bytes;  /**< on a row, at least 1 */
    unsigned group;  /**< bytes between wider gaps; 0: none */
    unsigned digits; /**< of the offset; 0: there is no room for it */
    unsigned first;  /**< where the digits of the first byte begin */
    unsigned text;   /**< where the character of the first byte is */
    uint64_t ahead;  /**< a byte stands where the one so many bytes before it would; mostly 0 */
    const struct encoding *encoding; /**< of the characters; NULL: UTF-8 */
};

/** What the character column has for some bytes. */
struct hex_sign {
    uint32_t rune;
    enum style style;  /**< of the character */
    enum style digits; /**< of the digits of the first byte */
    uint8_t length; /**< bytes of the character, 1 to 4; a cell each, of which the first has the character */
    uint8_t width;  /**< cells that the character itself takes, at most `length` */
};

/**
 * What is shown for the bytes at `offset` of the file (at least one), of which those of the same row are looked at: a
 * character in the encodings of single bytes and in UTF-16 and UTF-32, where the offset is a multiple of the unit; in
 * UTF-8 and others a byte at a time. Always harmless; a sign, or a dot where the locale has none, for what is not shown.
 */
struct hex_sign hex_sign(const struct encoding *encoding, struct span bytes, uint64_t offset);

/** The shape of all rows, from the width, the settings and the size of the file. */
struct hex_shape hex_shape(const struct canvas *canvas);

/** Where the digits of byte `number` of a row begin. */
unsigned hex_column(const struct hex_shape *shape, unsigned number);

/** Give all cells that stand for bytes of `range`, digits and characters, this style. */
void hex_paint(struct cell *cell, unsigned columns, struct range range, enum style style);

/**
 * Give what was searched for or is highlighted, in the bytes [from, until) of the row, its style: digits, characters, and
 * what begins or ends on other rows. True: something was searched for.
 */
bool hex_hits(const struct canvas *canvas, const struct row *row, struct cell *cell, unsigned columns,
              uint64_t from, uint64_t until);

/** Draw the bytes of `range`, which are on one row of this shape, digits and characters. WAIT: some are on their way. */
enum layout_result hex_bytes(struct reader *reader, const struct hex_shape *shape, struct range range,
                             struct frame *frame, unsigned number);

/** Number the columns of this shape, digits and characters, each as its place on the row. */
void hex_ruler(const struct hex_shape *shape, struct frame *frame, unsigned number);

/** The layout's function `draw`. */
enum layout_result hex_draw(const struct canvas *canvas, const struct row *row, struct frame *frame,
                            unsigned number);

#endif
