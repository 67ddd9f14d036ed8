/* SPDX-License-Identifier: MIT */
/* view: moving about and drawing, in steps of a layout (see the header). View thread. */
#include "folio/view/view.h"

#include <string.h>

#include "folio/model/lines.h"

void view_init(struct view *view, const struct layout *layout)
{
    memset(view, 0, sizeof *view);
    view->layout = layout;
    view->canvas.current = FRAME_NO_OFFSET;
}

void view_resize(struct view *view, unsigned rows, unsigned columns)
{
    view->rows = rows < VIEW_ROWS_MAX ? rows : VIEW_ROWS_MAX;
    view->canvas.columns = columns;
    if (view->lead >= view->rows)
        view->lead = 0;
}

static enum view_result view_result_of(enum layout_result result)
{
    return result == LAYOUT_OK ? VIEW_MOVED : result == LAYOUT_NONE ? VIEW_EDGE : VIEW_WAIT;
}

/** Rows of the screen that the file may take. */
static unsigned view_room(const struct view *view)
{
    return view->rows - view->lead;
}

/** Make sure of a first row. */
static enum view_result view_top(struct view *view)
{
    if (view->count)
        return VIEW_MOVED;
    enum layout_result result = view->layout->holding(&view->canvas, 0, &view->row[0]);
    view->count = result == LAYOUT_OK;
    return view_result_of(result);
}

/** Find rows until the screen is full. EDGE: the file ends before or exactly there is no more row to find. */
static enum view_result view_fill(struct view *view)
{
    enum view_result result = view_top(view);
    if (view->count > view_room(view))
        view->count = view_room(view) ? view_room(view) : 1;
    while (result == VIEW_MOVED && view->count < view_room(view)) {
        const struct row *last = &view->row[view->count - 1];
        result = view_result_of(view->layout->after(&view->canvas, last, &view->row[view->count]));
        view->count += result == VIEW_MOVED;
    }
    return result;
}

/** The same first row, if it still is one; the rest is found anew when it is needed. */
static enum view_result view_keep(struct view *view)
{
    struct row row;
    if (view->layout->holding(&view->canvas, view->row[0].begin, &row) == LAYOUT_OK &&
        row.begin == view->row[0].begin)
        view->row[0] = row;
    view->count = 1;
    return VIEW_MOVED;
}

enum view_result view_settle(struct view *view, bool grown)
{
    if (view->count == 0)
        return view_top(view);
    if (grown)
        return view_keep(view);
    struct row row;
    enum layout_result result = view->layout->holding(&view->canvas, view->row[0].begin, &row);
    if (result == LAYOUT_WAIT)
        return VIEW_WAIT;
    view->count = result == LAYOUT_OK;
    if (view->count)
        view->row[0] = row;
    return view->count && view_fill(view) == VIEW_WAIT ? VIEW_WAIT : view_result_of(result);
}

/** One row down. */
static enum view_result view_down(struct view *view, bool forced)
{
    enum view_result result = view_fill(view);
    if (result == VIEW_WAIT)
        return result;
    if (view->lead && view->count) {
        view->lead--;
        return VIEW_MOVED;
    }
    if (view->count == 0 || (view->count == 1 && result == VIEW_EDGE))
        return VIEW_EDGE;
    struct row *last = &view->row[view->count - 1], after;
    result = result == VIEW_EDGE ? result : view_result_of(view->layout->after(&view->canvas, last, &after));
    if (result == VIEW_WAIT || (result == VIEW_EDGE && !forced))
        return result;
    if (result == VIEW_EDGE && view->count == 1)
        return VIEW_EDGE;
    memmove(&view->row[0], &view->row[1], (view->count - 1) * sizeof view->row[0]);
    if (result == VIEW_MOVED)
        view->row[view->count - 1] = after;
    else
        view->count--;
    return VIEW_MOVED;
}

/** One row up; `forced` leaves empty rows above the first row of the file. */
static enum view_result view_up(struct view *view, bool forced)
{
    enum view_result result = view_top(view);
    struct row before;
    if (result != VIEW_MOVED)
        return result;
    result = view_result_of(view->layout->before(&view->canvas, &view->row[0], &before));
    if (result == VIEW_EDGE && forced && view->lead + 1 < view->rows) {
        view->lead++;
        return VIEW_MOVED;
    }
    if (result != VIEW_MOVED)
        return result;
    unsigned keep = view->count < view->rows ? view->count : view->rows ? view->rows - 1 : 0;
    memmove(&view->row[1], &view->row[0], keep * sizeof view->row[0]);
    view->row[0] = before;
    view->count = keep + 1;
    return VIEW_MOVED;
}

/** To the start of the next line, or of one before. */
static enum view_result view_line(struct view *view, bool down)
{
    enum view_result result;
    do
        result = view_scroll(view, down ? 1 : -1, VIEW_ROWS);
    while (result == VIEW_MOVED && view->row[0].line_known && view->row[0].begin != view->row[0].line_begin);
    return result;
}

