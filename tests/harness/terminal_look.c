/* SPDX-License-Identifier: MIT */
/* tests: the cells of a terminal, translated from libvterm's. */
#include "harness/terminal_look.h"

#include "harness/terminal_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void terminal_size(const struct terminal *terminal, int *rows, int *columns)
{
    *rows = terminal->rows;
    *columns = terminal->columns;
}

static size_t utf8_put(uint32_t code, char *to)
{
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        to[0] = (char)(0xc0 | code >> 6);
        to[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        to[0] = (char)(0xe0 | code >> 12);
        to[1] = (char)(0x80 | (code >> 6 & 0x3f));
        to[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    to[0] = (char)(0xf0 | (code >> 18 & 7));
    to[1] = (char)(0x80 | (code >> 12 & 0x3f));
    to[2] = (char)(0x80 | (code >> 6 & 0x3f));
    to[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

static bool is_right_half(const VTermScreenCell *cell)
{
    return cell->chars[0] == UINT32_MAX;
}

static int color_number(const VTermColor *color, bool is_default)
{
    if (is_default)
        return TERMINAL_COLOR_DEFAULT;
    return VTERM_COLOR_IS_INDEXED(color) ? color->indexed.idx : TERMINAL_COLOR_RGB;
}

static uint32_t color_rgb(const struct terminal *terminal, VTermColor color)
{
    vterm_screen_convert_color_to_rgb(terminal->screen, &color);
    return (uint32_t)color.rgb.red << 16 | (uint32_t)color.rgb.green << 8 | color.rgb.blue;
}

static void attributes_take(const struct terminal *terminal, const VTermScreenCell *from,
                            struct terminal_cell *to)
{
    to->reverse = from->attrs.reverse;
    to->bold = from->attrs.bold;
    to->underline = from->attrs.underline != 0;
    to->italic = from->attrs.italic;
    to->foreground = color_number(&from->fg, VTERM_COLOR_IS_DEFAULT_FG(&from->fg));
    to->background = color_number(&from->bg, VTERM_COLOR_IS_DEFAULT_BG(&from->bg));
    to->foreground_rgb = color_rgb(terminal, from->fg);
    to->background_rgb = color_rgb(terminal, from->bg);
}

struct terminal_cell terminal_cell(const struct terminal *terminal, int row, int column)
{
    struct terminal_cell cell = {
        .width = 1, .foreground = TERMINAL_COLOR_DEFAULT, .background = TERMINAL_COLOR_DEFAULT};
    VTermScreenCell from;
    size_t length = 0;
    if (!vterm_screen_get_cell(terminal->screen, (VTermPos){.row = row, .col = column}, &from))
        return cell;
    if (is_right_half(&from) && column > 0) {
        cell = terminal_cell(terminal, row, column - 1);
        cell.text[0] = '\0';
        cell.width = 0;
        return cell;
    }
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && from.chars[i]; i++)
        length += utf8_put(from.chars[i], cell.text + length);
    cell.text[length] = '\0';
    cell.width = from.width;
    attributes_take(terminal, &from, &cell);
    /* An erased cell has colours only: all that libvterm 0.3 leaves there, while 0.1 leaves every attribute. */
    if (length == 0)
        cell.bold = cell.underline = cell.italic = false;
    return cell;
}

size_t terminal_row(const struct terminal *terminal, int row, char *buffer, size_t size)
{
    int rows, columns;
    size_t length = 0, shown = 0;
    terminal_size(terminal, &rows, &columns);
    for (int column = 0; column < columns && row < rows; column++) {
        struct terminal_cell cell = terminal_cell(terminal, row, column);
        const char *text = cell.text[0] ? cell.text : " ";
        size_t more = strlen(text);
        if (cell.width == 0)
            continue;
        if (length + more >= size)
            break;
        memcpy(buffer + length, text, more);
        length += more;
        if (strcmp(text, " ") != 0)
            shown = length;
    }
    buffer[shown] = '\0';
    return shown;
}

bool terminal_cursor(const struct terminal *terminal, int *row, int *column)
{
    VTermPos where;
    vterm_state_get_cursorpos(vterm_obtain_state(terminal->vterm), &where);
    *row = where.row;
    *column = where.col;
    return terminal->cursor_visible;
}

bool terminal_alternate(const struct terminal *terminal)
{
    return terminal->alternate;
}

bool terminal_shows(const struct terminal *terminal, const char *needle)
{
    int rows, columns;
    size_t size;
    char *text;
    bool found = false;
    terminal_size(terminal, &rows, &columns);
    size = (size_t)columns * 25 + 1;
    text = malloc(size);
    if (!text)
        abort();
    for (int row = 0; row < rows && !found; row++) {
        terminal_row(terminal, row, text, size);
        found = strstr(text, needle) != NULL;
    }
    free(text);
    return found;
}

bool terminal_stopped(const struct terminal *terminal)
{
    char path[64], text[512] = "";
    const char *behind_name;
    FILE *file;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)terminal->program);
    file = fopen(path, "re");
    if (!file)
        return false;
    if (!fgets(text, sizeof text, file))
        text[0] = '\0';
    fclose(file);
    behind_name = strrchr(text, ')');
    return behind_name && (strncmp(behind_name, ") T", 3) == 0);
}

const char *terminal_raw(const struct terminal *terminal, size_t *size)
{
    *size = terminal->raw.size;
    return terminal->raw.data ? terminal->raw.data : "";
}
