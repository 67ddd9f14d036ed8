/* SPDX-License-Identifier: MIT */
/**
 * ui: a configuration written out, from the same tables that read it. What is printed and read again prints the same.
 * Main thread.
 */
#include "config_inside.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** "name = value" of a word of `:set`, or "name = yes". */
static void print_word(const char *word, struct buf *out)
{
    size_t length = strcspn(word, "=");
    buf_format(out, "%.*s = %s\n", (int)length, word, word[length] == '=' ? word + length + 1 : "yes");
}

/** The row that says how a member is set: the one that is on, else the first about it. */
static bool print_speaks(const struct settings *settings, const struct setting *row, size_t count, size_t at)
{
    size_t first = at;
    size_t on = count;
    for (size_t i = 0; i < count; i++) {
        if (row[i].offset != row[at].offset)
            continue;
        first = i < first ? i : first;
        int value = *(const int *)((const char *)settings + row[i].offset);
        bool plain = row[i].off && row[i].kind != SETTING_NAMES;
        on = on == count && plain && value == row[i].set_value && value != setting_off_value(&row[first])
                 ? i
                 : on;
    }
    return on < count ? at == on : at == first;
}

/** What a row is about; of a switch, what it is switched to. */
static const char *print_comment(const struct settings *settings, const struct setting *row)
{
    if (!row->off || row->kind == SETTING_NAMES)
        return row->help;
    int value = *(const int *)((const char *)settings + row->offset);
    return value == row->set_value ? row->set_text : row->off_text;
}

static void print_settings(const struct settings *settings, struct buf *out)
{
    size_t count;
    const struct setting *row = settings_table(&count);
    for (size_t i = 0; i < count; i++) {
        char word[256];
        if (print_speaks(settings, row, count, i) &&
            settings_word(settings, &row[i], word, sizeof word) < sizeof word) {
            buf_format(out, "# %s\n", print_comment(settings, &row[i]));
            print_word(word, out);
        }
    }
}

static bool print_never(const char *name)
{
    for (size_t i = 0; config_never[i]; i++)
        if (strcmp(config_never[i], name) == 0)
            return true;
    return false;
}

/** The rows of one member are -e and -E, -q and its other names: one of them says how it is. */
static bool print_option_speaks(struct options *options, const struct options_row *row, size_t count,
                                size_t at)
{
    int value = *options_member(options, &row[at]);
    for (size_t i = 0; i < count; i++) {
        bool same = row[i].action == OPTIONS_ASSIGN && row[i].member == row[at].member;
        if (same && (value == 0 || row[i].value == value))
            return i == at;
    }
    return false;
}

static void print_options(struct options *options, struct buf *out)
{
    size_t count;
    const struct options_row *row = options_table(&count);
    for (size_t i = 0; i < count; i++) {
        const char *value = options_row_value(options, &row[i]);
        if (row[i].action == OPTIONS_ASSIGN && print_option_speaks(options, row, count, i))
            value = *options_member(options, &row[i]) == row[i].value ? "yes" : "no";
        if (value && !row[i].once && !print_never(row[i].name))
            buf_format(out, "# %s\n%s = %s\n", row[i].help ? row[i].help : row[i].name, row[i].name, value);
    }
}

static void print_colors(const struct looks *looks, struct buf *out)
{
    for (unsigned look = 0; look < LOOK_COUNT; look++) {
        if (look_name(look)) {
            buf_format(out, "%s = ", look_name(look));
            look_spell(&looks->ink[look], out);
            buf_text(out, "\n");
        }
    }
}

/** By command, and then by key: the order in which they were bound does not show. */
static int print_order(const void *left, const void *right)
{
    const struct binding *const *one = left;
    const struct binding *const *two = right;
    if ((*one)->id != (*two)->id)
        return (*one)->id < (*two)->id ? -1 : 1;
    for (unsigned i = 0; i < KEYMAP_LENGTH; i++)
        if ((*one)->stroke[i] != (*two)->stroke[i])
            return (*one)->stroke[i] < (*two)->stroke[i] ? -1 : 1;
    return 0;
}

