/* SPDX-License-Identifier: MIT */
/*
 * session: what is known of the search (see the header). View thread.
 *
 * The pattern is counted on each stage by a summary: the matching lines by model/search/matches, or, where lines are wanted
 * that do not match, by a filter that hides those that do. What is asked here is the same of both.
 */
#include "folio/session/search/found.h"

#include "compile.h"
#include "inside.h"
#include "state.h"
#include "within.h"

#include "folio/base/text/encoding.h"
#include "folio/model/known/lines.h"
#include "folio/model/search/bytes.h"
#include "folio/model/search/select.h"
#include "folio/model/survey/spread.h"
#include "folio/session/core/place.h"
#include "folio/session/search/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool search_ready(const struct session *session)
{
    return search_on(session->stage)->matches || search_on(session->stage)->misses;
}

/** The lines that are counted, where they are: those that pass the filter, or that do not match. */
static struct filter *search_lines(const struct session *session)
{
    const struct searched *searched = search_on(session->stage);
    return searched->within ? searched->within : searched->misses;
}

bool search_state(const struct session *session, struct summary_state *state)
{
    const struct stage *stage = session->stage;
    struct filter *lines = search_lines(session);
    if (!search_ready(session))
        return false;
    *state = lines ? filter_state(lines, stage->document->reader) : matches_state(search_on(stage)->matches);
    return true;
}

const struct summary *search_summary(const struct session *session)
{
    const struct stage *stage = session->stage;
    if (!search_ready(session))
        return NULL;
    struct filter *lines = search_lines(session);
    return lines ? filter_summary(lines) : matches_summary(search_on(stage)->matches);
}

bool search_rank(const struct session *session, uint64_t unit, uint64_t *rank)
{
    const struct stage *stage = session->stage;
    struct reader *reader = stage->document->reader;
    if (!search_ready(session))
        return false;
    if (search_on(stage)->within)
        return within_rank(session, unit, rank);
    return search_on(stage)->misses ? filter_rank(search_on(stage)->misses, reader, unit, rank)
                                    : matches_rank(search_on(stage)->matches, reader, unit, rank);
}

