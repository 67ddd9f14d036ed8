/* SPDX-License-Identifier: MIT */
/**
 * model: which containers of a JSON file are closed, and show as one row.
 *
 * Not a list of containers but of what was asked for, one after the other: this one, its children, or all that it holds,
 * down to a level. The last that is about a container decides; where none is, its level does. A container is known by the
 * byte of its bracket. Plain struct, view thread.
 */
#ifndef FOLIO_MODEL_JSON_FOLDS_H
#define FOLIO_MODEL_JSON_FOLDS_H

#include "folio/base/bytes/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The most wishes that are remembered: with each more every row costs a little more. */
#define FOLDS_MAX 1024u

/** What a wish is about: the container, what is right in it, or it and all that is in it. */
enum json_reach { JSON_SELF, JSON_CHILDREN, JSON_ALL };

struct json_fold {
    struct range
        range; /**< of the container: its bracket, and behind its end; all of the file: from 0 to UINT64_MAX */
    int64_t depth; /**< of the container in its document; -1: it is all of the file */
    enum json_reach reach;
    /** From the container on so many levels are open, and what is deeper is closed; CHILDREN: 0 closed, else open. */
    uint64_t open;
};

struct json_folds {
    uint64_t level; /**< levels that are open where no wish is about a container; UINT64_MAX: all */
    struct json_fold fold[FOLDS_MAX];
    size_t count;
    unsigned generation; /**< of the survey: in another file the wishes mean nothing */
};

/** All is open down to `level`; no wish is remembered. */
void json_folds_init(struct json_folds *folds, uint64_t level);

/** The file is that of `generation` of the survey: if it is another one, all wishes are forgotten. */
void json_folds_renew(struct json_folds *folds, unsigned generation);

/** One wish more; those that it makes void are forgotten. False: there are too many. */
bool json_folds_add(struct json_folds *folds, struct json_fold fold);

/**
 * Is the container closed whose bracket is at `opener`, `depth` deep in its document? NULL: nothing is. What is less deep than
 * its document, where too much was closed, is not.
 */
bool json_folds_close(const struct json_folds *folds, uint64_t opener, int64_t depth);

/** Is the container open by a wish that all be open that is in it? */
bool json_folds_open_below(const struct json_folds *folds, uint64_t opener, int64_t depth);

/** Are all containers open, however deep they are? */
bool json_folds_all_open(const struct json_folds *folds);

#endif
