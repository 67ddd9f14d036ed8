/* SPDX-License-Identifier: MIT */
/*
 * model: questions to a summary (see inside.h for the structure). The view thread; no lock, no file.
 *
 * The totals of chunks are added up anew for every question: 64 additions per GiB of data, a few microseconds for
 * 100 GB. A tree of sums would answer in fewer steps and would have to be kept right by the workers.
 */
#include "folio/model/survey/summary.h"

#include "chart.h"
#include "chunk.h"

static size_t survey_count(const struct survey *survey)
{
    return atomic_load_explicit(&survey->chunk_count, memory_order_acquire);
}

bool survey_charted(const struct survey *survey, uint64_t offset)
{
    uint64_t size = atomic_load(&survey->size);
    return atomic_load(&survey->charted) >= (offset < size ? offset : size);
}

const struct chunk_result *summary_result(const struct summary *summary, size_t place)
{
    const struct chunk *chunk = ladder_at(&summary->chunk, place);
    return atomic_load_explicit(&chunk->result, memory_order_acquire);
}

unsigned summary_fresh(const struct summary *summary, const struct chunk_result *result, uint64_t ordinal)
{
    unsigned known = result->ended ? result->chain_end : CHUNK_BLOCKS;
    if (result->size >= atomic_load(&summary->survey->size))
        return known;
    unsigned kept = chunk_result_kept(result, ordinal, summary->kind->margin);
    return kept < known ? kept : known;
}

/** Block `number` of chunk `ordinal` as a range, cut at the end of the file. */
static struct range block_range(const struct survey *survey, uint64_t ordinal, unsigned number)
{
    uint64_t size = atomic_load(&survey->size);
    uint64_t begin = ordinal * SURVEY_CHUNK + (uint64_t)number * SURVEY_BLOCK;
    return (struct range){begin, begin + SURVEY_BLOCK < size ? begin + SURVEY_BLOCK : size};
}

struct summary_state summary_state(const struct summary *summary)
{
    const struct survey *survey = summary->survey;
    uint64_t size = atomic_load(&survey->size);
    struct summary_state state = {0};
    /* In the reverse order of the writers: complete first, then what it vouches for. */
    bool ended = atomic_load(&summary->ended), charted = survey_charted(survey, size);
    size_t count = survey_count(survey), first = summary_first(summary);
    state.complete = ended || (charted && atomic_load(&summary->final) == count - first);
    state.halted = !state.complete && atomic_load(&summary->halt) == HALT_SET;
    state.count = atomic_load(&summary->count);
    state.done = atomic_load(&summary->done);
    state.unreadable = atomic_load(&summary->unreadable);
    state.hard_at = atomic_load(&summary->hard);
    state.hard = state.hard_at != UINT64_MAX;
    if (count > first)
        state.data = (uint64_t)(count - 1 - first) * SURVEY_CHUNK +
                     chunk_covered(survey_ordinal(survey, count - 1), size);
    if (count > first && survey_ordinal(survey, first) == summary->origin / SURVEY_CHUNK) {
        uint64_t skipped = summary->origin % SURVEY_CHUNK;
        state.data -= skipped < state.data ? skipped : state.data;
    }
    if (ended)
        state.data = state.done;
    return state;
}

unsigned summary_permille(const struct summary_state *state)
{
    if (state->complete || state->data == 0)
        return state->complete ? 1000 : 0;
    uint64_t part = (uint64_t)((unsigned __int128)state->done * 1000 / state->data);
    return part < 999 ? (unsigned)part : 999;
}

bool summary_rank(const struct summary *summary, uint64_t offset, uint64_t *count, uint64_t *block)
{
    const struct survey *survey = summary->survey;
    uint64_t ordinal = offset / SURVEY_CHUNK;
    bool known = survey_charted(survey, offset);
    size_t end = survey_place(survey, ordinal), chunk_count = survey_count(survey);
    *block = offset - offset % SURVEY_BLOCK;
    *count = 0;
    for (size_t place = summary_first(summary); place < end; place++) {
        const struct chunk_result *result = summary_result(summary, place);
        known =
            known && result && summary_fresh(summary, result, survey_ordinal(survey, place)) == CHUNK_BLOCKS;
        *count += result ? result->total : 0;
    }
    if (end == chunk_count || survey_ordinal(survey, end) != ordinal)
        return known;
    const struct chunk_result *result = summary_result(summary, end);
    unsigned blocks = (unsigned)(offset % SURVEY_CHUNK / SURVEY_BLOCK);
    for (unsigned number = 0; result && number < blocks; number++)
        *count += chunk_result_count(result, number);
    return known && (blocks == 0 || (result && blocks <= summary_fresh(summary, result, ordinal)));
}

