/* SPDX-License-Identifier: MIT */
/**
 * model, private: the inside of searching, shared by the search and the filter.
 *
 *     matches.c   the view thread's questions about one pattern
 *     select.c    the same: by number, and groups of a match
 *     walk.c      the units of one pattern in one block, the same for workers and view thread
 *     block.c     which lines are a block's, and which of them are long
 *     bytes.c     the single matches in one block, where they are the unit
 *     filter.c    the view thread's questions about several patterns: filter_inside.h
 *
 * A *search* is what is looked for in what; all threads read it. A *searcher* is one thread's scratch memory for it.
 */
#ifndef FOLIO_MODEL_SEARCH_INSIDE_H
#define FOLIO_MODEL_SEARCH_INSIDE_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"
#include "folio/base/text/encoding.h"
#include "folio/model/pattern/pattern.h"
#include "folio/model/pattern/shown.h"
#include "folio/model/reader/reader.h"
#include "folio/model/search/matches.h"
#include "folio/model/search/replay.h"
#include "folio/model/survey/survey.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct search {
    struct pattern *pattern;
    struct matches_text text;
};

struct searcher {
    const struct search *search;
    struct matcher *matcher;
    /** NULL where the bytes themselves are searched. */
    struct shown *shown;
    bool lent; /**< `shown` is another searcher's */
};

/** The view thread's side of a search. */
struct matches {
    struct survey *survey;
    struct summary *summary;
    struct search *search;
    struct searcher *searcher;
    /** Matches that were found around some place, where they are the unit (bytes.c); NULL: none were yet. */
    struct nearby *nearby;
};

/** Some bytes as they are searched: `text` is borrowed from the bytes, or (`shown`) from the searcher. */
struct sight {
    struct span text;
    const struct shown *shown;
    size_t length; /**< of the bytes */
    size_t mark;   /**< of the byte order mark before the text, which is not shown */
};

/** NULL and `error` when out of memory. */
struct searcher *searcher_open(const struct search *search, struct error *error);

/** The same beside `first`, which searches the same text and must outlive it: they make what is shown in one place. */
struct searcher *searcher_open_beside(const struct search *search, const struct searcher *first,
                                      struct error *error);

/** NULL is fine. */
void searcher_close(struct searcher *searcher);

/** What is searched of `bytes`, which stand at `offset` of the file. Until the next call with this searcher. */
struct sight searcher_look(struct searcher *searcher, struct span bytes, uint64_t offset);

/** The same of one line, or a piece of one, with its newline or without; that is no part of what is searched. */
struct sight searcher_look_line(struct searcher *searcher, struct span line, uint64_t offset);

/** The byte that the text at `at` comes from. */
size_t sight_byte(const struct sight *sight, size_t at);

/** The byte behind what the text up to `at` comes from. */
size_t sight_end(const struct sight *sight, size_t at);

/** The first text that comes from `byte` or from behind it. */
size_t sight_text(const struct sight *sight, size_t byte);

/**
 * Visit each unit that begins in the block, as offsets of the file, ascending. False when a visit returned false, which
 * ends it. No lock, no allocation, no system call but the clock.
 */
bool searcher_walk(struct searcher *searcher, const struct survey_block *block,
                   bool (*visit)(void *context, uint64_t unit), void *context);

/** The same where the unit is the single match, each as bytes of the file. */
bool searcher_singles(struct searcher *searcher, const struct survey_block *block,
                      bool (*visit)(void *context, struct range match), void *context);

/** A block with margins of at most SURVEY_MARGIN, and how lines end in it. Places count from bytes.data[0]. */
struct lined {
    struct survey_block block;
    /** NULL where a newline is a byte. */
    const struct encoding *encoding;
    size_t unit;
};

/** A stretch of a long line: what is known of it is [begin, end), what is the block's is [from, until). */
struct lined_part {
    size_t begin, end, from, until;
};

/** What to do with the lines of a block; each false to end it. */
struct lined_visitor {
    /** Complete short lines that begin in the block, with their newlines (the file's last may lack it). */
    bool (*lines)(void *context, const struct lined *lined, size_t begin, size_t end);
    /** The block's part of a line longer than LINES_LONG: it begins in the block where part->from == part->begin. */
    bool (*part)(void *context, const struct lined *lined, struct lined_part part);
};

/** The block with margins of at most SURVEY_MARGIN. */
struct survey_block lined_trim(const struct survey_block *whole);

/** Visit the lines of the block, ascending. False when a visit ended it. */
bool lined_visit(const struct survey_block *block, const struct encoding *encoding,
                 const struct lined_visitor *visitor, void *context);

/** The first newline at or behind `at`; the end of the bytes where there is none. */
size_t lined_newline(const struct lined *lined, size_t at);

/** Visit the part of a long line with every match that begins in it, as places. False when a visit returned false. */
bool searcher_part(struct searcher *searcher, const struct lined *lined, struct lined_part part,
                   bool (*visit)(void *context, const struct lined *lined, size_t place), void *context);

/** A replay of the matches' blocks under way; `visit` and `visitor` are filled in by it. */
struct matches_replay {
    struct matches *matches;
    struct reader *reader;
    replay_visit *visit;
    void *visitor;
};

/** What to ask replay.h for; `context` is borrowed as long as that. */
struct replay matches_ask(struct matches_replay *context);

#endif
