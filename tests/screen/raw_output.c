/* SPDX-License-Identifier: MIT */
/*
 * tests: pages through a file and looks at every byte that the program sends to the terminal.
 *
 *     raw_output [-e NAME=VALUE]... [-c] [-s ROWSxCOLUMNS] [-k KEYS]... [-o COUNT] PROGRAM ARGUMENT...
 *
 * Exit status 0: harmless, 1: not.
 *
 * -e changes its environment, -s the size, -k presses keys before the paging (as in a screen test), -c refuses colours,
 * -o wants exactly so many offers to the clipboard (OSC 52), well-formed, of which otherwise there must be none.
 *
 * A terminal that moves its cursor as ECMA-48 says is asked once to mark what is pasted, and once no longer to do so.
 *
 * Harmless is what the entry of the terminal type in terminfo has for moving, erasing, attributes, colours and switching
 * screens; line feeds, carriage returns and backspaces; and well-formed UTF-8 that is neither a control nor invisible nor
 * reorders what stands around it. What terminfo has besides (titles, reports, the printer, resets, the palette, the bell)
 * is not among it, so a file's own that gets through is found. A colour is in terminfo, whoever says it: that the colours
 * are folio's is for the tests of attributes to say.
 */
#include <ctype.h>
#include <curses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>
#include <utf8proc.h>

#undef columns /* term.h has a macro for each capability */

#include "harness/terminal.h"
#include "harness/terminal_look.h"
#include "harness/terminal_wait.h"

#include "folio/base/text/utf8.h"

enum { PATIENCE = 60000, PAGES_MAX = 5000, KNOWN_MAX = 4096, KEYS_MAX = 16, CHANGES_MAX = 16, NUMBER = 1 };

/** Capabilities of terminfo that a program with a screen has a use for; those with numbers, and those without. */
static const char *const used[] = {
    "smcup", "rmcup", "smkx", "rmkx", "smam",  "rmam",  "clear", "home", "cup",  "hpa",   "vpa",   "cuu",
    "cud",   "cub",   "cuf",  "cuu1", "cud1",  "cub1",  "cuf1",  "cr",   "nel",  "ed",    "el",    "el1",
    "ech",   "ich",   "ich1", "dch",  "dch1",  "il",    "il1",   "dl",   "dl1",  "ind",   "indn",  "ri",
    "rin",   "csr",   "sc",   "rc",   "sgr0",  "bold",  "dim",   "smul", "rmul", "smso",  "rmso",  "rev",
    "blink", "sitm",  "ritm", "op",   "civis", "cnorm", "cvvis", "smir", "rmir", "smacs", "rmacs",
};

/** Sequences that may be sent; the byte NUMBER stands for digits. */
static struct known {
    char *text;
    bool color;
} known[KNOWN_MAX];
static size_t known_count;

/** Remember `text` without the padding $<...> that curses drops or carries out. */
static void known_add(const char *text, bool color)
{
    char *copy = strdup(text), *to = copy;
    for (; copy && *text; text++)
        if (text[0] == '$' && text[1] == '<' && strchr(text, '>'))
            text = strchr(text, '>');
        else
            *to++ = *text;
    if (!copy || known_count == KNOWN_MAX)
        abort();
    *to = '\0';
    known[known_count++] = (struct known){copy, color};
}

/** A capability whose parameters are only printed as numbers: %i, %p1 and %d. No other is known then. */
static void numbers_add(const char *format)
{
    char text[256], *to = text;
    for (; *format && to < text + sizeof text - 1; format++)
        if (*format != '%')
            *to++ = *format;
        else if (format[1] == 'd')
            *to++ = NUMBER, format++;
        else if (format[1] == 'i')
            format++;
        else if (format[1] == 'p')
            format += 2;
        else
            return;
    *to = '\0';
    known_add(text, false);
}

/** What is said in another way for each argument: every argument there is. */
static void colors_add(const char *name)
{
    char *format = tigetstr(name);
    for (int color = 0; format && format != (char *)-1 && color < 256; color++)
        known_add(tparm(format, color), true);
}

/** Every choice of attributes but hidden text. */
static void attributes_add(void)
{
    char *format = tigetstr("sgr");
    for (int set = 0; format && format != (char *)-1 && set < 512; set++) {
        if (!(set & 64))
            known_add(tparm(format, set & 1, set >> 1 & 1, set >> 2 & 1, set >> 3 & 1, set >> 4 & 1,
                            set >> 5 & 1, 0, set >> 7 & 1, set >> 8 & 1),
                      false);
    }
}

