/* SPDX-License-Identifier: MIT */
/**
 * ui: curses. Main thread.
 *
 * newterm writes the string that enters the second screen, and endwin the one that leaves it, whatever one
 * sets. So curses is started with its output on /dev/null, the descriptor is then turned to the terminal, and
 * the strings of entering and leaving are written here: `enter` by us, `leave` by ui/terminal/tty, which does it in a
 * crash too. endwin is never called on the terminal. In the same way the modes of the terminal are set by
 * ui/terminal/tty; curses is only told that they are raw.
 */
#include "folio/ui/terminal/screen.h"

#include "direct.h"
#include "inside.h"

#include "folio/ui/terminal/relative.h"
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
    struct screen_input *input;
    char enter[256], leave[256];
};

static void screen_capability(char *out, size_t capacity, const char *name)
{
    screen_string(out, capacity, tigetstr(name));
}

/** The type that setupterm was given last, which is the one to draw for: another than $TERM where that is not known. */
static char screen_type[64];

/** Is the type known, and does it move its cursor? Then curses is told of it. */
static bool screen_known(const char *type, int out, bool *moves)
{
    char move[64] = "";
    if (!direct_setup(type, out))
        return false;
    screen_capability(move, sizeof move, "cup");
    *moves = move[0] != '\0';
    snprintf(screen_type, sizeof screen_type, "%s", type);
    return true;
}

/** Take the nearest relative that is known in place of $TERM. */
static bool screen_relative(const char *name, int out, struct error *error)
{
    char room[64];
    bool moves = false;
    const char *type = relative_type(name, 0, room, sizeof room);
    for (unsigned number = 0; type && !moves; type = relative_type(name, ++number, room, sizeof room))
        if (screen_known(type, out, &moves) && moves)
            error_set(error, 0, "The terminal type %s is not known here; taken for %s", name, type);
    return moves || error_set(error, 0, "The terminal type %s is not known here", name);
}

bool screen_able(int out, struct screen_standout *standout, struct error *error)
{
    const char *name = getenv("TERM");
    bool moves = false;
    error_clear(error);
    *standout = (struct screen_standout){"", ""};
    if (!name || name[0] == '\0')
        return error_set(error, 0, "TERM is not set");
    if (!screen_known(name, out, &moves) && !screen_relative(name, out, error))
        return false;
    moves = moves || error->message[0] != '\0';
    (void)direct_begin(screen_type, out);
    screen_capability(standout->on, sizeof standout->on, "smso");
    screen_capability(standout->off, sizeof standout->off, "rmso");
    if (standout->off[0] == '\0')
        standout->on[0] = '\0';
    return moves || error_set(error, 0, "The terminal type %s has no full screen", name);
}

/**
 * Does the terminal read ECMA-48, so that it passes over modes that it does not know? readline asks all but dumb ones to
 * say what is pasted; a terminal that moves its cursor in another way would write the letters of it.
 */
static bool screen_modes(const char *move)
{
    return move && move != (char *)-1 && strncmp(move, "\033[", 2) == 0;
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
        /* Terminals that do not know the numbers of 1006 report in the old way. */
        screen_string(screen->enter, sizeof screen->enter, "\033[?1000h\033[?1006h");
        screen_string(screen->leave, sizeof screen->leave, "\033[?1006l\033[?1000l");
    }
    if (screen_modes(bottom)) {
        screen_string(screen->enter, sizeof screen->enter, "\033[?2004h");
        screen_string(screen->leave, sizeof screen->leave, "\033[?2004l");
    }
    if (alternate)
        screen_capability(screen->leave, sizeof screen->leave, "rmcup");
}

/** Past curses, for what it must not know. */
static void screen_write(struct screen *screen, const char *text, size_t length)
{
    (void)tty_write(fileno(screen->out), text, length);
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

/** Start curses on `screen->out`, which is /dev/null for the time. */
static bool screen_start(struct screen *screen, FILE *keys)
{
    use_env(FALSE);
    use_tioctl(FALSE);
    screen->curses = newterm(screen_type, screen->out, keys);
    if (!screen->curses) {
        /* The Linux console has no size in its description: curses may look elsewhere, and is told ours afterwards. */
        use_env(TRUE);
        screen->curses = newterm(screen_type, screen->out, keys);
        use_env(FALSE);
    }
    direct_end();
    if (!screen->curses)
        return false;
    screen->paint = screen_ink_open(screen->options.color, screen->options.looks);
    screen->input = screen_input_open(screen->options.tty, screen->options.mouse);
    if (!screen->paint || !screen->input)
        return false;
    /* Nothing is drawn into it: rows go into what is to be on the screen, and its cells are a third of all of curses'. */
    (void)wresize(stdscr, 1, 1);
    /* Until endwin has been called once, curses sends each row of a picture by itself (6.4, mvcur). */
    endwin();
    doupdate();
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
        error_set(error, 0, "The terminal type %s cannot be used", screen_type);
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

void screen_leave(struct screen *screen)
{
    char clear[64] = "";
    tty_restore();
    if (!screen->options.alternate)
        screen_capability(clear, sizeof clear, "clear");
    screen_write(screen, clear, strlen(clear));
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
    wmove(newscr, (int)screen->rows - 1, (int)(cursor < screen->columns ? cursor : screen->columns - 1));
    if (anew)
        clearok(curscr, TRUE);
    doupdate();
}

uint32_t screen_key(struct screen *screen)
{
    return screen_input_key(screen->input);
}

void screen_bell(struct screen *screen)
{
    (void)screen;
    beep();
}
