/* SPDX-License-Identifier: MIT */
/**
 * view: a picture of the body of the screen, as a value.
 *
 * A grid of cells that know their byte offset, and beside it a report: where this is, what is known, what runs. The
 * view thread composes it, the UI thread draws it; a frame belongs to the one who holds it (see io/thread/mailbox). It
 * holds only harmless text (base/glyph) and is complete: drawing it needs nothing else.
 */
#ifndef FOLIO_VIEW_FRAME_FRAME_H
#define FOLIO_VIEW_FRAME_FRAME_H

#include "folio/base/glyph/glyph.h"
#include "folio/base/glyph/ink.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The offset of a cell that stands for no byte (line numbers, blanks past the end of a row, messages). */
#define FRAME_NO_OFFSET UINT64_MAX

/** How a cell looks, in words; ui/terminal/screen has the table that makes attributes of it. */
enum style {
    STYLE_TEXT,     /**< content as it is */
    STYLE_CONTROL,  /**< a replacement of bytes a terminal must not get; no text looks like it */
    STYLE_WARNING,  /**< the same for what deceives: bidirectional and invisible characters */
    STYLE_HIT,      /**< part of a search hit */
    STYLE_CURRENT,  /**< part of the hit that n and N count from */
    STYLE_NUMBER,   /**< line number */
    STYLE_EDGE,     /**< ~ past the end, > at a chopped edge, "reading...", the status column */
    STYLE_OVERVIEW, /**< the match overview, and in it what stands for the rows on the screen */
    STYLE_OVERVIEW_SHOWN,
    STYLE_HIGHLIGHT, /**< a hit of the first of the patterns that are highlighted; those of the others follow */
    STYLE_HIGHLIGHT_LAST = STYLE_HIGHLIGHT + 7,
    STYLE_LEVEL_DEBUG, /**< the word for how bad a line is */
    STYLE_LEVEL_INFO,
    STYLE_LEVEL_WARNING,
    STYLE_LEVEL_ERROR,
    STYLE_BYTE_ZERO, /**< of bytes: a class of its own each, what is left is STYLE_TEXT */
    STYLE_BYTE_SPACE,
    STYLE_BYTE_CONTROL,
    STYLE_BYTE_HIGH,
    STYLE_KEY, /**< of JSON: a key, and values by their kind; a sign outside of strings is STYLE_TEXT */
    STYLE_STRING,
    STYLE_DIGITS,
    STYLE_CONSTANT,  /**< true, false, null */
    STYLE_FLAW,      /**< what JSON does not have, and what is said of it */
    STYLE_HOLE,      /**< bytes of a hole of the file, which nobody reads */
    STYLE_CURSOR,    /**< the byte, or the row of a list, that keys are about */
    STYLE_MIRROR,    /**< the same byte where keys do not go: its character, or its digits */
    STYLE_EDIT,      /**< changed in the sandbox only */
    STYLE_POKED,     /**< changed in the file, by us */
    STYLE_FAILED,    /**< the same, but the disk failed */
    STYLE_PENDING,   /**< typed and not stored yet */
    STYLE_SELECTED,  /**< what commands are about */
    STYLE_DIFFERENT, /**< not the same in the other file */
    STYLE_PANEL,     /**< what the inspector says */
    STYLE_COUNT
};

/** One column of one row. */
struct cell {
    /** The base character and its combining marks; rune[0] 0 in the second column of a wide character. */
    uint32_t rune[1 + GLYPH_MARK_MAX];
    uint8_t rune_count;
    uint8_t style;
    /** The colours and attributes that the file asks for, made visible (ink_visible). */
    struct ink ink;
    /** The byte the cell comes from, or FRAME_NO_OFFSET. */
    uint64_t offset;
};

/** A number that may be an estimate. */
struct estimate {
    uint64_t value;
    /** Is it exact? Otherwise it is shown with `~`. */
    bool exact;
    /** Is there any number at all? */
    bool known;
};

/** What folio does besides showing the file. */
enum busy {
    BUSY_NOTHING,
    BUSY_READING,
    BUSY_SEARCHING,
    BUSY_SEEKING,
    BUSY_WRITING,
    BUSY_FILTERING,
    BUSY_POKING,
    BUSY_COMPARING,
    BUSY_CHECKING,
    BUSY_JOURNAL
};

/** Is the end of the file followed as it grows? */
enum following {
    FOLLOWING_NOT,
    FOLLOWING_END, /**< it is on the screen, and what comes moves it on */
    FOLLOWING_AWAY /**< the screen is elsewhere, and goes on with the end when it is back there */
};

/** Things of one kind that are counted: which of them one is at, how many there are, how far counting has come. */
struct tally {
    const char *noun, *nouns; /**< what one is called, and several; constant texts */
    const char *doing;        /**< what goes on while they are counted; a constant text */
    char label[128];   /**< what they are counted by, told before them even if there are none; "": nothing */
    enum busy busy;    /**< what a request is at that waits for them */
    unsigned weight;   /**< of several that are still counted, the progress of the heaviest is told */
    unsigned permille; /**< of the data that was looked at for them; 1000: all, or no more is */
    bool stops;        /**< ^C and Esc end that */
    struct estimate index; /**< which of them one is at, from 1; not known: at none */
    struct estimate count;
};

/** What is told of bytes that are typed and not stored yet (model/reader/run.h). */
struct report_run {
    uint64_t edition; /**< of the run that the frame shows; 0: none */
    bool known;       /**< all that it is typed over has been read */
    char text[256];   /**< what is there and what it becomes, in a sentence; "": not to be told */
};

