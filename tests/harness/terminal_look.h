/* SPDX-License-Identifier: MIT */
/**
 * tests: what a terminal shows.
 *
 * Nothing here reads from the program: the cells are as the last call of terminal_wait.h left them. Rows and columns
 * count from 0. The thread of the terminal.
 */
#ifndef FOLIO_TESTS_TERMINAL_LOOK_H
#define FOLIO_TESTS_TERMINAL_LOOK_H

#include "harness/terminal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** In place of a palette index. */
enum { TERMINAL_COLOR_DEFAULT = -1, TERMINAL_COLOR_RGB = -2 };

/** One cell. The right half of a wide character has width 0, no text, and the attributes of the left half. */
struct terminal_cell {
    char text[32]; /**< UTF-8 with its combining marks; "" where nothing was ever written */
    int width;     /**< columns it covers */
    bool reverse, bold, underline, italic;
    int foreground, background;              /**< palette index 0..255, or one of the two above */
    uint32_t foreground_rgb, background_rgb; /**< 0xRRGGBB, reverse not applied */
};

/** The size in cells, as libvterm has it. */
void terminal_size(const struct terminal *terminal, int *rows, int *columns);

/**
 * The text of a row as UTF-8, with trailing blanks cut, into `buffer` (always terminated; cut if too small: 25 bytes
 * a column are enough). Returns its length in bytes; "" for a row that does not exist.
 */
size_t terminal_row(const struct terminal *terminal, int row, char *buffer, size_t size);

/** One cell; a cell outside is blank. */
struct terminal_cell terminal_cell(const struct terminal *terminal, int row, int column);

/** Where the cursor is; returns whether it is visible. */
bool terminal_cursor(const struct terminal *terminal, int *row, int *column);

/** Is the alternate screen on? */
bool terminal_alternate(const struct terminal *terminal);

/** Does `needle` stand in one of the rows? */
bool terminal_shows(const struct terminal *terminal, const char *needle);

/** Is the program stopped (SIGTSTP, SIGSTOP)? Asks the kernel. */
bool terminal_stopped(const struct terminal *terminal);

/** Every byte the program has written, in order; borrowed until the next wait. `size` is their number. */
const char *terminal_raw(const struct terminal *terminal, size_t *size);

#endif
