/* SPDX-License-Identifier: MIT */
/**
 * model, private: the inside of the filter.
 *
 *     filter.c         the view thread's questions
 *     filter_walk.c    the visible lines of one block, the same for workers and view thread
 *     filter_long.c    lines longer than a block, and how many of them are hidden
 */
#ifndef FOLIO_MODEL_SEARCH_FILTER_INSIDE_H
#define FOLIO_MODEL_SEARCH_FILTER_INSIDE_H

#include "inside.h"

#include "folio/model/search/filter.h"

/** What is asked; all threads read it. */
struct question {
    size_t count;
    struct search search[FILTER_PARTS_MAX];
    struct filter_part part[FILTER_PARTS_MAX];
    /** One bit for each pattern that shows, and that hides. */
    uint8_t shows, hides;
};

/** One thread's scratch memory for a question. */
struct sieve {
    const struct question *question;
    struct searcher *searcher[FILTER_PARTS_MAX];
};

/** The flags of a block. */
enum filter_flag {
    FILTER_HEAD = 1,  /**< a long line goes on into it from the block before (so does a hole) */
    FILTER_OVER = 2,  /**< that line ends in it */
    FILTER_BEGIN = 4, /**< a long line begins in it */
    FILTER_SOME = 8,  /**< a visible short line begins in it */
};

/** What is kept of a block: which patterns match in its part of the head, and of the long line that begins in it. */
struct filter_detail {
    uint8_t head, begin;
};

/** The visible lines of a block: a bit for each byte at which one begins, and where a long line begins. */
struct filter_page {
    uint64_t bits[SURVEY_BLOCK / 64];
    uint32_t long_begin; /**< in the block; SURVEY_BLOCK: none */
};

/** NULL and `error` when out of memory. */
struct sieve *sieve_open(const struct question *question, struct error *error);

/** NULL is fine. */
void sieve_close(struct sieve *sieve);

/** Count what begins in the block: visible short lines, and the long line. For workers: no lock, no allocation. */
struct survey_tally sieve_count(struct sieve *sieve, const struct survey_block *block);

/** The same as places, added to `page`, whose first byte is at `begin` of the file. */
void sieve_page(struct sieve *sieve, const struct survey_block *block, struct filter_page *page,
                uint64_t begin);

/** Blocks replayed that are remembered. */
#define FILTER_PAGES 4

/** A remembered page. */
struct filter_kept {
    uint64_t begin;
    uint64_t used; /**< when it was last asked for; 0: never */
    struct filter_page page;
};

/** The long line that was asked for last, and how far it is known. */
struct filter_line {
    uint64_t block; /**< it begins in the block that begins here; UINT64_MAX: none */
    uint64_t at;    /**< looked at up to here */
    uint8_t mask;   /**< patterns that match in it so far */
    bool over;      /**< nothing of it comes any more */
};

/** Hidden long lines that begin in a chunk, and in all chunks before it. */
struct filter_debt {
    uint64_t chunk, sum;
};

struct filter {
    struct survey *survey;
    struct summary *summary;
    struct question *question;
    struct sieve *sieve;
    /** What is remembered below is true of the survey of this generation and size. */
    unsigned generation;
    uint64_t size;
    uint64_t clock;
    struct filter_kept *kept;
    struct filter_line line;
    /** Chunks before `paid` are settled; those of them with hidden long lines, ascending. */
    uint64_t paid;
    struct filter_debt *debt;
    size_t debt_count, debt_room;
    /** No visible line begins in it. */
    struct range blank;
    /** Blocks that may yet be looked at in this call. */
    unsigned budget;
};

enum filter_verdict { FILTER_HIDDEN, FILTER_VISIBLE, FILTER_UNDECIDED };

/** Is the long line visible that begins in the block at `block`? */
enum filter_verdict filter_long(struct filter *filter, uint64_t block);

/**
 * How many long lines that begin before the block at `block` are hidden. False where that is not known yet; `*count`
 * are then those known of.
 */
bool filter_hidden(struct filter *filter, uint64_t block, uint64_t *count);

#endif
