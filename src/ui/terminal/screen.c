/* SPDX-License-Identifier: MIT */
/**
 * ui: curses. Main thread.
 *
 * newterm writes the string that enters the second screen, and endwin the one that leaves it, whatever one
 * sets. So curses is started with its output on /dev/null, the descriptor is then turned to the terminal, and
 * the strings of entering and leaving are written here: `enter` by us, `leave` by ui/terminal/tty, which does it in a
 * crash too. endwin is never called on the terminal. In the same way the modes of the terminal are set by ui/terminal/tty; curses is
 * only told that they are raw.
 */
#include "folio/ui/terminal/screen.h"

#include "inside.h"

#include "folio/base/text/utf8.h"
#include "folio/ui/terminal/stroke.h"
#include "folio/ui/terminal/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>
/* term.h makes macros of words like these. */
#undef columns
#undef lines

struct screen {
    struct screen_options options;
    SCREEN *curses;
    FILE *out;
    unsigned rows, columns;
    struct screen_ink *paint;
    char byte[UTF8_LENGTH_MAX]; /**< of a character that has not come whole */
    size_t typed;               /**< how many of them */
    char enter[256], leave[256];
};

static const struct {
    const char *capability;
    uint32_t stroke;
} screen_extended[] = {
    {"kLFT5", STROKE_WORD_LEFT},
    {"kRIT5", STROKE_WORD_RIGHT},
};

/** Codes that curses has no name for are given out from here on. */
#define SCREEN_EXTENDED (KEY_MAX - 16)

static const struct {
    int code;
    uint32_t stroke;
} screen_code[] = {
    {KEY_UP, STROKE_UP},
    {KEY_DOWN, STROKE_DOWN},
    {KEY_LEFT, STROKE_LEFT},
    {KEY_RIGHT, STROKE_RIGHT},
    {KEY_HOME, STROKE_HOME},
    {KEY_END, STROKE_END},
    {KEY_PPAGE, STROKE_PAGE_UP},
    {KEY_NPAGE, STROKE_PAGE_DOWN},
    {KEY_DC, STROKE_DELETE},
    {KEY_IC, STROKE_INSERT},
    {KEY_BACKSPACE, 0x7f},
    {KEY_ENTER, '\r'},
    {SCREEN_EXTENDED, STROKE_WORD_LEFT},
    {SCREEN_EXTENDED + 1, STROKE_WORD_RIGHT},
};

/** Copy a string of the terminal without the delays it may name ("$<5>"), behind what is in `out`. */
static void screen_string(char *out, size_t capacity, const char *string)
{
    size_t length = strlen(out);
    if (!string || string == (char *)-1)
        return;
    while (*string != '\0' && length + 1 < capacity) {
        const char *delay = string[0] == '$' && string[1] == '<' ? strchr(string, '>') : NULL;
        if (delay)
            string = delay + 1;
        else
            out[length++] = *string++;
    }
    out[length] = '\0';
}

static void screen_capability(char *out, size_t capacity, const char *name)
{
    screen_string(out, capacity, tigetstr(name));
}

bool screen_able(int out, struct screen_standout *standout, struct error *error)
{
    int known = 0;
    const char *name = getenv("TERM");
    *standout = (struct screen_standout){"", ""};
    if (!name || name[0] == '\0')
        return error_set(error, 0, "TERM is not set");
    if (setupterm(name, out, &known) != OK)
        return error_set(error, 0, "The terminal type %s is not known here", name);
    char move[64] = "";
    screen_capability(move, sizeof move, "cup");
    screen_capability(standout->on, sizeof standout->on, "smso");
    screen_capability(standout->off, sizeof standout->off, "rmso");
    if (standout->off[0] == '\0')
        standout->on[0] = '\0';
    return move[0] != '\0' || error_set(error, 0, "The terminal type %s has no full screen", name);
}

