/* SPDX-License-Identifier: MIT */
/*
 * model: two files compared (see the header). The scan runs on workers, everything else on the view thread.
 *
 *     first   |block|block|block|block|.....|        the survey is of both: it steps over what is a hole in both,
 *     other   |..........|.....|                     and never over the block in which the shorter file ends
 *
 * The engine gives a scan the first file's bytes of a block; the scan has the other's brought by the worker's window on
 * that file, one window_run in another. While it waits there it touches no byte of the first file, so it cannot be left
 * in the middle of anything but the comparison. As that may be begun again, it works on a copy of what came before.
 *
 * A few bytes before the block are compared too: whether a difference goes over the border is seen there. A survey of
 * its own, and not one more summary of the document's, because the table of what is a hole is made once for a survey.
 */
#include "folio/model/byte/diff.h"

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
    enum window_result result =
        window_run(block->beside, (struct range){walk->at, end}, window_scan, walk, block->stop, &error);
    if (result == WINDOW_UNREADABLE) {
        uint64_t bad = window_bad(block->beside);
        pair_bad(walk->pair, error.code, bad);
        end = bad - bad % SURVEY_PAGE;
        if (end <= walk->at)
            return BROUGHT_BAD;
        result =
            window_run(block->beside, (struct range){walk->at, end}, window_scan, walk, block->stop, NULL);
    }
    if (result == WINDOW_SHORT)
        atomic_store(&walk->pair->shorter, true);
    if (result != WINDOW_DONE)
        return result == WINDOW_UNREADABLE ? BROUGHT_BAD : BROUGHT_NONE;
    walk->compare = walk->now;
    walk->at = end;
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

static struct diff_pair *pair_new(uint64_t other_size)
{
    struct diff_pair *pair = calloc(1, sizeof *pair);
    if (!pair)
        return NULL;
    pair->other_size = other_size;
    atomic_init(&pair->bad_at, UINT64_MAX);
    return pair;
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
    diff->summary = survey_add(diff->survey, &diff_kind, diff->pair, error);
    return diff->summary != NULL;
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
    diff->pair = pair_new(reader_size(other->reader));
    if (!diff->pair)
        error_set(error, 0, "out of memory for the comparison");
    else if (document_streamed(other))
        error_set(error, 0, "%s is not a regular file", other->name);
    else
        opened = diff_survey(diff, error);
    if (opened) {
        survey_follow(document->survey, diff->survey);
        survey_start(diff->survey);
        return diff;
    }
    diff_close(diff);
    return NULL;
}

void diff_close(struct diff *diff)
{
    if (!diff)
        return;
    survey_unfollow(diff->document->survey, diff->survey);
    if (diff->summary)
        survey_drop(diff->survey, diff->summary, free);
    else
        free(diff->pair);
    survey_close(diff->survey);
    document_close(diff->other);
    free(diff);
}

struct document *diff_other(const struct diff *diff)
{
    return diff->other;
}

bool diff_look(struct diff *diff)
{
    const struct document *document = diff->document;
    uint64_t size = reader_size(document->reader);
    unsigned generation = survey_generation(document->survey), change = document_look(diff->other, false);
    bool changed = diff->changed, replaced = diff->replaced;
    if (size != diff->size || generation != diff->generation)
        survey_resize(diff->survey, size, generation != diff->generation);
    bool news = size != diff->size || generation != diff->generation;
    diff->size = size;
    diff->generation = generation;
    diff->changed = changed || (change & (DOCUMENT_GREW | DOCUMENT_SHRANK | DOCUMENT_REWRITTEN)) ||
                    atomic_load(&diff->pair->shorter);
    if (change)
        diff->replaced = (change & (DOCUMENT_REPLACED | DOCUMENT_DELETED)) != 0;
    return news || changed != diff->changed || replaced != diff->replaced;
}

struct diff_state diff_state(const struct diff *diff)
{
    struct diff_state state = {.summary = summary_state(diff->summary),
                               .code = atomic_load(&diff->pair->code),
                               .bad_at = atomic_load(&diff->pair->bad_at),
                               .changed = diff->changed,
                               .replaced = diff->replaced};
    if (diff->size == 0) /* no block, and yet the other file may go on */
        state.summary.count = diff->pair->other_size > 0;
    return state;
}

static enum diff_brought reader_bring(struct diff_walk *walk, uint64_t end)
{
    struct span bytes;
    switch (reader_span(walk->reader, walk->at, (size_t)(end - walk->at), &bytes)) {
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

const struct summary *diff_summary(const struct diff *diff)
{
    return diff->summary;
}