enum view_result view_scroll(struct view *view, int64_t amount, enum view_step step)
{
    enum view_result result = VIEW_MOVED;
    bool down = amount > 0, forced = step == VIEW_ROWS_FORCED;
    /* Rows left empty above the file make way even at its end, but only where the end is on the last row. */
    if (down && view->lead && step == VIEW_ROWS && view_fill(view) == VIEW_EDGE)
        return VIEW_EDGE;
    for (; amount != 0 && result == VIEW_MOVED; amount += down ? -1 : 1)
        if (step == VIEW_LINES)
            result = view_line(view, down);
        else
            result = down ? view_down(view, forced) : view_up(view, forced);
    return result;
}

/** What was on the screen before a jump. */
struct extent {
    uint64_t begin, end;
    bool full; /**< `end` is at the last row: the file does not end above it */
};

static struct extent view_extent(struct view *view)
{
    view_fill(view);
    if (view->count == 0)
        return (struct extent){0};
    return (struct extent){view->row[0].begin, view->row[view->count - 1].next,
                           view->count == view_room(view)};
}

/**
 * Is the screen after a jump to the row that begins at `target` so far from the one before that less would have drawn
 * it anew instead of scrolling? Downward at least one row must stay on the screen, upward they may just touch.
 */
static bool extent_apart(struct extent before, struct view *view, uint64_t target)
{
    struct extent now = view_extent(view);
    if (target >= before.begin && target < before.end)
        return false;
    if (target >= before.begin)
        return !before.full || now.begin >= before.end;
    return now.end < before.begin;
}

/** `row` becomes the only one known, and `above` others come to stand above it. */
static enum view_result view_place(struct view *view, const struct row *row, unsigned above)
{
    enum view_result moved = VIEW_MOVED;
    view->row[0] = *row;
    view->count = 1;
    view->lead = 0;
    for (; above > 0 && moved == VIEW_MOVED; above--)
        moved = view_up(view, true);
    return moved;
}

enum view_result view_goto(struct view *view, uint64_t offset, unsigned target, bool exactly)
{
    struct row row;
    struct extent before = view_extent(view);
    enum layout_result result = exactly ? view->layout->holding(&view->canvas, offset, &row)
                                        : view->layout->starting(&view->canvas, offset, &row);
    if (result != LAYOUT_OK)
        return view_result_of(result);
    unsigned last = view->rows ? view->rows - 1 : 0;
    enum view_result moved = view_place(view, &row, target < last ? target : last);
    view->apart = moved != VIEW_MOVED || extent_apart(before, view, row.begin);
    return moved;
}

enum view_result view_goto_end(struct view *view)
{
    uint64_t size = reader_size(view->canvas.reader);
    struct row row;
    struct extent before = view_extent(view);
    enum layout_result result = view->layout->holding(&view->canvas, size ? size - 1 : 0, &row);
    if (result != LAYOUT_OK)
        return view_result_of(result);
    enum view_result moved = view_place(view, &row, view->rows ? view->rows - 1 : 0);
    view->apart = moved != VIEW_MOVED || extent_apart(before, view, UINT64_MAX);
    return moved;
}

bool view_at_end(const struct view *view)
{
    uint64_t size = reader_size(view->canvas.reader);
    return size == 0 ||
           (view->count && !view->row[view->count - 1].open && view->row[view->count - 1].next >= size);
}

/** Number the rows: ask for the first, count on from row to row. */
static void view_number(struct view *view)
{
    for (unsigned i = 0; i < view->count; i++) {
        struct row *row = &view->row[i];
        const struct row *above = i ? &view->row[i - 1] : NULL;
        row->line = 0;
        row->line_exact = false;
        if (!row->line_known)
            continue;
        bool follows = above && above->line && above->next == row->begin && !view->canvas.settings->squeeze;
        if (follows) {
            row->line = above->line + (row->begin == row->line_begin);
            row->line_exact = above->line_exact;
        } else {
            row->line_exact = lines_number(view->canvas.lines, view->canvas.reader, row->line_begin,
                                           &row->line) == LINES_FOUND;
        }
    }
}

/** Rows that stand for nothing of the file. */
static void view_draw_blank(const struct view *view, struct frame *frame, unsigned from, unsigned to,
                            bool reading)
{
    for (unsigned row = from; row < to; row++) {
        if (reading)
            frame_text(frame, row, 0, row == from ? "reading..." : "", STYLE_EDGE);
        else if (view->canvas.settings->tilde)
            frame_text(frame, row, 0, "~", STYLE_EDGE);
    }
}

enum view_result view_draw(struct view *view, struct frame *frame)
{
    enum view_result filled = view_fill(view), result = filled == VIEW_WAIT ? VIEW_WAIT : VIEW_MOVED;
    unsigned lead = view->count ? view->lead : 0, number = lead;
    view_number(view);
    view_draw_blank(view, frame, 0, lead, false);
    for (unsigned i = 0; i < view->count && number < frame->rows; i++, number++)
        if (view->layout->draw(&view->canvas, &view->row[i], frame, number) == LAYOUT_WAIT) {
            view_draw_blank(view, frame, number, number + 1, true);
            result = VIEW_WAIT;
        }
    frame->used = number;
    view_draw_blank(view, frame, number, frame->rows, filled == VIEW_WAIT);
    frame->pending = result == VIEW_WAIT;
    return result;
}
