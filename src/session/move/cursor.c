/* SPDX-License-Identifier: MIT */
/*
 * session: moving with a cursor (see the header). View thread.
 *
 * There are two kinds. In a list the cursor is a row: a step goes from row to row as the layout finds them. Where rows
 * are bytes it is a byte, all rows are of the same length (layout->room), and each step is arithmetic, so that a
 * million rows cost as much as one.
 *
 * The cursor moves first and the screen comes after it: by as many rows as needed at its edges, by whole pages with
 * those, and to the jump target elsewhere. It never leaves the screen: cursor_settle sees to that before each frame,
 * whatever changed the rows since. Rows past the end are not shown as long as there are others above.
 */
#include "folio/session/move/cursor.h"

#include "folio/model/known/lines.h"
#include "folio/session/core/place.h"
#include "folio/session/move/jump.h"
#include "folio/session/move/shift.h"
#include "folio/view/layout/fill.h"

/** How far the ends of a line are looked for where the survey does not know them. */
#define LINE_LOOK (1u << 20)
/** Up to so many rows are found one by one where they are not equally long. */
#define UNEVEN_ROWS 65536

/** How the screen goes along with a cursor that moves by rows. */
enum cursor_step {
    CURSOR_ROWS,   /**< as far as needed to show it */
    CURSOR_PAGE,   /**< by as many rows, as far as there are any */
    CURSOR_PAST,   /**< the same, past the end as well */
    CURSOR_SCREEN, /**< it is the screen that moves, and the cursor as far as needed to stay on it */
};

/** The last byte there is. */
static uint64_t cursor_last(const struct session *session)
{
    const struct view *view = &session->stage->view;
    uint64_t size = layout_size(view->layout, &view->canvas);
    return size ? size - 1 : 0;
}

/**
 * The row of the screen with the cursor; the number of rows where it is on none. Where only rows that hold no byte are on
 * the screen of what stands before it, it is on the first of them.
 */
static unsigned cursor_row(const struct view *view)
{
    uint64_t cursor = view->canvas.cursor;
    unsigned empty = view->count;
    for (unsigned row = 0; row < view->count; row++) {
        if (cursor >= view->row[row].begin && cursor < view->row[row].next)
            return row;
        if (cursor == view->row[row].begin && empty == view->count)
            empty = row;
    }
    return empty;
}

/** No rows are left empty where there are others to be shown, but for those that were wanted so. */
static void cursor_fill(struct stage *stage)
{
    struct view *view = &stage->view;
    struct row before;
    view->lead = 0;
    if (view_fill(view) == VIEW_EDGE && !stage->past && view->count && view->count < view_height(view) &&
        view->layout->before(&view->canvas, &view->row[0], &before) == LAYOUT_OK)
        view_goto_end(view);
    view->lead = 0;
}

/** Let the cursor be seen: where it is not, on row `target`. */
static enum view_result cursor_show(struct stage *stage, unsigned target)
{
    struct view *view = &stage->view;
    cursor_fill(stage);
    if (view->count == 0 || cursor_row(view) < view->count)
        return VIEW_MOVED;
    enum view_result result = view_goto(view, view->canvas.cursor, target, true);
    if (result != VIEW_WAIT)
        cursor_fill(stage);
    return result;
}

/** Let the screen follow the cursor at its edges. */
static void cursor_follow_edge(struct stage *stage)
{
    const struct view *view = &stage->view;
    bool above = view->count && view->canvas.cursor < view->row[0].begin;
    cursor_show(stage, above || view_height(view) == 0 ? 0 : view_height(view) - 1);
}

static void cursor_settle(struct session *session)
{
    struct view *view = &session->stage->view;
    uint64_t last = cursor_last(session);
    if (view->canvas.cursor > last)
        view->canvas.cursor = last;
    cursor_follow_edge(session->stage);
}

/**
 * The byte that stands for a place among bytes, or in a tree: itself. In a list it is the start of its row. False: not known
 * yet.
 */
static bool cursor_place(const struct view *view, uint64_t *offset)
{
    struct row row;
    if (view->layout->moves != LAYOUT_LIST)
        return true;
    enum layout_result result = view->layout->holding(&view->canvas, *offset, &row);
    if (result == LAYOUT_OK)
        *offset = row.line_known ? row.line_begin : row.begin;
    return result != LAYOUT_WAIT;
}

