/* SPDX-License-Identifier: MIT */
/**
 * model: bytes of the file for the view thread, a little at a time.
 *
 * A reader keeps the last stretch it copied (at most READER_KEEP bytes), so that walking rows and lines costs one copy per
 * 64 KiB and not one per character. Where it has no bytes to give, its answer says why: they are still on their way and
 * patience ended, or the page cannot be read. Opaque; one thread.
 */
#ifndef FOLIO_MODEL_READER_READER_H
#define FOLIO_MODEL_READER_READER_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"
#include "folio/io/page/mapping.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The most that reader_span gives at once, and the most that is kept. */
#define READER_SPAN_MAX (3u * MAPPING_COPY_MAX)
#define READER_KEEP     (4u * MAPPING_COPY_MAX)

/** Bytes that are remembered as unreadable at a time, and that a caller may step over then. */
#define READER_PAGE 4096u

struct reader;

enum reader_result {
    READER_OK,         /**< at least one byte */
    READER_END,        /**< offset is at or past the end */
    READER_GIVEN_UP,   /**< patience ended before the bytes came */
    READER_UNREADABLE, /**< the page at offset cannot be read: reader_error */
};

/** Read through `mapping`, which must outlive the reader. NULL when out of memory. */
struct reader *reader_open(struct mapping *mapping);

/** Free a reader; NULL is fine. */
void reader_close(struct reader *reader);

/** Wait for bytes as long as `patience` says, from now on. */
void reader_patience(struct reader *reader, struct patience patience);

/**
 * Let this reader, and the one of the bytes beneath it, wait for nothing until this is called again with false: what is
 * not in memory is READER_GIVEN_UP at once. The patience stays what it was, and so does the answer of reader_gave_up.
 * For a caller that has functions of others read. Returns whether the reader was hurried before.
 */
bool reader_hurry(struct reader *reader, bool hurried);

/** The file may have changed: copy anew. Also forgets which pages were unreadable. */
void reader_forget(struct reader *reader);

/**
 * Up to `want` (at most READER_SPAN_MAX) bytes from `offset`. Fewer with READER_OK: the file, or what is readable of
 * it, ends there. The span is valid until the next call with this reader.
 */
enum reader_result reader_span(struct reader *reader, uint64_t offset, size_t want, struct span *span);

/** As reader_span, of what is in memory now: hurried (see reader_hurry) for this one call. */
enum reader_result reader_peek(struct reader *reader, uint64_t offset, size_t want, struct span *span);

/** Size of the file as last refreshed. */
uint64_t reader_size(const struct reader *reader);

/** Why the last READER_UNREADABLE happened; borrowed until the next call. */
const struct error *reader_error(const struct reader *reader);

/** Has patience ended since the last call of reader_patience? Reads that were hurried do not count. */
bool reader_gave_up(const struct reader *reader);

#endif
