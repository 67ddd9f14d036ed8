/* SPDX-License-Identifier: MIT */
/** view, private: the text layout, runs of empty lines as one (squeeze.c). View thread. */
#ifndef FOLIO_VIEW_TEXT_SQUEEZE_H
#define FOLIO_VIEW_TEXT_SQUEEZE_H

#include "folio/view/layout/layout.h"

/** Is the row an empty line, but for CR? */
bool squeeze_empty(const struct canvas *canvas, const struct row *row);

/** Let the empty row stand for the empty lines that follow it, too. */
void squeeze_after(const struct canvas *canvas, struct row *row);

/** The start of the run of empty lines in which the empty line at `begin` lies. */
uint64_t squeeze_begin(const struct canvas *canvas, uint64_t begin);

#endif
