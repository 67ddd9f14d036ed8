/* SPDX-License-Identifier: MIT */
/*
 * tests: the same random keys through less and through folio.
 *
 *     differential FOLIO LESS SAMPLE SEED STEPS [OPTION]...      exit 0 same, 1 not, 2 cannot run, 77 skipped
 *
 * Both get the same OPTIONs, the same terminal of a random size, and after each key must show the same body: all rows
 * but the last, as text. SEED decides size and keys, so a failure repeats.
 *
 * There is no marker in the output that says "done", so less is asked through the kernel: it has one thread, and has
 * answered when it has read every key and sleeps in a read of the terminal (terminal_wait_idle). folio has several
 * threads; it has three seconds to show what less shows, and at the end must still show it. A message of less that
 * waits for RETURN is answered in less alone, because folio's messages do not wait.
 *
 * A less after 590 is not asked: it brings hits and marks into view in other ways, and is not even equal to itself,
 * for less 668 loses keys that come fast: of 126g it may make 16g.
 *
 * What less does by accident is not asked of folio:
 *   - a file shorter than the screen is first shown with the prompt right below it: both repaint before the first step;
 *   - "ESC" or "^A" that does not fit on a row is begun at its end and shown again, whole, on the next (rows_same);
 *   - a hit below the last row, by one row, or beside a chopped one with wide characters, stays out of sight: where
 *     folio shows it and less does not, the two are brought together again (walk_rejoin);
 *   - backward in a line that goes on below, less leaves out the last character above: a hit that ends there is not
 *     found (walk_rejoin, too; no count before n and N, because that place need not be on the screen);
 *   - with -j5 and four rows for the file, the target is below the screen: there are five;
 *   - less takes an offset inside a run of empty lines that -s made one for that run or for the line before it,
 *     depending on whether the screen came there from above or from below: with -s and such runs, only scrolling;
 *   - with -S, columns of tabs, controls and wide characters are counted wrongly when a hit is brought into view: no
 *     searches with -S in samples that have such;
 *   - the line after the last one exists, and is an empty screen: its number is not asked for;
 *   - a count before K may leave nothing of the file on the screen, which less then draws from its beginning: no count.
 */
#include "harness/rows.h"
#include "harness/terminal.h"
#include "harness/terminal_look.h"
#include "harness/terminal_wait.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LESS_KNOWN = 590, /**< the version that docs/DIFFERENCES.md speaks of */
    LESS_TIMEOUT = 30000,
    FOLIO_TIMEOUT = 3000,
    LONGEST_KEYS = 64,
    LONGEST_WORD = 10,
    MOST_OPTIONS = 32,
    NUMBER_WIDTH = 8
};

struct walk {
    const char *sample;
    uint64_t seed, state;
    long steps, lines;
    char *text; /**< the sample, for words to search for */
    size_t size;
    int rows, columns;
    unsigned traits;             /**< enum trait, of the options and the sample */
    char word[LONGEST_WORD + 1]; /**< searched for last */
    bool both_less;              /**< FOLIO and LESS are the same program: the walk tests itself */
    struct terminal *folio, *less;
    FILE *history;
    char *history_text;
    size_t history_size;
};

/** What a count before a key may be. */
enum count_kind { COUNT_NONE, COUNT_SMALL, COUNT_LINE, COUNT_PERCENT, COUNT_WINDOW };

/** What makes some keys useless, or different for no good reason (see above). */
enum trait { FLOWING = 1, CHOPPED_ODD = 2, SQUEEZED = 4, NUMBERED = 8 };

/** One kind of key and how often it is drawn. */
struct choice {
    const char *keys;
    enum count_kind count; /**< in front of it, in three of four draws; always for COUNT_PERCENT */
    int weight;
    unsigned without; /**< the traits with which it is not drawn */
};

