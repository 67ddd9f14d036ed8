/* SPDX-License-Identifier: MIT */
/**
 * model, private: the steps of a path as they are typed (path_step.c). Pure.
 */
#ifndef FOLIO_MODEL_JSON_PATH_STEP_H
#define FOLIO_MODEL_JSON_PATH_STEP_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"

#include <stdbool.h>

/** One step: `.key`, `."a key"`, `["a key"]`, `[3]`, and `[-1]` from the end. */
struct json_step {
    bool index;
    int64_t number;  /**< of the child */
    struct span key; /**< as it stands in the path, escapes and all; of the path */
    bool quoted;     /**< its escapes mean something */
    size_t end;      /**< where the next step begins */
};

/** The step that begins at byte `at` of `path`. False and one sentence where there is none. */
bool json_step_read(const char *path, size_t at, struct json_step *step, struct error *error);

/** Where the first step begins: `.` by itself, and one before a bracket, mean the document. */
size_t json_step_first(const char *path);

#endif