/** The strings that take the screen and give it back, for its size now. */
static void screen_strings(struct screen *screen)
{
    bool alternate = screen->options.alternate;
    screen->enter[0] = screen->leave[0] = '\0';
    if (alternate)
        screen_capability(screen->enter, sizeof screen->enter, "smcup");
    screen_capability(screen->enter, sizeof screen->enter, "smkx");
    char *bottom = tigetstr("cup");
    screen_capability(screen->leave, sizeof screen->leave, "sgr0");
    if (bottom && bottom != (char *)-1)
        screen_string(screen->leave, sizeof screen->leave, tparm(bottom, (long)screen->rows - 1, 0L));
    screen_capability(screen->leave, sizeof screen->leave, "el");
    screen_capability(screen->leave, sizeof screen->leave, "cnorm");
    screen_capability(screen->leave, sizeof screen->leave, "rmkx");
    if (screen->options.mouse) {
        /* Events come in the form that curses expects: its terminfo entry says which. */
        const char *mouse = tigetstr("kmous");
        bool numbers = mouse && mouse != (char *)-1 && strcmp(mouse, "\033[<") == 0;
        screen_string(screen->enter, sizeof screen->enter,
                      numbers ? "\033[?1000h\033[?1006h" : "\033[?1000h");
        screen_string(screen->leave, sizeof screen->leave,
                      numbers ? "\033[?1006l\033[?1000l" : "\033[?1000l");
    }
    if (alternate)
        screen_capability(screen->leave, sizeof screen->leave, "rmcup");
}

/** Past curses, for what it must not know. */
static void screen_write(struct screen *screen, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fileno(screen->out), text, length);
        if (written < 0 && errno != EINTR)
            return;
        text += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
    }
}

/** Take the terminal: modes, second screen, and all of it to be drawn. */
static void screen_take(struct screen *screen)
{
    tty_size(screen->options.out, &screen->rows, &screen->columns);
    screen_strings(screen);
    tty_raw(screen->options.tty, fileno(screen->out), screen->leave);
    screen_write(screen, screen->enter, strlen(screen->enter));
    /* Without a second screen, what is on the first moves up out of sight and is not lost. */
    for (unsigned row = 1; !screen->options.alternate && row < screen->rows; row++)
        screen_write(screen, "\r\n", 2);
    (void)resize_term((int)screen->rows, (int)screen->columns);
    screen_ink_forget(screen->paint);
    clearok(curscr, TRUE);
}

/** Tell curses about keys it has no names for. */
static void screen_keys(void)
{
    for (int i = 0; i < (int)(sizeof screen_extended / sizeof screen_extended[0]); i++) {
        char *string = tigetstr(screen_extended[i].capability);
        if (string && string != (char *)-1)
            define_key(string, SCREEN_EXTENDED + i);
    }
    set_escdelay(25);
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    meta(stdscr, TRUE);
}

/** Start curses on `screen->out`, which is /dev/null for the time. */
static bool screen_start(struct screen *screen, FILE *keys)
{
    use_env(FALSE);
    use_tioctl(FALSE);
    screen->curses = newterm(NULL, screen->out, keys);
    if (!screen->curses) {
        /* The Linux console has no size in its description: curses may look elsewhere, and is told ours afterwards. */
        use_env(TRUE);
        screen->curses = newterm(NULL, screen->out, keys);
        use_env(FALSE);
    }
    if (!screen->curses)
        return false;
    screen_keys();
    screen->paint = screen_ink_open(screen->options.color, screen->options.looks);
    if (!screen->paint)
        return false;
    if (screen->options.mouse) {
        /* All of them: while curses passes over one that was not asked for, it waits for the next key. */
        mousemask(ALL_MOUSE_EVENTS, NULL);
        mouseinterval(0);
    }
    /* Until endwin has been called once, curses sends each row of a picture by itself (6.4, mvcur). */
    endwin();
    refresh();
    /* What curses has to say at its start is still in its buffer, and goes where nobody reads it. */
    beep();
    return true;
}

/** Turn the descriptor of `screen->out` to the terminal; curses must believe that it found it in raw mode. */
static bool screen_attach(struct screen *screen)
{
    if (dup2(screen->options.out, fileno(screen->out)) < 0)
        return false;
    screen_take(screen);
    def_shell_mode();
    raw();
    noecho();
    nonl();
    def_prog_mode();
    return true;
}

