/* SPDX-License-Identifier: MIT */
/*
 * model: the ink at any byte (see the header). The scan runs on workers, everything else on the view thread.
 *
 * What a sequence is depends on nothing before it, and the ESC within one (in the ST that ends a hyperlink) begins none.
 * So every ESC can be asked by itself, a sequence belongs to the block in which it begins, and nobody has to know
 * whether a block begins inside one. Blocks without ESC cost a memchr and the search for their last newline; of one
 * with newlines only what stands behind the last of them counts, for each newline resets, unless colours are carried.
 *
 *     block     |....31m......|.............|..\n.........|....1m..x
 *     change      red           none          all reset     bold        x is bold: from here back to what resets all
 *
 * The count of a block is 1 when it changes anything, so that summary_next skips the others.
 */
#include "folio/model/known/attributes.h"

#include "folio/model/known/lines.h"
#include "folio/model/survey/summary.h"

#include <stdlib.h>
#include <string.h>

/**
 * Changing blocks that are put together at most (1 GiB), so that each question is answered within a frame. Reached only
 * for what none of so many blocks touches, like bold in a file that has none.
 */
#define ATTRIBUTES_BACK 16384

#define ESC             0x1b

/** What the workers know; lives until the last of them has let go. */
struct way {
    struct glyph_rules rules;
    bool carry;
};

struct attributes {
    struct survey *survey;
    /** NULL before the first question that needs it. */
    struct summary *summary;
    struct way *way;
};

/** What a stretch of the file makes of any ink; all zeros: nothing. Kept of each block. */
struct passage {
    struct ink_change change;
    /** Where the last sequence that touches INK_LINK stands; of no meaning where none does. */
    uint64_t link;
};

static const struct encoding *way_encoding(const struct way *way)
{
    return way->rules.encoding ? way->rules.encoding : &encoding_utf8;
}

static void passage_reset(struct passage *passage)
{
    passage->change = ink_reset;
}

/** Is the byte ESC at `at` the character, and where does that begin (`*begin`)? `offset` is where `data` stands. */
static bool escape_begins(const struct encoding *encoding, struct span bytes, uint64_t offset, size_t at,
                          size_t *begin)
{
    size_t lead = encoding->big_endian ? encoding->unit - 1u : 0;
    *begin = at;
    if (encoding->unit == 1)
        return true;
    if (at < lead || bytes.length - (at - lead) < encoding->unit || (offset + at - lead) % encoding->unit)
        return false;
    *begin = at - lead;
    for (size_t i = *begin; i < *begin + encoding->unit; i++)
        if (i != at && bytes.data[i])
            return false;
    return true;
}

/** Take in the sequences that begin in [from, until) of `bytes`, which stand at `offset` in the file. */
static void passage_escapes(struct passage *passage, const struct way *way, struct span bytes, size_t from,
                            size_t until, uint64_t offset)
{
    const struct encoding *encoding = way_encoding(way);
    const char *found;
    while (from < until && (found = memchr(bytes.data + from, ESC, until - from))) {
        struct glyph_place place = {.rules = &way->rules};
        struct glyph glyph = {0};
        size_t begin, at = (size_t)(found - bytes.data);
        from = at + 1;
        if (!escape_begins(encoding, bytes, offset, at, &begin))
            continue;
        glyph_next(bytes.data + begin, bytes.length - begin, place, &glyph);
        if (glyph.kind != GLYPH_SEQUENCE)
            continue;
        passage->change = ink_then(passage->change, glyph.change);
        if (glyph.change.fields & INK_LINK)
            passage->link = offset + begin;
        from = begin + glyph.length;
    }
}

/** What [from, until) of `bytes` makes of what stands before it. */
static void passage_read(struct passage *passage, const struct way *way, struct span bytes, size_t from,
                         size_t until, uint64_t offset)
{
    const struct encoding *encoding = way_encoding(way);
    if (!way->carry) {
        unsigned phase = (unsigned)((offset + from) % encoding->unit);
        size_t last = encoding_last_newline(encoding, bytes.data + from, until - from, phase);
        if (last < until - from) {
            passage_reset(passage);
            from += last + encoding->unit;
        }
    }
    passage_escapes(passage, way, bytes, from, until, offset);
}

static struct survey_tally attributes_scan(const void *knowledge, void *scratch,
                                           const struct survey_block *block)
{
    const struct way *way = knowledge;
    struct passage *passage = block->detail;
    (void)scratch;
    bool border = block->begins && block->begin == 0 && (!way->carry || block->offset == 0);
    bool changed = passage->change.fields != 0; /* by a stretch before, which was counted */
    if (border)
        passage_reset(passage);
    passage_read(passage, way, block->bytes, block->begin, block->end, block->offset);
    return (struct survey_tally){.count = passage->change.fields != 0 && !changed};
}

