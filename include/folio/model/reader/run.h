/* SPDX-License-Identifier: MIT */
/**
 * model: a run: bytes that follow each other, typed over those of the file and not stored yet. Plain data.
 *
 * The UI thread edits it (ui/mode/typing.h) and sends it whole after each key; the view thread shows it over the file and
 * stores it (session/poke/run.h).
 */
#ifndef FOLIO_MODEL_READER_RUN_H
#define FOLIO_MODEL_READER_RUN_H

#include "folio/model/reader/edits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The most bytes of a run; as many as the sandbox holds. */
#define RUN_MAX EDITS_MAX

struct run {
    uint64_t edition; /**< another one after each change; 0: there was no run yet */
    uint64_t offset;  /**< of the first byte */
    size_t count; /**< how many are typed, one of which only the first digit is known among them; 0: none */
    size_t at;    /**< the one that the next key is about, at most `count` */
    bool half;    /**< of the byte at `at` only the first digit is typed: its upper half */
    int under;    /**< what was typed there before the half byte; -1: nothing was */
    bool characters; /**< keys go to the characters, not to the digits */
    uint8_t byte[RUN_MAX];
};

#endif
