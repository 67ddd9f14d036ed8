/* SPDX-License-Identifier: MIT */
/**
 * view: the table of settings, and the words that change them. Pure; any thread.
 *
 * The word is taken apart into a row of the table and a wish; then one function each for switches and for numbers
 * does it. Only two rows know more than a number: the target, which may be a share of the screen, and the window,
 * which less counts with the status row.
 */
#include "folio/view/settings.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Far more rows or columns than any screen has. */
#define SETTINGS_FAR 100000

/** What a word asks for. */
enum settings_wish { WISH_SET, WISH_OFF, WISH_TOGGLE, WISH_DEFAULT, WISH_ASK };

#define AT(member) offsetof(struct settings, member)

static const struct setting settings_rows[] = {
    {"nowrap", "wrap", 'S', AT(chop), 0, 1, 1, "Chop long lines", "Fold long lines",
     "cut long lines at the edge of the screen"},
    {"chop", "nochop", 0, AT(chop), 0, 1, 1, "Chop long lines", "Fold long lines", "the same as nowrap"},
    {"numbers", "nonumbers", 'N', AT(numbers), 0, 1, 1, "Show line numbers", "Don't show line numbers",
     "line numbers at the left"},
    {"nonumbers", "numbers", 'n', AT(numbers), 0, 0, 0, "Don't show line numbers", "Don't show line numbers",
     "no line numbers"},
    {"squeeze", "nosqueeze", 's', AT(squeeze), 0, 1, 1, "Squeeze multiple blank lines",
     "Display all blank lines", "show several empty lines as one"},
    {"tabs", NULL, 'x', AT(tab_width), 1, 255, 8, "Tab stops every ", " columns",
     "columns between tab stops"},
    {"ignorecase", "noignorecase", 'i', AT(letter_case), 0, 2, 1, "Ignore case in searches",
     "Case is significant in searches", "searches ignore case, unless the pattern has a capital letter"},
    {"foldcase", "nofoldcase", 'I', AT(letter_case), 0, 2, 2, "Ignore case in searches and in patterns",
     "Case is significant in searches", "searches ignore case, also that of the pattern"},
    {"target", NULL, 'j', AT(target), -SETTINGS_FAR, SETTINGS_FAR, 1, "Jumps lead to row ", "",
     "row where a jump's target is shown, from the bottom if negative, .5 is the middle"},
    {"nohighlight", "highlight", 'G', AT(highlight), 0, 1, 0, "Don't highlight search matches",
     "Highlight all matches for previous search pattern", "do not highlight what was searched for"},
    {"notilde", "tilde", '~', AT(tilde), 0, 1, 0, "Don't show tildes after end of file",
     "Show tildes after end of file", "no ~ on the rows past the end"},
    {"window", NULL, 'z', AT(window), -SETTINGS_FAR, SETTINGS_FAR, -1, "Scroll window size is ", " rows",
     "rows of a page; if negative, that many fewer than the screen has"},
    {"half", NULL, 0, AT(half), 0, SETTINGS_FAR, 0, "Half window size is ", " rows",
     "rows that d and u move; 0 is half the screen"},
    {"shift", NULL, '#', AT(shift), 0, SETTINGS_FAR, 0, "Horizontal shift ", " columns",
     "columns of a step to the side; 0 is half the screen"},
};

struct settings settings_default(void)
{
    return (struct settings){
        .tab_width = 8,
        .target = 1,
        .target_percent = -1,
        .highlight = 1,
        .tilde = 1,
    };
}

const struct setting *settings_table(size_t *count)
{
    *count = sizeof(settings_rows) / sizeof(settings_rows[0]);
    return settings_rows;
}

int setting_off_value(const struct setting *setting)
{
    return setting->set_value == setting->low ? setting->high : setting->low;
}

/** The int that a row is about. */
static int *settings_value(struct settings *settings, const struct setting *row)
{
    return (int *)((char *)settings + row->offset);
}

/** The row with this letter, or NULL. */
static const struct setting *settings_letter(char letter)
{
    size_t count;
    const struct setting *row = settings_table(&count);
    for (size_t i = 0; i < count; i++) {
        if (letter != '\0' && row[i].letter == letter) {
            return &row[i];
        }
    }
    return NULL;
}

/** The row with this name or with this name for switching it off, or NULL. */
static const struct setting *settings_name(const char *name, size_t length, bool *off)
{
    size_t count;
    const struct setting *row = settings_table(&count);
    for (size_t i = 0; i < count; i++) {
        *off = row[i].off != NULL && strlen(row[i].off) == length && memcmp(row[i].off, name, length) == 0;
        if (*off || (strlen(row[i].name) == length && memcmp(row[i].name, name, length) == 0)) {
            return &row[i];
        }
    }
    return NULL;
}

/** The window as less says it: -1 is what the body has, because less counts the status row. */
static int settings_spoken(const struct settings *settings, const struct setting *row)
{
    int value = *(const int *)((const char *)settings + row->offset);
    return row->offset == AT(window) && value <= 0 ? value - 1 : value;
}

