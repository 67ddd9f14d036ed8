/* SPDX-License-Identifier: MIT */
/** ui, private: all that needs no screen (launch.c). UI thread. */
#ifndef FOLIO_UI_APP_LAUNCH_H
#define FOLIO_UI_APP_LAUNCH_H

#include "folio/ui/app/inside.h"

/** Copy the files to standard output. The exit status. */
int launch_copy(const struct options *options);

/** Print the files row by row, harmless, and leave. */
void launch_print(struct app *app) __attribute__((noreturn));

/** Wait until a screen is needed; leaves where everything fits and was asked to be printed (-F). */
void launch_wait(struct app *app);

#endif
