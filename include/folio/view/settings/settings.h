/* SPDX-License-Identifier: MIT */
/**
 * view: everything a person can set about how a file is shown. A value; the session owns the one that counts.
 *
 * One table (in table.c) gives the names of `:set`, less's option letters, the messages, and the help. Pure; any
 * thread.
 */
#ifndef FOLIO_VIEW_SETTINGS_SETTINGS_H
#define FOLIO_VIEW_SETTINGS_SETTINGS_H

#include "folio/base/bytes/buf.h"
#include "folio/base/bytes/error.h"
#include "folio/base/glyph/glyph.h"
#include "folio/base/text/encoding.h"

#include <stdbool.h>
#include <stddef.h>

/** The most lines that --header keeps at the top. */
#define SETTINGS_HEADER_MAX 64

/** How colours in the file are taken. */
enum settings_sgr { SGR_OFF, SGR_ON, SGR_CARRY };

/** How the match overview at the right edge is drawn. */
enum settings_overview { OVERVIEW_OFF, OVERVIEW_ON, OVERVIEW_ASCII };

/** The longest text of a setting, with its NUL. */
#define SETTINGS_TEXT 64

/** What is set. Members are ints, so that one table can name them, but for the encoding and texts; booleans are 0 or 1. */
struct settings {
    const struct encoding *encoding; /**< of every file; NULL: as guessed */
    int chop;                        /**< -S: long lines are cut at the edge, not wrapped (`:set nowrap`) */
    int numbers;                     /**< -N: line numbers at the left */
    int squeeze;                     /**< -s: runs of empty lines show as one */
    int tab_width;                   /**< -x: columns between tab stops (behind those below), 1 to 255 */
    int stop_count;                  /**< -xA,B,C: how many tab stops are set one by one */
    int stop[GLYPH_STOP_MAX];
    int letter_case;    /**< enum pattern_case: 0 exact, 1 smart (-i), 2 folded (-I) */
    int target;         /**< -j: row of a jump's target: > 0 from the top (1), < 0 from the bottom, in rows */
    int target_percent; /**< -j.N: the target as a hundredth of the screen, or -1: `target` counts */
    int highlight;      /**< search hits are highlighted (-G switches it off) */
    int tilde;          /**< ~ on rows past the end (-~ switches it off) */
    int window;         /**< -z: rows of a page; 0 or less: that many fewer than the body of the screen has */
    int half;           /**< rows that d and u move; 0: half the screen */
    int shift;          /**< -#: columns of a horizontal shift; 0: half the screen */
    int shift_percent;  /**< in place of `shift`: so much of the screen's width; -1: none */
    int sgr;            /**< enum settings_sgr: colours, links and overstrike are carried out (-R) */
    int search_raw;     /**< searches see the bytes, not the text as it is shown */
    int word_wrap;      /**< --wordwrap: rows end behind a blank */
    int header_lines;   /**< --header: rows of the file that stay at the top, */
    int header_columns; /**< columns that do at the left, while lines are shifted, */
    int header_first;   /**< and the line with which those rows begin, from 1; nothing before it is shown */
    int status_column;  /**< -J: hits and marks in columns of their own at the left */
    int mark_new; /**< the first new line is marked: 1 after a page (-w), 2 after any larger movement (-W) */
    int overview; /**< enum settings_overview */
    int levels;   /**< the word for a log line's level is coloured */
    int context;  /**< lines shown around each one that a filter lets through */
    int bytes;    /**< of a row of the hex view; 0: as many as fit */
    int group;    /**< bytes between wider gaps there; 0: none */
    int ruler;    /**< the columns are numbered above them */
    int inspect;  /**< the inspector is shown there */
    int strip;    /**< kinds of bytes and their entropy are shown at the right edge there */
    int write;    /**< bytes may be poked */
    int sandbox;  /**< edits stay in a private sandbox until they are committed */
    int level;    /**< levels of a tree that are open at first; 0: all */
    char
        label[SETTINGS_TEXT]; /**< the key whose value stands beside a closed object; "": one that is usual */
    int data;                 /**< a tree shows what strings mean, and no brackets, quotes and commas */
    int form_feed;            /**< --form-feed: movements stop at a line that begins with ^L */
};

