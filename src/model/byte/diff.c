/* SPDX-License-Identifier: MIT */
/*
 * model: two files compared (see the header). The scan runs on workers, everything else on the view thread.
 *
 *     first   |block|block|block|block|.....|        the survey is of both: it steps over what is a hole in both,
 *     other   |..........|.....|                     and never over the block in which the shorter file ends
 *
 * Whether the other file is shifted (model/byte/shifts) a helper finds out meanwhile. If it is, the survey is begun anew
 * with what the helper knows, over all blocks, for a hole of one then stands beside anything of the other.
 *
 * The engine gives a scan the first file's bytes of a block; the scan has the other's brought by the worker's window on
 * that file, one window_run in another. While it waits there it touches no byte of the first file, so it cannot be left
 * in the middle of anything but the comparison. As that may be begun again, it works on a copy of what came before.
 *
 * A few bytes before the block are compared too: whether a difference goes over the border is seen there. A survey of
 * its own, and not one more summary of the document's, because the table of what is a hole is made once for a survey.
 */
#include "folio/model/byte/diff.h"

#include "alignment.h"
#include "walk.h"

#include "folio/io/page/window.h"
#include "folio/model/document/beside.h"
#include "folio/model/document/save.h"
#include "folio/model/search/replay.h"
#include "folio/model/survey/forget.h"

#include <stdlib.h>
#include <string.h>

struct diff {
    struct document *document, *other;
    /** Follows the document's. */
    struct survey *survey;
    struct summary *summary;
    struct diff_pair *pair;
    /** NULL: it is at its end, and the pair knows what came of it. */
    struct alignment *alignment;
    /** What the survey was told of the first file. */
    uint64_t size;
    unsigned generation;
    bool changed, replaced;
};

/** Something of the other file cannot be read: note it for diff_state. */
static void pair_bad(struct diff_pair *pair, int code, uint64_t offset)
{
    int none = 0;
    uint64_t before = atomic_load(&pair->bad_at);
    atomic_compare_exchange_strong(&pair->code, &none, code ? code : -1);
    while (offset < before && !atomic_compare_exchange_weak(&pair->bad_at, &before, offset))
        continue;
}

/** Compare what the window gives. May be left in the middle and called again. */
static void window_scan(struct span bytes, void *argument)
{
    struct diff_walk *walk = argument;
    walk->now = walk->compare;
    diff_compare(&walk->now, diff_walk_bytes(walk), bytes.data, bytes.length, walk->at);
}

static enum diff_brought window_bring(struct diff_walk *walk, uint64_t end)
{
    const struct survey_block *block = walk->block;
    struct error error = {0};
    struct range range = {diff_walk_other(walk, walk->at), diff_walk_other(walk, end)};
    enum window_result result = window_run(block->beside, range, window_scan, walk, block->stop, &error);
    if (result == WINDOW_UNREADABLE) {
        uint64_t bad = window_bad(block->beside);
        pair_bad(walk->pair, error.code, bad);
        range.end = bad - bad % SURVEY_PAGE;
        if (range.end <= range.begin)
            return BROUGHT_BAD;
        result = window_run(block->beside, range, window_scan, walk, block->stop, NULL);
    }
    if (result == WINDOW_SHORT)
        atomic_store(&walk->pair->shorter, true);
    if (result != WINDOW_DONE)
        return result == WINDOW_UNREADABLE ? BROUGHT_BAD : BROUGHT_NONE;
    walk->compare = walk->now;
    walk->at += range.end - range.begin;
    return BROUGHT_SOME;
}

static struct survey_tally diff_scan(const void *knowledge, void *scratch, const struct survey_block *block)
{
    /* Only what workers may change of it is changed. */
    struct diff_walk walk = {.pair = (struct diff_pair *)(uintptr_t)knowledge, .bring = window_bring};
    (void)scratch;
    diff_walk_block(&walk, block);
    return (struct survey_tally){.count = walk.compare.count};
}

static const struct summary_kind diff_kind = {
    .name = "comparison",
    .margin = DIFF_LOOK_BACK,
    .from_focus = true,
    .scan = diff_scan,
};

/** `shifts` is taken over. */
static struct diff_pair *pair_new(uint64_t other_size, struct shifts *shifts)
{
    struct diff_pair *pair = calloc(1, sizeof *pair);
    if (!pair) {
        free(shifts);
        return NULL;
    }
    pair->other_size = other_size;
    pair->shifts = shifts;
    atomic_init(&pair->bad_at, UINT64_MAX);
    return pair;
}

static void pair_free(void *knowledge)
{
    struct diff_pair *pair = knowledge;
    if (pair)
        free(pair->shifts);
    free(pair);
}

