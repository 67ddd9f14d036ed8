/* SPDX-License-Identifier: MIT */
/* view: from the rows of a view to a frame. View thread. */
#include "folio/model/known/lines.h"
#include "folio/model/reader/overlay.h"
#include "folio/view/layout/fill.h"

/** Number the rows: ask for the first, count on from row to row. */
static void draw_number(const struct view *view, struct row *rows, unsigned count)
{
    const struct canvas *canvas = &view->canvas;
    for (unsigned i = 0; i < count; i++) {
        struct row *row = &rows[i];
        const struct row *above = i ? &rows[i - 1] : NULL;
        row->line = 0;
        row->line_exact = false;
        if (!row->line_known || row->separator)
            continue;
        bool follows = above && above->line && above->next == row->begin && !canvas->settings->squeeze;
        /* A page that cannot be read ends a line, but counts none. */
        follows = follows && !above->unreadable && !row->unreadable;
        /* Numbers are those of the file, whatever newlines the sandbox puts in or takes away. */
        follows = follows &&
                  edits_in(reader_edits(canvas->reader), (struct range){above->begin, row->begin}, NULL) == 0;
        if (follows) {
            row->line = above->line + (row->begin == row->line_begin);
            row->line_exact = above->line_exact;
        } else {
            row->line_exact =
                lines_number(canvas->lines, canvas->reader, row->line_begin, &row->line) == LINES_FOUND;
        }
    }
}

/** Rows that stand for nothing of the file. */
static void draw_blank(const struct view *view, struct frame *frame, unsigned from, unsigned to, bool reading)
{
    const char *wait = view->canvas.filter ? "filtering..." : "reading...";
    if (view->layout->wait)
        wait = view->layout->wait;
    for (unsigned row = from; row < to; row++)
        if (reading)
            frame_text(frame, row, 0, row == from ? wait : "", STYLE_EDGE);
        else if (view->canvas.settings->tilde)
            frame_text(frame, row, 0, "~", STYLE_EDGE);
}

/** Draw `count` rows from row `number` of the frame on. False when the bytes of one are missing. */
static bool draw_rows(struct view *view, const struct row *rows, unsigned count, struct frame *frame,
                      unsigned number)
{
    bool whole = true;
    view->canvas.ink = &view->ink;
    view->ink.offset = FRAME_NO_OFFSET;
    for (unsigned i = 0; i < count && number < frame->rows; i++, number++)
        if (view->layout->draw(&view->canvas, &rows[i], frame, number) == LAYOUT_WAIT) {
            draw_blank(view, frame, number, number + 1, true);
            whole = false;
        }
    view->canvas.ink = NULL;
    return whole;
}

/** The rows that stay at the top. False when the bytes of one are missing. */
static bool draw_header(struct view *view, struct frame *frame)
{
    unsigned header = view->header_count;
    if (view->ruled) {
        view->layout->ruler(&view->canvas, frame, 0);
        return true;
    }
    draw_number(view, view->header, header);
    /* Below the header nothing is left out where the file is at its beginning: no line between them. */
    if (header && view->count && view->row[0].begin <= view->canvas.begin)
        view->header[header - 1].header = ROW_HEADER;
    else if (header)
        view->header[header - 1].header = ROW_HEADER_LAST;
    return draw_rows(view, view->header, header, frame, 0);
}

enum view_result view_draw(struct view *view, struct frame *frame)
{
    enum view_result filled = view_fill(view);
    view_follow(view);
    bool waiting = filled == VIEW_WAIT, whole;
    unsigned header = view->header_count, lead = view->count ? view->lead : 0, number = header + lead;
    draw_number(view, view->row, view->count);
    whole = draw_header(view, frame);
    draw_blank(view, frame, header, number, false);
    whole = draw_rows(view, view->row, view->count, frame, number) && whole;
    number += view->count;
    if (number > frame->rows)
        number = frame->rows;
    frame->used = number;
    draw_blank(view, frame, number, frame->rows, waiting);
    frame->pending = waiting || !whole;
    return frame->pending ? VIEW_WAIT : VIEW_MOVED;
}
