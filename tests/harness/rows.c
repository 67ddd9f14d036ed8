/* SPDX-License-Identifier: MIT */
/* tests: rows of a screen as text. */
#include "harness/rows.h"

#include "harness/terminal_look.h"

#include <stdlib.h>
#include <string.h>

enum { BYTES_A_COLUMN = 25 };

bool row_matches(const char *pattern, const char *text)
{
    const char *star = strstr(pattern, "{*}");
    size_t literal = star ? (size_t)(star - pattern) : strlen(pattern);
    if (strncmp(pattern, text, literal) != 0)
        return false;
    if (!star)
        return text[literal] == '\0';
    for (text += literal;; text++) {
        if (row_matches(star + 3, text))
            return true;
        if (*text == '\0')
            return false;
    }
}

static char attribute_letter(const struct terminal_cell *cell)
{
    static const char letters[] = ".BUXRbux";
    int which = (cell->bold ? 1 : 0) | (cell->underline ? 2 : 0) | (cell->reverse ? 4 : 0);
    if (which)
        return letters[which];
    if (cell->foreground == TERMINAL_COLOR_RGB || cell->background == TERMINAL_COLOR_RGB)
        return 'T';
    if (cell->foreground >= 0 && cell->foreground <= 7)
        return (char)('0' + cell->foreground);
    return cell->foreground != TERMINAL_COLOR_DEFAULT || cell->background != TERMINAL_COLOR_DEFAULT ? 'C'
                                                                                                    : '.';
}

static void attributes_read(const struct terminal *terminal, int row, int columns, char *buffer)
{
    size_t shown = 0;
    for (int column = 0; column < columns; column++) {
        struct terminal_cell cell = terminal_cell(terminal, row, column);
        buffer[column] = attribute_letter(&cell);
        if (buffer[column] != '.')
            shown = (size_t)column + 1;
    }
    buffer[shown] = '\0';
}

char *row_read(const struct terminal *terminal, enum row_aspect aspect, int row)
{
    int rows, columns;
    size_t size;
    char *text;
    terminal_size(terminal, &rows, &columns);
    size = (size_t)columns * BYTES_A_COLUMN + 1;
    text = malloc(size);
    if (!text)
        abort();
    if (aspect == ROW_ATTRIBUTES)
        attributes_read(terminal, row, columns, text);
    else
        terminal_row(terminal, row, text, size);
    return text;
}

void screen_print(const struct terminal *terminal, FILE *to)
{
    int rows, columns, row, column;
    bool visible;
    terminal_size(terminal, &rows, &columns);
    fprintf(to, "    the screen (%dx%d):\n", rows, columns);
    for (int i = 0; i < rows; i++) {
        char *text = row_read(terminal, ROW_TEXT, i);
        fprintf(to, "%4d  |%s\n", i + 1, text);
        free(text);
    }
    visible = terminal_cursor(terminal, &row, &column);
    fprintf(to, "    cursor %s at %d,%d, %s screen\n", visible ? "shown" : "hidden", row + 1, column + 1,
            terminal_alternate(terminal) ? "alternate" : "normal");
}
