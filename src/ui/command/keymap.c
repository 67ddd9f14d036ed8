/* SPDX-License-Identifier: MIT */
/**
 * ui: keys to commands. A table walked from front to back: some hundred rows, asked once per key. Pure.
 *
 * A sequence is either a command or the start of longer ones, never both. So nobody has to guess whether more is to come.
 */
#include "folio/ui/command/keymap.h"

#include "folio/base/glyph/glyph.h"
#include "folio/base/text/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *name;
    uint32_t stroke;
    bool joined; /**< a hyphen behind it joins the next key: ESC-v */
} keymap_name[] = {
    {"SPACE", ' ', false},
    {"TAB", '\t', false},
    {"ESC", STROKE_ESCAPE, true},
    {"^Left", STROKE_WORD_LEFT, false},
    {"^Right", STROKE_WORD_RIGHT, false},
    {"Shift-Up", STROKE_SHIFT_UP, false},
    {"Shift-Down", STROKE_SHIFT_DOWN, false},
    {"Shift-Left", STROKE_SHIFT_LEFT, false},
    {"Shift-Right", STROKE_SHIFT_RIGHT, false},
    {"Shift-TAB", STROKE_SHIFT_TAB, false},
    {"Up", STROKE_UP, false},
    {"Down", STROKE_DOWN, false},
    {"Left", STROKE_LEFT, false},
    {"Right", STROKE_RIGHT, false},
    {"Home", STROKE_HOME, false},
    {"End", STROKE_END, false},
    {"PgUp", STROKE_PAGE_UP, false},
    {"PgDn", STROKE_PAGE_DOWN, false},
    {"Del", STROKE_DELETE, false},
    {"Ins", STROKE_INSERT, false},
    {"Backspace", 0x7f, false},
    {"WheelUp", STROKE_WHEEL_UP, false},
    {"WheelDown", STROKE_WHEEL_DOWN, false},
    {"F10", STROKE_F1 + 9, false},
    {"F11", STROKE_F1 + 10, false},
    {"F12", STROKE_F1 + 11, false},
    {"F1", STROKE_F1, false},
    {"F2", STROKE_F1 + 1, false},
    {"F3", STROKE_F1 + 2, false},
    {"F4", STROKE_F1 + 3, false},
    {"F5", STROKE_F1 + 4, false},
    {"F6", STROKE_F1 + 5, false},
    {"F7", STROKE_F1 + 6, false},
    {"F8", STROKE_F1 + 7, false},
    {"F9", STROKE_F1 + 8, false},
    /* Characters that mean something in a configuration file. */
    {"Colon", ':', true},
    {"Semicolon", ';', true},
    {"Hash", '#', true},
    {"Equals", '=', true},
    {"Bracket", '[', true},
};

#define KEYMAP_NAMES (sizeof keymap_name / sizeof keymap_name[0])
/** From here on a name is only written where the character itself cannot be. */
#define KEYMAP_SIGNS (KEYMAP_NAMES - 5)

