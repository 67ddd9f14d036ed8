/* SPDX-License-Identifier: MIT */
/* tests: key names to the bytes a terminal sends for them; libvterm knows which modes the program has switched on. */
#include "harness/terminal_private.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST_NAME = 24, PATIENCE = 60000, WHEEL_UP = 4, WHEEL_DOWN = 5 };

static const struct {
    const char *name;
    VTermKey key;
} named_keys[] = {
    {"CR", VTERM_KEY_ENTER},      {"Enter", VTERM_KEY_ENTER},  {"ESC", VTERM_KEY_ESCAPE},
    {"Tab", VTERM_KEY_TAB},       {"BS", VTERM_KEY_BACKSPACE}, {"Up", VTERM_KEY_UP},
    {"Down", VTERM_KEY_DOWN},     {"Left", VTERM_KEY_LEFT},    {"Right", VTERM_KEY_RIGHT},
    {"Home", VTERM_KEY_HOME},     {"End", VTERM_KEY_END},      {"PgUp", VTERM_KEY_PAGEUP},
    {"PgDn", VTERM_KEY_PAGEDOWN}, {"Ins", VTERM_KEY_INS},      {"Del", VTERM_KEY_DEL},
};

static const struct {
    const char *name;
    char character;
} named_characters[] = {{"Space", ' '}, {"lt", '<'}, {"gt", '>'}, {"NUL", '\0'}};

static bool named_key_press(struct terminal *terminal, const char *name, VTermModifier modifier)
{
    char *end;
    for (size_t i = 0; i < sizeof named_keys / sizeof named_keys[0]; i++) {
        if (strcmp(name, named_keys[i].name) == 0) {
            vterm_keyboard_key(terminal->vterm, named_keys[i].key, modifier);
            return true;
        }
    }
    if (name[0] == 'F' && isdigit((unsigned char)name[1])) {
        long number = strtol(name + 1, &end, 10);
        if (*end || number < 1 || number > 12)
            return false;
        vterm_keyboard_key(terminal->vterm, (VTermKey)(VTERM_KEY_FUNCTION_0 + number), modifier);
        return true;
    }
    return false;
}

static void character_press(struct terminal *terminal, char character, VTermModifier modifier)
{
    if (modifier & VTERM_MOD_ALT)
        bytes_append(&terminal->unsent, "\033", 1);
    if (modifier & VTERM_MOD_CTRL)
        character = (char)(character == '?' ? 0x7f : toupper((unsigned char)character) & 0x1f);
    bytes_append(&terminal->unsent, &character, 1);
}

static bool named_character_press(struct terminal *terminal, const char *name, VTermModifier modifier)
{
    char *end;
    for (size_t i = 0; i < sizeof named_characters / sizeof named_characters[0]; i++) {
        if (strcmp(name, named_characters[i].name) == 0) {
            character_press(terminal, named_characters[i].character, modifier);
            return true;
        }
    }
    if (strlen(name) == 3 && name[0] == 'x' && isxdigit((unsigned char)name[1])) {
        character_press(terminal, (char)strtol(name + 1, &end, 16), modifier);
        return *end == '\0';
    }
    if (strlen(name) != 1 || modifier == VTERM_MOD_NONE)
        return false;
    character_press(terminal, name[0], modifier);
    return true;
}

static bool mouse_press(struct terminal *terminal, const char *name)
{
    int row, column, used = 0;
    if (strcmp(name, "WheelUp") == 0 || strcmp(name, "WheelDown") == 0) {
        vterm_mouse_button(terminal->vterm, name[5] == 'U' ? WHEEL_UP : WHEEL_DOWN, true, VTERM_MOD_NONE);
        return true;
    }
    if (sscanf(name, "Click-%d-%d%n", &row, &column, &used) != 2 || name[used] != '\0')
        return false;
    vterm_mouse_move(terminal->vterm, row, column, VTERM_MOD_NONE);
    vterm_mouse_button(terminal->vterm, 1, true, VTERM_MOD_NONE);
    vterm_mouse_button(terminal->vterm, 1, false, VTERM_MOD_NONE);
    return true;
}

static bool name_press(struct terminal *terminal, const char *name)
{
    VTermModifier modifier = VTERM_MOD_NONE;
    while (name[0] && name[1] == '-' && name[2]) {
        if (name[0] == 'C')
            modifier |= VTERM_MOD_CTRL;
        else if (name[0] == 'M')
            modifier |= VTERM_MOD_ALT;
        else if (name[0] == 'S')
            modifier |= VTERM_MOD_SHIFT;
        else
            return false;
        name += 2;
    }
    return named_key_press(terminal, name, modifier) || named_character_press(terminal, name, modifier) ||
           mouse_press(terminal, name);
}

/** Turn `keys` into bytes that wait to be sent. */
static bool keys_encode(struct terminal *terminal, const char *keys, struct error *error)
{
    while (*keys) {
        char name[LONGEST_NAME + 1];
        size_t length;
        if (*keys != '<') {
            bytes_append(&terminal->unsent, keys++, 1);
            continue;
        }
        length = strcspn(keys + 1, ">");
        if (keys[1 + length] != '>' || length == 0 || length > LONGEST_NAME)
            return error_set(error, 0, "no key name at \"%s\" (a plain < is <lt>)", keys);
        memcpy(name, keys + 1, length);
        name[length] = '\0';
        if (!name_press(terminal, name))
            return error_set(error, 0, "no key is called <%s>", name);
        keys += length + 2;
    }
    return true;
}

bool terminal_keys(struct terminal *terminal, const char *keys, struct error *error)
{
    size_t before = terminal->unsent.size;
    int64_t deadline = clock_now() + PATIENCE;
    if (!keys_encode(terminal, keys, error)) {
        terminal->unsent.size = before;
        return false;
    }
    terminal_asked(terminal);
    if (terminal->unsent.size)
        terminal->sleeps = terminal_sleeps(terminal);
    if (terminal->unsent.size && terminal->master >= 0) {
        ssize_t put = write(terminal->master, terminal->unsent.data, terminal->unsent.size);
        if (put > 0)
            terminal->unsent.size -= (size_t)put;
        if (put > 0 && terminal->unsent.size)
            memmove(terminal->unsent.data, terminal->unsent.data + put, terminal->unsent.size);
    }
    while (terminal->unsent.size && !terminal->ended && terminal->master >= 0) {
        if (clock_now() >= deadline)
            return error_set(error, 0, "the program takes no keys");
        terminal_pump(terminal, 20);
    }
    return true;
}