/** As cursor_put, on row `target` where the screen has to move. */
static enum progress cursor_go(struct session *session, uint64_t offset, unsigned target)
{
    struct view *view = &session->stage->view;
    uint64_t last = cursor_last(session);
    if (offset > last)
        offset = last;
    bool known = cursor_place(view, &offset);
    if (known)
        view->canvas.cursor = offset;
    session->stage->past = false;
    if (known && cursor_show(session->stage, target) != VIEW_WAIT)
        return PROGRESS_DONE;
    return session_interrupted(session) ? PROGRESS_DONE : PROGRESS_WAITING;
}

enum progress cursor_put(struct session *session, uint64_t offset)
{
    return cursor_go(session, offset, jump_target(session));
}

static enum progress cursor_jump(struct session *session, uint64_t offset, unsigned target, bool exactly)
{
    const struct canvas *canvas = &session->stage->view.canvas;
    struct mark here = place_here(session);
    uint64_t before = canvas->cursor;
    (void)exactly;
    enum progress progress = cursor_go(session, offset, target);
    if (canvas->cursor != before)
        jump_left(session, here);
    return progress;
}

static enum progress cursor_bottom(struct session *session, struct reply *reply)
{
    const struct view *view = &session->stage->view;
    uint64_t before = view->canvas.cursor;
    unsigned height = view_height(view);
    enum progress progress = cursor_jump(session, cursor_last(session), height ? height - 1 : 0, true);
    reply->bell = progress == PROGRESS_DONE && !session->wait.active && view->canvas.cursor == before;
    return progress;
}

static struct mark cursor_here(const struct session *session)
{
    const struct view *view = &session->stage->view;
    unsigned row = cursor_row(view);
    bool set = session_shows_file(session) && view->count;
    return (struct mark){set, session->files.current, view->canvas.cursor,
                         row < view->count ? view->lead + row : 0};
}

/** Both letters of marks mean the byte under the cursor. */
static struct mark cursor_marked(const struct session *session, bool bottom)
{
    (void)bottom;
    return cursor_here(session);
}

static uint64_t cursor_line(const struct session *session)
{
    const struct canvas *canvas = &session->stage->view.canvas;
    uint64_t begin;
    enum lines_result found = lines_begin(canvas->lines, canvas->reader, canvas->cursor, LINES_LONG, &begin);
    return found == LINES_FOUND ? begin : canvas->cursor;
}

static uint64_t cursor_beside(const struct session *session, bool forward)
{
    return session->stage->view.canvas.cursor + forward;
}

/** The byte of a row in the column of another byte, or the nearest. */
static uint64_t row_byte(const struct row *row, uint64_t width, uint64_t other)
{
    uint64_t byte = row->begin - row->begin % width + other % width;
    if (byte < row->begin || row->end == row->begin)
        return row->begin;
    return byte < row->end ? byte : row->end - 1;
}

/** So many rows down or up where they are found one by one; those without a byte do not count. */
static void uneven_step(struct view *view, int64_t rows)
{
    const struct layout *layout = view->layout;
    struct row row, next;
    enum layout_result result = layout->holding(&view->canvas, view->canvas.cursor, &row);
    struct row last;
    if (result != LAYOUT_OK)
        return;
    last = row;
    while (result == LAYOUT_OK && rows != 0) {
        result =
            rows > 0 ? layout->after(&view->canvas, &row, &next) : layout->before(&view->canvas, &row, &next);
        row = result == LAYOUT_OK ? next : row;
        if (row.separator)
            continue;
        last = row;
        rows += rows > 0 ? -1 : 1;
    }
    if (result != LAYOUT_WAIT)
        view->canvas.cursor = row_byte(&last, layout->room(&view->canvas), view->canvas.cursor);
}

/** Are so many rows to be gone one by one? A great many are taken to be equally long. */
static bool rows_uneven(const struct view *view, int64_t rows)
{
    return view->layout->uneven && rows >= -UNEVEN_ROWS && rows <= UNEVEN_ROWS;
}

/** `rows` rows of bytes down or up, in the same column as long as there is one. */
static enum progress bytes_step(struct session *session, int64_t rows)
{
    struct view *view = &session->stage->view;
    if (rows_uneven(view, rows)) {
        uneven_step(view, rows);
        return PROGRESS_DONE;
    }
    uint64_t width = view->layout->room(&view->canvas), last = cursor_last(session);
    uint64_t cursor = view->canvas.cursor, row = cursor / width, room = last / width - row;
    uint64_t up = 0 - (uint64_t)rows;
    if (rows < 0)
        row -= up < row ? up : row;
    else
        row += (uint64_t)rows < room ? (uint64_t)rows : room;
    uint64_t to = row * width + cursor % width;
    view->canvas.cursor = to < last ? to : last;
    return PROGRESS_DONE;
}

