/* SPDX-License-Identifier: MIT */
/*
 * tests: pages through a file and looks at every byte that the program sends to the terminal.
 *
 *     raw_output [--no-color] PROGRAM ARGUMENT...        exit 0 harmless, 1 not
 *
 * Harmless is what folio and curses say themselves: sequences that move, erase, choose attributes and switch screens,
 * line feeds, carriage returns and backspaces to move, and well-formed UTF-8 that is neither a control nor invisible
 * nor reorders what stands around it. What a hostile file holds (titles, reports, the clipboard, resets, colours by
 * number) is not among them, so one that gets through is found.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "folio/base/utf8.h"
#include "harness/terminal.h"
#include "harness/terminal_look.h"
#include "harness/terminal_wait.h"

enum { ROWS = 100, COLUMNS = 400, PATIENCE = 20000, PAGES_MAX = 2000 };

/** What a sequence ESC [ NUMBERS LETTER may be. */
static const char letters[] = "ABCDGHJKLMPSTX@bdhlmr";

/** Code points that show nothing, or change the order of others, from the first to the last. */
static const struct {
    uint32_t first, last;
} hidden[] = {
    {0x80, 0x9f},     {0xad, 0xad},     {0x34f, 0x34f},   {0x61c, 0x61c},
    {0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x200b, 0x200f},
    {0x2028, 0x202e}, {0x2060, 0x206f}, {0x3164, 0x3164}, {0xfe00, 0xfe0f},
    {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0xe0000, 0xe0fff},
};

static bool rune_shows(uint32_t rune)
{
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
        if (rune >= hidden[i].first && rune <= hidden[i].last)
            return false;
    }
    return rune >= 0x20 && rune != 0x7f;
}

/** The attributes that folio uses, and without --no-color its two colours. `text` is what stands between [ and m. */
static bool attributes_known(const char *text, size_t length, bool color)
{
    static const char *const plain[] = {"", "0", "1", "2", "4", "7", "22", "24", "27"};
    static const char *const colors[] = {"31", "33", "39", "49"};
    for (size_t at = 0; at <= length;) {
        size_t size = strcspn(text + at, ";m");
        bool known = false;
        for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
            known = known || (strlen(plain[i]) == size && memcmp(plain[i], text + at, size) == 0);
        for (size_t i = 0; color && i < sizeof colors / sizeof colors[0]; i++)
            known = known || (strlen(colors[i]) == size && memcmp(colors[i], text + at, size) == 0);
        if (!known)
            return false;
        at += size + 1;
    }
    return true;
}

/** Modes that are switched: cursor keys, cursor shape and visibility, wrapping, screens, brackets around a paste. */
static bool mode_known(const char *text, size_t length)
{
    static const char *const modes[] = {"?1", "?7", "?12", "?25", "?12;25", "?1049"};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        if (strlen(modes[i]) == length && memcmp(modes[i], text, length) == 0)
            return true;
    }
    return false;
}

/** The length of the harmless sequence at `text`, which begins with ESC; 0 if it is not one. */
static size_t sequence_length(const char *text, size_t size, bool color)
{
    size_t end = 2;
    if (size > 2 && text[1] == '(' && text[2] == 'B')
        return 3;
    if (size > 1 && strchr("=>78M", text[1]))
        return 2;
    if (size < 3 || text[1] != '[')
        return 0;
    while (end < size && (isdigit((unsigned char)text[end]) || text[end] == ';' || text[end] == '?'))
        end++;
    if (end == size)
        return 0;
    if (text[end] == 't') /* xterm keeps its title while the other screen is on */
        return memcmp(text + 2, "22;0;0t", 7) == 0 || memcmp(text + 2, "23;0;0t", 7) == 0 ? end + 1 : 0;
    if (!strchr(letters, text[end]) || (text[end] == 'm' && !attributes_known(text + 2, end - 2, color)))
        return 0;
    if ((text[end] == 'h' || text[end] == 'l') && !mode_known(text + 2, end - 2))
        return 0;
    return text[2] == '?' && !strchr("hl", text[end]) ? 0 : end + 1;
}

/** The length of the harmless thing at `text`; 0 if it is not one. */
static size_t harmless_length(const char *text, size_t size, bool color)
{
    struct utf8 rune = utf8_decode(text, size);
    if (*text == '\033')
        return sequence_length(text, size, color);
    if (*text == '\r' || *text == '\n' || *text == '\b')
        return 1;
    return rune.valid && rune_shows(rune.rune) ? rune.length : 0;
}

static bool raw_harmless(const struct terminal *terminal, bool color)
{
    size_t size, at = 0;
    const char *raw = terminal_raw(terminal, &size);
    while (at < size) {
        size_t length = harmless_length(raw + at, size - at, color);
        if (!length) {
            printf("byte %zu of %zu that were sent:", at, size);
            for (size_t i = at > 8 ? at - 8 : 0; i < at + 16 && i < size; i++)
                printf(i == at ? "  [%02x" : i == at + 1 ? "] %02x" : " %02x", (unsigned char)raw[i]);
            printf("\n");
            return false;
        }
        at += length;
    }
    return true;
}

static bool is_quiet(const struct terminal *terminal, void *nothing)
{
    (void)nothing;
    size_t size;
    terminal_raw(terminal, &size);
    return size > 0;
}

/** Page to the end; true when it was reached, or the program has ended by itself. */
static bool page_through(struct terminal *terminal, int *pages)
{
    struct error error = {0};
    for (*pages = 1; *pages < PAGES_MAX; ++*pages) {
        bool quiet = terminal_wait(terminal, is_quiet, NULL, PATIENCE);
        if (terminal_exit_status(terminal, 0) >= 0 || terminal_shows(terminal, "(END)"))
            return true;
        if (!quiet || !terminal_keys(terminal, "f", &error))
            return false;
    }
    return false;
}

int main(int count, char **arguments)
{
    bool color = count < 2 || strcmp(arguments[1], "--no-color") != 0;
    char **command = arguments + (color ? 1 : 2);
    const char *none[] = {"NO_COLOR=1", NULL};
    struct terminal_setup setup = {.argv = command, .rows = ROWS, .columns = COLUMNS};
    struct error error = {0};
    size_t size;
    int pages;
    if (count < (color ? 2 : 3)) {
        fprintf(stderr, "usage: raw_output [--no-color] PROGRAM ARGUMENT...\n");
        return 2;
    }
    setup.environ = color ? NULL : none;
    struct terminal *terminal = terminal_open(&setup, &error);
    if (!terminal) {
        fprintf(stderr, "raw_output: %s\n", error.message);
        return 1;
    }
    bool ended = page_through(terminal, &pages);
    bool harmless = raw_harmless(terminal, color);
    terminal_raw(terminal, &size);
    printf("%d pages, %zu bytes%s\n", pages, size, ended ? "" : ", and no end");
    terminal_close(terminal);
    return ended && harmless ? 0 : 1;
}
