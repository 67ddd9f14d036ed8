/* SPDX-License-Identifier: MIT */
/*
 * view: where the next match is, and going there (see core/session.h). View thread.
 *
 * The session's pattern is counted on each stage by a summary: the matching lines by model/search/matches, or, where lines are
 * wanted that do not match, by a filter that hides those that do. What is asked here is the same of both.
 *
 * A search that runs is session->run: it may go on at the other end of the file, or in other files. Then it notes from
 * where it left, and goes back there when nothing is found or somebody ends it.
 */
#include "folio/session/search/find.h"

#include "within.h"

#include "folio/base/text/encoding.h"
#include "folio/base/words/number.h"
#include "folio/model/known/lines.h"
#include "folio/model/pattern/bytes.h"
#include "folio/model/search/bytes.h"
#include "folio/model/search/select.h"
#include "folio/model/survey/spread.h"
#include "folio/session/core/stage.h"
#include "folio/session/files/list.h"
#include "folio/session/move/cursor.h"
#include "folio/session/move/lines.h"
#include "folio/session/search/filter.h"
#include "folio/session/search/inside.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/** Matches stepped over between two looks at whether somebody wants something else. */
#define SEARCH_SLICE 2000

bool search_ready(const struct session *session)
{
    return session->stage->matches || session->stage->misses;
}

/** Progress and count of the search by itself, which there is. */
static struct summary_state find_state(const struct session *session)
{
    const struct stage *stage = session->stage;
    return stage->misses ? filter_state(stage->misses, stage->document->reader)
                         : matches_state(stage->matches);
}

bool session_search_state(const struct session *session, struct summary_state *state)
{
    const struct stage *stage = session->stage;
    if (!search_ready(session))
        return false;
    *state = find_state(session);
    if (!stage->within)
        return true;
    bool complete = state->complete;
    *state = filter_state(stage->within, stage->document->reader);
    state->complete = state->complete && complete;
    return true;
}

unsigned session_search_permille(const struct session *session)
{
    struct summary_state state = {.complete = true};
    if (search_ready(session))
        state = find_state(session);
    return summary_permille(&state);
}

const struct summary *session_search_summary(const struct session *session)
{
    const struct stage *stage = session->stage;
    if (!search_ready(session))
        return NULL;
    if (stage->within || stage->misses)
        return filter_summary(stage->within ? stage->within : stage->misses);
    return matches_summary(stage->matches);
}

bool session_search_rank(const struct session *session, uint64_t unit, uint64_t *rank)
{
    const struct stage *stage = session->stage;
    struct reader *reader = stage->document->reader;
    if (!search_ready(session))
        return false;
    if (stage->within)
        return within_rank(session, unit, rank);
    return stage->misses ? filter_rank(stage->misses, reader, unit, rank)
                         : matches_rank(stage->matches, reader, unit, rank);
}

enum matches_result session_search_next(const struct session *session, uint64_t offset, bool forward,
                                        uint64_t *unit)
{
    const struct stage *stage = session->stage;
    struct reader *reader = stage->document->reader;
    if (!search_ready(session))
        return MATCHES_NONE;
    return stage->misses ? filter_next(stage->misses, reader, offset, forward, unit)
                         : matches_next(stage->matches, reader, offset, forward, unit);
}

/** Line number `nth` (from 0) of those that a filter counts: between two offsets that close in on it. */
static enum matches_result find_line(const struct session *session, struct filter *counted, uint64_t nth,
                                     uint64_t *line)
{
    struct reader *reader = session->stage->document->reader;
    struct summary_state state = filter_state(counted, reader);
    uint64_t low = 0, high = reader_size(reader), rank;
    if (nth >= state.count)
        return state.complete ? MATCHES_NONE : MATCHES_UNKNOWN;
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        if (!filter_rank(counted, reader, middle, &rank))
            return MATCHES_UNKNOWN;
        *(rank > nth ? &high : &low) = middle;
    }
    return filter_next(counted, reader, low, true, line);
}

