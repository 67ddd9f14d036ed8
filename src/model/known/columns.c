/* SPDX-License-Identifier: MIT */
/*
 * model: rows and columns in one long line. The scan runs on workers; everything else on the view thread.
 *
 * What goes from block to block is one place: the first row that begins in the block or behind it, or, where lines are
 * chopped, the first glyph and its column. base/glyph/fit leads from one place to the next; nothing else decides.
 *
 *     block     |...........b|c..........d|...........e|..       place kept of a block: the first letter in it
 *     rows      a           b     c            d           e
 *
 * Why it is the same as what the view sees: fit_row looks at FIT_AHEAD_MAX bytes and not one more, and the margin of a
 * block is as much. A row which is cut there, because nothing in it takes a column, is cut in both.
 *
 * What is known makes one ascending list of *stops*: for each chunk of data the entries of its 256 blocks, and what the
 * chunk leaves behind. Offsets and columns ascend along it, so both questions are one binary search. A hole of whole
 * chunks is not in the table of the survey; it lies behind the exit of the chunk before it, and places in it follow by
 * arithmetic, because zeros are all alike.
 */
#include "folio/model/known/columns.h"

#include "folio/model/survey/chain.h"
#include "folio/model/survey/summary.h"

#include <stdlib.h>

_Static_assert(FIT_AHEAD_MAX <= SURVEY_MARGIN, "a row that begins in a block must end in its margin");

/** Stops of a chunk: its blocks, and its exit. */
#define CHUNK_BLOCKS (SURVEY_CHUNK / SURVEY_BLOCK)
#define CHUNK_STOPS  (CHUNK_BLOCKS + 1)

/** Knowledge of the summary; immutable while a worker may look at it. */
struct columns {
    struct survey *survey;
    struct summary *summary;
    struct fit fit;
    bool chopped;
    uint64_t line_begin;
    /** In a hole: bytes of a row, or of a glyph if chopped, and the columns of that glyph. */
    uint64_t zero_length;
    uint64_t zero_width;
};

/** A known place, and how far the zeros reach that follow it, if it is the exit of a chunk before a hole. */
struct stop {
    struct columns_place place;
    uint64_t end;
    bool hole;
};

/** Does the line end at byte `at` of the block's bytes? */
static bool block_newline(const struct columns *columns, const struct survey_block *block, size_t at)
{
    const struct encoding *encoding = columns->fit.rules.encoding;
    struct glyph glyph;
    if (at >= block->bytes.length)
        return false;
    if (!encoding || encoding->unit == 1)
        return block->bytes.data[at] == '\n';
    glyph_next(block->bytes.data + at, block->bytes.length - at, (struct glyph_place){0, &columns->fit.rules},
               &glyph);
    return glyph.kind == GLYPH_NEWLINE;
}

/** Go from `at`, where a row begins, to the first row that begins behind the block, or to the line's end. */
static size_t block_rows(const struct columns *columns, const struct survey_block *block, size_t at)
{
    while (at < block->end && !block_newline(columns, block, at))
        at += fit_row(&columns->fit, (struct span){block->bytes.data + at, block->bytes.length - at}, NULL);
    return at;
}

static struct survey_tally columns_scan(const void *knowledge, void *scratch,
                                        const struct survey_block *block)
{
    const struct columns *columns = knowledge;
    struct columns_place *place = block->detail;
    (void)scratch;
    if (place->offset >= block->offset + block->end)
        return (struct survey_tally){0};
    if (place->offset < block->offset) { /* what is between cannot be read, so the line has ended there */
        *block->last = true;
        return (struct survey_tally){0};
    }
    size_t at = (size_t)(place->offset - block->offset);
    struct span rest = {block->bytes.data + at, block->bytes.length - at};
    if (columns->chopped)
        at += fit_pass(&columns->fit, rest, &place->column, block->end - at);
    else
        at = block_rows(columns, block, at);
    place->offset = block->offset + at;
    /* What lies in the next block is for that one to say. What cannot be read ends the line, too; the end of the file
     * does not, for it may grow. */
    bool cut = at == block->end && at == block->bytes.length && block->ends && place->offset < block->size;
    if (cut || (at < block->end && block_newline(columns, block, at)))
        *block->last = true;
    return (struct survey_tally){0};
}

/** Go over zeros as far as `until`; a row is known to end only where one more zero follows it. */
static void place_skip(const struct columns *columns, struct columns_place *place, uint64_t until)
{
    if (place->offset >= until)
        return;
    uint64_t bytes = until - place->offset;
    uint64_t count = (columns->chopped ? bytes : bytes - 1) / columns->zero_length;
    place->offset += count * columns->zero_length;
    place->column += count * columns->zero_width;
}

static void columns_skip(const void *knowledge, void *detail, uint64_t offset, uint64_t length)
{
    place_skip(knowledge, detail, offset + length);
}

static const struct summary_kind columns_kind = {
    .name = "columns of a long line",
    .margin = SURVEY_MARGIN,
    .detail = sizeof(struct columns_place),
    .chained = true,
    .skip = columns_skip,
    .scan = columns_scan,
};

