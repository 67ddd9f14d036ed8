/* SPDX-License-Identifier: MIT */
/**
 * session: names of files as a person types them (names.h), found by a helper, because the folder may be one of a server that
 * does not answer; and waiting for that can be given up.
 */
#ifndef FOLIO_SESSION_FILES_NAMING_H
#define FOLIO_SESSION_FILES_NAMING_H

#include "folio/io/file/names.h"
#include "folio/io/page/patience.h"

/**
 * What `text` names: all of that (names_all) or one file (names_one), which is the only one in `out` then. Waits as long as
 * `patience` lasts. False and one sentence otherwise. View thread.
 */
bool naming_await(const char *text, bool several, const struct names_known *known, struct patience patience,
                  struct names *out, struct error *error);

#endif
