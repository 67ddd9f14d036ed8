/* SPDX-License-Identifier: MIT */
/**
 * ui: what was asked for when the program was started: $LESS, options, + commands, names.
 *
 * A value of the main thread, filled once before anything else runs; the strings of the command line are
 * borrowed and live as long as argv, what comes from $LESS is copied. Pure: the caller reads the environment.
 */
#ifndef FOLIO_UI_OPTION_OPTIONS_H
#define FOLIO_UI_OPTION_OPTIONS_H

#include "folio/base/bytes/buf.h"
#include "folio/base/bytes/error.h"
#include "folio/cli/poke.h"
#include "folio/io/page/advice.h"
#include "folio/io/page/mapping.h"
#include "folio/view/settings/settings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The most + commands; more are left out. */
#define OPTIONS_COMMANDS 16

enum options_color { OPTIONS_COLOR_AUTO, OPTIONS_COLOR_ALWAYS, OPTIONS_COLOR_NEVER };

/** Members that options.def assigns are ints; booleans are 0 or 1. */
struct options {
    struct settings settings;
    int quit_one_screen, quit_on_interrupt, no_init;
    int quit_at_eof; /**< 1: going on at the end quits (-e); 2: reaching it (-E) */
    int view;        /**< the first one (enum view_pick) */
    int quiet, mouse, secure, help, version;
    int no_config, print_config;
    int incsearch;           /**< search while the pattern is typed */
    int no_history;          /**< patterns and commands are neither kept nor recalled from earlier runs */
    struct buf poke, expect; /**< the texts of --poke and --expect, each with its NUL */
    char *patch;             /**< the list of --patch, owned; NULL: not named */
    int undo, redo, force, write_devices, write_setuid;
    uint64_t undo_id; /**< of --undo or --redo; 0: the last */
    enum cli_pokes pokes;
    int once;     /**< what is done without a screen was asked for, rightly or not: poke, list, undo... */
    char *config; /**< the file of --config, owned; NULL: not named */
    enum options_color color;
    struct buf looks; /**< what look_less reads, of --color and -D, each with its NUL */
    enum mapping_kind mapping;
    enum advice advice;
    struct options_command {
        char *keys; /**< what stands behind the +, typed as it is; owned */
        bool every; /**< ++: for each file, not only the first */
    } command[OPTIONS_COMMANDS];
    size_t command_count;
    char **path; /**< the array is owned, its strings are those of argv */
    size_t path_count;
};

/** The defaults. */
void options_init(struct options *options);

/** Free what is owned. */
void options_release(struct options *options);

/**
 * Read the options in the text of $LESS. What is not known or not right in it is passed over, and so is what would change
 * a file or make bytes of keys, and commands that do more than look (+:set write, +!make). Before options_arguments.
 */
void options_environment(struct options *options, const char *less);

/**
 * Read the command line. False and one sentence, about the first thing, when something in it is wrong; the rest counts
 * all the same. `path` is NULL only when out of memory.
 */
bool options_arguments(struct options *options, int argc, char **argv, struct error *error);

/**
 * How an option is switched while the program runs. `name` is its long name or the beginning of that. Returns its
 * letter, or the name of a setting where it has no letter; NULL and one sentence when it can only be given at the
 * start.
 */
const char *options_word(const char *name, struct error *error);

/** Does the option have a text or a number behind it, which may be left out only where that is said by `=`? */
bool options_takes_text(char letter);

/** Why an option that the command line has does nothing while the program runs. False: it does, or there is none. */
bool options_idle(char letter, char *said, size_t said_size);

/** What is to be done with an option: look at it, switch it, or make it what it is not at the start. */
enum options_turn { OPTIONS_ASK, OPTIONS_SWITCH, OPTIONS_OPPOSITE };

/**
 * Do so with an option that is no setting (-e, -K, -q); `said` gets a sentence that says how it is now, or that it stays
 * as it was given at the start (-X). At the start all of them are off. False: `letter` is no such option.
 */
bool options_turn(struct options *options, char letter, enum options_turn turn, char *said, size_t said_size);

/** Append a row for each option, as the text of --help has them. */
void options_help_rows(struct buf *out);

/** Append the text of --help. */
void options_help(struct buf *out);

/** Append the rows of the man page (mdoc). */
void options_manual(struct buf *out);

#endif
