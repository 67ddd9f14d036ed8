/* SPDX-License-Identifier: MIT */
/*
 * model: one chunk is scanned (see inside.h for the structure). Worker threads, no lock.
 *
 *     chunk     |block|block|  hole   |block|block|block|block|   holes are stepped over, chains are told of them
 *     piece                           |<- some blocks ------->|   and the kind's margin on both sides
 *     stretch                       |<---------->|X|<---------->| what can be read of that: one window_run, X cannot
 *
 * A run may leave the scan in the middle and begin it again another way, or find in the end that the bytes were not
 * the file's. So a scan works on a copy (`now`) of what the stretches before left (`done`), and what a piece found goes
 * into the result when all of its stretches are through. A page that cannot be read is learned by a run that stops
 * there; survey_bad_next then gives the stretches before and behind it.
 */
#include "chart.h"
#include "chunk.h"
#include "ticket.h"

#include <string.h>

/** How far ahead a worker asks for data; the second while the view waits for the device. */
#define AHEAD      (8u << 20)
#define AHEAD_LEAN (1u << 20)
/** The most blocks of a piece. */
#define PIECE_MAX (2 * WINDOW_RUN_BEST / SURVEY_BLOCK)

/** The walk over one chunk. */
struct walk {
    struct survey *survey;
    const struct surveyor *surveyor;
    struct window *window; /**< the surveyor's */
    const struct ticket *ticket;
    const struct summary_kind *kind;
    void *scratch;
    struct chunk_result *result;
    uint64_t begin;
    /** Blocks of the result that stay when the file grows. */
    unsigned staying;
    /** Bytes that could not be read, and those of them in blocks that stay. */
    uint32_t unreadable, unreadable_staying;
    /** Chained: what goes from block to block. */
    struct detail carry;
};

/** What the scans of a piece have found so far. */
struct finding {
    struct survey_tally tally[PIECE_MAX];
    struct detail detail[PIECE_MAX];
    struct detail carry;
    /** The first place given up; UINT64_MAX: none. */
    uint64_t hard;
    /** Chained: blocks whose entry is in `detail`. */
    unsigned entered;
    bool last;
};

/** One piece under way: what the scan of a stretch needs, since the guard passes one pointer. */
struct piece {
    const struct walk *walk;
    /** The blocks [first, end) of the chunk. */
    unsigned first, end;
    struct range stretch;
    bool begins, ends;
    struct finding done, now;
};

/** A block of the chunk, as much of it as the file has and the summary is about. */
static struct range walk_block(const struct walk *walk, unsigned number)
{
    uint64_t begin = walk->begin + (uint64_t)number * SURVEY_BLOCK, end = begin + SURVEY_BLOCK;
    uint64_t origin = walk->ticket->summary->origin;
    return (struct range){begin > origin ? begin : origin,
                          end < walk->ticket->size ? end : walk->ticket->size};
}

static struct range range_common(struct range a, struct range b)
{
    return (struct range){a.begin > b.begin ? a.begin : b.begin, a.end < b.end ? a.end : b.end};
}

/** The carry is the entry of all blocks of the piece before `end` that have none yet. */
static void finding_enter(struct finding *finding, unsigned end)
{
    while (finding->entered < end)
        finding->detail[finding->entered++] = finding->carry;
}

/** Scan what the stretch has of every block of the piece. Runs under the guard: it may be left in the middle. */
static void piece_scan(struct span bytes, void *argument)
{
    struct piece *piece = argument;
    const struct walk *walk = piece->walk;
    struct finding *now = &piece->now;
    struct survey_block block = {.bytes = bytes, .offset = piece->stretch.begin, .size = walk->ticket->size};
    block.begins = piece->begins;
    block.ends = piece->ends;
    block.last = &now->last;
    block.hard = &now->hard;
    block.beside = walk->surveyor->beside;
    block.stop = &walk->ticket->summary->stop;
    *now = piece->done;
    for (unsigned number = piece->first; number < piece->end && !now->last; number++) {
        if (atomic_load_explicit(block.stop, memory_order_relaxed))
            return; /* piece_run asks again */
        struct range part = range_common(walk_block(walk, number), piece->stretch);
        unsigned index = number - piece->first;
        if (part.begin >= part.end)
            continue;
        block.begin = (size_t)(part.begin - block.offset);
        block.end = (size_t)(part.end - block.offset);
        if (walk->kind->chained)
            finding_enter(now, index + 1);
        block.detail = walk->kind->chained ? now->carry.bytes : now->detail[index].bytes;
        struct survey_tally tally = walk->kind->scan(walk->ticket->summary->knowledge, walk->scratch, &block);
        now->tally[index].count += tally.count;
        now->tally[index].flags |= tally.flags;
    }
}

static void nothing_scan(struct span bytes, void *argument)
{
    (void)bytes;
    (void)argument;
}

/**
 * The page at `bad` cannot be read. Where nothing before it could for a whole block, a zone of the device is dead, and
 * each page of it may take seconds: if the last page of this block cannot be read either, the block is given up.
 * False as survey_bad_add.
 */
