/* SPDX-License-Identifier: MIT */
/**
 * view, private: the text layout's functions for rows (filter.c). Where there is a filter they know only the lines that it
 * shows, otherwise all. View thread.
 */
#ifndef FOLIO_VIEW_TEXT_FILTER_H
#define FOLIO_VIEW_TEXT_FILTER_H

#include "folio/view/layout/layout.h"

/** As text_holding, among the lines that are shown. */
enum layout_result filtered_holding(const struct canvas *canvas, uint64_t offset, struct row *row);

/** As text_starting. */
enum layout_result filtered_starting(const struct canvas *canvas, uint64_t offset, struct row *row);

/** As text_after. */
enum layout_result filtered_after(const struct canvas *canvas, const struct row *row, struct row *after);

/** As text_before. */
enum layout_result filtered_before(const struct canvas *canvas, const struct row *row, struct row *before);

/** As text_again. */
enum layout_result filtered_again(const struct canvas *canvas, const struct row *row, struct row *again);

#endif
