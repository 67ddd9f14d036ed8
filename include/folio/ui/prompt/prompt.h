/* SPDX-License-Identifier: MIT */
/**
 * ui: the line that a person types into: `/`, `?`, `:`, `-` and file names. Editing and history; no terminal.
 *
 * The text is bytes in UTF-8, the cursor a byte offset at a character start. One prompt lives as long as the program
 * and is opened again and again; what is pasted is inserted as it is. Each kind keeps its own history
 * in memory (ui/prompt/history keeps it across runs). UI thread.
 */
#ifndef FOLIO_UI_PROMPT_PROMPT_H
#define FOLIO_UI_PROMPT_PROMPT_H

#include "folio/base/bytes/buf.h"
#include "folio/ui/terminal/strip.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The longest line in bytes; it has to fit a request. */
#define PROMPT_LENGTH 4000
/** Lines remembered of each kind. */
#define PROMPT_HISTORY 1000

enum prompt_kind { PROMPT_COLON, PROMPT_SEARCH, PROMPT_OPTION, PROMPT_FILE, PROMPT_KIND_COUNT };

struct prompt {
    bool open;
    enum prompt_kind kind;
    char label[96]; /**< what stands before the text: "/", "Examine: " */
    struct buf text;
    size_t cursor;
    char tail[128]; /**< what stands behind the text: what is to be said of it */
    struct history {
        char *line[PROMPT_HISTORY]; /**< oldest first */
        size_t count;
    } history[PROMPT_KIND_COUNT];
    size_t recalled;  /**< which line of the history is shown; its count: none is, but what was typed */
    struct buf typed; /**< what was typed before the history was looked into; lines must begin with it */
};

enum prompt_result {
    PROMPT_EDITED,        /**< go on; text or cursor may have changed */
    PROMPT_ENTERED,       /**< Enter: closed, remembered; prompt->text holds the line */
    PROMPT_CANCELLED,     /**< Esc, ^C, ^G, or Backspace on nothing: closed */
    PROMPT_COMPLETE,      /**< Tab: the caller completes, */
    PROMPT_COMPLETE_BACK, /**< and goes back with Shift and Tab */
};

/** Open it, empty. */
void prompt_open(struct prompt *prompt, enum prompt_kind kind, const char *label);

/** Give it a key. */
enum prompt_result prompt_feed(struct prompt *prompt, uint32_t stroke);

/**
 * Insert what was pasted at the cursor, as it is: controls in it edit and enter nothing. The end of a line becomes a
 * blank, because this is one line; before and behind the text it is left out, as a line that was copied whole has one. NUL
 * is left out too.
 */
void prompt_paste(struct prompt *prompt, const struct buf *text);

/** Give it Esc, or Alt, and a key: they edit as they do in less. False: the two mean nothing, and nothing was done. */
bool prompt_feed_pair(struct prompt *prompt, uint32_t stroke);

/** Replace the text from byte `begin` to the cursor; the cursor stands behind it. */
void prompt_replace(struct prompt *prompt, size_t begin, const char *text);

/** Put a line in front of the history of `kind`, as its oldest, unless it is there already or there is no room. */
void prompt_learn(struct prompt *prompt, enum prompt_kind kind, const char *line);

/** Draw label and text in the last row of `strip`, which is empty, so that the cursor can be seen; returns its column. */
unsigned prompt_draw(const struct prompt *prompt, struct strip *strip);

/** Free all memory. */
void prompt_release(struct prompt *prompt);

#endif
