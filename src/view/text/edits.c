/* SPDX-License-Identifier: MIT */
/* view: the text layout, what is only tried. View thread. */
#include "paint.h"

#include "folio/model/reader/overlay.h"

/** Where the character of a cell ends: where that of the next one begins, or the row ends. */
static uint64_t cell_end(const struct row *row, const struct cell *cell, unsigned columns)
{
    for (unsigned i = 1; i < columns; i++)
        if (cell[i].offset != FRAME_NO_OFFSET && cell[i].offset > cell->offset)
            return cell[i].offset;
    return row->end > cell->offset ? row->end : cell->offset + 1;
}

void text_edits(const struct canvas *canvas, const struct row *row, struct cell *cell, unsigned columns)
{
    const struct edits *edits = reader_edits(canvas->reader);
    if (edits_in(edits, (struct range){row->begin, row->end}, NULL) == 0)
        return;
    for (unsigned i = 0; i < columns; i++) {
        struct range bytes = {cell[i].offset, cell[i].offset};
        if (cell[i].offset == FRAME_NO_OFFSET)
            continue;
        bytes.end = cell_end(row, &cell[i], columns - i);
        if (edits_in(edits, bytes, NULL) > 0)
            cell[i].style = STYLE_EDIT;
    }
}
