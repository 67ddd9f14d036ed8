/* SPDX-License-Identifier: MIT */
/*
 * model: which lines are shown, as a summary of the survey. The scan runs on workers (filter_walk.c says how a block is
 * asked), everything else on the view thread.
 *
 * Per block is kept how many visible lines begin in it, and a little about a line longer than a block (filter_long.c).
 * Which ones they are says a replay of the block, whose answer is a page of bits: one for each byte at which a visible
 * line begins. The last few pages are kept, so that going from line to line costs a look at a page.
 */
#include "folio/model/search/filter.h"

#include "filter_inside.h"

#include "folio/model/survey/spread.h"

#include <stdlib.h>
#include <string.h>

/** Blocks that are looked at in one call, on the way through long lines. */
#define BUDGET 40000u

static void *filter_scratch_open(const void *knowledge, struct error *error)
{
    return sieve_open(knowledge, error);
}

static void filter_scratch_close(void *scratch)
{
    sieve_close(scratch);
}

static struct survey_tally filter_scan(const void *knowledge, void *scratch, const struct survey_block *block)
{
    (void)knowledge;
    return sieve_count(scratch, block);
}

static const struct summary_kind filter_kind = {
    .name = "filter",
    .margin = SURVEY_MARGIN,
    .flagged = true,
    .detail = sizeof(struct filter_detail),
    .hole = FILTER_HEAD,
    .from_focus = true,
    .scratch_open = filter_scratch_open,
    .scratch_close = filter_scratch_close,
    .scan = filter_scan,
};

static void question_free(void *knowledge)
{
    struct question *question = knowledge;
    for (size_t i = 0; i < question->count; i++)
        pattern_free(question->part[i].pattern);
    free(question);
}

/** Takes over the patterns. NULL when out of memory; then they are freed. */
static struct question *question_new(const struct filter_part *part, size_t count,
                                     const struct matches_text *text)
{
    struct question *question = calloc(1, sizeof *question);
    if (!question) {
        for (size_t i = 0; i < count; i++)
            pattern_free(part[i].pattern);
        return NULL;
    }
    question->count = count;
    for (size_t i = 0; i < count; i++) {
        question->part[i] = part[i];
        question->search[i].pattern = part[i].pattern;
        question->search[i].text = text ? *text : (struct matches_text){.rules = glyph_plain};
        *(part[i].hide ? &question->hides : &question->shows) |= (uint8_t)(1u << i);
    }
    return question;
}

struct filter *filter_open(struct survey *survey, const struct filter_part *part, size_t count,
                           const struct matches_text *text, struct error *error)
{
    struct question *question = question_new(part, count, text);
    struct filter *filter = question ? calloc(1, sizeof *filter) : NULL;
    struct filter_kept *kept = filter ? calloc(FILTER_PAGES, sizeof *kept) : NULL;
    if (!kept) {
        error_set(error, 0, "out of memory for the filter");
        goto fail;
    }
    struct sieve *sieve = sieve_open(question, error);
    if (!sieve)
        goto fail;
    struct summary *summary = survey_add(survey, &filter_kind, question, error);
    if (!summary) {
        sieve_close(sieve);
        goto fail;
    }
    *filter = (struct filter){
        .survey = survey, .summary = summary, .question = question, .sieve = sieve, .kept = kept};
    filter->line.block = UINT64_MAX;
    return filter;
fail:
    free(kept);
    free(filter);
    if (question)
        question_free(question);
    return NULL;
}

void filter_close(struct filter *filter)
{
    if (!filter)
        return;
    sieve_close(filter->sieve);
    survey_drop(filter->survey, filter->summary, question_free);
    free(filter->debt);
    free(filter->kept);
    free(filter);
}

const struct filter_part *filter_parts(const struct filter *filter, size_t *count)
{
    *count = filter->question->count;
    return filter->question->part;
}

const struct summary *filter_summary(const struct filter *filter)
{
    return filter->summary;
}

void filter_halt(struct filter *filter, bool halt)
{
    survey_halt(filter->survey, filter->summary, halt);
}

