/* SPDX-License-Identifier: MIT */
/**
 * model: the open file, through which view and session reach what io knows of it.
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
    /** Another summary when newlines turn out to be spelled in another way; `lines_generation` counts how often. */
    struct summary *lines;
    unsigned lines_generation;
    /** Why the stream broke off ("" if it did not): what came before it stays. Raw bytes. */
    char failure[512];
    /** For the files of model/document only. */
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

/**
 * A document of what the pipe at `fd` (taken over) brings. It has no name by which it can be opened again. NULL and `error`
 * on failure: `fd` is closed.
 */
struct document *document_open_stream(const char *name, int fd, const struct document_options *options,
                                      struct error *error);

/** Was the document opened as standard input, or from a pipe of our own? Then there is no name by which it can be opened again. */
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

/** Is the document a stream whose end had not come at the last document_look? False: all of it is here. */
bool document_streaming(const struct document *document);

/** Have a stream read up to `offset` (UINT64_MAX: all of it). For a file there is nothing to do. */
void document_want(struct document *document, uint64_t offset);

/** Somebody follows the end, or no longer: see spool_follow. For a file there is nothing to do. */
void document_follow(struct document *document, bool followed);

/**
 * What libmagic calls the kind of the file, or "" while that is not known. The first call when the beginning of the file is
 * in memory has it found out. `*unpacker` (NULL allowed) is the program that unpacks the file, or NULL.
 */
const char *document_kind(struct document *document, const char **unpacker);

#endif
