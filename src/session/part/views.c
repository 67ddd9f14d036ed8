/* SPDX-License-Identifier: MIT */
/*
 * session: text, bytes, and back. View thread.
 *
 * Going from text to bytes and back is meant to be done without a thought, so it must not lose the place: each remembers
 * where it left the other, and who did not move in between finds everything as it was.
 */
#include "folio/session/core/place.h"
#include "folio/session/core/session.h"
#include "folio/session/move/cursor.h"
#include "folio/session/part/tree.h"
#include "folio/session/search/found.h"
#include "folio/view/hex/layout.h"
#include "folio/view/json/layout.h"
#include "folio/view/text/layout.h"

/** On a stage: from where the view that is shown was come to. */
struct view_before {
    const struct layout *layout; /**< NULL: it is the first */
    uint64_t top, subject;       /**< the first byte shown there, and its cursor */
    /** Where the view that is shown was then: its first byte, its cursor, its current match. */
    uint64_t here, cursor, current;
};

/** The views that can be picked, and which of them x goes to from there. */
static const struct view_choice {
    const struct layout *layout;
    enum view_pick other;
    /** What it is made of, around a byte; NULL with one sentence: it cannot be shown. NULL: of the file alone. */
    void *(*content)(struct session *session, uint64_t at, struct error *error);
} view_table[] = {
    [VIEW_TEXT] = {&text_layout, VIEW_HEX, NULL},
    [VIEW_HEX] = {&hex_layout, VIEW_TEXT, NULL},
    [VIEW_TREE] = {&json_layout, VIEW_HEX, tree_content},
};

/** What the request wants; from a view that is not in the table x goes to bytes. */
static const struct view_choice *view_picked(const struct view *view, int64_t pick)
{
    const int64_t count = sizeof view_table / sizeof *view_table;
    if (pick >= 0 && pick < count)
        return &view_table[pick];
    for (int64_t i = 0; i < count; i++)
        if (view_table[i].layout == view->layout)
            return &view_table[view_table[i].other];
    return &view_table[VIEW_HEX];
}

/** Is the screen still as it was when the other view was left for it? */
static bool view_untouched(const struct stage *stage, const struct layout *layout)
{
    const struct view *view = &stage->view;
    const struct view_before *before = stage_part(stage, PART_VIEWS);
    return before->layout == layout && before->here == view_here(view) &&
           before->cursor == view->canvas.cursor && before->current == view->canvas.current;
}

/** Of a line's matches the current one was made the first; where the cursor was left on another, that is it again. */
static void view_match_again(struct session *session)
{
    struct canvas *canvas = &session->stage->view.canvas;
    struct range match;
    if (canvas->current != FRAME_NO_OFFSET && search_by_bytes(session->stage) &&
        search_match(session, canvas->cursor, &match) && match.begin == canvas->cursor)
        canvas->current = canvas->cursor;
}

enum progress verb_view(struct session *session, const struct request *request, struct reply *reply)
{
    struct stage *stage = session->stage;
    struct view *view = &stage->view;
    struct view_before *before = stage_part(stage, PART_VIEWS);
    const struct view_choice *choice = view_picked(view, request->amount);
    const struct layout *layout = choice->layout;
    void *content = NULL;
    struct error error;
    if (choice->content && !(content = choice->content(session, search_subject(session), &error)))
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    session->layout = layout;
    if (layout == view->layout)
        return PROGRESS_DONE;
    struct view_before left = {
        .layout = view->layout, .top = view_here(view), .subject = view->canvas.cursor};
    const bool back = view_untouched(stage, layout);
    const uint64_t top = back ? before->top : search_subject(session);
    const uint64_t subject = back ? before->subject : top;
    stage_use(session, layout, content, top);
    if (view->canvas.cursor != FRAME_NO_OFFSET) {
        cursor_put(session, subject);
        view_match_again(session);
    }
    left.here = view_here(view);
    left.cursor = view->canvas.cursor;
    left.current = view->canvas.current;
    *before = left;
    return PROGRESS_DONE;
}

const struct part views_part = {.stage_size = sizeof(struct view_before)};