static const struct summary_kind attributes_kind = {
    .name = "colour survey",
    .margin = GLYPH_SEQUENCE_MAX,
    .detail = sizeof(struct passage),
    .scan = attributes_scan,
};

struct attributes *attributes_open(struct survey *survey, const struct glyph_rules *rules, bool carry)
{
    struct attributes *attributes = calloc(1, sizeof *attributes);
    struct way *way = malloc(sizeof *way);
    if (!attributes || !way) {
        free(attributes);
        free(way);
        return NULL;
    }
    *way = (struct way){*rules, carry};
    *attributes = (struct attributes){.survey = survey, .way = way};
    return attributes;
}

void attributes_close(struct attributes *attributes)
{
    if (!attributes)
        return;
    if (attributes->summary)
        survey_drop(attributes->survey, attributes->summary, free);
    else
        free(attributes->way);
    free(attributes);
}

bool attributes_serve(const struct attributes *attributes, const struct glyph_rules *rules, bool carry)
{
    return attributes && attributes->way->carry == carry && attributes->way->rules.sgr == rules->sgr &&
           attributes->way->rules.encoding == rules->encoding;
}

/** What [begin, end) makes of the ink before it. False when the reader gave up. */
static bool passage_replay(struct passage *passage, const struct way *way, struct reader *reader,
                           uint64_t begin, uint64_t end)
{
    while (begin < end) {
        struct span span;
        size_t want = (size_t)(end - begin);
        enum reader_result result = reader_span(reader, begin, want + GLYPH_SEQUENCE_MAX, &span);
        if (result == READER_GIVEN_UP)
            return false;
        if (result == READER_END)
            return true;
        if (result == READER_UNREADABLE) {
            if (!way->carry)
                passage_reset(passage);
            begin += READER_PAGE - begin % READER_PAGE;
            continue;
        }
        size_t length = span.length < want ? span.length : want;
        passage_read(passage, way, span, 0, length, begin);
        begin += length;
    }
    return true;
}

/** Put what stands before `passage` in front of it. */
static void passage_precede(struct passage *passage, const struct passage *before)
{
    if (!(passage->change.fields & INK_LINK))
        passage->link = before->link;
    passage->change = ink_then(before->change, passage->change);
}

/** Go back from `begin`, a block's, until every field is decided. False where the survey has not come by. */
static bool attributes_before(const struct attributes *attributes, uint64_t begin, struct passage *passage)
{
    struct range block;
    for (unsigned count = 0; count < ATTRIBUTES_BACK && begin > 0; count++, begin = block.begin) {
        if (passage->change.fields == INK_ALL)
            return true;
        enum summary_answer answer = summary_next(attributes->summary, begin - 1, false, &block);
        if (answer == SUMMARY_UNKNOWN)
            return false;
        if (answer == SUMMARY_NONE)
            return true;
        const struct passage *before = summary_detail(attributes->summary, block.begin);
        if (!before)
            return false;
        passage_precede(passage, before);
    }
    return true;
}

/** The summary is wanted from now on. False when it cannot be had. */
static bool attributes_begin(struct attributes *attributes)
{
    struct error error;
    if (!attributes->summary)
        attributes->summary = survey_add(attributes->survey, &attributes_kind, attributes->way, &error);
    return attributes->summary != NULL;
}

bool attributes_at(struct attributes *attributes, struct reader *reader, uint64_t line_begin, uint64_t offset,
                   struct attributes_ink *ink)
{
    const struct way *way = attributes->way;
    struct passage passage = {0};
    bool near = !way->carry && line_begin <= offset && offset - line_begin <= LINES_LONG;
    uint64_t begin = near ? line_begin : offset - offset % SURVEY_BLOCK;
    *ink = (struct attributes_ink){.link = ATTRIBUTES_NO_LINK, .exact = true};
    if (!way->rules.sgr)
        return true;
    if (!passage_replay(&passage, way, reader, begin, offset))
        return false;
    if (!near && passage.change.fields != INK_ALL)
        ink->exact = attributes_begin(attributes) && attributes_before(attributes, begin, &passage);
    if (!ink->exact)
        return true;
    ink->ink = ink_apply(ink->ink, passage.change);
    if (ink->ink.flags & INK_LINK)
        ink->link = passage.link;
    return true;
}
