/* SPDX-License-Identifier: MIT */
/** tests: a terminal's cells as a PNG, with cairo and a fixed font; no X, the same cells that tests compare. */
#ifndef FOLIO_TESTS_PICTURE_H
#define FOLIO_TESTS_PICTURE_H

#include "harness/terminal.h"

/** Draw the screen of `terminal` into the file `path`. False and `error` if it cannot be written. */
bool picture_write(const struct terminal *terminal, const char *path, struct error *error);

#endif
