/* SPDX-License-Identifier: MIT */
/*
 * model: the workers' side of the survey (see survey_body.h for the structure). Worker threads.
 *
 *     survey_work: take a ticket (lock) -> chart | scan the chunk's blocks (no lock) -> publish (lock) -> ring
 *
 * A chunk is scanned in pieces of some blocks, each with the kind's margin on both sides; holes inside it are stepped over.
 * A piece that cannot be read is tried again block by block, so that one bad page costs the knowledge of one block.
 */
#include <stdlib.h>
#include <string.h>

#include "folio/model/survey.h"

#include "survey_body.h"

/** How far ahead a worker asks for data; the second while the view waits for the device. */
#define AHEAD      (8u << 20)
#define AHEAD_LEAN (1u << 20)
/** Extents charted in one ticket, so that scanning starts before a much fragmented file is charted. */
#define CHART_EXTENTS 4096

/** One piece under way: what survey_scan_piece needs, since the guard passes one pointer. */
struct piece {
    const struct ticket *ticket;
    void *scratch;
    struct chunk_result *result;
    /** The blocks [first, end) of the chunk. */
    unsigned first, end;
    /** Where bytes.data[0] stands in the file. */
    uint64_t offset;
};

size_t chunk_result_size(const struct summary_kind *kind)
{
    return sizeof(struct chunk_result) + (kind->flagged ? CHUNK_BLOCKS : 0);
}

uint32_t chunk_result_count(const struct chunk_result *result, unsigned block)
{
    return result->count[block] + ((result->full[block / 8] >> (block % 8)) & 1u);
}

unsigned chunk_result_kept(const struct chunk_result *result, uint64_t ordinal, uint64_t margin)
{
    uint64_t begin = ordinal * SURVEY_CHUNK;
    if (!result || result->size < begin + margin)
        return 0;
    uint64_t kept = (result->size - margin - begin) / SURVEY_BLOCK;
    return kept < CHUNK_BLOCKS ? (unsigned)kept : CHUNK_BLOCKS;
}

uint32_t chunk_covered(uint64_t ordinal, uint64_t size)
{
    uint64_t begin = ordinal * SURVEY_CHUNK;
    if (size <= begin)
        return 0;
    return size - begin < SURVEY_CHUNK ? (uint32_t)(size - begin) : SURVEY_CHUNK;
}

static void chunk_result_set(struct chunk_result *result, unsigned block, struct survey_tally tally,
                             bool flagged)
{
    bool full = tally.count > UINT16_MAX;
    result->count[block] = (uint16_t)(full ? tally.count - 1 : tally.count);
    result->full[block / 8] =
        (uint8_t)((result->full[block / 8] & ~(1u << (block % 8))) | ((unsigned)full << (block % 8)));
    if (flagged)
        result->flags[block] = tally.flags;
}

/** Scan every block of a piece. Runs under the guard: it may be left in the middle. */
static void survey_scan_piece(struct span bytes, void *argument)
{
    struct piece *piece = argument;
    const struct ticket *ticket = piece->ticket;
    const struct summary_kind *kind = ticket->summary->kind;
    uint64_t chunk_begin = ticket->ordinal * SURVEY_CHUNK;
    struct survey_block block = {.bytes = bytes, .offset = piece->offset, .size = ticket->size};
    for (unsigned number = piece->first; number < piece->end; number++) {
        block.begin = (size_t)(chunk_begin + (uint64_t)number * SURVEY_BLOCK - piece->offset);
        block.end = block.begin + SURVEY_BLOCK < bytes.length ? block.begin + SURVEY_BLOCK : bytes.length;
        struct survey_tally tally = kind->scan(ticket->summary->knowledge, piece->scratch, &block);
        chunk_result_set(piece->result, number, tally, kind->flagged);
    }
}