enum matches_result session_search_select(const struct session *session, uint64_t nth, uint64_t *unit)
{
    const struct stage *stage = session->stage;
    if (!search_ready(session))
        return MATCHES_NONE;
    if (!stage->within && !stage->misses)
        return matches_select(stage->matches, stage->document->reader, nth, unit);
    uint64_t line;
    enum matches_result result =
        find_line(session, stage->within ? stage->within : stage->misses, nth, &line);
    return result == MATCHES_FOUND ? session_search_next(session, line, true, unit) : result;
}

struct pattern *search_compile(const struct session *session, struct error *error)
{
    size_t length = strlen(session->pattern);
    if (session->modifiers & SEARCH_BYTES)
        return pattern_compile_bytes(session->pattern, length, error);
    return pattern_compile(session->pattern, length, (enum pattern_case)session->settings.letter_case,
                           session->modifiers & SEARCH_LITERAL, error);
}

/** Compile the pattern and have it counted on the stage. */
static bool find_open(struct session *session, struct error *error)
{
    struct stage *stage = session->stage;
    struct survey *survey = stage->document->survey;
    if (session->modifiers & SEARCH_INVERT && session_bytes(stage))
        return error_set(error, 0, "Non-matching lines are for the text view");
    struct pattern *pattern = search_compile(session, error);
    if (!pattern)
        return false;
    if (stage->filter)
        session_within_open(session);
    if (session->modifiers & SEARCH_INVERT)
        stage->misses = filter_open(survey, &(struct filter_part){pattern, true}, 1, &stage->searched, error);
    else
        stage->matches = matches_open(survey, pattern, &stage->searched, error);
    return search_ready(session);
}

bool session_rematch(struct session *session, struct error *error)
{
    struct stage *stage = session->stage;
    struct canvas *canvas = &stage->view.canvas;
    matches_close(stage->matches);
    filter_close(stage->misses);
    stage->misses = NULL;
    stage->matches = canvas->matches = NULL;
    session_within_close(stage);
    stage->hard_told &= ~(unsigned)HARD_SEARCH;
    stage->searched = session_search_text(session, stage, session->modifiers);
    canvas->current = FRAME_NO_OFFSET;
    canvas->group = SEARCH_GROUP_OF(session->modifiers);
    if (!session->pattern[0])
        return true;
    bool found = find_open(session, error);
    canvas->matches = session->hits_hidden ? NULL : stage->matches;
    return found;
}

bool search_take(struct session *session, const char *text, unsigned modifiers, struct error *error)
{
    struct canvas *canvas = &session->stage->view.canvas;
    const unsigned what = SEARCH_INVERT | SEARCH_LITERAL | SEARCH_BYTES;
    char before[REQUEST_TEXT];
    const unsigned modifiers_before = session->modifiers;
    memcpy(before, session->pattern, sizeof before);
    session->modifiers = modifiers & ~(unsigned)(SEARCH_FIRST | SEARCH_KEEP);
    bool same = search_ready(session) && strcmp(text, before) == 0 &&
                ((modifiers ^ modifiers_before) & what) == 0 &&
                session_search_text_is(session, session->stage, modifiers, &session->stage->searched);
    if (same) {
        canvas->matches = session->hits_hidden ? NULL : session->stage->matches;
        canvas->group = SEARCH_GROUP_OF(modifiers);
        return true;
    }
    snprintf(session->pattern, sizeof session->pattern, "%s", text);
    if (session_rematch(session, error))
        return true;
    memcpy(session->pattern, before, sizeof before);
    session->modifiers = modifiers_before;
    session_rematch(session, NULL);
    return false;
}

struct mark search_here(const struct session *session)
{
    const struct view *view = &session->stage->view;
    if (view->layout->cursor)
        return session_cursor_mark(session);
    return (struct mark){true, session->current, view->count ? view->row[0].begin : 0, view->lead};
}

void search_back(struct session *session, struct mark mark)
{
    struct view *view = &session->stage->view;
    if (view->layout->cursor)
        view->canvas.cursor = mark.offset;
    view_goto(view, mark.offset, mark.row, true);
}