/** Find out what zeros are. False when out of memory. */
static bool columns_measure(struct columns *columns)
{
    struct glyph glyph;
    size_t look = fit_ahead(&columns->fit);
    char *zeros = calloc(1, look);
    if (!zeros)
        return false;
    glyph_next(zeros, look, (struct glyph_place){0, &columns->fit.rules}, &glyph);
    columns->zero_width = columns->chopped ? glyph.width : 0;
    columns->zero_length =
        columns->chopped ? glyph.length : fit_row(&columns->fit, (struct span){zeros, look}, NULL);
    free(zeros);
    return true;
}

struct columns *columns_open(struct survey *survey, const struct fit *fit, bool chopped, uint64_t line_begin,
                             struct error *error)
{
    struct columns_place entry = {.offset = line_begin};
    struct columns *columns = malloc(sizeof *columns);
    if (columns)
        *columns =
            (struct columns){.survey = survey, .fit = *fit, .chopped = chopped, .line_begin = line_begin};
    if (!columns || !columns_measure(columns)) {
        error_set(error, 0, "out of memory for the %s", columns_kind.name);
        goto fail;
    }
    columns->summary = survey_chain(survey, &columns_kind, columns, line_begin, &entry, error);
    if (columns->summary)
        return columns;
fail:
    free(columns);
    return NULL;
}

void columns_close(struct columns *columns)
{
    if (columns)
        survey_drop(columns->survey, columns->summary, free);
}

bool columns_serve(const struct columns *columns, const struct fit *fit, bool chopped, uint64_t line_begin)
{
    if (!columns || columns->chopped != chopped || columns->line_begin != line_begin)
        return false;
    struct fit wanted = *fit;
    if (chopped) { /* a row that is never full */
        wanted.width = columns->fit.width;
        wanted.word = columns->fit.word;
    }
    return fit_same(&columns->fit, &wanted);
}

/** The exit of the chunk at `place`. False if it is not known. */
static bool stop_exit(const struct columns *columns, size_t place, struct stop *stop)
{
    const struct columns_place *out = chain_exit(columns->summary, place);
    if (!out)
        return false;
    stop->place = *out;
    stop->end = chain_hole_end(columns->summary, place + 1);
    stop->hole = true;
    return true;
}

/** Stop `number` of the list that begins with the chunk at `first`. False if it is not known. */
static bool stop_at(const struct columns *columns, size_t first, size_t number, struct stop *stop)
{
    size_t place = first + number / CHUNK_STOPS;
    unsigned block = (unsigned)(number % CHUNK_STOPS);
    if (block == CHUNK_BLOCKS)
        return stop_exit(columns, place, stop);
    uint64_t begin = chain_begin(columns->summary, place) + (uint64_t)block * SURVEY_BLOCK;
    const struct columns_place origin = {.offset = columns->line_begin}, *entry = &origin;
    if (begin > columns->line_begin)
        entry = summary_detail(columns->summary, begin);
    if (!entry)
        return false;
    stop->place = *entry;
    stop->end = begin + SURVEY_BLOCK;
    stop->hole = false;
    return true;
}

/** The last known stop whose place is at or before `offset` and `column`. Returns whether the one behind it is known. */
static bool stop_find(const struct columns *columns, uint64_t offset, uint64_t column, struct stop *stop)
{
    size_t first, count = chain_places(columns->summary, &first);
    size_t low = 0, high = (count - first) * CHUNK_STOPS;
    uint64_t end = chain_hole_end(columns->summary, first);
    struct stop middle;
    bool behind = false;
    /* The origin, known before any block is, may lie in a hole that is in no chunk of the table. */
    *stop = (struct stop){.place.offset = columns->line_begin, .hole = true};
    stop->end = end > columns->line_begin ? end : columns->line_begin;
    while (low < high) {
        size_t number = low + (high - low) / 2;
        bool known = stop_at(columns, first, number, &middle);
        if (known && middle.place.offset <= offset && middle.place.column <= column) {
            *stop = middle;
            low = number + 1;
        } else {
            behind = known;
            high = number;
        }
    }
    return behind;
}

bool columns_before(const struct columns *columns, uint64_t offset, struct columns_place *place)
{
    struct stop stop;
    if (offset < columns->line_begin)
        return false;
    bool behind = stop_find(columns, offset, UINT64_MAX, &stop);
    *place = stop.place;
    if (!behind && offset > stop.end)
        return false;
    if (stop.hole) {
        uint64_t until = columns->chopped ? offset : offset + 1;
        place_skip(columns, place, until < stop.end ? until : stop.end);
    }
    return true;
}

bool columns_at(const struct columns *columns, uint64_t column, struct columns_place *place)
{
    struct stop stop;
    if (!columns->chopped)
        return false;
    bool complete = columns_complete(columns);
    bool behind = stop_find(columns, UINT64_MAX, column, &stop), within = false;
    *place = stop.place;
    if (stop.hole) {
        uint64_t count = (column - place->column) / columns->zero_width;
        uint64_t room = stop.end > place->offset ? (stop.end - place->offset) / columns->zero_length : 0;
        within = count < room;
        count = within ? count : room;
        place->offset += count * columns->zero_length;
        place->column += count * columns->zero_width;
    }
    return behind || within || complete;
}

bool columns_complete(const struct columns *columns)
{
    return summary_state(columns->summary).complete;
}