/** The survey of both, with what counts the differences. */
static bool diff_survey(struct diff *diff, struct error *error)
{
    struct document *document = diff->document;
    diff->size = reader_size(document->reader);
    diff->generation = survey_generation(document->survey);
    diff->survey = survey_open(document_fd(document), diff->size, document_workers(), ADVICE_AUTO,
                               document_wake(document), error);
    if (!diff->survey)
        return false;
    survey_beside(diff->survey, document_fd(diff->other), diff->pair->other_size);
    if (diff->pair->shifts)
        survey_solid(diff->survey);
    diff->summary = survey_add(diff->survey, &diff_kind, diff->pair, error);
    return diff->summary != NULL;
}

/** End the survey. Its workers may still be at it, and free what they know when they are not. */
static void diff_survey_close(struct diff *diff)
{
    survey_unfollow(diff->document->survey, diff->survey);
    if (diff->summary)
        survey_drop(diff->survey, diff->summary, pair_free);
    else
        pair_free(diff->pair);
    survey_close(diff->survey);
    diff->survey = NULL;
    diff->summary = NULL;
    diff->pair = NULL;
}

/** Let it run. */
static void diff_start(struct diff *diff)
{
    survey_follow(diff->document->survey, diff->survey);
    survey_start(diff->survey);
}

struct diff *diff_open(struct document *document, struct document *other, struct error *error)
{
    struct diff *diff = calloc(1, sizeof *diff);
    bool opened = false;
    if (!diff) {
        document_close(other);
        error_set(error, 0, "out of memory for the comparison");
        return NULL;
    }
    *diff = (struct diff){.document = document, .other = other};
    diff->pair = pair_new(reader_size(other->reader), NULL);
    if (!diff->pair)
        error_set(error, 0, "out of memory for the comparison");
    else if (document_streamed(other))
        error_set(error, 0, "%s is not a regular file", other->name);
    else
        opened = diff_survey(diff, error);
    if (opened) {
        diff_start(diff);
        diff->alignment = alignment_open(document, other);
        return diff;
    }
    diff_close(diff);
    return NULL;
}

void diff_close(struct diff *diff)
{
    if (!diff)
        return;
    alignment_close(diff->alignment);
    diff_survey_close(diff);
    document_close(diff->other);
    free(diff);
}

struct document *diff_other(const struct diff *diff)
{
    return diff->other;
}

/** Compare anew, with what is shifted (taken over). Where that cannot be, all stays as it is. */
static bool diff_again(struct diff *diff, struct shifts *shifts)
{
    struct diff before = *diff;
    diff->pair = pair_new(before.pair->other_size, shifts);
    diff->survey = NULL;
    diff->summary = NULL;
    if (!diff->pair || !diff_survey(diff, NULL)) {
        if (diff->summary)
            survey_drop(diff->survey, diff->summary, NULL);
        survey_close(diff->survey);
        pair_free(diff->pair);
        *diff = before;
        return false;
    }
    diff_survey_close(&before);
    diff_start(diff);
    return true;
}

/** Has all been compared, and nothing differs? Then nothing is shifted either, and nobody need find out. */
static bool diff_same(const struct diff *diff)
{
    const struct summary_state state = summary_state(diff->summary);
    return state.complete && state.count == 0 && state.unreadable == 0 && atomic_load(&diff->pair->code) == 0;
}

/** What the helper found out, once it has; what it knew is void where the first file was rewritten. */
static bool diff_aligned(struct diff *diff, bool rewritten)
{
    struct shifts *shifts = NULL;
    if (rewritten) {
        alignment_close(diff->alignment);
        diff->alignment = alignment_open(diff->document, diff->other);
        return diff->pair->shifts && diff_again(diff, NULL);
    }
    if (!diff->alignment || (!alignment_take(diff->alignment, &shifts) && !diff_same(diff)))
        return false;
    alignment_close(diff->alignment);
    diff->alignment = NULL;
    if (shifts)
        diff_again(diff, shifts);
    return true;
}

bool diff_look(struct diff *diff)
{
    const struct document *document = diff->document;
    uint64_t size = reader_size(document->reader);
    unsigned generation = survey_generation(document->survey), change = document_look(diff->other, false);
    bool changed = diff->changed, replaced = diff->replaced;
    const bool aligned = diff_aligned(diff, size < diff->size || generation != diff->generation);
    if (size != diff->size || generation != diff->generation)
        survey_resize(diff->survey, size, generation != diff->generation);
    bool news = size != diff->size || generation != diff->generation;
    diff->size = size;
    diff->generation = generation;
    diff->changed = changed || (change & (DOCUMENT_GREW | DOCUMENT_SHRANK | DOCUMENT_REWRITTEN)) ||
                    atomic_load(&diff->pair->shorter);
    if (change)
        diff->replaced = (change & (DOCUMENT_REPLACED | DOCUMENT_DELETED)) != 0;
    return news || aligned || changed != diff->changed || replaced != diff->replaced;
}

