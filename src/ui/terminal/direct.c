/* SPDX-License-Identifier: MIT */
/**
 * ui: a description of the terminal with 24-bit colours, in the compiled form of term(5) that ncurses reads from
 * $TERMINFO. Main thread.
 *
 *     header | names | booleans | numbers | offsets of strings | strings
 *     header | booleans | offsets of strings, of names | strings, names          of what has no place in the first table
 *
 * Numbers have 32 bits, all else has 16, little-endian; each table of them begins at an even place. curses takes colours
 * beyond its tables where there is an RGB, which is one of the second part.
 *
 * Other threads may read the environment while TERMINFO is taken out of it: it is the last in there, or stood there
 * before, so that none of the others moves.
 */
#include "direct.h"

#include "folio/base/bytes/base64.h"
#include "folio/base/bytes/buf.h"

#include <curses.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
/* term.h makes macros of words like these. */
#undef columns
#undef lines

enum {
    DIRECT_MAGIC = 01036, /* numbers have 32 bits */
    DIRECT_ABSENT = 0xffff,
    DIRECT_PAIRS = 32768,
    DIRECT_FORMAT = 512, /* room for how a colour is set */
};

/** What the terminal can that has no place in the first table, as far as anybody here asks. */
static const char *const direct_extended[] = {"smxx", "kLFT5", "kRIT5"};
enum { DIRECT_EXTENDED = sizeof direct_extended / sizeof direct_extended[0] };

/** What stood in TERMINFO; "" where nothing did. `on`: our description does. */
static struct {
    bool on;
    char *before;
} direct;

static const char *direct_string(const char *name)
{
    const char *string = tigetstr(name);
    return string == (char *)-1 ? NULL : string;
}

static void direct_short(struct buf *out, size_t value)
{
    char bytes[] = {(char)(value & 0xff), (char)(value >> 8 & 0xff)};
    buf_append(out, bytes, sizeof bytes);
}

/** Numbers begin at even places. */
static void direct_even(struct buf *out)
{
    if (out->length % 2 != 0)
        buf_append(out, "", 1);
}

/** A string of the pool, and where it stands there. */
static void direct_put(struct buf *out, struct buf *pool, const char *string)
{
    direct_short(out, string ? pool->length : DIRECT_ABSENT);
    if (string)
        buf_append(pool, string, strlen(string) + 1);
}

/** How a colour is set: as ever, or as red, green and blue. `layer` is 3 in front and 4 behind. */
static const char *direct_format(const char *name, int layer, char *out)
{
    int colors = tigetnum("colors");
    snprintf(out, DIRECT_FORMAT,
             "%%?%%p1%%{%d}%%<%%t%s%%e\033[%d8;2;%%p1%%{%d}%%-%%Pa%%ga%%{65536}%%/%%d;"
             "%%ga%%{256}%%/%%{255}%%&%%d;%%ga%%{255}%%&%%dm%%;",
             colors < 16    ? colors
             : colors < 256 ? 16
                            : 256,
             direct_string(name), layer, DIRECT_BASE);
    return out;
}

static void direct_booleans(struct buf *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        /* Colours that are no number of a palette cannot be given other values. */
        bool set = strcmp(boolnames[i], "ccc") != 0 && tigetflag((char *)boolnames[i]) > 0;
        buf_append(out, set ? "\1" : "", 1);
    }
    direct_even(out);
}

static void direct_numbers(struct buf *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int number = tigetnum((char *)numnames[i]);
        if (strcmp(numnames[i], "colors") == 0)
            number = DIRECT_COLORS;
        if (strcmp(numnames[i], "pairs") == 0)
            number = DIRECT_PAIRS;
        number = number < 0 ? -1 : number;
        direct_short(out, (uint32_t)number & 0xffff);
        direct_short(out, (uint32_t)number >> 16);
    }
}

static void direct_strings(struct buf *out, struct buf *pool, size_t count)
{
    char front[DIRECT_FORMAT], behind[DIRECT_FORMAT];
    for (size_t i = 0; i < count; i++) {
        const char *name = strnames[i];
        bool palette = strcmp(name, "initc") == 0 || strcmp(name, "oc") == 0;
        direct_put(out, pool,
                   strcmp(name, "setaf") == 0   ? direct_format(name, 3, front)
                   : strcmp(name, "setab") == 0 ? direct_format(name, 4, behind)
                   : palette                    ? NULL
                                                : direct_string(name));
    }
}

