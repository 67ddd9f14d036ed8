/* SPDX-License-Identifier: MIT */
/**
 * model: how a path of a JSON file may go on, for who types one: keys that are really there. View thread.
 */
#ifndef FOLIO_MODEL_JSON_OFFERS_H
#define FOLIO_MODEL_JSON_OFFERS_H

#include "folio/base/bytes/buf.h"
#include "folio/model/json/place.h"

/** Members of an object that are looked at for it, those at its beginning; and offers that are made at most. */
#define OFFERS_MEMBERS 100000u
#define OFFERS_MOST    1000u

/**
 * Append to `words`, each with its NUL, the steps that lead on from a place that was followed to its end and that go on from
 * `typed`, the beginning of a step: keys, of an array the first child and the last. Raw bytes. FOUND, also where it was
 * given up with some of them; UNKNOWN; FAILED.
 */
enum nesting_answer json_offers(const struct json_scene *scene, const struct json_place *place,
                                const char *typed, struct buf *words);

#endif