/** Before each question: forget what is not true any more. `size` is that of the file. */
static void filter_begin(struct filter *filter, uint64_t size)
{
    unsigned generation = survey_generation(filter->survey);
    filter->budget = BUDGET;
    if (generation == filter->generation && size == filter->size)
        return;
    if (generation != filter->generation)
        filter->paid = filter->debt_count = 0;
    filter->generation = generation;
    filter->size = size;
    filter->line.block = UINT64_MAX;
    filter->blank = (struct range){0};
    for (size_t i = 0; i < FILTER_PAGES; i++)
        filter->kept[i].used = 0;
}

struct summary_state filter_state(struct filter *filter, const struct reader *reader)
{
    struct summary_state state = summary_state(filter->summary);
    uint64_t hidden, size = reader_size(reader);
    filter_begin(filter, size);
    uint64_t end = size + SURVEY_BLOCK - 1;
    bool known = filter_hidden(filter, end - end % SURVEY_BLOCK, &hidden);
    state.complete = state.complete && known;
    state.count -= hidden < state.count ? hidden : state.count;
    return state;
}

/** A replay on its way to a page. */
struct page_replay {
    struct filter *filter;
    struct filter_kept *kept;
};

static bool replay_walk(void *context, const struct survey_block *block)
{
    struct page_replay *replay = context;
    sieve_page(replay->filter->sieve, block, &replay->kept->page, replay->kept->begin);
    return true;
}

/** The page of a block: a kept one, or a replay. NULL when its bytes cannot be had. */
static const struct filter_page *filter_page(struct filter *filter, struct reader *reader, struct range block)
{
    struct filter_kept *kept = &filter->kept[0];
    for (size_t i = 0; i < FILTER_PAGES; i++) {
        struct filter_kept *other = &filter->kept[i];
        if (other->used && other->begin == block.begin) {
            other->used = ++filter->clock;
            return &other->page;
        }
        kept = other->used < kept->used ? other : kept;
    }
    struct page_replay replay = {filter, kept};
    kept->used = 0;
    kept->begin = block.begin;
    memset(kept->page.bits, 0, sizeof kept->page.bits);
    kept->page.long_begin = SURVEY_BLOCK;
    if (!replay_scan(reader, block, replay_walk, &replay))
        return NULL;
    kept->used = ++filter->clock;
    return &kept->page;
}

/** The first bit at or after `from`; SURVEY_BLOCK where there is none. */
static size_t page_first(const struct filter_page *page, size_t from)
{
    for (size_t word = from / 64; word < SURVEY_BLOCK / 64; word++) {
        uint64_t bits = page->bits[word];
        if (word == from / 64)
            bits &= ~(uint64_t)0 << from % 64;
        if (bits)
            return word * 64 + (size_t)__builtin_ctzll(bits);
    }
    return SURVEY_BLOCK;
}

/** The last bit before `until`; SURVEY_BLOCK where there is none. */
static size_t page_last(const struct filter_page *page, size_t until)
{
    for (size_t word = (until + 63) / 64; word-- > 0;) {
        uint64_t bits = page->bits[word];
        if (until - word * 64 < 64)
            bits &= ((uint64_t)1 << (until - word * 64)) - 1;
        if (bits)
            return word * 64 + 63 - (size_t)__builtin_clzll(bits);
    }
    return SURVEY_BLOCK;
}

/** How many bits are set before `until`. */
static uint64_t page_count(const struct filter_page *page, size_t until)
{
    uint64_t count = 0;
    for (size_t word = 0; word * 64 < until; word++) {
        uint64_t bits = page->bits[word];
        if (until - word * 64 < 64)
            bits &= ((uint64_t)1 << (until - word * 64)) - 1;
        count += (uint64_t)__builtin_popcountll(bits);
    }
    return count;
}

/** Is there nothing in the block but a long line that is hidden? Without reading it. */
static bool block_hidden(struct filter *filter, struct range block)
{
    uint8_t flags;
    return summary_flags(filter->summary, block, &flags) && !(flags & FILTER_SOME) &&
           filter_long(filter, block.begin) == FILTER_HIDDEN;
}

