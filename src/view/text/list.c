/* SPDX-License-Identifier: MIT */
/* view: lines of text as a list, one of which is picked: text with a cursor as wide as the screen. View thread. */
#include "columns.h"
#include "filter.h"
#include "long.h"
#include "text.h"

#include "folio/view/text/layout.h"

/** Is the row one of the line that the cursor is in? */
static bool list_chosen(const struct canvas *canvas, const struct row *row)
{
    uint64_t begin = row->line_known ? row->line_begin : row->begin;
    return canvas->cursor == begin || (canvas->cursor >= row->begin && canvas->cursor < row->next);
}

static enum layout_result list_draw(const struct canvas *canvas, const struct row *row, struct frame *frame,
                                    unsigned number)
{
    enum layout_result result = text_layout.draw(canvas, row, frame, number);
    struct cell *cell = frame_row(frame, number);
    if (result != LAYOUT_OK || !list_chosen(canvas, row))
        return result;
    for (unsigned column = 0; column < frame->columns; column++)
        cell[column].style = STYLE_CURSOR;
    return result;
}

const struct layout list_layout = {
    .name = "list",
    .moves = LAYOUT_LIST,
    .holding = filtered_holding,
    .starting = filtered_starting,
    .after = filtered_after,
    .before = filtered_before,
    .again = filtered_again,
    .sure = text_sure,
    .draw = list_draw,
    .room = text_width,
    .column = text_column,
    .byte_at = text_byte_at,
    .width = text_row_width,
};
