/* SPDX-License-Identifier: MIT */
/**
 * model: the open file. The only door from above to io.
 *
 * Puts together what a file needs: its descriptor or spool, mapping, reader, survey with the line summary, watch and
 * kind. A stream (pipe, terminal, /proc file) is spooled and from then on is a file that grows. View thread; the
 * first members are for all to use, as long as the document is open.
 */
#ifndef FOLIO_MODEL_DOCUMENT_DOCUMENT_H
#define FOLIO_MODEL_DOCUMENT_DOCUMENT_H

#include "folio/base/bytes/error.h"
#include "folio/io/page/advice.h"
#include "folio/io/page/mapping.h"
#include "folio/io/thread/wake.h"
#include "folio/model/reader/reader.h"
#include "folio/model/survey/summary.h"
#include "folio/model/survey/survey.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct document_inside;

struct document {
    /** The name as given; raw bytes. */
    const char *name;
    struct reader *reader;
    struct survey *survey;
    /** Changes where newlines turn out to be spelled in another way; `lines_generation` counts that. */
    struct summary *lines;
    unsigned lines_generation;
    /** Why the stream broke off ("" if it did not): what came before it stays. Raw bytes. */
    char failure[512];
    /** Not for others. */
    struct document_inside *inside;
};

/** How to open. `wake` is rung when anything about the file changes; borrowed for the life of the process. */
struct document_options {
    enum mapping_kind kind;
    enum advice advice;
    /** Standard input, for the name that source_names_stdin knows; -1 where that is not allowed. */
    int stdin_fd;
    struct wake *wake;
};

/** Open `name`. Reads nothing of a file's content. NULL and `error` when it cannot be opened. */
struct document *document_open(const char *name, const struct document_options *options, struct error *error);

/** A document of given text (the help), copied. NULL and `error` on failure. */
struct document *document_open_text(const char *name, const char *text, size_t length,
                                    const struct document_options *options, struct error *error);

/** Is it standard input, rather than something with a name that can be opened again? */
bool document_is_stdin(const struct document *document);

/** Close and free; never waits for a device. NULL is fine. */
void document_close(struct document *document);

/** What document_look saw. */
enum document_change {
    DOCUMENT_GREW = 1,
    DOCUMENT_SHRANK = 2,
    DOCUMENT_REWRITTEN = 4, /**< same size or larger, but not the same content */
    DOCUMENT_REPLACED = 8,  /**< another file stands at its path */
    DOCUMENT_DELETED = 16,  /**< nothing stands there */
};

/**
 * Look whether the file changed since the last look, if it is time to; take in a new size. The set of enum
 * document_change is returned; REPLACED and DELETED are reported at each look for as long as they hold.
 */
unsigned document_look(struct document *document, bool now);

/** Ask the kernel for `range` ahead of its use; never waits. */
void document_prefetch(struct document *document, struct range range);

/** May it still grow by itself: a stream whose end, at the last look, had not come? False: all of it is in. */
bool document_streaming(const struct document *document);

/** Somebody wants the stream up to `offset` (UINT64_MAX: all of it). Nothing for a file. */
void document_want(struct document *document, uint64_t offset);

/**
 * libmagic's word for it, or "" while not known. Starts to find out at the first call when the beginning of the file
 * is in memory. `*unpacker` (NULL allowed) is the program that unpacks it, or NULL.
 */
const char *document_kind(struct document *document, const char **unpacker);

#endif
