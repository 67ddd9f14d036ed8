/* SPDX-License-Identifier: MIT */
/**
 * ui: cells as curses wants them: attributes, and colours by pairs. Main thread.
 *
 * What a cell looks like is an ink in every case: that of its style (a look: hits, controls, numbers), which wins, or
 * that of the file where the style is plain text. An ink becomes attributes and two colours of this terminal (tint.h), and
 * the colours a pair (ui/terminal/palette).
 *
 * curses looks through the whole screen when a pair gets other colours, so many of them in one picture would cost
 * a tenth of a second. When a picture has made PAINT_TAKEN pairs stand for something else, all pairs are given up at
 * once and all rows are sent anew, which is as fast as any first picture.
 *
 * Rows that look as they did are not given to curses again: the cells last given are kept, but for rows in which one has
 * marks. Their pairs are on the screen and are kept before any row that changed asks for one.
 */
#include "inside.h"
#include "tint.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>
/* term.h makes macros of words like these. */
#undef columns
#undef lines

/** The most pairs there is use for: a screen of 200 times 50 cells, all different, and a few such before it. */
#define PAINT_PAIRS 32767
/** curses moves its table whenever it grows; from this pair on it gets all its room at once. */
#define PAINT_RESERVE 512
/** So many pairs of a picture may take those of earlier ones. */
#define PAINT_TAKEN 32

/** A cell as curses has it. Small, for there is one for each of the screen; of its marks nothing is kept. */
struct paint_cell {
    uint32_t rune;
    struct ink ink;
    uint16_t pair;
    uint8_t rune_count, style;
};

struct paint_state {
    bool known; /**< the row of `kept` is what curses has */
    bool bar;   /**< as the strip's */
    bool same;  /**< it stays as it is */
};

/** Attributes and a pair. */
struct paint {
    attr_t attribute;
    unsigned pair;
};

struct screen_ink {
    struct tints tints;
    struct pairs pairs;
    struct looks looks;
    bool reserved;           /**< curses has room for all pairs */
    unsigned taken;          /**< pairs of this picture that stood for something else */
    unsigned rows, columns;  /**< of `kept` */
    struct paint_cell *kept; /**< rows * columns cells as curses has them; NULL when memory is short */
    struct paint_state *row; /**< and of each row, what is known of it */
    cchar_t *cell;           /**< one row for curses */
    struct ink last_ink;     /**< runs of cells look the same */
    struct paint last;
    bool last_known, last_own;
};

static bool paint_has(const char *capability)
{
    const char *string = tigetstr(capability);
    return string && string != (char *)-1;
}

/**
 * curses has no attribute for struck text. But it has one for invisible text, which is never drawn here: where the
 * terminal's string for all attributes has the usual form, that one is made to strike, in place, because curses keeps
 * it where only tigetstr finds it. False where that does not come out.
 */
static bool paint_strike(void)
{
    static const char invisible[] = "%?%p7%t;8%;";
    bool usual = paint_has("smxx") && strcmp(tigetstr("smxx"), "\033[9m") == 0 && paint_has("sgr");
    char *all = usual ? tigetstr("sgr") : NULL;
    char *found = usual && (termattrs() & A_INVIS) != 0 ? strstr(all, invisible) : NULL;
    if (!found)
        return false;
    found[8] = '9';
    const char *made = tparm(tigetstr("sgr"), 0L, 0L, 0L, 0L, 0L, 0L, 1L, 0L, 0L);
    return made && strstr(made, ";9");
}

struct screen_ink *screen_ink_open(bool color, const struct looks *looks)
{
    struct screen_ink *paint = calloc(1, sizeof *paint);
    if (!paint)
        return NULL;
    paint->looks = *looks;
    color = color && has_colors() && start_color() == OK;
    paint->tints = tints_of_terminal(color);
    paint->tints.strike = paint_strike();
    int pairs = color && use_default_colors() == OK ? COLOR_PAIRS - 1 : 0;
    pairs_init(&paint->pairs, pairs < 0 ? 0 : pairs < PAINT_PAIRS ? (unsigned)pairs : PAINT_PAIRS);
    return paint;
}

void screen_ink_forget(struct screen_ink *paint)
{
    paint->rows = paint->columns = 0;
}

