/* SPDX-License-Identifier: MIT */
/* model, private: what is inside an open file, for the files of this folder. View thread. */
#ifndef FOLIO_MODEL_DOCUMENT_INSIDE_H
#define FOLIO_MODEL_DOCUMENT_INSIDE_H

#include "folio/base/text/encoding.h"
#include "folio/io/file/source.h"
#include "folio/io/file/spool.h"
#include "folio/io/file/watch.h"
#include "folio/io/page/mapping.h"
#include "folio/io/thread/wake.h"
#include "folio/model/document/document.h"
#include "folio/model/kind/charset.h"
#include "folio/model/kind/kind.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bytes at the beginning that tell whether a file is still the same. */
#define HEAD 4096

struct document_inside {
    struct mapping *mapping;
    struct spool *spool;
    struct watch *watch;
    struct kind *kind;
    const char *unpacker;
    struct wake *wake;
    /** It was opened as standard input, or from a pipe of our own: no name leads to it. */
    bool is_stdin;
    /** A stream whose end has not been seen by a look. */
    bool streaming;
    /** Bytes of the beginning that the guess is from; 0: there is none yet. */
    size_t sampled;
    struct charset guess;
    /** libmagic's word has been taken into the guess. */
    bool heard;
    /** A person has set `encoding`. */
    bool chosen;
    /** The one that holds; NULL: UTF-8. */
    const struct encoding *encoding;
    /** The first bytes, in which a byte order mark would be. */
    char first[ENCODING_LENGTH_MAX];
    size_t first_length;
    /** Since when (ms) looks find this other time at the same size; 0: they do not. */
    int64_t suspect_since, suspect_ns;
    /** Pokes of ours that are under way: the file has another time then, and was not rewritten. */
    unsigned poking;
    /** The source's own descriptor, -1 for a spool. */
    int fd;
    struct source_state state;
    char head[HEAD];
    size_t head_length;
    char name[];
};

/** Up to `length` bytes of the beginning into `out`, if they are in memory; how many. */
size_t document_peek(struct document *document, char *out, size_t length);

/** Look at more of the beginning, if there is more than was looked at; what is found in it goes into the guess. */
void document_sample(struct document *document);

/** The file is another one: forget what its beginning said. */
void document_forget(struct document *document);

#endif