/** The bytes a piece needs: its blocks and the margins around them, within the file. */
static struct range piece_range(const struct piece *piece)
{
    const struct ticket *ticket = piece->ticket;
    uint64_t margin = ticket->summary->kind->margin;
    uint64_t begin = ticket->ordinal * SURVEY_CHUNK + (uint64_t)piece->first * SURVEY_BLOCK;
    uint64_t end = ticket->ordinal * SURVEY_CHUNK + (uint64_t)piece->end * SURVEY_BLOCK + margin;
    return (struct range){begin > margin ? begin - margin : 0, end < ticket->size ? end : ticket->size};
}

static enum window_result piece_run(struct survey *survey, struct surveyor *surveyor, struct piece *piece)
{
    struct range range = piece_range(piece);
    piece->offset = range.begin;
    return window_run(surveyor->window, range, survey_scan_piece, piece, &survey->stop, NULL);
}

/** Each block of a piece alone, because some page in it cannot be read. */
static enum window_result piece_salvage(struct survey *survey, struct surveyor *surveyor, struct piece piece)
{
    unsigned end = piece.end;
    for (; piece.first < end; piece.first++) {
        piece.end = piece.first + 1;
        enum window_result result = piece_run(survey, surveyor, &piece);
        if (result == WINDOW_UNREADABLE) {
            struct survey_tally nothing = {.flags = SURVEY_UNREADABLE};
            chunk_result_set(piece.result, piece.first, nothing, piece.ticket->summary->kind->flagged);
            piece.result->unreadable = true;
        } else if (result != WINDOW_DONE) {
            return result;
        }
    }
    return WINDOW_DONE;
}

/** Ask for what comes after `offset` in this chunk, as far as there is room in flight. */
static void piece_prefetch(struct survey *survey, struct surveyor *surveyor, const struct ticket *ticket,
                           uint64_t offset)
{
    uint64_t ahead = atomic_load(&survey->yield) ? AHEAD_LEAN : AHEAD;
    uint64_t end = ticket->ordinal * SURVEY_CHUNK + chunk_covered(ticket->ordinal, ticket->size);
    if (offset + ahead < end)
        end = offset + ahead;
    if (offset < end)
        window_prefetch(surveyor->window, (struct range){offset, end});
}

/**
 * Blocks of one window_run: what a processor's own cache holds beside the scan, for the bytes are copied there first;
 * twice that where margins are read with each piece.
 */
static unsigned piece_blocks(const struct summary_kind *kind)
{
    return (kind->margin ? 2 : 1) * WINDOW_RUN_BEST / SURVEY_BLOCK;
}

/** Scan the blocks [first, end) of the ticket's chunk, piece by piece. */
static enum window_result blocks_scan(struct survey *survey, struct surveyor *surveyor, struct piece *whole)
{
    unsigned blocks = piece_blocks(whole->ticket->summary->kind);
    for (unsigned at = whole->first; at < whole->end;) {
        struct piece piece = *whole;
        piece.first = at;
        piece.end = at + blocks < whole->end ? at + blocks : whole->end;
        piece_prefetch(survey, surveyor, piece.ticket,
                       piece.ticket->ordinal * SURVEY_CHUNK + (uint64_t)at * SURVEY_BLOCK);
        enum window_result result = piece_run(survey, surveyor, &piece);
        if (result == WINDOW_UNREADABLE)
            result = piece_salvage(survey, surveyor, piece);
        if (result != WINDOW_DONE)
            return result;
        at = piece.end;
    }
    return WINDOW_DONE;
}

