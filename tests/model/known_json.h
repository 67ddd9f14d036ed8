/* SPDX-License-Identifier: MIT */
/** tests: a file whose brackets are known. */
#ifndef FOLIO_TESTS_MODEL_KNOWN_JSON_H
#define FOLIO_TESTS_MODEL_KNOWN_JSON_H

#include "model/sample.h"

#include "folio/model/json/nesting.h"

struct known {
    struct sample sample;
    struct nesting *nesting;
};

/** Open a file with this content, malloc'd and taken over, and wait for its brackets. */
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