/** "KEY = command"; the command as it is found by its keys. */
static void print_key(const struct keymap *keymap, const struct binding *binding, struct buf *out)
{
    char keys[64];
    struct invocation invocation = {0};
    keymap_spell(binding, keys, sizeof keys);
    (void)keymap_find(keymap, binding->views, binding->stroke, binding->length, &invocation);
    buf_format(out, "%s = ", keys);
    command_spell(&invocation, out);
    buf_text(out, "\n");
}

static bool print_same(const struct keymap *keymap, const struct binding *binding, const struct keymap *other)
{
    struct buf one = {0};
    struct buf two = {0};
    struct invocation invocation;
    bool same = keymap_find(other, binding->views, binding->stroke, binding->length, &invocation);
    if (same) {
        print_key(keymap, binding, &one);
        print_key(other, binding, &two);
        same = strcmp(buf_string(&one), buf_string(&two)) == 0;
    }
    buf_release(&one);
    buf_release(&two);
    return same;
}

/** Keys of the command table that are bound to nothing, `margin` in front of each. */
static void print_unbound(const struct keymap *keymap, const struct keymap *table, const char *margin,
                          struct buf *out)
{
    struct invocation invocation;
    char keys[64];
    for (size_t i = 0; i < table->count; i++) {
        const struct binding *binding = &table->binding[i];
        if (!keymap_find(keymap, binding->views, binding->stroke, binding->length, &invocation)) {
            keymap_spell(binding, keys, sizeof keys);
            buf_format(out, "%s%s = none\n", margin, keys);
        }
    }
}

static void print_keys(const struct keymap *keymap, struct buf *out)
{
    const struct binding *sorted[KEYMAP_COUNT];
    struct keymap table;
    int id = -1;
    for (size_t i = 0; i < keymap->count; i++)
        sorted[i] = &keymap->binding[i];
    qsort(sorted, keymap->count, sizeof(void *), print_order);
    if (keymap_init(&table))
        print_unbound(keymap, &table, "", out);
    for (size_t i = 0; i < keymap->count; i++) {
        if ((int)sorted[i]->id != id) {
            buf_format(out, "# %s\n", command_row(sorted[i]->id)->help);
            id = (int)sorted[i]->id;
        }
        print_key(keymap, sorted[i], out);
    }
}

void config_print(const struct config *config, struct buf *out)
{
    buf_text(
        out,
        "# The configuration of folio: ~/.config/folio/config, or what --config names. The command line\n"
        "# counts more, and so does LESS in the environment. Lines that are as they come may be left out.\n"
        "\n[options]\n");
    print_settings(&config->options->settings, out);
    print_options(config->options, out);
    buf_text(out,
             "\n# A colour, on and a colour, and bold, dim, italic, underline, blink, reverse, strike.\n"
             "# Colours: black red green yellow blue magenta cyan white, bright- and one of these, default,\n"
             "# 0 to 255, #rrggbb.\n[colors]\n");
    print_colors(config->looks, out);
    buf_text(
        out,
        "\n# KEY = COMMAND, or none. A number before the command is its count, what it takes stands behind;\n"
        "# :LINE is what one would type. Keys: x, ^X or ctrl-x, ESC-x or alt-x, F5, PgDn, up to 3 in a row.\n"
        "[keys]\n");
    print_keys(config->keymap, out);
}

void config_help(const struct keymap *keymap, struct buf *out)
{
    static const char title[] = "\nChanged by the configuration\n\n";
    struct keymap table;
    size_t begin = out->length;
    if (!keymap_init(&table))
        return;
    for (size_t i = 0; i < keymap->count; i++) {
        if (!print_same(keymap, &keymap->binding[i], &table)) {
            buf_text(out, "  ");
            print_key(keymap, &keymap->binding[i], out);
        }
    }
    print_unbound(keymap, &table, "  ", out);
    if (out->length > begin)
        buf_insert(out, begin, title, sizeof title - 1);
}
