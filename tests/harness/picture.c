/* SPDX-License-Identifier: MIT */
/*
 * tests: cells to pixels. Each cell is drawn at its own place, whatever width the font gives its glyph, as terminals
 * do; box drawing therefore joins, and a character that the font lacks costs only its own cell.
 */
#include "harness/picture.h"

#include "harness/terminal_look.h"

#include <cairo.h>
#include <stdint.h>

enum { FONT_SIZE = 15 };

static const int margin = 10;

static const char font[] = "DejaVu Sans Mono";

struct picture {
    cairo_t *cairo;
    double width, height, ascent; /**< of a cell, in pixels */
};

static void color_use(cairo_t *cairo, uint32_t rgb)
{
    cairo_set_source_rgb(cairo, (rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0);
}

static void font_use(cairo_t *cairo, const struct terminal_cell *cell)
{
    cairo_select_font_face(cairo, font, cell->italic ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL,
                           cell->bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo, FONT_SIZE);
}

/** The size of a cell is the font's; measured on a surface that is thrown away. */
static void picture_measure(struct picture *picture)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1);
    cairo_t *cairo = cairo_create(surface);
    cairo_font_extents_t extents;
    font_use(cairo, &(struct terminal_cell){0});
    cairo_font_extents(cairo, &extents);
    picture->width = (int)(extents.max_x_advance + 0.5);
    picture->height = (int)(extents.height + 1.5);
    picture->ascent = (int)(extents.ascent + 0.5);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

static void cell_draw(const struct picture *picture, const struct terminal_cell *cell, int row, int column,
                      bool cursor)
{
    double x = margin + column * picture->width, y = margin + row * picture->height;
    bool reverse = cell->reverse != cursor;
    uint32_t ink = reverse ? cell->background_rgb : cell->foreground_rgb;
    uint32_t paper = reverse ? cell->foreground_rgb : cell->background_rgb;
    color_use(picture->cairo, paper);
    cairo_rectangle(picture->cairo, x, y, picture->width * cell->width, picture->height);
    cairo_fill(picture->cairo);
    color_use(picture->cairo, ink);
    if (cell->underline) {
        cairo_rectangle(picture->cairo, x, y + picture->ascent + 2, picture->width * cell->width, 1);
        cairo_fill(picture->cairo);
    }
    font_use(picture->cairo, cell);
    cairo_move_to(picture->cairo, x, y + picture->ascent);
    cairo_show_text(picture->cairo, cell->text);
}

static void cells_draw(const struct picture *picture, const struct terminal *terminal)
{
    int rows, columns, cursor_row, cursor_column;
    bool cursor = terminal_cursor(terminal, &cursor_row, &cursor_column);
    terminal_size(terminal, &rows, &columns);
    for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
            struct terminal_cell cell = terminal_cell(terminal, row, column);
            bool here = cursor && row == cursor_row && column == cursor_column;
            if (cell.width > 0)
                cell_draw(picture, &cell, row, column, here);
        }
    }
}

bool picture_write(const struct terminal *terminal, const char *path, struct error *error)
{
    struct picture picture = {0};
    int rows, columns;
    cairo_surface_t *surface;
    cairo_status_t status;
    picture_measure(&picture);
    terminal_size(terminal, &rows, &columns);
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(columns * picture.width) + 2 * margin,
                                         (int)(rows * picture.height) + 2 * margin);
    picture.cairo = cairo_create(surface);
    color_use(picture.cairo, terminal_cell(terminal, 0, 0).background_rgb);
    cairo_paint(picture.cairo);
    cells_draw(&picture, terminal);
    status = cairo_surface_write_to_png(surface, path);
    cairo_destroy(picture.cairo);
    cairo_surface_destroy(surface);
    return status == CAIRO_STATUS_SUCCESS ||
           error_set(error, 0, "%s: %s", path, cairo_status_to_string(status));
}