/** How a change of bytes ended. */
enum ending {
    ENDING_NONE, /**< it did not, or nothing is said of it */
    ENDING_FINE,
    ENDING_REFUSED, /**< not made, or not all of it: nothing is in doubt */
    ENDING_UNSAVED  /**< stored, and the disk would not have it */
};

/** The last one that ended while nobody waited for it. */
struct report_end {
    uint64_t number; /**< how many ended so; 0: none */
    enum ending how;
    char text[1024];
};

/** The most kinds of things that are counted at a time. */
#define REPORT_TALLIES 6

/** The facts for the status row and for `=`. Text members are harmless and NUL-terminated. */
struct report {
    char name[256];    /**< file name as it was given */
    char view[16];     /**< "text", "hex", ... */
    char kind[128];    /**< what libmagic says, "" while not known */
    char encoding[40]; /**< how its bytes spell characters, with `~` before a guess */
    char link[512];    /**< the target of the first hyperlink on the screen, "" if there is none */
    unsigned file;     /**< which of the files, from 1; 0: no file list */
    unsigned file_count;
    struct estimate top_line, bottom_line, line_count;
    uint64_t top_offset;    /**< byte of the first cell */
    uint64_t bottom_offset; /**< byte after the last one shown */
    uint64_t size;
    bool growing;     /**< a pipe whose end has not come: size is what is there so far */
    bool top, end;    /**< the first / the last byte is on the screen */
    bool approximate; /**< row starts in a very long line are not exact */
    enum busy busy;
    unsigned busy_ms; /**< for how long */
    enum following following;
    unsigned indexed;  /**< permille of the data that the line survey has seen; 1000: done */
    unsigned written;  /**< of what is saved; 1000: nothing is, or nobody knows how much it will be */
    bool inner;        /**< what is in a file is shown for itself: one can go back */
    unsigned checked;  /**< of a file that is checked; 1000: none is */
    unsigned overview; /**< columns at the right edge that the overview takes */
    char notice[256];  /**< a lasting remark ("file was replaced: R reads it anew"), "" if none */
    unsigned bells;    /**< how often the bell was to be sounded so far (a match while following) */
    uint64_t shift;    /**< first column shown (horizontal shift) */
    uint64_t cursor;   /**< the byte that keys are about, FRAME_NO_OFFSET in a view without a cursor */
    int byte;          /**< what is there, -1: not known */
    const struct encoding *charset; /**< how the characters of bytes are spelled; NULL: UTF-8 */
    bool characters;                /**< keys go to the characters, not to the digits */
    bool bytes;                     /**< all that is shown are bytes of this file: a key may be a byte */
    bool list;                      /**< rows are places to go to with Enter */
    bool tree;                      /**< rows are values of a tree */
    char path[256];                 /**< of the value under the cursor, where there is one; "": not known */
    bool armed;                     /**< pokes are allowed */
    bool sandboxed;                 /**< edits stay in the sandbox */
    unsigned edits;                 /**< how many are there */
    unsigned uncommitted;           /**< and in the sandboxes of all files together */
    unsigned sandboxes;             /**< how many files have some */
    char sandbox[96];               /**< which: "one 2, two 1"; of one that is shown: "" */
    unsigned stride;                /**< bytes on a row, where rows are bytes */
    struct report_run run;
    struct report_end end_of_poke;
    uint64_t ends;                      /**< how many changes of bytes have ended, in whatever way */
    bool storing;                       /**< bytes are being stored */
    unsigned poked;                     /**< of a group of them, in thousandths; 1000: it is none */
    struct tally tally[REPORT_TALLIES]; /**< what is counted, in the order in which it is told */
    unsigned tally_count;
    /** The bytes that are selected: the first one, and what is behind the last one; the same: none are. */
    uint64_t selected, selected_end;
};

/** One more kind of things that are counted, all of it zeros. Borrowed; NULL where there are too many. */
struct tally *report_tally(struct report *report);

/** The picture. `cell` has rows * columns cells, row by row. */
struct frame {
    uint64_t request; /**< number of the last request that this frame answers */
    unsigned rows, columns;
    unsigned used; /**< rows with content; fewer than rows when the file ends on the screen */
    bool pending;  /**< data is still being read: a better frame for the same request will come */
    struct report report;
    struct cell *cell;
    size_t capacity; /**< cells allocated */
};

/** A new empty frame of no size; NULL when out of memory. */
struct frame *frame_open(void);

/** Free it; NULL is fine. */
void frame_close(struct frame *frame);

/** Give it a size, every cell a blank of STYLE_TEXT without offset. False when out of memory: the frame is 0x0. */
bool frame_resize(struct frame *frame, unsigned rows, unsigned columns);

/** Give it `columns` more at the right edge, blank; what is in it stays. False when out of memory: it stays as it is. */
bool frame_widen(struct frame *frame, unsigned columns);

/** Give it `rows` more at the bottom, in the same way. */
bool frame_heighten(struct frame *frame, unsigned rows);

/** The cells of a row; borrowed, `columns` of them. */
struct cell *frame_row(struct frame *frame, unsigned row);

/** Put plain ASCII `text` at row and column, cut at the edge. Returns the column after it. */
unsigned frame_text(struct frame *frame, unsigned row, unsigned column, const char *text, enum style style);

/** Write a row as UTF-8 without trailing blanks into `out` (NUL-terminated, cut to fit); returns the length. */
size_t frame_row_text(const struct frame *frame, unsigned row, char *out, size_t capacity);

#endif