enum matches_result search_next(const struct session *session, uint64_t offset, bool forward, uint64_t *unit)
{
    const struct stage *stage = session->stage;
    struct reader *reader = stage->document->reader;
    if (!search_ready(session))
        return MATCHES_NONE;
    return search_on(stage)->misses ? filter_next(search_on(stage)->misses, reader, offset, forward, unit)
                                    : matches_next(search_on(stage)->matches, reader, offset, forward, unit);
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

enum matches_result search_select(const struct session *session, uint64_t nth, uint64_t *unit)
{
    const struct stage *stage = session->stage;
    if (!search_ready(session))
        return MATCHES_NONE;
    if (!search_lines(session))
        return matches_select(search_on(stage)->matches, stage->document->reader, nth, unit);
    uint64_t line;
    enum matches_result result = find_line(session, search_lines(session), nth, &line);
    if (result != MATCHES_FOUND)
        return result;
    return search_on(stage)->within ? within_next(session, line, true, unit)
                                    : search_next(session, line, true, unit);
}

/** Compile the pattern and have it counted on the stage. */
static bool find_open(struct session *session, struct error *error)
{
    struct stage *stage = session->stage;
    struct survey *survey = stage->document->survey;
    if (search_of(session)->modifiers & SEARCH_INVERT && stage_bytes(stage))
        return error_set(error, 0, "Non-matching lines are for the text view");
    struct pattern *pattern = search_compile(session, error);
    if (!pattern)
        return false;
    if (search_of(session)->modifiers & SEARCH_INVERT)
        search_on(stage)->misses =
            filter_open(survey, &(struct filter_part){pattern, true}, 1, &search_on(stage)->searched, error);
    else
        search_on(stage)->matches = matches_open(survey, pattern, &search_on(stage)->searched, error);
    /* The workers do what is newest first, and this is what says where to go. */
    if (search_ready(session) && stage->view.canvas.filter)
        within_open(session);
    return search_ready(session);
}

bool search_renew(struct session *session, struct error *error)
{
    struct stage *stage = session->stage;
    struct canvas *canvas = &stage->view.canvas;
    matches_close(search_on(stage)->matches);
    filter_close(search_on(stage)->misses);
    matches_close(search_on(stage)->folded);
    search_on(stage)->misses = NULL;
    search_on(stage)->folded = NULL;
    search_on(stage)->matches = canvas->matches = NULL;
    within_close(stage);
    search_on(stage)->searched = search_text(session, stage, search_of(session)->modifiers);
    free(search_on(stage)->pattern);
    search_on(stage)->pattern = strdup(search_of(session)->pattern);
    search_on(stage)->modifiers = search_of(session)->modifiers;
    canvas->current = FRAME_NO_OFFSET;
    canvas->group = SEARCH_GROUP_OF(search_of(session)->modifiers);
    if (!search_of(session)->pattern[0])
        return true;
    bool found = find_open(session, error);
    canvas->matches = search_of(session)->hidden ? NULL : search_on(stage)->matches;
    return found;
}

bool search_take(struct session *session, const char *text, unsigned modifiers, struct error *error)
{
    struct canvas *canvas = &session->stage->view.canvas;
    const unsigned what = SEARCH_INVERT | SEARCH_LITERAL | SEARCH_BYTES;
    char before[REQUEST_TEXT];
    const unsigned modifiers_before = search_of(session)->modifiers;
    memcpy(before, search_of(session)->pattern, sizeof before);
    search_of(session)->modifiers = modifiers & ~(unsigned)(SEARCH_FIRST | SEARCH_KEEP);
    bool same = search_ready(session) && strcmp(text, before) == 0 &&
                ((modifiers ^ modifiers_before) & what) == 0 &&
                search_text_is(session, session->stage, modifiers, &search_on(session->stage)->searched);
    if (same) {
        canvas->matches = search_of(session)->hidden ? NULL : search_on(session->stage)->matches;
        canvas->group = SEARCH_GROUP_OF(modifiers);
        return true;
    }
    snprintf(search_of(session)->pattern, sizeof search_of(session)->pattern, "%s", text);
    if (search_renew(session, error))
        return true;
    memcpy(search_of(session)->pattern, before, sizeof before);
    search_of(session)->modifiers = modifiers_before;
    search_renew(session, NULL);
    return false;
}

/** The match at `offset` where matches are the units. */
static bool find_single(const struct stage *stage, uint64_t offset, struct range *match)
{
    size_t count;
    const struct range *found = matches_within(search_on(stage)->matches, stage->document->reader,
                                               (struct range){offset, offset + 1}, &count);
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
    if (!search_on(stage)->matches || offset == FRAME_NO_OFFSET)
        return false;
    if (matches_single(search_on(stage)->matches))
        return find_single(stage, offset, match);
    if (reader_span(stage->document->reader, offset, LINES_LONG, &span) != READER_OK)
        return false;
    size_t end = encoding_newline(encoding, span.data, span.length, (unsigned)(offset % encoding->unit), 0);
    if (end < span.length)
        span.length = end + encoding->unit;
    return matches_hits(search_on(stage)->matches, span, offset, offset, match, 1) == 1;
}

uint64_t search_subject(const struct session *session)
{
    const struct view *view = &session->stage->view;
    uint64_t cursor, current = view->canvas.current;
    struct range match;
    if (place_cursor(session, &cursor) || current == FRAME_NO_OFFSET)
        return place_subject(session);
    if (search_match(session, current, &match))
        current = match.begin;
    return view_holds(view, current) ? current : view_here(view);
}

enum matches_result search_visible(struct session *session, uint64_t *offset, bool forward, uint64_t *unit)
{
    struct stage *stage = session->stage;
    struct reader *reader = stage->document->reader;
    struct filter *filter = stage->view.canvas.filter;
    if (search_on(stage)->within && !stage_bytes(stage))
        return within_next(session, *offset, forward, unit);
    for (;;) {
        uint64_t line, visible;
        enum matches_result result = search_next(session, *offset, forward, unit);
        if (result != MATCHES_FOUND || !filter || stage_bytes(stage))
            return result;
        if (lines_begin(stage->document->lines, reader, *unit, LINES_LONG, &line) != LINES_FOUND)
            return MATCHES_UNKNOWN;
        result = filter_next(filter, reader, forward ? line : line + 1, forward, &visible);
        if (result != MATCHES_FOUND || visible == line)
            return result;
        /* Nothing between here and the visible line counts. */
        *offset = visible;
        if (!forward && lines_end(stage->document->lines, reader, visible, LINES_LONG, offset) != LINES_FOUND)
            return MATCHES_UNKNOWN;
    }
}