enum summary_answer summary_select(const struct summary *summary, uint64_t nth, struct range *block,
                                   uint64_t *before)
{
    const struct survey *survey = summary->survey;
    bool charted = survey_charted(survey, UINT64_MAX);
    size_t chunk_count = survey_count(survey);
    *before = 0;
    for (size_t place = summary_first(summary); place < chunk_count; place++) {
        const struct chunk_result *result = summary_result(summary, place);
        if (!result)
            return SUMMARY_UNKNOWN;
        unsigned number = 0, fresh = summary_fresh(summary, result, survey_ordinal(survey, place));
        if (nth - *before >= result->total && fresh == CHUNK_BLOCKS) {
            *before += result->total;
            continue;
        }
        for (uint32_t here; number < fresh && nth - *before >= (here = chunk_result_count(result, number));
             number++)
            *before += here;
        if (number == fresh)
            return SUMMARY_UNKNOWN;
        *block = block_range(survey, survey_ordinal(survey, place), number);
        return SUMMARY_FOUND;
    }
    return charted ? SUMMARY_NONE : SUMMARY_UNKNOWN;
}

/** The nearest counted block of one chunk, from block `from` in the direction; blocks from `fresh` on are unknown. */
static enum summary_answer chunk_next(const struct chunk_result *result, int from, int step, int fresh,
                                      int *number)
{
    if (result->total == 0 && fresh == (int)CHUNK_BLOCKS)
        return SUMMARY_NONE;
    for (int at = from; at >= 0 && at < (int)CHUNK_BLOCKS; at += step) {
        *number = at;
        if (at >= fresh)
            return SUMMARY_UNKNOWN;
        if (chunk_result_count(result, (unsigned)at) > 0)
            return SUMMARY_FOUND;
    }
    return SUMMARY_NONE;
}

/** Look at the chunk at `place`; `offset` is where the search began. True when the answer is there. */
static bool summary_look(const struct summary *summary, size_t place, uint64_t offset, bool forward,
                         struct range *block, enum summary_answer *answer)
{
    const struct chunk_result *result = summary_result(summary, place);
    uint64_t ordinal = survey_ordinal(summary->survey, place);
    int from = forward ? 0 : (int)CHUNK_BLOCKS - 1, number;
    if (!result) {
        *answer = SUMMARY_UNKNOWN;
        return true;
    }
    if (ordinal == offset / SURVEY_CHUNK)
        from = (int)(offset % SURVEY_CHUNK / SURVEY_BLOCK);
    int last = (int)(chunk_covered(ordinal, atomic_load(&summary->survey->size)) - 1) / (int)SURVEY_BLOCK;
    int fresh = (int)summary_fresh(summary, result, ordinal);
    *answer = chunk_next(result, from < last ? from : last, forward ? 1 : -1, fresh, &number);
    if (*answer == SUMMARY_FOUND)
        *block = block_range(summary->survey, ordinal, (unsigned)number);
    return *answer != SUMMARY_NONE;
}

enum summary_answer summary_next(const struct summary *summary, uint64_t offset, bool forward,
                                 struct range *block)
{
    const struct survey *survey = summary->survey;
    bool charted = survey_charted(survey, forward ? UINT64_MAX : offset + 1);
    size_t chunk_count = survey_count(survey), place = survey_place(survey, offset / SURVEY_CHUNK);
    enum summary_answer answer;
    /* The file has grown: its last block as it was is no answer. */
    if (forward && offset >= atomic_load(&survey->size))
        return SUMMARY_UNKNOWN;
    if (forward) {
        for (; place < chunk_count; place++)
            if (summary_look(summary, place, offset, true, block, &answer))
                return answer;
        return charted ? SUMMARY_NONE : SUMMARY_UNKNOWN;
    }
    if (!charted)
        return SUMMARY_UNKNOWN;
    if (place < chunk_count && survey_ordinal(survey, place) == offset / SURVEY_CHUNK)
        place++;
    while (place-- > 0)
        if (summary_look(summary, place, offset, false, block, &answer))
            return answer;
    return SUMMARY_NONE;
}

