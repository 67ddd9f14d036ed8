/* SPDX-License-Identifier: MIT */
/**
 * ui: the configuration file, $XDG_CONFIG_HOME/folio/config: options, looks and keys.
 *
 *     [options]                  words of :set and long options
 *     tabs = 4
 *     numbers = yes
 *     [colors]                   looks (ui/terminal/look)
 *     hit = black on yellow bold
 *     [keys]                     keys as the man page writes them, and commands
 *     ctrl-t = :set tabs=4
 *     v = none
 *
 * Every line is checked by itself: a wrong one is told of with its number, and the others are carried out. No file,
 * however large, broken or hostile, keeps the program from starting. A struct config borrows what it changes. Main
 * thread, once, before the screen.
 */
#ifndef FOLIO_UI_OPTION_CONFIG_H
#define FOLIO_UI_OPTION_CONFIG_H

#include "folio/base/bytes/buf.h"
#include "folio/ui/command/keymap.h"
#include "folio/ui/option/options.h"
#include "folio/ui/terminal/look.h"

#include <stdbool.h>
#include <stddef.h>

/** The largest file that is read, and the most complaints that are kept. */
#define CONFIG_SIZE_MAX  ((size_t)1 << 20)
#define CONFIG_ERROR_MAX 20

struct config {
    struct options *options;
    struct keymap *keymap;
    struct looks *looks;
    struct buf errors;    /**< what is wrong: harmless sentences "NAME:LINE: ...", one a line; owned */
    unsigned error_count; /**< all of them, also those not kept */
};

/** Free what is owned. */
void config_release(struct config *config);

/** Carry out the text of a configuration; `name` stands in the complaints. */
void config_read(struct config *config, const char *name, const char *text, size_t length);

/**
 * Carry out the file at `path`; NULL: the person's own, which need not exist. That it cannot be read is a complaint
 * like any other. Waits at most a second for what is no regular file.
 */
void config_load(struct config *config, const char *path);

/** One sentence for the status row: the first complaint, and how many more there are. False: there is none. */
bool config_complaint(const struct config *config, char *out, size_t capacity);

/** Append all options, looks and keys as they are now, as the text of a configuration file. */
void config_print(const struct config *config, struct buf *out);

/**
 * Append to the help the keys that a person bound otherwise than the command table does; nothing where there are none.
 */
void config_help(const struct keymap *keymap, struct buf *out);

#endif