/** Scan the data of the ticket's chunk into `result`, stepping over holes. */
static enum window_result chunk_scan(struct survey *survey, struct surveyor *surveyor,
                                     const struct ticket *ticket, void *scratch, struct chunk_result *result)
{
    uint64_t chunk_begin = ticket->ordinal * SURVEY_CHUNK;
    uint64_t chunk_end = chunk_begin + result->covered;
    struct piece whole = {.ticket = ticket, .scratch = scratch, .result = result, .first = ticket->kept};
    struct range data;
    uint64_t at = chunk_begin + (uint64_t)whole.first * SURVEY_BLOCK;
    if (!window_holds(surveyor->window, chunk_end))
        return WINDOW_SHORT;
    while (at < chunk_end && window_data(surveyor->window, at, chunk_end, &data)) {
        unsigned first = (unsigned)((data.begin - chunk_begin) / SURVEY_BLOCK);
        whole.first = first > whole.first ? first : whole.first;
        whole.end = (unsigned)((data.end - chunk_begin + SURVEY_BLOCK - 1) / SURVEY_BLOCK);
        enum window_result scanned = blocks_scan(survey, surveyor, &whole);
        if (scanned != WINDOW_DONE)
            return scanned;
        whole.first = whole.end;
        at = chunk_begin + (uint64_t)whole.end * SURVEY_BLOCK;
    }
    return WINDOW_DONE;
}

/** This worker's scratch for the summary, made at first need. False when it cannot be had. */
static bool summary_scratch(struct summary *summary, unsigned number)
{
    if (!summary->kind->scratch_open || summary->scratch[number])
        return true;
    summary->scratch[number] = summary->kind->scratch_open(summary->knowledge, NULL);
    return summary->scratch[number] != NULL;
}

/** Make sure of a window that stands for the file as it is now. */
static bool surveyor_ready(struct survey *survey, struct surveyor *surveyor, unsigned generation, bool anew)
{
    if (surveyor->window && (anew || surveyor->generation != generation)) {
        window_close(surveyor->window);
        surveyor->window = NULL;
    }
    if (!surveyor->window)
        surveyor->window = window_open(survey->fd, survey->advice, NULL);
    surveyor->generation = generation;
    return surveyor->window != NULL;
}

/** Do a chunk. NULL: it could not be done (stopped, the file is shorter than known, no memory). */
static struct chunk_result *ticket_do(struct survey *survey, const struct ticket *ticket, unsigned number)
{
    struct surveyor *surveyor = &survey->surveyor[number];
    struct chunk_result *result = ticket->result;
    if (!result || !summary_scratch(ticket->summary, number))
        goto fail;
    void *scratch = ticket->summary->scratch[number];
    enum window_result scanned = WINDOW_SHORT;
    /* The second try is for a spool that moved to another file under the same descriptor. */
    for (int attempt = 0; scanned == WINDOW_SHORT && attempt < 2; attempt++) {
        if (!surveyor_ready(survey, surveyor, ticket->generation, attempt > 0))
            goto fail;
        scanned = chunk_scan(survey, surveyor, ticket, scratch, result);
    }
    if (scanned != WINDOW_DONE)
        goto fail;
    result->total = 0;
    for (unsigned block = 0; block < CHUNK_BLOCKS; block++)
        result->total += chunk_result_count(result, block);
    return result;
fail:
    free(result);
    return NULL;
}

/** Put a finished result in place of the one before. (lock) */
static void chunk_replace(struct survey *survey, const struct ticket *ticket, struct chunk_result *result)
{
    struct summary *summary = ticket->summary;
    struct chunk *chunk = ladder_at(&summary->chunk, ticket->place);
    struct chunk_result *before = atomic_load(&chunk->result);
    struct retired *retired = before ? malloc(sizeof *retired) : NULL;
    atomic_store_explicit(&chunk->result, result, memory_order_release);
    atomic_fetch_add(&summary->count, result->total - (before ? before->total : 0));
    atomic_fetch_add(&summary->done, (uint64_t)result->covered - (before ? before->covered : 0));
    if (result->unreadable && !(before && before->unreadable))
        atomic_fetch_add(&summary->unreadable, 1);
    if (retired) { /* out of memory: the old one is leaked rather than freed under a reader */
        *retired = (struct retired){before, survey->retired};
        survey->retired = retired;
    }
    if (!before)
        atomic_fetch_add(&survey->memory, chunk_result_size(summary->kind) + sizeof *chunk);
    /* The file may have grown meanwhile. */
    uint64_t size = atomic_load(&survey->size);
    uint64_t end = (ticket->ordinal + 1) * SURVEY_CHUNK + summary->kind->margin;
    bool grown = size > result->size && end > result->size;
    chunk->state = grown ? CHUNK_IDLE : CHUNK_DONE;
    if (grown)
        summary_rewind(summary);
    else
        atomic_fetch_add(&summary->final, 1); /* after the count: who sees this one sees that one */
}

