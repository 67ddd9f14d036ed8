/* SPDX-License-Identifier: MIT */
/**
 * view, private: what the layouts of bytes (hex, diff, strings) have in common: rows of equally many bytes, of which all
 * places are arithmetic whatever the size of the file, and the offset at the left of each row. View thread.
 */
#ifndef FOLIO_VIEW_HEX_GRID_H
#define FOLIO_VIEW_HEX_GRID_H

#include "folio/view/layout/layout.h"

#include <stdbool.h>
#include <stdint.h>

/** Columns between an offset and what follows it. */
#define GRID_GAP 2u

/** Digits of the offset of the last of `size` bytes; at least eight. */
unsigned grid_digits(uint64_t size);

/** Write `offset` with so many digits at the left edge of a row; nothing for 0 digits. */
void grid_offset(struct frame *frame, unsigned number, unsigned digits, uint64_t offset);

/** Of rows of `bytes` bytes over a file of `size`, the one that holds `offset`; the last one, for what is behind. */
enum layout_result grid_holding(uint64_t size, uint64_t bytes, uint64_t offset, struct row *row);

/** The row below `row` among those. */
enum layout_result grid_after(uint64_t size, uint64_t bytes, const struct row *row, struct row *after);

/** The row above `row` among those. */
enum layout_result grid_before(uint64_t size, uint64_t bytes, const struct row *row, struct row *before);

/** The layouts' function `sure`: where rows of bytes begin is always known. */
bool grid_sure(const struct canvas *canvas, const struct row *row);

/** The layouts' function `column`: bytes are in no line, so they have no column in one. */
bool grid_column(const struct canvas *canvas, uint64_t offset, uint64_t *column);

#endif
