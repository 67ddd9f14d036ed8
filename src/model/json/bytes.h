/* SPDX-License-Identifier: MIT */
/**
 * model, private: single bytes of a JSON file (bytes.c). View thread.
 */
#ifndef FOLIO_MODEL_JSON_BYTES_H
#define FOLIO_MODEL_JSON_BYTES_H

#include "folio/model/reader/reader.h"

/** Blanks that are looked at at once: behind more of them nothing is found. */
#define BLANKS_MAX 65536u

/** The byte at `at`. False: it cannot be had now; '\0': there is none, or it cannot be read. */
bool json_byte(struct reader *reader, uint64_t at, char *byte);

/**
 * The first byte from `*at` on that is no blank of JSON, and where it is. '\0': there is none, or it cannot be read, or
 * BLANKS_MAX blanks come first. False: it cannot be had now.
 */
bool json_behind_blanks(struct reader *reader, uint64_t *at, char *byte);

/** May a value of JSON begin with it? */
bool json_begins_value(char byte);

#endif
