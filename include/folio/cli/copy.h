/* SPDX-License-Identifier: MIT */
/** cli: copying files to standard output as cat does, when that is no terminal. Main thread; waits for the files. */
#ifndef FOLIO_CLI_COPY_H
#define FOLIO_CLI_COPY_H

#include <stddef.h>

/** Copy the `count` files named in `path`, byte for byte; "-" is standard input. The exit status. */
int cli_copy(char *const *path, size_t count);

#endif