/** The nearest visible line in the block, before or at and after `offset`. NONE: not in this one. */
static enum matches_result block_next(struct filter *filter, struct reader *reader, struct range block,
                                      uint64_t offset, bool forward, uint64_t *line_begin)
{
    if (block_hidden(filter, block))
        return MATCHES_NONE;
    const struct filter_page *page = filter_page(filter, reader, block);
    if (!page)
        return MATCHES_FAILED;
    const size_t after = page->long_begin, whole = (size_t)(block.end - block.begin);
    size_t from = offset > block.begin ? (size_t)(offset - block.begin) : 0;
    if (!forward)
        from = offset < block.end ? from : whole;
    size_t place = forward ? page_first(page, from) : page_last(page, from);
    /* The long line is the last one of its block. */
    bool candidate =
        after < SURVEY_BLOCK && (forward ? place == SURVEY_BLOCK && after >= from : after < from);
    if (candidate) {
        enum filter_verdict verdict = filter_long(filter, block.begin);
        if (verdict == FILTER_UNDECIDED)
            return MATCHES_UNKNOWN;
        place = verdict == FILTER_VISIBLE ? after : place;
    }
    *line_begin = block.begin + place;
    return place < SURVEY_BLOCK ? MATCHES_FOUND : MATCHES_NONE;
}

/** Remember that there is no visible line between `offset` and `at`; what was known before may go on from there. */
static void filter_note_blank(struct filter *filter, uint64_t offset, uint64_t at)
{
    struct range found = offset < at ? (struct range){offset, at} : (struct range){at, offset};
    struct range *blank = &filter->blank;
    if (found.begin <= blank->end && found.end >= blank->begin && blank->begin < blank->end) {
        found.begin = blank->begin < found.begin ? blank->begin : found.begin;
        found.end = blank->end > found.end ? blank->end : found.end;
    }
    *blank = found;
}

/** Where to look from: behind what is known to be blank. */
static uint64_t filter_skip(const struct filter *filter, uint64_t offset, bool forward)
{
    const struct range *blank = &filter->blank;
    if (forward)
        return offset >= blank->begin && offset < blank->end ? blank->end : offset;
    return offset > blank->begin && offset <= blank->end ? blank->begin : offset;
}

enum matches_result filter_next(struct filter *filter, struct reader *reader, uint64_t offset, bool forward,
                                uint64_t *line_begin)
{
    uint64_t size = reader_size(reader), at = offset < size ? offset : size;
    filter_begin(filter, size);
    enum matches_result result = MATCHES_NONE;
    const uint64_t asked = at;
    at = filter_skip(filter, at, forward);
    while (result == MATCHES_NONE && (forward ? at < size : at > 0)) {
        struct range block;
        if (filter->budget == 0) {
            result = MATCHES_UNKNOWN;
            break;
        }
        filter->budget--;
        enum summary_answer answer = summary_next(filter->summary, forward ? at : at - 1, forward, &block);
        if (answer == SUMMARY_NONE)
            return MATCHES_NONE;
        if (answer == SUMMARY_UNKNOWN) {
            result = MATCHES_UNKNOWN;
            break;
        }
        result = block_next(filter, reader, block, at, forward, line_begin);
        if (result == MATCHES_NONE)
            at = forward ? block.end : block.begin;
    }
    if (at != asked)
        filter_note_blank(filter, asked, at);
    return result;
}

bool filter_rank(struct filter *filter, struct reader *reader, uint64_t offset, uint64_t *rank)
{
    uint64_t begin, hidden, size = reader_size(reader);
    filter_begin(filter, size);
    if (!summary_rank(filter->summary, offset, rank, &begin) || !filter_hidden(filter, begin, &hidden))
        return false;
    *rank -= hidden < *rank ? hidden : *rank;
    if (begin >= size)
        return true;
    uint64_t end = begin + SURVEY_BLOCK < size ? begin + SURVEY_BLOCK : size;
    const struct filter_page *page = filter_page(filter, reader, (struct range){begin, end});
    if (!page)
        return false;
    size_t inside = (size_t)(offset - begin);
    *rank += page_count(page, inside);
    if (page->long_begin >= inside)
        return true;
    enum filter_verdict verdict = filter_long(filter, begin);
    *rank += verdict == FILTER_VISIBLE;
    return verdict != FILTER_UNDECIDED;
}
