/* SPDX-License-Identifier: MIT */
/**
 * model: what kind of file it is, by libmagic and by a look at its first bytes.
 *
 * libmagic reads a copy of at most 64 KiB on a helper thread, after the first frame, and rings a wake; it never sees
 * the mapping. Compressed formats are told by their magic numbers at once. Opaque; asked by the view thread.
 */
#ifndef FOLIO_MODEL_KIND_KIND_H
#define FOLIO_MODEL_KIND_KIND_H

#include "folio/base/bytes/span.h"
#include "folio/io/page/sandbox.h"
#include "folio/io/thread/wake.h"

#include <stdbool.h>
#include <stddef.h>

/** How many bytes of a file are looked at. */
#define KIND_SAMPLE 65536

struct kind;

/** Start to find out on a copy of `sample`; `wake` (NULL allowed) is rung when known. NULL when there is no memory. */
struct kind *kind_open(struct span sample, struct wake *wake);

/**
 * The same of the beginning of the file that `fd` stands for, as it would be with the `count` bytes at `byte` in it. Both
 * are copied; the helper reads the file. What cannot be read makes the text say so.
 */
struct kind *kind_open_edited(int fd, const struct sandbox_byte *byte, size_t count, struct wake *wake);

/** Let go of the answer; a helper still at work frees it later. NULL is fine. */
void kind_close(struct kind *kind);

/**
 * libmagic's description ("JSON text data"), raw; NULL while not known, "" where libmagic has no database. Borrowed
 * until kind_close. NULL is fine.
 */
const char *kind_text(const struct kind *kind);

/**
 * libmagic's word for the encoding of the sample ("us-ascii", "utf-16le", "binary"); as kind_text, NULL while not
 * known.
 */
const char *kind_encoding(const struct kind *kind);

/**
 * The program that unpacks this compressed file to standard output ("zcat", "xzcat", "zstdcat", "bzcat", "lz4cat"),
 * static; NULL when it is not compressed. Needs the first 6 bytes.
 */
const char *kind_unpacker(struct span sample);

#endif
