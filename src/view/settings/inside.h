/* SPDX-License-Identifier: MIT */
/**
 * view, private: what list.c (the table as text), settings.c (words), table.c (the table) and value.c (values) share. Pure; any thread.
 */
#ifndef FOLIO_VIEW_SETTINGS_INSIDE_H
#define FOLIO_VIEW_SETTINGS_INSIDE_H

#include "folio/view/settings/settings.h"

#define AT(member) offsetof(struct settings, member)

/** The int that a row is about. */
int *settings_value(struct settings *settings, const struct setting *row);

/** Give a row the value in `text`. False and `error` when it is not allowed; nothing has changed then. */
bool settings_read(struct settings *settings, const struct setting *row, const char *text,
                   struct error *error);

/** Write a row's value: a number, a name, a list. */
void settings_write(const struct settings *settings, const struct setting *row, char *out, size_t capacity);

/** What a row's value is called: "value", "key" or "number". */
const char *settings_noun(const struct setting *row);

/** Set a row back to its default. */
void settings_reset(struct settings *settings, const struct setting *row);

/** Say what a row's value is now. */
void settings_say(const struct settings *settings, const struct setting *row, char *said, size_t size);

#endif
