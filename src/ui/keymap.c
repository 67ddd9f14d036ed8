/* SPDX-License-Identifier: MIT */
/**
 * ui: keys to commands. A table walked from front to back: some hundred rows, asked once per key. Pure.
 *
 * A sequence that is a command is taken at once even if a longer one begins with it: `:` opens its line, and
 * only then is the next key held against ":n" (keymap_find). Everything else is either a prefix or a command,
 * never both.
 */
#include "folio/ui/keymap.h"

#include "folio/base/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    uint32_t stroke;
} keymap_name[] = {
    {"SPACE", ' '},
    {"ESC", STROKE_ESCAPE},
    {"^Left", STROKE_WORD_LEFT},
    {"^Right", STROKE_WORD_RIGHT},
    {"Up", STROKE_UP},
    {"Down", STROKE_DOWN},
    {"Left", STROKE_LEFT},
    {"Right", STROKE_RIGHT},
    {"Home", STROKE_HOME},
    {"End", STROKE_END},
    {"PgUp", STROKE_PAGE_UP},
    {"PgDn", STROKE_PAGE_DOWN},
    {"Del", STROKE_DELETE},
    {"WheelUp", STROKE_WHEEL_UP},
    {"WheelDown", STROKE_WHEEL_DOWN},
    {"F1", STROKE_F1},
};

uint32_t stroke_parse(const char **text)
{
    const char *at = *text;
    if (*at == '\0' || *at == ' ') {
        return STROKE_NONE;
    }
    for (size_t i = 0; i < sizeof(keymap_name) / sizeof(keymap_name[0]); i++) {
        size_t length = strlen(keymap_name[i].name);
        if (strncmp(at, keymap_name[i].name, length) == 0) {
            /* ESC-v: the hyphen only joins; ESC-- would be a key too. */
            *text = at + length + (keymap_name[i].stroke == STROKE_ESCAPE && at[length] == '-');
            return keymap_name[i].stroke;
        }
    }
    if (at[0] == '^' && at[1] != '\0' && at[1] != ' ') {
        *text = at + 2;
        return STROKE_CONTROL((unsigned char)at[1]);
    }
    struct utf8 rune = utf8_decode(at, strlen(at));
    *text = at + rune.length;
    return rune.rune;
}

bool keymap_find(const struct keymap *keymap, const uint32_t *stroke, unsigned length, enum command_id *id)
{
    for (size_t i = 0; i < keymap->count; i++) {
        const struct binding *binding = &keymap->binding[i];
        if (binding->length == length && memcmp(binding->stroke, stroke, length * sizeof(*stroke)) == 0) {
            *id = binding->id;
            return true;
        }
    }
    return false;
}

/** Does a longer sequence begin with these keys? */
static bool keymap_prefix(const struct keymap *keymap, const uint32_t *stroke, unsigned length)
{
    for (size_t i = 0; i < keymap->count; i++) {
        const struct binding *binding = &keymap->binding[i];
        if (binding->length > length && memcmp(binding->stroke, stroke, length * sizeof(*stroke)) == 0) {
            return true;
        }
    }
    return false;
}

/** Bind one sequence, of which `*text` is the start, and move behind it. */
static bool keymap_bind(struct keymap *keymap, const char **text, enum command_id id)
{
    enum command_id other;
    struct binding binding = {.id = id};
    uint32_t stroke = stroke_parse(text);
    for (; stroke != STROKE_NONE && binding.length < KEYMAP_LENGTH; stroke = stroke_parse(text)) {
        binding.stroke[binding.length++] = stroke;
    }
    if (stroke != STROKE_NONE || keymap->count == KEYMAP_COUNT ||
        keymap_find(keymap, binding.stroke, binding.length, &other)) {
        return false;
    }
    keymap->binding[keymap->count++] = binding;
    return true;
}

bool keymap_init(struct keymap *keymap)
{
    keymap->count = 0;
    for (int id = 0; id < COMMAND_COUNT; id++) {
        const char *keys = command_row((enum command_id)id)->keys;
        for (; *keys != '\0'; keys += strspn(keys, " ")) {
            if (!keymap_bind(keymap, &keys, (enum command_id)id)) {
                return false;
            }
        }
    }
    return true;
}