/** less's defaults. */
struct settings settings_default(void);

/** Fill in the rules by which bytes are shown, from the settings; all but the encoding, which is the file's. */
void settings_rules(const struct settings *settings, struct glyph_rules *rules);

/** What a setting is set to. */
enum setting_kind {
    SETTING_NUMBER,   /**< from `low` to `high`; a switch where `off` is not NULL */
    SETTING_SHARE,    /**< the same, or a share of the screen: .N hundredths */
    SETTING_NAMES,    /**< one of `names`; a switch as well where `off` is not NULL */
    SETTING_STOPS,    /**< tab stops: N, or A,B,C */
    SETTING_HEADER,   /**< LINES,COLUMNS,FIRST, each of which may be left out; "-": none */
    SETTING_ENCODING, /**< its name, or auto */
    SETTING_TEXT,     /**< any, of less than SETTINGS_TEXT bytes, or auto, which is "" */
};

/**
 * One setting as the table knows it: a switch (`off` is not NULL), or something that takes a value. A member of struct
 * settings may have several switches: -i and -I, -N and -n; then the first one whose name fits counts.
 */
struct setting {
    const char *name; /**< as in `:set NAME` */
    const char
        *off;    /**< the name that switches it off ("wrap" for "nowrap"), NULL where it takes a value only */
    char letter; /**< less's option letter, 0 where it has none */
    size_t offset;        /**< of the int, or the text, in struct settings */
    int low, high;        /**< allowed values */
    int set_value;        /**< what NAME, or the letter on a command line, sets; the default of a number */
    const char *set_text; /**< what is said when it is switched on; what stands before the number */
    const char *off_text; /**< what is said when it is switched off; what stands after the number */
    const char *help;
    enum setting_kind kind;
    const char *const *names; /**< NAMES: what `low` to `high` are called */
};

/** The table, `*count` rows; static. */
const struct setting *settings_table(size_t *count);

/** The row with this letter, or NULL; '\0' is none. */
const struct setting *settings_letter(char letter);

/** The row with this name, or that another program gives it, or (`off`) with that for switching it off; or NULL. */
const struct setting *settings_name(const char *name, size_t length, bool *off);

struct nearest;

/** Offer the names of all rows, to be compared with one that there is not. */
void settings_offer(struct nearest *nearest);

/** What a switch sets when it is switched off. */
int setting_off_value(const struct setting *setting);

/**
 * How the setting of this row of the table is set now, as the word that sets it so: "wrap", "tabs=9,17", "encoding=auto".
 * Returns the length of the word.
 */
size_t settings_word(const struct settings *settings, const struct setting *row, char *out, size_t capacity);

/**
 * Put one setting into a text: how it is set (`name` is what it is called then) or how it can be ("nowrap, wrap",
 * "tabs=NUMBER"; `name` is NULL), its help, and the letter of its option, 0 for none.
 */
typedef void settings_put(const char *word, const char *name, const char *help, char letter, struct buf *out);

/** Put all that can be set, as it is in `settings`, or, where that is NULL, as it can be. */
void settings_each(const struct settings *settings, settings_put *put, struct buf *out);

/** A row of a list: the word, then what it is, or what `name` is where the word is the opposite. */
settings_put settings_list_row;

/**
 * Carry out one word: NAME, noNAME, NAME=VALUE as `:set` has them, or "-X" / "-XNUMBER" as less's `-` command has
 * them ("-X" toggles a switch, "-+X" sets anything back to its default, "_X" and "NAME?" only ask). A target is a
 * row, or ".5" for a share of the screen. `said` (size 0 allowed) gets what to tell the person, harmless text. False
 * and `error` when there is no such setting or the value is not allowed; nothing has changed then. -r, -u and -U are
 * refused with the reason. An encoding is looked for, which takes milliseconds (encoding_find: one thread at a time).
 */
bool settings_change(struct settings *settings, const char *word, char *said, size_t said_size,
                     struct error *error);

/**
 * The setting with this option letter as a command line or LESS gives it: a switch is set, not toggled; a number is
 * taken from `value`, which is not read for a switch. False and `error` as above.
 */
bool settings_option(struct settings *settings, char letter, const char *value, struct error *error);

#endif
