/* SPDX-License-Identifier: MIT */
/*
 * session: counting what is searched for among the lines that pass the filter. View thread.
 *
 * Both are one question: a filter with the search as one more part. It is asked of the file beside the search and the
 * filter, and made before either, since the workers do what is newest first: what is waited for on the screen is a
 * match, or a line; the count comes after it. A line longer than LINES_LONG counts once, however many matches it has.
 * A pattern of bytes is counted match by match, whatever lines pass.
 */
#include "within.h"

#include "compile.h"

#include "folio/model/known/lines.h"

/** The part of the question that is the search. */
static struct filter_part within_search(const struct session *session)
{
    struct pattern *pattern = search_compile(session, NULL);
    return (struct filter_part){pattern, (search_of(session)->modifiers & SEARCH_INVERT) != 0};
}

void within_close(struct stage *stage)
{
    filter_close(search_on(stage)->within);
    search_on(stage)->within = NULL;
}

void within_open(struct session *session)
{
    struct stage *stage = session->stage;
    struct filter_part part[FILTER_PARTS_MAX];
    size_t count = filtering_of(session)->count;
    within_close(stage);
    if (count == 0 || count >= FILTER_PARTS_MAX || !search_of(session)->pattern[0] ||
        search_of(session)->modifiers & SEARCH_BYTES || stage_bytes(stage))
        return;
    part[count] = within_search(session);
    if (!part[count].pattern)
        return;
    if (!filtering_compile(session, part)) {
        pattern_free(part[count].pattern);
        return;
    }
    struct matches_text text = stage_text(session, stage);
    search_on(stage)->within = filter_open(stage->document->survey, part, count + 1, &text, NULL);
}

bool within_rank(const struct session *session, uint64_t unit, uint64_t *rank)
{
    struct stage *stage = session->stage;
    struct reader *reader = stage->document->reader;
    uint64_t line, behind;
    return lines_begin(stage->document->lines, reader, unit, LINES_LONG, &line) == LINES_FOUND &&
           filter_rank(search_on(stage)->within, reader, line, rank) &&
           filter_rank(search_on(stage)->within, reader, line + 1, &behind) && behind > *rank;
}
