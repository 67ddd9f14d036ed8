/* SPDX-License-Identifier: MIT */
/**
 * view, private: the text layout, giving cells of a drawn row another style: what was searched for (hits.c), what is
 * only tried (edits.c), the word for a level (level.c). View thread.
 */
#ifndef FOLIO_VIEW_TEXT_PAINT_H
#define FOLIO_VIEW_TEXT_PAINT_H

#include "folio/view/layout/layout.h"

/** Give the search hits among the drawn cells, whose bytes are [from, until), their style. True: there is one. */
bool text_highlight(const struct canvas *canvas, const struct row *row, struct cell *cell, unsigned columns,
                    uint64_t from, uint64_t until);

/** The same for the patterns that are highlighted, where the search has no hits. */
void text_highlight_others(const struct canvas *canvas, const struct row *row, struct cell *cell,
                           unsigned columns, uint64_t from, uint64_t until);

/** Mark the cells that would look otherwise without an edit in the sandbox; `cell` are the row's, `columns` of them. */
void text_edits(const struct canvas *canvas, const struct row *row, struct cell *cell, unsigned columns);

/** Give the word for the line's level its style, where neither a hit nor the file has given one. */
void text_level(const struct canvas *canvas, const struct row *row, struct cell *cell, unsigned columns);

#endif