static bool walk_give_up(const struct walk *walk, uint64_t bad)
{
    const struct ticket *ticket = walk->ticket;
    uint64_t end = bad - bad % SURVEY_BLOCK + SURVEY_BLOCK;
    struct range last = {end - SURVEY_PAGE, end < ticket->size ? end : ticket->size};
    if (!survey_bad_add(walk->survey, ticket->generation, bad))
        return false;
    struct range zone = survey_bad_next(walk->survey, bad);
    if (zone.begin > bad || bad - zone.begin < SURVEY_BLOCK || zone.end >= end || last.begin >= last.end)
        return true;
    enum window_result result =
        window_run(walk->window, last, nothing_scan, NULL, &ticket->summary->stop, NULL);
    bool known = true;
    for (uint64_t page = zone.end; result == WINDOW_UNREADABLE && known && page < end; page += SURVEY_PAGE)
        known = survey_bad_add(walk->survey, ticket->generation, page);
    return known;
}

/** Have one stretch scanned. */
static enum window_result piece_run(struct piece *piece)
{
    const struct walk *walk = piece->walk;
    enum window_result result =
        window_run(walk->window, piece->stretch, piece_scan, piece, &walk->ticket->summary->stop, NULL);
    if (result == WINDOW_DONE && atomic_load(&walk->ticket->summary->stop))
        return WINDOW_STOPPED;
    if (result == WINDOW_DONE)
        piece->done = piece->now;
    if (result != WINDOW_UNREADABLE)
        return result;
    uint64_t bad = window_bad(walk->window);
    if (bad < piece->stretch.begin || bad >= piece->stretch.end)
        bad = piece->stretch.begin;
    return walk_give_up(walk, bad) ? result : WINDOW_SHORT;
}

/** The bytes a piece needs: its blocks and the margins around them, within the file. */
static struct range piece_range(const struct piece *piece)
{
    uint64_t margin = piece->walk->kind->margin, size = piece->walk->ticket->size;
    uint64_t begin = walk_block(piece->walk, piece->first).begin;
    uint64_t end = piece->walk->begin + (uint64_t)piece->end * SURVEY_BLOCK + margin;
    return (struct range){begin > margin ? begin - margin : 0, end < size ? end : size};
}

/** Scan all stretches of a piece that can be read. */
static enum window_result piece_walk(struct piece *piece)
{
    struct range range = piece_range(piece);
    uint64_t at = range.begin;
    piece->begins = at == 0;
    while (at < range.end && !piece->done.last) {
        struct range bad = survey_bad_next(piece->walk->survey, at);
        if (bad.begin <= at) {
            at = bad.end;
            piece->begins = true;
            continue;
        }
        piece->stretch = (struct range){at, bad.begin < range.end ? bad.begin : range.end};
        piece->ends = bad.begin <= range.end || range.end == piece->walk->ticket->size;
        enum window_result result = piece_run(piece);
        if (result == WINDOW_UNREADABLE)
            continue;
        if (result != WINDOW_DONE)
            return result;
        at = piece->stretch.end;
    }
    return WINDOW_DONE;
}

/** Count what could not be read of block `number`. True when there is such a page. */
static bool walk_blame(struct walk *walk, unsigned number)
{
    struct range block = walk_block(walk, number);
    uint32_t bytes = 0;
    for (uint64_t at = block.begin; at < block.end;) {
        struct range bad = range_common(survey_bad_next(walk->survey, at), block);
        if (bad.begin >= bad.end)
            break;
        bytes += (uint32_t)(bad.end - bad.begin);
        at = bad.end;
    }
    walk->unreadable += bytes;
    walk->unreadable_staying += number < walk->staying ? bytes : 0;
    return bytes > 0;
}

/** Put what was found into the result. */
static void piece_store(struct walk *walk, struct piece *piece)
{
    struct finding *done = &piece->done;
    unsigned count = piece->end - piece->first;
    if (walk->kind->chained && !done->last)
        finding_enter(done, count);
    if (done->last)
        count = done->entered;
    for (unsigned index = 0; index < count; index++) {
        unsigned number = piece->first + index;
        if (walk_blame(walk, number))
            done->tally[index].flags |= SURVEY_UNREADABLE;
        chunk_result_set(walk->result, walk->kind, number, done->tally[index]);
        memcpy(chunk_result_detail(walk->result, walk->kind, number), &done->detail[index],
               walk->kind->detail);
    }
    walk->carry = done->carry;
    if (done->hard < walk->result->hard)
        walk->result->hard = done->hard;
    walk->result->ended = done->last;
    walk->result->chain_end = (uint16_t)(piece->first + count);
}

/** Ask for what comes after block `number` in this chunk, as far as there is room in flight. */
static void walk_prefetch(const struct walk *walk, unsigned number)
{
    uint64_t offset = walk->begin + (uint64_t)number * SURVEY_BLOCK;
    uint64_t ahead = atomic_load(&walk->survey->yield) ? AHEAD_LEAN : AHEAD;
    uint64_t end = walk->begin + walk->result->covered;
    if (offset + ahead < end)
        end = offset + ahead;
    if (offset < end)
        window_prefetch(walk->window, (struct range){offset, end});
    if (end > walk->survey->beside_size)
        end = walk->survey->beside_size;
    if (walk->surveyor->beside && offset < end)
        window_prefetch(walk->surveyor->beside, (struct range){offset, end});
}

