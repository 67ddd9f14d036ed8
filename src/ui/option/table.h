/* SPDX-License-Identifier: MIT */
/**
 * ui: options.def as rows, shared by those that parse options and those that tell of them. Constant; any
 * thread.
 */
#ifndef FOLIO_UI_OPTION_TABLE_H
#define FOLIO_UI_OPTION_TABLE_H

#include "folio/ui/option/options.h"

enum options_action {
    OPTIONS_SETTING,
    OPTIONS_NAMED,
    OPTIONS_ASSIGN,
    OPTIONS_CALL,
    OPTIONS_IGNORED,
    OPTIONS_REFUSED
};

struct options_row {
    char letter;
    const char *name;
    const char *argument;
    const char *help;
    enum options_action action;
    size_t member; /**< OPTIONS_ASSIGN: offset of the int in struct options */
    int value;     /**< and what it becomes */
    bool (*call)(struct options *options, const char *value, struct error *error);
    bool
        once; /**< about what is done without a screen: of the command line alone, and not beside a mistake */
    bool start;          /**< OPTIONS_ASSIGN: while the program runs there is nothing that it would switch, */
    bool fixed;          /**< or it is as it was at the start */
    const char *setting; /**< OPTIONS_NAMED: its name in settings_table */
    char word[2];        /**< the letter as a string */
};

/** The table, `*count` rows; static. */
const struct options_row *options_table(size_t *count);

/** The row of a letter; NULL when there is none. */
const struct options_row *options_row_letter(char letter);

/**
 * The row of a name or of an abbreviation that only one name begins with; NULL and one sentence otherwise.
 */
const struct options_row *options_row_name(const char *name, size_t length, struct error *error);

/** The int that an OPTIONS_ASSIGN row is about. */
int *options_member(struct options *options, const struct options_row *row);

/** Carry out an option; `value` is not read where it takes none. */
bool options_row_apply(struct options *options, const struct options_row *row, const char *value,
                       struct error *error);

/** Give a setting what it has at the start. */
void options_row_reset(struct options *options, const struct options_row *row);

/** What an option of words (--color, --map, --advice) is set to; NULL for all others. */
const char *options_row_value(const struct options *options, const struct options_row *row);

/** Does the option take a number, and not a text? */
bool options_numeric(const struct options_row *row);

#endif
