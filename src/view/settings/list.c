/* SPDX-License-Identifier: MIT */
/* view: the table of settings as text: how each is set, or how it can be. Pure; any thread. */
#include "inside.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/** Columns of the words, and of what is said of them, in a screen of 80. */
#define LIST_COLUMN 23
#define LIST_WIDTH  53

/** Does a row above say the same the other way round, as "numbers" does of "nonumbers"? */
static bool list_said(const struct setting *row, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (row[i].off && strcmp(row[i].off, row[at].name) == 0)
            return true;
    return false;
}

/** How it can be set: "nowrap, wrap", "tabs=NUMBER". */
static void list_form(const struct setting *row, char *out, size_t capacity)
{
    char noun[16];
    if (row->off && row->kind != SETTING_NAMES) {
        snprintf(out, capacity, "%s, %s", row->name, row->off);
        return;
    }
    snprintf(noun, sizeof noun, "%s", settings_noun(row));
    for (char *at = noun; *at != '\0'; at++)
        *at = (char)toupper((unsigned char)*at);
    snprintf(out, capacity, "%s=%s", row->name, noun);
}

/** Append words that go on in lines of their own behind the column where they do not fit. */
static void list_wrap(const char *words, struct buf *out)
{
    size_t used = 0;
    while (*words) {
        size_t length = strcspn(words, " ");
        if (used > 0 && used + 1 + length > LIST_WIDTH) {
            buf_format(out, "\n%*s", LIST_COLUMN + 3, "");
            used = 0;
        }
        buf_text(out, used > 0 ? " " : "");
        buf_append(out, words, length);
        used += length + (used > 0);
        words += length + (words[length] == ' ');
    }
    buf_text(out, "\n");
}

void settings_list_row(const char *word, const char *name, const char *help, char letter, struct buf *out)
{
    struct buf words = {0};
    bool told = !name || strncmp(word, name, strlen(name)) == 0;
    /* A word that does not fit its column gets a line of its own. */
    bool wide = strlen(word) > LIST_COLUMN;
    buf_format(out, wide ? "  %s\n%*s" : "  %s%*s", word,
               wide ? LIST_COLUMN + 3 : LIST_COLUMN + 1 - (int)strlen(word), "");
    buf_format(&words, "%s%s%s", told ? "" : name, told ? "" : ": ", help);
    if (letter)
        buf_format(&words, " (-%c)", letter);
    list_wrap(buf_string(&words), out);
    out->failed = out->failed || words.failed;
    buf_release(&words);
}

void settings_each(const struct settings *settings, settings_put *put, struct buf *out)
{
    size_t count;
    const struct setting *row = settings_table(&count);
    for (size_t i = 0; i < count; i++) {
        char word[256];
        if (list_said(row, i))
            continue;
        if (settings)
            (void)settings_word(settings, &row[i], word, sizeof word);
        else
            list_form(&row[i], word, sizeof word);
        put(word, settings ? row[i].name : NULL, row[i].help, row[i].letter, out);
    }
}
