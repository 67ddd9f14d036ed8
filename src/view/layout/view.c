/* SPDX-License-Identifier: MIT */
/* view: moving about and drawing, in steps of a layout (see the header). View thread. */
#include "folio/view/layout/view.h"

#include "folio/model/known/lines.h"
#include "folio/view/layout/fill.h"

#include <stddef.h>
#include <string.h>

void view_init(struct view *view, const struct layout *layout)
{
    memset(view, 0, offsetof(struct view, row));
    view->layout = layout;
    view->canvas.current = view->canvas.fresh = view->canvas.cursor = FRAME_NO_OFFSET;
}

/** What a row holds follows from the settings and the size. */
static void view_fit(struct view *view)
{
    struct canvas *canvas = &view->canvas;
    if (!canvas->settings)
        return;
    settings_rules(canvas->settings, &canvas->fit.rules);
    canvas->fit.word = canvas->settings->word_wrap != 0;
    canvas->fit.width = view->layout->room(canvas);
}

/** How many rows the header is to have. At least one row is left for the rest. */
static unsigned view_header_wanted(const struct view *view)
{
    bool lines = view->layout->moves == LAYOUT_LINES && !view->ruled;
    unsigned wanted = lines ? (unsigned)view->canvas.settings->header_lines : 0;
    if (wanted > VIEW_HEADER_MAX)
        wanted = VIEW_HEADER_MAX;
    return wanted < view->rows ? wanted : view->rows ? view->rows - 1 : 0;
}

/** The byte with which the header begins. NONE: so many lines are not there. */
static enum lines_result view_header_first(const struct view *view, uint64_t *begin)
{
    const struct canvas *canvas = &view->canvas;
    const int first = canvas->settings->header_first;
    *begin = 0;
    return first <= 1 ? LINES_FOUND : lines_offset(canvas->lines, canvas->reader, (uint64_t)first, begin);
}

/** The rows of the header, from the byte at `begin` on. */
static void view_header_rows(struct view *view, uint64_t begin, unsigned wanted)
{
    struct canvas *canvas = &view->canvas;
    while (view->header_count < wanted) {
        struct row *row = &view->header[view->header_count];
        enum layout_result result = view->header_count ? view->layout->after(canvas, row - 1, row)
                                                       : view->layout->holding(canvas, begin, row);
        if (result != LAYOUT_OK)
            break;
        row->header = view->header_count + 1 == wanted ? ROW_HEADER_LAST : ROW_HEADER;
        view->header_count++;
    }
}

/** Find the rows of the header, and the first byte below them: nothing that stands before them is shown. */
static void view_find_header(struct view *view)
{
    struct canvas *canvas = &view->canvas;
    struct filter *filter = canvas->filter;
    uint64_t begin;
    canvas->filter = NULL; /* the header is those lines, whatever is shown of the rest */
    canvas->begin = 0;
    view->ruled = view->layout->ruler && canvas->settings->ruler && view->rows > 1;
    view->header_count = view->ruled ? 1 : 0;
    const unsigned wanted = view_header_wanted(view);
    enum lines_result first = wanted ? view_header_first(view, &begin) : LINES_NONE;
    if (first == LINES_FOUND)
        view_header_rows(view, begin, wanted);
    view->header_awaited = first == LINES_UNKNOWN || first == LINES_FAILED;
    canvas->filter = filter;
    if (view->header_count && !view->ruled)
        canvas->begin = view->header[view->header_count - 1].next;
}

void view_resize(struct view *view, unsigned rows, unsigned columns)
{
    view->rows = rows < VIEW_ROWS_MAX ? rows : VIEW_ROWS_MAX;
    view->canvas.columns = columns;
    if (view->header_count >= view->rows)
        view->header_count = view->rows ? view->rows - 1 : 0;
    view_fit(view);
}

static enum view_result view_result_of(enum layout_result result)
{
    return result == LAYOUT_OK ? VIEW_MOVED : result == LAYOUT_NONE ? VIEW_EDGE : VIEW_WAIT;
}

/** Rows of the screen that the file may take. */
static unsigned view_room(const struct view *view)
{
    unsigned height = view_height(view);
    return height > view->lead ? height - view->lead : 0;
}

/** Make sure of a first row. */
static enum view_result view_top(struct view *view)
{
    if (view->count)
        return VIEW_MOVED;
    view_fit(view);
    view_find_header(view);
    enum layout_result result = view->layout->holding(&view->canvas, view->anchor, &view->row[0]);
    view->count = result == LAYOUT_OK;
    if (view->led && view_here(view) != view->anchor) {
        view->canvas.shift = view->led = 0; /* it led to a line that is no longer shown */
        result = view->layout->holding(&view->canvas, view->anchor, &view->row[0]);
        view->count = result == LAYOUT_OK;
    }
    return view_result_of(result);
}

/** Where the line begins in which the screen does, once that is known; until its end all rows are of that line. */
static void view_learn(struct view *view)
{
    struct row row;
    if (view->count == 0 || view->row[0].line_known ||
        view->layout->again(&view->canvas, &view->row[0], &row) != LAYOUT_OK || !row.line_known ||
        row.begin != view->row[0].begin)
        return;
    for (unsigned i = 0; i < view->count && !view->row[i].line_known; i++) {
        view->row[i].line_known = true;
        view->row[i].line_begin = row.line_begin;
    }
}

/** Where the header begins has become known. */
static bool view_header_found(const struct view *view)
{
    uint64_t begin;
    return view->header_awaited && view_header_first(view, &begin) == LINES_FOUND;
}