static int longest_first(const void *one, const void *other)
{
    size_t a = strlen(((const struct known *)one)->text), b = strlen(((const struct known *)other)->text);
    return a < b ? 1 : a > b ? -1 : 0;
}

/** Fill the table; a type that is not in terminfo knows nothing. */
static void known_fill(const char *type)
{
    int told;
    if (setupterm(type, STDOUT_FILENO, &told) != OK)
        return;
    for (size_t i = 0; i < sizeof used / sizeof used[0]; i++) {
        char *text = tigetstr(used[i]);
        if (text && text != (char *)-1)
            numbers_add(text);
    }
    /* An extension of the entry: the terminal knows these two for the colours it began with. */
    if (tigetflag("AX") > 0) {
        known_add("\033[39m", true);
        known_add("\033[49m", true);
    }
    colors_add("setaf");
    colors_add("setab");
    attributes_add();
    qsort(known, known_count, sizeof known[0], longest_first);
}

/** How many bytes at `text` are `pattern`, 0 if they are not. */
static size_t pattern_length(const char *pattern, const char *text, size_t size)
{
    size_t at = 0;
    for (; *pattern; pattern++) {
        if (*pattern == NUMBER) {
            if (at == size || !isdigit((unsigned char)text[at]))
                return 0;
            while (at < size && isdigit((unsigned char)text[at]))
                at++;
        } else if (at == size || text[at++] != *pattern) {
            return 0;
        }
    }
    return at;
}

static size_t sequence_length(const char *text, size_t size, bool color)
{
    for (size_t i = 0; i < known_count; i++) {
        size_t length = known[i].color && !color ? 0 : pattern_length(known[i].text, text, size);
        if (length)
            return length;
    }
    return 0;
}

/** Does it show something (a private one does, in fonts that have it), and leave the order of what is around it alone? */
static bool rune_shows(uint32_t rune)
{
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)rune);
    if (property->ignorable || (rune >= 0xfff9 && rune <= 0xfffb) || rune == 0x061c)
        return false;
    switch (property->category) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    default:
        return true;
    }
}

/** The length of the offer to the clipboard at `text`; 0 if it is none. */
static size_t clipboard_length(const char *text, size_t size)
{
    static const char begin[] = "\033]52;c;";
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t at = strlen(begin), first = at;
    if (size < at || memcmp(text, begin, at) != 0)
        return 0;
    while (at < size && text[at] && strchr(digit, text[at]))
        at++;
    for (int padding = 0; padding < 2 && at < size && text[at] == '='; padding++)
        at++;
    return at < size && text[at] == '\a' && (at - first) % 4 == 0 ? at + 1 : 0;
}

/** The length of the harmless thing at `text`; 0 if it is not one. */
static size_t harmless_length(const char *text, size_t size, bool color)
{
    if (*text == '\r' || *text == '\n' || *text == '\b')
        return 1;
    if (*text == '\033')
        return sequence_length(text, size, color);
    struct utf8 rune = utf8_decode(text, size);
    return rune.valid && rune_shows(rune.rune) ? rune.length : 0;
}

/** Taking the screen and giving it back say, once each, whether what is pasted is to be marked. */
static size_t paste_length(const char *text, size_t size, bool said[2])
{
    static const char *const mode[2] = {"\033[?2004h", "\033[?2004l"};
    for (int i = 0; i < 2; i++) {
        size_t length = said[i] ? 0 : pattern_length(mode[i], text, size);
        said[i] = said[i] || length > 0;
        if (length > 0)
            return length;
    }
    return 0;
}

static bool raw_harmless(const struct terminal *terminal, bool color, int offers)
{
    size_t size, at = 0;
    const char *raw = terminal_raw(terminal, &size);
    int offered = 0;
    bool said[2] = {false, false};
    while (at < size) {
        size_t length = offered < offers ? clipboard_length(raw + at, size - at) : 0;
        offered += length > 0;
        if (!length)
            length = paste_length(raw + at, size - at, said);
        if (!length)
            length = harmless_length(raw + at, size - at, color);
        if (!length) {
            printf("byte %zu of %zu that were sent:", at, size);
            for (size_t i = at > 8 ? at - 8 : 0; i < at + 16 && i < size; i++)
                printf(i == at ? "  [%02x" : i == at + 1 ? "] %02x" : " %02x", (unsigned char)raw[i]);
            printf("\n");
            return false;
        }
        at += length;
    }
    if (offered != offers)
        printf("%d offers to the clipboard, not %d\n", offered, offers);
    return offered == offers;
}

