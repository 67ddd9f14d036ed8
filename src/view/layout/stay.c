/* SPDX-License-Identifier: MIT */
/*
 * view: the byte that stays in view (see view.h and fill.h). View thread.
 *
 * Rows begin elsewhere at each width, so what stays cannot be the beginning of a row: each change would settle on the row
 * before, and a change back would not undo it. What stays is one byte, the anchor, that only movements change; rows are
 * settled around it. Chopped lines have it in view as well: they are shifted to it, and while they are, the shift is
 * the view's (`led`) and ends when lines are wrapped again; a person's own shift is left alone, as less does.
 *
 *     wrapped    |. . . . . . . .|. . A . . . . .|. . .        anchor A
 *     -S         |. . . . . . .>                               a line that fits on the screen begins where it begins
 *     -S         |A . . . . . .>                               a longer one is shifted, to A
 *     -S again   |. . A . . . . .|. . .                        as before
 */
#include "folio/view/layout/fill.h"

/** Does the first row hold the byte? */
static bool stay_holds(const struct view *view, uint64_t offset)
{
    return view->count && row_holds(&view->row[0], offset);
}

uint64_t view_here(const struct view *view)
{
    return view->count == 0 || stay_holds(view, view->anchor) ? view->anchor : view->row[0].begin;
}

void view_stay(struct view *view, uint64_t offset)
{
    if (view->count)
        view->anchor = stay_holds(view, offset) ? offset : view->row[0].begin;
}

/** Are rows whole lines? */
static bool stay_chopped(const struct view *view)
{
    const struct canvas *canvas = &view->canvas;
    return view->layout->moves == LAYOUT_LINES && (canvas->settings->chop || canvas->shift > 0);
}

/** Columns at the left that are not those of the shifted line. */
static uint64_t stay_header(const struct view *view)
{
    uint64_t header = (uint64_t)view->canvas.settings->header_columns;
    return header < view->layout->room(&view->canvas) ? header : 0;
}

/** Is the column of the first row's line in sight? The last one of the screen may be the mark of a cut line. */
static bool stay_sees(const struct view *view, uint64_t column)
{
    const struct canvas *canvas = &view->canvas;
    uint64_t first = canvas->shift ? canvas->shift + stay_header(view) : 0;
    return column >= first && column + 1 < canvas->shift + view->layout->room(canvas);
}

void view_reveal(struct view *view, uint64_t offset)
{
    struct canvas *canvas = &view->canvas;
    uint64_t column, header;
    if (!stay_chopped(view))
        return;
    if (!view->layout->column(canvas, offset, &column)) {
        canvas->shift = view->led =
            0; /* where the line begins is not known: the row begins at the byte itself */
        return;
    }
    if ((column == 0 && !view->led) || stay_sees(view, column))
        return;
    header = stay_header(view);
    canvas->shift =
        column + 1 < view->layout->room(canvas) ? 0 : column - (header < column ? header : column);
    view->led = canvas->shift;
}

void view_shifted(struct view *view)
{
    if (view->led && view->count)
        view->anchor = view->row[0].begin;
    if (view->canvas.shift == 0)
        view->led = 0;
}

/** The byte at the left edge of the first row. */
static uint64_t stay_edge(const struct view *view)
{
    const struct row *top = &view->row[0];
    uint64_t offset;
    bool found = view->layout->byte_at(&view->canvas, top, view->canvas.shift + stay_header(view), &offset);
    return found && offset < top->end ? offset : top->begin;
}

uint64_t view_unshift(struct view *view, uint64_t here)
{
    struct canvas *canvas = &view->canvas;
    uint64_t column;
    const bool chop = canvas->settings->chop, was = view->chopped;
    view->chopped = chop;
    if (chop || !was || !view->led || view->layout->moves != LAYOUT_LINES)
        return here;
    if (!view->layout->column(canvas, here, &column) || !stay_sees(view, column))
        here = stay_edge(view);
    canvas->shift = view->led = 0;
    return here;
}

void view_follow(struct view *view)
{
    const struct canvas *canvas = &view->canvas;
    const uint64_t screen = (uint64_t)view->layout->room(canvas) * view_height(view);
    const uint64_t here = view_here(view);
    uint64_t column;
    if (!canvas->settings->chop || view->layout->moves != LAYOUT_LINES || canvas->shift != view->led ||
        view->count == 0)
        return;
    /* A shift of the view's own ends with what it was for: another line is at the top, or the line is a short one now. */
    if (view->led)
        view_reveal(view, here);
    else if (here != view->row[0].begin && view->layout->column(canvas, here, &column) && column >= screen)
        view_reveal(view, here);
}
