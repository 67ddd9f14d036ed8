/* SPDX-License-Identifier: MIT */
/**
 * view: the words that change settings. Pure; any thread.
 *
 * The word is taken apart into a row of the table and a wish; then the wish, or the value behind it, is carried out
 * and said. table.c has the rows, value.c knows values.
 */
#include "folio/view/settings/settings.h"

#include "inside.h"

#include "folio/base/words/nearest.h"

#include <stdio.h>
#include <string.h>

/** What a word asks for. */
enum settings_wish { WISH_SET, WISH_OFF, WISH_TOGGLE, WISH_DEFAULT, WISH_ASK };

/** Letters of less that stay out, and why. */
static const struct {
    char letter;
    const char *reason;
} settings_refused[] = {
    {'r', "-r would send the file's control sequences to the terminal: colours are shown by -R"},
    {'u', "-u would send backspaces to the terminal: colours and overstrike are shown by -R"},
    {'U', "-U is :set sgr=off, which shows colours as control characters too"},
};

int setting_off_value(const struct setting *setting)
{
    return setting->set_value == setting->low ? setting->high : setting->low;
}

/** Carry out a wish that needs no value. */
static void settings_wish(struct settings *settings, const struct setting *row, enum settings_wish wish)
{
    int *value = settings_value(settings, row);
    int off = setting_off_value(row);
    switch (wish) {
    case WISH_SET:
        *value = row->set_value;
        break;
    case WISH_OFF:
        *value = off;
        break;
    case WISH_TOGGLE:
        *value = *value == row->set_value ? off : row->set_value;
        break;
    case WISH_DEFAULT:
        settings_reset(settings, row);
        break;
    case WISH_ASK:
        break;
    }
}

const char *settings_noun(const struct setting *row)
{
    if (row->kind == SETTING_TEXT)
        return "key";
    return row->kind == SETTING_NAMES || row->kind == SETTING_ENCODING ? "value" : "number";
}

/** The wish and, where there is one, the value have been found: do it and say it. `value` NULL or "": none. */
static bool settings_apply(struct settings *settings, const struct setting *row, enum settings_wish wish,
                           const char *value, char *said, size_t said_size, struct error *error)
{
    bool valued = value && value[0] != '\0';
    bool bare = wish == WISH_ASK || wish == WISH_DEFAULT;
    bool plain = row->off && row->kind != SETTING_NAMES;
    if (valued && (plain || bare || wish == WISH_OFF))
        return error_set(error, 0, "%s takes no %s", row->name, settings_noun(row));
    if (!valued && !row->off && !bare)
        return error_set(error, 0, "%s needs a %s", row->name, settings_noun(row));
    if (!valued)
        settings_wish(settings, row, wish);
    else if (!settings_read(settings, row, value, error))
        return false;
    settings_say(settings, row, said, said_size);
    return true;
}

/** No row has this letter. `word` is how it was written. */
static bool settings_unknown(char letter, const char *word, struct error *error)
{
    for (size_t i = 0; i < sizeof settings_refused / sizeof settings_refused[0]; i++)
        if (letter == settings_refused[i].letter)
            return error_set(error, 0, "%s", settings_refused[i].reason);
    return error_set(error, 0, "There is no %s option", word);
}

/** "-X", "-XNUMBER", "-+X", "_X". */
static bool settings_dash(struct settings *settings, const char *word, char *said, size_t said_size,
                          struct error *error)
{
    enum settings_wish wish = word[0] == '_' ? WISH_ASK : WISH_TOGGLE;
    const char *letter = word + 1;
    if (word[0] == '-' && letter[0] == '+') {
        wish = WISH_DEFAULT;
        letter++;
    }
    const struct setting *row = settings_letter(letter[0]);
    if (!row)
        return settings_unknown(letter[0], word, error);
    return settings_apply(settings, row, wish, letter[0] ? letter + 1 : "", said, said_size, error);
}

void settings_rules(const struct settings *settings, struct glyph_rules *rules)
{
    rules->sgr = settings->sgr != SGR_OFF;
    rules->tab_width = (unsigned)settings->tab_width;
    rules->stop_count = (uint8_t)settings->stop_count;
    for (int i = 0; i < GLYPH_STOP_MAX; i++)
        rules->stop[i] = (uint16_t)settings->stop[i];
}

size_t settings_word(const struct settings *settings, const struct setting *row, char *out, size_t capacity)
{
    char value[128];
    int length;
    bool plain = row->off && row->kind != SETTING_NAMES;
    settings_write(settings, row, value, sizeof value);
    if (plain) {
        bool set = *(const int *)((const char *)settings + row->offset) == row->set_value;
        length = snprintf(out, capacity, "%s", set ? row->name : row->off);
    } else {
        length = snprintf(out, capacity, "%s=%s", row->name, value);
    }
    return (size_t)length;
}

void settings_offer(struct nearest *nearest)
{
    size_t count;
    const struct setting *row = settings_table(&count);
    for (size_t i = 0; i < count; i++) {
        nearest_offer(nearest, row[i].name);
        nearest_offer(nearest, row[i].off ? row[i].off : "");
    }
}

/** There is no such setting; the nearest one is offered. */
static bool settings_missing(const char *word, size_t length, struct error *error)
{
    struct nearest nearest = {.typed = word, .length = length};
    settings_offer(&nearest);
    if (nearest.best)
        return error_set(error, 0, "There is no setting %s; did you mean %s?", word, nearest.best);
    return error_set(error, 0, "There is no setting %s", word);
}

bool settings_change(struct settings *settings, const char *word, char *said, size_t said_size,
                     struct error *error)
{
    if (word[0] == '-' || word[0] == '_')
        return settings_dash(settings, word, said, said_size, error);
    size_t length = strcspn(word, "=?");
    bool off;
    const struct setting *row = settings_name(word, length, &off);
    if (!row)
        return settings_missing(word, length, error);
    if (word[length] == '?' && word[length + 1] == '\0')
        return settings_apply(settings, row, WISH_ASK, NULL, said, said_size, error);
    if (word[length] == '?' || (word[length] == '=' && word[length + 1] == '\0'))
        return error_set(error, 0, "%s is not a value for %s", word + length, row->name);
    const char *value = word[length] == '=' ? word + length + 1 : NULL;
    return settings_apply(settings, row, off ? WISH_OFF : WISH_SET, value, said, said_size, error);
}

bool settings_option(struct settings *settings, char letter, const char *value, struct error *error)
{
    const struct setting *row = settings_letter(letter);
    if (!row) {
        char word[3] = {'-', letter, '\0'};
        return settings_unknown(letter, word, error);
    }
    return settings_apply(settings, row, WISH_SET, !row->off ? value : NULL, NULL, 0, error);
}
