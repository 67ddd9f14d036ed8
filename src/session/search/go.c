/* SPDX-License-Identifier: MIT */
/*
 * session: going to the next match, over the ends and into other files (see inside.h). View thread.
 *
 * A search that runs may go on at the other end of the file, or in other files. Then it notes from where it left, and goes
 * back there when nothing is found or somebody ends it.
 */
#include "folio/session/search/go.h"

#include "inside.h"
#include "missed.h"

#include "folio/session/core/place.h"
#include "folio/session/files/list.h"
#include "folio/session/move/jump.h"
#include "folio/session/move/marks.h"
#include "folio/session/search/found.h"

/** Matches stepped over between two looks at whether somebody wants something else. */
#define SEARCH_SLICE 2000

void search_back(struct session *session, struct mark mark)
{
    struct view *view = &session->stage->view;
    if (view->canvas.cursor != FRAME_NO_OFFSET)
        view->canvas.cursor = mark.offset;
    view_goto(view, mark.offset, mark.row, true);
}

/** Where lines are chopped, shift them so many whole screens that the match begins in sight, as less does. */
static void search_reveal(struct session *session, uint64_t unit)
{
    struct view *view = &session->stage->view;
    struct canvas *canvas = &view->canvas;
    struct range match;
    uint64_t column;
    if ((!session->settings.chop && canvas->shift == 0) || !search_match(session, unit, &match))
        return;
    if (!view->layout->column(canvas, match.begin, &column))
        return;
    unsigned room = view->layout->room(canvas), header = (unsigned)session->settings.header_columns;
    canvas->shift = column - column % room;
    /* Not under the columns that stay at the left. */
    if (canvas->shift && column - canvas->shift < header)
        canvas->shift -= canvas->shift < header ? canvas->shift : header;
}

/** Is the byte at `offset` below the last row, when the row that begins at `unit` stands on row `target`? */
static bool search_below(const struct session *session, uint64_t unit, uint64_t offset, unsigned target)
{
    const struct view *view = &session->stage->view;
    struct row row, after;
    enum layout_result result = view->layout->holding(&view->canvas, unit, &row);
    for (; result == LAYOUT_OK && row.next <= offset && target < view_height(view); target++) {
        result = view->layout->after(&view->canvas, &row, &after);
        row = after;
    }
    return result == LAYOUT_OK && target >= view_height(view);
}

/**
 * Go to the match that was found in the line, or the rest of a line, that begins at `unit`: that goes to the target,
 * but if the match's end would then be below the screen, the row of what follows it to the last one. A cursor goes to
 * the first byte.
 */
enum progress search_arrive(struct session *session, uint64_t unit)
{
    const struct view *view = &session->stage->view;
    unsigned target = jump_target(session);
    struct range match;
    uint64_t cursor;
    parts_reveal(session, unit);
    if (place_cursor(session, &cursor))
        return jump_to(session, unit, target, true);
    search_reveal(session, unit);
    const unsigned height = view_height(view);
    if (height && search_match(session, unit, &match) &&
        search_below(session, unit, match.end - (match.end > match.begin), target))
        return jump_to(session, match.end, height - 1, true);
    return jump_to(session, unit, target, true);
}

/** Open the nearest file from `number` on that can be opened; the current one needs not be. False: there is none. */
static bool find_file(struct session *session, int64_t number, bool forward)
{
    struct search_run *run = &search_of(session)->run;
    struct mark here = place_here(session), quote = *marks_quote(session);
    for (; number >= 0 && number < (int64_t)session->files.count; number += forward ? 1 : -1) {
        if ((size_t)number == session->files.current)
            return true;
        jump_leave(session);
        if (!files_open(session, (size_t)number, NULL))
            continue;
        run->home = run->crossed ? run->home : here;
        run->quote = run->crossed ? run->quote : quote;
        run->crossed = true;
        return true;
    }
    return false;
}

void search_home(struct session *session)
{
    struct search_run *run = &search_of(session)->run;
    if (run->crossed && session_shows_file(session) && files_open(session, run->home.file, NULL))
        search_back(session, run->home);
    if (run->crossed)
        *marks_quote(session) = run->quote;
    run->crossed = false;
    missed_forget(session);
}

