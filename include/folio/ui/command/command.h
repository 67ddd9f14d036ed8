/* SPDX-License-Identifier: MIT */
/**
 * ui: the command table, as values. Made of commands.def; what each part of ui needs to know of a command.
 *
 * Static and constant; any thread. The texts made from it (help, man page rows) are appended to a buf of the
 * caller.
 */
#ifndef FOLIO_UI_COMMAND_COMMAND_H
#define FOLIO_UI_COMMAND_COMMAND_H

#include "folio/base/bytes/buf.h"
#include "folio/base/bytes/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum command_id {
#define COMMAND(id, ...) COMMAND_##id,
#include "folio/ui/command/commands.def"
#undef COMMAND
    COMMAND_COUNT
};

enum command_argument {
    ARGUMENT_NONE,
    ARGUMENT_LETTER,
    ARGUMENT_FILE,
    ARGUMENT_RANGE, /**< a range and a file, or only a file */
    ARGUMENT_SETTING,
    ARGUMENT_TEXT
};

enum command_group {
    GROUP_MOVE,
    GROUP_JUMP,
    GROUP_SEARCH,
    GROUP_BYTES,
    GROUP_TREE,
    GROUP_FILE,
    GROUP_OTHER,
    GROUP_COUNT
};

/** The verb of a command that ui carries out itself. */
#define COMMAND_BY_UI (-1)

/** Where the keys of a command mean it, and nothing else; 0: wherever they mean nothing else. Several together. */
enum command_view { COMMAND_IN_TREE = 1 << 0 };

/** One row of the table. */
struct command {
    const char *word; /**< for the configuration, in capitals with underscores: "PAGE_FORWARD" */
    const char *keys;
    const char *name; /**< NULL: none */
    int verb;         /**< enum verb for the session, or COMMAND_BY_UI */
    int64_t amount;   /**< goes along with the verb, or to the function */
    enum command_argument argument;
    enum command_group group;
    const char *help;
    unsigned views; /**< enum command_view */
};

/** A command with everything that was typed for it. */
struct invocation {
    enum command_id id;
    bool counted;
    int64_t count;     /**< 0 when not counted; saturates */
    uint32_t fraction; /**< thousandths typed behind a point */
    char from, to;     /**< marks in front of it ("'a,'bwrite"), 0: none */
    uint32_t letter;   /**< the key behind a command that takes one */
    const char *text;  /**< what stands behind a `:` name ("" if nothing), borrowed; NULL: it came by a key */
};

/** The row of `id`; static. */
const struct command *command_row(enum command_id id);

/**
 * Parse what was typed behind `:`. Names match exactly; a number is a line, 0x or a suffix (b K M G T) makes it
 * a byte, a sign relative bytes, % a percentage; an expression (base/words/reckon) that is none of these is a place,
 * and `.name` or `.[3]` the path of a value of a JSON file.
 * `invocation->text` points into `text`. False and one sentence otherwise.
 */
bool command_parse(const char *text, struct invocation *invocation, struct error *error);

/** Is what is typed behind `:` the path of a value of a JSON file, or the beginning of one? */
bool command_is_path(const char *text);

/**
 * Parse what a key is bound to: ":" and a line as above, or the word of a command ("page-forward"), with a count in
 * front ("10 line-forward") or its argument behind ("mark a") where it takes one. `invocation->text` points into
 * `text`, and is NULL where nothing is given. False and one sentence otherwise.
 */
bool command_parse_word(const char *text, struct invocation *invocation, struct error *error);

/** Append what a key is bound to, as command_parse_word reads it. */
void command_spell(const struct invocation *invocation, struct buf *out);

/** The `number`-th name that `:` knows (from 0), skipping forms; NULL after the last. */
const char *command_name(size_t number);

/** What is typed at the end of a `:` line, behind the command at its start, and in `*begin` where that starts. */
enum command_argument command_line_argument(const char *text, size_t *begin);

/** Append the help screen. */
void command_help(struct buf *out);

/** Append the rows of the man page (mdoc). */
void command_manual(struct buf *out);

#endif