uint32_t stroke_parse(const char **text)
{
    const char *at = *text;
    if (*at == '\0' || *at == ' ')
        return STROKE_NONE;
    for (size_t i = 0; i < KEYMAP_NAMES; i++) {
        size_t length = strlen(keymap_name[i].name);
        if (strncmp(at, keymap_name[i].name, length) == 0) {
            /* ESC-v: the hyphen only joins; ESC-- would be a key too. */
            *text = at + length + (keymap_name[i].joined && at[length] == '-');
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

/** The binding of exactly these keys, one for what is shown before one for all; NULL: none. */
static const struct binding *keymap_get(const struct keymap *keymap, unsigned views, const uint32_t *stroke,
                                        unsigned length)
{
    const struct binding *found = NULL;
    for (size_t i = 0; i < keymap->count; i++) {
        const struct binding *binding = &keymap->binding[i];
        bool same =
            binding->length == length && memcmp(binding->stroke, stroke, length * sizeof *stroke) == 0;
        if (same && binding->views & views)
            return binding;
        if (same && !binding->views)
            found = binding;
    }
    return found;
}

/** The binding of exactly these keys and views, or, of keys that are bound to `nothing`, of whatever views. */
static struct binding *keymap_own(struct keymap *keymap, const struct binding *like, bool nothing)
{
    struct binding *found = NULL;
    for (size_t i = 0; i < keymap->count; i++) {
        struct binding *binding = &keymap->binding[i];
        if (binding->length != like->length ||
            memcmp(binding->stroke, like->stroke, like->length * sizeof *like->stroke) != 0)
            continue;
        if (binding->views == like->views)
            return binding;
        found = nothing ? binding : found;
    }
    return found;
}

/** Make the invocation that of a binding. */
static void keymap_give(const struct keymap *keymap, const struct binding *binding,
                        struct invocation *invocation)
{
    invocation->id = binding->id;
    if (!binding->given)
        return;
    invocation->text = binding->text < KEYMAP_TEXT ? keymap->text + binding->text : NULL;
    invocation->letter = binding->letter;
    if (binding->counted) {
        invocation->counted = true;
        invocation->count = binding->count;
        invocation->fraction = binding->fraction;
    }
}

bool keymap_find(const struct keymap *keymap, unsigned views, const uint32_t *stroke, unsigned length,
                 struct invocation *invocation)
{
    const struct binding *binding = keymap_get(keymap, views, stroke, length);
    if (binding)
        keymap_give(keymap, binding, invocation);
    return binding != NULL;
}

/** Does a longer sequence begin with these keys? */
static bool keymap_prefix(const struct keymap *keymap, unsigned views, const uint32_t *stroke,
                          unsigned length)
{
    for (size_t i = 0; i < keymap->count; i++) {
        const struct binding *binding = &keymap->binding[i];
        bool here = !binding->views || binding->views & views;
        if (here && binding->length > length && memcmp(binding->stroke, stroke, length * sizeof *stroke) == 0)
            return true;
    }
    return false;
}

/** Take one sequence from the start of `*text`, and move behind it. */
static bool keymap_take(const char **text, struct binding *binding)
{
    uint32_t stroke = stroke_parse(text);
    for (; stroke != STROKE_NONE && binding->length < KEYMAP_LENGTH; stroke = stroke_parse(text))
        binding->stroke[binding->length++] = stroke;
    return stroke == STROKE_NONE && binding->length > 0;
}

/** Bind a sequence of the command table. */
static bool keymap_add(struct keymap *keymap, const char **text, enum command_id id)
{
    struct binding binding = {.id = id, .views = command_row(id)->views};
    if (!keymap_take(text, &binding) || keymap->count == KEYMAP_COUNT)
        return false;
    const struct binding *same = keymap_get(keymap, binding.views, binding.stroke, binding.length);
    if (same && (same->views != 0) == (binding.views != 0))
        return false;
    keymap->binding[keymap->count++] = binding;
    return true;
}

bool keymap_init(struct keymap *keymap)
{
    keymap->count = keymap->used = 0;
    for (int id = 0; id < COMMAND_COUNT; id++) {
        const char *keys = command_row((enum command_id)id)->keys;
        for (; *keys != '\0'; keys += strspn(keys, " "))
            if (!keymap_add(keymap, &keys, (enum command_id)id))
                return false;
    }
    return true;
}

/** What a person may write in front of a key, and what it is then. */
static bool keymap_read_prefix(const char *keys, struct binding *binding)
{
    bool control = strncasecmp(keys, "ctrl-", 5) == 0;
    bool alt = strncasecmp(keys, "alt-", 4) == 0;
    const char *rest = keys + (control ? 5 : alt ? 4 : 0);
    uint32_t stroke = control || alt ? stroke_parse(&rest) : STROKE_NONE;
    if (stroke == STROKE_NONE || *rest != '\0')
        return false;
    if (alt) {
        binding->stroke[0] = STROKE_ESCAPE;
        binding->stroke[1] = stroke;
        binding->length = 2;
        return true;
    }
    bool letter = stroke < 0x80 && (isalpha((int)stroke) || strchr("@[\\]^_", (int)stroke));
    bool arrow = stroke == STROKE_LEFT || stroke == STROKE_RIGHT;
    binding->stroke[0] = letter                  ? STROKE_CONTROL((uint32_t)toupper((int)stroke))
                         : stroke == STROKE_LEFT ? (uint32_t)STROKE_WORD_LEFT
                                                 : (uint32_t)STROKE_WORD_RIGHT;
    binding->length = letter || arrow;
    return letter || arrow;
}

/** Read keys as a person writes them: names in any case, ctrl-x, alt-x, or as the command table has them. */
static bool keymap_read(const char *keys, struct binding *binding)
{
    static const struct {
        const char *name;
        uint32_t stroke;
    } other[] = {{"enter", '\r'}, {"insert", STROKE_INSERT}, {"delete", STROKE_DELETE}};
    for (size_t i = 0; i < KEYMAP_NAMES + sizeof other / sizeof other[0]; i++) {
        bool named = i < KEYMAP_NAMES;
        if (strcasecmp(keys, named ? keymap_name[i].name : other[i - KEYMAP_NAMES].name) == 0) {
            binding->stroke[0] = named ? keymap_name[i].stroke : other[i - KEYMAP_NAMES].stroke;
            binding->length = 1;
            return true;
        }
    }
    return keymap_read_prefix(keys, binding) || (keymap_take(&keys, binding) && *keys == '\0');
}

/** Take a binding out. */
static void keymap_remove(struct keymap *keymap, struct binding *binding)
{
    size_t at = (size_t)(binding - keymap->binding);
    keymap->count--;
    memmove(binding, binding + 1, (keymap->count - at) * sizeof *binding);
}

/** Take out the longer sequences that begin with these keys: they cannot be typed any more. */
static void keymap_hide(struct keymap *keymap, const struct binding *start)
{
    for (size_t i = keymap->count; i > 0; i--) {
        struct binding *binding = &keymap->binding[i - 1];
        if (binding->views == start->views && binding->length > start->length &&
            memcmp(binding->stroke, start->stroke, start->length * sizeof start->stroke[0]) == 0)
            keymap_remove(keymap, binding);
    }
}

/** Can these keys be typed to the end? False and one sentence otherwise. */
static bool keymap_reachable(const struct keymap *keymap, const struct binding *binding, struct error *error)
{
    char keys[64];
    struct binding start = *binding;
    if (binding->stroke[0] >= '0' && binding->stroke[0] <= '9')
        return error_set(error, 0, "a digit is a count and cannot be bound");
    for (start.length = 1; start.length < binding->length; start.length++) {
        const struct binding *other = keymap_get(keymap, start.views, start.stroke, start.length);
        if (other) {
            keymap_spell(&start, keys, sizeof keys);
            return error_set(error, 0, "%s is a command already; put \"%s = none\" above", keys, keys);
        }
    }
    return true;
}

bool keymap_bind(struct keymap *keymap, const char *keys, const struct invocation *invocation,
                 struct error *error)
{
    struct binding made = {0};
    char harmless[64];
    glyph_text(keys, strlen(keys), harmless, sizeof harmless);
    if (!keymap_read(keys, &made)) {
        return error_set(error, 0, "%s is no key; write x, ^X, ctrl-x, alt-x, F5 or PgDn, up to %d in a row",
                         harmless, KEYMAP_LENGTH);
    }
    made.views = invocation ? command_row(invocation->id)->views : 0;
    struct binding *old = keymap_own(keymap, &made, !invocation);
    if (!invocation) {
        if (!old)
            return error_set(error, 0, "%s is bound to nothing already", harmless);
        keymap_remove(keymap, old);
        return true;
    }
    size_t length = invocation->text ? strlen(invocation->text) + 1 : 0;
    if (!keymap_reachable(keymap, &made, error))
        return false;
    if ((!old && keymap->count == KEYMAP_COUNT) || length > KEYMAP_TEXT - keymap->used)
        return error_set(error, 0, "there is no room for more keys");
    made.id = invocation->id;
    made.given = invocation->text || invocation->counted;
    made.counted = invocation->counted;
    made.count = invocation->count;
    made.fraction = invocation->fraction;
    made.letter = invocation->letter;
    made.text = length > 0 ? keymap->used : KEYMAP_TEXT;
    if (length > 0) {
        memcpy(keymap->text + keymap->used, invocation->text, length);
        keymap->used += length;
    }
    *(old ? old : &keymap->binding[keymap->count++]) = made;
    keymap_hide(keymap, &made);
    return true;
}

/** A key that belongs to the count: a digit, a point behind digits, or what takes the last digit back. */
static bool keymap_count(struct typed *typed, uint32_t stroke)
{
    if (typed->length != 0)
        return false;
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
    if (!typed->counted)
        return false;
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
static enum keymap_result keymap_done(const struct keymap *keymap, struct typed *typed, uint32_t letter,
                                      struct invocation *invocation)
{
    const struct binding *binding = keymap_get(keymap, typed->views, typed->stroke, typed->length);
    *invocation = (struct invocation){
        .counted = typed->counted, .count = typed->count, .fraction = typed->fraction, .letter = letter};
    keymap_give(keymap, binding, invocation);
    *typed = (struct typed){0};
    return KEYMAP_COMMAND;
}

enum keymap_result keymap_feed(const struct keymap *keymap, struct typed *typed, uint32_t stroke,
                               struct invocation *invocation)
{
    if (typed->letter)
        return keymap_done(keymap, typed, stroke, invocation);
    if (keymap_count(typed, stroke))
        return KEYMAP_MORE;
    typed->stroke[typed->length++] = stroke;
    const struct binding *binding = keymap_get(keymap, typed->views, typed->stroke, typed->length);
    if (binding) {
        if (binding->given || command_row(binding->id)->argument != ARGUMENT_LETTER)
            return keymap_done(keymap, typed, 0, invocation);
        typed->letter = true;
        return KEYMAP_MORE;
    }
    if (typed->length < KEYMAP_LENGTH && keymap_prefix(keymap, typed->views, typed->stroke, typed->length))
        return KEYMAP_MORE;
    *typed = (struct typed){0};
    return KEYMAP_UNKNOWN;
}

/** How a stroke is written. */
static void keymap_show(uint32_t stroke, char out[16])
{
    for (size_t i = 0; i < KEYMAP_SIGNS; i++) {
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

void keymap_spell(const struct binding *binding, char *out, size_t capacity)
{
    size_t length = 0;
    out[0] = '\0';
    for (unsigned i = 0; i < binding->length && length < capacity; i++) {
        char piece[16];
        bool joined = binding->stroke[i] == STROKE_ESCAPE;
        keymap_show(binding->stroke[i], piece);
        for (size_t j = KEYMAP_SIGNS; j < KEYMAP_NAMES; j++) {
            if (keymap_name[j].stroke == binding->stroke[i]) {
                joined = true;
                snprintf(piece, sizeof piece, "%s", keymap_name[j].name);
            }
        }
        length += (size_t)snprintf(out + length, capacity - length, "%s%s", piece,
                                   joined && i + 1 < binding->length ? "-" : "");
    }
}

size_t keymap_typed(const struct typed *typed, char *out, size_t capacity)
{
    size_t length = 0;
    char piece[32];
    out[0] = '\0';
    if (typed->counted) {
        snprintf(piece, sizeof piece, "%lld%s", (long long)typed->count, typed->point ? "." : "");
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
