/* SPDX-License-Identifier: MIT */
/**
 * ui: cells as bytes for a terminal that is only written on. The cells are harmless already. Pure.
 */
#include "folio/ui/terminal/plain.h"

#include "folio/base/text/utf8.h"

#include <string.h>

/** Nothing can be seen of it. */
static bool plain_blank(const struct cell *cell)
{
    bool seen = cell->style == STYLE_TEXT
                    ? cell->ink.background != INK_DEFAULT ||
                          (cell->ink.flags & (INK_UNDERLINE | INK_LINK | INK_REVERSE | INK_STRIKE)) != 0
                    : cell->style == STYLE_CONTROL || cell->style == STYLE_WARNING ||
                          cell->style == STYLE_HIT || cell->style == STYLE_CURRENT;
    return cell->rune_count == 1 && cell->rune[0] == ' ' && !seen;
}

static void plain_row(const struct cell *cell, unsigned columns, plain_turn *turn, void *pen, struct buf *out)
{
    while (columns > 0 && plain_blank(&cell[columns - 1]))
        columns--;
    for (unsigned column = 0; column < columns; column++) {
        char bytes[UTF8_LENGTH_MAX];
        if (cell[column].rune_count > 0)
            turn(pen, &cell[column], out);
        for (unsigned i = 0; i < cell[column].rune_count; i++)
            buf_append(out, bytes, utf8_encode(cell[column].rune[i], bytes));
    }
    turn(pen, NULL, out);
    buf_text(out, "\n");
}

void plain_rows(const struct frame *frame, unsigned first, unsigned end, plain_turn *turn, void *pen,
                struct buf *out)
{
    for (unsigned row = first; row < end && row < frame->rows; row++) {
        plain_row(frame->cell + (size_t)row * frame->columns, frame->columns - frame->report.overview, turn,
                  pen, out);
    }
}