static const struct choice choices[] = {
    {"j", COUNT_SMALL, 10, 0},
    {"k", COUNT_SMALL, 10, 0},
    {"<Down>", COUNT_SMALL, 3, 0},
    {"<Up>", COUNT_SMALL, 3, 0},
    {"<CR>", COUNT_SMALL, 2, 0},
    {"y", COUNT_SMALL, 2, 0},
    {"J", COUNT_SMALL, 4, 0},
    {"K", COUNT_NONE, 4, 0},
    {"f", COUNT_SMALL, 4, 0},
    {"b", COUNT_SMALL, 6, 0},
    {"<Space>", COUNT_NONE, 8, 0},
    {"<PgDn>", COUNT_NONE, 2, 0},
    {"<PgUp>", COUNT_NONE, 2, 0},
    {"d", COUNT_NONE, 6, 0},
    {"u", COUNT_NONE, 6, 0},
    {"d", COUNT_WINDOW, 1, 0},
    {"u", COUNT_WINDOW, 1, 0},
    {"z", COUNT_WINDOW, 1, 0},
    {"w", COUNT_WINDOW, 1, 0},
    {"z", COUNT_NONE, 2, 0},
    {"w", COUNT_NONE, 2, 0},
    {"g", COUNT_NONE, 4, SQUEEZED},
    {"G", COUNT_NONE, 5, 0},
    {"g", COUNT_LINE, 6, SQUEEZED},
    {"G", COUNT_LINE, 3, SQUEEZED},
    {"p", COUNT_PERCENT, 4, SQUEEZED},
    {"n", COUNT_NONE, 8, CHOPPED_ODD | SQUEEZED},
    {"N", COUNT_NONE, 8, CHOPPED_ODD | SQUEEZED},
    {"''", COUNT_NONE, 4, SQUEEZED},
    {"ma", COUNT_NONE, 3, SQUEEZED},
    {"mb", COUNT_NONE, 2, SQUEEZED},
    {"'a", COUNT_NONE, 3, SQUEEZED},
    {"'b", COUNT_NONE, 2, SQUEEZED},
    {"'^", COUNT_NONE, 1, SQUEEZED},
    {"'$", COUNT_NONE, 1, SQUEEZED},
    {"r", COUNT_NONE, 1, 0},
    {"<Right>", COUNT_NONE, 6, FLOWING},
    {"<Left>", COUNT_NONE, 6, FLOWING},
    {"<Right>", COUNT_WINDOW, 2, FLOWING},
    {"<Left>", COUNT_WINDOW, 2, FLOWING},
    {"/", COUNT_SMALL, 8, CHOPPED_ODD | SQUEEZED},
    {"?", COUNT_SMALL, 8, CHOPPED_ODD | SQUEEZED},
};

enum { CHOICES = sizeof choices / sizeof choices[0] };

