/* SPDX-License-Identifier: MIT */
/**
 * model, private: the inside of the survey, for survey.c (owner's side), survey_work.c (workers) and summary.c
 * (questions).
 *
 *     file    |chunk 0 ........|chunk 1 ........|hole, not in the table|chunk 7 ........|
 *     table     ordinal[0]=0     ordinal[1]=1                            ordinal[2]=7        one for all summaries
 *     summary   chunk[0]         chunk[1]                                chunk[2]            one array a summary
 *                 | result: total, 256 counts, 256 flags (or NULL: not done)
 *
 * Invariants. The table only grows (until a restart, when the generation changes), its items never move (ladder),
 * and `chunk_count` is released after an item is filled. A result is immutable once published; a better one replaces
 * it by one pointer store, the old one is retired and freed by the owner's thread, which is the only reader. So
 * readers take no lock. Everything marked (lock) is touched under `lock` only, which is held for some hundred
 * nanoseconds and never over a system call.
 */
#ifndef FOLIO_MODEL_SURVEY_BODY_H
#define FOLIO_MODEL_SURVEY_BODY_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "folio/base/ladder.h"
#include "folio/io/pool.h"
#include "folio/io/window.h"
#include "folio/model/survey.h"

#define CHUNK_BLOCKS (SURVEY_CHUNK / SURVEY_BLOCK)

/** What a worker found out about a chunk. */
struct chunk_result {
    uint64_t total;
    /** Size of the file in that walk: blocks whose margin ends before it are final. */
    uint64_t size;
    /** Bytes of the chunk below `size`. */
    uint32_t covered;
    bool unreadable;
    /** A block's count less 1 where the bit in `full` is set, for 65536 does not fit. */
    uint16_t count[CHUNK_BLOCKS];
    uint8_t full[CHUNK_BLOCKS / 8];
    /** CHUNK_BLOCKS of them where the kind is flagged, else none. */
    uint8_t flags[];
};

enum chunk_state { CHUNK_IDLE, CHUNK_WORKING, CHUNK_DONE, CHUNK_STUCK };

struct chunk {
    _Atomic(struct chunk_result *) result;
    /** (lock) STUCK: the file was shorter than known; tried again at the next survey_resize. */
    enum chunk_state state;
};

struct summary {
    const struct summary_kind *kind;
    const void *knowledge;
    struct survey *survey;
    struct ladder chunk;
    /** (lock) Items of `chunk` that exist; a dropped summary's array grows no more. */
    size_t reached;
    /** Sum of the published totals, their bytes, and how many chunks are in state DONE. Written under lock. */
    _Atomic uint64_t count, done;
    _Atomic size_t final;
    _Atomic uint32_t unreadable;
    /** (lock) Next chunks to look at: upward from `ahead`, downward from `behind` - 1. */
    size_t ahead, behind;
    /** (lock) Tickets out. A dropped summary is freed with the last of them. */
    unsigned users;
    bool dropped;
    void (*release)(void *knowledge);
    /** One a worker, each touched by that worker only. */
    void **scratch;
    struct summary *next;
};

/** What one worker keeps between tickets. */
struct surveyor {
    struct window *window;
    unsigned generation;
};

struct survey {
    int fd;
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
    /** (lock) A worker is charting. */
    bool charting;
    /** (lock) */
    struct summary *summary;
    /** (lock) Replaced results, to be freed by the owner's thread. */
    struct retired *retired;

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

/** One piece of work: a chunk of a summary, or (summary NULL) charting. */
struct ticket {
    struct summary *summary;
    size_t place;
    uint64_t ordinal;
    uint64_t size;
    unsigned generation;
    /** To be filled; blocks before `kept` are already there. NULL when out of memory. */
    struct chunk_result *result;
    unsigned kept;
};

/** pool_work of the survey's pool: take a ticket, do it. `context` is the survey. */
bool survey_work(void *context, unsigned number);

/** Make `place` and all before it exist in `summary`'s array. (lock) False when out of memory. */
bool summary_reach(struct summary *summary, size_t place);

/** Look for idle chunks from the beginning (or the focus) again. (lock) */
void summary_rewind(struct summary *summary);

/** There may be work: ring the workers, if they are there. Any thread. */
void survey_ring(struct survey *survey);

/** Free a summary that no worker uses; calls its release. */
void summary_free(struct summary *summary);

/** Bytes of a result of this kind. */
size_t chunk_result_size(const struct summary_kind *kind);

/** The count of one block of a result. */
uint32_t chunk_result_count(const struct chunk_result *result, unsigned block);

/**
 * How many blocks of a result stay true once the file is larger than it was in that walk: those whose margin ended
 * before its end. 0 for NULL.
 */
unsigned chunk_result_kept(const struct chunk_result *result, uint64_t ordinal, uint64_t margin);

/** The place in the table of the first chunk whose ordinal is `ordinal` or greater. */
size_t survey_place(const struct survey *survey, uint64_t ordinal);

/** The ordinal of the chunk at `place`. */
uint64_t survey_ordinal(const struct survey *survey, size_t place);

/** Bytes of chunk `ordinal` that lie below `size`. */
uint32_t chunk_covered(uint64_t ordinal, uint64_t size);

#endif