struct diff_state diff_state(const struct diff *diff)
{
    struct diff_state state = {.summary = summary_state(diff->summary),
                               .code = atomic_load(&diff->pair->code),
                               .bad_at = atomic_load(&diff->pair->bad_at),
                               .changed = diff->changed,
                               .replaced = diff->replaced};
    state.aligned = !diff->alignment;
    state.summary.complete = state.summary.complete && state.aligned;
    if (diff->size == 0) /* no block, and yet the other file may go on */
        state.summary.count = diff->pair->other_size > 0;
    return state;
}

static enum diff_brought reader_bring(struct diff_walk *walk, uint64_t end)
{
    struct span bytes;
    switch (reader_span(walk->reader, diff_walk_other(walk, walk->at), (size_t)(end - walk->at), &bytes)) {
    case READER_OK:
        diff_compare(&walk->compare, diff_walk_bytes(walk), bytes.data, bytes.length, walk->at);
        walk->at += bytes.length;
        return BROUGHT_SOME;
    case READER_UNREADABLE:
        return BROUGHT_BAD;
    case READER_END:
    case READER_GIVEN_UP:
        break;
    }
    return BROUGHT_NONE;
}

/** A replay under way: `lost` when the other file's bytes could not be had. */
struct diff_replay {
    struct diff_walk walk;
    bool lost;
};

static bool replay_block(void *context, const struct survey_block *block)
{
    struct diff_replay *replay = context;
    replay->lost = !diff_walk_block(&replay->walk, block);
    return !replay->lost && !replay->walk.compare.ended;
}

static bool replay_walk(void *context, struct range block, replay_visit *visit, void *visitor)
{
    const struct diff *diff = context;
    struct diff_replay replay = {.walk = {.compare = {.visit = visit, .visitor = visitor},
                                          .pair = diff->pair,
                                          .bring = reader_bring,
                                          .reader = diff->other->reader}};
    return replay_scan(diff->document->reader, block, replay_block, &replay) && !replay.lost;
}

/** What model/search/replay is asked. */
static struct replay diff_ask(struct diff *diff)
{
    return (struct replay){diff->summary, diff->size, replay_walk, diff};
}

enum matches_result diff_next(struct diff *diff, uint64_t offset, bool forward, uint64_t *begin)
{
    struct replay replay = diff_ask(diff);
    survey_focus(diff->survey, offset, forward);
    *begin = 0;
    if (diff->size == 0 && diff->pair->other_size > 0)
        return (forward ? offset == 0 : offset > 0) ? MATCHES_FOUND : MATCHES_NONE;
    return replay_next(&replay, offset, forward, begin);
}

bool diff_rank(struct diff *diff, uint64_t offset, uint64_t *rank)
{
    struct replay replay = diff_ask(diff);
    return replay_rank(&replay, offset, rank);
}

struct shift_stretch diff_stretch(const struct diff *diff, uint64_t offset)
{
    return shifts_at(diff->pair->shifts, offset);
}

bool diff_shifts_full(const struct diff *diff, uint64_t *last)
{
    const struct shifts *shifts = diff->pair->shifts;
    if (!shifts || !shifts->full)
        return false;
    *last = shifts->shift[shifts->count - 1].at;
    return true;
}

uint64_t diff_size(const struct diff *diff)
{
    uint64_t size = reader_size(diff->document->reader), other = reader_size(diff->other->reader);
    int64_t by = diff_stretch(diff, UINT64_MAX).by;
    if (by > 0 && (uint64_t)by > other)
        return size;
    other -= (uint64_t)by;
    return size > other ? size : other;
}

/** What a file has at an offset: a byte, or one of these. */
enum { BYTE_NONE = -1, BYTE_UNKNOWN = -2 };

static int byte_at(struct reader *reader, uint64_t offset)
{
    struct span span;
    if (offset >= reader_size(reader))
        return BYTE_NONE;
    return reader_span(reader, offset, 1, &span) == READER_OK ? (unsigned char)span.data[0] : BYTE_UNKNOWN;
}

bool diff_differs(const struct diff *diff, uint64_t offset)
{
    const struct shift_stretch stretch = diff_stretch(diff, offset);
    if (stretch.only)
        return true;
    int one = byte_at(diff->document->reader, offset),
        two = byte_at(diff->other->reader, offset + (uint64_t)stretch.by);
    return one != two && one != BYTE_UNKNOWN && two != BYTE_UNKNOWN;
}

const struct summary *diff_summary(const struct diff *diff)
{
    return diff->summary;
}
