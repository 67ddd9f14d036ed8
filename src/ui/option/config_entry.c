/* SPDX-License-Identifier: MIT */
/**
 * ui: what "NAME = VALUE" does in each section of a configuration. Main thread.
 *
 * An option may be a setting, by a word of `:set`, or a long option; the words of `:set` come first, because they are
 * what a person types while the program runs.
 */
#include "config_inside.h"
#include "table.h"

#include "folio/base/glyph/glyph.h"
#include "folio/base/words/nearest.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

const char *const config_never[] = {"help",         "version",       "config", "no-config",
                                    "print-config", "pattern",       "text",   "force",
                                    "write-setuid", "write-devices", NULL};

/** Read yes or no, in the words that people use. */
static bool config_switch(const char *value, bool *on)
{
    static const char *const yes[] = {"yes", "on", "true", "1"};
    static const char *const no[] = {"no", "off", "false", "0"};
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        *on = strcasecmp(value, yes[i]) == 0;
        if (*on || strcasecmp(value, no[i]) == 0)
            return true;
    }
    return false;
}

static bool config_not_switch(const char *name, const char *value, struct error *error)
{
    return error_set(error, 0, "%s is yes or no, not %s", name, value);
}

/** A setting by a word of `:set`; `typed_off`: by the one that switches it off. */
static bool config_setting(struct config *config, const struct setting *row, bool typed_off,
                           const char *value, struct error *error)
{
    char word[256];
    bool on = false;
    bool plain = row->off && row->kind != SETTING_NAMES;
    struct settings *settings = &config->options->settings;
    bool answer = row->off && config_switch(value, &on);
    if (!typed_off && !plain) {
        snprintf(word, sizeof word, "%s=%s", row->name, value);
        if (settings_change(settings, word, NULL, 0, error))
            return true;
        if (!answer)
            return false;
    }
    if (!answer)
        return config_not_switch(typed_off ? row->off : row->name, value, error);
    return settings_change(settings, on != typed_off ? row->name : row->off, NULL, 0, error);
}

/** An option that is switched on or off. */
static bool config_option_switch(struct config *config, const struct options_row *row, const char *value,
                                 struct error *error)
{
    bool on;
    const struct setting *setting = settings_letter(row->letter);
    if (!config_switch(value, &on))
        return config_not_switch(row->name, value, error);
    if (on || row->action == OPTIONS_REFUSED)
        return options_row_apply(config->options, row, NULL, error);
    if (row->action == OPTIONS_SETTING && setting && setting->off)
        return settings_change(&config->options->settings, setting->off, NULL, 0, error);
    options_row_reset(config->options, row);
    return true;
}

static bool config_is_never(const char *name)
{
    for (size_t i = 0; config_never[i]; i++)
        if (strcmp(name, config_never[i]) == 0)
            return true;
    return false;
}

static bool config_option(struct config *config, const struct options_row *row, const char *value,
                          struct error *error)
{
    if (row->once || config_is_never(row->name))
        return error_set(error, 0, "%s is for the command line only; take the line out", row->name);
    if (row->action == OPTIONS_IGNORED)
        return error_set(error, 0, "%s changes nothing here; take the line out", row->name);
    if (!row->argument)
        return config_option_switch(config, row, value, error);
    return options_row_apply(config->options, row, value, error);
}

/** "There is no ...", with the nearest name. */
static bool config_unknown(const char *what, const struct nearest *nearest, struct error *error)
{
    char harmless[256];
    glyph_text(nearest->typed, nearest->length, harmless, sizeof harmless);
    if (nearest->best)
        return error_set(error, 0, "there is no %s %s; did you mean %s?", what, harmless, nearest->best);
    return error_set(error, 0, "there is no %s %s; folio --print-config lists them", what, harmless);
}

bool config_entry_option(struct config *config, const char *name, const char *value, struct error *error)
{
    bool off;
    size_t count;
    struct nearest nearest = {.typed = name, .length = strlen(name)};
    const struct setting *setting = settings_name(name, nearest.length, &off);
    if (setting)
        return config_setting(config, setting, off, value, error);
    settings_offer(&nearest);
    const struct options_row *row = options_table(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(row[i].name, name) == 0)
            return config_option(config, &row[i], value, error);
        nearest_offer(&nearest, row[i].action != OPTIONS_IGNORED ? row[i].name : "");
    }
    return config_unknown("option", &nearest, error);
}

bool config_entry_color(struct config *config, const char *name, const char *value, struct error *error)
{
    struct nearest nearest = {.typed = name, .length = strlen(name)};
    for (unsigned look = 0; look < LOOK_COUNT; look++) {
        if (!look_name(look))
            continue;
        if (strcmp(look_name(look), name) == 0)
            return look_parse(value, &config->looks->ink[look], error);
        nearest_offer(&nearest, look_name(look));
    }
    return config_unknown("color", &nearest, error);
}

bool config_entry_key(struct config *config, const char *name, const char *value, struct error *error)
{
    struct invocation invocation;
    if (strcasecmp(value, "none") == 0)
        return keymap_bind(config->keymap, name, NULL, error);
    return command_parse_word(value, &invocation, error) &&
           keymap_bind(config->keymap, name, &invocation, error);
}