/** A chunk could not be done: wait until the file has another size, unless it has already. (lock) */
static void chunk_refuse(const struct survey *survey, const struct ticket *ticket)
{
    struct chunk *chunk = ladder_at(&ticket->summary->chunk, ticket->place);
    bool grown = atomic_load(&survey->size) > ticket->size;
    chunk->state = grown ? CHUNK_IDLE : CHUNK_STUCK;
    if (grown)
        summary_rewind(ticket->summary);
}

/** Give a ticket back with its result (NULL: not done). */
static void ticket_close(struct survey *survey, const struct ticket *ticket, struct chunk_result *result)
{
    struct summary *summary = ticket->summary;
    pthread_mutex_lock(&survey->lock);
    bool current = !summary->dropped && survey->generation == ticket->generation;
    if (current && result)
        chunk_replace(survey, ticket, result);
    else if (current)
        chunk_refuse(survey, ticket);
    bool last = --summary->users == 0 && summary->dropped;
    pthread_mutex_unlock(&survey->lock);
    if (!current)
        free(result);
    if (last)
        summary_free(summary);
}

bool summary_reach(struct summary *summary, size_t place)
{
    for (; summary->reached <= place; summary->reached++)
        if (!ladder_reach(&summary->chunk, summary->reached))
            return false;
    return true;
}

/** Put the chunks of an extent of data into the table. (lock) False when out of memory. */
static bool chart_extent(struct survey *survey, struct range data)
{
    size_t count = atomic_load(&survey->chunk_count);
    uint64_t ordinal = data.begin / SURVEY_CHUNK, last = (data.end - 1) / SURVEY_CHUNK;
    if (count && survey_ordinal(survey, count - 1) >= ordinal)
        ordinal = survey_ordinal(survey, count - 1) + 1;
    for (; ordinal <= last; ordinal++, count++) {
        if (!ladder_reach(&survey->ordinal, count))
            return false;
        *(uint64_t *)ladder_at(&survey->ordinal, count) = ordinal;
        for (struct summary *summary = survey->summary; summary; summary = summary->next)
            if (!summary_reach(summary, count))
                return false;
        atomic_store_explicit(&survey->chunk_count, count + 1, memory_order_release);
    }
    return true;
}

/** Find the next extents of data after what is charted; give the chart back. False: it could not be done at all. */
static bool survey_chart(struct survey *survey, const struct ticket *ticket, unsigned number)
{
    struct surveyor *surveyor = &survey->surveyor[number];
    uint64_t at = atomic_load(&survey->charted);
    bool going = surveyor_ready(survey, surveyor, ticket->generation, true) &&
                 window_holds(surveyor->window, ticket->size);
    bool possible = going;
    for (unsigned count = 0; going && count < CHART_EXTENTS && !atomic_load(&survey->stop); count++) {
        struct range data;
        bool found = at < ticket->size && window_data(surveyor->window, at, ticket->size, &data);
        pthread_mutex_lock(&survey->lock);
        bool current = survey->generation == ticket->generation;
        going = current && (!found || chart_extent(survey, data));
        possible = going || !current;
        if (going) {
            at = found ? data.end : ticket->size;
            atomic_store(&survey->charted, at);
        }
        pthread_mutex_unlock(&survey->lock);
        going = going && found;
    }
    pthread_mutex_lock(&survey->lock);
    survey->charting = false;
    pthread_mutex_unlock(&survey->lock);
    return possible;
}

/** Is the chunk at `place` waiting for a worker? (lock) */
static bool chunk_idle(const struct summary *summary, size_t place)
{
    return ((struct chunk *)ladder_at(&summary->chunk, place))->state == CHUNK_IDLE;
}