/** Room for a picture of another size. False when memory is short: this picture is left out. */
static bool paint_resize(struct screen_ink *paint, unsigned rows, unsigned columns)
{
    if (paint->cell && rows == paint->rows && columns == paint->columns)
        return true;
    free(paint->kept);
    free(paint->row);
    free(paint->cell);
    paint->rows = rows;
    paint->columns = columns;
    paint->kept = calloc((size_t)rows * columns, sizeof *paint->kept);
    paint->row = calloc(rows, sizeof *paint->row);
    paint->cell = calloc((size_t)columns + 1, sizeof *paint->cell);
    if (!paint->kept || !paint->row || !paint->cell) {
        free(paint->cell);
        paint->cell = NULL;
        return false;
    }
    return true;
}

/** Attributes as curses has them; the one for struck text is borrowed (paint_strike). */
static const struct {
    unsigned flag;
    attr_t attribute;
} paint_attributes[] = {
    {INK_BOLD, A_BOLD},   {INK_DIM, A_DIM},      {INK_ITALIC, A_ITALIC},   {INK_UNDERLINE, A_UNDERLINE},
    {INK_BLINK, A_BLINK}, {INK_STRIKE, A_INVIS}, {INK_REVERSE, A_REVERSE}, {TINT_STANDOUT, A_STANDOUT},
};

static attr_t paint_attribute(unsigned flags)
{
    attr_t attribute = A_NORMAL;
    for (size_t i = 0; i < sizeof paint_attributes / sizeof paint_attributes[0]; i++)
        attribute |= (flags & paint_attributes[i].flag) != 0 ? paint_attributes[i].attribute : A_NORMAL;
    return attribute;
}

/** Make a pair stand for its colours in curses too. */
static bool paint_pair_init(struct screen_ink *paint, unsigned number, int foreground, int background)
{
    if (number >= PAINT_RESERVE && !paint->reserved) {
        paint->reserved = true;
        (void)init_extended_pair((int)paint->pairs.capacity, -1, -1);
    }
    return init_extended_pair((int)number, foreground, background) == OK;
}

/** The pair for these colours. Where there is none, the background is given up first. */
static unsigned paint_pair(struct screen_ink *paint, int foreground, int background)
{
    enum pairs_found found;
    unsigned number = pairs_find(&paint->pairs, foreground, background, &found);
    if (number == 0 && foreground != PALETTE_OWN && background != PALETTE_OWN)
        number = pairs_find(&paint->pairs, foreground, background = PALETTE_OWN, &found);
    paint->taken += found == PAIRS_TAKEN && number != 0;
    if (number != 0 && found != PAIRS_KNOWN && !paint_pair_init(paint, number, foreground, background))
        return 0;
    return number;
}

/** What an ink is in curses. */
static struct paint paint_make(struct screen_ink *paint, const struct ink *ink, bool own)
{
    struct tint tint = tint_make(&paint->tints, ink, own);
    return (struct paint){.attribute = paint_attribute(tint.flags),
                          .pair = paint_pair(paint, tint.foreground, tint.background)};
}

/** The ink that counts for a cell, and whether it is a look. */
static struct ink paint_ink(const struct screen_ink *paint, const struct cell *cell, bool bar, bool *own)
{
    *own = bar || cell->style != STYLE_TEXT;
    if (!bar)
        return *own ? paint->looks.ink[cell->style] : cell->ink;
    /* On the bar, which is reversed, controls are what else is not. */
    if (cell->style == STYLE_CONTROL || cell->style == STYLE_WARNING)
        return (struct ink){.flags = INK_BOLD | INK_UNDERLINE};
    return paint->looks.ink[LOOK_STATUS];
}

static struct paint paint_cell_look(struct screen_ink *paint, const struct cell *cell, bool bar)
{
    bool own;
    struct ink ink = paint_ink(paint, cell, bar, &own);
    if (!paint->last_known || own != paint->last_own || !ink_same(ink, paint->last_ink)) {
        paint->last = paint_make(paint, &ink, own);
        paint->last_ink = ink;
        paint->last_own = own;
        paint->last_known = true;
    }
    return paint->last;
}

static const struct cell paint_blank = {.rune = {' '}, .rune_count = 1, .style = STYLE_TEXT};

/** The cells of a row: `count` of them, and blanks behind. */
struct paint_row {
    const struct cell *cell;
    unsigned count;
    bool bar;
};

static const struct cell *paint_at(const struct paint_row *row, unsigned column)
{
    return column < row->count ? &row->cell[column] : &paint_blank;
}