enum view_result view_fill(struct view *view)
{
    enum view_result result = view_top(view);
    if (view_header_found(view))
        return view_settle(view, false);
    view_learn(view);
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
    if (!view->row[0].separator &&
        view->layout->holding(&view->canvas, view->row[0].begin, &row) == LAYOUT_OK &&
        row.begin == view->row[0].begin)
        view->row[0] = row;
    view->count = 1;
    if (view->header_count < (unsigned)view->canvas.settings->header_lines)
        view_find_header(view);
    return VIEW_MOVED;
}

/**
 * Rows left empty above the first one, on a screen of another size: a file that is shorter than the screen stays on it
 * as a whole.
 */
static void view_sink(struct view *view)
{
    unsigned lead = view->lead, height = view_height(view);
    if (lead == 0)
        return;
    view->lead = 0;
    view_fill(view);
    if (view_at_end(view))
        view->lead = lead < height - view->count ? lead : height - view->count;
    else if (lead < height)
        view->lead = lead;
}

enum view_result view_settle(struct view *view, bool grown)
{
    if (view->count == 0)
        return view_top(view);
    if (grown)
        return view_keep(view);
    struct row row;
    uint64_t top = view_unshift(view, view_here(view));
    bool first = top <= view->canvas.begin;
    view_fit(view);
    view_find_header(view);
    /* What stood right below the header does so whatever the header takes now. */
    if (first)
        top = view->canvas.begin;
    enum layout_result result = view->layout->holding(&view->canvas, top, &row);
    if (result == LAYOUT_OK && !row.exact && top == view->row[0].begin)
        result = view->layout->again(&view->canvas, &view->row[0], &row);
    if (result == LAYOUT_WAIT)
        return VIEW_WAIT;
    view->anchor = top;
    view->count = result == LAYOUT_OK;
    if (view->count)
        view->row[0] = row;
    view_follow(view);
    view_sink(view);
    return view->count && view_fill(view) == VIEW_WAIT ? VIEW_WAIT : view_result_of(result);
}

enum view_result view_refilter(struct view *view, struct filter *filter, unsigned context)
{
    view->anchor = view_here(view);
    view->canvas.filter = filter;
    view->canvas.context = filter ? context : 0;
    view->count = view->lead = 0;
    return view_fill(view);
}

/** Before a movement: what has become known about a first row that is not exact holds from now on. */
static void view_correct(struct view *view)
{
    struct row row;
    if (view->count == 0 || view->row[0].exact || !view->layout->sure(&view->canvas, &view->row[0]) ||
        view->layout->again(&view->canvas, &view->row[0], &row) != LAYOUT_OK)
        return;
    view->row[0] = row;
    view->count = 1;
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
    if (result == VIEW_EDGE && forced && view->lead + 1 < view_height(view)) {
        view->lead++;
        return VIEW_MOVED;
    }
    if (result != VIEW_MOVED)
        return result;
    unsigned height = view_height(view);
    unsigned keep = view->count < height ? view->count : height ? height - 1 : 0;
    /* Above a row that is not exact stands one that is: the rows below go on from there. */
    if (before.next != view->row[0].begin && !view->row[0].exact)
        keep = 0;
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
    uint64_t here = view_here(view);
    view_correct(view);
    /* Rows left empty above the file make way even at its end, but only where the end is on the last row. */
    if (down && view->lead && step == VIEW_ROWS && view_fill(view) == VIEW_EDGE)
        return VIEW_EDGE;
    for (; amount != 0 && result == VIEW_MOVED; amount += down ? -1 : 1)
        if (step == VIEW_LINES)
            result = view_line(view, down);
        else
            result = down ? view_down(view, forced) : view_up(view, forced);
    view_stay(view, here);
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

enum view_result view_put(struct view *view, const struct row *row, unsigned target)
{
    enum view_result moved = VIEW_MOVED;
    unsigned height = view_height(view), above = target < height ? target : height ? height - 1 : 0;
    view->row[0] = *row;
    view->count = 1;
    view->lead = 0;
    for (; above > 0 && moved == VIEW_MOVED; above--)
        moved = view_up(view, true);
    view->anchor = view->row[0].begin;
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
    enum view_result moved = view_put(view, &row, target);
    view->apart = moved != VIEW_MOVED || extent_apart(before, view, row.begin);
    return moved;
}

enum view_result view_goto_end(struct view *view)
{
    uint64_t size = layout_size(view->layout, &view->canvas);
    struct row row;
    struct extent before = view_extent(view);
    enum layout_result result = view->layout->holding(&view->canvas, size ? size - 1 : 0, &row);
    if (result != LAYOUT_OK)
        return view_result_of(result);
    enum view_result moved = view_put(view, &row, view_height(view) ? view_height(view) - 1 : 0);
    view->apart = moved != VIEW_MOVED || extent_apart(before, view, UINT64_MAX);
    return moved;
}

bool view_at_end(const struct view *view)
{
    uint64_t size = layout_size(view->layout, &view->canvas);
    struct row row;
    if (size && (view->canvas.filter || view->layout->wait))
        return LAYOUT_NONE == (view->count
                                   ? view->layout->after(&view->canvas, &view->row[view->count - 1], &row)
                                   : view->layout->holding(&view->canvas, view->anchor, &row));
    return size == 0 ||
           (view->count && !view->row[view->count - 1].open && view->row[view->count - 1].next >= size);
}