/** Choose a chunk going outward from ahead/behind. (lock) */
static bool summary_pick_near(struct summary *summary, size_t chunk_count, bool forward, size_t *place)
{
    while (summary->ahead < chunk_count && !chunk_idle(summary, summary->ahead))
        summary->ahead++;
    while (summary->behind > 0 && !chunk_idle(summary, summary->behind - 1))
        summary->behind--;
    bool up = summary->ahead<chunk_count, down = summary->behind> 0;
    if (!up && !down)
        return false;
    *place = (forward ? up : !down) ? summary->ahead : summary->behind - 1;
    return true;
}

/** Choose the chunk on the screen, the first, the last, then in order. (lock) */
static bool summary_pick_order(struct summary *summary, size_t chunk_count, size_t focus, size_t *place)
{
    size_t early[] = {focus, 0, chunk_count - 1};
    for (size_t i = 0; i < sizeof early / sizeof *early; i++)
        if (early[i] < chunk_count && chunk_idle(summary, early[i])) {
            *place = early[i];
            return true;
        }
    return summary_pick_near(summary, chunk_count, true, place);
}

/** The result to be filled, holding what is kept of the one before. (lock: a restart frees that one) */
static void ticket_begin(struct ticket *ticket, const struct chunk_result *before)
{
    const struct summary_kind *kind = ticket->summary->kind;
    ticket->result = calloc(1, chunk_result_size(kind));
    if (!ticket->result)
        return;
    if (kind->flagged)
        memset(ticket->result->flags, kind->hole, CHUNK_BLOCKS);
    if (before)
        memcpy(ticket->result, before, chunk_result_size(kind));
    ticket->kept = chunk_result_kept(before, ticket->ordinal, kind->margin);
    ticket->result->size = ticket->size;
    ticket->result->covered = chunk_covered(ticket->ordinal, ticket->size);
}

/** Fill a ticket for a chunk of `summary`, if one waits. (lock) */
static bool summary_ticket(struct survey *survey, struct summary *summary, struct ticket *ticket)
{
    size_t chunk_count = atomic_load(&survey->chunk_count), place;
    if (chunk_count == 0)
        return false;
    bool picked =
        summary->kind->from_focus
            ? summary_pick_near(summary, chunk_count, atomic_load(&survey->forward), &place)
            : summary_pick_order(summary, chunk_count,
                                 survey_place(survey, atomic_load(&survey->focus) / SURVEY_CHUNK), &place);
    if (!picked)
        return false;
    struct chunk *chunk = ladder_at(&summary->chunk, place);
    chunk->state = CHUNK_WORKING;
    summary->users++;
    ticket->summary = summary;
    ticket->place = place;
    ticket->ordinal = survey_ordinal(survey, place);
    ticket_begin(ticket, atomic_load(&chunk->result));
    return true;
}

/** Take the most urgent piece of work: the chart, then the newest summary, which somebody waits for. */
static bool survey_ticket(struct survey *survey, struct ticket *ticket)
{
    bool found = false;
    pthread_mutex_lock(&survey->lock);
    *ticket = (struct ticket){.generation = survey->generation, .size = atomic_load(&survey->size)};
    if (!survey->charting && atomic_load(&survey->charted) < ticket->size)
        found = survey->charting = true;
    for (struct summary *summary = survey->summary; summary && !found; summary = summary->next)
        found = summary_ticket(survey, summary, ticket);
    pthread_mutex_unlock(&survey->lock);
    return found;
}

bool survey_work(void *context, unsigned number)
{
    struct survey *survey = context;
    struct ticket ticket;
    if (atomic_load(&survey->stop) || !survey_ticket(survey, &ticket))
        return false;
    if (ticket.summary) {
        struct chunk_result *result = ticket_do(survey, &ticket, number);
        ticket_close(survey, &ticket, result);
    } else {
        /* No descriptor or no memory: not again before somebody rings, or this would go round for ever. */
        if (!survey_chart(survey, &ticket, number))
            return false;
        survey_ring(survey);
    }
    wake_ring(survey->wake);
    return true;
}
