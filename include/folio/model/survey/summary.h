/* SPDX-License-Identifier: MIT */
/**
 * model: questions to a summary: how many before this byte, which block holds number N, of what has been counted so far.
 *
 * Every answer says whether it is known: blocks that no worker has seen yet are neither 0 nor guessed. Nothing here
 * reads the file or waits; readers take no lock. The view thread; a summary lives until survey_drop.
 */
#ifndef FOLIO_MODEL_SURVEY_SUMMARY_H
#define FOLIO_MODEL_SURVEY_SUMMARY_H

#include "folio/base/bytes/span.h"
#include "folio/model/survey/survey.h"

#include <stdbool.h>
#include <stdint.h>

/** How far a summary has come. */
struct summary_state {
    uint64_t count; /**< counted so far, in all that is done */
    uint64_t done;  /**< bytes of data that are done */
    uint64_t data;  /**< bytes of data there are (holes do not count); grows while the holes are charted */
    bool complete;  /**< everything is done: `count` is exact */
    bool halted;    /**< it is not, and nobody works on it (survey_halt) */
    uint64_t unreadable; /**< bytes that could not be read, in all that is done */
    /** A scan gave something up as too hard, first of all at `hard_at`: `count` may be wrong by what was given up. */
    bool hard;
    uint64_t hard_at;
};

/**
 * Progress and total. Chained: from the origin on, and complete when the chain has ended or come to the end of the
 * file.
 */
struct summary_state summary_state(const struct summary *summary);

/** How far a summary in this state has come, in thousandths of the data; 1000 only when it is complete. */
unsigned summary_permille(const struct summary_state *state);

/**
 * How many are counted in the blocks before the one that holds `offset`; `*block` is where that block begins. False
 * when a block before it is not done: `*count` then holds what is known of them.
 */
bool summary_rank(const struct summary *summary, uint64_t offset, uint64_t *count, uint64_t *block);

enum summary_answer { SUMMARY_FOUND, SUMMARY_NONE, SUMMARY_UNKNOWN };

/** The block that holds item `nth` (from 0) of the file, and how many are counted before that block. */
enum summary_answer summary_select(const struct summary *summary, uint64_t nth, struct range *block,
                                   uint64_t *before);

/**
 * The nearest block with a count above 0: the one that holds `offset` or one after it (`forward`), or that one or one
 * before it. UNKNOWN when a nearer block is not done yet; onward from behind the end of the file as the survey knows it
 * as well, for whoever asks has seen the file grow.
 */
enum summary_answer summary_next(const struct summary *summary, uint64_t offset, bool forward,
                                 struct range *block);

/** The flags of all blocks that touch `range`, or-ed. False when one of them is not done. */
bool summary_flags(const struct summary *summary, struct range range, uint8_t *flags);

/**
 * What is kept of the block that holds `offset` (kind->detail bytes): borrowed until the next call of a survey_
 * function. Chained: its entry, which for the origin's block is that of the origin; else zeros for a block of hole.
 * NULL when the block is not done, or not in the chain, or lies in a hole of a whole chunk or more.
 */
const void *summary_detail(const struct summary *summary, uint64_t offset);

/** A chunk of the file, or a hole between chunks. */
struct summary_chunk {
    struct range range; /**< it, cut at the end of the file */
    bool hole;          /**< nothing but zeros, which nobody scanned */
    const void *
        total; /**< kind->total bytes; NULL: of a hole, or not all of its blocks are done. Borrowed as details */
};

/**
 * What the chunk that holds `offset`, below the size of the file, comes to; or the hole there, of a chunk or more. FOUND,
 * or UNKNOWN: it is not known which of the two it is.
 */
enum summary_answer summary_chunk(const struct summary *summary, uint64_t offset,
                                  struct summary_chunk *chunk);

/** What the summary's kind was given in survey_add. */
const void *summary_knowledge(const struct summary *summary);

/** Private memory that the survey and its summaries take, in bytes. */
uint64_t survey_memory(const struct survey *survey);

#endif
