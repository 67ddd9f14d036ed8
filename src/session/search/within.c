/* SPDX-License-Identifier: MIT */
/*
 * view: counting what is searched for among the lines that pass the session's filter (see core/session.h). View thread.
 *
 * Both are one question: a filter with the search as one more part. It is asked of the file beside the search and the
 * filter, and made before either, since the workers do what is newest first: what is waited for on the screen is a
 * match, or a line; the count comes after it. A line longer than LINES_LONG counts once, however many matches it has.
 * A pattern of bytes is counted match by match, whatever lines pass.
 */
#include "within.h"

#include "folio/model/known/lines.h"
#include "folio/session/core/stage.h"
#include "folio/session/search/filter.h"
#include "folio/session/search/inside.h"

/** The part of the question that is the search. */
static struct filter_part within_search(const struct session *session)
{
    struct pattern *pattern = search_compile(session, NULL);
    return (struct filter_part){pattern, (session->modifiers & SEARCH_INVERT) != 0};
}

void session_within_close(struct stage *stage)
{
    filter_close(stage->within);
    stage->within = NULL;
}

void session_within_open(struct session *session)
{
    struct stage *stage = session->stage;
    struct filter_part part[FILTER_PARTS_MAX];
    size_t count = session->sift_count;
    session_within_close(stage);
    if (count == 0 || count >= FILTER_PARTS_MAX || !session->pattern[0] ||
        session->modifiers & SEARCH_BYTES || session_bytes(stage))
        return;
    part[count] = within_search(session);
    if (!part[count].pattern)
        return;
    if (!session_filter_compile(session, part)) {
        pattern_free(part[count].pattern);
        return;
    }
    struct matches_text text = session_text(session, stage);
    stage->within = filter_open(stage->document->survey, part, count + 1, &text, NULL);
}

bool within_rank(const struct session *session, uint64_t unit, uint64_t *rank)
{
    struct stage *stage = session->stage;
    struct reader *reader = stage->document->reader;
    uint64_t line, behind;
    return lines_begin(stage->document->lines, reader, unit, LINES_LONG, &line) == LINES_FOUND &&
           filter_rank(stage->within, reader, line, rank) &&
           filter_rank(stage->within, reader, line + 1, &behind) && behind > *rank;
}