/** Say what a row's value is now. */
static void settings_say(const struct settings *settings, const struct setting *row, char *said, size_t size)
{
    int value = settings_spoken(settings, row);
    if (row->offset == AT(letter_case) && value != 0) {
        row = settings_letter(value == 1 ? 'i' : 'I');
    }
    if (row->off != NULL) {
        snprintf(said, size, "%s", value == row->set_value ? row->set_text : row->off_text);
    } else if (row->offset == AT(target) && settings->target_percent >= 0) {
        snprintf(said, size, "Jumps lead to %d%% of the screen", settings->target_percent);
    } else {
        snprintf(said, size, "%s%d%s", row->set_text, value, row->off_text);
    }
}

/** Read ".5": digits after the point, as hundredths; what follows the second is below a hundredth. */
static bool settings_share(const char *text, int *percent)
{
    size_t digits = strspn(text + 1, "0123456789");
    if (digits == 0 || text[1 + digits] != '\0') {
        return false;
    }
    *percent = (text[1] - '0') * 10 + (digits > 1 ? text[2] - '0' : 0);
    return true;
}

/** Give a row the number in `text`. */
static bool settings_number(struct settings *settings, const struct setting *row, const char *text,
                            struct error *error)
{
    char *end;
    int percent;
    if (row->offset == AT(target) && text[0] == '.' && settings_share(text, &percent)) {
        settings->target_percent = percent;
        return true;
    }
    errno = 0;
    long number = strtol(text, &end, 10);
    if (end == text || *end != '\0' || isspace((unsigned char)text[0])) {
        return error_set(error, 0, "%s is not a number for %s", text, row->name);
    }
    if (errno != 0 || number < row->low || number > row->high) {
        return error_set(error, 0, "%s must be from %d to %d", row->name, row->low, row->high);
    }
    if (row->offset == AT(target)) {
        settings->target_percent = -1;
        /* less: there is no row 0, the first is meant. */
        number = number == 0 ? 1 : number;
    } else if (row->offset == AT(window) && number < 0) {
        number++;
    }
    *settings_value(settings, row) = (int)number;
    return true;
}

/** Carry out a wish that needs no number. */
static void settings_wish(struct settings *settings, const struct setting *row, enum settings_wish wish)
{
    struct settings fresh = settings_default();
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
        *value = *settings_value(&fresh, row);
        if (row->offset == AT(target)) {
            settings->target_percent = -1;
        }
        break;
    case WISH_ASK:
        break;
    }
}

/** The wish and, where there is one, the number have been found: do it and say it. `number` NULL or "": none. */
static bool settings_apply(struct settings *settings, const struct setting *row, enum settings_wish wish,
                           const char *number, char *said, size_t said_size, struct error *error)
{
    bool numbered = number != NULL && number[0] != '\0';
    bool bare = wish == WISH_ASK || wish == WISH_DEFAULT;
    if (numbered && (row->off != NULL || bare)) {
        return error_set(error, 0, "%s takes no number", row->name);
    }
    if (!numbered && row->off == NULL && !bare) {
        return error_set(error, 0, "%s needs a number", row->name);
    }
    if (!numbered) {
        settings_wish(settings, row, wish);
    } else if (!settings_number(settings, row, number, error)) {
        return false;
    }
    settings_say(settings, row, said, said_size);
    return true;
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
    if (row == NULL) {
        return error_set(error, 0, "There is no %s option", word);
    }
    return settings_apply(settings, row, wish, letter + 1, said, said_size, error);
}

void settings_rules(const struct settings *settings, struct glyph_rules *rules)
{
    rules->tab_width = (unsigned)settings->tab_width;
}

bool settings_change(struct settings *settings, const char *word, char *said, size_t said_size,
                     struct error *error)
{
    if (word[0] == '-' || word[0] == '_') {
        return settings_dash(settings, word, said, said_size, error);
    }
    size_t length = strcspn(word, "=?");
    bool off;
    const struct setting *row = settings_name(word, length, &off);
    if (row == NULL) {
        return error_set(error, 0, "There is no setting %s", word);
    }
    if (word[length] == '?' && word[length + 1] == '\0') {
        return settings_apply(settings, row, WISH_ASK, NULL, said, said_size, error);
    }
    if (word[length] == '?' || (word[length] == '=' && word[length + 1] == '\0')) {
        return error_set(error, 0, "%s is not a value for %s", word + length, row->name);
    }
    const char *number = word[length] == '=' ? word + length + 1 : NULL;
    return settings_apply(settings, row, off ? WISH_OFF : WISH_SET, number, said, said_size, error);
}

bool settings_option(struct settings *settings, char letter, const char *value, struct error *error)
{
    const struct setting *row = settings_letter(letter);
    if (row == NULL) {
        return error_set(error, 0, "There is no -%c option", letter);
    }
    return settings_apply(settings, row, WISH_SET, row->off == NULL ? value : NULL, NULL, 0, error);
}