/**
 * Blocks of one piece: what a processor's own cache holds beside the scan, for the bytes are copied there first; twice
 * that where margins are read with each piece.
 */
static unsigned piece_blocks(const struct summary_kind *kind)
{
    return kind->margin ? PIECE_MAX : PIECE_MAX / 2;
}

/** Scan the blocks [first, end), piece by piece. */
static enum window_result walk_data(struct walk *walk, unsigned first, unsigned end)
{
    unsigned blocks = piece_blocks(walk->kind);
    for (unsigned at = first; at < end && !walk->result->ended; at += blocks) {
        struct piece piece = {.walk = walk, .first = at, .end = at + blocks < end ? at + blocks : end};
        if (atomic_load(&walk->ticket->summary->stop))
            return WINDOW_STOPPED;
        piece.done.carry = walk->carry;
        piece.done.hard = UINT64_MAX;
        walk_prefetch(walk, at);
        enum window_result result = piece_walk(&piece);
        if (result != WINDOW_DONE)
            return result;
        piece_store(walk, &piece);
    }
    return WINDOW_DONE;
}

/** Go over the blocks [first, end), which are a hole. */
static void walk_hole(struct walk *walk, unsigned first, unsigned end)
{
    if (!walk->kind->chained)
        return;
    for (unsigned number = first; number < end && !walk->result->ended; number++) {
        struct range block = walk_block(walk, number);
        memcpy(chunk_result_detail(walk->result, walk->kind, number), &walk->carry, walk->kind->detail);
        if (walk->kind->skip && block.begin < block.end)
            walk->kind->skip(walk->ticket->summary->knowledge, &walk->carry, block.begin,
                             block.end - block.begin);
    }
}

/** Take up the chain where the ticket says. Returns the first block. */
static unsigned walk_enter(struct walk *walk)
{
    const struct ticket *ticket = walk->ticket;
    if (!walk->kind->chained)
        return ticket->kept;
    walk->carry = ticket->entry;
    if (ticket->entry_at >= walk->begin)
        return (unsigned)((ticket->entry_at - walk->begin) / SURVEY_BLOCK);
    if (walk->kind->skip)
        walk->kind->skip(ticket->summary->knowledge, &walk->carry, ticket->entry_at,
                         walk->begin - ticket->entry_at);
    return 0;
}

/** Leave what comes out of the chain, behind the last block and for the next chunk. */
static void walk_leave(struct walk *walk, unsigned end)
{
    if (!walk->kind->chained || walk->result->ended)
        return;
    memcpy(chunk_result_detail(walk->result, walk->kind, end), &walk->carry, walk->kind->detail);
    memcpy(chunk_result_detail(walk->result, walk->kind, CHUNK_BLOCKS), &walk->carry, walk->kind->detail);
}

/** Scan data, step over holes. */
static enum window_result walk_chunk(struct walk *walk)
{
    unsigned at = walk_enter(walk);
    unsigned end = (walk->result->covered + SURVEY_BLOCK - 1) / SURVEY_BLOCK;
    struct range data;
    while (at < end && !walk->result->ended) {
        uint64_t offset = walk_block(walk, at).begin, chunk_end = walk->begin + walk->result->covered;
        bool found = survey_data(walk->survey, walk->surveyor, (struct range){offset, chunk_end},
                                 walk->ticket->size, &data);
        unsigned first = found ? (unsigned)((data.begin - walk->begin) / SURVEY_BLOCK) : end;
        walk_hole(walk, at, first);
        if (!found)
            break;
        at = (unsigned)((data.end - walk->begin + SURVEY_BLOCK - 1) / SURVEY_BLOCK);
        enum window_result result = walk_data(walk, first, at);
        if (result != WINDOW_DONE)
            return result;
    }
    walk_leave(walk, end);
    return WINDOW_DONE;
}

enum window_result ticket_scan(struct survey *survey, const struct surveyor *surveyor,
                               const struct ticket *ticket, void *scratch)
{
    struct chunk_result *result = ticket->result;
    struct walk walk = {.survey = survey, .surveyor = surveyor, .ticket = ticket, .scratch = scratch};
    walk.window = surveyor->window;
    walk.kind = ticket->summary->kind;
    walk.result = result;
    walk.begin = ticket->ordinal * SURVEY_CHUNK;
    walk.staying = chunk_result_kept(result, ticket->ordinal, walk.kind->margin);
    if (!window_holds(walk.window, walk.begin + result->covered))
        return WINDOW_SHORT;
    bool ended = ticket->kept && result->ended; /* among what is kept, so there is nothing to do */
    enum window_result scanned = ended ? WINDOW_DONE : walk_chunk(&walk);
    if (scanned != WINDOW_DONE)
        return scanned;
    result->unreadable += walk.unreadable;
    result->unreadable_kept += walk.unreadable_staying;
    chunk_result_close(result, walk.kind, walk.begin, ticket->summary->origin);
    return WINDOW_DONE;
}