/** Search on from the beginning, or backward from the end, of the file that is shown now. */
static void find_from_edge(struct session *session, bool forward)
{
    struct document *document = session->stage->document;
    session->wait.offset = forward ? 0 : reader_size(document->reader);
    survey_focus(document->survey, session->wait.offset, forward);
}

void search_begin(struct session *session, const struct request *request, unsigned modifiers, uint64_t from,
                  bool forward)
{
    search_of(session)->run = (struct search_run){.modifiers = modifiers, .limit = from};
    session->wait.offset = from;
    session->wait.count = request_count(request, 1);
    survey_focus(session->stage->document->survey, from, forward);
}

bool search_begin_first(struct session *session, const struct request *request, unsigned modifiers,
                        bool forward)
{
    search_begin(session, request, modifiers, 0, forward);
    if (session_shows_file(session) && !session->files.inner &&
        !find_file(session, forward ? 0 : (int64_t)session->files.count - 1, forward))
        return false;
    find_from_edge(session, forward);
    search_of(session)->run.limit = session->wait.offset;
    return true;
}

/** There is nothing more in this direction: go on where the modifiers say. False: nowhere. */
static bool find_on(struct session *session, bool forward)
{
    struct search_run *run = &search_of(session)->run;
    if (run->modifiers & SEARCH_FILES && session_shows_file(session) && !session->files.inner) {
        if (!find_file(session, (int64_t)session->files.current + (forward ? 1 : -1), forward))
            return false;
    } else if (!(run->modifiers & SEARCH_WRAP) || run->wrapped) {
        return false;
    } else {
        run->wrapped = true;
    }
    find_from_edge(session, forward);
    return true;
}

/** There is no such place. */
static enum progress find_missed(struct session *session, bool forward, struct reply *reply)
{
    enum progress progress = search_missed(session, forward, reply);
    if (progress == PROGRESS_DONE)
        search_home(session);
    return progress;
}

/** A match is found: the wanted one, or one to be passed. */
static bool find_wanted(struct session *session, uint64_t unit, bool forward)
{
    if (--session->wait.count > 0) {
        session->wait.offset = forward ? unit + 1 : unit;
        return false;
    }
    session->wait.count = 1; /* should the jump have to wait, the same match is found again */
    session->wait.offset = forward ? unit : unit + 1;
    session->stage->view.canvas.current = unit;
    return true;
}

/** Go to the match, and say where it was found if that may surprise. */
static enum progress find_arrive(struct session *session, uint64_t unit, bool forward, struct reply *reply)
{
    enum progress progress = search_arrive(session, unit);
    if (progress == PROGRESS_DONE && search_of(session)->run.wrapped)
        reply_say(reply, OUTCOME_SAID,
                  forward ? "Search hit bottom; continuing at top" : "Search hit top; continuing at bottom");
    return progress;
}

enum progress search_go(struct session *session, bool forward, struct reply *reply)
{
    const struct search_run *run = &search_of(session)->run;
    for (unsigned slice = 0; slice < SEARCH_SLICE; slice++) {
        struct document *document = session->stage->document;
        uint64_t unit = 0;
        if (!search_ready(session)) { /* the pattern was forgotten meanwhile */
            reply->outcome = OUTCOME_STOPPED;
            return PROGRESS_DONE;
        }
        switch (search_visible(session, &session->wait.offset, forward, &unit)) {
        case MATCHES_FOUND:
            if (run->wrapped && (forward ? unit >= run->limit : unit < run->limit))
                return find_missed(session, forward, reply);
            if (find_wanted(session, unit, forward))
                return find_arrive(session, unit, forward, reply);
            continue;
        case MATCHES_NONE:
            if (forward && document_streaming(document)) {
                document_want(document, UINT64_MAX);
                return PROGRESS_WAITING;
            }
            if (!find_on(session, forward))
                return find_missed(session, forward, reply);
            continue;
        case MATCHES_UNKNOWN:
        case MATCHES_FAILED:
            return PROGRESS_WAITING;
        }
    }
    wake_ring(session->view_wake);
    return PROGRESS_WAITING;
}