struct screen *screen_open(const struct screen_options *options, struct error *error)
{
    struct screen *screen = calloc(1, sizeof *screen);
    int copy = dup(options->tty);
    FILE *keys = copy < 0 ? NULL : fdopen(copy, "r");
    if (!screen || !keys) {
        error_system(error, errno, "Cannot use the terminal");
        goto done;
    }
    screen->options = *options;
    screen->out = fopen("/dev/null", "we");
    if (!screen->out) {
        error_system(error, errno, "Cannot use the terminal");
        goto done;
    }
    if (!screen_start(screen, keys) || !screen_attach(screen)) {
        error_set(error, 0, "The terminal type %s cannot be used", getenv("TERM"));
        goto done;
    }
    return screen;
done:
    if (keys)
        fclose(keys);
    free(screen);
    return NULL;
}

void screen_close(struct screen *screen)
{
    if (screen)
        tty_restore();
}

void screen_resume(struct screen *screen)
{
    screen_take(screen);
}

void screen_size(struct screen *screen, unsigned *rows, unsigned *columns)
{
    unsigned old_rows = screen->rows;
    unsigned old_columns = screen->columns;
    tty_size(screen->options.out, &screen->rows, &screen->columns);
    if (screen->rows != old_rows || screen->columns != old_columns) {
        (void)resize_term((int)screen->rows, (int)screen->columns);
        screen_ink_forget(screen->paint);
        /* Terminals move rows about when they change their size: believe nothing. */
        clearok(curscr, TRUE);
    }
    *rows = screen->rows;
    *columns = screen->columns;
}

void screen_draw(struct screen *screen, const struct frame *frame, const struct strip *strip, unsigned cursor,
                 bool anew)
{
    screen_ink_draw(screen->paint, frame, strip, screen->rows, screen->columns);
    move((int)screen->rows - 1, (int)(cursor < screen->columns ? cursor : screen->columns - 1));
    if (anew)
        clearok(curscr, TRUE);
    refresh();
}

/** A wheel event of the mouse as a key. */
static uint32_t screen_wheel(void)
{
    MEVENT event;
    if (getmouse(&event) != OK)
        return STROKE_NONE;
    return (event.bstate & BUTTON4_PRESSED) != 0   ? STROKE_WHEEL_UP
           : (event.bstate & BUTTON5_PRESSED) != 0 ? STROKE_WHEEL_DOWN
                                                   : STROKE_NONE;
}

/** A code of curses as a key; STROKE_NONE for one that we have no use for. */
static uint32_t screen_code_stroke(int code)
{
    if (code == KEY_MOUSE)
        return screen_wheel();
    if (code >= KEY_F(1) && code <= KEY_F(12))
        return STROKE_F1 + (uint32_t)(code - KEY_F(1));
    for (size_t i = 0; i < sizeof screen_code / sizeof screen_code[0]; i++)
        if (screen_code[i].code == code)
            return screen_code[i].stroke;
    return STROKE_NONE;
}

/**
 * One more byte of a character; STROKE_NONE until it is whole. What can become none is dropped. get_wch would go on
 * collecting behind a wrong byte, and take the next fifteen keys with it.
 */
static uint32_t screen_byte(struct screen *screen, int byte)
{
    if ((byte & 0xc0) != 0x80)
        screen->typed = 0;
    screen->byte[screen->typed++] = (char)byte;
    struct utf8 rune = utf8_decode(screen->byte, screen->typed);
    unsigned char lead = (unsigned char)screen->byte[0];
    if (rune.valid || lead < 0xc2 || lead > 0xf4 || screen->typed == UTF8_LENGTH_MAX)
        screen->typed = 0;
    return rune.valid ? rune.rune : STROKE_NONE;
}

uint32_t screen_key(struct screen *screen)
{
    int code = getch();
    while (code != ERR) {
        uint32_t stroke = code < 0x100 ? screen_byte(screen, code) : screen_code_stroke(code);
        if (stroke != STROKE_NONE)
            return stroke;
        code = getch();
    }
    return STROKE_NONE;
}

void screen_bell(struct screen *screen)
{
    (void)screen;
    beep();
}