static struct paint_row paint_row_of(const struct screen_ink *paint, const struct frame *frame,
                                     const struct strip *strip, unsigned row)
{
    if (row + strip->rows >= paint->rows) {
        unsigned number = row + strip->rows - paint->rows;
        return (struct paint_row){strip->cell + (size_t)number * strip->columns, strip->columns, strip->bar};
    }
    if (!frame || row >= frame->rows)
        return (struct paint_row){NULL, 0, false};
    return (struct paint_row){frame->cell + (size_t)row * frame->columns, frame->columns, false};
}

static bool paint_cell_same(const struct paint_cell *kept, const struct cell *cell)
{
    return kept->rune_count == cell->rune_count && kept->style == cell->style &&
           (kept->rune_count == 0 || kept->rune == cell->rune[0]) && ink_same(kept->ink, cell->ink);
}

/** Does curses have this row already? Then its pairs are kept. */
static bool paint_row_same(struct screen_ink *paint, unsigned number, const struct paint_row *row)
{
    const struct paint_cell *kept = &paint->kept[(size_t)number * paint->columns];
    if (!paint->row[number].known || paint->row[number].bar != row->bar)
        return false;
    for (unsigned column = 0; column < paint->columns; column++)
        if (!paint_cell_same(&kept[column], paint_at(row, column)))
            return false;
    for (unsigned column = 0; column < paint->columns; column++)
        pairs_keep(&paint->pairs, kept[column].pair);
    return true;
}

/** One cell for curses. A wide character that does not fit any more becomes a blank. */
static void paint_cell(const struct cell *cell, bool cut, struct paint look, cchar_t *out)
{
    wchar_t text[1 + GLYPH_MARK_MAX + 1] = L" ";
    int pair = (int)look.pair;
    for (unsigned i = 0; i < cell->rune_count && !cut; i++) {
        text[i] = (wchar_t)cell->rune[i];
        text[i + 1] = L'\0';
    }
    setcchar(out, text, look.attribute, 0, &pair);
}

static void paint_row(struct screen_ink *paint, unsigned number, const struct paint_row *row)
{
    struct paint_cell *kept = &paint->kept[(size_t)number * paint->columns];
    struct paint_state *state = &paint->row[number];
    int used = 0;
    *state = (struct paint_state){.known = true, .bar = row->bar};
    for (unsigned column = 0; column < paint->columns; column++) {
        const struct cell *cell = paint_at(row, column);
        bool cut =
            column + 1 == paint->columns && column + 1 < row->count && row->cell[column + 1].rune_count == 0;
        struct paint look = {0};
        /* Nothing is drawn for the rest of a wide character. */
        if (cell->rune_count > 0) {
            look = paint_cell_look(paint, cell, row->bar);
            paint_cell(cell, cut, look, &paint->cell[used++]);
        }
        kept[column] = (struct paint_cell){.rune = cell->rune[0],
                                           .ink = cell->ink,
                                           .pair = (uint16_t)look.pair,
                                           .rune_count = cell->rune_count,
                                           .style = cell->style};
        state->known = state->known && cell->rune_count <= 1;
    }
    mvwadd_wchnstr(newscr, (int)number, 0, paint->cell, used);
}

/** Draw the rows that changed. False when so many pairs were taken that it is better to begin anew. */
static bool paint_rows(struct screen_ink *paint, const struct frame *frame, const struct strip *strip)
{
    paint->taken = 0;
    paint->last_known = false;
    pairs_begin(&paint->pairs);
    for (unsigned number = 0; number < paint->rows; number++) {
        struct paint_row row = paint_row_of(paint, frame, strip, number);
        paint->row[number].same = paint_row_same(paint, number, &row);
    }
    for (unsigned number = 0; number < paint->rows; number++) {
        struct paint_row row = paint_row_of(paint, frame, strip, number);
        if (!paint->row[number].same)
            paint_row(paint, number, &row);
        if (paint->taken > PAINT_TAKEN)
            return false;
    }
    return true;
}

void screen_ink_draw(struct screen_ink *paint, const struct frame *frame, const struct strip *strip,
                     unsigned rows, unsigned columns)
{
    if (!paint_resize(paint, rows, columns))
        return;
    if (!paint_rows(paint, frame, strip)) {
        pairs_clear(&paint->pairs);
        reset_color_pairs();
        paint->reserved = false;
        /* It wants the screen cleared; drawing over all of it does not flicker. */
        clearok(curscr, FALSE);
        redrawwin(newscr);
        memset(paint->row, 0, rows * sizeof *paint->row);
        (void)paint_rows(paint, frame, strip);
    }
}
