/* SPDX-License-Identifier: MIT */
/**
 * model: from the path of a value of a JSON file to its place, the other way round than model/json/path.
 *
 * A path is written as jq reads it: `.users[3]["first name"]`, `.` for the document itself; `[-1]` is the last of an
 * array, and what json_path writes leads back to where it was asked. Keys are compared as the text they mean, so escapes
 * do not matter; of several that are equal the first is taken. A child of an array is found at once, a key by going over
 * the members, some gigabytes a second at best, what is in them being stepped over: so it can be given up and gone on
 * with. View thread.
 */
#ifndef FOLIO_MODEL_JSON_PLACE_H
#define FOLIO_MODEL_JSON_PLACE_H

#include "folio/base/bytes/error.h"
#include "folio/model/json/nesting.h"

/** In what a path is followed; borrowed for a call. */
struct json_scene {
    struct nesting *nesting;
    struct reader *reader;
    uint64_t from; /**< where the document begins: see model/json/documents */
    /** Asked now and then whether to go on; NULL: always. */
    bool (*go_on)(void *context);
    void *context;
};

/** How far a path was followed. All zero at its beginning. */
struct json_place {
    size_t followed; /**< bytes of the path */
    uint64_t
        value; /**< where the value begins that they lead to; of a document without one, where that begins */
    uint64_t member; /**< in its container: where to go on to look for the next step; 0: from the beginning */
};

/** Is `path` one, whatever the file is like? Otherwise a sentence. */
bool json_place_check(const char *path, struct error *error);

/**
 * Follow `path` on, to the first byte of its value. FOUND; NONE and `error`, one sentence that says which step leads
 * nowhere; UNKNOWN: ask again, it goes on where it was; FAILED.
 */
enum nesting_answer json_place(const struct json_scene *scene, const char *path, struct json_place *place,
                               struct error *error);

/** Where in a path that is being typed its last step begins, so that what stands before it is a path. */
size_t json_place_last(const char *path);

#endif