/** A key that belongs to the count: a digit, a point behind digits, or what takes the last digit back. */
static bool keymap_count(struct typed *typed, uint32_t stroke)
{
    if (typed->length != 0) {
        return false;
    }
    if (stroke >= '0' && stroke <= '9') {
        uint32_t digit = stroke - '0';
        if (typed->point) {
            typed->fraction += digit * typed->unit;
            typed->unit /= 10;
        } else if (__builtin_mul_overflow(typed->count, 10, &typed->count) ||
                   __builtin_add_overflow(typed->count, digit, &typed->count)) {
            typed->count = INT64_MAX;
        }
        typed->counted = true;
        return true;
    }
    if (!typed->counted) {
        return false;
    }
    if (stroke == '.' && !typed->point) {
        typed->point = true;
        typed->unit = 100;
        return true;
    }
    if (stroke == 0x7f || stroke == '\b') {
        int64_t left = typed->point ? typed->count : typed->count / 10;
        *typed = (struct typed){.counted = left != 0, .count = left};
        return true;
    }
    return false;
}

/** Hand out the command with all that was typed for it, and begin anew. */
static enum keymap_result keymap_done(struct typed *typed, enum command_id id, uint32_t letter,
                                      struct invocation *invocation)
{
    *invocation = (struct invocation){.id = id,
                                      .counted = typed->counted,
                                      .count = typed->count,
                                      .fraction = typed->fraction,
                                      .letter = letter};
    *typed = (struct typed){0};
    return KEYMAP_COMMAND;
}

enum keymap_result keymap_feed(const struct keymap *keymap, struct typed *typed, uint32_t stroke,
                               struct invocation *invocation)
{
    enum command_id id;
    if (typed->letter) {
        return keymap_done(typed, typed->id, stroke, invocation);
    }
    if (keymap_count(typed, stroke)) {
        return KEYMAP_MORE;
    }
    typed->stroke[typed->length++] = stroke;
    if (keymap_find(keymap, typed->stroke, typed->length, &id)) {
        if (command_row(id)->argument != ARGUMENT_LETTER) {
            return keymap_done(typed, id, 0, invocation);
        }
        typed->letter = true;
        typed->id = id;
        return KEYMAP_MORE;
    }
    if (typed->length < KEYMAP_LENGTH && keymap_prefix(keymap, typed->stroke, typed->length)) {
        return KEYMAP_MORE;
    }
    *typed = (struct typed){0};
    return KEYMAP_UNKNOWN;
}

/** How a stroke is written. */
static void keymap_show(uint32_t stroke, char out[16])
{
    for (size_t i = 0; i < sizeof(keymap_name) / sizeof(keymap_name[0]); i++) {
        if (keymap_name[i].stroke == stroke) {
            snprintf(out, 16, "%s", keymap_name[i].name);
            return;
        }
    }
    if (stroke < ' ') {
        snprintf(out, 16, "^%c", (char)(stroke ^ 0x40));
        return;
    }
    char bytes[UTF8_LENGTH_MAX];
    size_t length = utf8_encode(stroke, bytes);
    snprintf(out, 16, "%.*s", (int)length, bytes);
}

size_t keymap_typed(const struct typed *typed, char *out, size_t capacity)
{
    size_t length = 0;
    char piece[32];
    out[0] = '\0';
    if (typed->counted) {
        snprintf(piece, sizeof(piece), "%lld%s", (long long)typed->count, typed->point ? "." : "");
        length = (size_t)snprintf(out, capacity, "%s", piece);
        for (uint32_t unit = 100; typed->point && unit > typed->unit && length + 2 < capacity; unit /= 10) {
            out[length++] = (char)('0' + typed->fraction / unit % 10);
            out[length] = '\0';
        }
    }
    for (unsigned i = 0; i < typed->length && length + 16 < capacity; i++) {
        keymap_show(typed->stroke[i], piece);
        length += (size_t)snprintf(out + length, capacity - length, "%s%s", length > 0 ? " " : "", piece);
    }
    return length;
}