bool summary_flags(const struct summary *summary, struct range range, uint8_t *flags)
{
    const struct survey *survey = summary->survey;
    uint64_t last = (range.end - 1) / SURVEY_CHUNK, expected = range.begin / SURVEY_CHUNK;
    *flags = 0;
    if (!survey_charted(survey, range.end))
        return false;
    size_t chunk_count = survey_count(survey);
    for (size_t place = survey_place(survey, range.begin / SURVEY_CHUNK); place < chunk_count; place++) {
        uint64_t begin = survey_ordinal(survey, place) * SURVEY_CHUNK;
        const struct chunk_result *result = summary_result(summary, place);
        if (begin / SURVEY_CHUNK > last)
            break;
        if (!result)
            return false;
        if (begin / SURVEY_CHUNK > expected)
            *flags |= summary->kind->hole;
        expected = begin / SURVEY_CHUNK + 1;
        unsigned from = range.begin > begin ? (unsigned)((range.begin - begin) / SURVEY_BLOCK) : 0;
        uint64_t end = range.end - begin < SURVEY_CHUNK ? range.end - begin : SURVEY_CHUNK;
        unsigned until = (unsigned)((end + SURVEY_BLOCK - 1) / SURVEY_BLOCK);
        if (until > summary_fresh(summary, result, begin / SURVEY_CHUNK))
            return false;
        for (unsigned number = from; number < until; number++)
            *flags |= chunk_result_flags(result, number);
    }
    if (expected <= last)
        *flags |= summary->kind->hole;
    return true;
}

/** Is there a true detail of block `number` of chunk `ordinal`? An entry depends on the blocks before only. */
static bool detail_known(const struct summary *summary, const struct chunk_result *result, uint64_t ordinal,
                         unsigned number)
{
    uint64_t begin = ordinal * SURVEY_CHUNK + (uint64_t)number * SURVEY_BLOCK;
    if (begin >= ordinal * SURVEY_CHUNK + result->covered)
        return false;
    if (!summary->kind->chained)
        return number < summary_fresh(summary, result, ordinal);
    if (begin + SURVEY_BLOCK <= summary->origin || (result->ended && number >= result->chain_end))
        return false;
    return result->size >= atomic_load(&summary->survey->size) ||
           result->size >= begin + summary->kind->margin;
}

const void *summary_detail(const struct summary *summary, uint64_t offset)
{
    const struct survey *survey = summary->survey;
    uint64_t ordinal = offset / SURVEY_CHUNK;
    unsigned number = (unsigned)(offset % SURVEY_CHUNK / SURVEY_BLOCK);
    size_t place = survey_place(survey, ordinal);
    if (place == survey_count(survey) || survey_ordinal(survey, place) != ordinal)
        return NULL;
    const struct chunk_result *result = summary_result(summary, place);
    if (!result || !detail_known(summary, result, ordinal, number))
        return NULL;
    return chunk_result_detail(result, summary->kind, number);
}

/** The chunk at `place`, whose bytes end at `size` at the latest. */
static struct summary_chunk chunk_known(const struct summary *summary, size_t place, uint64_t size)
{
    uint64_t ordinal = survey_ordinal(summary->survey, place), begin = ordinal * SURVEY_CHUNK;
    const struct chunk_result *result = summary_result(summary, place);
    struct summary_chunk chunk = {.range = {begin, begin + chunk_covered(ordinal, size)}};
    if (result && result->size >= chunk.range.end)
        chunk.total = chunk_result_total(result, summary->kind);
    return chunk;
}

enum summary_answer summary_chunk(const struct summary *summary, uint64_t offset, struct summary_chunk *chunk)
{
    const struct survey *survey = summary->survey;
    uint64_t charted = atomic_load(&survey->charted), size = atomic_load(&survey->size);
    uint64_t begin = offset - offset % SURVEY_CHUNK;
    size_t count = survey_count(survey), place = survey_place(survey, offset / SURVEY_CHUNK);
    if (place < count && survey_ordinal(survey, place) * SURVEY_CHUNK == begin) {
        *chunk = chunk_known(summary, place, size);
        return SUMMARY_FOUND;
    }
    uint64_t end =
        place < count ? survey_ordinal(survey, place) * SURVEY_CHUNK : charted - charted % SURVEY_CHUNK;
    if (place == count && charted >= size)
        end = size;
    *chunk = (struct summary_chunk){.range = {begin, end}, .hole = true};
    return end > offset ? SUMMARY_FOUND : SUMMARY_UNKNOWN;
}

unsigned survey_generation(const struct survey *survey)
{
    return survey->generation + survey->forgotten; /* this is the thread that changes them */
}

uint64_t survey_memory(const struct survey *survey)
{
    return atomic_load(&survey->memory);
}

const void *summary_knowledge(const struct summary *summary)
{
    return summary->knowledge;
}