/** One row of a list down or up, past the rest of its line. */
static enum layout_result list_row(struct view *view, bool down)
{
    struct row row, next;
    enum layout_result result = view->layout->holding(&view->canvas, view->canvas.cursor, &row);
    if (result != LAYOUT_OK)
        return result;
    result = down ? view->layout->after(&view->canvas, &row, &next)
                  : view->layout->before(&view->canvas, &row, &next);
    while (down && result == LAYOUT_OK && next.line_known && next.begin != next.line_begin) {
        row = next;
        result = view->layout->after(&view->canvas, &row, &next);
    }
    if (result == LAYOUT_OK)
        view->canvas.cursor = next.line_known ? next.line_begin : next.begin;
    return result;
}

/** WAITING: it is not known yet where the next one is. */
static enum progress list_step(struct session *session, int64_t rows)
{
    enum layout_result result = LAYOUT_OK;
    if (session->wait.active)
        rows = session->wait.count;
    while (rows && !session_interrupted(session) && result == LAYOUT_OK) {
        result = list_row(&session->stage->view, rows > 0);
        rows += result != LAYOUT_OK ? 0 : rows > 0 ? -1 : 1;
    }
    session->wait.count = rows;
    return result == LAYOUT_WAIT && !session_interrupted(session) ? PROGRESS_WAITING : PROGRESS_DONE;
}

/** Slide the screen by `rows` rows under the cursor, as far as there are any. */
static void cursor_slide(struct stage *stage, int64_t rows)
{
    struct view *view = &stage->view;
    uint64_t width = view->layout->room(&view->canvas), up = 0 - (uint64_t)rows;
    if (view_fill(view) == VIEW_WAIT || view->count == 0)
        return;
    uint64_t top = view->row[0].begin, room = (UINT64_MAX - top) / width;
    if (view->layout->moves != LAYOUT_BYTES || rows_uneven(view, rows))
        view_scroll(view, rows, stage->past ? VIEW_ROWS_FORCED : VIEW_ROWS);
    else if (rows < 0)
        view_goto(view, up < top / width ? top - up * width : 0, 0, true);
    else
        view_goto(view, top + ((uint64_t)rows < room ? (uint64_t)rows : room) * width, 0, true);
    cursor_fill(stage);
}

/** Take the cursor along that the screen has left: to its first or last row. */
static void cursor_drag(struct view *view)
{
    uint64_t width = view->layout->room(&view->canvas), *cursor = &view->canvas.cursor;
    if (view->count == 0 || cursor_row(view) < view->count)
        return;
    const struct row *row = &view->row[*cursor < view->row[0].begin ? 0 : view->count - 1];
    *cursor = view->layout->moves != LAYOUT_BYTES ? row->begin : row_byte(row, width, *cursor);
}

/** Rows in either kind; `go` moves the cursor by them. */
static enum progress cursor_rows(struct session *session, int64_t rows, enum movement movement,
                                 struct reply *reply,
                                 enum progress (*go)(struct session *session, int64_t rows))
{
    static const enum cursor_step step_of[] = {[MOVE_ROWS] = CURSOR_ROWS,
                                               [MOVE_ROWS_FORCED] = CURSOR_SCREEN,
                                               [MOVE_HALF] = CURSOR_PAGE,
                                               [MOVE_PAGE] = CURSOR_PAGE,
                                               [MOVE_PAGE_FORCED] = CURSOR_PAST};
    const enum cursor_step step = step_of[movement];
    struct view *view = &session->stage->view;
    uint64_t before = view->canvas.cursor, top = view->count ? view->row[0].begin : 0;
    session->stage->past = step == CURSOR_PAST && rows > 0;
    enum progress progress = PROGRESS_DONE;
    if (step != CURSOR_ROWS && !session->wait.active)
        cursor_slide(session->stage, rows);
    if (step == CURSOR_SCREEN)
        cursor_drag(view);
    else
        progress = go(session, rows);
    if (step != CURSOR_ROWS && view->layout->uneven)
        cursor_drag(view); /* there were other rows than those it was moved by */
    cursor_follow_edge(session->stage);
    reply->bell = view->canvas.cursor == before && (view->count == 0 || view->row[0].begin == top);
    return progress;
}

static enum progress list_rows(struct session *session, int64_t rows, enum movement movement,
                               struct reply *reply)
{
    return cursor_rows(session, rows, movement, reply, list_step);
}

static enum progress bytes_rows(struct session *session, int64_t rows, enum movement movement,
                                struct reply *reply)
{
    return cursor_rows(session, rows, movement, reply, bytes_step);
}

