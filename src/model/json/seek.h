/* SPDX-License-Identifier: MIT */
/**
 * model, private: going over the members of an object by their keys (seek.c). View thread.
 */
#ifndef FOLIO_MODEL_JSON_SEEK_H
#define FOLIO_MODEL_JSON_SEEK_H

#include "folio/model/json/place.h"

/** So many members are looked at between questions whether to go on. */
#define SEEK_ROUND 1024u

/** Members being gone over. */
struct json_seeking {
    const struct json_scene *scene;
    struct span wanted; /**< the text of a key, */
    bool begins;        /**< or how it begins */
    /** Of the object being gone over, a key that is so, whose opening quote is at `quote`. False: that is all. */
    bool (*found)(struct json_seeking *seeking, uint64_t quote);
    void *context;
    uint64_t comma; /**< the last one, from which to go on */
    unsigned looked;
    bool failed, tired; /**< bytes cannot be had; it was given up */
};

/**
 * Go over the members of the object that begins at `opener`, from the comma at `comma` on if there is one (0: none). FOUND:
 * `found` ended it; NONE: there are no more; UNKNOWN: go on at `seeking->comma`; FAILED.
 */
enum nesting_answer json_seek(struct json_seeking *seeking, uint64_t opener, uint64_t comma);

/** How many children the container has that begins at `opener`; of one that does not end, so far. */
enum nesting_answer json_seek_count(const struct json_scene *scene, uint64_t opener, uint64_t *count);

#endif
