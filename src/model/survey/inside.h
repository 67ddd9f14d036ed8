/* SPDX-License-Identifier: MIT */
/**
 * model, private: the inside of the survey.
 *
 *     file    |chunk 0 ........|chunk 1 ........|hole, not in the table|chunk 7 ........|
 *     table     ordinal[0]=0     ordinal[1]=1                            ordinal[2]=7        one for all summaries
 *     summary   chunk[0]         chunk[1]                                chunk[2]            one array a summary
 *                 | result: total, 256 counts, 256 flags and details (or NULL: not done)
 *
 * Who uses whom, each only what stands to the right of it:
 *
 *     survey.c (owner's side) -> work.c (a worker's round) -> ticket.c -> life.c -> chart.c
 *                                                                 -> scan.c -> bad.c          chunk.c
 *     summary.c, spread.c (questions) -> chart.c, chunk.c
 *
 * Here are the structs; what chart.c, chunk.c, life.c and ticket.c have for others is in headers of their names.
 *
 * Invariants. The table only grows (until a restart, when the generation changes), its items never move (ladder),
 * and `chunk_count` is released after an item is filled. A result is immutable once published; a better one replaces
 * it by one pointer store, the old one is retired and freed by the owner's thread, which is the only reader. So
 * readers take no lock. Everything marked (lock) is touched under `lock` only, which is held for some hundred
 * nanoseconds and never over a system call.
 *
 * A chained summary is one chunk at a time: a chunk can be worked when the one before it in the table (from the
 * origin's on) is DONE, for that one's result holds what it left, its exit. Chunks that are worked anew because the
 * file has grown are the last ones, in which nothing follows that is not worked anew as well.
 */
#ifndef FOLIO_MODEL_SURVEY_INSIDE_H
#define FOLIO_MODEL_SURVEY_INSIDE_H

#include "folio/base/bytes/ladder.h"
#include "folio/io/page/window.h"
#include "folio/io/thread/pool.h"
#include "folio/model/survey/survey.h"

#include <pthread.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct chunk_result;
struct ticket;

enum chunk_state { CHUNK_IDLE, CHUNK_WORKING, CHUNK_DONE, CHUNK_STUCK };

struct chunk {
    _Atomic(struct chunk_result *) result;
    /** (lock) STUCK: the file was shorter than known; tried again at the next survey_resize. */
    enum chunk_state state;
    /** (lock) WORKING, and what comes of it may be of bytes that have changed since: to be done anew. */
    bool stale;
};

/** A detail, with room for any. */
struct detail {
    alignas(16) unsigned char bytes[SURVEY_DETAIL_MAX];
};

/** OVER: to go on, once all tickets are back that were out: what such a scan found may be half of it. */
enum summary_halt { HALT_NONE, HALT_SET, HALT_OVER };

struct summary {
    const struct summary_kind *kind;
    const void *knowledge;
    struct survey *survey;
    struct ladder chunk;
    /** Chained: where the chain begins, and its entry there. Otherwise 0. */
    uint64_t origin;
    struct detail entry;
    /** (lock) Items of `chunk` that exist; a dropped summary's array grows no more. */
    size_t reached;
    /** Sum of the published totals, their bytes, and how many chunks are in state DONE. Written under lock. */
    _Atomic uint64_t count, done, unreadable;
    _Atomic size_t final;
    /** The first place ever given up as too hard; UINT64_MAX: none. Written under lock. */
    _Atomic uint64_t hard;
    /** The chain has come to its end, in a chunk that is DONE. */
    atomic_bool ended;
    /** (lock) Next chunks to look at: upward from `ahead`, downward from `behind` - 1. */
    size_t ahead, behind;
    /** (lock) Tickets out, and workers that free their scratch. A dropped summary is freed with the last of them. */
    unsigned users;
    bool dropped;
    void (*release)(void *knowledge);
    /** Written under lock. */
    _Atomic(enum summary_halt) halt;
    /** Workers give up what they do for it: it is dropped or halted, or the survey is closed. */
    atomic_bool stop;
    /** One a worker, each touched by that worker only; there while it works for this summary. */
    void **scratch;
    struct summary *next;
};

/** What one worker keeps between tickets. */
struct surveyor {
    struct window *window;
    /** On the other file, NULL where there is none. */
    struct window *beside;
    unsigned generation;
};

struct survey {
    int fd;
    /** Another file to be looked at beside it, -1: none; and its size. */
    int beside;
    uint64_t beside_size;
    /** There are no holes. */
    bool solid;
    /** What is forgotten here is forgotten there, too; NULL: nowhere. The owner's thread. */
    struct survey *follower;
    enum advice advice;
    unsigned worker_count;
    struct wake *wake;
    /** NULL until survey_start has it; workers may run before that. */
    _Atomic(struct pool *) pool;
    struct surveyor *surveyor;
    atomic_bool stop, yield, forward;
    _Atomic uint64_t focus, memory;

    pthread_mutex_t lock;
    /** (lock) Changes when everything known becomes void. */
    unsigned generation;
    /** How often a part of it became void. The owner's. */
    unsigned forgotten;
    /** (lock) A worker is charting. */
    bool charting;
    /** (lock) */
    struct summary *summary;
    /** (lock) Replaced results, to be freed by the owner's thread. */
    struct retired *retired;
    /** (lock) What cannot be read, in whole pages, ascending; the count may be looked at without. */
    struct range *bad;
    size_t bad_room;
    _Atomic size_t bad_count;

    struct ladder ordinal;
    _Atomic size_t chunk_count;
    /** All data below this offset is in the table. */
    _Atomic uint64_t charted;
    _Atomic uint64_t size;
};

/** A replaced result in the list of those to be freed. */
struct retired {
    struct chunk_result *result;
    struct retired *next;
};

/* survey.c */

/** Free what workers replaced; the caller (the owner's thread) reads no result at this moment. */
void survey_sweep(struct survey *survey);

/** Everything known is void: a new generation. (lock) */
void survey_restart(struct survey *survey);

/* work.c */

/** pool_work of the survey's pool: take a ticket, do it. `context` is the survey. */
bool survey_work(void *context, unsigned number);

/** Close a worker's windows. */
void surveyor_close(struct surveyor *surveyor);

/* ticket.c */

/** There may be work: ring the workers, if they are there. Any thread. */
void survey_ring(struct survey *survey);

/* bad.c */

/** The first stretch that cannot be read and ends behind `offset`; UINT64_MAX twice when there is none. */
struct range survey_bad_next(struct survey *survey, uint64_t offset);

/** The page at `offset` cannot be read. False when that is of no use any more, or when out of memory. */
bool survey_bad_add(struct survey *survey, unsigned generation, uint64_t offset);

/* summary.c */

/**
 * Has everything below `offset` been charted? Then what is not in the table is a hole. To be asked before the table
 * is looked at: workers fill the table first.
 */
bool survey_charted(const struct survey *survey, uint64_t offset);

/** What is known of the chunk at `place`; NULL: nothing yet. The owner's thread. */
const struct chunk_result *summary_result(const struct summary *summary, size_t place);

/**
 * How many blocks of a result are true of the file as it is: all, unless the file has grown since that walk, or the
 * chain ends before.
 */
unsigned summary_fresh(const struct summary *summary, const struct chunk_result *result, uint64_t ordinal);

#endif
