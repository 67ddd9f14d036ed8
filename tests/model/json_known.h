/* SPDX-License-Identifier: MIT */
/**
 * tests: a JSON file whose brackets have been surveyed. One thread.
 */
#ifndef FOLIO_TESTS_MODEL_JSON_KNOWN_H
#define FOLIO_TESTS_MODEL_JSON_KNOWN_H

#include "model/sample.h"
#include "test.h"

#include "folio/model/json/nesting.h"

/** A file whose brackets are known. */
struct known {
    struct sample sample;
    struct nesting *nesting;
};

static inline void known_open(struct known *known, char *data, size_t length)
{
    struct error error;
    sample_open(&known->sample, data, length);
    known->nesting = nesting_open(known->sample.survey, true, &error);
    assert_non_null(known->nesting);
    survey_start(known->sample.survey);
    for (int tries = 0; tries < 60000 && !nesting_progress(known->nesting).complete; tries++)
        sample_sleep(1);
    assert_true(nesting_progress(known->nesting).complete);
}

static inline void known_close(struct known *known)
{
    nesting_close(known->nesting);
    sample_close(&known->sample);
}

#endif
