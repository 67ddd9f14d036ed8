/* SPDX-License-Identifier: MIT */
/**
 * ui: from keys to commands. Counts, prefixes and the keys of the command table; no terminal.
 *
 * A stroke is one key: a code point, or one of enum stroke. The map is made once of commands.def, changed by the
 * configuration, and then only read; what has been typed of a command so far is a separate value, struct typed. Both
 * belong to the UI thread.
 */
#ifndef FOLIO_UI_COMMAND_KEYMAP_H
#define FOLIO_UI_COMMAND_KEYMAP_H

#include "folio/ui/command/command.h"
#include "folio/ui/terminal/stroke.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The longest key sequence, the most of them, and the room for what their commands are given. */
#define KEYMAP_LENGTH 3
#define KEYMAP_COUNT  400
#define KEYMAP_TEXT   8192

/** A value; what its bindings say is in `text`. */
struct keymap {
    struct binding {
        uint32_t stroke[KEYMAP_LENGTH];
        unsigned length;
        enum command_id id;
        unsigned views; /**< as in struct command */
        bool given;     /**< its command is given the following, whatever is typed */
        bool counted;
        int64_t count;
        uint32_t fraction, letter;
        size_t text; /**< in keymap.text; KEYMAP_TEXT: none */
    } binding[KEYMAP_COUNT];
    size_t count;
    char text[KEYMAP_TEXT];
    size_t used;
};

/** The keys typed so far that make no whole command yet. All zero: none. */
struct typed {
    unsigned views; /**< what is shown (enum command_view), whoever feeds a key says so */
    bool counted, point;
    int64_t count;
    uint32_t fraction, unit; /**< thousandths behind the point; what the next digit is worth, times ten */
    uint32_t stroke[KEYMAP_LENGTH];
    unsigned length;
    bool letter; /**< the strokes are a command that waits for its letter */
};

enum keymap_result {
    KEYMAP_MORE,    /**< part of a command: wait for the next key */
    KEYMAP_COMMAND, /**< `invocation` is complete, `typed` is empty again */
    KEYMAP_UNKNOWN, /**< means nothing; `typed` is empty again */
};

/** Parse the key at `*text` ("^X", "Up", "SPACE", "j") and move behind it. STROKE_NONE at the end. */
uint32_t stroke_parse(const char **text);

/**
 * Make the map of the command table. False when two commands have the same keys or there is no room (a bug).
 */
bool keymap_init(struct keymap *keymap);

/** One more key. */
enum keymap_result keymap_feed(const struct keymap *keymap, struct typed *typed, uint32_t stroke,
                               struct invocation *invocation);

/**
 * Is there a command with exactly these keys where `views` are shown? Then it, with what it is given, is put into
 * `invocation`.
 */
bool keymap_find(const struct keymap *keymap, unsigned views, const uint32_t *stroke, unsigned length,
                 struct invocation *invocation);

/**
 * Bind keys as a person writes them ("^X^V", "ESC-v", "ctrl-x", "alt-x", "f5", "PgDn") to `invocation`; NULL: to
 * nothing. A command that has keys in some views only gets these there only. False and one sentence when that is no key, or could never be reached.
 */
bool keymap_bind(struct keymap *keymap, const char *keys, const struct invocation *invocation,
                 struct error *error);

/** How the keys of a binding are written, as keymap_bind reads them; cut to fit. */
void keymap_spell(const struct binding *binding, char *out, size_t capacity);

/** What has been typed, to be shown: "12", "ESC". Returns the length, 0 for nothing. */
size_t keymap_typed(const struct typed *typed, char *out, size_t capacity);

#endif