/** The match at `offset` where matches are the units. */
static bool find_single(const struct stage *stage, uint64_t offset, struct range *match)
{
    size_t count;
    const struct range *found =
        matches_within(stage->matches, stage->document->reader, (struct range){offset, offset + 1}, &count);
    for (size_t i = 0; i < count; i++)
        if (found[i].begin == offset) {
            *match = found[i];
            return true;
        }
    return false;
}

bool search_match(const struct session *session, uint64_t offset, struct range *match)
{
    struct stage *stage = session->stage;
    const struct encoding *encoding = stage->view.canvas.fit.rules.encoding;
    struct span span;
    if (!stage->matches || offset == FRAME_NO_OFFSET)
        return false;
    if (matches_single(stage->matches))
        return find_single(stage, offset, match);
    if (reader_span(stage->document->reader, offset, LINES_LONG, &span) != READER_OK)
        return false;
    span.length = encoding_newline(encoding, span.data, span.length, (unsigned)(offset % encoding->unit), 0);
    return matches_hits(stage->matches, span, offset, offset, match, 1) == 1;
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
    unsigned target = session_target(session);
    struct range match;
    if (view->layout->cursor)
        return session_jump(session, unit, target, true);
    search_reveal(session, unit);
    const unsigned height = view_height(view);
    if (height && search_match(session, unit, &match) &&
        search_below(session, unit, match.end - (match.end > match.begin), target))
        return session_jump(session, match.end, height - 1, true);
    return session_jump(session, unit, target, true);
}

/** Open the nearest file from `number` on that can be opened; the current one needs not be. False: there is none. */
static bool find_file(struct session *session, int64_t number, bool forward)
{
    struct search_run *run = &session->run;
    struct mark here = search_here(session), quote = session->mark['\''];
    for (; number >= 0 && number < (int64_t)session->file_count; number += forward ? 1 : -1) {
        if ((size_t)number == session->current)
            return true;
        session_leave_place(session);
        if (!session_open_file(session, (size_t)number, NULL))
            continue;
        run->home = run->crossed ? run->home : here;
        run->quote = run->crossed ? run->quote : quote;
        run->crossed = true;
        return true;
    }
    return false;
}

void session_search_home(struct session *session)
{
    struct search_run *run = &session->run;
    if (run->crossed && session->stage == &session->base && session_open_file(session, run->home.file, NULL))
        search_back(session, run->home);
    if (run->crossed)
        session->mark['\''] = run->quote;
    run->crossed = false;
}

/** Search on from the beginning, or backward from the end, of the file that is shown now. */
static void find_from_edge(struct session *session, bool forward)
{
    struct document *document = session->stage->document;
    session->wait_offset = forward ? 0 : reader_size(document->reader);
    survey_focus(document->survey, session->wait_offset, forward);
}

void search_begin(struct session *session, const struct request *request, unsigned modifiers, uint64_t from,
                  bool forward)
{
    session->run = (struct search_run){.modifiers = modifiers, .limit = from};
    session->wait_offset = from;
    session->wait_count = request->counted && request->count > 0 ? request->count : 1;
    survey_focus(session->stage->document->survey, from, forward);
}

bool search_begin_first(struct session *session, const struct request *request, unsigned modifiers,
                        bool forward)
{
    search_begin(session, request, modifiers, 0, forward);
    if (session->stage == &session->base &&
        !find_file(session, forward ? 0 : (int64_t)session->file_count - 1, forward))
        return false;
    find_from_edge(session, forward);
    session->run.limit = session->wait_offset;
    return true;
}

/** There is nothing more in this direction: go on where the modifiers say. False: nowhere. */
static bool find_on(struct session *session, bool forward)
{
    struct search_run *run = &session->run;
    if (run->modifiers & SEARCH_FILES && session->stage == &session->base) {
        if (!find_file(session, (int64_t)session->current + (forward ? 1 : -1), forward))
            return false;
    } else if (!(run->modifiers & SEARCH_WRAP) || run->wrapped) {
        return false;
    } else {
        run->wrapped = true;
    }
    find_from_edge(session, forward);
    return true;
}

