/* SPDX-License-Identifier: MIT */
/**
 * view, private: what the files of the diff layout share. View thread.
 *
 *     rows.c     which bytes stand on which row
 *     draw.c     what is drawn on a row
 *     shape.c    how many bytes stand on a row, and in which columns
 *
 *     00001f40  7f 45 4c 46 02 01 01 00   7f 45 4c 46 02 02 01 00   .ELF....  .ELF....
 *     offset    this file                 the other one             where there is room
 *     00001f48 - 01 02                                              only this file has these bytes; at its offset
 *     00001f4a +                          03 04 05                  only the other one has these; at that file's offset
 */
#ifndef FOLIO_VIEW_DIFF_DIFF_H
#define FOLIO_VIEW_DIFF_DIFF_H

#include "folio/view/hex/hex.h"

/** The two sides of all rows; each is as in the hex view, and what stands beside each other is in the same column. */
struct diff_shape {
    struct hex_shape side[2];
    unsigned columns; /**< that the offset and the digits of both sides take */
};

/** The shape of all rows, from the width, the settings and the sizes of both files. */
struct diff_shape diff_shape(const struct canvas *canvas);

/** How many bytes stand on a row that only the other file has. */
uint64_t diff_beside_count(const struct canvas *canvas, const struct row *row);

/** The layout's function `draw`. */
enum layout_result diff_draw(const struct canvas *canvas, const struct row *row, struct frame *frame,
                             unsigned number);

#endif