static bool is_quiet(const struct terminal *terminal, void *nothing)
{
    (void)nothing;
    size_t size;
    terminal_raw(terminal, &size);
    return size > 0;
}

/** Press the keys of the command line, one after the other. */
static bool keys_press(struct terminal *terminal, char *const *keys, size_t count)
{
    struct error error = {0};
    for (size_t i = 0; i < count; i++) {
        if (!terminal_wait(terminal, is_quiet, NULL, PATIENCE))
            return false;
        if (terminal_exit_status(terminal, 0) < 0 && !terminal_keys(terminal, keys[i], &error)) {
            printf("%s: %s\n", keys[i], error.message);
            return false;
        }
    }
    return true;
}

/** Is what follows the last ESC the whole of its sequence: a string up to BEL or ESC \, CSI up to its letter? */
static bool sequence_is_whole(const unsigned char *text, size_t size)
{
    if (size == 0)
        return false;
    if (text[0] && strchr("]P_^X", text[0]))
        return memchr(text, '\a', size) != NULL;
    size_t last = text[0] == '[' || text[0] == '(';
    while (last < size && text[0] == '[' && (text[last] < 0x40 || text[last] > 0x7e))
        last++;
    return last < size;
}

/** Does what has come end with a whole character and sequence? A busy machine brings a screen in pieces. */
static bool is_whole(const struct terminal *terminal, void *context)
{
    size_t size, at;
    const unsigned char *raw = (const unsigned char *)terminal_raw(terminal, &size);
    (void)context;
    for (at = size; at > 0 && size - at < 4 && raw[at - 1] >= 0x80; at--)
        if (raw[at - 1] >= 0xc0)
            return size - at + 1 >= (raw[at - 1] >= 0xf0 ? 4U : raw[at - 1] >= 0xe0 ? 3U : 2U);
    for (at = size; at > 0 && raw[at - 1] != 0x1b; at--)
        ;
    return at == 0 || sequence_is_whole(raw + at, size - at);
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

/** What the command line says. */
struct wish {
    struct terminal_setup setup;
    const char *change[CHANGES_MAX + 1], *type;
    char *key[KEYS_MAX];
    size_t changes, keys;
    bool color;
    int offers;
};

static bool wish_read(struct wish *wish, int count, char **arguments)
{
    int option;
    *wish = (struct wish){.setup = {.rows = 100, .columns = 400}, .type = "xterm-256color", .color = true};
    while ((option = getopt(count, arguments, "+ce:s:k:o:")) >= 0) {
        if (option == 'c')
            wish->color = false;
        else if (option == 'e' && wish->changes < CHANGES_MAX)
            wish->change[wish->changes++] = optarg;
        else if (option == 'o')
            wish->offers = (int)strtol(optarg, NULL, 10);
        else if (option == 'k' && wish->keys < KEYS_MAX)
            wish->key[wish->keys++] = optarg;
        else if (option != 's' || sscanf(optarg, "%dx%d", &wish->setup.rows, &wish->setup.columns) != 2)
            return false;
        if (option == 'e' && strncmp(optarg, "TERM=", 5) == 0)
            wish->type = optarg + 5;
    }
    wish->setup.argv = arguments + optind;
    wish->setup.environ = wish->change;
    return optind < count;
}

int main(int count, char **arguments)
{
    struct wish wish;
    struct error error = {0};
    size_t size;
    int pages = 0;
    if (!wish_read(&wish, count, arguments)) {
        fprintf(stderr,
                "usage: raw_output [-e NAME=VALUE]... [-c] [-s ROWSxCOLUMNS] [-k KEYS]... [-o COUNT] PROGRAM "
                "ARGUMENT...\n");
        return 2;
    }
    known_fill(wish.type);
    struct terminal *terminal = terminal_open(&wish.setup, &error);
    if (!terminal) {
        fprintf(stderr, "raw_output: %s\n", error.message);
        return 1;
    }
    bool ended = keys_press(terminal, wish.key, wish.keys) && page_through(terminal, &pages);
    if (ended && terminal_exit_status(terminal, 0) < 0)
        ended = terminal_wait(terminal, is_whole, NULL, PATIENCE) || terminal_exit_status(terminal, 0) >= 0;
    bool harmless = raw_harmless(terminal, wish.color, wish.offers);
    terminal_raw(terminal, &size);
    printf("%d pages, %zu bytes%s\n", pages, size, ended ? "" : ", and no end");
    terminal_close(terminal);
    return ended && harmless ? 0 : 1;
}