/** Why a pattern that begins like bytes is searched for as text, or that a word of digits is not; "" where nobody asks. */
static void find_doubt(const struct session *session, char *out, size_t capacity)
{
    const struct stage *stage = session->stage;
    const char pair[3] = {session->pattern[0], session->pattern[1]};
    struct error error;
    *out = '\0';
    if (session->modifiers & SEARCH_BYTES) {
        if (!strpbrk(session->pattern, " ?\"'"))
            snprintf(out, capacity, " (as bytes; ^R or TAB before it: as text)");
    } else if (session_bytes(stage) && !stage->view.canvas.characters &&
               !(session->modifiers & SEARCH_LITERAL) &&
               (*pair == '"' || *pair == '\'' || pattern_is_bytes(pair)) &&
               pattern_bytes_wrong(session->pattern, &error))
        snprintf(out, capacity, " (as text; %.500s)", error.message);
}

/** There is no such place; where not all could be read, or something was too hard, there may be one. */
static enum progress find_missed(struct session *session, struct reply *reply)
{
    struct summary_state state = {0};
    char number[32], doubt[600];
    if (search_ready(session))
        state = find_state(session);
    find_doubt(session, doubt, sizeof doubt);
    session_search_home(session);
    if (state.hard)
        return session_say(reply, OUTCOME_FAILED,
                           "Pattern not found: %s (too hard at 0x%" PRIx64 "; make it simpler)",
                           session->pattern, state.hard_at);
    if (!state.unreadable)
        return session_say(reply, OUTCOME_FAILED, "Pattern not found: %s%s", session->pattern, doubt);
    number_group(state.unreadable, number, sizeof number);
    return session_say(reply, OUTCOME_FAILED, "Pattern not found: %s (%s bytes could not be read)",
                       session->pattern, number);
}

/** A match is found: the wanted one, or one to be passed. */
static bool find_wanted(struct session *session, uint64_t unit, bool forward)
{
    if (--session->wait_count > 0) {
        session->wait_offset = forward ? unit + 1 : unit;
        return false;
    }
    session->wait_count = 1; /* should the jump have to wait, the same match is found again */
    session->wait_offset = forward ? unit : unit + 1;
    session->stage->view.canvas.current = unit;
    return true;
}

/** Go to the match, and say where it was found if that may surprise. */
static enum progress find_arrive(struct session *session, uint64_t unit, bool forward, struct reply *reply)
{
    enum progress progress = search_arrive(session, unit);
    if (progress == PROGRESS_DONE && session->run.wrapped)
        session_say(reply, OUTCOME_SAID,
                    forward ? "Search hit bottom; continuing at top"
                            : "Search hit top; continuing at bottom");
    return progress;
}

enum progress search_go(struct session *session, bool forward, struct reply *reply)
{
    const struct search_run *run = &session->run;
    for (unsigned slice = 0; slice < SEARCH_SLICE; slice++) {
        struct document *document = session->stage->document;
        uint64_t unit = 0;
        if (!search_ready(session)) { /* the pattern was forgotten meanwhile */
            reply->outcome = OUTCOME_STOPPED;
            return PROGRESS_DONE;
        }
        switch (session_match_next(session, &session->wait_offset, forward, &unit)) {
        case MATCHES_FOUND:
            if (run->wrapped && (forward ? unit >= run->limit : unit < run->limit))
                return find_missed(session, reply);
            if (find_wanted(session, unit, forward))
                return find_arrive(session, unit, forward, reply);
            continue;
        case MATCHES_NONE:
            if (forward && document_streaming(document)) {
                document_want(document, UINT64_MAX);
                return PROGRESS_WAITING;
            }
            if (!find_on(session, forward))
                return find_missed(session, reply);
            continue;
        case MATCHES_UNKNOWN:
        case MATCHES_FAILED:
            return PROGRESS_WAITING;
        }
    }
    wake_ring(session->view_wake);
    return PROGRESS_WAITING;
}
