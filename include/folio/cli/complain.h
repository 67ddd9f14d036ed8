/* SPDX-License-Identifier: MIT */
/** cli: what went wrong, on standard error. Main thread. */
#ifndef FOLIO_CLI_COMPLAIN_H
#define FOLIO_CLI_COMPLAIN_H

#include "folio/base/bytes/error.h"

/** Print "folio: " and the message of `error`, in which nothing can harm a terminal. */
void cli_complain(const struct error *error);

/** Print "folio: " and `text`, in which there is nothing harmful already. */
void cli_complain_text(const char *text);

#endif