/** A row of a list is a line, however many rows of the screen it takes. */
static enum progress list_lines(struct session *session, int64_t lines, struct reply *reply)
{
    return list_rows(session, lines, MOVE_ROWS, reply);
}

/** So many bytes to the right or to the left, across the ends of rows. */
static enum progress bytes_shift(struct session *session, const struct request *request, struct reply *reply)
{
    uint64_t count = (uint64_t)request_count(request, 1), *cursor = &session->stage->view.canvas.cursor;
    uint64_t before = *cursor, room = cursor_last(session) - before;
    if (request->amount > 0)
        *cursor += count < room ? count : room;
    else
        *cursor -= count < before ? count : before;
    reply->bell = *cursor == before;
    cursor_follow_edge(session->stage);
    return PROGRESS_DONE;
}

/** To the first or the last byte of the row. */
static enum progress bytes_edge(struct session *session, const struct request *request, struct reply *reply)
{
    struct view *view = &session->stage->view;
    struct row row;
    (void)reply;
    if (view->layout->holding(&view->canvas, view->canvas.cursor, &row) == LAYOUT_OK)
        view->canvas.cursor = request->amount > 0 ? row.end - 1 : row.begin;
    return PROGRESS_DONE;
}

/** The start of the line after that of `offset`, or of the line itself, or of the one before it. */
static enum lines_result bytes_line(const struct session *session, uint64_t *offset, bool down)
{
    const struct canvas *canvas = &session->stage->view.canvas;
    uint64_t place = *offset, begin, size = reader_size(canvas->reader);
    enum lines_result result;
    if (down) {
        const struct encoding *encoding = canvas->fit.rules.encoding;
        result = lines_end(canvas->lines, canvas->reader, place, LINE_LOOK, &place);
        place += encoding ? encoding->unit : 1;
        if (result == LINES_FOUND && place >= size)
            return LINES_NONE;
    } else {
        result = place == 0 ? LINES_NONE
                            : lines_begin(canvas->lines, canvas->reader, place - 1, LINE_LOOK, &begin);
        place = result == LINES_FOUND ? begin : place;
    }
    if (result == LINES_FOUND)
        *offset = place;
    return result;
}

/** Lines of the file, however many rows they are. */
static enum progress bytes_lines(struct session *session, int64_t lines, struct reply *reply)
{
    const bool down = lines > 0;
    int64_t count = session->wait.active ? session->wait.count : down ? lines : -lines;
    enum lines_result result = LINES_FOUND;
    for (; count && result == LINES_FOUND && !session_interrupted(session); count--)
        result = bytes_line(session, &session->stage->view.canvas.cursor, down);
    cursor_follow_edge(session->stage);
    reply->bell = result == LINES_NONE;
    session->wait.count = count + 1;
    return result == LINES_UNKNOWN || result == LINES_FAILED ? PROGRESS_WAITING : PROGRESS_DONE;
}

/** While following, the cursor is on the last byte. */
static void cursor_follow(struct session *session)
{
    cursor_go(session, cursor_last(session), 0);
}

static bool cursor_at_end(const struct session *session)
{
    return session->stage->view.canvas.cursor >= cursor_last(session);
}

const struct motion list_motion = {
    .here = cursor_here,
    .marked = cursor_marked,
    .line = cursor_line,
    .beside = cursor_beside,
    .rows = list_rows,
    .lines = list_lines,
    .jump = cursor_jump,
    .bottom = cursor_bottom,
    .shift = shift_columns,
    .edge = shift_to_edge,
    .follow = cursor_follow,
    .at_end = cursor_at_end,
    .settle = cursor_settle,
};

const struct motion bytes_motion = {
    .here = cursor_here,
    .marked = cursor_marked,
    .line = cursor_line,
    .beside = cursor_beside,
    .rows = bytes_rows,
    .lines = bytes_lines,
    .jump = cursor_jump,
    .bottom = cursor_bottom,
    .shift = bytes_shift,
    .edge = bytes_edge,
    .follow = cursor_follow,
    .at_end = cursor_at_end,
    .settle = cursor_settle,
};

enum progress verb_cursor_side(struct session *session, const struct request *request, struct reply *reply)
{
    struct canvas *canvas = &session->stage->view.canvas;
    (void)request;
    if (!stage_bytes(session->stage))
        return reply_say(reply, OUTCOME_FAILED, "Only bytes have two columns; x shows them");
    canvas->characters = !canvas->characters;
    return PROGRESS_DONE;
}
