/* SPDX-License-Identifier: MIT */
/**
 * model: from a member of a JSON file to the next one in the file with the same key, however deep each of them is.
 *
 * The key is looked for as it is spelled, quotes and all, at the speed of memory; only where that stands with a colon behind
 * it are the brackets asked whether it is a key and not a part of a string. Through all of the file, from document to
 * document. View thread.
 */
#ifndef FOLIO_MODEL_JSON_ALONG_H
#define FOLIO_MODEL_JSON_ALONG_H

#include "folio/base/scan/needle.h"
#include "folio/model/json/nesting.h"

/** The most bytes of a key that can be looked for, with its quotes. */
#define ALONG_KEY_MAX NEEDLE_LENGTH_MAX

struct json_along {
    struct nesting *nesting;
    struct reader *reader;
    struct range key; /**< where it stands, with its quotes; at most ALONG_KEY_MAX bytes */
    bool forward;
    bool (*go_on)(void *context); /**< asked from time to time */
    void *context;
    uint64_t at; /**< from where it is looked for; moved past where it is not */
};

/**
 * The next key at or after `at`, or the last one that ends at or before it, to `*quote`. NONE: there is none. FAILED: bytes
 * cannot be had now; UNKNOWN: the survey has not come so far, or `go_on` said no. Both may be asked again.
 */
enum nesting_answer json_along(struct json_along *along, uint64_t *quote);

#endif
