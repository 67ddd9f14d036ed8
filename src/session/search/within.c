/* SPDX-License-Identifier: MIT */
/*
 * session: searching among the lines that pass the filter. View thread.
 *
 * Both are one question: a filter with the search as one more part, the first, so that a block in which nothing matches
 * costs what a search costs; what else a block costs is of the lines that match. It counts, and says which line is next;
 * so nobody steps over what matches in lines that are not shown, of which there may be very many more. Only in a line
 * longer than LINES_LONG, which counts once, the search by itself says where its matches are. A pattern of bytes is
 * looked for match by match, whatever lines pass.
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
    part[0] = within_search(session);
    if (!part[0].pattern)
        return;
    if (!filtering_compile(session, part + 1)) {
        pattern_free(part[0].pattern);
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

/** Where the line that begins at `line` ends. UNKNOWN only where it is long. */
static enum matches_result within_end(const struct session *session, uint64_t line, uint64_t *end)
{
    const struct document *document = session->stage->document;
    switch (lines_end(document->lines, document->reader, line, LINES_LONG + 1, end)) {
    case LINES_FOUND:
        return MATCHES_FOUND;
    case LINES_UNKNOWN:
        return MATCHES_UNKNOWN;
    case LINES_NONE:
    case LINES_FAILED:
        break;
    }
    return MATCHES_FAILED;
}

/** The match in the long line [line, end) that is nearest to `offset`. */
static enum matches_result within_long(const struct session *session, struct range line, uint64_t offset,
                                       bool forward, uint64_t *unit)
{
    const struct stage *stage = session->stage;
    if (forward ? offset < line.begin : offset > line.end)
        offset = forward ? line.begin : line.end;
    enum matches_result result =
        matches_next(search_on(stage)->matches, stage->document->reader, offset, forward, unit);
    bool inside = result == MATCHES_FOUND && *unit >= line.begin && *unit < line.end;
    return result == MATCHES_FOUND && !inside ? MATCHES_NONE : result;
}

/** The unit of the line at `line`, which passes, that is nearest to `offset`: the line itself, unless it is long. */
static enum matches_result within_unit(const struct session *session, uint64_t line, uint64_t offset,
                                       bool forward, uint64_t *unit)
{
    uint64_t end;
    *unit = line;
    if (search_on(session->stage)->misses)
        return MATCHES_FOUND;
    enum matches_result result = within_end(session, line, &end);
    if (result != MATCHES_FOUND || end - line <= LINES_LONG)
        return result;
    return within_long(session, (struct range){line, end}, offset, forward, unit);
}

/** A match at `offset` or behind it in the long line that goes on there, if that passes. */
static enum matches_result within_rest(const struct session *session, uint64_t offset, uint64_t *unit)
{
    const struct stage *stage = session->stage;
    const struct document *document = stage->document;
    uint64_t line, end, passes;
    if (search_on(stage)->misses || offset >= reader_size(document->reader))
        return MATCHES_NONE;
    if (lines_begin(document->lines, document->reader, offset, LINES_LONG, &line) != LINES_FOUND)
        return MATCHES_UNKNOWN;
    if (line == offset)
        return MATCHES_NONE;
    enum matches_result result = within_end(session, line, &end);
    if (result != MATCHES_FOUND || end - line <= LINES_LONG)
        return result == MATCHES_FOUND ? MATCHES_NONE : result;
    result = filter_next(search_on(stage)->within, document->reader, line, true, &passes);
    if (result != MATCHES_FOUND || passes != line)
        return result == MATCHES_FOUND ? MATCHES_NONE : result;
    return within_long(session, (struct range){line, end}, offset, true, unit);
}

enum matches_result within_next(const struct session *session, uint64_t offset, bool forward, uint64_t *unit)
{
    const struct stage *stage = session->stage;
    enum matches_result result = forward ? within_rest(session, offset, unit) : MATCHES_NONE;
    while (result == MATCHES_NONE) {
        uint64_t line;
        result = filter_next(search_on(stage)->within, stage->document->reader, offset, forward, &line);
        if (result != MATCHES_FOUND)
            return result;
        result = within_unit(session, line, offset, forward, unit);
        offset = forward ? line + 1 : line;
    }
    return result;
}
