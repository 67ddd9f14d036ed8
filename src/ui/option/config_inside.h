/* SPDX-License-Identifier: MIT */
/**
 * ui: what the files of ui/option/config share. config.c reads lines, config_entry.c carries them out, config_print.c
 * writes them. Main thread.
 */
#ifndef FOLIO_UI_OPTION_CONFIG_INSIDE_H
#define FOLIO_UI_OPTION_CONFIG_INSIDE_H

#include "folio/ui/option/config.h"

/** What carries out "NAME = VALUE" of a section; false and a sentence without name and number of the line. */
typedef bool config_entry(struct config *config, const char *name, const char *value, struct error *error);

config_entry config_entry_option;
config_entry config_entry_color;
config_entry config_entry_key;

/** Options that only a command line can have; NULL-terminated. */
extern const char *const config_never[];

#endif
