/* SPDX-License-Identifier: MIT */
/**
 * tests: rows of a screen as text and as letters for attributes, and how an expected row matches one.
 *
 * Values only; the thread of the terminal.
 */
#ifndef FOLIO_TESTS_ROWS_H
#define FOLIO_TESTS_ROWS_H

#include "harness/terminal.h"

#include <stdbool.h>
#include <stdio.h>

/** What an expectation says of a row. */
enum row_aspect { ROW_TEXT, ROW_ATTRIBUTES };

/**
 * Row `row` (from 0) as an expectation would write it, with trailing blanks, or cells without attributes, cut. A cell
 * has one letter: B bold, U underlined, X both; R reverse, and with it b, u, x; else 0 to 7 its colour from the
 * palette, C any other colour, and a full stop. The caller frees it.
 */
char *row_read(const struct terminal *terminal, enum row_aspect aspect, int row);

/** Does `text` match `pattern`, in which {*} stands for anything? */
bool row_matches(const char *pattern, const char *text);

/** Print the whole screen, numbered, with cursor and mode, for a person who looks for a fault. */
void screen_print(const struct terminal *terminal, FILE *to);

#endif