/** splitmix64: the same everywhere, which rand() is not. */
static uint64_t random_next(struct walk *walk)
{
    uint64_t z = (walk->state += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static long random_between(struct walk *walk, long low, long high)
{
    return low + (long)(random_next(walk) % (uint64_t)(high - low + 1));
}

/* ---- the sample ------------------------------------------------------------------------------------------ */

static bool sample_read(struct walk *walk)
{
    FILE *file = fopen(walk->sample, "re");
    size_t room = 1 << 20;
    walk->text = malloc(room + 1);
    if (!file || !walk->text)
        return false;
    walk->size = fread(walk->text, 1, room, file);
    fclose(file);
    walk->text[walk->size] = '\0';
    for (size_t i = 0; i < walk->size; i++)
        walk->lines += walk->text[i] == '\n' || i + 1 == walk->size;
    return true;
}

/** A run of letters and digits from a random place of the sample; one in eight is not there. */
static void word_draw(struct walk *walk, char word[LONGEST_WORD + 1])
{
    long place = walk->size ? random_between(walk, 0, (long)walk->size - 1) : 0;
    size_t at = (size_t)place, length = 0;
    while (at < walk->size && !isalnum((unsigned char)walk->text[at]))
        at++;
    while (length < LONGEST_WORD && at < walk->size && isalnum((unsigned char)walk->text[at]))
        word[length++] = walk->text[at++];
    word[length] = '\0';
    if (length == 0 || random_between(walk, 1, 8) == 1)
        snprintf(word, LONGEST_WORD + 1, "zq%ldx", random_between(walk, 0, 99));
}

/* ---- keys ------------------------------------------------------------------------------------------------ */

static const struct choice *choice_draw(struct walk *walk)
{
    long total = 0, drawn;
    for (size_t i = 0; i < CHOICES; i++)
        total += choices[i].without & walk->traits ? 0 : choices[i].weight;
    drawn = random_between(walk, 0, total - 1);
    for (size_t i = 0; i < CHOICES; i++) {
        drawn -= choices[i].without & walk->traits ? 0 : choices[i].weight;
        if (drawn < 0)
            return &choices[i];
    }
    return &choices[0];
}

/** The count, or 0 for none. Some line numbers lie beyond the end on purpose, but not just beyond. */
static long count_draw(struct walk *walk, enum count_kind kind)
{
    if (kind == COUNT_NONE || (kind != COUNT_PERCENT && random_between(walk, 1, 4) == 1))
        return 0;
    if (kind == COUNT_LINE) {
        long line = random_between(walk, 1, walk->lines + 1 + walk->lines / 20);
        return line == walk->lines + 1 ? line + 1 : line;
    }
    if (kind == COUNT_PERCENT)
        return random_between(walk, 1, 100);
    return random_between(walk, 1, kind == COUNT_WINDOW ? walk->rows + 3 : 7);
}

static void keys_draw(struct walk *walk, char keys[LONGEST_KEYS])
{
    const struct choice *choice = choice_draw(walk);
    long count = count_draw(walk, choice->count);
    char number[24] = "";
    bool search = choice->keys[0] == '/' || choice->keys[0] == '?';
    if (count > 0)
        snprintf(number, sizeof number, "%ld", count);
    if (search)
        word_draw(walk, walk->word);
    snprintf(keys, LONGEST_KEYS, "%s%s%s%s", number, choice->keys, search ? walk->word : "",
             search ? "<CR>" : "");
}

/* ---- the two screens ------------------------------------------------------------------------------------- */

/** Is `rest` what less shows of a control that does not fit on the row it begins on? */
static bool control_cut(const char *rest)
{
    rest += strspn(rest, " ");
    return strcmp(rest, "E") == 0 || strcmp(rest, "ES") == 0 || strcmp(rest, "^") == 0;
}

static bool rows_same(const struct walk *walk, int row)
{
    char *ours = row_read(walk->folio, ROW_TEXT, row), *theirs = row_read(walk->less, ROW_TEXT, row);
    size_t length = strlen(ours);
    bool same = strcmp(ours, theirs) == 0 || (walk->traits & FLOWING && strncmp(ours, theirs, length) == 0 &&
                                              control_cut(theirs + length));
    free(ours);
    free(theirs);
    return same;
}

/** Are so many cells of the row in reverse video, as folio's sentences are? */
static bool row_reversed(const struct terminal *terminal, int row, int columns)
{
    bool reversed = true;
    for (int column = 0; column < columns; column++)
        reversed = reversed && terminal_cell(terminal, row, column).reverse;
    return reversed;
}

/** Rows of the body: less cuts a sentence that is too long for a narrow window, folio lays it over the lowest rows. */
static int body_rows(const struct walk *walk)
{
    int rows = walk->rows - 1;
    bool sentence = !walk->both_less && row_reversed(walk->folio, rows, 1);
    while (sentence && rows > 1 && row_reversed(walk->folio, rows - 1, walk->columns))
        rows--;
    return rows;
}

static bool bodies_same(const struct terminal *terminal, void *context)
{
    const struct walk *walk = context;
    (void)terminal;
    for (int row = 0, rows = body_rows(walk); row < rows; row++)
        if (!rows_same(walk, row))
            return false;
    return true;
}

static void bodies_print(const struct walk *walk)
{
    for (int row = 0; row < walk->rows; row++) {
        char *ours = row_read(walk->folio, ROW_TEXT, row), *theirs = row_read(walk->less, ROW_TEXT, row);
        if (strcmp(ours, theirs) == 0)
            printf("%4d       |%s\n", row + 1, ours);
        else
            printf("%4d less  |%s\n%4d folio |%s\n", row + 1, theirs, row + 1, ours);
        free(ours);
        free(theirs);
    }
}

static bool walk_failed(struct walk *walk, long step, const char *what)
{
    fflush(walk->history);
    printf("%s\n    sample %s, seed %llu, step %ld, %dx%d\n    keys: %s\n", what, walk->sample,
           (unsigned long long)walk->seed, step, walk->rows, walk->columns, walk->history_text);
    bodies_print(walk);
    return false;
}

/** Does less want its message confirmed? In a narrow window the message fills several rows. */
static bool asks_for_return(const struct walk *walk, const struct terminal *less)
{
    static const char question[] = "(pressRETURN)";
    char *squeezed = NULL;
    size_t size;
    bool asks;
    FILE *stream = open_memstream(&squeezed, &size);
    if (!stream)
        abort();
    for (int row = walk->rows > 4 ? walk->rows - 4 : 0; row < walk->rows; row++) {
        char *text = row_read(less, ROW_TEXT, row);
        for (const char *at = text; *at; at++)
            if (*at != ' ')
                fputc(*at, stream);
        free(text);
    }
    fclose(stream);
    asks = size >= strlen(question) && strcmp(squeezed + size - strlen(question), question) == 0;
    free(squeezed);
    return asks;
}

static bool question_gone(const struct terminal *less, void *context)
{
    return !asks_for_return(context, less);
}

/** Wait for a less; take away what it wants to be confirmed. */
static bool less_settle(struct walk *walk, struct terminal *less)
{
    struct error error = {0};
    for (int tries = 0; tries < 4; tries++) {
        if (!terminal_wait_idle(less, LESS_TIMEOUT))
            return false;
        if (!asks_for_return(walk, less))
            return true;
        if (!terminal_keys(less, "<CR>", &error))
            return false;
        /* A second RETURN for the same question would scroll. */
        terminal_wait(less, question_gone, walk, FOLIO_TIMEOUT);
    }
    return false;
}

/** Columns of a row of a sample: what takes three bytes in UTF-8 takes two. */
static int width_of(const char *text)
{
    int width = 0;
    for (; *text; text++)
        width += ((*text & 0xc0) != 0x80) + ((*text & 0xf0) == 0xe0);
    return width;
}

/**
 * Do the rows of the body, put together, hold the word that was searched for? With `at_edge` it must end in the last
 * column of a row.
 */
static bool word_shows(const struct walk *walk, const struct terminal *terminal, bool at_edge)
{
    char *body = NULL;
    size_t size, length = strlen(walk->word);
    bool shows = false;
    FILE *stream = open_memstream(&body, &size);
    if (!stream)
        abort();
    for (int row = 0; row < walk->rows - 1; row++) {
        char *text = row_read(terminal, ROW_TEXT, row);
        bool full = width_of(text) >= walk->columns - 1; /* a wide one may not have fitted */
        fputs(walk->traits & NUMBERED && strlen(text) > NUMBER_WIDTH ? text + NUMBER_WIDTH : text, stream);
        fflush(stream);
        free(text);
        shows = shows || (full && size >= length && strcasecmp(body + size - length, walk->word) == 0);
    }
    if (!at_edge)
        shows = strcasestr(body, walk->word) != NULL;
    fclose(stream);
    free(body);
    return shows && length > 0;
}

/**
 * A search that less gets wrong in one of two ways: the hit shows in folio and not in less; or it, or one that was
 * passed (`edge`: on the screen before), ends in the last column of a row. Then go to the beginning by way of the end,
 * which is the same for both again, the mark '' included. False if that is not what happened.
 */
static bool walk_rejoin(struct walk *walk, const char *keys, bool edge)
{
    struct error error = {0};
    if (!strchr("/?nN", keys[strspn(keys, "0123456789")]) ||
        terminal_wait(walk->folio, bodies_same, walk, FOLIO_TIMEOUT) ||
        !(edge || word_shows(walk, walk->folio, word_shows(walk, walk->less, false))))
        return false;
    fprintf(walk->history, "(gGg) ");
    return terminal_keys(walk->less, "gGg", &error) && terminal_keys(walk->folio, "gGg", &error);
}

static bool screens_settle(struct walk *walk, long step)
{
    if (!less_settle(walk, walk->less) || (walk->both_less && !less_settle(walk, walk->folio)))
        return walk_failed(walk, step, "less does not come to rest");
    if (walk->both_less && bodies_same(walk->folio, walk))
        return true;
    return terminal_wait(walk->folio, bodies_same, walk, FOLIO_TIMEOUT) ||
           walk_failed(walk, step, "the bodies differ");
}

/* ---- the walk -------------------------------------------------------------------------------------------- */

static bool walk_step(struct walk *walk, long step)
{
    char keys[LONGEST_KEYS];
    struct error error = {0};
    keys_draw(walk, keys);
    bool edge = word_shows(walk, walk->folio, true);
    fprintf(walk->history, "%s ", keys);
    if (!terminal_keys(walk->less, keys, &error) || !terminal_keys(walk->folio, keys, &error))
        return walk_failed(walk, step, error.message);
    if (!walk->both_less && less_settle(walk, walk->less))
        walk_rejoin(walk, keys, edge);
    return screens_settle(walk, step);
}

static bool walk_run(struct walk *walk)
{
    struct error error = {0};
    if (!less_settle(walk, walk->less) || !terminal_keys(walk->less, "r", &error) ||
        !terminal_keys(walk->folio, "r", &error) || !screens_settle(walk, 0))
        return false;
    for (long step = 1; step <= walk->steps; step++)
        if (!walk_step(walk, step))
            return false;
    return screens_settle(walk, walk->steps);
}

/** `extra` is one option that only this program gets, or NULL. */
static struct terminal *pager_open(const struct walk *walk, char *program, char *extra, char **options,
                                   int count, struct error *error)
{
    /* Colours are carried out by folio without being asked, by less only with -R. */
    char *argv[MOST_OPTIONS + 5] = {program, "-R"};
    int filled = 2;
    struct terminal_setup setup = {
        .argv = argv,
        .environ = (const char *[]){"LESSHISTFILE=-", "LESSKEY=/nonexistent", "LESSOPEN", "LESS", NULL},
        .rows = walk->rows,
        .columns = walk->columns,
    };
    if (extra)
        argv[filled++] = extra;
    for (int i = 0; i < count && i < MOST_OPTIONS; i++)
        argv[filled++] = options[i];
    argv[filled] = (char *)walk->sample;
    return terminal_open(&setup, error);
}

/** Does the sample have characters that do not take one column each? */
static bool sample_odd(const struct walk *walk)
{
    for (size_t i = 0; i < walk->size; i++) {
        unsigned char byte = (unsigned char)walk->text[i];
        if (byte >= 0x80 || (byte < ' ' && byte != '\n'))
            return true;
    }
    return false;
}

static unsigned walk_traits(const struct walk *walk, char **options, int count)
{
    unsigned traits = FLOWING;
    for (int i = 0; i < count; i++)
        if (strcmp(options[i], "-S") == 0)
            traits = (traits & ~(unsigned)FLOWING) | (sample_odd(walk) ? CHOPPED_ODD : 0);
        else if (strcmp(options[i], "-s") == 0)
            traits |= strstr(walk->text, "\n\n\n") ? SQUEEZED : 0;
        else if (strcmp(options[i], "-N") == 0)
            traits |= NUMBERED;
    return traits;
}

static bool walk_open(struct walk *walk, char **arguments, int count)
{
    struct error error = {0};
    char **options = arguments + 6;
    walk->both_less = strcmp(arguments[1], arguments[2]) == 0;
    walk->sample = arguments[3];
    walk->seed = walk->state = strtoull(arguments[4], NULL, 10);
    walk->steps = strtol(arguments[5], NULL, 10);
    walk->rows = (int)random_between(walk, 6, 40);
    walk->columns = (int)random_between(walk, 20, 120);
    walk->history = open_memstream(&walk->history_text, &walk->history_size);
    if (!walk->history || !sample_read(walk)) {
        fprintf(stderr, "differential: cannot read %s\n", walk->sample);
        return false;
    }
    walk->traits = walk_traits(walk, options, count - 6);
    walk->folio = pager_open(walk, arguments[1], walk->both_less ? "-f" : NULL, options, count - 6, &error);
    /* -f: less asks before it shows what it takes for binary. */
    walk->less = walk->folio ? pager_open(walk, arguments[2], "-f", options, count - 6, &error) : NULL;
    if (!walk->less)
        fprintf(stderr, "differential: %s\n", error.message);
    return walk->less != NULL;
}

/** The number in "less 590 (...)"; 0 if it does not say one. */
static int less_version(const char *less)
{
    char command[4096];
    int version = 0;
    snprintf(command, sizeof command, "'%s' --version", less);
    FILE *output = popen(command, "re");
    if (!output)
        return 0;
    if (fscanf(output, "less %d", &version) != 1)
        version = 0;
    while (fgetc(output) != EOF)
        ;
    pclose(output);
    return version;
}

int main(int count, char **arguments)
{
    struct walk walk = {0};
    int result = 2;
    if (count < 6) {
        fprintf(stderr, "usage: differential FOLIO LESS SAMPLE SEED STEPS [OPTION]...\n");
        return 2;
    }
    int version = less_version(arguments[2]);
    if (version > LESS_KNOWN) {
        printf("skipped: folio is compared with less %d, and this is %d\n", LESS_KNOWN, version);
        return 77;
    }
    if (walk_open(&walk, arguments, count))
        result = walk_run(&walk) ? 0 : 1;
    terminal_close(walk.folio);
    terminal_close(walk.less);
    if (walk.history)
        fclose(walk.history);
    free(walk.history_text);
    free(walk.text);
    return result;
}