/** The second part: RGB, and the strings. */
static void direct_rest(struct buf *out)
{
    struct buf strings = {0}, names = {0}, offsets = {0}, named = {0};
    direct_put(&named, &names, "RGB");
    for (size_t i = 0; i < DIRECT_EXTENDED; i++) {
        const char *string = direct_string(direct_extended[i]);
        if (!string)
            continue;
        direct_put(&offsets, &strings, string);
        direct_put(&named, &names, direct_extended[i]);
    }
    direct_even(out);
    direct_short(out, 1);
    direct_short(out, 0);
    direct_short(out, offsets.length / 2);
    direct_short(out, (offsets.length + named.length) / 2);
    direct_short(out, strings.length + names.length);
    direct_short(out, 1); /* RGB, and what makes it even */
    buf_append(out, buf_string(&offsets), offsets.length);
    buf_append(out, buf_string(&named), named.length);
    buf_append(out, buf_string(&strings), strings.length);
    buf_append(out, buf_string(&names), names.length);
    out->failed = out->failed || offsets.failed || named.failed || strings.failed || names.failed;
    buf_release(&strings);
    buf_release(&names);
    buf_release(&offsets);
    buf_release(&named);
}

static size_t direct_count(NCURSES_CONST char *const *names)
{
    size_t count = 0;
    while (names[count])
        count++;
    return count;
}

/** The whole description of the terminal that setupterm found. */
static void direct_describe(const char *type, struct buf *out)
{
    size_t booleans = direct_count(boolnames), numbers = direct_count(numnames),
           strings = direct_count(strnames);
    struct buf offsets = {0}, pool = {0};
    direct_strings(&offsets, &pool, strings);
    direct_short(out, DIRECT_MAGIC);
    direct_short(out, strlen(type) + 1);
    direct_short(out, booleans);
    direct_short(out, numbers);
    direct_short(out, strings);
    direct_short(out, pool.length);
    buf_append(out, type, strlen(type) + 1);
    direct_booleans(out, booleans);
    direct_numbers(out, numbers);
    buf_append(out, buf_string(&offsets), offsets.length);
    buf_append(out, buf_string(&pool), pool.length);
    direct_rest(out);
    out->failed = out->failed || offsets.failed || pool.failed;
    buf_release(&offsets);
    buf_release(&pool);
}

/** Does the terminal say so, and is it one that understands such a sequence? */
static bool direct_said(void)
{
    const char *said = getenv("COLORTERM");
    const char *front = direct_string("setaf"), *behind = direct_string("setab");
    int colors = tigetnum("colors");
    return said && (strcmp(said, "truecolor") == 0 || strcmp(said, "24bit") == 0) && colors >= 8 &&
           colors < 1 << 24 && front && behind && strncmp(front, "\033[", 2) == 0 &&
           strlen(front) < DIRECT_FORMAT / 2 && strlen(behind) < DIRECT_FORMAT / 2;
}

bool direct_setup(const char *type, int out)
{
    TERMINAL *before = cur_term;
    int known = 0;
    if (setupterm(type, out, &known) != OK)
        return false;
    if (before && before != cur_term)
        (void)del_curterm(before);
    return true;
}

bool direct_begin(const char *type, int out)
{
    struct buf description = {0}, value = {0};
    direct_end();
    const char *before = getenv("TERMINFO");
    if (!direct_said())
        return false;
    direct_describe(type, &description);
    buf_text(&value, "b64:");
    base64_append(&value, buf_string(&description), description.length);
    direct.before = strdup(before ? before : "");
    direct.on = !description.failed && !value.failed && direct.before &&
                setenv("TERMINFO", buf_string(&value), 1) == 0;
    buf_release(&description);
    buf_release(&value);
    if (direct.on && direct_setup(type, out) && tigetnum("colors") == DIRECT_COLORS)
        return true;
    /* A curses that reads no description from there. */
    direct_end();
    (void)direct_setup(type, out);
    return false;
}

void direct_end(void)
{
    if (direct.on && direct.before[0] != '\0')
        (void)setenv("TERMINFO", direct.before, 1);
    else if (direct.on)
        (void)unsetenv("TERMINFO");
    free(direct.before);
    direct.before = NULL;
    direct.on = false;
}
