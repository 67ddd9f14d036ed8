/* SPDX-License-Identifier: MIT */
/**
 * ui: cells as bytes for a terminal that is only written on. The cells are harmless already. Pure.
 */
#include "folio/ui/terminal/plain.h"

#include "folio/base/text/utf8.h"

#include <string.h>

static bool plain_stands_out(const struct cell *cell)
{
    return cell->style == STYLE_CONTROL || cell->style == STYLE_WARNING || cell->style == STYLE_HIT ||
           cell->style == STYLE_CURRENT;
}

static bool plain_blank(const struct cell *cell)
{
    return cell->rune_count == 1 && cell->rune[0] == ' ' && !plain_stands_out(cell);
}

static void plain_row(const struct cell *cell, unsigned columns, const char *on, const char *off,
                      struct buf *out)
{
    bool standing = false;
    while (columns > 0 && plain_blank(&cell[columns - 1]))
        columns--;
    for (unsigned column = 0; column < columns; column++) {
        char bytes[UTF8_LENGTH_MAX];
        if (plain_stands_out(&cell[column]) != standing) {
            standing = !standing;
            buf_text(out, standing ? on : off);
        }
        for (unsigned i = 0; i < cell[column].rune_count; i++)
            buf_append(out, bytes, utf8_encode(cell[column].rune[i], bytes));
    }
    buf_text(out, standing ? off : "");
    buf_text(out, "\n");
}

void plain_rows(const struct frame *frame, unsigned first, unsigned end, const char *on, const char *off,
                struct buf *out)
{
    for (unsigned row = first; row < end && row < frame->rows; row++) {
        plain_row(frame->cell + (size_t)row * frame->columns, frame->columns - frame->report.overview, on,
                  off, out);
    }
}
