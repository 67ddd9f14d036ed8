/* SPDX-License-Identifier: MIT */
/**
 * model, private: going over a JSON file for one question (hunt.c). View thread.
 */
#ifndef FOLIO_MODEL_JSON_HUNT_H
#define FOLIO_MODEL_JSON_HUNT_H

#include "inside.h"

struct quest;

/** What a look at a bracket, comma or quote says of the question. */
enum quest_look { QUEST_ON, QUEST_FOUND, QUEST_NONE };

/** A kind of question: a constant. */
struct quest_kind {
    bool forward;
    bool quotes; /**< they are looked at, and nothing else; otherwise all else is */
    /** Can what does this, `depth` deep at its beginning, be stepped over? What it holds is taken in then. */
    bool (*skip)(struct quest *quest, const struct brackets *does, const struct brackets_case *as,
                 int64_t depth);
    /** Look at the byte `at`, before which it is `depth` deep, and behind which `after`. */
    enum quest_look (*look)(struct quest *quest, uint64_t at, int64_t depth, int64_t after);
};

/** One question. */
struct quest {
    const struct quest_kind *kind;
    /** Bytes to be gone over: from the first on, or from the last back. */
    struct range range;
    int64_t depth;  /**< that matters */
    uint64_t nth;   /**< so many are stepped over */
    uint64_t count; /**< were taken in */
    uint64_t found;
    bool (*visit)(void *context, uint64_t at); /**< NULL, or it is asked whether to go on */
    void *context;
};

/** Go over the bytes. FOUND, or NONE when all were gone over; FAILED and UNKNOWN as in the public header. */
enum nesting_answer quest_hunt(struct quest *quest, struct nesting *nesting, struct reader *reader);

#endif
