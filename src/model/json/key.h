/* SPDX-License-Identifier: MIT */
/**
 * model, private: keys of members as steps of a path (key.c). Pure.
 */
#ifndef FOLIO_MODEL_JSON_KEY_H
#define FOLIO_MODEL_JSON_KEY_H

#include "folio/base/bytes/buf.h"
#include "folio/base/bytes/span.h"

#include <stdbool.h>

/** Append the step to a member: `.key` or `["a key"]`. `key` is what stands between the quotes, `cut`: its beginning. */
void json_key_write(struct span key, bool cut, struct buf *path);

/**
 * Is the key that begins at `key`, behind its opening quote, the text `wanted`, whatever its escapes? `begins`: or does it
 * begin with it. In `key` must be all of it, or 6 bytes for each of `wanted` and one more.
 */
bool json_key_is(struct span key, struct span wanted, bool begins);

#endif
