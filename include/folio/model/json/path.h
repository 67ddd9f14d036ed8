/* SPDX-License-Identifier: MIT */
/**
 * model: the path of a byte of a JSON file: which member of which container it stands in, from the outermost on.
 *
 * It is written as jq reads it: `.users[3]["first name"]`, `.` for what is in no container. Keys stand as in the file,
 * escapes and all; raw bytes, so they are to be made harmless before they are shown. Of a path of more than PATH_STEPS
 * steps those in the middle are left out. View thread.
 */
#ifndef FOLIO_MODEL_JSON_PATH_H
#define FOLIO_MODEL_JSON_PATH_H

#include "folio/base/bytes/buf.h"
#include "folio/model/json/nesting.h"

/** Steps that are written: half of them the outermost ones. Each costs three blocks to be looked at. */
#define PATH_STEPS 32u

/** Bytes of a key that are written. */
#define PATH_KEY_MAX 256u

/** The same of a path that is to be whole. */
#define PATH_WHOLE_STEPS 4096u
#define PATH_WHOLE_KEY   65536u

/**
 * Append the path of the byte at `at` to `text`. Containers that begin before `from` are not of its document, and left
 * out. Of a bracket it is the path of its container; of a key, that of its member. FOUND, UNKNOWN, FAILED; `text` is to be
 * used only where FOUND.
 */
enum nesting_answer json_path(struct nesting *nesting, struct reader *reader, uint64_t from, uint64_t at,
                              struct buf *text);

/**
 * The same without anything left out, to be used elsewhere; with `brackets` all keys are in them, and no dot begins it:
 * `["users"][3]`, as in most languages. `*whole` is false where it is too long even so.
 */
enum nesting_answer json_path_whole(struct nesting *nesting, struct reader *reader, uint64_t from,
                                    uint64_t at, bool brackets, struct buf *text, bool *whole);

#endif
